//! Rage clicks: a burst on one target, reported once, when it has settled.
//!
//! Four clicks that fit in a second, or three when one of them is known to be dead or to have
//! failed: for an engine that interrupts people, precision is worth more than recall.

use super::click::{Clicks, micros, within};
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Click, Control, Flag, Hint};
use crate::id::Key;
use crate::program::Signals;
use crate::program::signals::{
    Activity, RadiusFrom, RadiusMetric, RageClick, Rearm, Report, WindowMode,
};
use crate::shape::{Ring, Set, record};
use crate::unit::{Micros, Permille};

/// Times remembered of a burst; the most clicks a policy may ask for.
pub(crate) const TIMES: usize = 8;
/// Bursts remembered after they are over.
const SETTLED: usize = 3;

record! {
    /// A place on the page, in CSS pixels.
    #[derive(Copy)]
    pub struct Point {
        /// Across.
        pub x: i32,
        /// Down.
        pub y: i32,
    }
}

record! {
    /// Clicks that belong together.
    #[derive(Copy)]
    pub struct Burst {
        /// Which; never 0.
        pub id: u16,
        /// On what.
        pub target: Key,
        /// The first click.
        pub first: Micros,
        /// Its press.
        pub first_down: Micros,
        /// The place of the last one.
        pub place: Option<Point>,
        /// The corners of the box around all of them.
        pub low: Option<Point>,
        /// And the opposite ones.
        pub high: Option<Point>,
        /// The last clicks, newest first.
        pub times: [Micros; TIMES],
        /// How many.
        pub count: u16,
        /// Enough of them in time.
        pub fast: bool,
        /// Enough of them if one is dead or failed.
        pub fast_corroborated: bool,
        /// Something happened that rage is not like.
        pub vetoed: bool,
        /// Something happened that excuses every click of it from being dead.
        pub excused: bool,
        /// On controls made for repeating, all of them.
        pub hinted: bool,
        /// As what it was reported; 0 when it was not.
        pub grade: Permille,
    }
}

record! {
    /// A burst that is over, and that a late verdict on one of its clicks may still confirm.
    #[derive(Copy)]
    pub struct Settled {
        /// Which.
        pub id: u16,
        /// On what.
        pub target: Key,
        /// The first click.
        pub first: Micros,
        /// The last one.
        pub last: Micros,
        /// How many.
        pub count: u16,
        /// As what it was reported; 0 when it was not.
        pub grade: Permille,
        /// A verdict may still make it rage.
        pub open: bool,
    }
}

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
    let control = click.control.unwrap_or(Control::Other);
    let flag = |on: Option<bool>, flag| on == Some(true) && click.flags.has(flag);
    !(click.flags.has(Flag::NonPrimary)
        || flag(p.honour_opt_out, Flag::OptOutRage)
        || flag(p.skip_modifiers, Flag::Modifier)
        || flag(p.skip_untrusted, Flag::Untrusted)
        || p.controls_skip.has(control)
        || p.controls_only.is_some_and(|only| !only.has(control))
        || click.hint.is_some_and(|hint| p.hints_skip.has(hint)))
}

impl Burst {
    fn new(id: u16, t: Micros, click: &Click, place: Option<Point>) -> Self {
        Self {
            id,
            target: click.target,
            first: t,
            first_down: click.down_t.unwrap_or(t).min(t),
            place,
            low: place,
            high: place,
            times: [t; TIMES],
            count: 0,
            fast: false,
            fast_corroborated: false,
            vetoed: false,
            excused: false,
            hinted: true,
            grade: Permille::ZERO,
        }
    }

    fn last(&self) -> Micros {
        self.times.first().copied().unwrap_or(self.first)
    }

    /// Whether a click belongs to it.
    fn continues(&self, p: &RageClick, t: Micros, target: Key, place: Option<Point>) -> bool {
        let gap = t.since(self.last());
        // Without a place (the keyboard) only the target tells what belongs together.
        let same = (p.same_target == Some(true) || place.is_none() || self.place.is_none())
            .then_some(self.target);
        let by_gap = p.window_ms.filter(|_| p.window_mode == Some(WindowMode::Gap));
        let broken = p.break_span == Some(true)
            && p.window_ms.zip(p.min_clicks).is_some_and(|(window, clicks)| {
                let back = usize::from(self.count).min(usize::from(clicks).saturating_sub(1));
                let then = self.times.get(back.saturating_sub(1)).copied();
                then.is_some_and(|then| !within(t.since(then), window, p.window_inclusive))
            });
        same.is_none_or(|same| same == target)
            && p.chain_gap_ms.is_none_or(|limit| gap.0 < micros(limit))
            && by_gap.is_none_or(|window| within(gap, window, p.window_inclusive))
            && !broken
            && self.near(p, place)
    }

