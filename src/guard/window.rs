//! No-pitch windows. They compose by union: each that is on objects, and says until when.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::history::{
    CaseStep, ContactStep, Direction, HistoryBody, OutcomeKind, PromiseStep,
};
use crate::event::visit::CueKind;
use crate::event::{Purpose, Route};
use crate::history::CaseState;
use crate::program::guards::OpenCaseWindow;
use crate::score::pressing;
use crate::signal::Signal;
use crate::unit::Ms;
use crate::{Text, literal, text};

/// What sells or asks.
const SELLS_OR_ASKS: [Purpose; 2] = [Purpose::Survey, Purpose::Pitch];

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    open_case(s, out);
    onboarding(s, out);
    renewal(s, out);
    friction(s, out);
    sensitive(s, out);
    identity(s, out);
    bad_experience(s, out);
    incident(s, out);
}

fn open_case(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.windows.open_case else { return };
    if let Some(absent) = s.blind("case") {
        let detail = || (Text::new(), absent.clone());
        let code = ReasonCode::UnknownCaseStatus;
        out.object(&SELLS_OR_ASKS, GuardId::OpenCase, code, None, detail);
    }
    for case in &s.history.ledger().cases {
        let until = at_rest(s, p, case).map(|since| since.plus(cooling(s, p, case)));
        if until.is_some_and(|until| until <= s.early) {
            continue;
        }
        let detail = || (Text::new(), vec![s.history.evidence(case.event)]);
        out.object(&SELLS_OR_ASKS, GuardId::OpenCase, ReasonCode::OpenCase, until, detail);
    }
}

/// How long after the end of a case; shorter once the person said that it is solved.
fn cooling(s: &Situation<'_>, p: &OpenCaseWindow, case: &CaseState) -> Ms {
    let confirmed = s.history.ledger().outcomes.iter().any(|(kind, event)| {
        *kind == OutcomeKind::ResolvedConfirmed
            && s.history.events().get(*event).is_some_and(|e| {
                e.at >= case.at
                    && matches!(&e.body, HistoryBody::Outcome(o) if o.matter == case.matter)
            })
    });
    if confirmed { p.confirmed_cooling_ms } else { p.cooling_ms }
}

/// Since when nothing more has come of a case. Whoever came back with its matter soon after it was closed
/// waits until that is solved: it was not. `None` while it is open, or they wait.
fn at_rest(s: &Situation<'_>, p: &OpenCaseWindow, case: &CaseState) -> Option<Ms> {
    let mut rest = (!case.is_open()).then_some(case.at)?;
    if case.matter.is_none() {
        return Some(rest);
    }
    while let Some((back, contact)) = s.history.contacts().find_map(|(_, at, contact)| {
        let own = contact.step == ContactStep::Started
            && contact.direction != Some(Direction::Out)
            && contact.matter == case.matter;
        (own && at > rest && at <= rest.plus(p.recontact_ms)).then_some((at, contact))
    }) {
        rest = solved_after(s, case, back, &contact.contact)?;
    }
    Some(rest)
}

/// When the matter of a case, with which somebody came back by a contact, was solved first after that.
fn solved_after(s: &Situation<'_>, case: &CaseState, back: Ms, contact: &str) -> Option<Ms> {
    let events = s.history.events().iter();
    let mut since = events.filter(|it| it.at >= back && it.at <= s.moment.now);
    let solved = since.find(|it| match &it.body {
        HistoryBody::Contact(it) if it.contact == contact => it.solved == Some(true),
        HistoryBody::Case(it) => {
            let ended = matches!(it.step, CaseStep::Resolved | CaseStep::Closed);
            let known = s.history.ledger().cases.iter().find(|known| known.case == it.case);
            ended && known.is_some_and(|known| known.matter == case.matter)
        }
        body => body.solved() == Some(case.matter.as_deref()),
    });
    solved.map(|it| it.at)
}

fn onboarding(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.windows.onboarding else { return };
    let (ledger, now) = (s.history.ledger(), s.early);
    let began = ["accountCreated", "onboardingStarted"];
    let began = began.iter().filter_map(|name| ledger.latest(name, Ms::NEVER));
    let began = began.map(|m| (m.at, m.event)).max();
    let code = ReasonCode::OnboardingWindow;
    let Some((began, event)) = began else {
        // Not known when it began: on, unless something older shows that it is long past.
        let long_past = ledger.first.is_some_and(|first| first.plus(p.max_ms) <= now);
        if !long_past {
            let detail = || (Text::new(), vec![literal!("absent:milestone/accountCreated")]);
            out.object(&[Purpose::Pitch], GuardId::Onboarding, code, None, detail);
            if let Some(first) = ledger.first {
                out.watch(first.plus(p.max_ms));
            }
        }
        return;
    };
    let activated = ledger.latest("activated", now).is_some_and(|m| m.at >= began);
    let span = if p.until_activated && !activated { p.max_ms } else { p.for_ms };
    let until = began.plus(span);
    out.watch(began.plus(p.for_ms));
    if now < until {
        let detail = || (Text::new(), vec![s.history.evidence(event)]);
        out.object(&[Purpose::Pitch], GuardId::Onboarding, code, Some(until), detail);
    }
}

