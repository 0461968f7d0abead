//! The one buffer that bytes cross in, both ways.

use super::thrown;
use crate::shape::Wire;
use crate::{Error, ErrorCode};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static VIEW: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for `len` bytes and says where. JavaScript asks again after every call that may have
/// grown the memory.
#[wasm_bindgen]
pub fn view(len: usize) -> *mut u8 {
    VIEW.with(|view| match view.try_borrow_mut() {
        Ok(mut view) => {
            if view.len() < len {
                view.resize(len.next_power_of_two(), 0);
            }
            view.as_mut_ptr()
        }
        Err(_) => core::ptr::null_mut(),
    })
}

/// Reads a value of the first `len` bytes of the view.
pub(super) fn take<T: Wire>(len: usize) -> Result<T, JsValue> {
    VIEW.with(|view| {
        let view = view.try_borrow().map_err(|_| busy())?;
        let bytes = view.get(..len).ok_or_else(busy)?;
        T::from_bytes(bytes).map_err(|error| thrown(&error))
    })
}

/// Leaves bytes in the view and says how many.
pub(super) fn give(bytes: &[u8]) -> usize {
    VIEW.with(|view| {
        let Ok(mut view) = view.try_borrow_mut() else { return 0 };
        if view.len() < bytes.len() {
            view.resize(bytes.len().next_power_of_two(), 0);
        }
        if let Some(place) = view.get_mut(..bytes.len()) {
            place.copy_from_slice(bytes);
        }
        bytes.len()
    })
}

/// Somebody called in from within a call. Nothing of ours does.
pub(super) fn busy() -> JsValue {
    thrown(&Error::new(ErrorCode::Conflict, "", "called from within a call"))
}
