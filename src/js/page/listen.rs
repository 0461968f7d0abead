//! The listeners, and what each of them makes of its event.

use super::State;
use super::target::{control, hands_on, hint, is_excluded, opt_out, path, path_of};
use crate::event::visit::{
    Cause, Click, ContactIntent, Control, ErrorClass, Failure, Flag, Flags, Focus, FocusState,
    Form, FormWhat, How, Scroll, Selection, Visibility, VisibilityState, VisitBody,
};
use crate::id::Key;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, ErrorEvent, Event, EventTarget, MouseEvent, Window};

/// A scroll is told at most this often, in ms.
const SCROLL: f64 = 100.0;

/// Fields remembered as left once.
const FIELDS: usize = 64;

/// A listener that goes when it is dropped.
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, callback, true);
    }
}

type Handler = fn(&mut State, &Event);

/// Every listener. Media and toggle events do not bubble, but they do reach capture.
const HANDLERS: [(&str, Handler); 20] = [
    ("pointerdown", press),
    ("click", click),
    ("keydown", |state, event| state.progress.input(event.time_stamp())),
    ("input", |state, event| answered(state, event, Cause::Input)),
    ("change", |state, event| answered(state, event, Cause::Input)),
    ("toggle", |state, event| answered(state, event, Cause::Toggle)),
    ("play", |state, event| answered(state, event, Cause::Media)),
    ("pause", |state, event| answered(state, event, Cause::Media)),
    ("scroll", scroll),
    ("selectionchange", selection),
    ("visibilitychange", visibility),
    ("blur", |state, event| focus(state, event, FocusState::Blur)),
    ("focus", |state, event| focus(state, event, FocusState::Focus)),
    ("focusin", |state, event| form(state, event, FormWhat::Start)),
    ("focusout", |state, event| form(state, event, FormWhat::FieldDone)),
    ("invalid", |state, event| form(state, event, FormWhat::Invalid)),
    ("submit", |state, event| form(state, event, FormWhat::Submit)),
    ("error", error),
    ("unhandledrejection", |state, event| {
        let failure = Failure { class: ErrorClass::Rejection, fp: None };
        state.track(event.time_stamp(), VisitBody::Failure(failure));
    }),
    ("pagehide", |state, event| state.leave(event.time_stamp())),
];

pub(super) fn all(window: &Window, state: &Rc<RefCell<State>>) -> Result<Vec<Listener>, JsValue> {
    let mut listeners = Vec::with_capacity(HANDLERS.len());
    for (name, handler) in HANDLERS {
        let state = Rc::downgrade(state);
        let callback = Closure::new(move |event: Event| {
            let Some(state) = state.upgrade() else { return };
            let Ok(mut state) = state.try_borrow_mut() else { return };
            handler(&mut state, &event);
        });
        let options = AddEventListenerOptions::new();
        options.set_capture(true);
        options.set_passive(true);
        let target: EventTarget = window.clone().into();
        target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            callback.as_ref().unchecked_ref(),
            &options,
        )?;
        listeners.push(Listener { target, name, callback });
    }
    Ok(listeners)
}

fn press(state: &mut State, event: &Event) {
    state.progress.input(event.time_stamp());
    let passed = path_of(event);
    if is_excluded(&passed) || hands_on(&passed) {
        return;
    }
    let Some((found, kind)) = control(&passed) else { return };
    let key = state.key(&path(&found));
    state.press = Some((event.time_stamp(), key));
    if !matches!(kind, Control::None | Control::Root) {
        let root = state.document.clone();
        state.watch.arm(&root, &found);
    }
}

fn click(state: &mut State, event: &Event) {
    state.progress.input(event.time_stamp());
    let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
    let passed = path_of(event);
    if is_excluded(&passed) || hands_on(&passed) {
        return;
    }
    let Some((found, kind)) = control(&passed) else { return };
    let stamp = event.time_stamp();
    let key = state.key(&path(&found));
    let keyboard = event.detail() == 0;
    let down = state.press.take().filter(|(_, target)| *target == key).map(|(at, _)| at);
    // A reaction to the press has ended the watch; the reaction to the click is still to come.
    if !state.watch.is_armed() && !matches!(kind, Control::None | Control::Root) {
        let root = state.document.clone();
        state.watch.arm(&root, &found);
    }
    let mut flags = Flags::default();
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        flags = flags.with(Flag::Modifier);
    }
    if !event.is_trusted() {
        flags = flags.with(Flag::Untrusted);
    }
    if keyboard {
        flags = flags.with(Flag::Keyboard);
    }
    let flags = opt_out(&found, flags);
    let place = |at: f64| (at as i32).div_euclid(4) * 4;
    let click = Click {
        down_t: down.map(|at| state.time(at)),
        x: (!keyboard).then(|| place(f64::from(event.page_x()))),
        y: (!keyboard).then(|| place(f64::from(event.page_y()))),
        target: key,
        control: Some(kind),
        hint: Some(hint(&found, kind)),
        flags,
    };
    state.track(stamp, VisitBody::Click(click));
    contact(state, stamp, &found);
}

