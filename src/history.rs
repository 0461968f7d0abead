//! What is known about one person: a fold over durable events.
//!
//! Neither the order of arrival nor a second delivery changes anything, and merging two copies is
//! the fold of their union, so it never gives a touch back. Memory is bounded: the newest events
//! are kept, and forgetting moves [`History::known_since`] forward, which the guards notice.

mod ledger;

pub use ledger::{
    CaseState, ConsentGiven, FactState, FeedState, IncidentState, Ledger, MilestoneState,
    PromiseState, SuppressionState, TouchState, UrgentState,
};

use crate::event::HistoryEvent;
use crate::event::history::{
    Ask, CaseStep, Cleared, ConsentState, Contact, FeedStatus, HistoryBody, LinkState, OutcomeKind,
    PromiseStep, Strength, Switch, TouchStep,
};
use crate::identity::Identities;
use crate::shape::Wire;
use crate::unit::Ms;
use crate::wire::{LIST_LIMIT, Reader, Writer};
use crate::{Error, ErrorCode, Text};

/// First bytes of a saved history.
const MAGIC: &[u8; 4] = b"TCTH";
/// Version of the saved form.
const FORMAT: u8 = 2;
/// Room that is left for events still to come.
const SLACK: usize = 16;

/// The durable memory of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Whose it is, if the host says so.
    person: Option<Text>,
    events: Vec<HistoryEvent>,
    ledger: Ledger,
    known_since: Ms,
    capacity: usize,
    /// Keys of events that came in several versions, in order.
    changed: Vec<(Text, Text)>,
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
            person: None,
            events: Vec::new(),
            ledger: Ledger::default(),
            known_since: Ms::ALWAYS,
            capacity: capacity.max(1),
            changed: Vec::new(),
        }
    }

    /// The history of a person, by any of their identifiers: what links take away from it is theirs
    /// no more.
    #[must_use]
    pub fn of(mut self, person: &str) -> Self {
        self.person = Some(person.into());
        self
    }

    /// Whose it is, if the host said so.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }

    /// Who is who, as the links in it say.
    #[must_use]
    pub fn identities(&self) -> Identities<'_> {
        if self.ledger.identities.is_empty() {
            return Identities::default();
        }
        let links = self.ledger.identities.iter().filter_map(|event| {
            match &self.events.get(*event)?.body {
                HistoryBody::Identity(link) => Some(link),
                _ => None,
            }
        });
        Identities::new(links, self.events.iter().filter_map(HistoryEvent::customer))
    }

    /// What a guard may read of what links say is somebody else's: only what closes. `None`: nothing
    /// is somebody else's, or none of it opens anything.
    #[must_use]
    pub(crate) fn guarded(&self, who: &Identities<'_>) -> Option<Self> {
        let opens = |event: &HistoryEvent| {
            releases(&event.body)
                && !matches!(event.body, HistoryBody::Identity(_))
                && !self.is_about(who, event)
        };
        self.events.iter().any(opens).then(|| self.only(&|event| !opens(event)))
    }

    /// Whether an event is about this person, as far as links say.
    pub(crate) fn is_about(&self, who: &Identities<'_>, event: &HistoryEvent) -> bool {
        let own = self.person.as_deref().filter(|person| who.knows(person));
        let unsure = own.map_or(who.any_uncertain(), |person| who.is_uncertain(person));
        match event.person.as_deref() {
            Some(named) if who.knows(named) => {
                !who.is_uncertain(named) && own.is_none_or(|own| who.same(own, named))
            }
            Some(_) => true,
            None => !unsure,
        }
    }

    /// Learns events in any order; known ones change nothing.
    pub fn learn(&mut self, events: impl IntoIterator<Item = HistoryEvent>) {
        let known = self.events.len();
        let mut in_order = true;
        for event in events {
            in_order &= self.insert(event);
        }
        let excess = self.events.len().saturating_sub(self.capacity);
        for gone in self.events.drain(..excess) {
            self.known_since = self.known_since.max(gone.at.plus(Ms(1)));
            self.changed.retain(|(source, id)| *source != gone.source || *id != gone.id);
        }
        // A list that grows by doubling is half empty; a person is kept for as long as they stay.
        let room = self.events.len() + SLACK;
        if self.events.capacity() > room {
            self.events.shrink_to(room);
        }
        // What comes in order is added to what stands; anything else may change what came of the rest.
        if in_order && excess == 0 {
            self.ledger.follow(&self.events, known);
        } else {
            self.ledger = Ledger::fold(&self.events);
        }
    }

    /// Takes one event. Whether those that were known before stand as they did.
    fn insert(&mut self, event: HistoryEvent) -> bool {
        let before = self.events.len();
        if let Some(known) =
            self.events.iter_mut().find(|e| e.id == event.id && e.source == event.source)
        {
            if *known == event {
                return true;
            }
            // Two versions of one event: the later received wins, then the smaller bytes, so that
            // every copy of the history settles on the same one.
            if (HistoryEvent { received_at: known.received_at, ..event.clone() }) != *known {
                let key = (event.source.clone(), event.id.clone());
                if let Err(place) = self.changed.binary_search(&key) {
                    self.changed.insert(place, key);
                }
            }
            let rank = |e: &HistoryEvent| (e.received_at, core::cmp::Reverse(e.to_bytes()));
            if rank(&event) <= rank(known) {
                return true;
            }
            self.events.retain(|e| e.id != event.id || e.source != event.source);
        }
        let place = self.events.partition_point(|e| order(e) < order(&event));
        self.events.insert(place, event);
        place == before
    }

    /// Learns everything another copy knows.
    pub fn merge(&mut self, other: &Self) {
        self.known_since = self.known_since.max(other.known_since);
        self.changed.extend(other.changed.iter().cloned());
        crate::order::sort(&mut self.changed, Ord::cmp);
        self.changed.dedup();
        self.learn(other.events.iter().cloned());
    }

    /// Whether what a source knows may be missing from an instant on: it is silent, is complete only
    /// later, or was forgotten.
    pub(crate) fn is_missing(&self, source: &str, from: Ms) -> bool {
        let mut feeds = self.ledger.feeds.iter().filter(|feed| feed.feed == source);
        self.known_since > from
            || feeds.any(|feed| feed.silent || feed.since.is_some_and(|since| since > from))
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

    /// How many of the events came in several versions.
    #[must_use]
    pub const fn changed(&self) -> usize {
        self.changed.len()
    }

    /// The fold: cases, touches, permissions … as they stand.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Every step of a contact, in order: the position of its event, when, and what was told.
    pub(crate) fn contacts(&self) -> impl DoubleEndedIterator<Item = (usize, Ms, &Contact)> {
        self.ledger.contacts.iter().filter_map(|event| {
            let it = self.events.get(*event)?;
            let HistoryBody::Contact(contact) = &it.body else { return None };
            Some((*event, it.at, contact))
        })
    }

    /// Every step of a question, in order: the position of its event, when, and what was told.
    pub(crate) fn asks(&self) -> impl DoubleEndedIterator<Item = (usize, Ms, &Ask)> {
        self.ledger.asks.iter().filter_map(|event| {
            let it = self.events.get(*event)?;
            let HistoryBody::Ask(ask) = &it.body else { return None };
            Some((*event, it.at, ask))
        })
    }

    /// The history as it may be believed at `limit`: what is dated later still counts where it
    /// closes something, and does not yet where it would release it. `None`: all of it.
    #[must_use]
    pub fn as_of(&self, limit: Ms) -> Option<Self> {
        let last = self.events.last()?;
        // Which way a fact counts, only a policy knows: until then it is as it was.
        let waits = |body: &HistoryBody| releases(body) || matches!(body, HistoryBody::Fact(_));
        (last.at > limit).then(|| self.only(&|event| event.at <= limit || !waits(&event.body)))
    }

    /// The part of it that `keep` allows to be seen.
    #[must_use]
    pub fn only(&self, keep: &dyn Fn(&HistoryEvent) -> bool) -> Self {
        let events: Vec<HistoryEvent> = self.events.iter().filter(|e| keep(e)).cloned().collect();
        let ledger = Ledger::fold(&events);
        let known_since = self.known_since;
        let person = self.person.clone();
        Self { person, events, ledger, known_since, ..Self::with_capacity(self.capacity) }
    }

    /// The id of the event at a position of the fold, for evidence.
    #[must_use]
    pub fn evidence(&self, event: usize) -> Text {
        self.events.get(event).map_or_else(Text::new, |event| event.id.clone())
    }

    /// What is known, as bytes: the same for every copy, however it came to know it.
    pub(crate) fn content(&self, out: &mut Writer) {
        self.person.put(out);
        self.known_since.put(out);
        self.events.put(out);
    }

    /// A compact, versioned binary form.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.raw(MAGIC);
        out.byte(FORMAT);
        self.person.put(&mut out);
        out.count(self.capacity);
        self.known_since.put(&mut out);
        out.count(self.changed.len());
        for (source, id) in &self.changed {
            out.text(source);
            out.text(id);
        }
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
        let person = Option::get(&mut from);
        let mut history = Self { person, ..Self::with_capacity(from.count(LIST_LIMIT)) };
        history.known_since = Ms::get(&mut from);
        let changed = from.count(LIST_LIMIT);
        history.changed =
            (0..changed).map(|_| (Text::get(&mut from), Text::get(&mut from))).collect();
        let events = Vec::get(&mut from);
        from.end()?;
        history.learn(events);
        Ok(history)
    }
}

