//! Errors that follow a press, and errors that come again.

use super::click::{CLICKS, Clicks, Mark, Press, Tally, micros, skipped, takes, within};
use super::rage::Chain;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Click, Failure, Flag};
use crate::id::Key;
use crate::program::Signals;
use crate::program::signals::{Activity, ErrorClick};
use crate::shape::{Ring, Set, record};
use crate::unit::Micros;

/// Fingerprints remembered.
const FINGERPRINTS: usize = 16;
/// Troubled targets remembered.
const TROUBLED: usize = 4;

record! {
    /// A place in the code that failed.
    #[derive(Copy)]
    pub struct Fingerprint {
        /// Which.
        pub place: Key,
        /// When.
        pub at: Micros,
        /// A click was to blame: it is no noise for the next one.
        pub blamed: bool,
    }
}

record! {
    /// What failed lately, and where it failed again.
    #[derive(Default)]
    pub struct Errors {
        /// Places.
        pub fingerprints: Ring<Fingerprint, FINGERPRINTS>,
        /// Targets and forms.
        pub troubled: Ring<Tally, TROUBLED>,
    }
}

/// Whether a click may be blamed for errors.
pub(crate) fn blames(signals: &Signals, click: &Click) -> bool {
    let Some(p) = &signals.error_click else { return false };
    let skipped = skipped(&[
        (p.honour_opt_out, Flag::OptOutError),
        (p.skip_modifiers, Flag::Modifier),
        (p.skip_untrusted, Flag::Untrusted),
        (Some(true), Flag::NonPrimary),
    ]);
    takes(click, skipped, p.controls_only, p.controls_skip, Set::default())
}

/// An effect prolongs the time in which errors are a click's fault.
pub(crate) fn prolong(signals: &Signals, clicks: &mut Clicks, t: Micros, what: Set<Activity>) {
    let Some(idle) = signals.error_click.as_ref().and_then(|p| p.idle_ms) else { return };
    // What a page does of itself; looking around and switching tabs are the person's doing.
    if !what.iter().any(|activity| activity <= Activity::FocusMove) {
        return;
    }
    for press in clicks.ring.iter_mut().filter(|press| press.down <= t) {
        if t <= Micros(press.life.0.saturating_add(micros(idle))) {
            press.life = press.life.max(t);
        }
    }
}

impl Press {
    /// Whether an error at `t` is this click's fault.
    fn is_at_fault(&self, p: &ErrorClick, t: Micros) -> bool {
        let late = t.since(self.at);
        match p.idle_ms {
            Some(idle) => {
                within(t.since(self.life), idle, p.window_inclusive)
                    && p.max_ms.is_none_or(|max| within(late, max, p.window_inclusive))
            }
            None => p.window_ms.is_none_or(|ms| within(late, ms, p.window_inclusive)),
        }
    }
}

impl Errors {
    /// Something failed in the page.
    pub(crate) fn error(
        &mut self,
        signals: &Signals,
        clicks: &mut Clicks,
        t: Micros,
        failure: &Failure,
        chain: &Chain,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.error_click else { return };
        // An error that does not say where it came from is like no other.
        let place = failure.fp;
        let latest = clicks.ring.iter().rev().find(|press| press.down <= t).map(|p| p.target);
        // A window belongs to the latest click; a life ends when the page has come to rest.
        let whose = if p.idle_ms.is_some() { usize::MAX } else { 1 };
        let mut blamed = [None; CLICKS];
        let presses = clicks.ring.iter_mut().rev();
        let living = presses.filter(|press| press.down <= t && press.marks.has(Mark::Blamable));
        for (press, slot) in living.take(whose).zip(&mut blamed) {
            let other = p.cancel_on_other_action == Some(true) && latest != Some(press.target);
            if other
                || press.marks.has(Mark::Failed)
                || !press.is_at_fault(p, t)
                || self.is_noise(p, press, place)
            {
                continue;
            }
            let grade = if press.marks.has(Mark::Answered) { p.grade_with_effect } else { p.grade };
            press.marks = press.marks.with(Mark::Failed);
            let finding = Finding::new(SignalKind::ErrorClick, press.at, t, grade);
            press.hold(signals, finding.on(press.target).times(press.count), chain, out);
            *slot = Some(press.target);
        }
        let found = blamed.iter().any(Option::is_some);
        if let Some(place) = place {
            self.fingerprints.push(Fingerprint { place, at: t, blamed: found });
        }
        for target in blamed.into_iter().flatten() {
            self.trouble(signals, t, target, out);
        }
    }

    /// Whether the same error came before the press, without a click to blame.
    fn is_noise(&self, p: &ErrorClick, press: &Press, place: Option<Key>) -> bool {
        let (Some(noise), Some(place)) = (p.noise_ms, place) else { return false };
        self.fingerprints.iter().any(|print| {
            let ago = press.down.since(print.at).0;
            print.place == place && !print.blamed && ago > 0 && ago <= micros(noise)
        })
    }

    /// One more error or failed submit on a target or form.
    pub(crate) fn trouble(
        &mut self,
        signals: &Signals,
        t: Micros,
        target: Key,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.repeat_error else { return };
        let again = self.troubled.iter_mut().find(|known| known.target == target);
        let count = match again {
            Some(known) => {
                let fresh = t.since(known.at).0 <= micros(p.window_ms);
                known.count = if fresh { known.count.saturating_add(1) } else { 1 };
                known.at = t;
                known.count
            }
            None => {
                self.troubled.push(Tally { target, count: 1, at: t });
                1
            }
        };
        if count >= p.min_errors {
            let grade = if count > p.min_errors { p.grade_more } else { p.grade };
            let finding = Finding::new(SignalKind::RepeatError, t, t, grade);
            out.push(finding.on(target).times(count));
        }
    }
}
