//! The DOM observer: page events go from the listener straight into the visit, as numbers.
//!
//! Listeners are passive and in the capture phase, so the page cannot be slowed down or changed.
//! Nothing typed is ever read, nothing of the page is patched, and the document is watched for
//! mutations only while a click is undecided.

mod listen;
mod mutation;
mod progress;
mod target;
mod turns;

use super::runtime::{Person, busy, give};
use crate::event::visit::{
    Cause, Control, Cue, CueKind, Dismiss, Effect, ErrorClass, Failure, Form, FormWhat, Idle, Nav,
    PageRole, PageView, ResultOpen, Resume, Search, VisitBody, VisitEvent, Vote, Wish, WishFor,
};
use crate::id::Key;
use crate::resident::Resident;
use crate::shape::Wire;
use crate::unit::Micros;
use js_sys::Function;
use mutation::Watch;
use progress::{IDLE, Progress};
use std::cell::RefCell;
use std::rc::Rc;
use turns::Turns;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Window};

/// Events a recording keeps; a demo visit has hundreds.
const RECORDING: usize = 20_000;
/// Nothing below an element with this attribute is observed: the help offer itself, a ticker.
const IGNORE: &str = "data-tactful-ignore";

/// What the listeners share.
pub(super) struct State {
    resident: Rc<RefCell<Resident>>,
    window: Window,
    document: Document,
    /// `performance.now()` at the beginning of the visit.
    origin: f64,
    changed: Function,
    recording: Option<Vec<VisitEvent>>,
    press: Option<(f64, Key)>,
    watch: Watch,
    progress: Progress,
    query: String,
    page: Key,
    selected: bool,
    scrolled_at: f64,
    fields: Vec<Key>,
    /// When the person last did anything.
    input_at: f64,
    /// When the click under way came to us.
    clicked_at: f64,
    idle: bool,
    /// The key that is down repeats by itself.
    repeats: bool,
    /// The address when a click began to wait for a reaction.
    address: String,
    turns: Turns,
}

impl State {
    /// Visit time of an event's time stamp.
    fn time(&self, stamp: f64) -> Micros {
        Micros(((stamp - self.origin).max(0.0) * 1000.0).round() as i64)
    }

    fn now(&self) -> f64 {
        self.window.performance().map_or(self.origin, |performance| performance.now())
    }

    /// Takes an event into the visit. The page's own code is called afterwards, never meanwhile.
    fn track(&mut self, stamp: f64, body: VisitBody) {
        let event = VisitEvent { t: self.time(stamp), body };
        match self.resident.try_borrow_mut() {
            Ok(mut resident) => resident.track(&event),
            // Nothing of ours calls into the page while it holds the person.
            Err(_) => return,
        }
        if let Some(recording) = self.recording.as_mut().filter(|list| list.len() < RECORDING) {
            recording.push(event);
        }
        // Only schedules; the host decides in a task of its own.
        let _ = self.changed.call0(&JsValue::NULL);
    }

    /// Takes something the page itself says, now.
    fn tell(&mut self, body: VisitBody) {
        let stamp = self.now();
        self.track(stamp, body);
    }

    fn key(&self, name: &str) -> Key {
        self.resident.try_borrow().map_or(Key::NONE, |resident| resident.visit().key(name))
    }

    fn effect(&mut self, stamp: f64, cause: Cause) {
        self.track(stamp, VisitBody::Effect(Effect { cause }));
        self.rest();
    }

    /// The person did something.
    fn input(&mut self, stamp: f64) {
        self.input_at = stamp;
        self.progress.input(stamp);
        if core::mem::take(&mut self.idle) {
            self.track(stamp, VisitBody::Resume(Resume {}));
        }
    }

    /// Nobody is there any more.
    fn look_for_idleness(&mut self, stamp: f64) {
        if !self.idle && stamp - self.input_at >= IDLE {
            self.idle = true;
            self.track(stamp, VisitBody::Idle(Idle {}));
        }
    }

    /// Watches for what the page makes of a press, if the policy judges it.
    fn await_reaction(&mut self, pressed: &Element, kind: Control) {
        let judged = self.resident.try_borrow().is_ok_and(|resident| {
            let dead = resident.policy().signals.dead_click.as_ref();
            dead.is_some_and(|p| p.controls_only.is_none_or(|only| only.has(kind)))
        });
        if judged {
            self.address = self.window.location().href().unwrap_or_default();
            self.watch.arm(&self.document, pressed);
        }
    }

    /// Where nothing tells of navigations, the address does.
    fn compare_addresses(&mut self) {
        if self.watch.is_armed() && self.window.location().href().is_ok_and(|it| it != self.address)
        {
            let stamp = self.now();
            self.effect(stamp, Cause::Navigation);
        }
    }

