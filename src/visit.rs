//! This session, in bounded memory: what was clicked, searched, opened and said, and the signals
//! that came of it. Constant work an event, no allocation after the start.

use crate::event::visit::{
    CueKind, FormWhat, Nav, PageRole, VisibilityState, VisitBody, VisitEvent, Wish, WishFor,
};
use crate::event::{SensitiveKind, UrgentKind};
use crate::id::{Key, Salt, hash};
use crate::program::Signals;
use crate::shape::Wire;
use crate::signal::click::Clicks;
use crate::signal::contact::Contacting;
use crate::signal::form::Forms;
use crate::signal::navigation::Navigation;
use crate::signal::rage::Rage;
use crate::signal::search::Searches;
use crate::signal::{Board, Findings, Signal, SignalKind};
use crate::unit::{Micros, Ms};
use crate::wire::Writer;

/// Why an event was not believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quarantined {
    /// Before the visit, or days into it.
    pub absurd_time: u32,
    /// Long before an event already seen.
    pub out_of_order: u32,
}

/// One session of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    started_at: Ms,
    salt: Salt,
    clock: Micros,
    latest_event: Micros,
    digest: u64,
    events: u32,
    quarantined: Quarantined,
    board: Board,
    clicks: Clicks,
    rage: Rage,
    searches: Searches,
    navigation: Navigation,
    forms: Forms,
    contacting: Contacting,
    roles: [u16; PageRole::ALL.len()],
    helpful: u16,
    wish: Option<(WishFor, Micros)>,
    wishes: [u16; WishFor::ALL.len()],
    cues: [Option<Micros>; CueKind::ALL.len()],
    scratch: Vec<u8>,
}

impl Visit {
    /// A visit that begins at `started_at`; keys are made with `salt`.
    #[must_use]
    pub fn new(started_at: Ms, salt: Salt) -> Self {
        Self {
            started_at,
            salt,
            clock: Micros(0),
            latest_event: Micros(0),
            digest: 0,
            events: 0,
            quarantined: Quarantined::default(),
            board: Board::default(),
            clicks: Clicks::default(),
            rage: Rage::default(),
            searches: Searches::default(),
            navigation: Navigation::default(),
            forms: Forms::default(),
            contacting: Contacting::default(),
            roles: [0; PageRole::ALL.len()],
            helpful: 0,
            wish: None,
            wishes: [0; WishFor::ALL.len()],
            cues: [None; CueKind::ALL.len()],
            scratch: Vec::with_capacity(64),
        }
    }

    /// Takes one page event. What cannot be believed is counted, never guessed at.
    pub fn track(&mut self, signals: &Signals, event: &VisitEvent) {
        let (t, p) = (event.t, &signals.hygiene);
        if t < Micros(0) || t.ms() > p.longest_ms.0 {
            self.quarantined.absurd_time = self.quarantined.absurd_time.saturating_add(1);
            return;
        }
        // Against the latest event, not the clock: looking ahead must not make the visit deaf.
        if self.latest_event.since(t).ms() > p.late_ms.0 {
            self.quarantined.out_of_order = self.quarantined.out_of_order.saturating_add(1);
            return;
        }
        self.latest_event = self.latest_event.max(t);
        self.remember(event);
        // Verdicts due before this event fall before it, so no timer can reorder them.
        self.tick(signals, Micros(t.0.saturating_sub(1)));
        let mut out = Findings::default();
        self.dispatch(signals, t, &event.body, &mut out);
        self.post(&out);
        self.tick(signals, t);
    }

