//! Rage clicks: a burst on one target, reported once, when it has settled.
//!
//! Four clicks that fit in a second, or three when one of them is known to be dead or to have
//! failed: for an engine that interrupts people, precision is worth more than recall.

mod burst;

pub use burst::{Burst, Point, Settled};

use super::Findings;
use super::click::{Clicks, micros, skipped, takes};
use crate::event::visit::{Click, Control, Flag, Hint};
use crate::program::Signals;
use crate::program::signals::{Activity, RageClick, Rearm, Report};
use crate::shape::{Ring, Set, record};
use crate::unit::{Micros, Permille};

/// Times remembered of a burst; the most clicks a policy may ask for.
pub(crate) const TIMES: usize = 8;
/// Bursts remembered after they are over.
const SETTLED: usize = 3;

record! {
    /// The burst under way and those before, which a late verdict may still confirm.
    #[derive(Default)]
    pub struct Rage {
        /// Under way.
        pub open: Option<Burst>,
        /// Before.
        pub settled: Ring<Settled, SETTLED>,
        /// The number of the last one.
        pub last_id: u16,
        /// Bursts in which everything was answered on a control made for repeating.
        pub rapid_use: u16,
    }
}

/// What clicks need to know of the bursts they belong to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Chain {
    /// The burst under way; 0 for none.
    pub(crate) open: u16,
    /// Its clicks are excused from being dead.
    pub(crate) vetoed: bool,
    settled: Ring<Settled, SETTLED>,
}

impl Chain {
    /// When a burst that is over began, if it was rage.
    pub(crate) fn raged(&self, burst: u16) -> Option<Micros> {
        let known = self.settled.iter().find(|known| known.id == burst)?;
        (known.grade > Permille::ZERO).then_some(known.first)
    }
}

impl Rage {
    pub(crate) fn chain(&self) -> Chain {
        Chain {
            open: self.open.map_or(0, |burst| burst.id),
            vetoed: self.open.is_some_and(|burst| burst.excused),
            settled: self.settled,
        }
    }

    /// Takes a click into the burst it belongs to, before the click itself is judged; gives the number
    /// of that burst, 0 for none.
    pub(crate) fn click(
        &mut self,
        signals: &Signals,
        clicks: &mut Clicks,
        t: Micros,
        click: &Click,
        out: &mut Findings,
    ) -> u16 {
        let Some(p) = &signals.rage_click else { return 0 };
        if !counts(p, click) {
            let leaves = self.open.is_some_and(|burst| burst.target != click.target);
            if leaves && p.same_target == Some(true) {
                self.settle(p, clicks, t, out);
            }
            return 0;
        }
        // Told late: what it would have belonged to has gone on without it.
        if self.open.is_some_and(|burst| t < burst.last()) {
            return 0;
        }
        let place = click.x.zip(click.y).map(|(x, y)| Point { x, y });
        if !self.open.is_some_and(|burst| burst.continues(p, t, click.target, place)) {
            self.settle(p, clicks, t, out);
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            let mut burst = Burst::new(self.last_id, t, click, place);
            // What happened between the first press and its release counts.
            let since = clicks.since(burst.first_down, t);
            burst.vetoed = since.meets(p.veto_on);
            burst.excused =
                signals.dead_click.as_ref().is_some_and(|p| since.meets(p.chain_veto_on));
            self.open = Some(burst);
        }
        let hint = click.hint.is_some_and(|hint| hint != Hint::None);
        if let Some(burst) = &mut self.open {
            burst.add(p, t, place, hint || click.control == Some(Control::Switch));
        }
        self.last_id
    }

    /// Reports a burst the moment it is one, if the policy wants that. The click is judged by now.
    pub(crate) fn report(
        &mut self,
        signals: &Signals,
        clicks: &mut Clicks,
        t: Micros,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.rage_click else { return };
        let at_threshold = p.report == Some(Report::AtThreshold);
        let immediate = p.rearm == Some(Rearm::Immediate);
        let Some(burst) = self.open.as_mut().filter(|_| at_threshold || immediate) else { return };
        if burst.grade > Permille::ZERO || !burst.fast_corroborated {
            return;
        }
        let Some(grade) = burst.judge(p, clicks).filter(|grade| *grade > Permille::ZERO) else {
            return;
        };
        if immediate {
            self.settle(p, clicks, t, out);
        } else {
            burst.grade = grade;
            out.push(burst.settled().finding(t, grade));
        }
    }

