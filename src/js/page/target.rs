//! What was pressed: the kind of control and a key of its place, never its text, id or value.

use super::names::{
    ARIA_CHECKED, ARIA_CURRENT, ARIA_DISABLED, ARIA_EXPANDED, ARIA_PRESSED, ARIA_SELECTED, BUTTONS,
    CONTENTEDITABLE, CONTROLS, DISABLED, FIELDS, FORM, GROUPS, IGNORED, LABEL, NUMBERS, Name,
    Named, OPT_OUT, OPTED_OUT, ROLE, TYPE,
};
use crate::event::visit::{Control, Flag, Hint};
use crate::id::Key;
use crate::shape::Set;
use wasm_bindgen::JsCast;
use web_sys::{
    CharacterData, Element, Event, HtmlAnchorElement, HtmlInputElement, HtmlLabelElement,
    ShadowRoot,
};

/// How far up the place of a control is told.
const LEVELS: usize = 16;
/// How many siblings before it are counted: rows of a long table farther down share a place.
const SIBLINGS: u32 = 256;

/// What was pressed, as far as the engine is told.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) element: Element,
    pub(super) key: Key,
    pub(super) control: Control,
    pub(super) hint: Hint,
    /// What its author excludes, and whether its silence proves nothing.
    pub(super) flags: Set<Flag>,
}

impl Target {
    pub(super) fn of(element: Element, control: Control, key: impl Fn(&str) -> Key) -> Self {
        let (key, hint) = (key(&path(&element)), hint(&element, control));
        let mut target = Self { element, key, control, hint, flags: Set::default() };
        target.look_again();
        target
    }

    /// What it is now, before pressing changes it. Its place and what it is made for stay.
    pub(super) fn look_again(&mut self) {
        self.flags = opt_out(&self.element);
        if is_silent(&self.element, self.control) {
            self.flags = self.flags.with(Flag::Unwatched);
        }
    }
}

/// The control a press on an element belongs to, and its kind.
pub(super) fn control(pressed: &Element) -> (Element, Control) {
    let mut at = closest(pressed, &CONTROLS);
    while let Some(element) = at {
        if let Some(kind) = kind(&element) {
            return (element, kind);
        }
        at = outside(&element).and_then(|outside| closest(&outside, &CONTROLS));
    }
    let tag = pressed.tag_name();
    let root = matches!(tag.as_str(), "HTML" | "BODY");
    (pressed.clone(), if root { Control::Root } else { Control::None })
}

/// The innermost element of an event. Its own target may be the host of a shadow tree.
pub(super) fn innermost(event: &Event) -> Option<Element> {
    event.composed_path().get(0).dyn_into().ok()
}

/// The element around this one, out of an open shadow tree too.
fn outside(element: &Element) -> Option<Element> {
    let host = || element.get_root_node().dyn_into::<ShadowRoot>().ok().map(|root| root.host());
    element.parent_element().or_else(host)
}

/// The nearest element that is so, out of open shadow trees too, which `closest` does not leave.
pub(super) fn closest(from: &Element, selector: &'static Name) -> Option<Element> {
    let mut at = Some(from.clone());
    while let Some(element) = at {
        if let Some(found) = element.nearest(selector) {
            return Some(found);
        }
        at = element.get_root_node().dyn_into::<ShadowRoot>().ok().map(|root| root.host());
    }
    None
}

/// Whether it lies in the help offer itself or in a region the author excluded.
pub(super) fn is_excluded(element: &Element) -> bool {
    closest(element, &IGNORED).is_some()
}

/// A press on a label only hands on: its control gets a click of its own.
pub(super) fn hands_on(pressed: &Element) -> bool {
    let label: Option<HtmlLabelElement> =
        closest(pressed, &LABEL).and_then(|label| label.dyn_into().ok());
    let control = label.as_ref().and_then(HtmlLabelElement::control);
    control.is_some_and(|control| !control.contains(Some(pressed)))
}

fn kind(element: &Element) -> Option<Control> {
    let disabled =
        element.has(&DISABLED) || element.attribute(&ARIA_DISABLED).as_deref() == Some("true");
    let kind = match element.attribute(&ROLE).as_deref() {
        Some("button") => Some(Control::Button),
        Some("link") => Some(Control::Link),
        Some("checkbox") => Some(Control::Checkbox),
        Some("radio") => Some(Control::Radio),
        Some("switch") => Some(Control::Switch),
        Some("tab") => Some(Control::Tab),
        Some("option" | "treeitem") => Some(Control::Option),
        Some("menuitem" | "menuitemradio" | "menuitemcheckbox") => Some(Control::Menuitem),
        Some("slider") => Some(Control::Range),
        Some("textbox" | "searchbox" | "spinbutton") => Some(Control::TextInput),
        _ => tag(element),
    }?;
    Some(if disabled { Control::Disabled } else { kind })
}

