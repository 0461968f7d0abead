//! Durable events about one person, from any system that knows one.
//!
//! Events are deduplicated by `(source, id)` and ordered by `(at, source, id)`, so neither the order
//! of arrival nor a second delivery changes anything.

use super::{Channel, PromiseKind, Purpose, Route, SensitiveKind, SurveyKind, UrgentKind};
use crate::Error;
use crate::shape::{Shape, Wire, record, tagged, words};
use crate::unit::Ms;
use crate::wire::{Reader, Writer};

tagged! {
    /// Something that happened to, or was said by, one person.
    pub struct HistoryEvent {
        /// Identifier within its source.
        pub id: String,
        /// When it happened.
        pub at: Ms,
        /// When the host learned of it; of two versions of one event the later received wins.
        pub received_at: Option<Ms>,
        /// The system that says so (`cases`, `crm`, a page).
        pub source: String,
        /// The person as that source knows them.
        pub person: Option<String>,
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
        pub contact: String,
        /// Where it stands.
        pub step: ContactStep,
        /// Where it takes place.
        pub channel: Channel,
        /// Who contacted whom; inwards when absent.
        pub direction: Option<Direction>,
        /// The matter it is about.
        pub matter: Option<String>,
        /// The source's own category.
        pub category: Option<String>,
        /// Product or contract.
        pub product: Option<String>,
        /// The service process it belongs to.
        pub process: Option<String>,
        /// That process's version.
        pub process_version: Option<String>,
        /// Who handled it.
        pub agent: Option<String>,
        /// The group that handled it.
        pub team: Option<String>,
        /// How long the person waited.
        pub wait_ms: Option<Ms>,
        /// A transfer with an accepted handoff.
        pub warm: Option<bool>,
        /// Whether it was solved, as the handler says (`ended`, `replied`).
        pub solved: Option<bool>,
        /// The article given.
        pub article: Option<String>,
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
        pub case: String,
        /// Where it stands.
        pub step: CaseStep,
        /// The matter it is about.
        pub matter: Option<String>,
        /// The source's own category.
        pub category: Option<String>,
        /// How bad it is.
        pub severity: Option<Severity>,
    }
}

/// What a fact says: a boolean, an integer in the unit the policy declares, or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Text, compared as a whole.
    Text(String),
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
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        match from.byte()? {
            0 => Ok(Self::Bool(false)),
            1 => Ok(Self::Bool(true)),
            2 => from.int().map(Self::Int),
            3 => Ok(Self::Text(from.text()?.to_owned())),
            _ => Err(Error::corrupt("no such kind of value")),
        }
    }
}

record! {
    /// Something known about the person or account.
    pub struct Fact {
        /// Its name, for example `usage.activeDays28`.
        pub name: String,
        /// What is known.
        pub value: Value,
        /// After this long it is unknown; without it, it stands until replaced.
        pub good_for_ms: Option<Ms>,
        /// The matter it belongs to.
        pub matter: Option<String>,
    }
}

record! {
    /// A point in the relationship: `accountCreated`, `activated`, `renewed`, `limitHit` …
    pub struct Milestone {
        /// Its name.
        pub name: String,
        /// What it is about (the limit that was hit, the feature asked for).
        pub what: Option<String>,
    }
}

words! {
    /// What a permission is for.
    pub enum ConsentPurpose {
        /// Help and notices beyond the conversation the person opened.
        Service = "service",
        /// Anything promotional.
        Marketing = "marketing",
        /// Being asked about the experience.
        Survey = "survey",
        /// Using what is known about the person.
        Profiling = "profiling",
    }
}

words! {
    /// Given or taken back.
    pub enum ConsentState {
        /// Given.
        Granted = "granted",
        /// Taken back, or refused.
        Withdrawn = "withdrawn",
    }
}

