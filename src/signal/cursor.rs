//! Thrashed cursor: the pointer shaken to and fro. The page counts turns; here they are added up.

use super::click::micros;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Axis, PointerTurns};
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::Micros;

/// Turns remembered on each axis; the most a policy may ask for.
pub(crate) const TURNS: usize = 20;

record! {
    /// The last turns on each axis, and the shaking they are part of.
    #[derive(Default)]
    pub struct Cursor {
        /// Across.
        pub x: Ring<Micros, TURNS>,
        /// Down.
        pub y: Ring<Micros, TURNS>,
        /// Shaking that goes on: the first turn.
        pub first: Micros,
        /// The last one.
        pub last: Micros,
        /// How many; 0 when it is not shaken.
        pub count: u16,
    }
}

impl Cursor {
    pub(crate) fn turns(
        &mut self,
        signals: &Signals,
        t: Micros,
        turns: &PointerTurns,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.thrashed_cursor else { return };
        if turns.stroke_px.zip(p.min_stroke_px).is_some_and(|(stroke, min)| stroke < min) {
            return;
        }
        let near = |at: Micros| t.since(at).0 < micros(p.window_ms);
        let ring = if turns.axis == Axis::X { &mut self.x } else { &mut self.y };
        for _ in 0..usize::from(turns.n).min(TURNS) {
            ring.push(t);
        }
        let goes_on = self.count > 0 && near(self.last);
        if goes_on {
            self.count = self.count.saturating_add(u16::from(turns.n));
        } else {
            let recent = ring.iter().filter(|at| near(**at) && **at <= t);
            let count = u16::try_from(recent.clone().count()).unwrap_or(u16::MAX);
            self.first = recent.min().copied().unwrap_or(t);
            self.count = if count >= p.min_turns { count } else { 0 };
        }
        self.last = t;
        if self.count > 0 {
            let grade = p.grade.unwrap_or(signals.weak_grade);
            let mut finding = Finding::new(SignalKind::ThrashedCursor, self.first, t, grade);
            finding.count = self.count;
            finding.same = goes_on;
            out.push(finding);
        }
    }
}
