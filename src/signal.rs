//! Detectors: each turns page events into signals, in bounded memory and constant time an event.
//!
//! A signal is graded evidence, not a verdict: `grade` says how strongly the page showed it. Every
//! number is a parameter of the policy, and the peers' rule sets differ exactly there.

pub(crate) mod click;
pub(crate) mod contact;
pub(crate) mod form;
pub(crate) mod navigation;
pub(crate) mod rage;
pub(crate) mod search;

pub use crate::program::signals::{SIGNAL_KINDS, SignalKind};

use crate::id::Key;
use crate::shape::record;
use crate::unit::{Micros, Permille};

record! {
    /// Something recognised on the page.
    #[derive(Copy)]
    pub struct Signal {
        /// What.
        pub kind: SignalKind,
        /// When it began.
        pub at: Micros,
        /// When that was certain.
        pub decided: Micros,
        /// How often it has happened in this visit.
        pub count: u16,
        /// How late the page reacted, for slow clicks.
        pub response_ms: Option<u32>,
        /// How strong the evidence is.
        pub grade: Permille,
        /// The target, or the form, or the search.
        pub target: Key,
        /// The page.
        pub page: Key,
    }
}

impl Signal {
    /// As evidence.
    pub(crate) fn evidence(&self) -> String {
        format!("visit:{}@{}", self.kind.as_str(), self.at.ms())
    }
}

/// What a detector has to say; the visit adds count and page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: SignalKind,
    pub(crate) at: Micros,
    pub(crate) decided: Micros,
    pub(crate) grade: Permille,
    pub(crate) target: Key,
    pub(crate) response_ms: Option<u32>,
    /// The signal of this kind reported last is the same incident, seen more clearly.
    pub(crate) same: bool,
}

impl Finding {
    pub(crate) fn new(kind: SignalKind, at: Micros, decided: Micros, grade: Permille) -> Self {
        Self { kind, at, decided, grade, target: Key::NONE, response_ms: None, same: false }
    }

    pub(crate) fn on(mut self, target: Key) -> Self {
        self.target = target;
        self
    }
}

/// Findings of one step; a step has at most a handful.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: [Option<Finding>; 12],
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        if let Some(free) = self.list.iter_mut().find(|slot| slot.is_none()) {
            *free = Some(finding);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Finding> + '_ {
        self.list.iter().flatten().copied()
    }
}

/// The latest signal of each kind and the last few reported: what the scores read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    latest: [Option<Signal>; SIGNAL_KINDS],
    recent: [Option<Signal>; 16],
    reported: usize,
}

impl Board {
    /// The latest signal of a kind.
    #[must_use]
    pub fn latest(&self, kind: SignalKind) -> Option<&Signal> {
        self.latest.get(kind as usize).and_then(Option::as_ref)
    }

    /// How often a kind was seen.
    #[must_use]
    pub fn count(&self, kind: SignalKind) -> u16 {
        self.latest(kind).map_or(0, |signal| signal.count)
    }

    /// The last few signals, oldest first.
    pub fn recent(&self) -> impl Iterator<Item = &Signal> {
        let (old, new) = self.recent.split_at(self.reported % self.recent.len());
        new.iter().chain(old).flatten()
    }

    pub(crate) fn post(&mut self, finding: &Finding, page: Key) {
        let Some(latest) = self.latest.get_mut(finding.kind as usize) else { return };
        if let (true, Some(known)) =
            (finding.same, latest.as_mut().filter(|known| known.target == finding.target))
        {
            known.grade = known.grade.max(finding.grade);
            known.decided = finding.decided;
            let risen = *known;
            if let Some(slot) =
                self.recent.iter_mut().flatten().find(|s| s.kind == risen.kind && s.at == risen.at)
            {
                *slot = risen;
            }
            return;
        }
        let signal = Signal {
            kind: finding.kind,
            at: finding.at,
            decided: finding.decided,
            count: latest.map_or(0, |known| known.count).saturating_add(1),
            response_ms: finding.response_ms,
            grade: finding.grade,
            target: finding.target,
            page,
        };
        *latest = Some(signal);
        let place = self.reported % self.recent.len();
        if let Some(slot) = self.recent.get_mut(place) {
            *slot = Some(signal);
        }
        self.reported = self.reported.wrapping_add(1);
    }
}
