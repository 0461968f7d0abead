//! Urgency, complexity, value and stage.

use super::effort::Measured;
use super::friction::trouble;
use super::{Parts, StageName, UrgencyClass};
use crate::event::history::Value;
use crate::history::{History, PromiseState};
use crate::moment::Moment;
use crate::program::Policy;
use crate::rule::text_slot;
use crate::signal::SignalKind;
use crate::unit::{Ms, Permille};
use crate::visit::Visit;

/// The fact that says how many contracts or parties are involved.
const PARTS: &str = "matter.parts";

/// The latest promise that was not kept and not made good since.
pub(crate) fn broken_promise(history: &History, now: Ms) -> Option<&PromiseState> {
    history.ledger().promises.iter().filter(|promise| promise.is_broken(now)).max_by_key(|p| p.at)
}

pub(super) fn urgency(
    policy: &Policy,
    history: &History,
    visit: &Visit,
    moment: &Moment,
    friction: Permille,
    effort: &Measured,
    parts: &mut Parts,
) -> (Permille, UrgencyClass) {
    let p = &policy.scores.urgency;
    if let Some((kind, event)) = history.ledger().urgent.first() {
        parts.add(kind.as_str(), 1000, || vec![history.evidence(*event)]);
        return (Permille::ONE, UrgencyClass::Hard);
    }
    if let Some((kind, at)) = visit.urgent_cues().next() {
        parts.add(kind.as_str(), 1000, || vec![format!("visit:cue@{}", at.ms())]);
        return (Permille::ONE, UrgencyClass::Hard);
    }
    let mut total = 0i64;
    let mut add = |code: &str, points: i64, evidence: &dyn Fn() -> Vec<String>| {
        let points = points.min(1000 - total);
        total += points;
        parts.add(code, points, evidence);
    };
    add("friction", friction.get() * p.friction.get() / 1000, &|| {
        trouble(&policy.scores.friction, visit)
    });
    if let Some(broken) = broken_promise(history, moment.now) {
        add("brokenPromise", p.broken_promise.get(), &|| vec![history.evidence(broken.event)]);
    }
    if effort.repeats > 0 {
        add("repeatContact", effort.repeats * p.repeat_contact.get(), &|| {
            effort.contacts.iter().map(|event| history.evidence(*event)).collect()
        });
    }
    if let Some(intent) = visit.latest(SignalKind::ContactIntent) {
        add("contactIntent", intent.grade.get() * p.contact_intent.get() / 1000, &|| {
            vec![intent.evidence()]
        });
    }
    let class = if total >= p.soft_at.get() { UrgencyClass::Soft } else { UrgencyClass::None };
    (Permille::new(total), class)
}

pub(super) fn complexity(
    policy: &Policy,
    history: &History,
    moment: &Moment,
    effort: &Measured,
    parts: &mut Parts,
) -> Permille {
    let p = &policy.scores.complexity;
    let mut total = 0i64;
    if let Some((count, origin)) = fact(history, moment, PARTS) {
        let points = (count.saturating_sub(1).max(0).saturating_mul(p.part.get())).min(1000);
        total += points;
        parts.add("parts", points, || origin.evidence(history, PARTS));
    }
    let passed = i64::try_from(effort.transfers.len()).unwrap_or(0);
    let points = (passed * p.transfer.get()).min(1000 - total);
    total += points;
    parts.add("transfers", points, || {
        effort.transfers.iter().map(|event| history.evidence(*event)).collect()
    });
    Permille::new(total)
}

pub(super) fn value(
    policy: &Policy,
    history: &History,
    moment: &Moment,
    parts: &mut Parts,
) -> Option<Permille> {
    let name = &policy.scores.value.fact;
    let (value, origin) = fact(history, moment, name)?;
    let value = Permille::new(value);
    parts.add(name, value.get(), || origin.evidence(history, name));
    Some(value)
}

/// Where a fact came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The host pushed it along with the moment.
    Pushed,
    /// It was learned: the event's position.
    Learned(usize),
}

impl Origin {
    pub(crate) fn evidence(self, history: &History, name: &str) -> Vec<String> {
        vec![match self {
            Self::Pushed => format!("moment:/facts/{name}"),
            Self::Learned(event) => history.evidence(event),
        }]
    }
}

/// A fact as a slot holds it: pushed by the host, else learned and not stale.
pub(crate) fn fact(history: &History, moment: &Moment, name: &str) -> Option<(i64, Origin)> {
    let number = |value: &Value| match value {
        Value::Bool(value) => Some(i64::from(*value)),
        Value::Int(value) => Some(*value),
        Value::Text(text) => Some(text_slot(text)),
    };
    if let Some(value) = moment.facts.get(name) {
        return number(value).map(|value| (value, Origin::Pushed));
    }
    let known = history.ledger().facts.iter().find(|fact| fact.name == name)?;
    let fresh = known.at <= moment.now && known.until.is_none_or(|until| moment.now < until);
    fresh.then(|| number(&known.value)).flatten().map(|value| (value, Origin::Learned(known.event)))
}

/// The stage the milestones tell. Without any, nobody can say.
pub(super) fn stage(policy: &Policy, history: &History, now: Ms) -> (StageName, Option<Ms>) {
    let ledger = history.ledger();
    let last = |name: &str| ledger.latest(name, now).map(|m| m.at);
    if let Some(at) = last("churned") {
        return (StageName::Leaving, Some(at));
    }
    if let Some(at) = last("downgradeAsked") {
        return (StageName::AtRisk, Some(at));
    }
    let renewal = policy.guards.windows.renewal.as_ref();
    if let (Some(at), Some(window)) = (last("renewed"), renewal)
        && now < at.plus(window.for_ms)
    {
        return (StageName::Renewal, Some(at));
    }
    if let Some(at) = last("activated") {
        return (StageName::Active, Some(at));
    }
    if let Some(at) = last("accountCreated").or_else(|| last("onboardingStarted")) {
        return (StageName::Onboarding, Some(at));
    }
    (StageName::Unknown, None)
}
