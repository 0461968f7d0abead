//! What was pressed, and what the page made of it.

use crate::id::Key;
use crate::shape::{Set, record, words};
use crate::unit::Micros;

words! {
    /// What kind of control was pressed.
    pub enum Control {
        /// Not one of those below.
        Other = "other",
        /// A button.
        Button = "button",
        /// A button that submits a form.
        Submit = "submit",
        /// A button that empties a form.
        Reset = "reset",
        /// A link within this window.
        Link = "link",
        /// A link to another window.
        LinkNewTab = "linkNewTab",
        /// A link to a file.
        LinkDownload = "linkDownload",
        /// A check box.
        Checkbox = "checkbox",
        /// A radio button.
        Radio = "radio",
        /// A switch.
        Switch = "switch",
        /// A tab.
        Tab = "tab",
        /// An option of a list.
        Option = "option",
        /// An item of a menu.
        Menuitem = "menuitem",
        /// A slider.
        Range = "range",
        /// A field for text.
        TextInput = "textInput",
        /// A field for longer text.
        Textarea = "textarea",
        /// A drop-down list.
        Select = "select",
        /// Text that can be edited in place.
        Contenteditable = "contenteditable",
        /// A file picker.
        FileInput = "fileInput",
        /// Sound or video.
        Media = "media",
        /// A drawing surface.
        Canvas = "canvas",
        /// A control that is switched off.
        Disabled = "disabled",
        /// No control at all.
        None = "none",
        /// The page itself.
        Root = "root",
    }
}

words! {
    /// What pressing a control again and again is good for.
    pub enum Hint {
        /// Nothing known.
        None = "none",
        /// Counts up or down.
        Stepper = "stepper",
        /// Turns pages.
        Pager = "pager",
        /// Flips a state.
        Toggle = "toggle",
    }
}

words! {
    /// Circumstances of a click.
    pub enum Flag {
        /// With a modifier key.
        Modifier = "modifier",
        /// Not the primary button.
        NonPrimary = "nonPrimary",
        /// Made by a script.
        Untrusted = "untrusted",
        /// The author says: never rage.
        OptOutRage = "optOutRage",
        /// The author says: never dead.
        OptOutDead = "optOutDead",
        /// The author says: never an error click.
        OptOutError = "optOutError",
        /// By touch.
        Touch = "touch",
        /// By keyboard: no press, no coordinates.
        Keyboard = "keyboard",
        /// Nothing watched for what the page would make of it: silence proves nothing.
        Unwatched = "unwatched",
    }
}

record! {
    /// A completed press. Coordinates are CSS pixels of the page, rounded to 4.
    #[derive(Copy)]
    pub struct Click {
        /// When the press began; when absent, at the release.
        pub down_t: Option<Micros>,
        /// Across, in CSS pixels.
        pub x: Option<i32>,
        /// Down, in CSS pixels.
        pub y: Option<i32>,
        /// Structural path of the control.
        pub target: Key,
        /// What kind of control it is; `other` when absent.
        pub control: Option<Control>,
        /// What repeating is good for.
        pub hint: Option<Hint>,
        /// Circumstances.
        pub flags: Set<Flag>,
    }
}

words! {
    /// How the page reacted.
    pub enum Cause {
        /// The document changed.
        Mutation = "mutation",
        /// A style sheet changed.
        Style = "style",
        /// Another page or view came.
        Navigation = "navigation",
        /// A value changed.
        Input = "input",
        /// Something opened or closed.
        Toggle = "toggle",
        /// Sound or video reacted.
        Media = "media",
        /// A dialog, picker or window came up.
        DialogOrPopup = "dialogOrPopup",
        /// A request began.
        RequestStart = "requestStart",
        /// A request ended.
        RequestEnd = "requestEnd",
        /// A resource arrived.
        Resource = "resource",
        /// The focus moved.
        FocusMove = "focusMove",
    }
}

record! {
    /// The page reacted.
    #[derive(Copy)]
    pub struct Effect {
        /// How.
        pub cause: Cause,
    }
}

record! {
    /// The page was scrolled.
    #[derive(Copy)]
    pub struct Scroll {
        /// Position from the top, in CSS pixels.
        pub y: Option<i32>,
        /// Height of the page.
        pub page_h: Option<i32>,
        /// Height of the window.
        pub view_h: Option<i32>,
        /// By the person, not by a script.
        pub user: Option<bool>,
    }
}

record! {
    /// A selection began or ended.
    #[derive(Copy)]
    pub struct Selection {
        /// Whether something is selected.
        pub nonempty: bool,
    }
}

words! {
    /// Whether the tab can be seen.
    pub enum VisibilityState {
        /// It cannot.
        Hidden = "hidden",
        /// It can.
        Visible = "visible",
    }
}

record! {
    /// The tab was hidden or shown.
    #[derive(Copy)]
    pub struct Visibility {
        /// Hidden or visible.
        pub state: VisibilityState,
    }
}

words! {
    /// Whether the window has the focus.
    pub enum FocusState {
        /// It has.
        Focus = "focus",
        /// It has not.
        Blur = "blur",
    }
}

record! {
    /// The window lost or got the focus.
    #[derive(Copy)]
    pub struct Focus {
        /// Focus or blur.
        pub state: FocusState,
    }
}

words! {
    /// A direction on the screen.
    pub enum Axis {
        /// Across.
        X = "x",
        /// Down.
        Y = "y",
    }
}

record! {
    /// The pointer changed direction.
    #[derive(Copy)]
    pub struct PointerTurns {
        /// On which axis.
        pub axis: Axis,
        /// How often.
        pub n: u8,
        /// The mean stroke, in CSS pixels.
        pub stroke_px: Option<u16>,
    }
}

words! {
    /// What failed.
    pub enum ErrorClass {
        /// A script.
        Script = "script",
        /// A promise nobody caught.
        Rejection = "rejection",
        /// A request: 5xx or no network.
        Http = "http",
        /// The page says so itself.
        Reported = "reported",
    }
}

record! {
    /// Something failed in the page: the event `error`, named so as not to shadow [`crate::Error`].
    #[derive(Copy)]
    pub struct Failure {
        /// What.
        pub class: ErrorClass,
        /// Fingerprint of the place (file, line, column), not of the message.
        pub fp: Option<Key>,
    }
}

record! {
    /// Nothing for half a minute.
    #[derive(Copy)]
    pub struct Idle {}
}

record! {
    /// Back from idling.
    #[derive(Copy)]
    pub struct Resume {}
}
