//! The pointer's changes of direction, added up; only where the policy looks for them.

use super::names::SURFACES;
use super::state::State;
use super::target::{closest, innermost};
use crate::event::visit::{Axis, PointerTurns, VisitBody};
use web_sys::PointerEvent;

/// Turns are told together this often, in ms.
const TOGETHER: f64 = 250.0;
/// A pointer that rested this long begins anew, in ms.
const PAUSE: f64 = 1_000.0;

/// Movement along one axis.
#[derive(Clone, Copy, Default)]
struct Stroke {
    at: f64,
    from: f64,
    forward: bool,
    turns: u8,
    length: f64,
}

/// Movement of the pointer since it was last told.
#[derive(Clone, Copy, Default)]
pub(super) struct Turns {
    axes: [Stroke; 2],
    since: f64,
    moved_at: f64,
}

impl Stroke {
    fn moved(&mut self, to: f64) {
        let forward = to > self.at;
        if to == self.at {
            return;
        }
        if forward != self.forward {
            self.turns = self.turns.saturating_add(1);
            self.length += (self.at - self.from).abs();
            self.from = self.at;
            self.forward = forward;
        }
        self.at = to;
    }
}

/// A mouse has moved. Fingers do not shake a pointer, and dragging goes to and fro for a reason.
pub(super) fn moved(state: &mut State, event: &PointerEvent) {
    if event.pointer_type() != "mouse" || event.buttons() != 0 || state.selected.is_some() {
        return;
    }
    let stamp = event.time_stamp();
    // The first move after a pause begins a stroke.
    if stamp - state.turns.moved_at > PAUSE {
        state.turns = Turns { since: stamp, ..Turns::default() };
        for (stroke, at) in state.turns.axes.iter_mut().zip([event.screen_x(), event.screen_y()]) {
            (stroke.at, stroke.from) = (f64::from(at), f64::from(at));
        }
    }
    state.turns.moved_at = stamp;
    let [x, y] = &mut state.turns.axes;
    x.moved(f64::from(event.screen_x()));
    y.moved(f64::from(event.screen_y()));
    if stamp - state.turns.since < TOGETHER {
        return;
    }
    state.turns.since = stamp;
    if innermost(event).is_some_and(|at| closest(&at, &SURFACES).is_some()) {
        state.turns = Turns::default();
        return;
    }
    for (axis, i) in [(Axis::X, 0), (Axis::Y, 1)] {
        let Some(stroke) = state.turns.axes.get_mut(i).filter(|stroke| stroke.turns > 0) else {
            continue;
        };
        let n = core::mem::take(&mut stroke.turns);
        let mean = core::mem::take(&mut stroke.length) / f64::from(n);
        let stroke_px = Some(mean.min(65_535.0) as u16);
        state.track(stamp, VisitBody::PointerTurns(PointerTurns { axis, n, stroke_px }));
    }
}