    /// The person or the page did something else meanwhile.
    pub(crate) fn activity(&mut self, signals: &Signals, t: Micros, what: Set<Activity>) {
        let Some(p) = &signals.rage_click else { return };
        let Some(burst) = self.open.as_mut().filter(|burst| burst.first_down <= t) else { return };
        burst.vetoed |= what.meets(p.veto_on);
        burst.excused |= signals.dead_click.as_ref().is_some_and(|p| what.meets(p.chain_veto_on));
        if what.meets(p.reset_on) {
            self.open = None;
        }
    }

    /// Settles what is due by `t`, and looks again at what has settled.
    pub(crate) fn tick(
        &mut self,
        signals: &Signals,
        clicks: &mut Clicks,
        t: Micros,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.rage_click else { return };
        if let Some(due) = self.next_due(signals).filter(|due| *due <= t) {
            self.settle(p, clicks, due, out);
        }
        if let Some(burst) = self.open.as_mut().filter(|burst| burst.grade > Permille::ZERO) {
            let mut told = burst.settled();
            told.confirm(p, clicks, t, out);
            burst.grade = told.grade;
        }
        // A verdict on one of its clicks may fall as late as a request or an error may take.
        let dead = signals.dead_click.as_ref().map(|p| [p.decide_ms, p.pending_ms]);
        let error = signals.error_click.as_ref().map(|p| [p.window_ms, p.max_ms]);
        let waits = dead.into_iter().chain(error).flatten().flatten();
        let longest = micros(waits.max().unwrap_or(0));
        for burst in self.settled.iter_mut().filter(|burst| burst.open) {
            burst.open = t.since(burst.last).0 <= longest;
            burst.confirm(p, clicks, t, out);
        }
    }

    /// When the burst under way has settled.
    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.rage_click.as_ref()?;
        let quiet = p.settle_ms.or(p.chain_gap_ms).or(p.window_ms)?;
        self.open.map(|burst| burst.last().plus_ms(i64::from(quiet)))
    }

    /// The target, the page or the tab was left.
    pub(crate) fn leave(
        &mut self,
        signals: &Signals,
        clicks: &mut Clicks,
        t: Micros,
        out: &mut Findings,
    ) {
        if let Some(p) = &signals.rage_click {
            self.settle(p, clicks, t, out);
        }
    }

    /// Ends the burst under way.
    fn settle(&mut self, p: &RageClick, clicks: &mut Clicks, t: Micros, out: &mut Findings) {
        let Some(mut burst) = self.open.take() else { return };
        let judged = burst.judge(p, clicks);
        if judged.is_none() && burst.fast_corroborated && !burst.vetoed {
            self.rapid_use = self.rapid_use.saturating_add(1);
        }
        let grade = judged.unwrap_or(Permille::ZERO);
        if burst.grade == Permille::ZERO && grade > Permille::ZERO {
            out.push(burst.settled().finding(t, grade));
            burst.grade = grade;
        }
        clicks.release(burst.id, (burst.grade > Permille::ZERO).then_some(burst.first), t, out);
        // What a veto or an answer has cleared stays cleared.
        if judged.is_some() {
            self.settled.push(burst.settled());
        }
    }
}

/// Whether a click can be one of a burst.
fn counts(p: &RageClick, click: &Click) -> bool {
    let skipped = skipped(&[
        (p.honour_opt_out, Flag::OptOutRage),
        (p.skip_modifiers, Flag::Modifier),
        (p.skip_untrusted, Flag::Untrusted),
        (Some(true), Flag::NonPrimary),
    ]);
    takes(click, skipped, p.controls_only, p.controls_skip, p.hints_skip)
}