fn renewal(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.windows.renewal else { return };
    let (ledger, now) = (s.history.ledger(), s.early);
    let code = ReasonCode::RecentRenewal;
    let since = s.known_since("milestone");
    let short = since > now.minus(p.for_ms);
    if short {
        out.watch(since.plus(p.for_ms));
    }
    if let Some(absent) = s.blind("milestone").filter(|_| short || s.silent("milestone").is_some())
    {
        let detail = || (Text::new(), absent.clone());
        out.object(&[Purpose::Pitch], GuardId::Renewal, code, None, detail);
    }
    // What is dated later closes at once, and ends a negotiation only then.
    let named = |name: &str, by: Ms| ledger.latest(name, by).map(|m| (m.at, m.event));
    let renewed = named("renewed", Ms::NEVER);
    if let Some((at, event)) = renewed.filter(|(at, _)| now < at.plus(p.for_ms)) {
        let detail = || (Text::new(), vec![s.history.evidence(event)]);
        let until = Some(at.plus(p.for_ms));
        out.object(&[Purpose::Pitch], GuardId::Renewal, code, until, detail);
    }
    // A negotiation is open until it ends in a renewal.
    if let Some((at, event)) = named("negotiationOpened", Ms::NEVER)
        && named("renewed", now).is_none_or(|(renewed, _)| renewed < at)
    {
        let detail = || (Text::new(), vec![s.history.evidence(event)]);
        out.object(&[Purpose::Pitch], GuardId::Renewal, code, None, detail);
    }
}

fn friction(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.windows.friction else { return };
    // What a host remembers of an earlier visit: self-service that failed.
    let failed = s.history.contacts().rev().find_map(|(event, at, contact)| {
        let failed = contact.step == ContactStep::Abandoned || contact.solved == Some(false);
        let own = contact.direction != Some(Direction::Out) && contact.channel.is_self_service();
        (failed && own).then_some((at.min(s.early).plus(p.cooling_ms), event))
    });
    if let Some((until, event)) = failed.filter(|(until, _)| *until > s.early) {
        let detail = || (Text::new(), vec![s.history.evidence(event)]);
        out.object(&SELLS_OR_ASKS, GuardId::Friction, ReasonCode::Friction, Some(until), detail);
    }
    // What presses leaves no room for anything else.
    let urgent = pressing(s.policy, s.history, s.late).next();
    let felt = s.visit.urgent_cues().next();
    if urgent.is_some() || felt.is_some() {
        let code = ReasonCode::Urgency;
        out.object(&SELLS_OR_ASKS, GuardId::Friction, code, None, || {
            let learned = urgent.map(|(_, event)| s.history.evidence(event));
            let seen = felt.map(|(_, at)| text!("visit:cue@{}", at.ms()));
            (Text::new(), learned.into_iter().chain(seen).collect())
        });
    }
    let anger = s.visit.cue(CueKind::Anger).or(s.visit.cue(CueKind::Complaint));
    if !s.scores.friction_is_high(s.policy) && anger.is_none() {
        return;
    }
    out.object(&SELLS_OR_ASKS, GuardId::Friction, ReasonCode::Friction, None, || {
        let mut evidence: Vec<Text> = s.visit.board().recent().map(Signal::evidence).collect();
        evidence.extend(anger.map(|at| text!("visit:cue@{}", at.ms())));
        (Text::new(), evidence)
    });
}

