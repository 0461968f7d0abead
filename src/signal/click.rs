//! Clicks and what became of them: dead, slow and error clicks.
//!
//! Effects count from the *press*, because pages react on pointerdown, and a request under way is
//! not an answer: at best the click was slow.

use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Cause, Click, Control, Failure, Flag};
use crate::id::Key;
use crate::program::Signals;
use crate::program::signals::DeadClick;
use crate::unit::{Micros, Permille};

/// Clicks remembered; an older one that is still undecided is dropped.
const RING: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Not a click that can be dead.
    Unjudged,
    /// Nothing happened yet.
    Open,
    /// A request began; nothing else happened yet.
    Pending,
    /// The page reacted, or the verdict became impossible.
    Settled,
    Dead,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Press {
    pub(crate) down: Micros,
    pub(crate) at: Micros,
    pub(crate) target: Key,
    control: Control,
    verdict: Verdict,
    pub(crate) effect: Option<Micros>,
    failed: bool,
    opt_out_error: bool,
}

/// Effects remembered for a click that is still to come.
const EARLY: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fingerprint {
    place: Key,
    at: Micros,
    /// A click was to blame: it is no noise for the next one.
    blamed: bool,
}

/// The last clicks, and who was dead or failing before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clicks {
    ring: [Option<Press>; RING],
    next: usize,
    woken: Option<Micros>,
    last_dead: Option<(Key, Micros)>,
    /// What happened since the last press: pages react on pointerdown, before there is a click.
    early: [Option<(Micros, Cause)>; EARLY],
    next_early: usize,
    fingerprints: [Option<Fingerprint>; RING],
    next_fingerprint: usize,
    troubled: [Option<(Key, u8)>; RING],
    next_troubled: usize,
}

impl Clicks {
    pub(crate) fn click(&mut self, signals: &Signals, t: Micros, click: &Click) {
        let control = click.control.unwrap_or(Control::Other);
        let deliberate = !click.flags.has(Flag::Modifier)
            && !click.flags.has(Flag::NonPrimary)
            && !click.flags.has(Flag::Untrusted);
        let down = click.down_t.unwrap_or(t);
        let judged = signals.dead_click.as_ref().is_some_and(|p| {
            deliberate
                && !click.flags.has(Flag::OptOutDead)
                && p.controls_only.contains(&control)
                && self.woken.is_none_or(|woken| down.since(woken).ms() > i64::from(p.wake_ms))
        });
        let mut press = Press {
            down,
            at: t,
            target: click.target,
            control,
            verdict: if judged { Verdict::Open } else { Verdict::Unjudged },
            effect: None,
            failed: false,
            opt_out_error: click.flags.has(Flag::OptOutError) || !deliberate,
        };
        for (at, cause) in self.early.iter_mut().filter_map(Option::take) {
            if at >= down {
                press.react(at, cause);
            }
        }
        if let Some(slot) = self.ring.get_mut(self.next) {
            *slot = Some(press);
        }
        self.next = (self.next + 1) % RING;
    }

    pub(crate) fn presses(&self) -> impl Iterator<Item = &Press> {
        self.ring.iter().flatten()
    }

    /// The page reacted.
    pub(crate) fn effect(
        &mut self,
        signals: &Signals,
        t: Micros,
        cause: Cause,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.dead_click else { return };
        if let Some(slot) = self.early.get_mut(self.next_early) {
            *slot = Some((t, cause));
        }
        self.next_early = (self.next_early + 1) % EARLY;
        for press in self.ring.iter_mut().flatten().filter(|press| press.down <= t) {
            let waiting = matches!(press.verdict, Verdict::Open | Verdict::Pending);
            press.react(t, cause);
            let late = t.since(press.at).ms();
            let settled = waiting && press.verdict == Verdict::Settled;
            if settled && late > i64::from(p.responsive_ms) {
                out.push(slow(press, t, late, p));
            }
        }
    }

    /// A scroll is an answer only at once: later it is the visitor looking around.
    pub(crate) fn scroll(&mut self, signals: &Signals, t: Micros) {
        let Some(p) = &signals.dead_click else { return };
        for press in self.ring.iter_mut().flatten() {
            let soon = press.down <= t && t.since(press.at).ms() <= i64::from(p.scroll_ms);
            if soon && matches!(press.verdict, Verdict::Open | Verdict::Pending) {
                press.verdict = Verdict::Settled;
            }
        }
    }

    /// The tab or window came or went: a picker, a print dialog, another tab. No verdict.
    pub(crate) fn wake(&mut self, t: Micros) {
        self.woken = Some(t);
        self.settle_all();
    }

    /// The page went away, or what is on it was selected: no verdict on what is open.
    pub(crate) fn settle_all(&mut self) {
        for press in self.ring.iter_mut().flatten() {
            if matches!(press.verdict, Verdict::Open | Verdict::Pending) {
                press.verdict = Verdict::Settled;
            }
        }
    }

