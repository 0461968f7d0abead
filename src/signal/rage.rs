//! Rage clicks: a burst on one target, reported once, when it has settled.
//!
//! Four clicks that fit in a second, or three when one of them is known to be dead or to have
//! failed: for an engine that interrupts people, precision is worth more than recall.

use super::click::Clicks;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Click, Control, Flag, Hint};
use crate::id::Key;
use crate::program::Signals;
use crate::program::signals::RageClick;
use crate::unit::{Micros, Permille};

/// Times remembered of a burst; more than any policy may ask for.
const TIMES: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Burst {
    target: Key,
    first: Micros,
    first_down: Micros,
    last: Micros,
    place: Option<(i32, i32)>,
    times: [Micros; TIMES],
    count: usize,
    fast: bool,
    fast_corroborated: bool,
    spoilt: bool,
    hinted: bool,
}

/// The burst under way and the one before, which a late verdict may still confirm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rage {
    open: Option<Burst>,
    settled: Option<(Burst, Permille)>,
    /// Bursts in which everything was answered on a control made for repeating.
    pub(crate) rapid_use: u16,
}

impl Rage {
    pub(crate) fn click(
        &mut self,
        signals: &Signals,
        clicks: &Clicks,
        t: Micros,
        click: &Click,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.rage_click else { return };
        let control = click.control.unwrap_or(Control::Other);
        let counted = !click.flags.has(Flag::Modifier)
            && !click.flags.has(Flag::NonPrimary)
            && !click.flags.has(Flag::Untrusted)
            && !click.flags.has(Flag::OptOutRage)
            && !p.controls_skip.contains(&control);
        let place = click.x.zip(click.y);
        let goes_on = self.open.as_ref().is_some_and(|burst| {
            counted
                && burst.target == click.target
                && t.since(burst.last).ms() < i64::from(p.chain_gap_ms)
                && near(burst.place, place, p.radius_px)
        });
        if !goes_on {
            self.settle(p, clicks, t, out);
            if counted {
                self.open = Some(Burst {
                    target: click.target,
                    first: t,
                    first_down: click.down_t.unwrap_or(t),
                    last: t,
                    place,
                    times: [t; TIMES],
                    count: 0,
                    fast: false,
                    fast_corroborated: false,
                    spoilt: false,
                    hinted: false,
                });
            }
        }
        if let Some(burst) = self.open.as_mut().filter(|_| counted) {
            burst.last = t;
            burst.place = place;
            burst.hinted |= click.hint.is_some_and(|hint| hint != Hint::None);
            burst.times.rotate_right(1);
            if let Some(newest) = burst.times.first_mut() {
                *newest = t;
            }
            burst.count += 1;
            burst.fast |= burst.fits(p.min_clicks, p.window_ms);
            burst.fast_corroborated |= burst.fits(p.min_clicks_corroborated, p.window_ms);
        }
    }

    /// The person selected or scrolled: this is not a burst of rage.
    pub(crate) fn spoil(&mut self, t: Micros) {
        if let Some(burst) = self.open.as_mut().filter(|burst| burst.first_down <= t) {
            burst.spoilt = true;
        }
    }

    /// Settles what is due by `t`, and looks again at what has settled.
    pub(crate) fn tick(
        &mut self,
        signals: &Signals,
        clicks: &Clicks,
        t: Micros,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.rage_click else { return };
        if let Some(due) = self.next_due(signals).filter(|due| *due <= t) {
            self.settle(p, clicks, due, out);
        }
        // A verdict on one of its clicks may fall as late as a request may take.
        let longest = signals.dead_click.as_ref().map_or(0, |p| i64::from(p.pending_ms));
        self.settled = self.settled.filter(|(burst, _)| t.since(burst.last).ms() <= longest);
        if let Some((burst, grade)) = self.settled {
            let sure = clicks.corroborates(burst.target, burst.first, burst.last);
            if sure && grade < p.grade_corroborated {
                let mut finding =
                    Finding::new(SignalKind::RageClick, burst.first, t, p.grade_corroborated)
                        .on(burst.target);
                finding.same = grade > Permille::ZERO;
                out.push(finding);
                self.settled = Some((burst, p.grade_corroborated));
            }
        }
    }

    /// When the burst under way has settled.
    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.rage_click.as_ref()?;
        self.open.as_ref().map(|burst| burst.last.plus_ms(i64::from(p.chain_gap_ms)))
    }

    /// Ends the burst under way, at the latest when the page goes.
    pub(crate) fn settle(&mut self, p: &RageClick, clicks: &Clicks, t: Micros, out: &mut Findings) {
        let Some(burst) = self.open.take() else { return };
        if burst.spoilt || !burst.fast_corroborated {
            return;
        }
        let sure = clicks.corroborates(burst.target, burst.first, burst.last);
        let answered = clicks.answered(burst.target, burst.first, burst.last, p.answered_ms);
        if answered && burst.hinted {
            self.rapid_use = self.rapid_use.saturating_add(1);
            return;
        }
        let grade = match (sure, burst.fast, answered) {
            (true, _, _) => p.grade_corroborated,
            (false, true, true) => p.grade_answered,
            (false, true, false) => p.grade_mixed,
            // Three clicks: nothing unless a verdict still to come corroborates them.
            (false, false, _) => Permille::ZERO,
        };
        if grade > Permille::ZERO {
            out.push(Finding::new(SignalKind::RageClick, burst.first, t, grade).on(burst.target));
        }
        self.settled = Some((burst, grade));
    }
}

impl Burst {
    /// Whether the last `clicks` fit in a span of `window_ms`, ends included.
    fn fits(&self, clicks: u8, window_ms: u32) -> bool {
        let back = usize::from(clicks).saturating_sub(1);
        self.count > back
            && self
                .times
                .get(back)
                .is_some_and(|then| self.last.since(*then).ms() <= i64::from(window_ms))
    }
}

/// Within the radius; a click without a place (the keyboard) is near everything.
fn near(a: Option<(i32, i32)>, b: Option<(i32, i32)>, radius: u16) -> bool {
    let (Some((ax, ay)), Some((bx, by))) = (a, b) else { return true };
    let (dx, dy) = (i64::from(ax) - i64::from(bx), i64::from(ay) - i64::from(by));
    dx * dx + dy * dy <= i64::from(radius) * i64::from(radius)
}