/// A link or button made for contact.
fn contact(state: &mut State, stamp: f64, found: &web_sys::Element) {
    let href = found.get_attribute("href").unwrap_or_default();
    let told = found.get_attribute("data-tactful-contact");
    let how = match told.as_deref() {
        Some(told) => How::parse(told),
        None if href.starts_with("tel:") => Some(How::Tel),
        None if href.starts_with("mailto:") => Some(How::Mailto),
        None => None,
    };
    if let Some(how) = how {
        state.track(stamp, VisitBody::ContactIntent(ContactIntent { how, topic: None }));
    }
}

fn answered(state: &mut State, event: &Event, cause: Cause) {
    state.progress.input(event.time_stamp());
    if !is_excluded(&path_of(event)) {
        state.effect(event.time_stamp(), cause);
    }
}

fn scroll(state: &mut State, event: &Event) {
    let stamp = event.time_stamp();
    state.progress.input(stamp);
    if stamp - state.scrolled_at < SCROLL || is_excluded(&path_of(event)) {
        return;
    }
    state.scrolled_at = stamp;
    let root = state.document.document_element();
    let scroll = Scroll {
        y: state.window.scroll_y().ok().map(|y| y as i32),
        page_h: root.map(|root| root.scroll_height()),
        view_h: state.window.inner_height().ok().and_then(|h| h.as_f64()).map(|h| h as i32),
        user: Some(true),
    };
    state.track(stamp, VisitBody::Scroll(scroll));
}

/// Only that a selection began or ended; what is selected is never read.
fn selection(state: &mut State, event: &Event) {
    let selection = state.document.get_selection().ok().flatten();
    let nonempty = selection.is_some_and(|selection| !selection.is_collapsed());
    if nonempty != state.selected {
        state.selected = nonempty;
        state.track(event.time_stamp(), VisitBody::Selection(Selection { nonempty }));
    }
}

fn visibility(state: &mut State, event: &Event) {
    let hidden = state.document.hidden();
    if hidden {
        state.leave(event.time_stamp());
    }
    let state_word = if hidden { VisibilityState::Hidden } else { VisibilityState::Visible };
    state.track(event.time_stamp(), VisitBody::Visibility(Visibility { state: state_word }));
}

/// The window's own focus; that of its fields is the forms' business.
fn focus(state: &mut State, event: &Event, now: FocusState) {
    if event.target().is_some_and(|target| target.is_instance_of::<Window>()) {
        state.track(event.time_stamp(), VisitBody::Focus(Focus { state: now }));
    }
}

fn form(state: &mut State, event: &Event, what: FormWhat) {
    let passed = path_of(event);
    let Some(at) = passed.first().filter(|_| !is_excluded(&passed)).cloned() else { return };
    let Some(found) = at.closest("form").ok().flatten() else { return };
    // A search box is not a form somebody struggles with.
    if found.get_attribute("role").as_deref() == Some("search")
        || found.query_selector("input[type=search]").ok().flatten().is_some()
    {
        return;
    }
    // Buttons are not fields; and leaving what is empty is not filling it.
    let is_field = at.matches("input:not([type=submit]):not([type=button]),select,textarea");
    let submits = what == FormWhat::Submit;
    if !submits && is_field != Ok(true) {
        return;
    }
    let field = (!submits).then(|| state.key(&path(&at)));
    let form = state.key(&path(&found));
    let again = field.is_some_and(|field| state.fields.contains(&field));
    let what = if what == FormWhat::Start && again { FormWhat::FieldReturn } else { what };
    if let (FormWhat::FieldDone, Some(field), false) = (what, field, again)
        && state.fields.len() < FIELDS
    {
        state.fields.push(field);
    }
    let event_body = Form { form, step: None, what, field };
    state.track(event.time_stamp(), VisitBody::Form(event_body));
}

fn error(state: &mut State, event: &Event) {
    let Some(error) = event.dyn_ref::<ErrorEvent>() else { return };
    let file = error.filename();
    // A script of another origin says nothing but "Script error.".
    if file.is_empty() {
        return;
    }
    let place = format!("{file}:{}:{}", error.lineno(), error.colno());
    let fp: Key = state.key(&place);
    let failure = Failure { class: ErrorClass::Script, fp: Some(fp) };
    state.track(event.time_stamp(), VisitBody::Failure(failure));
}