    fn dispatch(&mut self, signals: &Signals, t: Micros, body: &VisitBody, out: &mut Findings) {
        match body {
            VisitBody::Click(click) => {
                self.navigation.touch();
                self.rage.click(signals, &self.clicks, t, click, out);
                self.clicks.click(signals, t, click);
            }
            VisitBody::Effect(effect) => self.clicks.effect(signals, t, effect.cause, out),
            VisitBody::Scroll(scroll) => {
                self.rage.spoil(t);
                self.clicks.scroll(signals, t);
                self.navigation.scroll(signals, scroll);
            }
            VisitBody::Selection(selection) => {
                if selection.nonempty {
                    self.rage.spoil(t);
                    self.clicks.settle_all();
                }
            }
            VisitBody::Visibility(it) => {
                self.clicks.wake(t);
                self.navigation.hidden(t, it.state == VisibilityState::Hidden);
            }
            VisitBody::Focus(_) => self.clicks.wake(t),
            VisitBody::Failure(error) => self.clicks.error(signals, t, error, out),
            VisitBody::PageView(view) => {
                self.leave_page(signals, t, out);
                self.navigation.page_view(signals, t, view, out);
                let role = view.role.unwrap_or(PageRole::Other);
                self.contacting.page_view(t, role);
                // Turning back is no new interest in what is there.
                if !matches!(view.nav, Some(Nav::Back | Nav::Bfcache)) {
                    bump(self.roles.get_mut(role as usize));
                }
            }
            VisitBody::ArticleProgress(it) => self.navigation.progress(signals, t, it, out),
            VisitBody::Search(search) => {
                self.navigation.touch();
                self.searches.search(signals, t, search, out);
            }
            VisitBody::ResultOpen(_) => self.searches.finish(signals, t, out),
            VisitBody::Vote(vote) => {
                if vote.helpful {
                    self.helpful = self.helpful.saturating_add(1);
                }
            }
            VisitBody::Form(form) => {
                self.navigation.touch();
                self.forms.form(signals, t, form, out);
                if form.what == FormWhat::Failed {
                    self.clicks.trouble(signals, t, form.form, out);
                }
            }
            VisitBody::ContactIntent(intent) => self.contacting.intent(signals, t, intent.how, out),
            VisitBody::PageEnd(_) => self.leave_page(signals, t, out),
            VisitBody::Wish(Wish { r#for }) => {
                self.wish = Some((*r#for, t));
                bump(self.wishes.get_mut(*r#for as usize));
            }
            VisitBody::Cue(cue) => {
                if let Some(slot) = self.cues.get_mut(cue.kind as usize) {
                    *slot = Some(t);
                }
            }
            // What was closed is a touch of the history, which says its route.
            VisitBody::Dismiss(_)
            | VisitBody::PointerTurns(_)
            | VisitBody::Idle(_)
            | VisitBody::Resume(_) => {}
        }
    }

    fn leave_page(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        if let Some(p) = &signals.rage_click {
            self.rage.settle(p, &self.clicks, t, out);
        }
        self.clicks.settle_all();
        self.searches.finish(signals, t, out);
        self.forms.leave(signals, t, out);
    }

    /// Decides what is due by `t` without a new event.
    pub fn tick(&mut self, signals: &Signals, t: Micros) {
        self.clock = self.clock.max(t);
        while let Some(due) = self.next_due(signals).filter(|due| *due <= t) {
            let mut out = Findings::default();
            self.clicks.tick(signals, due, &mut out);
            self.rage.tick(signals, &self.clicks, due, &mut out);
            self.searches.tick(signals, due, &mut out);
            let troubled = self.has_trouble();
            self.contacting.tick(signals, due, troubled, &mut out);
            self.post(&out);
        }
        // A verdict of this very step may have confirmed a burst.
        let mut out = Findings::default();
        self.rage.tick(signals, &self.clicks, t, &mut out);
        self.post(&out);
    }

    /// When the next verdict falls, so that a host needs one timer at most.
    #[must_use]
    pub fn next_due(&self, signals: &Signals) -> Option<Micros> {
        [
            self.clicks.next_due(signals),
            self.rage.next_due(signals),
            self.searches.next_due(signals),
            self.contacting.next_due(signals),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn post(&mut self, out: &Findings) {
        let page = self.navigation.open.map_or(Key::NONE, |open| open.page);
        for finding in out.iter() {
            self.board.post(&finding, page);
        }
    }

    fn remember(&mut self, event: &VisitEvent) {
        let mut out = Writer::reuse(core::mem::take(&mut self.scratch));
        event.put(&mut out);
        self.digest = hash(out.so_far(), self.digest);
        self.scratch = out.done();
        self.events = self.events.saturating_add(1);
    }

    /// Wall-clock time of a visit time.
    #[must_use]
    pub const fn wall(&self, t: Micros) -> Ms {
        self.started_at.plus(Ms(t.ms()))
    }

    /// Visit time of an instant, not before the beginning.
    #[must_use]
    pub fn time_of(&self, now: Ms) -> Micros {
        Micros::from_ms(now.minus(self.started_at).0.max(0))
    }

    /// When it began.
    #[must_use]
    pub const fn started_at(&self) -> Ms {
        self.started_at
    }

    /// The latest time seen.
    #[must_use]
    pub const fn clock(&self) -> Micros {
        self.clock
    }

    /// The key of a name in this visit.
    #[must_use]
    pub fn key(&self, name: &str) -> Key {
        Key::of(name, self.salt)
    }

    /// Hash over every event taken, in order: part of a decision's id.
    #[must_use]
    pub const fn digest(&self) -> u64 {
        self.digest
    }

    /// How many events were taken.
    #[must_use]
    pub const fn events(&self) -> u32 {
        self.events
    }

    /// What was not believed, and why.
    #[must_use]
    pub const fn quarantined(&self) -> Quarantined {
        self.quarantined
    }

    /// The signals.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.board
    }

    /// The latest signal of a kind.
    #[must_use]
    pub fn latest(&self, kind: SignalKind) -> Option<&Signal> {
        self.board.latest(kind)
    }

    /// The latest wish, and when it was said.
    #[must_use]
    pub const fn wish(&self) -> Option<(WishFor, Micros)> {
        self.wish
    }

    /// How often something was wished for.
    #[must_use]
    pub fn wishes(&self, kind: WishFor) -> u16 {
        self.wishes.get(kind as usize).copied().unwrap_or(0)
    }

    /// When a phrase was recognised.
    #[must_use]
    pub fn cue(&self, kind: CueKind) -> Option<Micros> {
        self.cues.get(kind as usize).copied().flatten()
    }

    /// Triggers of urgency that were recognised, and when.
    pub fn urgent_cues(&self) -> impl Iterator<Item = (UrgentKind, Micros)> + '_ {
        CueKind::ALL.iter().filter_map(|cue| Some((cue.urgent()?, self.cue(*cue)?)))
    }

    /// Sensitive moments that were recognised, and when.
    pub fn sensitive_cues(&self) -> impl Iterator<Item = (SensitiveKind, Micros)> + '_ {
        CueKind::ALL.iter().filter_map(|cue| Some((cue.sensitive()?, self.cue(*cue)?)))
    }

    /// How many pages of a role were opened.
    #[must_use]
    pub fn views(&self, role: PageRole) -> u16 {
        self.roles.get(role as usize).copied().unwrap_or(0)
    }

    /// How often something helped, as the person says.
    #[must_use]
    pub const fn helpful(&self) -> u16 {
        self.helpful
    }

    /// How many searches were finished.
    #[must_use]
    pub const fn searches(&self) -> u16 {
        self.searches.finished
    }

    /// The open page, its role and topic.
    #[must_use]
    pub fn open_page(&self) -> Option<(Key, PageRole, Key)> {
        self.navigation.open.map(|open| (open.page, open.role, open.topic))
    }

    /// When an article was read.
    #[must_use]
    pub fn read_at(&self, page: Key) -> Option<Micros> {
        self.navigation.read_at(page)
    }

    /// The articles read.
    pub fn read(&self) -> impl Iterator<Item = (Key, Micros)> + '_ {
        self.navigation.read()
    }

    /// Whether anything that is friction was seen.
    #[must_use]
    pub fn has_trouble(&self) -> bool {
        SignalKind::ALL.iter().any(|kind| {
            !matches!(kind, SignalKind::ContactIntent | SignalKind::ArticleRead)
                && self.board.count(*kind) > 0
        })
    }

    /// Bursts of presses on controls made for repeating: counted, not friction.
    #[must_use]
    pub const fn rapid_use(&self) -> u16 {
        self.rage.rapid_use
    }
}

fn bump(counter: Option<&mut u16>) {
    if let Some(counter) = counter {
        *counter = counter.saturating_add(1);
    }
}
