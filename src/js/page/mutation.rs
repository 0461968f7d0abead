//! Watches the document for a reaction, only while a click is undecided: the cost is bounded by
//! human clicks, not by how often the page renders.

use super::names::{IGNORE, Named};
use super::state::State;
use super::target::is_excluded;
use crate::event::visit::Cause;
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Weak;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, MutationObserver, MutationObserverInit, MutationRecord, Node, ShadowRoot,
};

/// Attributes whose change a person can notice.
const VISIBLE: [&str; 37] = [
    "class",
    "style",
    "hidden",
    "open",
    "disabled",
    "checked",
    "selected",
    "value",
    "src",
    "href",
    "aria-expanded",
    "aria-pressed",
    "aria-selected",
    "aria-busy",
    "aria-invalid",
    "aria-checked",
    "aria-current",
    "aria-hidden",
    "aria-valuenow",
    "data-state",
    "data-theme",
    "inert",
    "type",
    "srcset",
    "aria-label",
    // Drawings change by these.
    "d",
    "r",
    "x",
    "y",
    "cx",
    "cy",
    "width",
    "height",
    "points",
    "transform",
    "viewBox",
    "fill",
];
/// Attributes that show or hide a region as a whole, which counts even where the region is ignored.
const SHOWS: [&str; 2] = ["hidden", "open"];
/// A press held longer than this becomes no click, in ms.
const HELD: f64 = 3_000.0;
/// Kept as long as the observer may call it.
type Callback = Closure<dyn FnMut(Array)>;

/// The observer, made at the first press.
pub(super) struct Watch {
    state: Weak<RefCell<State>>,
    observer: Option<(MutationObserver, Callback)>,
    armed: bool,
    /// What is looked for, in the page's own terms.
    options: MutationObserverInit,
    /// The element of the self-test; its change has not been seen yet.
    probe: Option<Element>,
    proven: bool,
}

impl Watch {
    pub(super) fn new(state: Weak<RefCell<State>>) -> Self {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_character_data(true);
        options.set_attributes(true);
        let names: Array = VISIBLE.iter().map(|name| JsValue::from_str(name)).collect();
        options.set_attribute_filter(&names);
        Self { state, observer: None, armed: false, options, probe: None, proven: false }
    }

    /// Changes an element nobody sees, to learn whether changes are told on this page at all: a
    /// patched constructor would make every click dead. The page's own constructor is used, for one
    /// of another frame is blind in some browsers.
    pub(super) fn test(&mut self, document: &Document) {
        let state = self.state.clone();
        let callback = Closure::new(move |records: Array| {
            let Some(state) = state.upgrade() else { return };
            let Ok(mut state) = state.try_borrow_mut() else { return };
            state.look_at_clocks();
            state.mutated(&records);
        });
        let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) else { return };
        let (Ok(parent), Ok(probe)) =
            (document.create_element("div"), document.create_element("div"))
        else {
            return;
        };
        let _ = observer.observe_with_options(&parent, &self.options);
        let _ = parent.append_child(&probe);
        let _ = probe.set_attribute("class", "probe");
        self.observer = Some((observer, callback));
        self.probe = Some(parent);
    }

    /// Whether changes are told on this page.
    pub(super) const fn is_proven(&self) -> bool {
        self.proven
    }

    /// Begins to watch; the first visible change is the reaction.
    pub(super) fn arm(&mut self, root: &Node, pressed: &Element) {
        let Some((observer, _)) = self.observer.as_ref().filter(|_| self.proven) else { return };
        observer.disconnect();
        let _ = observer.observe_with_options(root, &self.options);
        // The tree of an open shadow root is a document of its own, and may lie in another.
        let mut own = pressed.get_root_node();
        while let Some(shadow) = own.dyn_ref::<ShadowRoot>() {
            let _ = observer.observe_with_options(shadow, &self.options);
            own = shadow.host().get_root_node();
        }
        self.armed = true;
    }

    pub(super) const fn is_armed(&self) -> bool {
        self.armed
    }

    pub(super) fn disarm(&mut self) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
        self.armed = false;
    }

    /// Records that are queued and not delivered yet.
    pub(super) fn pending(&self) -> Option<Array> {
        let (observer, _) = self.observer.as_ref().filter(|_| self.armed)?;
        Some(observer.take_records())
    }
}

impl State {
    /// Stops watching when no click is undecided any more, nor a press that may become one.
    pub(super) fn rest(&mut self) {
        // Dragged away, or held: that becomes no click.
        self.press = self.press.filter(|(at, _)| self.now - at < HELD);
        if self.watch.armed && self.press.is_none() && !self.is_undecided() {
            self.watch.disarm();
        }
    }

    pub(super) fn is_undecided(&self) -> bool {
        let resident = self.resident.try_borrow();
        resident.is_ok_and(|it| it.visit().is_undecided(&it.policy().signals))
    }

    /// Something changed: if a person could notice it, the page has reacted.
    pub(super) fn mutated(&mut self, records: &Array) {
        if self.watch.probe.take().is_some() {
            self.watch.proven = true;
            self.watch.disarm();
            return;
        }
        let seen = records.iter().any(|record| {
            let Ok(record) = record.dyn_into::<MutationRecord>() else { return false };
            let Some(node) = record.target() else { return false };
            let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element());
            let shows = record.attribute_name().is_some_and(|name| SHOWS.contains(&name.as_str()));
            element.is_none_or(|element| shows && element.has(&IGNORE) || !is_excluded(&element))
        });
        if seen {
            self.watch.disarm();
            self.effect(self.now, Cause::Mutation);
        }
    }
}
