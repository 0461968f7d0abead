//! Friction of the visit: `1 - product(1 - weight * grade * decay)`.
//!
//! Trouble with a page or a form is not forgotten while it lasts: until the person got through or left
//! the topic it decays slowly.
//!
//! Order-free, monotone and bounded: more trouble never lowers it, and one broken button cannot
//! saturate it. Kinds are folded in one fixed order with truncation, so every machine agrees.

use super::Parts;
use super::decay::{ONE, left};
use crate::Text;
use crate::program::scores::FrictionPolicy;
use crate::signal::{Signal, SignalKind};
#[cfg(feature = "studio")]
use crate::unit::Ms;
use crate::unit::{Micros, Permille};
use crate::visit::Visit;

/// After which nothing is left of any friction.
#[cfg(feature = "studio")]
pub(crate) fn gone_after(p: &FrictionPolicy) -> Ms {
    let kinds = p.kinds.iter().flat_map(|(_, it)| [Some(it.half_life_ms), it.stuck_half_life_ms]);
    Ms(kinds.flatten().max().unwrap_or_default().0.saturating_mul(super::decay::GONE))
}

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
        let strength = weight.weight.get() * signal.grade.get();
        let relieved = visit.board().relieved(*kind).filter(|at| *at <= t);
        let age = |from: Micros, to: Micros| to.since(from).ms();
        let remains = match (weight.stuck_half_life_ms, relieved) {
            (None, _) => left(age(signal.decided, t), weight.half_life_ms.0),
            (Some(stuck), None) => left(age(signal.decided, t), stuck.0),
            // Slowly while it lasted, and then like any other.
            (Some(stuck), Some(at)) => {
                let lasted = left(age(signal.decided, at), stuck.0);
                (lasted * left(age(at, t), weight.half_life_ms.0)) >> 30
            }
        };
        // strength is at most 10^6 and the decay at most 2^30: their product fits.
        let taken = remains * strength / 1_000_000;
        keep = (keep * (ONE - taken)) >> 30;
        let score = ((ONE - keep) * 1000 + ONE / 2) >> 30;
        parts.add(kind.as_str(), score - before, || vec![signal.evidence()]);
        before = score;
    }
    Permille::new(before)
}

/// Friction at an instant, as the visit stands.
pub(crate) fn friction_at(p: &FrictionPolicy, visit: &Visit, t: Micros) -> Permille {
    friction(p, visit, t, &mut Parts::wanted(false))
}

/// The trouble that was seen, as evidence.
pub(crate) fn trouble(p: &FrictionPolicy, visit: &Visit) -> Vec<Text> {
    let seen = visit.board().recent();
    let trouble = seen.filter(|signal| p.kinds.contains_key(signal.kind.as_str()));
    trouble.map(Signal::evidence).collect()
}
