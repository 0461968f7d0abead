//! Searches that do not get anywhere. Queries typed letter by letter are one search.

use super::{Finding, Findings, SignalKind};
use crate::event::visit::Search;
use crate::id::Key;
use crate::program::Signals;
use crate::unit::{Micros, Permille};

/// The search under way and how often searches led nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Searches {
    open: Option<(Micros, u16)>,
    last: Option<Micros>,
    /// The search was counted; what continues it is still the same search.
    counted: bool,
    /// It was told to be empty.
    told: bool,
    zero: u16,
    refined: u16,
    /// Finished searches.
    pub(crate) finished: u16,
}

impl Searches {
    pub(crate) fn search(
        &mut self,
        signals: &Signals,
        t: Micros,
        search: &Search,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.search else { return };
        let recent = |ms: u32| self.last.is_some_and(|last| t.since(last).ms() <= i64::from(ms));
        if search.extends_prev == Some(true) && recent(p.merge_ms) {
            let began = self.open.map_or(t, |(began, _)| began);
            self.open = Some((began, search.results));
        } else {
            let similar = search.sim_prev.is_some_and(|sim| sim >= p.similar_min);
            if similar && recent(p.refine_ms) {
                let more = i64::from(self.refined) * p.grade_refine_step.get();
                let grade = Permille::new(p.grade_refine.get().saturating_add(more));
                self.refined = self.refined.saturating_add(1);
                out.push(Finding::new(SignalKind::SearchRefinement, t, t, grade));
            }
            self.finish(signals, t, out);
            self.open = Some((t, search.results));
            self.counted = false;
            self.told = false;
        }
        self.last = Some(t);
    }

    /// Ends the search under way: another began, a page came, or nothing more was typed.
    pub(crate) fn finish(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let (Some(p), Some((began, results))) = (&signals.search, self.open.take()) else { return };
        self.finished = self.finished.saturating_add(u16::from(!self.counted));
        self.counted = true;
        if results == 0 && !self.told {
            self.told = true;
            let grade = if self.zero == 0 { p.grade_zero } else { p.grade_zero_again };
            self.zero = self.zero.saturating_add(1);
            out.push(Finding::new(SignalKind::ZeroResultSearch, began, t, grade).on(Key::NONE));
        }
    }

    pub(crate) fn tick(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        if let Some(due) = self.next_due(signals).filter(|due| *due <= t) {
            self.finish(signals, due, out);
        }
    }

    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.search.as_ref()?;
        self.open.and(self.last).map(|last| last.plus_ms(i64::from(p.settle_ms)))
    }
}