/// Whether an event ends something that a guard may be closed for.
fn releases(body: &HistoryBody) -> bool {
    match body {
        HistoryBody::Consent(it) => it.state == ConsentState::Granted,
        HistoryBody::Suppression(it) => it.state == Switch::Off,
        HistoryBody::Case(it) => matches!(it.step, CaseStep::Resolved | CaseStep::Closed),
        HistoryBody::Sensitive(it) => it.step == Cleared::Cleared,
        HistoryBody::Urgent(it) => it.step == Cleared::Cleared,
        HistoryBody::Feed(it) => it.status == FeedStatus::Live,
        // What was called off frees its slot; what was not taken up frees its promise.
        HistoryBody::Touch(it) => matches!(
            it.step,
            TouchStep::Failed | TouchStep::Cancelled | TouchStep::Dismissed | TouchStep::Expired
        ),
        HistoryBody::Promise(it) => matches!(it.step, PromiseStep::Kept | PromiseStep::Void),
        HistoryBody::Outcome(it) => it.kind == OutcomeKind::ResolvedConfirmed,
        // It says who somebody is.
        HistoryBody::Identity(it) => {
            it.state == LinkState::Linked && it.strength == Strength::Strong
        }
        _ => false,
    }
}

fn order(event: &HistoryEvent) -> (Ms, &str, &str) {
    (event.at, &event.source, &event.id)
}
