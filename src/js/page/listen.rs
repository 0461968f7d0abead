//! The listeners, and what each of them makes of its event.

use super::failure;
use super::names::{CONTACT, FILLED, FORM, HREF, LINK, NO_FORM, Named, SEARCH};
use super::state::State;
use super::target::{closest, control, hands_on, innermost, is_excluded, path};
use crate::event::visit::{
    Cause, Click, ContactIntent, EndReason, Flag, Focus, FocusState, Form, FormWhat, How, Nav,
    PageEnd, Scroll, Selection, Visibility, VisibilityState, VisitBody,
};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    AddEventListenerOptions, Event, EventTarget, HtmlAnchorElement, KeyboardEvent, MouseEvent,
    PageTransitionEvent, PointerEvent, Window,
};

/// A scroll is told at most this often, in ms.
const SCROLL: f64 = 100.0;

/// A scroll this long after an input is the person's, in ms.
const BY_HAND: f64 = 1_000.0;

/// A field refused this long after a click or Enter was refused on sending, in ms.
const ATTEMPT: f64 = 1_000.0;

/// A listener that goes when it is dropped.
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    capture: bool,
    callback: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.name,
            callback,
            self.capture,
        );
    }
}

/// Input that means something only if a person made it. Clicks are told with who made them, and what is
/// filled in by a script is a reaction of the page.
const BY_PERSON: [&str; 8] =
    ["pointerdown", "keydown", "keyup", "wheel", "focusin", "focusout", "submit", "invalid"];

type Handler = fn(&mut State, &Event);

/// Every listener. Media and toggle events do not bubble, but they do reach capture.
const HANDLERS: [(&str, Handler); 33] = [
    ("pointerdown", press),
    ("pointercancel", |state, _| {
        // The finger scrolls: this becomes no click.
        state.press = None;
        state.rest();
    }),
    ("click", click),
    ("keydown", |state, event| {
        let key = event.dyn_ref::<KeyboardEvent>();
        state.repeats = key.is_some_and(KeyboardEvent::repeat);
        if key.is_some_and(|key| key.key() == "Enter") {
            state.attempted_at = event.time_stamp();
        }
        state.input(event.time_stamp());
    }),
    ("keyup", |state, _| state.repeats = false),
    ("input", filled),
    ("change", filled),
    ("reset", |state, event| answered(state, event, Cause::Input)),
    ("toggle", |state, event| answered(state, event, Cause::Toggle)),
    ("play", |state, event| answered(state, event, Cause::Media)),
    ("pause", |state, event| answered(state, event, Cause::Media)),
    ("seeking", |state, event| answered(state, event, Cause::Media)),
    ("beforeprint", |state, event| answered(state, event, Cause::DialogOrPopup)),
    ("popstate", |state, event| answered(state, event, Cause::Navigation)),
    ("hashchange", |state, event| answered(state, event, Cause::Navigation)),
    ("scroll", scroll),
    ("wheel", |state, event| state.input(event.time_stamp())),
    ("selectionchange", selection),
    ("visibilitychange", visibility),
    ("blur", |state, event| focus(state, event, FocusState::Blur)),
    ("focus", |state, event| focus(state, event, FocusState::Focus)),
    ("focusin", |state, event| {
        moved_focus(state, event);
        form(state, event, FormWhat::FieldReturn);
    }),
    ("focusout", |state, event| form(state, event, FormWhat::FieldDone)),
    ("invalid", |state, event| {
        // The browser shows its own bubble.
        answered(state, event, Cause::DialogOrPopup);
        form(state, event, FormWhat::Invalid);
    }),
    ("submit", |state, event| form(state, event, FormWhat::Submit)),
    ("fullscreenchange", |state, event| answered(state, event, Cause::Toggle)),
    ("volumechange", |state, event| answered(state, event, Cause::Media)),
    ("error", failure::error),
    ("unhandledrejection", failure::rejection),
    ("freeze", |state, event| end(state, event, EndReason::Freeze)),
    ("pagehide", |state, event| {
        let kept = event.dyn_ref::<PageTransitionEvent>().is_some_and(|e| e.persisted());
        end(state, event, if kept { EndReason::Freeze } else { EndReason::Unload });
    }),
    ("pageshow", |state, event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(|e| e.persisted()) {
            state.page_view(Nav::Bfcache, None);
        }
    }),
    ("pointermove", |state, event| {
        if let Some(event) = event.dyn_ref::<PointerEvent>() {
            super::turns::moved(state, event);
        }
    }),
];

