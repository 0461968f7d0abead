//! What has not been kept is not promised again: a kind of promise whose kept rate falls is blocked
//! until somebody has looked into it.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::history::PromiseStep;
use crate::event::{PromiseKind, Purpose, Route};
use crate::history::History;
use crate::moment::Moment;
use crate::program::Policy;
use crate::program::guards::KeptRateGuard;
use crate::score::fact;
use crate::shape::Set;
use crate::unit::Ms;
use crate::{Text, text};

/// Kinds of promises that may not be made now.
pub(crate) fn not_kept(policy: &Policy, history: &History, moment: &Moment) -> Set<PromiseKind> {
    let Some(p) = &policy.guards.kept_rate else { return Set::default() };
    let kinds = PromiseKind::ALL.iter().copied();
    kinds.filter(|kind| evidence(policy, p, history, moment, *kind).is_some()).collect()
}

/// What says that a kind is not kept often enough.
fn evidence(
    policy: &Policy,
    p: &KeptRateGuard,
    history: &History,
    moment: &Moment,
    kind: PromiseKind,
) -> Option<Vec<Text>> {
    // Of all customers, where the host counts.
    if let Some(name) = p.facts.get(kind.as_str())
        && let Some((share, origin)) = fact(policy, history, moment, name)
        && share < p.floor.get()
    {
        return Some(origin.evidence(history, name));
    }
    // Of this one.
    let reviewed = p.reviewed.get(kind.as_str()).copied().unwrap_or(Ms::ALWAYS);
    let (mut kept, mut settled) = (0i64, 0i64);
    let mut events = Vec::new();
    let mut latest: Vec<(Ms, bool, usize)> = Vec::new();
    for promise in history.ledger().promises.iter().filter(|it| it.kind == kind) {
        // Kept or called off too late was broken first.
        let broken = promise.broken_at(moment.now).or_else(|| promise.late_since());
        let at = broken.unwrap_or(promise.at);
        if at > reviewed && (broken.is_some() || promise.step == PromiseStep::Kept) {
            latest.push((at, broken.is_some(), promise.event));
        }
    }
    crate::order::sort(&mut latest, Ord::cmp);
    for (_, broken, event) in latest.iter().rev().take(usize::from(p.last)) {
        settled += 1;
        kept += i64::from(!broken);
        if *broken {
            events.push(history.evidence(*event));
        }
    }
    let often = settled >= i64::from(p.least.max(1));
    (often && kept * 1000 < p.floor.get() * settled).then_some(events)
}

/// An offer whose promise is of such a kind, and has no other to fall back on.
pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.kept_rate else { return };
    let Some(promise) = s.policy.promises.get(Route::AccountManager.as_str()) else { return };
    if promise.instead.is_some() || !s.not_kept.has(promise.kind) {
        return;
    }
    let detail = || {
        let found = evidence(s.policy, p, s.history, s.moment, promise.kind);
        (text!("keptRate.{}", promise.kind.as_str()), found.unwrap_or_default())
    };
    out.object(&[Purpose::Pitch], GuardId::Promise, ReasonCode::PromiseKeptRate, None, detail);
}
