//! Parameters of the page signals. A signal that is absent is off; a parameter that is absent sets
//! no limit and no veto. Rule sets differ in nothing but these: `examples/presets/` holds those of
//! eight other products.

mod page;
mod pointer;

pub use page::*;
pub use pointer::*;

use crate::event::visit::Cause;
use crate::shape::{Set, record, words};
use crate::unit::{Ms, Permille};

words! {
    /// A behaviour recognised on the page.
    pub enum SignalKind {
        /// The same thing pressed again and again in a short time.
        RageClick = "rageClick",
        /// Something that should react did not.
        DeadClick = "deadClick",
        /// Something reacted, but late.
        SlowClick = "slowClick",
        /// A press was followed by an error.
        ErrorClick = "errorClick",
        /// Errors again on the same target or form.
        RepeatError = "repeatError",
        /// The pointer shaken to and fro. Weak evidence; off in the starter.
        ThrashedCursor = "thrashedCursor",
        /// A long page scrolled up and down without finding anything.
        ExcessiveScroll = "excessiveScroll",
        /// A search without a result.
        ZeroResultSearch = "zeroResultSearch",
        /// The same search in other words.
        SearchRefinement = "searchRefinement",
        /// A search whose results nobody opened.
        NoClickSearch = "noClickSearch",
        /// Several searches for one thing, and nothing read.
        Struggle = "struggle",
        /// Back again at once.
        QuickBack = "quickBack",
        /// Several results of one search opened and left at once (pogo-sticking).
        Pogo = "pogo",
        /// Trouble in a form that is still open.
        FormStruggle = "formStruggle",
        /// A form begun and left.
        FormAbandon = "formAbandon",
        /// Reached for a way to contact somebody. No friction by itself.
        ContactIntent = "contactIntent",
        /// The same topic or article again.
        RepeatVisit = "repeatVisit",
        /// Much longer on one topic than it takes others.
        TimeOnTask = "timeOnTask",
        /// An article was read. No friction.
        ArticleRead = "articleRead",
    }
}

/// How many kinds of signals there are.
pub const SIGNAL_KINDS: usize = SignalKind::ALL.len();