pub(super) fn all(
    window: &Window,
    state: &Rc<RefCell<State>>,
    shaken: bool,
) -> Result<Vec<Listener>, JsValue> {
    let own: EventTarget = window.clone().into();
    let told = |state: &mut State, event: &Event| answered(state, event, Cause::Navigation);
    let navigation = state.try_borrow().ok().and_then(|state| state.navigation.clone());
    let navigation = navigation.map(|target| (target, "navigate", told as Handler, true));
    // Last of all, when the page's own listeners are through.
    let after = ["click", "submit"].map(|name| (own.clone(), name, after as Handler, false));
    // A move of the pointer is looked at only where the policy asks for it.
    let wanted = HANDLERS.into_iter().filter(|(name, _)| shaken || *name != "pointermove");
    let wanted = wanted.map(|(name, handler)| (own.clone(), name, handler, true));
    let mut listeners = Vec::with_capacity(HANDLERS.len() + 3);
    for (target, name, handler, capture) in wanted.chain(after).chain(navigation) {
        let state = Rc::downgrade(state);
        let by_person = capture && BY_PERSON.contains(&name);
        let callback = Closure::new(move |event: Event| {
            let Some(state) = state.upgrade() else { return };
            let Ok(mut state) = state.try_borrow_mut() else { return };
            if by_person && !event.is_trusted() {
                return state.distrust();
            }
            state.look_at_clocks();
            handler(&mut state, &event);
        });
        let options = AddEventListenerOptions::new();
        options.set_capture(capture);
        options.set_passive(true);
        target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            callback.as_ref().unchecked_ref(),
            &options,
        )?;
        listeners.push(Listener { target, name, capture, callback });
    }
    Ok(listeners)
}

fn press(state: &mut State, event: &Event) {
    state.input(event.time_stamp());
    state.repeats = false;
    state.under = None;
    let Some(pressed) = innermost(event).filter(|it| !is_excluded(it) && !hands_on(it)) else {
        return;
    };
    let (found, kind) = control(&pressed);
    if let Some(known) = &mut state.target {
        known.look_again();
    }
    let target = state.target(found, kind);
    state.press = Some((event.time_stamp(), target.key));
    state.await_reaction(&target);
    state.under = Some((pressed, target));
}

fn click(state: &mut State, event: &Event) {
    if event.is_trusted() {
        state.input(event.time_stamp());
    }
    let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
    let keyboard = event.detail() == 0;
    // A key held down is one activation, however often it repeats.
    let pressed = innermost(event).filter(|_| !(keyboard && state.repeats && event.is_trusted()));
    let Some(pressed) = pressed else { return };
    let known = state.under.take().filter(|(at, _)| at.is_same_node(Some(&pressed)));
    let target = match known {
        Some((_, target)) => target,
        None if is_excluded(&pressed) || hands_on(&pressed) => return,
        None => {
            let (found, kind) = control(&pressed);
            state.target(found, kind)
        }
    };
    let stamp = event.time_stamp();
    state.attempted_at = stamp;
    let down = state.press.take().filter(|(_, key)| *key == target.key).map(|(at, _)| at);
    // A reaction to the press has ended the watch; the reaction to the click is still to come.
    if !state.watch.is_armed() {
        state.await_reaction(&target);
    }
    let mut flags = target.flags;
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        flags = flags.with(Flag::Modifier);
    }
    if !event.is_trusted() {
        flags = flags.with(Flag::Untrusted);
    }
    if keyboard {
        flags = flags.with(Flag::Keyboard);
    }
    if !state.watch.is_proven() {
        flags = flags.with(Flag::Unwatched);
    }
    if event.dyn_ref::<PointerEvent>().is_some_and(|e| e.pointer_type() == "touch") {
        flags = flags.with(Flag::Touch);
    }
    let place = |at: f64| (at as i32).div_euclid(4) * 4;
    let click = Click {
        down_t: down.map(|at| state.time(at)),
        x: (!keyboard).then(|| place(f64::from(event.page_x()))),
        y: (!keyboard).then(|| place(f64::from(event.page_y()))),
        target: target.key,
        control: Some(target.control),
        hint: Some(target.hint),
        flags,
    };
    state.track(stamp, VisitBody::Click(click));
    if event.is_trusted() {
        contact(state, stamp, &target.element);
    }
    // From here on, it is the page's own listeners that take their time.
    (state.clicked_at, state.asked) = (state.now, false);
}

/// The page's own listeners are through.
fn after(state: &mut State, event: &Event) {
    state.close_dialogs();
    // Where nothing tells of navigations, and the server takes its time, only this says that one begins.
    if state.navigation.is_some() || event.default_prevented() {
        return;
    }
    let here = state.window.location().href().unwrap_or_default();
    if event.type_() == "submit" || innermost(event).is_some_and(|it| leads_away(&it, &here)) {
        answered(state, event, Cause::Navigation);
    }
}

