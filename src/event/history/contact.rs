//! Contacts, cases, and what makes them pressing.

use crate::Text;
use crate::event::{Channel, SensitiveKind, UrgentKind};
use crate::shape::{record, words};
use crate::unit::Ms;

words! {
    /// Where a contact stands.
    pub enum ContactStep {
        /// The person got in touch, or was contacted.
        Started = "started",
        /// Waiting.
        Queued = "queued",
        /// Passed on.
        Transferred = "transferred",
        /// Taken to a higher level.
        Escalated = "escalated",
        /// Answered.
        Replied = "replied",
        /// Over.
        Ended = "ended",
        /// The person gave up.
        Abandoned = "abandoned",
        /// Sent elsewhere without an answer.
        Deflected = "deflected",
    }
}

words! {
    /// Who contacted whom.
    pub enum Direction {
        /// The person.
        In = "in",
        /// The organisation.
        Out = "out",
    }
}

record! {
    /// A step of a contact on any channel.
    pub struct Contact {
        /// Identifier of the contact, the same in all its steps.
        pub contact: Text,
        /// Where it stands.
        pub step: ContactStep,
        /// Where it takes place.
        pub channel: Channel,
        /// Who contacted whom; inwards when absent.
        pub direction: Option<Direction>,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// The source's own category.
        pub category: Option<Text>,
        /// Product or contract.
        pub product: Option<Text>,
        /// The service process it belongs to.
        pub process: Option<Text>,
        /// That process's version.
        pub process_version: Option<Text>,
        /// Who handled it.
        pub agent: Option<Text>,
        /// The group that handled it.
        pub team: Option<Text>,
        /// How long the person waited.
        pub wait_ms: Option<Ms>,
        /// A transfer with an accepted handoff.
        pub warm: Option<bool>,
        /// Whether it was solved, as the handler says (`ended`, `replied`).
        pub solved: Option<bool>,
        /// The article given.
        pub article: Option<Text>,
    }
}

impl Contact {
    /// Whether somebody answered. What a machine says is no answer, unless it solves it.
    pub(crate) fn answers(&self) -> bool {
        self.step == ContactStep::Replied
            && (!self.channel.is_self_service() || self.solved == Some(true))
    }
}

words! {
    /// Where a case stands.
    pub enum CaseStep {
        /// Work has begun.
        Opened = "opened",
        /// Believed solved.
        Resolved = "resolved",
        /// Put away.
        Closed = "closed",
        /// Back again.
        Reopened = "reopened",
    }
}

words! {
    /// How bad it is.
    pub enum Severity {
        /// A question.
        Low = "low",
        /// A problem.
        Normal = "normal",
        /// A problem that stops work.
        High = "high",
        /// Everything has stopped.
        Critical = "critical",
    }
}

record! {
    /// A step of a support case.
    pub struct Case {
        /// Identifier of the case.
        pub case: Text,
        /// Where it stands.
        pub step: CaseStep,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// The source's own category.
        pub category: Option<Text>,
        /// How bad it is.
        pub severity: Option<Severity>,
    }
}

words! {
    /// Whether something has begun or ended.
    pub enum IncidentStep {
        /// Begun.
        Started = "started",
        /// Over.
        Ended = "ended",
    }
}

words! {
    /// Whom an incident affects.
    pub enum Affects {
        /// Everybody.
        All = "all",
        /// This person.
        Person = "person",
    }
}

record! {
    /// A fault that affects many.
    pub struct Incident {
        /// Identifier of the incident.
        pub incident: Text,
        /// Begun or over.
        pub step: IncidentStep,
        /// The matters it explains; all when empty.
        pub topics: Vec<Text>,
        /// Whom it affects; everybody when absent.
        pub affects: Option<Affects>,
        /// When the next news is due.
        pub next_update_at: Option<Ms>,
    }
}

words! {
    /// Whether a state is on or has been cleared.
    pub enum Cleared {
        /// In force.
        On = "on",
        /// Cleared by its owner.
        Cleared = "cleared",
    }
}

record! {
    /// A moment that calls for tact.
    pub struct Sensitive {
        /// Which.
        pub kind: SensitiveKind,
        /// On or cleared.
        pub step: Cleared,
        /// Who says so.
        pub by: Option<Text>,
    }
}

record! {
    /// A trigger of urgency.
    pub struct Urgent {
        /// Which.
        pub kind: UrgentKind,
        /// On or cleared.
        pub step: Cleared,
        /// The matter it is about.
        pub matter: Option<Text>,
        /// By when.
        pub due: Option<Ms>,
        /// Who says so.
        pub by: Option<Text>,
    }
}

record! {
    /// A service procedure changed.
    pub struct Process {
        /// Which.
        pub process: Text,
        /// Its new version.
        pub version: Text,
        /// From when.
        pub effective_from: Ms,
    }
}
