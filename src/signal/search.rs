//! Searches that do not get anywhere. Queries typed letter by letter are one search.

use super::click::micros;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::Search;
use crate::id::Key;
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::{Micros, Permille};

/// Opened results remembered of one search.
pub(crate) const OPENED: usize = 8;
/// The same query again: another page of results, or another filter.
const SAME: u8 = 100;

record! {
    /// A search that may still go on being typed.
    #[derive(Copy)]
    pub struct Typed {
        /// When it began.
        pub began: Micros,
        /// How many results it has now.
        pub results: u16,
    }
}

record! {
    /// A result that was opened and left at once.
    #[derive(Copy)]
    pub struct Bounce {
        /// The page.
        pub page: Key,
        /// When it was opened.
        pub opened: Micros,
    }
}

record! {
    /// Searches for one thing.
    #[derive(Copy, Default)]
    pub struct Quest {
        /// When the first of them began.
        pub began: Micros,
        /// How many there were, each in other words.
        pub queries: u16,
        /// How many had no result.
        pub zero: u16,
        /// How many were the one before in other words.
        pub refined: u16,
        /// It was told to be a struggle.
        pub told: bool,
    }
}

record! {
    /// The search under way, the thing looked for, and what became of it.
    #[derive(Default)]
    pub struct Searches {
        /// Under way.
        pub open: Option<Typed>,
        /// When the last query came.
        pub last: Option<Micros>,
        /// And how many results it had.
        pub last_results: u16,
        /// The search was counted; what continues it is still the same search.
        pub counted: bool,
        /// It was told to be empty.
        pub told_empty: bool,
        /// What is looked for.
        pub quest: Quest,
        /// Since when there are results nobody has opened.
        pub unopened: Option<Micros>,
        /// Results opened and left at once.
        pub bounced: Ring<Bounce, OPENED>,
        /// How many of them were told.
        pub told_bounces: u16,
        /// Finished searches.
        pub finished: u16,
    }
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
        let recent = |ms: Option<u32>| {
            self.last.is_some_and(|last| ms.is_none_or(|ms| t.since(last).0 <= micros(ms)))
        };
        let same_need = recent(p.refine_ms);
        if search.extends_prev == Some(true) && recent(p.merge_ms) {
            let began = self.open.map_or(t, |open| open.began);
            self.open = Some(Typed { began, results: search.results });
        } else {
            let alike = search.sim_prev.map(|sim| Permille::new(i64::from(sim) * 10));
            let similar = p.similar_min.is_none_or(|min| alike.is_some_and(|sim| sim >= min.0));
            let again = search.sim_prev == Some(SAME);
            let refines = similar && same_need && !again;
            self.finish(signals, t, out);
            // Other words after nothing was found are for the same need, however different.
            if !(same_need && (similar || self.last_results == 0)) {
                self.quest = Quest { began: t, ..Quest::default() };
            }
            if refines {
                let more = i64::from(self.quest.refined) * p.grade_refine_step.get();
                let grade = Permille::new(p.grade_refine.get().saturating_add(more));
                self.quest.refined = self.quest.refined.saturating_add(1);
                let mut finding = Finding::new(SignalKind::SearchRefinement, t, t, grade);
                finding.count = self.quest.refined;
                out.push(finding);
            }
            if !again || self.quest.queries == 0 {
                self.quest.queries = self.quest.queries.saturating_add(1);
            }
            self.struggle(signals, t, out);
            self.open = Some(Typed { began: t, results: search.results });
            self.counted = false;
            self.told_empty = false;
            self.unopened = None;
            self.bounced.clear();
            self.told_bounces = 0;
        }
        self.last = Some(t);
        self.last_results = search.results;
    }

    fn struggle(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let Some(p) = &signals.struggle else { return };
        if self.quest.queries >= u16::from(p.min_queries) {
            let mut finding = Finding::new(SignalKind::Struggle, self.quest.began, t, p.grade);
            finding.count = self.quest.queries;
            finding.same = core::mem::replace(&mut self.quest.told, true);
            out.push(finding);
        }
    }

    /// An article was read: whoever goes on searching explores.
    pub(crate) fn read(&mut self) {
        self.quest.queries = 0;
        self.quest.told = false;
    }

    /// Ends the search under way: another began, a page came, or nothing more was typed.
    pub(crate) fn finish(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let (Some(p), Some(open)) = (&signals.search, self.open.take()) else { return };
        self.finished = self.finished.saturating_add(u16::from(!self.counted));
        self.counted = true;
        if open.results > 0 {
            self.unopened = self.last;
        } else if !self.told_empty {
            self.told_empty = true;
            self.quest.zero = self.quest.zero.saturating_add(1);
            let grade = if self.quest.zero == 1 { p.grade_zero } else { p.grade_zero_again };
            let mut finding = Finding::new(SignalKind::ZeroResultSearch, open.began, t, grade);
            finding.count = self.quest.zero;
            out.push(finding);
        }
    }

    /// A result was opened, or the results themselves were the answer.
    pub(crate) fn opened(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        self.finish(signals, t, out);
        self.unopened = None;
    }

    /// A result was left at once.
    pub(crate) fn bounce(
        &mut self,
        signals: &Signals,
        t: Micros,
        page: Key,
        opened: Micros,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.pogo else { return };
        if self.bounced.iter().any(|known| known.page == page) {
            return;
        }
        self.bounced.push(Bounce { page, opened });
        let recent =
            self.bounced.iter().filter(|b| opened.since(b.opened).0 <= micros(p.window_ms));
        let count = u16::try_from(recent.clone().count()).unwrap_or(u16::MAX);
        let Some(first) = recent.map(|b| b.opened).min() else { return };
        if count >= u16::from(p.min_results) {
            let mut finding = Finding::new(SignalKind::Pogo, first, t, p.grade);
            finding.count = count;
            finding.same = self.told_bounces > 0;
            self.told_bounces = count;
            out.push(finding);
        }
    }

    /// The page is gone: whether something would have been opened, nobody knows.
    pub(crate) fn end(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        self.finish(signals, t, out);
        self.unopened = None;
    }

    pub(crate) fn tick(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        if let Some(due) = self.settles(signals).filter(|due| *due <= t) {
            self.finish(signals, due, out);
        }
        let Some(p) = &signals.no_click_search else { return };
        if let (Some(since), Some(due)) = (self.unopened, self.ignored(signals))
            && due <= t
        {
            self.unopened = None;
            out.push(Finding::new(SignalKind::NoClickSearch, since, due, p.grade));
        }
    }

    fn settles(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.search.as_ref()?;
        let quiet = p.settle_ms.or(p.merge_ms)?;
        self.open.and(self.last).map(|last| last.plus_ms(i64::from(quiet)))
    }

    fn ignored(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.no_click_search.as_ref()?;
        self.unopened.map(|since| since.plus_ms(i64::from(p.wait_ms)))
    }

    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        self.settles(signals).into_iter().chain(self.ignored(signals)).min()
    }
}