/// Whether what was clicked is a link to another document.
fn leads_away(pressed: &web_sys::Element, here: &str) -> bool {
    let link = closest(pressed, &LINK).and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    let document = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
    let page = |link: &HtmlAnchorElement| {
        ["http:", "https:", "file:", "blob:"].contains(&link.protocol().as_str())
    };
    link.is_some_and(|link| page(&link) && document(&link.href()) != document(here))
}

/// Somebody typed or chose something; what, is not looked at. A script that does so reacts.
fn filled(state: &mut State, event: &Event) {
    if event.is_trusted() {
        state.input(event.time_stamp());
        form(state, event, FormWhat::Start);
    } else {
        state.distrust();
    }
    answered(state, event, Cause::Input);
}

/// The page moved the focus out of what was pressed: by itself, if the person did nothing since.
fn moved_focus(state: &mut State, event: &Event) {
    let by_page = state.is_undecided() && state.input_at <= state.attempted_at;
    let elsewhere = innermost(event).zip(state.target.as_ref());
    if by_page && elsewhere.is_some_and(|(at, target)| !target.element.contains(Some(&at))) {
        answered(state, event, Cause::FocusMove);
    }
}

/// A link or button made for contact.
fn contact(state: &mut State, stamp: f64, found: &web_sys::Element) {
    let href = found.attribute(&HREF).unwrap_or_default();
    let told = found.attribute(&CONTACT);
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
    if !innermost(event).is_some_and(|it| is_excluded(&it)) {
        state.effect(event.time_stamp(), cause);
    }
}

fn scroll(state: &mut State, event: &Event) {
    let stamp = event.time_stamp();
    // A page that scrolls by itself does so without a wheel, a finger or a key.
    let user = stamp - state.input_at < BY_HAND;
    if user {
        state.input(stamp);
    }
    if stamp - state.scrolled_at < SCROLL || innermost(event).is_some_and(|it| is_excluded(&it)) {
        return;
    }
    state.scrolled_at = stamp;
    let root = state.document.document_element();
    let scroll = Scroll {
        y: state.window.scroll_y().ok().map(|y| y as i32),
        page_h: root.map(|root| root.scroll_height()),
        view_h: state.window.inner_height().ok().and_then(|h| h.as_f64()).map(|h| h as i32),
        user: Some(user),
    };
    state.track(stamp, VisitBody::Scroll(scroll));
}

/// The page goes, or is put away to come back.
fn end(state: &mut State, event: &Event, reason: EndReason) {
    state.read(event.time_stamp());
    state.track(event.time_stamp(), VisitBody::PageEnd(PageEnd { reason }));
}

/// Only that a selection began or ended; what is selected is never read.
fn selection(state: &mut State, event: &Event) {
    let selection = state.document.get_selection().ok().flatten();
    let selection = selection.filter(|selection| !selection.is_collapsed());
    // Where it begins tells a new selection from the old one; two in one go are told as one change.
    let begins = selection.and_then(|selection| selection.anchor_node());
    let (nonempty, before) = (begins.is_some(), state.selected.is_some());
    if nonempty != before || begins != state.selected {
        state.selected = begins;
        state.track(event.time_stamp(), VisitBody::Selection(Selection { nonempty }));
    }
}

fn visibility(state: &mut State, event: &Event) {
    state.read(event.time_stamp());
    let hidden = state.document.hidden();
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
    let Some(at) = innermost(event).filter(|it| !is_excluded(it)) else { return };
    let Some(found) = at.nearest(&FORM) else { return };
    if closest(&found, &NO_FORM).is_some() || found.holds(&SEARCH) {
        return;
    }
    let stamp = event.time_stamp();
    let form = state.form_key(&found);
    let tell = |state: &mut State, field| {
        state.track(stamp, VisitBody::Form(Form { form, step: None, what, field }));
    };
    if what == FormWhat::Submit {
        return tell(state, None);
    }
    if !at.is(&FILLED) {
        return;
    }
    let field = state.key(&path(&at));
    let news = match what {
        // Coming by with the keyboard is no beginning; filling in is.
        FormWhat::Start => state.fields.begin(field),
        FormWhat::FieldDone => state.fields.finish(field),
        FormWhat::FieldReturn => state.fields.is_done(field),
        // A page may ask its fields all the time; only what was refused on sending is told, once.
        FormWhat::Invalid => {
            stamp - state.attempted_at < ATTEMPT && state.fields.refuse(field, state.attempted_at)
        }
        _ => true,
    };
    if news {
        tell(state, Some(field));
    }
}
