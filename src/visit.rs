//! This session, in bounded memory: what was clicked, searched, opened and said, and the signals
//! that came of it. Constant work an event, no allocation after the start.

mod dispatch;
mod hygiene;
mod seen;

pub use hygiene::Quarantined;

use crate::Error;
use crate::event::visit::{
    CueKind, EndReason, FocusState, FormWhat, Nav, PageRole, PageView, VisibilityState, VisitBody,
    VisitEvent, Wish, WishFor,
};
use crate::id::{Key, Salt, hash};
use crate::program::Signals;
use crate::program::signals::Activity;
use crate::shape::{Ring, Set, Wire, record};
use crate::signal::attention::Attention;
use crate::signal::click::Clicks;
use crate::signal::contact::Contacting;
use crate::signal::cursor::Cursor;
use crate::signal::error::Errors;
use crate::signal::form::Forms;
use crate::signal::navigation::Navigation;
use crate::signal::rage::Rage;
use crate::signal::scrolling::Scrolling;
use crate::signal::search::Searches;
use crate::signal::{Board, Findings, Signal, SignalKind};
use crate::unit::{Micros, Ms, Stamp};
use crate::wire::{Reader, Writer};

/// First bytes of a saved visit.
const MAGIC: &[u8; 4] = b"TCTV";
/// Version of its form. Another version is refused, never guessed at.
const FORMAT: u8 = 3;
/// More verdicts than can be open at once.
const VERDICTS: usize = 32;
/// Offers remembered that were closed.
const CLOSED: usize = 4;
/// Inputs remembered to recognise what is told twice.
const REMEMBERED: usize = 6;

record! {
    /// Everything a visit knows.
    #[derive(Default)]
    pub struct State {
        /// Wall-clock time of its beginning.
        pub started_at: Ms,
        /// What its keys are made with.
        pub salt: Salt,
        /// The latest time seen.
        pub clock: Micros,
        /// Hash over every event.
        pub digest: u64,
        /// When the latest input was made.
        pub input: Micros,
        /// The last ones by hashes.
        pub lately: Ring<u16, REMEMBERED>,
        /// When the latest other event was told.
        pub told: Micros,
        /// Which.
        pub saying: u16,
        /// How many events were taken.
        pub events: u32,
        /// What was not believed.
        pub quarantined: Quarantined,
        /// The signals.
        pub board: Board,
        /// Clicks.
        pub clicks: Clicks,
        /// Bursts of them.
        pub rage: Rage,
        /// What failed.
        pub errors: Errors,
        /// The pointer.
        pub cursor: Cursor,
        /// Scrolling.
        pub scrolling: Scrolling,
        /// Searches.
        pub searches: Searches,
        /// Pages.
        pub navigation: Navigation,
        /// Whether somebody is there.
        pub attention: Attention,
        /// Forms.
        pub forms: Forms,
        /// Reaching for contact.
        pub contacting: Contacting,
        /// Pages opened, by role.
        pub roles: [u8; PageRole::ALL.len()],
        /// And when last.
        pub opened: [Stamp; PageRole::ALL.len()],
        /// The topic opened last.
        pub topic: Key,
        /// "This helped."
        pub helpful: u16,
        /// And when last.
        pub helped: Stamp,
        /// What was wished for last.
        pub wish: Option<WishFor>,
        /// How often each wish was said.
        pub wishes: [u8; WishFor::ALL.len()],
        /// And when last.
        pub wished: [Stamp; WishFor::ALL.len()],
        /// Offers closed last.
        pub closed: Ring<Closed, CLOSED>,
        /// When each phrase was recognised.
        pub cues: [Stamp; CueKind::ALL.len()],
    }
}

record! {
    /// An offer was closed.
    #[derive(Copy)]
    pub struct Closed {
        /// Which.
        pub touch: Key,
        /// When.
        pub at: Stamp,
    }
}

/// One session of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    state: State,
    scratch: Vec<u8>,
}

record! {
    /// What happened besides, and is counted without being a signal.
    #[derive(Copy, Default)]
    pub struct Tallies {
        /// Bursts of presses on controls made for repeating.
        pub rapid_use: u16,
        /// Clicks on controls that are switched off.
        pub disabled_click: u16,
        /// Clicks that only a page changing by itself could have answered.
        pub unknown: u16,
        /// Undecided clicks that had to make room for later ones.
        pub dropped: u16,
        /// Contact forms left for an article.
        pub deflected: u16,
    }
}

impl Visit {
    /// A visit that begins at `started_at`; keys are made with `salt`.
    #[must_use]
    pub fn new(started_at: Ms, salt: Salt) -> Self {
        let state = State { started_at, salt, ..State::default() };
        Self { state, scratch: Vec::with_capacity(64) }
    }