    /// Reads what the page says about itself.
    fn page_view(&mut self, nav: Nav, earlier_sessions: Option<u8>) {
        let stamp = self.now();
        self.leave(stamp);
        let Some(page) = self.document.query_selector("[data-tactful-page]").ok().flatten() else {
            return;
        };
        let read = |name: &str| page.get_attribute(name).filter(|value| !value.is_empty());
        let role = read("data-tactful-role");
        let role = role.and_then(|role| PageRole::parse(&role));
        let expected = read("data-tactful-read-ms").and_then(|ms| ms.parse().ok());
        self.page = read("data-tactful-page").map_or(Key::NONE, |name| self.key(&name));
        self.fields.clear();
        self.progress.begin(stamp, role == Some(PageRole::Article));
        let view = PageView {
            page: self.page,
            role,
            nav: Some(nav),
            topic: read("data-tactful-topic").map(|topic| self.key(&topic)),
            expected_read_ms: expected,
            earlier_sessions,
        };
        self.track(stamp, VisitBody::PageView(view));
    }

    /// Reports how far an article was read, for the last time on this page view.
    fn leave(&mut self, stamp: f64) {
        if let Some(progress) = self.progress.report(stamp, &self.window, &self.document, self.page)
        {
            self.track(stamp, VisitBody::ArticleProgress(progress));
        }
    }
}

/// Observes the page for a person's visit until it is stopped.
#[wasm_bindgen]
pub struct Observer {
    state: Rc<RefCell<State>>,
    listeners: Vec<listen::Listener>,
}

#[wasm_bindgen]
impl Observer {
    /// Begins to observe. `origin` is `performance.now()` at the beginning of the visit; `changed`
    /// is called, without arguments and without holding anything, whenever something happened.
    ///
    /// # Errors
    /// When there is no document.
    #[wasm_bindgen(constructor)]
    pub fn new(
        person: &Person,
        origin: f64,
        record: bool,
        changed: Function,
    ) -> Result<Observer, JsValue> {
        let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
        let document = window.document().ok_or_else(|| JsValue::from_str("no document"))?;
        let shaken = wants_turns(&window, person);
        let state = Rc::new_cyclic(|state| {
            RefCell::new(State {
                resident: Rc::clone(&person.resident),
                watch: Watch::new(state.clone()),
                window: window.clone(),
                document,
                origin,
                changed,
                recording: record.then(Vec::new),
                press: None,
                progress: Progress::default(),
                query: String::new(),
                page: Key::NONE,
                selected: false,
                scrolled_at: f64::MIN,
                fields: Vec::new(),
                input_at: origin.max(0.0),
                clicked_at: 0.0,
                idle: false,
                repeats: false,
                address: String::new(),
                turns: Turns::default(),
            })
        });
        let listeners = listen::all(&window, &state, shaken)?;
        let observer = Self { state, listeners };
        observer.with(|state| {
            state.input_at = state.now();
            let document = state.document.clone();
            state.watch.test(&document);
            state.page_view(Nav::Load, None);
        })?;
        Ok(observer)
    }

    fn with<T>(&self, run: impl FnOnce(&mut State) -> T) -> Result<T, JsValue> {
        self.state.try_borrow_mut().map(|mut state| run(&mut state)).map_err(|_| busy())
    }

    /// Another page or view came up: reads the `data-tactful-*` attributes again.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn page(&self, nav: &str, earlier_sessions: Option<u8>) -> Result<(), JsValue> {
        let nav = Nav::parse(nav).unwrap_or(Nav::Push);
        self.with(|state| {
            let stamp = state.now();
            state.effect(stamp, Cause::Navigation);
            state.page_view(nav, earlier_sessions);
        })
    }

    /// A search and how many results it had. The query is compared here and goes nowhere.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn search(&self, query: &str, results: u16) -> Result<(), JsValue> {
        self.with(|state| {
            let query = query.trim().to_lowercase();
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
            let form = state.key(&target::path(form));
            let what = if ok { FormWhat::Ok } else { FormWhat::Failed };
            let stamp = state.now();
            let event = Form { form, step: None, what, field: None };
            state.track(stamp, VisitBody::Form(event));
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
            let stamp = state.now();
            state.leave(stamp);
            state.look_for_idleness(stamp);
            state.rest();
        })
    }

    /// Takes in what has happened and was not told yet; called before a decision.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn settle(&self) -> Result<(), JsValue> {
        self.with(|state| {
            if let Some(records) = state.watch.pending().filter(|records| records.length() > 0) {
                state.mutated(&records);
            }
            state.compare_addresses();
            state.rest();
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
            let stamp = state.now();
            state.effect(stamp, if begins { Cause::RequestStart } else { Cause::RequestEnd });
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

    /// The recorded events, left in the view; their length. 0 without a recording.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn events(&self) -> Result<usize, JsValue> {
        self.with(|state| state.recording.as_ref().map_or(0, |list| give(&list.to_bytes())))
    }

    /// Stops observing; nothing of ours is left in the page.
    pub fn stop(&mut self) {
        self.listeners.clear();
        if let Ok(mut state) = self.state.try_borrow_mut() {
            state.watch.disarm();
        }
    }
}

/// Whether the policy looks for a shaken pointer, and there is one that may be looked at.
fn wants_turns(window: &Window, person: &Person) -> bool {
    let asked = person
        .resident
        .try_borrow()
        .is_ok_and(|resident| resident.policy().signals.thrashed_cursor.is_some());
    let media = |query: &str| {
        let list = window.match_media(query).ok().flatten();
        list.is_some_and(|list| list.matches())
    };
    asked && media("(pointer: fine)") && !media("(prefers-reduced-motion: reduce)")
}
