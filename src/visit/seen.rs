//! What a visit has seen, as scores, guards and routing read it.

use super::{Quarantined, Tallies, Visit};
use crate::event::visit::{CueKind, PageRole, WishFor};
use crate::event::{SensitiveKind, UrgentKind};
use crate::id::Key;
use crate::signal::{Board, Signal, SignalKind};
use crate::unit::Micros;

impl Visit {
    /// What was not believed, and why.
    #[must_use]
    pub const fn quarantined(&self) -> Quarantined {
        self.state.quarantined
    }

    /// What is counted without being a signal.
    #[must_use]
    pub const fn tallies(&self) -> Tallies {
        Tallies {
            rapid_use: self.state.rage.rapid_use,
            disabled_click: self.state.clicks.disabled,
            unknown: self.state.clicks.unknown,
            dropped: self.state.clicks.dropped,
            deflected: self.state.forms.deflected,
        }
    }

    /// The signals.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.state.board
    }

    /// The latest signal of a kind.
    #[must_use]
    pub fn latest(&self, kind: SignalKind) -> Option<Signal> {
        self.state.board.latest(kind)
    }

    /// The latest wish, and when it was said.
    #[must_use]
    pub fn wish(&self) -> Option<(WishFor, Micros)> {
        self.state.wish.and_then(|wish| Some((wish, self.wished_at(wish)?)))
    }

    /// How often something was wished for.
    #[must_use]
    pub fn wishes(&self, kind: WishFor) -> u16 {
        self.state.wishes.get(kind as usize).copied().unwrap_or(0).into()
    }

    /// Whether somebody wished to buy, or to know what it costs.
    #[must_use]
    pub fn wishes_to_buy(&self) -> bool {
        self.wishes(WishFor::Quote) > 0 || self.wishes(WishFor::Buy) > 0
    }

    /// When something was wished for last.
    #[must_use]
    pub fn wished_at(&self, kind: WishFor) -> Option<Micros> {
        self.state.wished.get(kind as usize)?.get()
    }

    /// When an offer was closed, as far as the page told.
    #[must_use]
    pub fn closed_at(&self, touch: &str) -> Option<Micros> {
        let key = self.key(touch);
        self.closed().find(|(touch, _)| *touch == key).map(|(_, at)| at)
    }

    /// The offers closed last, oldest first.
    pub fn closed(&self) -> impl Iterator<Item = (Key, Micros)> + '_ {
        self.state.closed.iter().filter_map(|closed| Some((closed.touch, closed.at.get()?)))
    }

    /// When a phrase was recognised.
    #[must_use]
    pub fn cue(&self, kind: CueKind) -> Option<Micros> {
        self.state.cues.get(kind as usize)?.get()
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
        self.state.roles.get(role as usize).copied().unwrap_or(0).into()
    }

    /// When a page of a role was opened last.
    #[must_use]
    pub fn opened_at(&self, role: PageRole) -> Option<Micros> {
        self.state.opened.get(role as usize)?.get()
    }

    /// When something helped last, as the person says.
    #[must_use]
    pub fn helped_at(&self) -> Option<Micros> {
        self.state.helped.get()
    }

    /// How often something helped, as the person says.
    #[must_use]
    pub const fn helpful(&self) -> u16 {
        self.state.helpful
    }

    /// How many searches were finished.
    #[must_use]
    pub const fn searches(&self) -> u16 {
        self.state.searches.finished
    }

    /// When something was searched for last.
    #[must_use]
    pub const fn searched_at(&self) -> Option<Micros> {
        self.state.searches.last
    }

    /// The open page, its role and topic.
    #[must_use]
    pub fn open_page(&self) -> Option<(Key, PageRole, Key)> {
        self.state.navigation.open.map(|open| (open.page, open.role, open.topic))
    }

    /// When an article was read.
    #[must_use]
    pub fn read_at(&self, page: Key) -> Option<Micros> {
        self.state.navigation.read_at(page)
    }

    /// The articles read.
    pub fn read(&self) -> impl Iterator<Item = (Key, Micros)> + '_ {
        self.state.navigation.read.iter().map(|article| (article.page, article.at))
    }
}