    /// The visit as bytes, so that it outlives a page load: numbers and salted keys, at most a few
    /// kilobytes.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.raw(MAGIC);
        out.byte(FORMAT);
        self.state.put(&mut out);
        out.done()
    }

    /// A visit as it was saved.
    ///
    /// # Errors
    /// `Corrupt` for anything else, and for another version.
    pub fn restore(bytes: &[u8]) -> Result<Self, Error> {
        let mut from = Reader::new(bytes);
        if from.raw(MAGIC.len()) != MAGIC || from.byte() != FORMAT {
            return Err(Error::corrupt("this is no visit saved by this version"));
        }
        let state = State::get(&mut from);
        from.end()?;
        Ok(Self { state, scratch: Vec::with_capacity(64) })
    }

    /// Takes one page event. What cannot be believed is counted, never guessed at.
    ///
    /// Whether anything may have changed that scores, guards and routing read of the visit; most page
    /// events change nothing of it.
    pub fn track(&mut self, signals: &Signals, event: &VisitEvent) -> bool {
        self.track_and(signals, event, &mut |_| {})
    }

    /// Takes one page event and tells every signal that comes of it, and again when it rises. The answer
    /// is that of [`Visit::track`].
    pub fn track_and(
        &mut self,
        signals: &Signals,
        event: &VisitEvent,
        told: &mut dyn FnMut(&Signal),
    ) -> bool {
        let own = self.own_hash(event);
        if !self.believes(&signals.hygiene, event, own) {
            return false;
        }
        let t = event.t;
        self.state.digest = hash(&own.to_le_bytes(), self.state.digest);
        self.state.events = self.state.events.saturating_add(1);
        // Verdicts due before this event fall before it, so no timer can reorder them.
        let before = self.tick_and(signals, Micros(t.0.saturating_sub(1)), told);
        // What ends with a page is told of that page.
        let page = self.state.page();
        let mut out = Findings::default();
        self.state.dispatch(signals, t, &event.body, &mut out);
        let page = if page == Key::NONE { self.state.page() } else { page };
        self.state.post(&out, page, told);
        let after = self.tick_and(signals, t, told);
        before || after || out.tells() || event.body.tells()
    }

    /// Decides what is due by `t` without a new event. The answer is that of [`Visit::track`].
    pub fn tick(&mut self, signals: &Signals, t: Micros) -> bool {
        self.tick_and(signals, t, &mut |_| {})
    }

    /// Decides what is due by `t` and tells the signals that come of it. The answer is that of
    /// [`Visit::track`].
    pub fn tick_and(
        &mut self,
        signals: &Signals,
        t: Micros,
        told: &mut dyn FnMut(&Signal),
    ) -> bool {
        let state = &mut self.state;
        state.clock = state.clock.max(t);
        let mut decided = false;
        // Each round decides something; the bound is for bytes that only look like a visit.
        for _ in 0..VERDICTS {
            let Some(due) = state.next_due(signals).filter(|due| *due <= t) else { break };
            decided = true;
            let mut out = Findings::default();
            let chain = state.rage.chain();
            state.clicks.tick(signals, due, &chain, &mut out);
            state.rage.tick(signals, &mut state.clicks, due, &mut out);
            state.searches.tick(signals, due, &mut out);
            state.attention.tick(signals, due, &mut out);
            state.forms.tick(signals, due, state.attention.active(due), &mut out);
            let troubled = state.has_trouble();
            state.contacting.tick(signals, due, &state.attention, troubled, &mut out);
            state.post(&out, state.page(), told);
        }
        // A verdict of this very step may have confirmed a burst.
        let mut out = Findings::default();
        state.rage.tick(signals, &mut state.clicks, t, &mut out);
        state.post(&out, state.page(), told);
        decided || out.tells()
    }

    /// When the next verdict falls, so that a host needs one timer at most.
    #[must_use]
    pub fn next_due(&self, signals: &Signals) -> Option<Micros> {
        self.state.next_due(signals)
    }

    /// Whether a click waits for what the page makes of it.
    #[must_use]
    pub fn is_undecided(&self, signals: &Signals) -> bool {
        self.state.clicks.next_due(signals).is_some()
    }

    /// The hash of an event by itself.
    fn own_hash(&mut self, event: &VisitEvent) -> u64 {
        let mut out = Writer::reuse(core::mem::take(&mut self.scratch));
        event.put(&mut out);
        let own = hash(out.so_far(), 0);
        self.scratch = out.done();
        own
    }

    /// Wall-clock time of a visit time.
    #[must_use]
    pub const fn wall(&self, t: Micros) -> Ms {
        self.state.started_at.plus(Ms(t.ms()))
    }

    /// Visit time of an instant, not before the beginning.
    #[must_use]
    pub fn time_of(&self, now: Ms) -> Micros {
        Micros::from_ms(now.minus(self.state.started_at).0.max(0))
    }

    /// When it began.
    #[must_use]
    pub const fn started_at(&self) -> Ms {
        self.state.started_at
    }

    /// What its keys are made with.
    #[must_use]
    pub const fn salt(&self) -> Salt {
        self.state.salt
    }

    /// The latest time seen.
    #[must_use]
    pub const fn clock(&self) -> Micros {
        self.state.clock
    }

    /// The key of a name in this visit.
    #[must_use]
    pub fn key(&self, name: &str) -> Key {
        Key::of(name, self.state.salt)
    }

    /// Hash over every event taken, in order: part of a decision's id.
    #[must_use]
    pub const fn digest(&self) -> u64 {
        self.state.digest
    }

    /// How many events were taken.
    #[must_use]
    pub const fn events(&self) -> u32 {
        self.state.events
    }
}
