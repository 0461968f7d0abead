//! What happens in this session: numbers only, never typed text.

use super::{SensitiveKind, UrgentKind};
use crate::Error;
use crate::id::Key;
use crate::shape::{Shape, Wire, record, tagged, words};
use crate::unit::{Micros, Ms};
use crate::wire::{LIST_LIMIT, Reader, Writer};

tagged! {
    /// Something that happened on the page.
    #[derive(Copy)]
    pub struct VisitEvent {
        /// Milliseconds since the visit began (integer microseconds inside), monotonic.
        pub t: Micros,
    }
    /// The kinds of page events.
    #[derive(Copy)]
    pub enum VisitBody {
        /// A completed press of a control, or of nothing in particular.
        Click = "click",
        /// The page reacted.
        Effect = "effect",
        /// The page was scrolled.
        Scroll = "scroll",
        /// A selection began or ended.
        Selection = "selection",
        /// The tab was hidden or shown.
        Visibility = "visibility",
        /// The window lost or got the focus.
        Focus = "focus",
        /// The pointer changed direction.
        PointerTurns = "pointerTurns",
        /// Something failed in the page.
        Failure = "error",
        /// A page, or a view of an application, came up.
        PageView = "pageView",
        /// How far an article was read.
        ArticleProgress = "articleProgress",
        /// A search and how many results it had.
        Search = "search",
        /// A result was opened.
        ResultOpen = "resultOpen",
        /// "Did this help?" was answered.
        Vote = "vote",
        /// Something happened in a form.
        Form = "form",
        /// The person reached for a way to contact somebody.
        ContactIntent = "contactIntent",
        /// Nothing for half a minute.
        Idle = "idle",
        /// Back from idling.
        Resume = "resume",
        /// The page was left.
        PageEnd = "pageEnd",
        /// The person said what they want.
        Wish = "wish",
        /// An offer was closed.
        Dismiss = "dismiss",
        /// The page recognised one of the policy's phrases.
        Cue = "cue",
    }
}

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
    }
}

/// A set of [`Flag`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    /// With one more.
    #[must_use]
    pub const fn with(self, flag: Flag) -> Self {
        Self(self.0 | 1 << flag as u8)
    }

    /// Whether it is in.
    #[must_use]
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & 1 << flag as u8 != 0
    }
}