record! {
    /// A permission given or taken back.
    pub struct Consent {
        /// What it is for.
        pub purpose: ConsentPurpose,
        /// The channel it is about; all when absent.
        pub channel: Option<Channel>,
        /// Given or taken back.
        pub state: ConsentState,
        /// From when it holds; a grant from `at`, a withdrawal without it from always.
        pub effective_at: Option<Ms>,
        /// Until when it holds; after that it is unknown.
        pub expires_at: Option<Ms>,
    }
}

words! {
    /// Whom a suppression covers.
    pub enum Scope {
        /// This person.
        Person = "person",
        /// Everybody of the account.
        Account = "account",
        /// Everybody of the household.
        Household = "household",
    }
}

words! {
    /// Why somebody is not contacted. Clearing one reason never clears another.
    pub enum SuppressionReason {
        /// They asked.
        Asked = "asked",
        /// The address does not work.
        Bounced = "bounced",
        /// They complained.
        Complaint = "complaint",
        /// The law.
        Legal = "legal",
        /// Somebody's judgement.
        Manual = "manual",
    }
}

words! {
    /// On or off.
    pub enum Switch {
        /// In force.
        On = "on",
        /// Ended.
        Off = "off",
    }
}

record! {
    /// A wish, or duty, not to contact.
    pub struct Suppression {
        /// Whom it covers.
        pub scope: Scope,
        /// Why.
        pub reason: SuppressionReason,
        /// On or off.
        pub state: Switch,
        /// When it ends by itself.
        pub until: Option<Ms>,
        /// Who answers for it.
        pub owner: Option<String>,
    }
}

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

record! {
    /// A step of something the organisation showed or sent.
    pub struct Touch {
        /// Identifier of the touch, the same in all its steps.
        pub touch: String,
        /// Where it stands.
        pub step: TouchStep,
        /// What it is for.
        pub purpose: Purpose,
        /// Where it appears.
        pub channel: Channel,
        /// Where it leads.
        pub route: Option<Route>,
        /// The matter it is about.
        pub matter: Option<String>,
        /// The offer it makes.
        pub offer: Option<String>,
        /// The promise it carries.
        pub promise: Option<String>,
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
        pub survey: String,
        /// What it measures.
        pub kind: SurveyKind,
        /// Where it stands.
        pub step: SurveyStep,
        /// The answer.
        pub score: Option<u16>,
        /// The top of the scale (default ces 7, csat 5, nps 10).
        pub of: Option<u16>,
        /// The matter it is about.
        pub matter: Option<String>,
        /// Whether the person was drawn by chance.
        pub sampled: Option<bool>,
        /// Who invited them.
        pub invited_by: Option<String>,
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
        pub promise: String,
        /// Where it stands.
        pub step: PromiseStep,
        /// What it is about.
        pub kind: PromiseKind,
        /// By when; past it without `kept` or `void` it is broken, no event needed.
        pub due: Option<Ms>,
        /// The matter it is about.
        pub matter: Option<String>,
        /// The touch that carried it.
        pub touch: Option<String>,
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
        pub field: String,
        /// What became of it.
        pub step: AskStep,
        /// The answer.
        pub value: Option<String>,
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
        pub a: String,
        /// The other.
        pub b: String,
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
        pub feed: String,
        /// Live or silent.
        pub status: FeedStatus,
        /// From when what it knows is complete.
        pub since: Option<Ms>,
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
        pub incident: String,
        /// Begun or over.
        pub step: IncidentStep,
        /// The matters it explains; all when empty.
        pub topics: Vec<String>,
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
        pub by: Option<String>,
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
        pub matter: Option<String>,
        /// By when.
        pub due: Option<Ms>,
        /// Who says so.
        pub by: Option<String>,
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
        pub matter: Option<String>,
        /// The decision it followed.
        pub decision: Option<String>,
    }
}

record! {
    /// A service procedure changed.
    pub struct Process {
        /// Which.
        pub process: String,
        /// Its new version.
        pub version: String,
        /// From when.
        pub effective_from: Ms,
    }
}
