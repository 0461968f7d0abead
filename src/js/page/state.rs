//! What the listeners share: the visit, the page, and what was seen of it so far.

use super::fields::Fields;
use super::mutation::Watch;
use super::progress::{IDLE, Progress};
use super::target::Target;
use super::turns::Turns;
use crate::event::visit::{
    Cause, Control, Effect, Idle, Nav, PageRole, PageView, Resume, VisitBody, VisitEvent,
};
use crate::id::Key;
use crate::js::runtime::Person;
use crate::resident::Resident;
use crate::shape::Set;
use crate::unit::{Micros, Ms};
use js_sys::{Date, Function};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, EventTarget, Node, Window};

/// A reaction this long after a click may be its answer, even if it is not judged, in ms.
const WAITING: f64 = 1_000.0;
/// The wall clock goes on by so much at once when the computer slept, in ms; less is the clock being set right.
const SLEPT: f64 = 1_000.0;
/// Listeners of a click that take this long have asked the person something, in ms.
const DIALOG: f64 = 200.0;
/// Forms remembered of a page.
const FORMS: usize = 8;

#[wasm_bindgen]
extern "C" {
    /// The page's clock, in ms.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(super) fn page_clock() -> f64;
    /// A document and its style sheets.
    type Styled;
    #[wasm_bindgen(method, getter, js_name = styleSheets)]
    fn style_sheets(this: &Styled) -> Option<Sheets>;
    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn adopted_style_sheets(this: &Styled) -> Option<Sheets>;
    /// A list of them, of either kind.
    type Sheets;
    #[wasm_bindgen(method, getter)]
    fn length(this: &Sheets) -> u32;
}

/// What the listeners share.
pub(super) struct State {
    pub(super) resident: Rc<RefCell<Resident>>,
    pub(super) window: Window,
    pub(super) document: Document,
    /// The page's clock at the beginning of the visit.
    pub(super) origin: f64,
    /// The page's clock when the page called in: asked once, for everything that follows from it.
    pub(super) now: f64,
    /// How far the wall clock is ahead of that clock.
    pub(super) wall: f64,
    pub(super) changed: Function,
    pub(super) press: Option<(f64, Key)>,
    /// What the pointer went down on, and the control that is part of: most clicks are on the same.
    pub(super) under: Option<(Element, Target)>,
    /// What was pressed last: a press and its click, and every click of a burst, are on the same.
    pub(super) target: Option<Target>,
    pub(super) watch: Watch,
    pub(super) progress: Progress,
    pub(super) query: String,
    pub(super) page: Key,
    /// Where the selection begins, if something is selected.
    pub(super) selected: Option<Node>,
    pub(super) scrolled_at: f64,
    pub(super) fields: Fields,
    /// Forms by the element they were first seen as: pages move and detach them.
    pub(super) forms: Vec<(Element, Key)>,
    /// When the person last did anything.
    pub(super) input_at: f64,
    /// When the click under way came to us.
    pub(super) clicked_at: f64,
    /// It was looked whether that opened a dialog.
    pub(super) asked: bool,
    /// When something was last clicked or sent with Enter.
    pub(super) attempted_at: f64,
    /// Causes of effects that were told since.
    pub(super) told: Set<Cause>,
    /// That something is typed on this page was told.
    pub(super) typed: bool,
    pub(super) idle: bool,
    /// The key that is down repeats by itself.
    pub(super) repeats: bool,
    /// What tells of every navigation at its time, where it exists.
    pub(super) navigation: Option<EventTarget>,
    /// Elsewhere: the address when a click began to wait for a reaction.
    pub(super) address: String,
    /// How many style sheets there were then.
    pub(super) styles: u32,
    pub(super) turns: Turns,
}

