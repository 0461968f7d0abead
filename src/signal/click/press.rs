//! One click, and what it makes of what happens around it.

use super::{Finding, Findings, SignalKind, micros, within};
use crate::event::visit::Control;
use crate::id::Key;
use crate::program::Signals;
use crate::program::signals::{Activity, Combine, DeadClick, LateAs, longest};
use crate::shape::{Ring, Set, record, words};
use crate::signal::rage::Chain;
use crate::unit::{Micros, Permille};

words! {
    /// What is known of a click.
    pub enum Fate {
        /// Not a click that can be dead.
        Unjudged = "unjudged",
        /// Nothing happened yet.
        Open = "open",
        /// It was answered, or a verdict became impossible.
        Settled = "settled",
        /// Nothing came of it.
        Dead = "dead",
    }
}

words! {
    /// Circumstances of a click that come to light later.
    pub enum Mark {
        /// A request began and is no answer yet.
        Pending = "pending",
        /// The page changes by itself: mutations are no evidence.
        Noisy = "noisy",
        /// And it did change.
        Mutated = "mutated",
        /// It was judged; later clicks may be part of it.
        Judged = "judged",
        /// The page or the tab was left: it stands for no later click.
        Cancelled = "cancelled",
        /// It may be blamed for errors.
        Blamable = "blamable",
        /// It was blamed for one.
        Failed = "failed",
        /// The page reacted to it.
        Answered = "answered",
    }
}

record! {
    /// A click and what is known of it so far.
    #[derive(Copy)]
    pub struct Press {
        /// Pressed.
        pub down: Micros,
        /// Released.
        pub at: Micros,
        /// On what.
        pub target: Key,
        /// What kind of control that is.
        pub control: Control,
        /// What is known of it.
        pub fate: Fate,
        /// Circumstances.
        pub marks: Set<Mark>,
        /// Clicks it stands for.
        pub count: u8,
        /// The burst it belongs to; 0 for none.
        pub burst: u16,
        /// After how many ms the page reacted to it and no later click.
        pub own_ms: Option<u32>,
        /// Until when an error is its fault, if its life is extended by effects.
        pub life: Micros,
        /// Dead, and not told yet; with the grade of it.
        pub dead: Option<Permille>,
        /// Failed, and not told yet.
        pub error: Option<Permille>,
    }
}

record! {
    /// Something happened that a click still to come may have caused by its press.
    #[derive(Copy)]
    pub struct Early {
        /// When.
        pub at: Micros,
        /// What.
        pub what: Set<Activity>,
    }
}

record! {
    /// A target and a number.
    #[derive(Copy)]
    pub struct Tally {
        /// Which.
        pub target: Key,
        /// How often.
        pub count: u8,
        /// When last.
        pub at: Micros,
    }
}

/// What an activity means for a click.
enum Answer {
    Nothing,
    Slow(i64),
    Dead,
}

impl Press {
    pub(crate) fn settle(&mut self) {
        if self.fate == Fate::Open {
            self.fate = Fate::Settled;
        }
    }

    pub(super) fn due(&self, p: &DeadClick) -> Option<Micros> {
        let decide = p.decide_ms.filter(|_| self.fate == Fate::Open)?;
        let pending = p.pending_ms.filter(|_| self.marks.has(Mark::Pending));
        Some(self.at.plus_ms(i64::from(decide.max(pending.unwrap_or(0)))))
    }

    /// What an activity at `t` means for this click; `passed` if something else was pressed since.
    fn react(&mut self, p: &DeadClick, t: Micros, what: Set<Activity>, passed: bool) -> Answer {
        // Whether it was answered before does not matter: what later clicks are part of must not depend
        // on answers.
        if t >= self.down && what.meets(p.cancel_on) {
            self.marks = self.marks.with(Mark::Cancelled);
        }
        if self.fate != Fate::Open {
            return Answer::Nothing;
        }
        if t < self.down {
            let span = p.before_ms.as_ref().and_then(|spans| longest(spans, what));
            if span.is_some_and(|span| within(self.down.since(t), span, p.before_inclusive)) {
                self.fate = Fate::Settled;
            }
            return Answer::Nothing;
        }
        if what.meets(p.user_alive) {
            self.fate = Fate::Settled;
            return Answer::Nothing;
        }
        let noisy = what.has(Activity::Mutation) && self.marks.has(Mark::Noisy);
        if noisy {
            self.marks = self.marks.with(Mark::Mutated);
        }
        let late = t.since(self.at).0;
        let span = p.alive_ms.as_ref().and_then(|spans| longest(spans, what)).filter(|_| !noisy);
        // What the person types is no late answer of the page, nor is what follows a press elsewhere.
        let by_page = !passed && what.iter().any(|it| it != Activity::Input);
        let seen = what.iter().any(Activity::is_reaction);
        let slowly = |late: i64| if by_page && seen { Answer::Slow(late) } else { Answer::Nothing };
        if let Some(span) = span {
            let alive = if late < 0 {
                p.since_down_ms.is_none_or(|ms| within(t.since(self.down), ms, p.alive_inclusive))
            } else {
                within(Micros(late), span, p.alive_inclusive)
            };
            if alive {
                self.fate = Fate::Settled;
                let slow = p.responsive_ms.is_some_and(|ms| late > micros(ms));
                return if slow { slowly(late) } else { Answer::Nothing };
            }
            // What looks around or away is no late reaction, but it does tell that none came.
            let looks = what.iter().all(Activity::is_looking);
            match p.late_as.filter(|_| late >= 0) {
                Some(LateAs::SlowClick) if !looks => {
                    self.fate = Fate::Settled;
                    return if by_page { Answer::Slow(late) } else { Answer::Nothing };
                }
                Some(LateAs::DeadClick) => return Answer::Dead,
                _ => {}
            }
        }
        // Later than any answer should come, but the page was still waiting for its server.
        let waited = p.pending_ms.filter(|_| self.marks.has(Mark::Pending));
        if late >= 0 && seen && !noisy && waited.is_some_and(|ms| late <= micros(ms)) {
            self.fate = Fate::Settled;
            return slowly(late);
        }
        if what.meets(p.cancel_on) {
            self.fate = Fate::Settled;
        } else if what.has(Activity::RequestStart) && p.pending_ms.is_some() {
            self.marks = self.marks.with(Mark::Pending);
        }
        Answer::Nothing
    }

