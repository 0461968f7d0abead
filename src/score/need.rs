//! Urgency, complexity, value and stage.

use super::effort::Measured;
use super::friction::trouble;
use super::{Parts, StageName, UrgencyClass};
use crate::event::history::{HistoryBody, Value};
use crate::event::{HistoryEvent, UrgentKind};
use crate::feed::silent;
use crate::given::Given;
use crate::history::{History, PromiseState};
use crate::journey::Handover;
use crate::moment::Moment;
use crate::program::Policy;
use crate::rule::text_slot;
use crate::signal::SignalKind;
use crate::unit::{Ms, Permille};
use crate::{Text, text};

/// The fact that says how many contracts or parties are involved.
const PARTS: &str = "matter.parts";
/// The fact that says that the product is in use.
const ACTIVE_DAYS: &str = "usage.activeDays28";
/// The fact that says when the contract ends.
const RENEWS_AT: &str = "contract.renewsAt";

/// The latest promise that was not kept, and that somebody still waits for: the matter was not solved
/// since, and it is not long past.
pub(crate) fn broken_promise<'a>(
    policy: &Policy,
    history: &'a History,
    now: Ms,
) -> Option<&'a PromiseState> {
    let broken = history.ledger().promises.iter().filter(|promise| {
        let Some(since) = promise.broken_at(now) else { return false };
        let solved = |it: &HistoryEvent| it.at > since && it.at <= now && solves(promise, &it.body);
        since.plus(policy.routes.owed_ms) > now && !history.events().iter().any(solved)
    });
    broken.max_by_key(|promise| promise.at)
}

/// Whether something says that the matter of a promise is solved.
fn solves(promise: &PromiseState, body: &HistoryBody) -> bool {
    let about = |matter: Option<&str>| {
        matter.is_none() || promise.matter.is_none() || matter == promise.matter.as_deref()
    };
    body.solved().is_some_and(about)
}

/// Triggers of urgency that are on, and the positions of their events. What is dated later presses then.
pub(crate) fn pressing<'a>(
    policy: &'a Policy,
    history: &'a History,
    now: Ms,
) -> impl Iterator<Item = (UrgentKind, usize)> + 'a {
    let before = policy.scores.urgency.deadline_ms;
    let near = move |due: Ms| due.minus(before) <= now && now <= due;
    let on = history.ledger().urgent.iter();
    let on = on.filter(move |it| {
        let begun = history.events().get(it.event).is_some_and(|e| e.at <= now);
        begun && it.due.is_none_or(|due| it.kind != UrgentKind::Deadline || near(due))
    });
    on.map(|it| (it.kind, it.event))
}

/// Points and class. A hard trigger needs no points. A promise that was not kept, and a handover that
/// nobody answered, raise the class by one, whatever the points.
pub(super) fn urgency(
    given: Given<'_>,
    friction: Permille,
    effort: &Measured,
    handover: Option<&Handover>,
    parts: &mut Parts,
) -> (Permille, UrgencyClass, i64) {
    let Given { policy, history, visit, moment } = given;
    let p = &policy.scores.urgency;
    if let Some((kind, event)) = pressing(policy, history, moment.now).next() {
        parts.add(kind.as_str(), 1000, || vec![history.evidence(event)]);
        return (Permille::ONE, UrgencyClass::Hard, 0);
    }
    if let Some((kind, at)) = visit.urgent_cues().next() {
        parts.add(kind.as_str(), 1000, || vec![text!("visit:cue@{}", at.ms())]);
        return (Permille::ONE, UrgencyClass::Hard, 0);
    }
    let mut total = 0i64;
    let mut add = |code: &str, points: i64, evidence: &dyn Fn() -> Vec<Text>| {
        let points = points.min(1000 - total);
        total += points;
        parts.add(code, points, evidence);
        total
    };
    add("friction", friction.get() * p.friction.get() / 1000, &|| {
        trouble(&policy.scores.friction, visit)
    });
    let rest = effort.journey.repeats * p.repeat_contact.get();
    if effort.journey.repeats > 0 {
        add("repeatContact", rest, &|| {
            effort.journey.contacts.iter().map(|event| history.evidence(*event)).collect()
        });
    }
    let intent = visit.latest(SignalKind::ContactIntent);
    let own = intent.map_or(0, |it| it.grade.get() * p.contact_intent.get() / 1000);
    let base = add("contactIntent", own, &|| intent.map(|it| it.evidence()).into_iter().collect());
    let broken = broken_promise(policy, history, moment.now);
    if let Some(broken) = broken {
        add("brokenPromise", p.broken_promise.get(), &|| vec![history.evidence(broken.event)]);
    }
    let unanswered = handover.filter(|it| it.is_unanswered(moment.now));
    if let Some(waiting) = unanswered {
        add("unanswered", p.unanswered.get(), &|| vec![history.evidence(waiting.event)]);
    }
    let class = if base >= p.soft_at.get() { UrgencyClass::Soft } else { UrgencyClass::None };
    let raised = usize::from(broken.is_some()) + usize::from(unanswered.is_some());
    let class = UrgencyClass::ALL.get((class as usize + raised).min(UrgencyClass::Hard as usize));
    (Permille::new(total), class.copied().unwrap_or(UrgencyClass::Hard), rest)
}