impl Wire for Flags {
    const SHAPE: Shape = Shape::List(&Flag::SHAPE);
    fn put(&self, out: &mut Writer) {
        out.count(self.0.count_ones() as usize);
        for flag in Flag::ALL.iter().filter(|flag| self.has(**flag)) {
            flag.put(out);
        }
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        let mut flags = Self::default();
        for _ in 0..from.count(LIST_LIMIT)? {
            flags = flags.with(Flag::get(from)?);
        }
        Ok(flags)
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
        pub flags: Flags,
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

words! {
    /// What a page is for.
    pub enum PageRole {
        /// None of those below.
        Other = "other",
        /// The entrance.
        Home = "home",
        /// A list of articles.
        Category = "category",
        /// An article.
        Article = "article",
        /// Results of a search.
        SearchResults = "searchResults",
        /// Ways to contact somebody.
        Contact = "contact",
        /// The state of the service.
        Status = "status",
        /// What things cost.
        Pricing = "pricing",
        /// Bills.
        Billing = "billing",
        /// Changing the plan.
        PlanChange = "planChange",
        /// Ending the contract.
        Cancel = "cancel",
        /// First steps.
        Onboarding = "onboarding",
        /// Other customers.
        Community = "community",
        /// One's own settings.
        Account = "account",
        /// Paying.
        Checkout = "checkout",
        /// The application itself.
        App = "app",
    }
}

words! {
    /// How a page was reached.
    pub enum Nav {
        /// Loaded.
        Load = "load",
        /// A link within the application.
        Push = "push",
        /// The address changed in place.
        Replace = "replace",
        /// Back.
        Back = "back",
        /// Forward.
        Forward = "forward",
        /// Another fragment.
        Hash = "hash",
        /// Restored as it was.
        Bfcache = "bfcache",
    }
}

record! {
    /// A page, or a view of an application, came up.
    #[derive(Copy)]
    pub struct PageView {
        /// Which; equal to an article's id, it is that article.
        pub page: Key,
        /// What it is for; `other` when absent.
        pub role: Option<PageRole>,
        /// How it was reached; `load` when absent.
        pub nav: Option<Nav>,
        /// The matter it is about.
        pub topic: Option<Key>,
        /// How long reading it takes.
        pub expected_read_ms: Option<u32>,
    }
}

record! {
    /// How far an article was read.
    #[derive(Copy)]
    pub struct ArticleProgress {
        /// Which; the open page when absent.
        pub page: Option<Key>,
        /// Active time on it.
        pub active_ms: u32,
        /// How much of it came into view, in percent.
        pub depth_pct: u8,
        /// The last report of this page view.
        pub end: Option<bool>,
    }
}

record! {
    /// A search and how many results it had. The query stays in the page.
    #[derive(Copy)]
    pub struct Search {
        /// Likeness to the last query, 0..100, computed in the page.
        pub sim_prev: Option<u8>,
        /// It only continues the last query.
        pub extends_prev: Option<bool>,
        /// Words in it.
        pub len_tokens: Option<u8>,
        /// How many results it had.
        pub results: u16,
        /// The collection searched.
        pub scope: Option<u16>,
    }
}

record! {
    /// A result was opened.
    #[derive(Copy)]
    pub struct ResultOpen {
        /// Its position, from 1.
        pub rank: Option<u8>,
        /// The page it leads to.
        pub page: Option<Key>,
    }
}

record! {
    /// "Did this help?" was answered.
    #[derive(Copy)]
    pub struct Vote {
        /// Which page; the open one when absent.
        pub page: Option<Key>,
        /// It did.
        pub helpful: bool,
    }
}

words! {
    /// What happened in a form.
    pub enum FormWhat {
        /// It came into view.
        View = "view",
        /// A field was touched.
        Start = "start",
        /// A field was left filled.
        FieldDone = "fieldDone",
        /// A field was entered again.
        FieldReturn = "fieldReturn",
        /// A field was refused.
        Invalid = "invalid",
        /// It was sent.
        Submit = "submit",
        /// It got through.
        Ok = "ok",
        /// It did not get through.
        Failed = "failed",
        /// It was emptied.
        Reset = "reset",
    }
}

record! {
    /// Something happened in a form.
    #[derive(Copy)]
    pub struct Form {
        /// Which.
        pub form: Key,
        /// The step of a form with several.
        pub step: Option<u8>,
        /// What.
        pub what: FormWhat,
        /// The field it is about.
        pub field: Option<Key>,
    }
}

words! {
    /// How the person reached for contact.
    pub enum How {
        /// Opened the contact page.
        ContactPage = "contactPage",
        /// A telephone link.
        Tel = "tel",
        /// An e-mail link.
        Mailto = "mailto",
        /// Opened a chat.
        ChatOpen = "chatOpen",
        /// Closed a chat.
        ChatClose = "chatClose",
        /// Opened a form to write.
        FormOpen = "formOpen",
        /// Asked to be called.
        Callback = "callback",
    }
}

record! {
    /// The person reached for a way to contact somebody.
    #[derive(Copy)]
    pub struct ContactIntent {
        /// How.
        pub how: How,
        /// The matter it is about.
        pub topic: Option<Key>,
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

words! {
    /// Why a page ended.
    pub enum EndReason {
        /// Hidden.
        Hidden = "hidden",
        /// Unloaded.
        Unload = "unload",
        /// Frozen.
        Freeze = "freeze",
    }
}

record! {
    /// The page was left.
    #[derive(Copy)]
    pub struct PageEnd {
        /// Why.
        pub reason: EndReason,
    }
}

words! {
    /// What the person said they want.
    pub enum WishFor {
        /// A person.
        Person = "person",
        /// A specialist.
        Specialist = "specialist",
        /// A price.
        Quote = "quote",
        /// To buy.
        Buy = "buy",
        /// To be called.
        Callback = "callback",
        /// To be left alone.
        NoHelp = "noHelp",
        /// To read.
        Article = "article",
    }
}

record! {
    /// The person said what they want.
    #[derive(Copy)]
    pub struct Wish {
        /// What.
        pub r#for: WishFor,
    }
}

record! {
    /// An offer was closed.
    #[derive(Copy)]
    pub struct Dismiss {
        /// Which.
        pub touch: Key,
    }
}

words! {
    /// What a phrase the page recognised says. Only the kind travels.
    pub enum CueKind {
        /// Anger.
        Anger = "anger",
        /// A complaint.
        Complaint = "complaint",
        /// As [`UrgentKind::Money`].
        Money = "money",
        /// As [`UrgentKind::Security`].
        Security = "security",
        /// As [`UrgentKind::Outage`].
        Outage = "outage",
        /// As [`UrgentKind::Deadline`].
        Deadline = "deadline",
        /// As [`UrgentKind::Safety`].
        Safety = "safety",
        /// As [`SensitiveKind::Bereavement`].
        Bereavement = "bereavement",
        /// As [`SensitiveKind::Hardship`].
        Hardship = "hardship",
        /// As [`SensitiveKind::Vulnerability`].
        Vulnerability = "vulnerability",
        /// As [`SensitiveKind::Legal`].
        Legal = "legal",
        /// As [`SensitiveKind::Leaving`].
        Leaving = "leaving",
        /// As [`SensitiveKind::Minor`].
        Minor = "minor",
    }
}

impl CueKind {
    /// The trigger of urgency it stands for, if any.
    #[must_use]
    pub const fn urgent(self) -> Option<UrgentKind> {
        Some(match self {
            Self::Money => UrgentKind::Money,
            Self::Security => UrgentKind::Security,
            Self::Outage => UrgentKind::Outage,
            Self::Deadline => UrgentKind::Deadline,
            Self::Safety => UrgentKind::Safety,
            _ => return None,
        })
    }

    /// The sensitive moment it stands for, if any.
    #[must_use]
    pub const fn sensitive(self) -> Option<SensitiveKind> {
        Some(match self {
            Self::Bereavement => SensitiveKind::Bereavement,
            Self::Hardship => SensitiveKind::Hardship,
            Self::Vulnerability => SensitiveKind::Vulnerability,
            Self::Legal => SensitiveKind::Legal,
            Self::Leaving => SensitiveKind::Leaving,
            Self::Minor => SensitiveKind::Minor,
            _ => return None,
        })
    }
}

record! {
    /// The page recognised one of the policy's phrases.
    #[derive(Copy)]
    pub struct Cue {
        /// What it says.
        pub kind: CueKind,
        /// The matter it is about.
        pub matter: Option<Key>,
        /// By when.
        pub due: Option<Ms>,
    }
}