    /// The page reacted while this was the latest click.
    pub(super) fn own(&mut self, t: Micros, what: Set<Activity>) {
        let noisy = self.marks.has(Mark::Noisy);
        let seen = what.iter().any(|a| a.is_reaction() && !(noisy && a == Activity::Mutation));
        if seen && t >= self.down {
            self.marks = self.marks.with(Mark::Answered);
            let late =
                u32::try_from(t.since(self.at).0.max(0).div_euclid(1000)).unwrap_or(u32::MAX);
            self.own_ms.get_or_insert(late);
        }
    }

    /// Takes in what happened, and what that decides.
    pub(super) fn meet(
        &mut self,
        signals: &Signals,
        dead: &mut Ring<Tally, 4>,
        met: &Early,
        passed: bool,
        chain: &Chain,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.dead_click else { return };
        match self.react(p, met.at, met.what, passed) {
            Answer::Slow(late) if signals.slow_click.is_some() => {
                out.push(slow(self, met.at, late, p, None));
            }
            Answer::Dead => {
                if let Some(finding) = die(dead, self, met.at, p) {
                    self.hold(signals, finding, chain, out);
                }
            }
            Answer::Nothing | Answer::Slow(_) => {}
        }
    }

    /// Tells a label, or holds it back until its burst has settled.
    pub(crate) fn hold(
        &mut self,
        signals: &Signals,
        mut finding: Finding,
        chain: &Chain,
        out: &mut Findings,
    ) {
        if signals.combine == Some(Combine::Burst) && self.burst != 0 {
            if self.burst == chain.open {
                *self.held(finding.kind) = Some(finding.grade);
                return;
            }
            if let Some(onset) = chain.raged(self.burst) {
                finding.at = onset;
                finding.same = true;
            }
        }
        out.push(finding);
    }

    pub(super) fn held(&mut self, kind: SignalKind) -> &mut Option<Permille> {
        if kind == SignalKind::DeadClick { &mut self.dead } else { &mut self.error }
    }

    pub(super) fn tell(&self, kind: SignalKind, t: Micros, grade: Permille, out: &mut Findings) {
        let finding = Finding::new(kind, self.at, t, grade);
        out.push(finding.on(self.target).times(self.count));
    }
}

/// Nothing came of it; told unless another was told just before.
pub(super) fn die(
    dead: &mut Ring<Tally, 4>,
    press: &mut Press,
    t: Micros,
    p: &DeadClick,
) -> Option<Finding> {
    press.fate = Fate::Dead;
    let soon = |ms: u32, at: Micros| press.at.since(at).0.saturating_abs() < micros(ms);
    if p.dedupe_any_ms.is_some_and(|ms| dead.iter().any(|known| soon(ms, known.at))) {
        return None;
    }
    let known = dead.iter_mut().find(|known| known.target == press.target);
    let grade = match (&known, press.control) {
        (Some(_), _) => p.grade_repeated,
        (None, Control::Link) => p.grade_link,
        (None, _) => p.grade,
    };
    match known {
        Some(known) => known.at = press.at,
        None => drop(dead.push(Tally { target: press.target, count: 1, at: press.at })),
    }
    let finding = Finding::new(SignalKind::DeadClick, press.at, t, grade);
    Some(finding.on(press.target).times(press.count))
}

pub(super) fn slow(
    press: &Press,
    t: Micros,
    late: i64,
    p: &DeadClick,
    grade: Option<Permille>,
) -> Finding {
    let longest = micros(p.decide_ms.unwrap_or(u32::MAX).max(1));
    let share = Permille::new(late.saturating_mul(1000) / longest);
    let mut finding = Finding::new(SignalKind::SlowClick, press.at, t, grade.unwrap_or(share))
        .on(press.target)
        .times(press.count);
    // Where only a request was seen, nobody knows when it would have answered.
    finding.response_ms = u32::try_from(late.div_euclid(1000)).ok().filter(|_| grade.is_none());
    finding
}
