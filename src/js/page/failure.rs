//! What failed in the page, and where: by a key of the place, never by what it says.

use super::state::State;
use crate::event::visit::{ErrorClass, Failure, VisitBody};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, Event};

/// A promise that was rejected and that nobody caught.
pub(super) fn rejection(state: &mut State, event: &Event) {
    // What was called off on purpose has not failed.
    let reason = js_sys::Reflect::get(event, &JsValue::from_str("reason")).unwrap_or_default();
    let name = js_sys::Reflect::get(&reason, &JsValue::from_str("name"));
    if name.is_ok_and(|name| name == "AbortError") {
        return;
    }
    let fp = Some(state.key(&place_of(&reason)));
    let failure = Failure { class: ErrorClass::Rejection, fp };
    state.track(event.time_stamp(), VisitBody::Failure(failure));
}

/// Where what a promise was rejected with comes from: the first place in its stack. Those that do not
/// say are taken for one, so that what fails all the time is known for it.
fn place_of(reason: &JsValue) -> String {
    let stack = js_sys::Reflect::get(reason, &JsValue::from_str("stack"));
    let stack = stack.ok().and_then(|stack| stack.as_string()).unwrap_or_default();
    // Where a stack begins with the message, its places say so; elsewhere there is no message in it.
    let mut lines = stack.lines();
    let frame = lines.clone().find(|line| line.trim_start().starts_with("at "));
    let frame = frame.or_else(|| lines.find(|line| line.contains('@')));
    frame.unwrap_or("rejection").to_owned()
}

/// A script that failed.
pub(super) fn error(state: &mut State, event: &Event) {
    let Some(error) = event.dyn_ref::<ErrorEvent>() else { return };
    let file = error.filename();
    // A script of another origin says nothing but "Script error."; an extension is not the page; and a
    // notice without a line and an error is none.
    let notice = error.lineno() == 0 && !error.error().is_object();
    if file.is_empty() || file.contains("-extension:") || notice {
        return;
    }
    let place = format!("{file}:{}:{}", error.lineno(), error.colno());
    let fp = Some(state.key(&place));
    let failure = Failure { class: ErrorClass::Script, fp };
    state.track(event.time_stamp(), VisitBody::Failure(failure));
}
