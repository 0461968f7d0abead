//! Clicks and what became of them: dead and slow clicks.
//!
//! Effects count from the *press*, because pages react on pointerdown, and a request under way is
//! not an answer: at best the click was slow. What is decided about one click never depends on how
//! another one was answered, so an effect can excuse clicks and never make one dead.

mod press;

pub use press::{Early, Fate, Mark, Press, Tally};
use press::{die, slow};

use super::rage::Chain;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Click, Control, Flag, Hint};
use crate::id::Key;
use crate::program::Signals;
use crate::program::signals::{Activity, DeadClick};
use crate::shape::{Ring, Set, record};
use crate::unit::{Micros, Permille};

/// Clicks remembered; an older one that is still undecided is dropped and counted.
pub(crate) const CLICKS: usize = 8;
/// Activities remembered for a click that is still to come.
const EARLY: usize = 6;
/// Slots the noise guard can look back.
pub(crate) const SLOTS: usize = 4;
/// Changes of the document remembered: two for each slot.
const CHANGES: usize = 2 * SLOTS;

record! {
    /// The last clicks, and what happened around them.
    #[derive(Default)]
    pub struct Clicks {
        /// Oldest first.
        pub ring: Ring<Press, CLICKS>,
        /// Dead ones of this page view.
        pub dead: Ring<Tally, 4>,
        /// When each activity happened last.
        pub last: [Micros; Activity::ALL.len()],
        /// Those that have happened.
        pub happened: Set<Activity>,
        /// What happened lately.
        pub early: Ring<Early, EARLY>,
        /// When the document changed lately, at most once in half a slot of the noise guard.
        pub changes: Ring<Micros, CHANGES>,
        /// Clicks on controls that are switched off.
        pub disabled: u16,
        /// Clicks only a noisy page could have answered.
        pub unknown: u16,
        /// Undecided clicks that made room for later ones.
        pub dropped: u16,
    }
}

impl Clicks {
    pub(crate) fn click(
        &mut self,
        signals: &Signals,
        t: Micros,
        click: &Click,
        burst: u16,
        chain: &Chain,
        out: &mut Findings,
    ) {
        let control = click.control.unwrap_or(Control::Other);
        if control == Control::Disabled {
            self.disabled = self.disabled.saturating_add(1);
        }
        let down = click.down_t.unwrap_or(t).min(t);
        let dead = signals.dead_click.as_ref();
        for open in self.ring.iter_mut().filter(|press| press.target != click.target) {
            if dead.is_some_and(|p| p.cancel_on_other_action == Some(true)) {
                open.settle();
            }
        }
        let judged = dead.is_some_and(|p| !chain.vetoed && self.judges(p, t, down, click));
        let mut press = Press {
            down,
            at: t,
            target: click.target,
            control,
            fate: if judged { Fate::Open } else { Fate::Unjudged },
            marks: Set::default(),
            count: 1,
            burst,
            own_ms: None,
            life: t,
            dead: None,
            error: None,
        };
        if super::error::blames(signals, click) {
            press.marks = press.marks.with(Mark::Blamable);
        }
        if dead.is_some_and(|p| self.noisy(p, down)) {
            press.marks = press.marks.with(Mark::Noisy);
        }
        // Where nobody looked, silence proves nothing: what is made for repeating was repeated.
        let hinted = click.hint.is_some_and(|hint| hint != Hint::None);
        if click.flags.has(Flag::Unwatched) && hinted {
            press.own_ms = Some(0);
        }
        if judged {
            press.marks = press.marks.with(Mark::Judged);
        }
        // The last few, and the latest of each kind: however much happens during a long press, what has
        // happened is not forgotten.
        let (early, happened, last) = (self.early, self.happened, self.last);
        let latest = latest(happened, &last).filter(|(_, at)| *at >= down);
        let latest = latest.map(|(activity, at)| Early { at, what: Set::default().with(activity) });
        for met in early.iter().copied().chain(latest) {
            press.own(met.at, met.what);
            press.meet(signals, &mut self.dead, &met, false, chain, out);
        }
        if let Some(old) = self.ring.push(press) {
            self.dropped = self.dropped.saturating_add(u16::from(old.fate == Fate::Open));
            for (kind, held) in
                [(SignalKind::DeadClick, old.dead), (SignalKind::ErrorClick, old.error)]
            {
                held.into_iter().for_each(|grade| old.tell(kind, t, grade, out));
            }
        }
    }