fn tag(element: &Element) -> Option<Control> {
    match element.tag_name().to_ascii_lowercase().as_str() {
        "button" => Some(match element.attribute(&TYPE).as_deref() {
            Some("reset") => Control::Reset,
            Some("button") => Control::Button,
            _ if element.nearest(&FORM).is_some() => Control::Submit,
            _ => Control::Button,
        }),
        "a" => {
            let link = element.dyn_ref::<HtmlAnchorElement>()?;
            if link.href().is_empty() {
                return None;
            }
            let target = link.target();
            let handed_on = ["tel:", "mailto:", "sms:"].contains(&link.protocol().as_str());
            Some(if handed_on {
                // To another program, and the page stays as it is.
                Control::LinkNewTab
            } else if element.has_attribute("download") {
                Control::LinkDownload
            } else if target.is_empty() || target == "_self" {
                Control::Link
            } else {
                Control::LinkNewTab
            })
        }
        "input" => Some(match element.dyn_ref::<HtmlInputElement>()?.type_().as_str() {
            "checkbox" => Control::Checkbox,
            "radio" => Control::Radio,
            "range" => Control::Range,
            "file" => Control::FileInput,
            "submit" | "image" => Control::Submit,
            "reset" => Control::Reset,
            "button" => Control::Button,
            _ => Control::TextInput,
        }),
        "textarea" => Some(Control::Textarea),
        "select" => Some(Control::Select),
        // The browser opens and closes it by itself.
        "summary" => Some(Control::Button),
        "option" => Some(Control::Option),
        "video" | "audio" => Some(Control::Media),
        "canvas" | "embed" | "object" => Some(Control::Canvas),
        _ if element.attribute(&CONTENTEDITABLE).is_some_and(|value| value != "false") => {
            Some(Control::Contenteditable)
        }
        _ => None,
    }
}

/// Labels of controls that turn pages, as they begin, in the languages help centers are written in
/// most. They are compared in the page and go nowhere.
const PAGERS: [&str; 16] = [
    "next",
    "previous",
    "prev ",
    "weiter",
    "zurück",
    "vorherige",
    "nächste",
    "siguiente",
    "anterior",
    "suivant",
    "précédent",
    "próxim",
    "successiv",
    "precedent",
    "volgende",
    "vorige",
];
/// Signs on controls that turn pages.
const ARROWS: &str = "<>‹›«»←→◀▶❮❯⟨⟩";
/// Signs on controls that count up or down.
const SIGNS: &str = "+-−–±▲▼△▽";

fn matches(element: Option<Element>, selector: &'static Name) -> bool {
    element.is_some_and(|element| element.is(selector))
}

/// Whether it is one of two buttons around a number.
fn counts_beside(element: &Element) -> bool {
    let around = |number: Option<Element>, far: fn(&Element) -> Option<Element>| {
        number.is_some_and(|number| number.is(&NUMBERS) && matches(far(&number), &BUTTONS))
    };
    around(element.next_element_sibling(), Element::next_element_sibling)
        || around(element.previous_element_sibling(), Element::previous_element_sibling)
}

/// Whether pressing it may do nothing that is told: set the value of the field beside it (values are
/// not read), or choose what is chosen already. Its silence proves nothing then.
fn is_silent(element: &Element, control: Control) -> bool {
    let chosen = [&ARIA_SELECTED, &ARIA_CHECKED, &ARIA_CURRENT].into_iter().any(|name| {
        let told = element.attribute(name);
        told.is_some_and(|told| told != "false") && control != Control::Checkbox
    });
    let radio = element.dyn_ref::<HtmlInputElement>().filter(|_| control == Control::Radio);
    let button = control == Control::Button;
    let beside = |side: Option<Element>| button && matches(side, &FIELDS);
    // "Fill in an example": what a form holds is not looked at, so nobody sees what such a button does.
    let form = if button { element.nearest(&GROUPS) } else { None };
    let fills = form.is_some_and(|form| form.holds(&FIELDS));
    (chosen && control != Control::Switch)
        || radio.is_some_and(HtmlInputElement::checked)
        || counts_beside(element)
        || fills
        || beside(element.previous_element_sibling())
        || beside(element.next_element_sibling())
}