impl State {
    pub(super) fn new(
        person: &Person,
        window: Window,
        document: Document,
        origin: f64,
        changed: Function,
    ) -> Rc<RefCell<Self>> {
        let now = page_clock();
        let navigation = js_sys::Reflect::get(&window, &JsValue::from_str("navigation"));
        let navigation = navigation.ok().and_then(|it| it.dyn_into().ok());
        Rc::new_cyclic(|state| {
            RefCell::new(Self {
                resident: Rc::clone(&person.resident),
                watch: Watch::new(state.clone()),
                window,
                document,
                origin,
                now,
                wall: Date::now() - now,
                changed,
                press: None,
                under: None,
                target: None,
                progress: Progress::default(),
                query: String::new(),
                page: Key::NONE,
                selected: None,
                scrolled_at: f64::MIN,
                fields: Fields::default(),
                forms: Vec::new(),
                input_at: 0.0,
                clicked_at: 0.0,
                asked: true,
                attempted_at: f64::MIN,
                told: Set::default(),
                typed: false,
                idle: false,
                repeats: false,
                navigation,
                address: String::new(),
                styles: 0,
                turns: Turns::default(),
            })
        })
    }

    /// Visit time of an event's time stamp.
    pub(super) fn time(&self, stamp: f64) -> Micros {
        Micros(((stamp - self.origin).max(0.0) * 1000.0).round() as i64)
    }

    /// Looks at the clocks: before anything else, whenever the page calls in.
    ///
    /// The page's clock stands still while the computer sleeps, on many systems. The visit's does not, or every
    /// click afterwards would be found dead by hosts whose clock went on; and nobody was there.
    pub(super) fn look_at_clocks(&mut self) {
        self.now = page_clock();
        let slept = Date::now() - self.now - self.wall;
        // Clocks drift apart by a little all the time.
        self.wall += slept;
        if slept < SLEPT {
            return;
        }
        if !core::mem::replace(&mut self.idle, true) {
            self.tell(VisitBody::Idle(Idle {}));
        }
        self.origin -= slept;
    }

    /// The visit has lasted longer than one may.
    pub(super) fn is_over(&self) -> bool {
        let resident = self.resident.try_borrow();
        let longest = resident.map_or(Ms::NEVER, |it| it.policy().signals.hygiene.longest_ms);
        self.time(self.now).ms() > longest.0
    }

    /// Takes an event into the visit. The page's own code is called afterwards, never meanwhile.
    pub(super) fn track(&mut self, stamp: f64, body: VisitBody) {
        // Before anything else is told, or the click is found dead that asked the person something.
        self.ask_for_dialogs();
        let event = VisitEvent { t: self.time(stamp), body };
        match self.resident.try_borrow_mut() {
            Ok(mut resident) => resident.track(&event),
            // Nothing of ours calls into the page while it holds the person.
            Err(_) => return,
        }
        // Only schedules; the host decides in a task of its own.
        let _ = self.changed.call0(&JsValue::NULL);
    }

    /// Input that no person made: counted, and not believed.
    pub(super) fn distrust(&mut self) {
        if let Ok(mut resident) = self.resident.try_borrow_mut() {
            resident.distrust();
        }
    }

    /// Takes something the page itself says, now.
    pub(super) fn tell(&mut self, body: VisitBody) {
        self.track(self.now, body);
    }

    pub(super) fn key(&self, name: &str) -> Key {
        self.resident.try_borrow().map_or(Key::NONE, |resident| resident.visit().key(name))
    }

    /// Tells of a reaction, once for each click and cause, and only while somebody waits for one: when
    /// keys are pressed is nobody's business.
    pub(super) fn effect(&mut self, stamp: f64, cause: Cause) {
        let waiting =
            self.press.is_some() || stamp - self.attempted_at < WAITING || self.is_undecided();
        let first_typing = cause == Cause::Input && !core::mem::replace(&mut self.typed, true);
        if waiting && !self.told.has(cause) || first_typing {
            self.told = self.told.with(cause);
            self.track(stamp, VisitBody::Effect(Effect { cause }));
        }
        self.rest();
    }

    /// Dialogs of the browser tell nobody of themselves, and patching them is not our business. That
    /// the page's own listeners took so long does.
    fn ask_for_dialogs(&mut self) {
        if !self.asked && self.now - self.clicked_at >= DIALOG {
            self.asked = true;
            self.effect(self.clicked_at, Cause::DialogOrPopup);
        }
    }