    /// Whether a click is one that can be dead.
    fn judges(&mut self, p: &DeadClick, t: Micros, down: Micros, click: &Click) -> bool {
        let skipped = skipped(&[
            (p.honour_opt_out, Flag::OptOutDead),
            (p.skip_modifiers, Flag::Modifier),
            (p.skip_untrusted, Flag::Untrusted),
            (p.primary_button_only, Flag::NonPrimary),
            (Some(true), Flag::Unwatched),
        ]);
        if !takes(click, skipped, p.controls_only, p.controls_skip, p.hints_skip) {
            return false;
        }
        let soon = |at: Micros, ms: Option<u32>| ms.is_some_and(|ms| t.since(at).0 < micros(ms));
        // A click before the page was left stands for none after.
        let judged =
            |press: &Press| press.marks.has(Mark::Judged) && !press.marks.has(Mark::Cancelled);
        let mut same = self
            .ring
            .iter_mut()
            .rev()
            .filter(|press| judged(press) && press.target == click.target);
        if let Some(press) = same.next().filter(|press| soon(press.at, p.dedupe_target_ms)) {
            press.count = press.count.saturating_add(1);
            return false;
        }
        let Some(before) = &p.before_ms else { return true };
        !latest(self.happened, &self.last).any(|(activity, last)| {
            let span = before.of(activity).filter(|_| last <= t);
            span.is_some_and(|span| within(down.since(last), span, p.before_inclusive))
        })
    }

    /// Whether the page was changing by itself before a press.
    fn noisy(&self, p: &DeadClick, down: Micros) -> bool {
        let Some(noise) = &p.noise else { return false };
        let slot = micros(noise.slot_ms).max(1);
        let span = slot.saturating_mul(i64::from(noise.of));
        // What followed another click is an answer to that, and within a burst nobody can tell.
        if let Some(before) = self.ring.back(0).filter(|before| down.since(before.at).0 < span) {
            return before.marks.has(Mark::Noisy);
        }
        let mut slots = 0u64;
        for at in self.changes.iter() {
            let ago = down.since(*at).0;
            if ago > 0 && ago <= span {
                slots |= 1 << ((ago - 1) / slot).min(63);
            }
        }
        slots.count_ones() >= u32::from(noise.slots)
    }

    /// Something happened on the page.
    pub(crate) fn activity(
        &mut self,
        signals: &Signals,
        t: Micros,
        what: Set<Activity>,
        chain: &Chain,
        out: &mut Findings,
    ) {
        self.early.push(Early { at: t, what });
        for (activity, last) in Activity::ALL.iter().zip(&mut self.last) {
            if what.has(*activity) {
                *last = if self.happened.has(*activity) { (*last).max(t) } else { t };
                self.happened = self.happened.with(*activity);
            }
        }
        if let Some(noise) = signals.dead_click.as_ref().and_then(|p| p.noise.as_ref()) {
            let half = micros(noise.slot_ms) / 2;
            let fresh = self.changes.back(0).is_none_or(|last| t.since(*last).0 >= half);
            if what.has(Activity::Mutation) && fresh {
                self.changes.push(t);
            }
        }
        super::error::prolong(signals, self, t, what);
        if let Some(press) = self.ring.iter_mut().rev().find(|press| press.down <= t) {
            press.own(t, what);
        }
        let Some(p) = &signals.dead_click else { return };
        let now = Early { at: t, what };
        let excused = (what.meets(p.chain_veto_on) && chain.open != 0).then_some(chain.open);
        let latest = self.ring.back(0).map(|press| (press.at, press.down, press.target));
        for press in self.ring.iter_mut() {
            let last = latest.is_some_and(|(at, ..)| at == press.at);
            let passed = latest.is_some_and(|(_, down, on)| down <= t && on != press.target);
            let by_person = what.meets(p.user_alive) && last && press.down <= t;
            if excused == Some(press.burst) {
                press.settle();
            }
            // Dead and not told yet: it never was.
            if (by_person || excused == Some(press.burst)) && press.dead.take().is_some() {
                press.fate = Fate::Settled;
            }
            press.meet(signals, &mut self.dead, &now, passed, chain, out);
        }
    }

    /// The activities between two times, as far as they are remembered.
    pub(crate) fn since(&self, from: Micros, to: Micros) -> Set<Activity> {
        let latest = latest(self.happened, &self.last).filter(|(_, at)| (from..=to).contains(at));
        latest.map(|(activity, _)| activity).collect()
    }

    /// Another page came: what was dead on the last one says nothing about this.
    pub(crate) fn turn_page(&mut self) {
        self.dead.clear();
    }

