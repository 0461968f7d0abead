//! The DOM observer: page events go from the listener straight into the visit, as numbers.
//!
//! Listeners are passive and in the capture phase, so the page cannot be slowed down or changed.
//! Nothing typed is ever read, nothing of the page is patched, and the document is watched for
//! mutations only while a click is undecided.

mod failure;
mod fields;
mod listen;
mod mutation;
mod names;
mod progress;
mod state;
mod target;
mod turns;

use super::runtime::Person;
use super::view::busy;
use crate::event::visit::{
    Cause, Cue, CueKind, Dismiss, ErrorClass, Failure, Form, FormWhat, Nav, ResultOpen, Search,
    VisitBody, Vote, Wish, WishFor,
};
use js_sys::Function;
use state::{State, wants_turns};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Observes the page for a person's visit until it is stopped.
#[wasm_bindgen]
pub struct Observer {
    state: Rc<RefCell<State>>,
    listeners: Vec<listen::Listener>,
}

#[wasm_bindgen]
impl Observer {
    /// Begins to observe. `origin` is `performance.now()` at the beginning of the visit, `nav` how the
    /// page was come to; `changed`
    /// is called, without arguments and without holding anything, whenever something happened.
    ///
    /// # Errors
    /// When there is no document.
    #[wasm_bindgen(constructor)]
    pub fn new(
        person: &Person,
        origin: f64,
        nav: &str,
        changed: Function,
    ) -> Result<Observer, JsValue> {
        let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
        let document = window.document().ok_or_else(|| JsValue::from_str("no document"))?;
        let shaken = wants_turns(&window, person);
        let state = State::new(person, window.clone(), document, origin, changed);
        let listeners = listen::all(&window, &state, shaken)?;
        let observer = Self { state, listeners };
        observer.with(|state| {
            state.input_at = state.now;
            let document = state.document.clone();
            state.watch.test(&document);
            state.page_view(Nav::parse(nav).unwrap_or(Nav::Load), None);
        })?;
        Ok(observer)
    }

    fn with<T>(&self, run: impl FnOnce(&mut State) -> T) -> Result<T, JsValue> {
        let mut state = self.state.try_borrow_mut().map_err(|_| busy())?;
        state.look_at_clocks();
        Ok(run(&mut state))
    }

    /// Another page or view came up: reads the `data-tactful-*` attributes again. `false` for a word
    /// that is no way to come to a page.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn page(&self, nav: &str, earlier_sessions: Option<u8>) -> Result<bool, JsValue> {
        let Some(nav) = Nav::parse(nav) else { return Ok(false) };
        self.with(|state| {
            state.effect(state.now, Cause::Navigation);
            state.page_view(nav, earlier_sessions);
            true
        })
    }

    /// A search and how many results it had. The query is compared here and goes nowhere.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn search(&self, query: &str, results: u16) -> Result<(), JsValue> {
        self.with(|state| {
            let query = target::lower(query);
            let last = core::mem::replace(&mut state.query, query);
            let query = &state.query;
            let search = Search {
                sim_prev: (!last.is_empty()).then(|| target::likeness(&last, query)),
                extends_prev: Some(
                    !last.is_empty()
                        && (query.starts_with(&last) || last.starts_with(query.as_str())),
                ),
                len_tokens: u8::try_from(query.split_whitespace().count()).ok(),
                results,
                scope: None,
            };
            state.tell(VisitBody::Search(search));
        })
    }

    /// A result was opened.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn result_open(&self, rank: u8, page: &str) -> Result<(), JsValue> {
        self.with(|state| {
            let page = Some(state.key(page));
            state.tell(VisitBody::ResultOpen(ResultOpen { rank: Some(rank), page }));
        })
    }

    /// "Did this help?" was answered.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn vote(&self, page: &str, helpful: bool) -> Result<(), JsValue> {
        self.with(|state| {
            let page = Some(state.key(page));
            state.tell(VisitBody::Vote(Vote { page, helpful }));
        })
    }

    /// A form got through, or did not: only the page knows.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn form(&self, form: &Element, ok: bool) -> Result<(), JsValue> {
        self.with(|state| {
            let form = state.form_key(form);
            let what = if ok { FormWhat::Ok } else { FormWhat::Failed };
            state.tell(VisitBody::Form(Form { form, step: None, what, field: None }));
        })
    }

    /// The person said what they want. `false` for a word that is no wish.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn wish(&self, wish: &str) -> Result<bool, JsValue> {
        let Some(wish) = WishFor::parse(wish) else { return Ok(false) };
        self.with(|state| {
            state.tell(VisitBody::Wish(Wish { r#for: wish }));
            true
        })
    }

    /// The page recognised one of the policy's phrases; only its kind is told. `false` for a word
    /// that is no cue.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn cue(&self, kind: &str) -> Result<bool, JsValue> {
        let Some(kind) = CueKind::parse(kind) else { return Ok(false) };
        self.with(|state| {
            state.tell(VisitBody::Cue(Cue { kind, matter: None, due: None }));
            true
        })
    }

    /// An offer was closed.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn dismiss(&self, touch: &str) -> Result<(), JsValue> {
        self.with(|state| {
            let touch = state.key(touch);
            state.tell(VisitBody::Dismiss(Dismiss { touch }));
        })
    }

    /// Active reading time goes on; called every few seconds, and does nothing on other pages.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn beat(&self) -> Result<(), JsValue> {
        self.with(|state| {
            state.read(state.now);
            state.look_for_idleness(state.now);
            state.rest();
        })
    }

    /// Takes in what has happened and was not told yet; called before a decision. `false` once the visit has
    /// lasted longer than a visit may: nothing more is believed in it.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn settle(&self) -> Result<bool, JsValue> {
        self.with(|state| {
            if let Some(records) = state.watch.pending().filter(|records| records.length() > 0) {
                state.mutated(&records);
            }
            state.close_dialogs();
            state.compare();
            state.rest();
            !state.is_over()
        })
    }

    /// Whether changes of the document are told on this page. Without that no click is ever dead.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn watches(&self) -> Result<bool, JsValue> {
        self.with(|state| state.watch.is_proven())
    }

    /// The page asked a server for something (`true`), or has its answer (`false`).
    ///
    /// # Errors
    /// Only from within a call.
    pub fn request(&self, begins: bool) -> Result<(), JsValue> {
        self.with(|state| {
            state.effect(state.now, if begins { Cause::RequestStart } else { Cause::RequestEnd });
        })
    }

    /// Something failed that only the page knows of: a request (`http`), or anything else.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn failed(&self, place: &str, http: bool) -> Result<(), JsValue> {
        self.with(|state| {
            let class = if http { ErrorClass::Http } else { ErrorClass::Reported };
            let fp = Some(state.key(place));
            state.tell(VisitBody::Failure(Failure { class, fp }));
        })
    }

    /// Stops observing; nothing of ours is left in the page.
    pub fn stop(&mut self) {
        self.listeners.clear();
        if let Ok(mut state) = self.state.try_borrow_mut() {
            state.watch.disarm();
        }
    }
}