/// A bad rating, a complaint, a promise that was broken: a while after somebody answered, or longer.
fn bad_experience(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.windows.bad_experience else { return };
    for told in ["outcome", "survey", "promise"] {
        unheard(s, out, GuardId::BadExperience, told, p.for_ms);
    }
    let ledger = s.history.ledger();
    let at = |event: usize| s.history.events().get(event).map_or(Ms::ALWAYS, |event| event.at);
    let complaints = ledger.outcomes.iter().filter(|(kind, _)| *kind == OutcomeKind::Complaint);
    let complaints = complaints.map(|(_, event)| (at(*event), *event));
    let ratings = ledger.answers.iter().filter(|event| {
        let rated = s.history.events().get(**event).and_then(|it| match &it.body {
            HistoryBody::Survey(survey) => survey.share(),
            _ => None,
        });
        rated.is_some_and(|share| share < p.min_feedback.get())
    });
    let ratings = ratings.map(|event| (at(*event), *event));
    // Kept too late was broken when it was due.
    let broken = ledger.promises.iter().filter_map(|it| {
        let since = it.broken_at(s.late).or_else(|| it.late_since())?;
        Some((since, it.event))
    });
    ledger.promises.iter().filter_map(|it| it.due).for_each(|due| out.watch(due.plus(Ms(1))));
    let last = complaints.chain(ratings).chain(broken).max();
    let Some((began, event)) = last else { return };
    let began = began.min(s.early);
    // Somebody wrote back, called back, or put it right.
    let answered = s.history.events().iter().find(|it| {
        it.at > began
            && match &it.body {
                HistoryBody::Contact(it) if it.direction == Some(Direction::Out) => true,
                HistoryBody::Promise(promise) => promise.step == PromiseStep::Kept,
                body => body.solved().is_some(),
            }
    });
    let longest = began.plus(p.for_ms);
    let until = answered.map_or(longest, |it| it.at.plus(p.answered_ms).min(longest));
    if until > s.early {
        let code = ReasonCode::BadExperience;
        let detail = || (Text::new(), vec![s.history.evidence(event)]);
        out.object(&[Purpose::Pitch], GuardId::BadExperience, code, Some(until), detail);
    }
}

/// What might keep sellers away for so long may not have been heard: its source is silent, or complete only
/// since.
fn unheard(s: &Situation<'_>, out: &mut Objections, guard: GuardId, event_type: &str, span: Ms) {
    let (silent, since) = (s.silent(event_type), s.known_since(event_type));
    let until = since.plus(span);
    if silent.is_none() && (since == Ms::ALWAYS || until <= s.early) {
        return;
    }
    let until = silent.is_none().then_some(until);
    out.object(&[Purpose::Pitch], guard, ReasonCode::HistoryIncomplete, until, || {
        let evidence = match silent {
            Some(feed) => s.history.evidence(feed),
            None => text!("absent:{event_type} before {}", since.0),
        };
        (Text::new(), vec![evidence])
    });
}

/// A fault that affects this person, and a while after it ended.
fn incident(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.windows.incident else { return };
    unheard(s, out, GuardId::Incident, "incident", p.cooling_ms);
    for state in &s.history.ledger().incidents {
        let until = state.ended.map(|ended| ended.min(s.early).plus(p.cooling_ms));
        if until.is_some_and(|until| until <= s.early) {
            continue;
        }
        let detail = || (Text::new(), vec![s.history.evidence(state.event)]);
        let code = ReasonCode::KnownOutage;
        out.object(&[Purpose::Pitch], GuardId::Incident, code, until, detail);
    }
}

fn sensitive(s: &Situation<'_>, out: &mut Objections) {
    if s.policy.guards.windows.sensitive.is_none() {
        return;
    }
    // A person may still reach out, and nobody else; the page offers a person, and nothing to read.
    let proposal = s.moment.proposal.as_ref();
    let person = [Route::Human, Route::Specialist, Route::Callback];
    let by_person = proposal.and_then(|it| it.route).is_some_and(|route| person.contains(&route));
    let to_read = proposal.is_some_and(|it| it.purpose == Purpose::Assist) && !by_person;
    let all = [Purpose::Survey, Purpose::Pitch, Purpose::ReachOutHelp];
    let stops = all.get(..if by_person { 2 } else { 3 }).unwrap_or(&all);
    let code = ReasonCode::SensitiveMoment;
    // Which kind it is stays with the one who owns it.
    for (_, event, _) in &s.history.ledger().sensitive {
        let detail = || (Text::new(), vec![s.history.evidence(*event)]);
        out.object(stops, GuardId::Sensitive, code, None, detail);
        if to_read {
            out.refuse(Purpose::Assist, GuardId::Sensitive, code, detail);
        }
    }
    if let Some(absent) = s.blind("sensitive") {
        let detail = || (Text::new(), absent.clone());
        out.object(stops, GuardId::Sensitive, code, None, detail);
    }
    if let Some((_, at)) = s.visit.sensitive_cues().next() {
        let detail = || (Text::new(), vec![text!("visit:cue@{}", at.ms())]);
        out.object(stops, GuardId::Sensitive, code, None, detail);
    }
}

/// Nobody can say whose history this is, or the one who could is silent.
fn identity(s: &Situation<'_>, out: &mut Objections) {
    if s.policy.guards.windows.identity.is_none() {
        return;
    }
    let stops = [Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];
    let code = ReasonCode::IdentityUncertain;
    if let Some(event) = s.silent("identity") {
        let detail = || (Text::new(), vec![s.history.evidence(event)]);
        out.object(&stops, GuardId::Identity, code, None, detail);
    }
    if s.who.is_some_and(|who| who.any_uncertain()) {
        let detail = || {
            let links = &s.history.ledger().identities;
            (Text::new(), links.iter().map(|event| s.history.evidence(*event)).collect())
        };
        out.object(&stops, GuardId::Identity, code, None, detail);
    }
}