pub(super) fn complexity(
    given: Given<'_>,
    stage: StageName,
    effort: &Measured,
    parts: &mut Parts,
) -> Permille {
    let Given { policy, history, moment, .. } = given;
    let p = &policy.scores.complexity;
    let mut total = 0i64;
    let mut add = |code: &str, points: i64, evidence: &dyn Fn() -> Vec<Text>| {
        let points = points.min(1000 - total);
        total += points;
        parts.add(code, points, evidence);
    };
    if let Some((count, origin)) = fact(policy, history, moment, PARTS) {
        let points = count.saturating_sub(1).max(0).saturating_mul(p.part.get());
        add("parts", points, &|| origin.evidence(history, PARTS));
    }
    let passed = i64::try_from(effort.journey.transfers.len()).unwrap_or(0);
    add("transfers", passed * p.transfer.get(), &|| {
        effort.journey.transfers.iter().map(|event| history.evidence(*event)).collect()
    });
    // Nothing written about it, or nothing that helps many.
    if let Some(matter) = moment.matter.as_ref().filter(|_| !moment.articles.is_empty()) {
        let about = moment.articles.iter().filter(|article| article.matter == *matter);
        let about = about.filter(|article| article.is_for(stage));
        match about.map(|article| article.solves).max() {
            None => {
                add("noArticle", p.no_article.get(), &|| vec![text!("absent:article/{matter}")]);
            }
            Some(odds) if odds < p.article_odds => {
                add("weakArticle", p.weak_article.get(), &|| vec!["moment:/articles".into()]);
            }
            Some(_) => {}
        }
    }
    Permille::new(total)
}

pub(super) fn value(
    policy: &Policy,
    history: &History,
    moment: &Moment,
    parts: &mut Parts,
) -> Option<Permille> {
    let name = &policy.scores.value.fact;
    let (value, origin) = fact(policy, history, moment, name)?;
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
    /// As of when it is known.
    pub(crate) fn at(self, history: &History, now: Ms) -> Ms {
        match self {
            Self::Pushed => now,
            Self::Learned(event) => history.events().get(event).map_or(now, |event| event.at),
        }
    }

    pub(crate) fn evidence(self, history: &History, name: &str) -> Vec<Text> {
        vec![match self {
            Self::Pushed => text!("moment:/facts/{name}"),
            Self::Learned(event) => history.evidence(event),
        }]
    }
}

/// A fact as a slot holds it: pushed by the host, else learned and not stale. While the source of
/// facts is silent it may have changed, and nobody can say.
pub(crate) fn fact(
    policy: &Policy,
    history: &History,
    moment: &Moment,
    name: &str,
) -> Option<(i64, Origin)> {
    let number = |value: &Value| match value {
        Value::Bool(value) => Some(i64::from(*value)),
        Value::Int(value) => Some(*value),
        Value::Text(text) => Some(text_slot(text)),
    };
    if let Some(value) = moment.facts.get(name) {
        return number(value).map(|value| (value, Origin::Pushed));
    }
    let known = history.ledger().facts.iter().find(|fact| fact.name == name)?;
    if silent(policy, history, "fact").is_some() {
        return None;
    }
    let value = number(&known.value).filter(|_| known.is_fresh(moment.now));
    value.map(|value| (value, Origin::Learned(known.event)))
}

/// The stage the milestones tell, while they are fresh enough to tell it: a stale stage is unknown,
/// never the last one.
pub(super) fn stage(
    policy: &Policy,
    history: &History,
    moment: &Moment,
) -> (StageName, Option<Ms>) {
    let (ledger, now, p) = (history.ledger(), moment.now, &policy.scores.stage);
    let unknown = (StageName::Unknown, None);
    if silent(policy, history, "milestone").is_some() {
        return unknown;
    }
    let last = |name: &str| ledger.latest(name, now).map(|m| m.at);
    let used = fact(policy, history, moment, ACTIVE_DAYS).filter(|(days, _)| *days > 0);
    let used = used.map(|(_, origin)| origin.at(history, now));
    let active = ["activated", "renewed"].into_iter().filter_map(last).chain(used).max();
    let began = ["accountCreated", "onboardingStarted"].into_iter().filter_map(last).max();
    let customer = active.max(began);
    // What happened last says where it stands.
    let since = |at: Option<Ms>| at.filter(|at| customer.is_none_or(|known| known <= *at));
    let renewed = last("renewed").or(last("negotiationOpened"));
    let renews = fact(policy, history, moment, RENEWS_AT).filter(|(at, _)| {
        let left = Ms(*at).minus(now);
        left >= Ms(0) && left <= p.renews_within_ms
    });
    let renews = renews.map(|(_, origin)| origin.at(history, now));
    let stages = [
        (StageName::Leaving, since(last("churned"))),
        (StageName::AtRisk, last("downgradeAsked").filter(|at| last("renewed") <= Some(*at))),
        (StageName::Renewal, renewed.max(renews)),
        (StageName::Active, active.filter(|at| began.is_none_or(|began| began <= *at))),
        (StageName::Onboarding, began),
        (StageName::Prospect, last("quoteAsked").filter(|_| customer.is_none())),
    ];
    let fresh = |(name, at): &(StageName, Option<Ms>)| {
        let span = p.good_for_ms.get(name.as_str()).copied().unwrap_or(Ms::NEVER);
        at.is_some_and(|at| at.plus(span) > now)
    };
    stages.into_iter().find(fresh).unwrap_or(unknown)
}
