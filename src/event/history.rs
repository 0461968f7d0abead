//! Durable events about one person, from any system that knows one.
//!
//! Events are deduplicated by `(source, id)` and ordered by `(at, source, id)`, so neither the order
//! of arrival nor a second delivery changes anything.

mod contact;
mod fact;
mod permission;
mod touch;

pub use contact::*;
pub use fact::*;
pub use permission::*;
pub use touch::*;

use crate::event::Channel;
use crate::shape::tagged;
use crate::unit::Ms;
use crate::{Error, ErrorCode, Text};

tagged! {
    /// Something that happened to, or was said by, one person.
    pub struct HistoryEvent {
        /// Identifier within its source.
        pub id: Text,
        /// When it happened.
        pub at: Ms,
        /// When the host learned of it; of two versions of one event the later received wins.
        pub received_at: Option<Ms>,
        /// The system that says so (`cases`, `crm`, a page).
        pub source: Text,
        /// The person as that source knows them.
        pub person: Option<Text>,
    }
    /// The kinds of durable events.
    pub enum HistoryBody {
        /// A step of a contact on any channel.
        Contact = "contact",
        /// A step of a support case.
        Case = "case",
        /// Something known about the person or account.
        Fact = "fact",
        /// A point in the relationship.
        Milestone = "milestone",
        /// A permission given or taken back.
        Consent = "consent",
        /// A wish, or duty, not to contact.
        Suppression = "suppression",
        /// A step of something the organisation showed or sent.
        Touch = "touch",
        /// A step of a survey. Perception; never an input to effort.
        Survey = "survey",
        /// A step of a promise.
        Promise = "promise",
        /// A question asked, answered or refused.
        Ask = "ask",
        /// Two identifiers that are, or are not, the same person.
        Identity = "identity",
        /// Whether a source can be heard; its silence makes what it knows unknown.
        Feed = "feed",
        /// A fault that affects many.
        Incident = "incident",
        /// A moment that calls for tact.
        Sensitive = "sensitive",
        /// A trigger of urgency.
        Urgent = "urgent",
        /// How something turned out.
        Outcome = "outcome",
        /// A service procedure changed.
        Process = "process",
    }
}

impl HistoryBody {
    /// What it says is solved: the matter, where it names one.
    pub(crate) fn solved(&self) -> Option<Option<&str>> {
        match self {
            Self::Contact(it) => (it.solved == Some(true)).then_some(it.matter.as_deref()),
            Self::Outcome(it) => {
                (it.kind == OutcomeKind::ResolvedConfirmed).then_some(it.matter.as_deref())
            }
            _ => None,
        }
    }
}

impl HistoryEvent {
    /// What is wrong with the name of the event at a place: without one it would be one event with all others
    /// that have none.
    pub(crate) fn nameless(&self, place: &str) -> Option<Error> {
        let names = [("id", &self.id), ("source", &self.source)];
        let (field, _) = names.into_iter().find(|(_, name)| name.is_empty())?;
        let message = format!("an event has a {field} of its own");
        let error = Error::new(ErrorCode::Missing, format!("{place}/{field}"), message);
        Some(error.hint("the id a source gives it, and the source"))
    }

    /// The customer it names, if it is of a kind that somebody who knows customers writes. What a page
    /// or a bot tells may name nothing but a device.
    #[must_use]
    pub fn customer(&self) -> Option<&str> {
        let by_page = |channel: Channel| channel.is_self_service() || channel.is_open_page();
        let names_devices = match &self.body {
            HistoryBody::Contact(it) => it.channel.is_self_service(),
            HistoryBody::Touch(it) => by_page(it.channel),
            HistoryBody::Identity(_) | HistoryBody::Ask(_) => true,
            _ => false,
        };
        self.person.as_deref().filter(|_| !names_devices)
    }
}
