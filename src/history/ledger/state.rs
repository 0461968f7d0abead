//! How things stand: the latest of what was said of each.

use crate::Text;
use crate::event::history::{
    CaseStep, ConsentPurpose, ConsentState, Incident, Milestone, PromiseStep, Scope,
    SuppressionReason, TouchStep, Value,
};
use crate::event::{Channel, PromiseKind, Purpose, Route, SurveyKind, UrgentKind};
use crate::shape::Set;
use crate::unit::Ms;

/// One consent event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentGiven {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Where; everywhere when absent.
    pub channel: Option<Channel>,
    /// Given or taken back.
    pub state: ConsentState,
    /// From when.
    pub effective: Ms,
    /// A withdrawal of unknown date: in force from always, and outranked only by a grant that was recorded later.
    pub undated: bool,
    /// When it was recorded.
    pub at: Ms,
    /// Until when.
    pub expires: Option<Ms>,
    /// Position of the event.
    pub event: usize,
}

/// The latest state of a suppression that somebody answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppressionState {
    /// Whom it covers.
    pub scope: Scope,
    /// Why.
    pub reason: SuppressionReason,
    /// Who answers for it.
    pub owner: Option<Text>,
    /// In force.
    pub on: bool,
    /// When it ends by itself.
    pub until: Option<Ms>,
    /// Since when.
    pub at: Ms,
    /// Position of the event.
    pub event: usize,
}

/// A case as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseState {
    /// Its id.
    pub case: Text,
    /// Its latest step.
    pub step: CaseStep,
    /// When that was.
    pub at: Ms,
    /// What it is about, as far as any step said.
    pub matter: Option<Text>,
    /// Position of that step.
    pub event: usize,
}

impl CaseState {
    /// Neither resolved nor closed.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.step, CaseStep::Opened | CaseStep::Reopened)
    }
}

/// A touch as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchState {
    /// Its id.
    pub touch: Text,
    /// Its latest step.
    pub step: TouchStep,
    /// When it was reserved, shown or sent, whichever came last.
    pub at: Ms,
    /// When its latest step was.
    pub step_at: Ms,
    /// What for.
    pub purpose: Purpose,
    /// Where, every channel it took; empty while nobody told.
    pub channels: Set<Channel>,
    /// Where it leads.
    pub route: Option<Route>,
    /// What about.
    pub matter: Option<Text>,
    /// Which offer it carried.
    pub offer: Option<Text>,
    /// Which promise it carried.
    pub promise: Option<Text>,
    /// What a survey measures, once known.
    pub survey: Option<SurveyKind>,
    /// It was more than reserved.
    pub confirmed: bool,
    /// Position of its latest step.
    pub event: usize,
}

impl TouchState {
    /// It takes a slot: everything but provably never arrived or called off. What was only reserved
    /// does so until it expires, by itself after `ttl`.
    #[must_use]
    pub fn counts(&self, now: Ms, ttl: Ms) -> bool {
        let held = self.step != TouchStep::Expired && now < self.at.plus(ttl);
        !matches!(self.step, TouchStep::Failed | TouchStep::Cancelled) && (self.confirmed || held)
    }
}

/// The latest value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactState {
    /// Its name.
    pub name: Text,
    /// Its value.
    pub value: Value,
    /// As of.
    pub at: Ms,
    /// Unknown after.
    pub until: Option<Ms>,
    /// Position of the event.
    pub event: usize,
}

impl FactState {
    /// Not stale. What is dated later than may be believed is in no history that is read.
    #[must_use]
    pub fn is_fresh(&self, now: Ms) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneState {
    /// Which.
    pub milestone: Milestone,
    /// When.
    pub at: Ms,
    /// Position of the event.
    pub event: usize,
}

/// A promise as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseState {
    /// Its id.
    pub promise: Text,
    /// Its latest step.
    pub step: PromiseStep,
    /// What about.
    pub kind: PromiseKind,
    /// By when.
    pub due: Option<Ms>,
    /// The matter.
    pub matter: Option<Text>,
    /// The touch that carried it.
    pub touch: Option<Text>,
    /// That touch was never taken up, before it was due: nobody waits for it any more.
    pub expired: bool,
    /// When its latest step was.
    pub at: Ms,
    /// Position of its latest step.
    pub event: usize,
}

impl PromiseState {
    /// Made, and somebody waits for it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.step == PromiseStep::Made && !self.expired
    }

    /// Since when it is not kept: when somebody said so, or it was due, whichever came first. `None` while it
    /// may be kept, and once it was kept or called off.
    #[must_use]
    pub fn broken_at(&self, now: Ms) -> Option<Ms> {
        match self.step {
            PromiseStep::Broken => Some(self.due.map_or(self.at, |due| due.min(self.at))),
            PromiseStep::Made => self.due.filter(|due| !self.expired && *due < now),
            PromiseStep::Kept | PromiseStep::Void => None,
        }
    }

    /// When it was due, if it was kept or called off only later: until then it was not kept.
    #[must_use]
    pub fn late_since(&self) -> Option<Ms> {
        let settled = matches!(self.step, PromiseStep::Kept | PromiseStep::Void);
        self.due.filter(|due| settled && *due < self.at)
    }
}

/// A trigger of urgency that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrgentState {
    /// Which.
    pub kind: UrgentKind,
    /// The matter it is about; all of them when absent.
    pub matter: Option<Text>,
    /// By when.
    pub due: Option<Ms>,
    /// Position of the event.
    pub event: usize,
}

/// An incident as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentState {
    /// What was said of it last.
    pub incident: Incident,
    /// When it began, however often it was told of since.
    pub began: Ms,
    /// When it ended, if it did.
    pub ended: Option<Ms>,
    /// Position of that event.
    pub event: usize,
}

/// The latest word of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedState {
    /// Its name.
    pub feed: Text,
    /// It cannot be heard.
    pub silent: bool,
    /// Complete from here on.
    pub since: Option<Ms>,
    /// Position of the event.
    pub event: usize,
}