/// What can happen on a page beside a click, and how long after or before one each of it counts.
macro_rules! activities {
    ($($(#[doc = $about:literal])* $variant:ident $field:ident = $word:literal,)*) => {
        words! {
            /// Something that happens on the page: a reaction of it, or something the person does.
            pub enum Activity { $($(#[doc = $about])* $variant = $word,)* }
        }

        record! {
            /// A span for each activity that counts, in ms.
            pub struct Spans { $($(#[doc = $about])* pub $field: Option<u32>,)* }
        }

        impl Spans {
            /// The span of an activity.
            #[must_use]
            pub const fn of(&self, activity: Activity) -> Option<u32> {
                match activity { $(Activity::$variant => self.$field,)* }
            }
        }
    };
}

activities! {
    /// The document changed.
    Mutation mutation = "mutation",
    /// A style sheet changed.
    Style style = "style",
    /// Another page or view came.
    Navigation navigation = "navigation",
    /// A value changed.
    Input input = "input",
    /// Something opened or closed.
    Toggle toggle = "toggle",
    /// Sound or video reacted.
    Media media = "media",
    /// A dialog, picker or window came up.
    DialogOrPopup dialog_or_popup = "dialogOrPopup",
    /// A request began.
    RequestStart request_start = "requestStart",
    /// A request ended.
    RequestEnd request_end = "requestEnd",
    /// A resource arrived.
    Resource resource = "resource",
    /// The focus moved within the page.
    FocusMove focus_move = "focusMove",
    /// The page was scrolled.
    Scroll scroll = "scroll",
    /// Text was selected.
    Selection selection = "selection",
    /// The tab was hidden or shown.
    Visibility visibility = "visibility",
    /// The tab was hidden.
    Hidden hidden = "hidden",
    /// The window got or lost the focus.
    Focus focus = "focus",
    /// The window lost the focus.
    Blur blur = "blur",
    /// A page, or a view of an application, came up.
    PageView page_view = "pageView",
    /// The page was left.
    PageEnd page_end = "pageEnd",
}

impl Activity {
    /// The activity an effect is.
    #[must_use]
    pub const fn of(cause: Cause) -> Self {
        match cause {
            Cause::Mutation => Self::Mutation,
            Cause::Style => Self::Style,
            Cause::Navigation => Self::Navigation,
            Cause::Input => Self::Input,
            Cause::Toggle => Self::Toggle,
            Cause::Media => Self::Media,
            Cause::DialogOrPopup => Self::DialogOrPopup,
            Cause::RequestStart => Self::RequestStart,
            Cause::RequestEnd => Self::RequestEnd,
            Cause::Resource => Self::Resource,
            Cause::FocusMove => Self::FocusMove,
        }
    }

    /// Whether it is the person looking around or away.
    #[must_use]
    pub const fn is_looking(self) -> bool {
        matches!(self, Self::Scroll | Self::Visibility | Self::Hidden | Self::Focus | Self::Blur)
    }

    /// Whether it is something a person can see the page do.
    #[must_use]
    pub const fn is_reaction(self) -> bool {
        matches!(
            self,
            Self::Mutation
                | Self::Style
                | Self::Navigation
                | Self::Input
                | Self::Toggle
                | Self::Media
                | Self::DialogOrPopup
        )
    }
}

words! {
    /// How the labels of one burst of clicks are told.
    pub enum Combine {
        /// Dead and error clicks of a burst are told once, when it has settled, at its onset.
        Burst = "burst",
    }
}

record! {
    /// Parameters of every page signal.
    pub struct Signals {
        /// What is believed of events.
        pub hygiene: Hygiene,
        /// Grade of evidence too weak to have one of its own.
        pub weak_grade: Permille,
        /// How the labels of one burst are told; each by itself when absent.
        pub combine: Option<Combine>,
        /// Rage clicks.
        pub rage_click: Option<RageClick>,
        /// Dead clicks.
        pub dead_click: Option<DeadClick>,
        /// Slow clicks; judged by the times of dead clicks.
        pub slow_click: Option<SlowClick>,
        /// Error clicks.
        pub error_click: Option<ErrorClick>,
        /// Errors again on one target.
        pub repeat_error: Option<RepeatError>,
        /// The pointer shaken to and fro.
        pub thrashed_cursor: Option<ThrashedCursor>,
        /// A page scrolled up and down.
        pub excessive_scroll: Option<ExcessiveScroll>,
        /// What one search is, and searches that find nothing.
        pub search: Option<SearchSignals>,
        /// Searches whose results nobody opened.
        pub no_click_search: Option<NoClickSearch>,
        /// Searching on and on.
        pub struggle: Option<Struggle>,
        /// Quick backs.
        pub quick_back: Option<QuickBack>,
        /// Results opened and left.
        pub pogo: Option<Pogo>,
        /// Articles read.
        pub article_read: Option<ArticleRead>,
        /// Trouble in a form.
        pub form_struggle: Option<FormStruggle>,
        /// Forms left.
        pub form_abandon: Option<FormAbandon>,
        /// Reaching for contact.
        pub contact_intent: Option<ContactSignals>,
        /// The same again.
        pub repeat_visit: Option<RepeatVisit>,
        /// Long on one topic.
        pub time_on_task: Option<TimeOnTask>,
    }
}

impl Signals {
    /// The definition, with its version, that a kind is recognised by.
    #[must_use]
    pub fn definition(&self, kind: SignalKind) -> &str {
        macro_rules! of {
            ($section:ident) => {
                self.$section.as_ref().and_then(|section| section.definition.as_deref())
            };
        }
        let told = match kind {
            SignalKind::RageClick => of!(rage_click),
            SignalKind::DeadClick => of!(dead_click),
            SignalKind::SlowClick => of!(slow_click),
            SignalKind::ErrorClick => of!(error_click),
            SignalKind::RepeatError => of!(repeat_error),
            SignalKind::ThrashedCursor => of!(thrashed_cursor),
            SignalKind::ExcessiveScroll => of!(excessive_scroll),
            SignalKind::ZeroResultSearch | SignalKind::SearchRefinement => of!(search),
            SignalKind::NoClickSearch => of!(no_click_search),
            SignalKind::Struggle => of!(struggle),
            SignalKind::QuickBack => of!(quick_back),
            SignalKind::Pogo => of!(pogo),
            SignalKind::FormStruggle => of!(form_struggle),
            SignalKind::FormAbandon => of!(form_abandon),
            SignalKind::ContactIntent => of!(contact_intent),
            SignalKind::RepeatVisit => of!(repeat_visit),
            SignalKind::TimeOnTask => of!(time_on_task),
            SignalKind::ArticleRead => of!(article_read),
        };
        told.unwrap_or(kind.as_str())
    }
}

record! {
    /// What is believed of page events; the rest is quarantined and counted.
    pub struct Hygiene {
        /// A visit longer than this is a broken clock.
        pub longest_ms: Ms,
        /// Effects may be told late; events older than the latest by more than this are refused.
        pub late_ms: Ms,
        /// Nor something a person did, by more than this: it is told again.
        pub done_late_ms: Ms,
        /// A place farther from the origin than this is none, in CSS pixels.
        pub farthest_px: i32,
    }
}

/// Activities of a set, for the looping over their spans.
pub(crate) fn longest(spans: &Spans, activities: Set<Activity>) -> Option<u32> {
    activities.iter().filter_map(|activity| spans.of(activity)).max()
}
