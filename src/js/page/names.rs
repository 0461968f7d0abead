//! What the page is asked for by name, on every press and change.
//!
//! The names lie on the page's side: a text that crosses is decoded anew each time, and a press asks for thirty.
//! A form whose field is called `matches` has that field in the place of the method: what fails says nothing.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsThreadLocal};
use web_sys::Element;

/// A text that lies on the page's side.
pub(super) type Name = JsThreadLocal<JsString>;

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident = $text:tt;)*) => {
        #[wasm_bindgen]
        extern "C" {
            $($(#[$meta])* #[wasm_bindgen(thread_local_v2, static_string)] pub(super) static $name: JsString = $text;)*
        }
    };
}

names! {
    ARIA_CHECKED = "aria-checked";
    ARIA_CURRENT = "aria-current";
    ARIA_DISABLED = "aria-disabled";
    ARIA_EXPANDED = "aria-expanded";
    ARIA_PRESSED = "aria-pressed";
    ARIA_SELECTED = "aria-selected";
    CONTENTEDITABLE = "contenteditable";
    DISABLED = "disabled";
    HREF = "href";
    ROLE = "role";
    TYPE = "type";
    CONTACT = "data-tactful-contact";
    IGNORE = "data-tactful-ignore";
    OPT_OUT = "data-tactful-optout";

    FORM = "form";
    /// What is filled in of a form.
    FILLED = "input:not([type=submit]):not([type=button]),select,textarea";
    /// A search box is not a form somebody struggles with, and an author may know of others.
    NO_FORM = "[role=search],[data-tactful-optout~=form]";
    SEARCH = "input[type=search]";
    LABEL = "label";
    LINK = "a[href]";
    /// Nothing below is observed: the help offer itself, a ticker.
    IGNORED = "[data-tactful-ignore]";
    OPTED_OUT = "[data-tactful-optout]";
    /// Everything that may be a control; what it is, is looked at then.
    CONTROLS = "button,a,input,textarea,select,summary,option,video,audio,canvas,embed,object,[role],[contenteditable]";
    BUTTONS = "button,[role=button]";
    /// Fields whose number the buttons beside them change.
    NUMBERS = "input[type=number],input[inputmode=numeric],[role=spinbutton]";
    /// Fields that a button beside them may empty, fill or show.
    FIELDS = "input,textarea,[role=textbox],[role=searchbox]";
    /// What is made for moving the pointer to and fro.
    SURFACES = "canvas,svg,video,embed,object,[role=application],[role=slider]";
    /// What holds fields together.
    GROUPS = "form,fieldset,[role=group]";
}

#[wasm_bindgen]
extern "C" {
    type Asked;
    #[wasm_bindgen(method, catch, js_name = closest)]
    fn closest(this: &Asked, selector: &JsString) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAttribute)]
    fn get_attribute(this: &Asked, name: &JsString) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = hasAttribute)]
    fn has_attribute(this: &Asked, name: &JsString) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = matches)]
    fn matches(this: &Asked, selector: &JsString) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = querySelector)]
    fn query_selector(this: &Asked, selector: &JsString) -> Result<Option<Element>, JsValue>;
}

/// Asking an element by such a name.
pub(super) trait Named {
    /// The nearest that is so, itself included, within its tree.
    fn nearest(&self, selector: &'static Name) -> Option<Element>;
    /// What an attribute says.
    fn attribute(&self, name: &'static Name) -> Option<String>;
    /// Whether there is such an attribute.
    fn has(&self, name: &'static Name) -> bool;
    /// Whether it is so.
    fn is(&self, selector: &'static Name) -> bool;
    /// Whether something inside is so.
    fn holds(&self, selector: &'static Name) -> bool;
}

impl Named for Element {
    fn nearest(&self, selector: &'static Name) -> Option<Element> {
        selector.with(|it| self.unchecked_ref::<Asked>().closest(it)).ok().flatten()
    }
    fn attribute(&self, name: &'static Name) -> Option<String> {
        name.with(|it| self.unchecked_ref::<Asked>().get_attribute(it)).ok().flatten()
    }
    fn has(&self, name: &'static Name) -> bool {
        name.with(|it| self.unchecked_ref::<Asked>().has_attribute(it)).unwrap_or(false)
    }
    fn is(&self, selector: &'static Name) -> bool {
        selector.with(|it| self.unchecked_ref::<Asked>().matches(it)).unwrap_or(false)
    }
    fn holds(&self, selector: &'static Name) -> bool {
        selector
            .with(|it| self.unchecked_ref::<Asked>().query_selector(it))
            .ok()
            .flatten()
            .is_some()
    }
}
