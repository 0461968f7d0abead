//! A burst: clicks that belong together, and what they come to.

use super::TIMES;
use crate::event::visit::Click;
use crate::id::Key;
use crate::program::signals::{RadiusFrom, RadiusMetric, RageClick, WindowMode};
use crate::shape::record;
use crate::signal::click::{Clicks, micros, within};
use crate::signal::{Finding, Findings, SignalKind};
use crate::unit::{Micros, Permille};

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

impl Burst {
    pub(super) fn new(id: u16, t: Micros, click: &Click, place: Option<Point>) -> Self {
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

    pub(super) fn last(&self) -> Micros {
        self.times.first().copied().unwrap_or(self.first)
    }

    /// Whether a click belongs to it.
    pub(super) fn continues(
        &self,
        p: &RageClick,
        t: Micros,
        target: Key,
        place: Option<Point>,
    ) -> bool {
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
        let Some(last) = self.place else { return true };
        let (dx, dy) = if p.radius_from == Some(RadiusFrom::BurstBox) {
            let (low, high) = self.grown(now);
            apart(low, high)
        } else {
            apart(last, now)
        };
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

    /// The corners of the box with one more place in it.
    fn grown(&self, now: Point) -> (Point, Point) {
        let (low, high) = (self.low.unwrap_or(now), self.high.unwrap_or(now));
        (
            Point { x: low.x.min(now.x), y: low.y.min(now.y) },
            Point { x: high.x.max(now.x), y: high.y.max(now.y) },
        )
    }

    pub(super) fn add(&mut self, p: &RageClick, t: Micros, place: Option<Point>, hinted: bool) {
        self.times.rotate_right(1);
        if let Some(newest) = self.times.first_mut() {
            *newest = t;
        }
        self.place = place.or(self.place);
        if let Some(now) = place {
            let (low, high) = self.grown(now);
            (self.low, self.high) = (Some(low), Some(high));
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
    pub(super) fn judge(&self, p: &RageClick, clicks: &Clicks) -> Option<Permille> {
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

    pub(super) fn settled(&self) -> Settled {
        let Self { id, target, first, count, grade, vetoed, .. } = *self;
        Settled { id, target, first, last: self.last(), count, grade, open: !vetoed }
    }
}

impl Settled {
    pub(super) fn finding(&self, t: Micros, grade: Permille) -> Finding {
        let mut finding = Finding::new(SignalKind::RageClick, self.first, t, grade).on(self.target);
        finding.count = self.count;
        finding
    }

    /// A verdict on one of its clicks has come meanwhile: it is rage for certain.
    pub(super) fn confirm(
        &mut self,
        p: &RageClick,
        clicks: &Clicks,
        t: Micros,
        out: &mut Findings,
    ) {
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
