//! What the organisation showed, sent, promised and asked.

use crate::Text;
use crate::event::{Channel, PromiseKind, Purpose, Route, SurveyKind};
use crate::shape::{record, words};
use crate::unit::Ms;

words! {
    /// Where a touch stands.
    pub enum TouchStep {
        /// A slot is held for it.
        Reserved = "reserved",
        /// The person saw it.
        Shown = "shown",
        /// It left.
        Sent = "sent",
        /// It never arrived; the slot is free again.
        Failed = "failed",
        /// It was called off; the slot is free again.
        Cancelled = "cancelled",
        /// The person took it up.
        Accepted = "accepted",
        /// The person closed it.
        Dismissed = "dismissed",
        /// Nobody reacted.
        Expired = "expired",
    }
}

impl TouchStep {
    /// It says that the touch was made: more than reserved, and not called off.
    pub(crate) const fn is_made(self) -> bool {
        matches!(self, Self::Shown | Self::Sent | Self::Accepted | Self::Dismissed)
    }
}

record! {
    /// A step of something the organisation showed or sent.
    pub struct Touch {
        /// Identifier of the touch, the same in all its steps.
        pub touch: Text,
        /// Where it stands.
        pub step: TouchStep,
        /// What it is for.
        pub purpose: Purpose,
        /// Where it appears.
        pub channel: Channel,
        /// Where it leads.
        pub route: Option<Route>,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// The offer it makes.
        pub offer: Option<Text>,
        /// The promise it carries.
        pub promise: Option<Text>,
    }
}

words! {
    /// Where a survey stands.
    pub enum SurveyStep {
        /// The person was asked.
        Invited = "invited",
        /// They answered.
        Answered = "answered",
        /// They would rather not.
        Declined = "declined",
    }
}

record! {
    /// A step of a survey. Perception; never an input to effort.
    pub struct Survey {
        /// Identifier of the invitation.
        pub survey: Text,
        /// What it measures.
        pub kind: SurveyKind,
        /// Where it stands.
        pub step: SurveyStep,
        /// The answer.
        pub score: Option<u16>,
        /// The top of the scale (default ces 7, csat 5, nps 10).
        pub of: Option<u16>,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// Whether the person was drawn by chance.
        pub sampled: Option<bool>,
        /// Who invited them.
        pub invited_by: Option<Text>,
    }
}

impl Survey {
    /// The answer as a share of its scale in permille, best 1000. `None` without an answer.
    #[must_use]
    pub fn share(&self) -> Option<i64> {
        let (low, high) = match self.kind {
            SurveyKind::Ces => (1, self.of.unwrap_or(7)),
            SurveyKind::Csat => (1, self.of.unwrap_or(5)),
            SurveyKind::Nps => (0, self.of.unwrap_or(10)),
        };
        let span = i64::from(high) - low;
        Some((i64::from(self.score?) - low) * 1000 / span.max(1))
    }
}

words! {
    /// Where a promise stands.
    pub enum PromiseStep {
        /// Given.
        Made = "made",
        /// Kept.
        Kept = "kept",
        /// Not kept.
        Broken = "broken",
        /// No longer applies.
        Void = "void",
    }
}

record! {
    /// A step of a promise.
    pub struct Promise {
        /// Identifier of the promise.
        pub promise: Text,
        /// Where it stands.
        pub step: PromiseStep,
        /// What it is about.
        pub kind: PromiseKind,
        /// By when; past it without `kept` or `void` it is broken, no event needed.
        pub due: Option<Ms>,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// The touch that carried it.
        pub touch: Option<Text>,
        /// Where it led.
        pub route: Option<Route>,
    }
}

words! {
    /// What became of a question.
    pub enum AskStep {
        /// Put.
        Asked = "asked",
        /// Answered.
        Answered = "answered",
        /// Refused.
        Refused = "refused",
    }
}

record! {
    /// A question asked, answered or refused.
    pub struct Ask {
        /// The field it fills.
        pub field: Text,
        /// What became of it.
        pub step: AskStep,
        /// The answer.
        pub value: Option<Text>,
    }
}
