//! Friction of the visit: `1 - product(1 - weight * grade * decay)`.
//!
//! Order-free, monotone and bounded: more trouble never lowers it, and one broken button cannot
//! saturate it. Kinds are folded in one fixed order with truncation, so every machine agrees.

use super::Parts;
use super::decay::{ONE, left};
use crate::program::scores::FrictionPolicy;
use crate::signal::{Signal, SignalKind};
use crate::unit::{Micros, Permille};
use crate::visit::Visit;

pub(super) fn friction(
    p: &FrictionPolicy,
    visit: &Visit,
    t: Micros,
    parts: &mut Parts,
) -> Permille {
    let mut keep = ONE;
    let mut before = 0i64;
    for kind in SignalKind::ALL {
        let Some(signal) = visit.latest(*kind).filter(|signal| signal.decided <= t) else {
            continue;
        };
        let Some(weight) = p.kinds.get(kind.as_str()) else { continue };
        let age = t.since(signal.decided).ms();
        let strength = weight.weight.get() * signal.grade.get();
        // strength is at most 10^6 and the decay at most 2^30: their product fits.
        let taken = left(age, weight.half_life_ms.0) * strength / 1_000_000;
        keep = (keep * (ONE - taken)) >> 30;
        let score = ((ONE - keep) * 1000 + ONE / 2) >> 30;
        parts.add(kind.as_str(), score - before, || vec![signal.evidence()]);
        before = score;
    }
    Permille::new(before)
}

/// The trouble that was seen, as evidence.
pub(crate) fn trouble(p: &FrictionPolicy, visit: &Visit) -> Vec<String> {
    let seen = visit.board().recent();
    let trouble = seen.filter(|signal| p.kinds.contains_key(signal.kind.as_str()));
    trouble.map(Signal::evidence).collect()
}