/// The label of a button, if it is as short as a sign. A button's label is no typed text; of anything
/// else no text is looked at.
fn sign(element: &Element, control: Control) -> String {
    let labelled = matches!(
        control,
        Control::Button | Control::Submit | Control::Link | Control::Tab | Control::Menuitem
    );
    let only = element.first_child().filter(|only| labelled && only.next_sibling().is_none());
    let text = only.and_then(|only| only.dyn_into::<CharacterData>().ok());
    let short = text.filter(|text| text.length() <= 8);
    short.map(|text| text.data().trim().to_owned()).unwrap_or_default()
}

/// What repeating is good for, from the author or from the structure.
fn hint(element: &Element, control: Control) -> Hint {
    let told = element.closest("[data-tactful-hint]").ok().flatten();
    let told = told.and_then(|e| e.get_attribute("data-tactful-hint"));
    if let Some(hint) = told.and_then(|told| Hint::parse(&told)) {
        return hint;
    }
    if matches!(control, Control::Switch | Control::Checkbox)
        || element.has(&ARIA_PRESSED)
        || element.has(&ARIA_EXPANDED)
        || element.tag_name() == "SUMMARY"
    {
        return Hint::Toggle;
    }
    let within = |selector: &str| element.closest(selector).ok().flatten().is_some();
    let label = element.get_attribute("aria-label").or_else(|| element.get_attribute("title"));
    let label = lower(&label.unwrap_or_default());
    let sign = sign(element, control);
    let made_of = |signs: &str| !sign.is_empty() && sign.chars().all(|c| signs.contains(c));
    if within("[role=spinbutton],[aria-roledescription=stepper]")
        || counts_beside(element)
        || made_of(SIGNS)
    {
        Hint::Stepper
    } else if within(
        "[aria-roledescription=carousel],[aria-label*=agination],[role=navigation][aria-label*=page],[rel=next],[rel=prev]",
    ) || PAGERS.iter().any(|word| label.starts_with(word))
        || made_of(ARROWS)
    {
        Hint::Pager
    } else {
        Hint::None
    }
}

/// What the author excluded: `data-tactful-optout="rage dead error"`.
fn opt_out(element: &Element) -> Set<Flag> {
    let Some(told) = element.nearest(&OPTED_OUT) else { return Set::default() };
    let told = told.attribute(&OPT_OUT).unwrap_or_default();
    told.split_whitespace().fold(Set::default(), |flags, word| match word {
        "rage" => flags.with(Flag::OptOutRage),
        "dead" => flags.with(Flag::OptOutDead),
        "error" => flags.with(Flag::OptOutError),
        _ => flags,
    })
}

/// The structural path of an element: tags and positions. It survives a re-render, and says nothing
/// about content.
pub(super) fn path(element: &Element) -> String {
    let mut path = String::new();
    let mut at = Some(element.clone());
    for _ in 0..LEVELS {
        let Some(element) = at else { break };
        let mut position = 0u32;
        let mut before = element.previous_element_sibling();
        while let Some(sibling) = before.filter(|_| position < SIBLINGS) {
            position += 1;
            before = sibling.previous_element_sibling();
        }
        path.push_str(&element.tag_name());
        path.push_str(&position.to_string());
        path.push('<');
        // By its host, so that equal controls in two hosts differ.
        at = outside(&element);
    }
    path
}

/// Likeness of two queries in percent: shared pairs of letters (Dice).
pub(super) fn likeness(a: &str, b: &str) -> u8 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        text.chars().zip(text.chars().skip(1)).filter(|(x, y)| *x != ' ' && *y != ' ').collect()
    };
    let (first, mut second) = (pairs(a), pairs(b));
    let all = first.len() + second.len();
    if all == 0 {
        return if a == b { 100 } else { 0 };
    }
    let mut shared = 0;
    for pair in first {
        if let Some(i) = second.iter().position(|other| *other == pair) {
            second.swap_remove(i);
            shared += 1;
        }
    }
    u8::try_from(200 * shared / all).unwrap_or(100)
}

/// In small letters, without what surrounds it. Letter by letter: what the standard library does for whole texts
/// knows a Greek letter at the end of a word, in 4 KB.
pub(super) fn lower(text: &str) -> String {
    text.trim().chars().flat_map(char::to_lowercase).collect()
}
