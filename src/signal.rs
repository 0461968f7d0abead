//! Detectors: each turns page events into signals, in bounded memory and constant time an event.
//!
//! A signal is graded evidence, not a verdict: `grade` says how strongly the page showed it. Every
//! number is a parameter of the policy, and the peers' rule sets differ exactly there.

pub(crate) mod attention;
pub(crate) mod click;
pub(crate) mod contact;
pub(crate) mod cursor;
pub(crate) mod error;
pub(crate) mod form;
pub(crate) mod navigation;
pub(crate) mod rage;
pub(crate) mod scrolling;
pub(crate) mod search;

pub use crate::program::signals::{SIGNAL_KINDS, SignalKind};

use crate::id::Key;
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::{Micros, Permille, Stamp};
use crate::{Text, text};

record! {
    /// Something recognised on the page: one incident, however many clicks it took.
    #[derive(Copy)]
    pub struct Signal {
        /// What.
        pub kind: SignalKind,
        /// When it began.
        pub at: Micros,
        /// When that was certain.
        pub decided: Micros,
        /// How many clicks, turns, searches or refusals it is made of.
        pub count: u16,
        /// How late the page reacted, for slow clicks.
        pub response_ms: Option<u32>,
        /// How strong the evidence is.
        pub grade: Permille,
        /// The target, or the form, or the topic.
        pub target: Key,
        /// The page.
        pub page: Key,
    }
}

record! {
    /// A signal as it is shown, with the definition it was recognised by.
    pub struct Report {
        /// What.
        pub kind: SignalKind,
        /// When it began.
        pub at: Micros,
        /// When that was certain.
        pub decided: Micros,
        /// How many clicks, turns, searches or refusals it is made of.
        pub count: u16,
        /// How late the page reacted, for slow clicks.
        pub response_ms: Option<u32>,
        /// How strong the evidence is.
        pub grade: Permille,
        /// The target, or the form, or the topic.
        pub target: Key,
        /// The page.
        pub page: Key,
        /// The definition and its version.
        pub definition: Text,
    }
}

impl Signal {
    /// As evidence.
    pub(crate) fn evidence(&self) -> Text {
        text!("visit:{}@{}", self.kind.as_str(), self.at.ms())
    }

    /// As it is shown.
    #[must_use]
    pub fn report(&self, signals: &Signals) -> Report {
        let Self { kind, at, decided, count, response_ms, grade, target, page } = *self;
        let definition = signals.definition(kind).into();
        Report { kind, at, decided, count, response_ms, grade, target, page, definition }
    }

    /// Whether both are one incident, perhaps seen more clearly.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.kind, self.at, self.target) == (other.kind, other.at, other.target)
    }
}

/// What a detector has to say; the visit adds the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: SignalKind,
    pub(crate) at: Micros,
    pub(crate) decided: Micros,
    pub(crate) grade: Permille,
    pub(crate) count: u16,
    pub(crate) target: Key,
    /// The page, if it is not the one that was open.
    pub(crate) page: Option<Key>,
    pub(crate) response_ms: Option<u32>,
    /// It may be an incident reported already, seen more clearly.
    pub(crate) same: bool,
}

impl Finding {
    pub(crate) fn new(kind: SignalKind, at: Micros, decided: Micros, grade: Permille) -> Self {
        Self {
            kind,
            at,
            decided,
            grade,
            count: 1,
            target: Key::NONE,
            page: None,
            response_ms: None,
            same: false,
        }
    }

    pub(crate) fn on(mut self, target: Key) -> Self {
        self.target = target;
        self
    }

    pub(crate) fn times(mut self, count: u8) -> Self {
        self.count = u16::from(count);
        self
    }
}

/// Findings of one step; a step has at most a handful.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: [Option<Finding>; 24],
    /// The person got through, or left what was trouble.
    pub(crate) relieved: bool,
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

    /// Whether the board changes by it.
    pub(crate) fn tells(&self) -> bool {
        self.relieved || self.iter().next().is_some()
    }
}

record! {
    /// The latest of a kind.
    #[derive(Copy, Default)]
    pub struct Latest {
        /// When it began.
        pub at: Micros,
        /// When that was certain.
        pub decided: Micros,
        /// On what.
        pub target: Key,
        /// How many clicks or searches it is made of.
        pub count: u16,
        /// How strong the evidence is.
        pub grade: Permille,
        /// Where.
        pub page: Key,
        /// In which millisecond the person got through, or left the topic.
        pub relieved: Stamp,
    }
}

record! {
    /// The latest signal of each kind and the last few reported: what the scores read.
    #[derive(Default)]
    pub struct Board {
        /// By kind; of kinds that were seen.
        pub latest: [Latest; SIGNAL_KINDS],
        /// How often each kind was seen.
        pub seen: [u16; SIGNAL_KINDS],
        /// Reported last.
        pub recent: Ring<Signal, 8>,
    }
}

impl Board {
    /// The latest signal of a kind.
    #[must_use]
    pub fn latest(&self, kind: SignalKind) -> Option<Signal> {
        let Latest { at, decided, target, count, grade, page, .. } =
            *self.latest.get(kind as usize)?;
        let signal = Signal { kind, at, decided, count, response_ms: None, grade, target, page };
        (self.count(kind) > 0).then_some(signal)
    }

    /// How often a kind was seen.
    #[must_use]
    pub fn count(&self, kind: SignalKind) -> u16 {
        self.seen.get(kind as usize).copied().unwrap_or(0)
    }

    /// When the person got through what the latest signal of a kind was about, or left its topic.
    #[must_use]
    pub fn relieved(&self, kind: SignalKind) -> Option<Micros> {
        self.latest.get(kind as usize)?.relieved.get()
    }

    /// The person got through, or left: from now on this trouble fades like any other. Whether there
    /// was any.
    pub(crate) fn relieve(&mut self, t: Micros, about: impl Fn(&Latest) -> bool) -> bool {
        let mut any = false;
        for latest in self.latest.iter_mut() {
            if latest.relieved.get().is_none() && latest.decided <= t && about(latest) {
                latest.relieved = Stamp::of(t);
                any = true;
            }
        }
        any
    }

    /// The last few signals, oldest first.
    pub fn recent(&self) -> impl Iterator<Item = &Signal> {
        self.recent.iter()
    }

    /// Takes a finding in; gives the signal it has become.
    pub(crate) fn post(&mut self, finding: &Finding, page: Key) -> Signal {
        let Finding { kind, at, decided, grade, count, target, response_ms, same, .. } = *finding;
        let mut signal = Signal { kind, at, decided, count, response_ms, grade, target, page };
        let known = self.recent.iter_mut().rev().find(|known| known.is_same(&signal));
        let mut newest = true;
        if let Some(known) = known.filter(|_| same) {
            signal.grade = signal.grade.max(known.grade);
            signal.count = signal.count.max(known.count);
            signal.page = known.page;
            *known = signal;
            newest = self.latest(kind).is_some_and(|latest| latest.is_same(&signal));
        } else {
            if let Some(seen) = self.seen.get_mut(kind as usize) {
                *seen = seen.saturating_add(1);
            }
            self.recent.push(signal);
        }
        if let Some(latest) = self.latest.get_mut(kind as usize).filter(|_| newest) {
            let Signal { at, decided, target, count, grade, page, .. } = signal;
            *latest =
                Latest { at, decided, target, count, grade, page, relieved: Stamp::default() };
        }
        signal
    }
}
