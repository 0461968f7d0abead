//! What happens in this session: numbers only, never typed text.

mod page;
mod pointer;
mod said;

pub use page::*;
pub use pointer::*;
pub use said::*;

use crate::shape::tagged;
use crate::unit::Micros;

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

impl VisitBody {
    /// Whether a browser stamps it when it is made, not when it is told: a page that was busy tells such
    /// things late, but one after the other.
    pub(crate) const fn is_input(&self) -> bool {
        match self {
            Self::Form(form) => !matches!(form.what, FormWhat::Ok | FormWhat::Failed),
            Self::Click(_)
            | Self::Scroll(_)
            | Self::Selection(_)
            | Self::Visibility(_)
            | Self::Focus(_)
            | Self::PointerTurns(_)
            | Self::Failure(_)
            | Self::ContactIntent(_) => true,
            _ => false,
        }
    }

    /// Whether the event itself is something that is read of a visit. What the person does with a page is
    /// read as the signals that come of it.
    pub(crate) const fn tells(&self) -> bool {
        match self {
            Self::Click(_)
            | Self::Effect(_)
            | Self::Scroll(_)
            | Self::Selection(_)
            | Self::Visibility(_)
            | Self::Focus(_)
            | Self::PointerTurns(_)
            | Self::Failure(_)
            | Self::Idle(_)
            | Self::Resume(_) => false,
            Self::PageView(_)
            | Self::ArticleProgress(_)
            | Self::Search(_)
            | Self::ResultOpen(_)
            | Self::Vote(_)
            | Self::Form(_)
            | Self::ContactIntent(_)
            | Self::PageEnd(_)
            | Self::Wish(_)
            | Self::Dismiss(_)
            | Self::Cue(_) => true,
        }
    }
}