    /// Whether a place is within the radius; a click without one is near everything.
    fn near(&self, p: &RageClick, place: Option<Point>) -> bool {
        let (Some(radius), Some(now)) = (p.radius_px, place) else { return true };
        let far = match (p.radius_from, self.place, self.low.zip(self.high)) {
            (Some(RadiusFrom::BurstBox), _, Some((low, high))) => apart(
                Point { x: low.x.min(now.x), y: low.y.min(now.y) },
                Point { x: high.x.max(now.x), y: high.y.max(now.y) },
            ),
            (_, Some(last), _) => apart(last, now),
            _ => return true,
        };
        let (dx, dy) = far;
        let (size, limit) = match p.radius_metric.unwrap_or(RadiusMetric::Euclid) {
            RadiusMetric::Euclid => (
                dx.saturating_mul(dx).saturating_add(dy.saturating_mul(dy)),
                i64::from(radius) * i64::from(radius),
            ),
            RadiusMetric::Manhattan => (dx.saturating_add(dy), i64::from(radius)),
            RadiusMetric::Chebyshev => (dx.max(dy), i64::from(radius)),
        };
        size < limit || size == limit && p.radius_inclusive == Some(true)
    }

    fn add(&mut self, p: &RageClick, t: Micros, place: Option<Point>, hinted: bool) {
        self.times.rotate_right(1);
        if let Some(newest) = self.times.first_mut() {
            *newest = t;
        }
        self.place = place.or(self.place);
        if let Some(now) = place {
            let low = self.low.unwrap_or(now);
            let high = self.high.unwrap_or(now);
            self.low = Some(Point { x: low.x.min(now.x), y: low.y.min(now.y) });
            self.high = Some(Point { x: high.x.max(now.x), y: high.y.max(now.y) });
        }
        self.count = self.count.saturating_add(1);
        self.hinted &= hinted;
        self.fast |= self.fits(p, p.min_clicks);
        self.fast_corroborated |= self.fast || self.fits(p, p.min_clicks_corroborated);
    }

    /// Whether the last `clicks` are rage by their times.
    fn fits(&self, p: &RageClick, clicks: Option<u8>) -> bool {
        let Some(clicks) = clicks.filter(|clicks| self.count >= u16::from(*clicks)) else {
            return false;
        };
        let back = usize::from(clicks).saturating_sub(1);
        let Some(then) = self.times.get(back).copied() else { return false };
        let by_span = p.window_mode != Some(WindowMode::Gap);
        let window = p.window_ms.filter(|_| by_span);
        window.is_none_or(|ms| within(self.last().since(then), ms, p.window_inclusive))
    }

    /// Its grade: 0 when only a verdict still to come can make it rage, none when it is not.
    fn judge(&self, p: &RageClick, clicks: &Clicks) -> Option<Permille> {
        if self.vetoed || !self.fast_corroborated {
            return None;
        }
        let sure = clicks.corroborates(self.id);
        let answered = p.answered_ms.is_some_and(|ms| clicks.answered(self.id, ms));
        if answered && self.hinted && !sure {
            return None;
        }
        Some(match (sure, self.fast, answered) {
            (true, _, _) => p.grade_corroborated,
            (false, true, true) => p.grade_answered,
            (false, true, false) => p.grade_mixed,
            (false, false, _) => Permille::ZERO,
        })
    }

    fn settled(&self) -> Settled {
        let Self { id, target, first, count, grade, vetoed, .. } = *self;
        Settled { id, target, first, last: self.last(), count, grade, open: !vetoed }
    }
}

impl Settled {
    fn finding(&self, t: Micros, grade: Permille) -> Finding {
        let mut finding = Finding::new(SignalKind::RageClick, self.first, t, grade).on(self.target);
        finding.count = self.count;
        finding
    }

    /// A verdict on one of its clicks has come meanwhile: it is rage for certain.
    fn confirm(&mut self, p: &RageClick, clicks: &Clicks, t: Micros, out: &mut Findings) {
        if self.open && self.grade < p.grade_corroborated && clicks.corroborates(self.id) {
            let mut finding = self.finding(t, p.grade_corroborated);
            finding.same = self.grade > Permille::ZERO;
            out.push(finding);
            self.grade = p.grade_corroborated;
        }
    }
}

fn apart(a: Point, b: Point) -> (i64, i64) {
    (i64::from(a.x).abs_diff(i64::from(b.x)) as i64, i64::from(a.y).abs_diff(i64::from(b.y)) as i64)
}
