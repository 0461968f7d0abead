//! What is known about one person: a fold over durable events.
//!
//! Neither the order of arrival nor a second delivery changes anything, and merging two copies is
//! the fold of their union, so it never gives a touch back. Memory is bounded: the newest events
//! are kept, and forgetting moves [`History::known_since`] forward, which the guards notice.

mod ledger;

pub use ledger::{
    CaseState, ConsentGiven, FactState, FeedState, IncidentState, Ledger, MilestoneState,
    PromiseState, SuppressionState, TouchState,
};

use crate::event::HistoryEvent;
use crate::event::history::{
    CaseStep, Cleared, FeedStatus, HistoryBody, OutcomeKind, PromiseStep, Switch, TouchStep,
};
use crate::shape::Wire;
use crate::unit::Ms;
use crate::wire::{LIST_LIMIT, Reader, Writer};
use crate::{Error, ErrorCode};

/// First bytes of a saved history.
const MAGIC: &[u8; 4] = b"TCTH";
/// Version of the saved form.
const FORMAT: u8 = 1;

/// The durable memory of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    events: Vec<HistoryEvent>,
    ledger: Ledger,
    known_since: Ms,
    capacity: usize,
    changed: u32,
}

impl Default for History {
    fn default() -> Self {
        Self::new()
    }
}

impl History {
    /// Events kept unless the host says otherwise: years of an ordinary customer.
    pub const CAPACITY: usize = 512;

    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(Self::CAPACITY)
    }

    /// Keeps at most `capacity` events (at least one).
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            events: Vec::new(),
            ledger: Ledger::default(),
            known_since: Ms::ALWAYS,
            capacity: capacity.max(1),
            changed: 0,
        }
    }

    /// Learns events in any order; known ones change nothing.
    pub fn learn(&mut self, events: impl IntoIterator<Item = HistoryEvent>) {
        for event in events {
            self.insert(event);
        }
        let excess = self.events.len().saturating_sub(self.capacity);
        for gone in self.events.drain(..excess) {
            self.known_since = self.known_since.max(gone.at.plus(Ms(1)));
        }
        self.ledger = Ledger::fold(&self.events);
    }

    fn insert(&mut self, event: HistoryEvent) {
        if let Some(known) =
            self.events.iter_mut().find(|e| e.id == event.id && e.source == event.source)
        {
            if *known == event {
                return;
            }
            // Two versions of one event: the later received wins, then the smaller bytes, so that
            // every copy of the history settles on the same one.
            self.changed = self.changed.saturating_add(1);
            let rank = |e: &HistoryEvent| (e.received_at, core::cmp::Reverse(e.to_bytes()));
            if rank(&event) <= rank(known) {
                return;
            }
            self.events.retain(|e| e.id != event.id || e.source != event.source);
        }
        let place = self.events.partition_point(|e| order(e) < order(&event));
        self.events.insert(place, event);
    }

    /// Learns everything another copy knows.
    pub fn merge(&mut self, other: &Self) {
        self.known_since = self.known_since.max(other.known_since);
        self.learn(other.events.iter().cloned());
    }

    /// The events kept, in order.
    #[must_use]
    pub fn events(&self) -> &[HistoryEvent] {
        &self.events
    }

    /// From when on nothing was forgotten; [`Ms::ALWAYS`] when nothing was.
    #[must_use]
    pub const fn known_since(&self) -> Ms {
        self.known_since
    }

    /// How often one event came in two versions.
    #[must_use]
    pub const fn changed(&self) -> u32 {
        self.changed
    }

    /// The fold: cases, touches, permissions … as they stand.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The history as it may be believed at `limit`: what is dated later still counts where it
    /// closes something, and does not yet where it would release it. `None`: all of it.
    #[must_use]
    pub fn as_of(&self, limit: Ms) -> Option<Self> {
        let last = self.events.last()?;
        (last.at > limit).then(|| self.only(|event| event.at <= limit || !releases(&event.body)))
    }

    /// The part of it that `keep` allows to be seen.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&HistoryEvent) -> bool) -> Self {
        let events: Vec<HistoryEvent> = self.events.iter().filter(|e| keep(e)).cloned().collect();
        let ledger = Ledger::fold(&events);
        let known_since = self.known_since;
        Self { events, ledger, known_since, ..Self::with_capacity(self.capacity) }
    }

    /// The id of the event at a position of the fold, for evidence.
    #[must_use]
    pub fn evidence(&self, event: usize) -> String {
        self.events.get(event).map_or_else(String::new, |event| event.id.clone())
    }

    /// What is known, as bytes: the same for every copy, however it came to know it.
    pub(crate) fn content(&self, out: &mut Writer) {
        self.known_since.put(out);
        self.events.put(out);
    }

    /// A compact, versioned binary form.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.raw(MAGIC);
        out.byte(FORMAT);
        out.count(self.capacity);
        self.known_since.put(&mut out);
        self.changed.put(&mut out);
        self.events.put(&mut out);
        out.done()
    }

    /// Restores what [`History::save`] wrote.
    ///
    /// # Errors
    /// `Corrupt` when the bytes are something else, cut off, or of another format version.
    pub fn restore(bytes: &[u8]) -> Result<Self, Error> {
        let mut from = Reader::new(bytes);
        if from.raw(MAGIC.len()) != MAGIC || from.byte() != FORMAT {
            return Err(Error::new(ErrorCode::Corrupt, "", "this is not a saved history"));
        }
        let mut history = Self::with_capacity(from.count(LIST_LIMIT));
        history.known_since = Ms::get(&mut from);
        history.changed = u32::get(&mut from);
        let events = Vec::get(&mut from);
        from.end()?;
        history.learn(events);
        Ok(history)
    }
}

/// Whether an event ends something that a guard may be closed for.
fn releases(body: &HistoryBody) -> bool {
    match body {
        HistoryBody::Suppression(it) => it.state == Switch::Off,
        HistoryBody::Case(it) => matches!(it.step, CaseStep::Resolved | CaseStep::Closed),
        HistoryBody::Sensitive(it) => it.step == Cleared::Cleared,
        HistoryBody::Urgent(it) => it.step == Cleared::Cleared,
        HistoryBody::Feed(it) => it.status == FeedStatus::Live,
        HistoryBody::Touch(it) => matches!(it.step, TouchStep::Failed | TouchStep::Cancelled),
        HistoryBody::Promise(it) => matches!(it.step, PromiseStep::Kept | PromiseStep::Void),
        HistoryBody::Outcome(it) => it.kind == OutcomeKind::ResolvedConfirmed,
        _ => false,
    }
}

fn order(event: &HistoryEvent) -> (Ms, &str, &str) {
    (event.at, &event.source, &event.id)
}