    /// The same for the last time: the page's own listeners are through.
    pub(super) fn close_dialogs(&mut self) {
        self.ask_for_dialogs();
        self.asked = true;
    }

    /// The key of a form.
    pub(super) fn form_key(&mut self, form: &Element) -> Key {
        if let Some((_, key)) = self.forms.iter().find(|(known, _)| known.is_same_node(Some(form)))
        {
            return *key;
        }
        let key = self.key(&super::target::path(form));
        if self.forms.len() == FORMS {
            self.forms.remove(0);
        }
        self.forms.push((form.clone(), key));
        key
    }

    /// The person did something.
    pub(super) fn input(&mut self, stamp: f64) {
        self.input_at = stamp;
        self.progress.input(stamp);
        if core::mem::take(&mut self.idle) {
            self.track(stamp, VisitBody::Resume(Resume {}));
        }
    }

    /// Nobody is there any more.
    pub(super) fn look_for_idleness(&mut self, stamp: f64) {
        if !self.idle && stamp - self.input_at >= IDLE {
            self.idle = true;
            self.track(stamp, VisitBody::Idle(Idle {}));
        }
    }

    /// What was pressed.
    pub(super) fn target(&mut self, element: Element, control: Control) -> Target {
        let known = self
            .target
            .take()
            .filter(|known| known.control == control && known.element.is_same_node(Some(&element)));
        let target = known.unwrap_or_else(|| Target::of(element, control, |name| self.key(name)));
        self.target = Some(target.clone());
        target
    }

    /// Watches for what the page makes of a press, if the policy judges it.
    pub(super) fn await_reaction(&mut self, pressed: &Target) {
        let judged = self.resident.try_borrow().is_ok_and(|resident| {
            let dead = resident.policy().signals.dead_click.as_ref();
            dead.is_some_and(|p| p.controls_only.is_none_or(|only| only.has(pressed.control)))
        });
        self.told = Set::default();
        if judged {
            if self.navigation.is_none() {
                self.address = self.window.location().href().unwrap_or_default();
            }
            self.styles = self.sheets();
            self.watch.arm(&self.document, &pressed.element);
        }
    }

    /// How many style sheets the document has, adopted ones included: nothing tells of those.
    fn sheets(&self) -> u32 {
        let document: &Styled = self.document.unchecked_ref();
        let count = |list: Option<Sheets>| list.map_or(0, |list| list.length());
        count(document.style_sheets()) + count(document.adopted_style_sheets())
    }

    /// Looks at what nothing tells of: style sheets, and where there is no better way, the address.
    pub(super) fn compare(&mut self) {
        if !self.watch.is_armed() {
            return;
        }
        if self.sheets() != self.styles {
            self.effect(self.now, Cause::Style);
        }
        if self.navigation.is_none()
            && self.window.location().href().is_ok_and(|it| it != self.address)
        {
            self.effect(self.now, Cause::Navigation);
        }
    }

    /// Reads what the page says about itself.
    pub(super) fn page_view(&mut self, nav: Nav, earlier_sessions: Option<u8>) {
        let stamp = self.now;
        self.read(stamp);
        let Some(page) = self.document.query_selector("[data-tactful-page]").ok().flatten() else {
            return;
        };
        let read = |name: &str| page.get_attribute(name).filter(|value| !value.is_empty());
        let role = read("data-tactful-role");
        let role = role.and_then(|role| PageRole::parse(&role));
        let expected = read("data-tactful-read-ms").and_then(|ms| ms.parse().ok());
        self.page = read("data-tactful-page").map_or(Key::NONE, |name| self.key(&name));
        (self.fields, self.typed) = (Fields::default(), false);
        let article = role == Some(PageRole::Article);
        self.progress.begin(stamp, article, self.document.hidden());
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

    /// Reports how far an article was read by now.
    pub(super) fn read(&mut self, stamp: f64) {
        if let Some(progress) = self.progress.report(stamp, &self.window, &self.document, self.page)
        {
            self.track(stamp, VisitBody::ArticleProgress(progress));
        }
    }
}

/// Whether the policy looks for a shaken pointer, and there is one that may be looked at.
pub(super) fn wants_turns(window: &Window, person: &Person) -> bool {
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