    /// Decides what is due by `t`.
    pub(crate) fn tick(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let Some(p) = &signals.dead_click else { return };
        let mut last_dead = self.last_dead;
        for press in self.ring.iter_mut().flatten() {
            let Some(due) = due(press, p).filter(|due| *due <= t) else { continue };
            if press.verdict == Verdict::Pending {
                press.verdict = Verdict::Settled;
                out.push(slow(press, due, due.since(press.at).ms(), p));
                continue;
            }
            press.verdict = Verdict::Dead;
            let before = last_dead.filter(|(target, _)| *target == press.target).map(|(_, at)| at);
            last_dead = Some((press.target, press.at));
            let incident =
                before.is_some_and(|at| press.at.since(at).ms() < i64::from(p.dedupe_target_ms));
            let grade = match (before, press.control) {
                (Some(_), _) if !incident => p.grade_repeated,
                (_, Control::Link) => p.grade_link,
                _ => p.grade,
            };
            let mut finding =
                Finding::new(SignalKind::DeadClick, press.at, due, grade).on(press.target);
            finding.same = incident;
            out.push(finding);
        }
        self.last_dead = last_dead;
    }

    /// When the next verdict falls.
    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.dead_click.as_ref()?;
        self.ring.iter().flatten().filter_map(|press| due(press, p)).min()
    }

    /// Something failed in the page.
    pub(crate) fn error(
        &mut self,
        signals: &Signals,
        t: Micros,
        error: &Failure,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.error_click else { return };
        let place = error.fp.unwrap_or(Key::NONE);
        let known = self.fingerprints.iter().flatten();
        let seen = known.filter(|print| print.place == place && !print.blamed).map(|p| p.at).max();
        let slot = self.next_fingerprint;
        self.next_fingerprint = (slot + 1) % RING;
        let mut print = Fingerprint { place, at: t, blamed: false };
        if let Some(slot) = self.fingerprints.get_mut(slot) {
            *slot = Some(print);
        }
        let Some(press) = self
            .ring
            .iter_mut()
            .flatten()
            .filter(|press| press.down <= t && t.since(press.at).ms() <= i64::from(p.window_ms))
            .max_by_key(|press| press.at)
        else {
            return;
        };
        // An error that also comes without a click says nothing about this click.
        let noise = seen.is_some_and(|at| {
            at < press.down && press.down.since(at).ms() <= i64::from(p.noise_ms)
        });
        if noise || press.failed || press.opt_out_error {
            return;
        }
        press.failed = true;
        print.blamed = true;
        if let Some(slot) = self.fingerprints.get_mut(slot) {
            *slot = Some(print);
        }
        let grade = if press.effect.is_some() { p.grade_with_effect } else { p.grade };
        let (at, target) = (press.at, press.target);
        out.push(Finding::new(SignalKind::ErrorClick, at, t, grade).on(target));
        self.trouble(signals, t, target, out);
    }

    /// One more error or failed submit on a target or form.
    pub(crate) fn trouble(
        &mut self,
        signals: &Signals,
        t: Micros,
        target: Key,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.error_click else { return };
        let count = match self.troubled.iter_mut().flatten().find(|(known, _)| *known == target) {
            Some((_, count)) => {
                *count = count.saturating_add(1);
                *count
            }
            None => {
                if let Some(slot) = self.troubled.get_mut(self.next_troubled) {
                    *slot = Some((target, 1));
                }
                self.next_troubled = (self.next_troubled + 1) % RING;
                1
            }
        };
        if count >= p.repeat_min {
            let grade = if count > p.repeat_min { p.grade_repeat_more } else { p.grade_repeat };
            out.push(Finding::new(SignalKind::RepeatError, t, t, grade).on(target));
        }
    }

    /// Whether a click of a burst on `target` is known to be dead or to have failed.
    pub(crate) fn corroborates(&self, target: Key, from: Micros, to: Micros) -> bool {
        self.presses().any(|press| {
            press.target == target
                && (from..=to).contains(&press.at)
                && (press.verdict == Verdict::Dead || press.failed)
        })
    }

    /// Whether every click of a burst on `target` was answered within `ms`.
    pub(crate) fn answered(&self, target: Key, from: Micros, to: Micros, ms: u32) -> bool {
        let burst = self.presses().filter(|p| p.target == target && (from..=to).contains(&p.at));
        burst.into_iter().all(|press| {
            press.effect.is_some_and(|effect| effect.since(press.at).ms() <= i64::from(ms))
        })
    }
}

impl Press {
    /// Something happened since the press. A request is no answer: at best the click is slow.
    fn react(&mut self, t: Micros, cause: Cause) {
        match (self.verdict, cause) {
            (Verdict::Open, Cause::RequestStart) => self.verdict = Verdict::Pending,
            (Verdict::Settled | Verdict::Dead, _)
            | (_, Cause::RequestStart | Cause::RequestEnd | Cause::Resource | Cause::FocusMove) => {
            }
            (verdict, _) => {
                self.effect.get_or_insert(t);
                if verdict != Verdict::Unjudged {
                    self.verdict = Verdict::Settled;
                }
            }
        }
    }
}

fn due(press: &Press, p: &DeadClick) -> Option<Micros> {
    match press.verdict {
        Verdict::Open => Some(press.at.plus_ms(i64::from(p.decide_ms))),
        Verdict::Pending => Some(press.at.plus_ms(i64::from(p.pending_ms))),
        _ => None,
    }
}

fn slow(press: &Press, decided: Micros, late: i64, p: &DeadClick) -> Finding {
    let grade = Permille::new(late.saturating_mul(1000) / i64::from(p.decide_ms.max(1)));
    let mut finding =
        Finding::new(SignalKind::SlowClick, press.at, decided, grade).on(press.target);
    finding.response_ms = u32::try_from(late).ok();
    finding
}
