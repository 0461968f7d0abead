//! What is known about a person, from whom, and how things turned out.

use crate::Text;
use crate::shape::{Shape, Wire, record, words};
use crate::unit::Ms;
use crate::wire::{Reader, Writer};

/// What a fact says: a boolean, an integer in the unit the policy declares, or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Text, compared as a whole.
    Text(Text),
}

impl Wire for Value {
    const SHAPE: Shape = Shape::Value;
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Bool(value) => out.byte(u8::from(*value)),
            Self::Int(value) => {
                out.byte(2);
                out.int(*value);
            }
            Self::Text(value) => {
                out.byte(3);
                out.text(value);
            }
        }
    }
    fn get(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::Bool(false),
            1 => Self::Bool(true),
            2 => Self::Int(from.int()),
            3 => Self::Text(Text::get(from)),
            _ => {
                from.fail("no such kind of value");
                Self::Bool(false)
            }
        }
    }
}

record! {
    /// Something known about the person or account.
    pub struct Fact {
        /// Its name, for example `usage.activeDays28`.
        pub name: Text,
        /// What is known.
        pub value: Value,
        /// After this long it is unknown; without it, it stands until replaced.
        pub good_for_ms: Option<Ms>,
        /// The matter it belongs to.
        pub matter: Option<Text>,
    }
}

record! {
    /// A point in the relationship: `accountCreated`, `activated`, `renewed`, `limitHit` …
    pub struct Milestone {
        /// Its name.
        pub name: Text,
        /// What it is about (the limit that was hit, the feature asked for).
        pub what: Option<Text>,
    }
}

words! {
    /// How sure a link between two identifiers is.
    pub enum Strength {
        /// A login, a verified number.
        Strong = "strong",
        /// A cookie, a shared device.
        Weak = "weak",
    }
}

words! {
    /// Whether two identifiers are held to be one person.
    pub enum LinkState {
        /// They are.
        Linked = "linked",
        /// They are not, whatever was said before.
        Unlinked = "unlinked",
    }
}

record! {
    /// Two identifiers that are, or are not, the same person.
    pub struct Identity {
        /// One identifier.
        pub a: Text,
        /// The other.
        pub b: Text,
        /// How sure.
        pub strength: Strength,
        /// Linked or not.
        pub state: LinkState,
    }
}

words! {
    /// Whether a source can be heard.
    pub enum FeedStatus {
        /// It speaks.
        Live = "live",
        /// It does not.
        Silent = "silent",
    }
}

record! {
    /// Whether a source can be heard.
    pub struct Feed {
        /// The source's name in the policy's `sources`.
        pub feed: Text,
        /// Live or silent.
        pub status: FeedStatus,
        /// From when what it knows is complete.
        pub since: Option<Ms>,
    }
}

words! {
    /// How something turned out.
    pub enum OutcomeKind {
        /// A complaint.
        Complaint = "complaint",
        /// No more messages, please.
        Unsubscribed = "unsubscribed",
        /// Gone.
        Churned = "churned",
        /// Stayed.
        Retained = "retained",
        /// Did what they came for.
        GoalCompleted = "goalCompleted",
        /// Finished onboarding.
        OnboardingCompleted = "onboardingCompleted",
        /// Says it is solved.
        ResolvedConfirmed = "resolvedConfirmed",
        /// Went to a higher level.
        Escalated = "escalated",
        /// Uses what was offered.
        Adopted = "adopted",
    }
}

record! {
    /// How something turned out.
    pub struct Outcome {
        /// Which.
        pub kind: OutcomeKind,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// The decision it followed.
        pub decision: Option<Text>,
    }
}
