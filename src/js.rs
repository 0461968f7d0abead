//! The JavaScript face: every wasm-bindgen line of the crate is below here.
//!
//! Numbers cross, not objects. Events, moments and decisions travel as bytes in one buffer that
//! JavaScript writes and reads in place (`pkg/codec.js`, by the shapes the crate generates); the hot
//! call takes a number and returns one. Nothing here calls back into JavaScript while it holds a
//! person, and nothing panics: either would poison the object for good.

mod batch;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "studio")]
mod records;
mod runtime;
#[cfg(feature = "studio")]
mod studio;
mod view;

use crate::Error;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A mistake as a plain object; `pkg/error.js` makes a `TactfulError` of it.
fn thrown(error: &Error) -> JsValue {
    let object = Object::new();
    for (key, value) in [
        ("code", error.code().as_str()),
        ("path", error.path()),
        ("message", error.message()),
        ("hint", error.how_to_mend()),
    ] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object.into()
}