    /// Decides what is due by `t`.
    pub(crate) fn tick(&mut self, signals: &Signals, t: Micros, chain: &Chain, out: &mut Findings) {
        let Some(p) = &signals.dead_click else { return };
        for press in self.ring.iter_mut() {
            let Some(due) = press.due(p).filter(|due| *due <= t) else { continue };
            if press.marks.has(Mark::Pending) {
                press.fate = Fate::Settled;
                if let Some(s) = &signals.slow_click {
                    let late = due.since(press.at).0;
                    out.push(slow(press, due, late, p, Some(s.grade_pending)));
                }
            } else if press.marks.has(Mark::Noisy) && press.marks.has(Mark::Mutated) {
                press.fate = Fate::Settled;
                self.unknown = self.unknown.saturating_add(1);
            } else if let Some(finding) = die(&mut self.dead, press, due, p) {
                press.hold(signals, finding, chain, out);
            }
        }
    }

    /// When the next verdict falls.
    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.dead_click.as_ref()?;
        self.ring.iter().filter_map(|press| press.due(p)).min()
    }

    /// A burst has settled: what was held back is told, at its onset if it was rage.
    pub(crate) fn release(
        &mut self,
        burst: u16,
        raged: Option<Micros>,
        t: Micros,
        out: &mut Findings,
    ) {
        for kind in [SignalKind::DeadClick, SignalKind::ErrorClick] {
            let mut whole: Option<Finding> = None;
            for press in self.ring.iter_mut().filter(|press| press.burst == burst) {
                let Some(grade) = press.held(kind).take() else { continue };
                let Some(onset) = raged else {
                    press.tell(kind, t, grade, out);
                    continue;
                };
                let found = whole.get_or_insert(
                    Finding::new(kind, onset, t, Permille::ZERO).on(press.target).times(0),
                );
                found.grade = found.grade.max(grade);
                found.count = found.count.saturating_add(u16::from(press.count));
            }
            whole.into_iter().for_each(|finding| out.push(finding));
        }
    }

    /// Whether a click of a burst is known to be dead or to have failed.
    pub(crate) fn corroborates(&self, burst: u16) -> bool {
        self.ring.iter().any(|press| {
            press.burst == burst && (press.fate == Fate::Dead || press.marks.has(Mark::Failed))
        })
    }

    /// The latest click, if the page reacted to it: on what, and when.
    pub(crate) fn last_answered(&self) -> Option<(Key, Micros)> {
        let press = self.ring.back(0).filter(|press| press.marks.has(Mark::Answered))?;
        Some((press.target, press.at))
    }

    /// Whether every click of a burst was answered within `ms`, each by a reaction of its own.
    pub(crate) fn answered(&self, burst: u16, ms: u32) -> bool {
        let mut burst = self.ring.iter().filter(|press| press.burst == burst);
        burst.all(|press| press.own_ms.is_some_and(|own| own <= ms))
    }
}

/// The activities that have happened, and when each did last.
fn latest(
    happened: Set<Activity>,
    last: &[Micros; Activity::ALL.len()],
) -> impl Iterator<Item = (Activity, Micros)> + '_ {
    let all = Activity::ALL.iter().copied().zip(last.iter().copied());
    all.filter(move |(activity, _)| happened.has(*activity))
}

/// The flags that a policy wants skipped.
pub(crate) fn skipped(wanted: &[(Option<bool>, Flag)]) -> Set<Flag> {
    wanted.iter().filter(|(on, _)| *on == Some(true)).map(|(_, flag)| *flag).collect()
}

/// Whether a detector takes a click, by its circumstances, its control and what that is made for.
pub(crate) fn takes(
    click: &Click,
    skipped: Set<Flag>,
    only: Option<Set<Control>>,
    skip: Set<Control>,
    hints: Set<Hint>,
) -> bool {
    let control = click.control.unwrap_or(Control::Other);
    !click.flags.meets(skipped)
        && only.is_none_or(|only| only.has(control))
        && !skip.has(control)
        && !click.hint.is_some_and(|hint| hints.has(hint))
}

/// Whether a span lies within a limit; at the very end only if that is included.
pub(crate) fn within(span: Micros, ms: u32, inclusive: Option<bool>) -> bool {
    let limit = micros(ms);
    span.0 < limit || span.0 == limit && inclusive == Some(true)
}

/// Milliseconds of a parameter in the core's unit.
pub(crate) fn micros(ms: u32) -> i64 {
    i64::from(ms).saturating_mul(1000)
}
