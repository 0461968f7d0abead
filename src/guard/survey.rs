//! When not to ask for an opinion, besides caps and permission: right after the last one, in the first
//! days, twice about one journey, somebody chosen by hand, or for a score.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::Purpose;
use crate::event::history::{CaseStep, ContactStep, HistoryBody, OutcomeKind};
use crate::id::hash;
use crate::moment::ProposedSurvey;
use crate::program::guards::SurveyGuard;
use crate::unit::{Ms, Permille};
use crate::{Text, literal, text};

const SURVEY: [Purpose; 1] = [Purpose::Survey];

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.survey else { return };
    feedback(s, p, out);
    account(s, p, out);
    journey(s, p, out);
    sample(s, p, out);
    kind(s, p, out);
}

fn object(
    out: &mut Objections,
    code: ReasonCode,
    part: &str,
    until: Option<Ms>,
    evidence: impl Fn() -> Vec<Text>,
) {
    let detail = || (text!("survey.{part}"), evidence());
    out.object(&SURVEY, GuardId::Survey, code, until, detail);
}

/// Somebody who has just said what they think is not asked again.
fn feedback(s: &Situation<'_>, p: &SurveyGuard, out: &mut Objections) {
    let ledger = s.history.ledger();
    let complaints = ledger.outcomes.iter().filter(|(kind, _)| *kind == OutcomeKind::Complaint);
    let said = ledger.answers.iter().chain(complaints.map(|(_, event)| event));
    let last = said.filter_map(|event| Some((s.history.events().get(*event)?.at, *event))).max();
    let Some((at, event)) = last else { return };
    let until = at.min(s.early).plus(p.after_feedback_ms);
    if until > s.early {
        let evidence = || vec![s.history.evidence(event)];
        object(out, ReasonCode::SurveyFatigue, "afterFeedbackMs", Some(until), evidence);
    }
}

/// Who is new has had no time to have an opinion.
fn account(s: &Situation<'_>, p: &SurveyGuard, out: &mut Objections) {
    let known = s.account_since();
    let until = known.map(|(since, _)| since.plus(p.min_account_ms));
    if until.is_some_and(|until| until <= s.early) {
        return;
    }
    until.into_iter().for_each(|until| out.watch(until));
    // Something older only bounds the age from below.
    let until = known.filter(|(_, event)| event.is_some()).and(until);
    let evidence = || {
        let event = known.and_then(|(_, event)| event);
        let absent = || literal!("absent:milestone/accountCreated");
        vec![event.map_or_else(absent, |event| s.history.evidence(event))]
    };
    object(out, ReasonCode::OnboardingWindow, "minAccountMs", until, evidence);
}

/// One journey, one question.
fn journey(s: &Situation<'_>, p: &SurveyGuard, out: &mut Objections) {
    let (Some(matter), Some(begun)) = (&s.moment.matter, s.scores.effort.journey.start) else {
        return;
    };
    if !p.per_journey {
        return;
    }
    let mut asked = s.history.ledger().touches.iter().filter(|touch| {
        touch.purpose == Purpose::Survey
            && touch.at >= begun
            && touch.matter.as_ref() == Some(matter)
            && s.takes_slot(touch, Purpose::Survey)
    });
    if let Some(touch) = asked.next() {
        let evidence = || vec![s.history.evidence(touch.event)];
        object(out, ReasonCode::SurveyFatigue, "perJourney", None, evidence);
    }
}

/// The survey the host would like to ask.
fn proposed<'a>(s: &Situation<'a>) -> Option<&'a ProposedSurvey> {
    s.moment.proposal.as_ref()?.survey.as_ref()
}

/// Who is asked is drawn before anybody knows how it went, and nobody chooses.
fn sample(s: &Situation<'_>, p: &SurveyGuard, out: &mut Objections) {
    let proposed = proposed(s);
    if let Some(proposed) = proposed {
        let evidence = || vec![literal!("moment:/proposal/survey")];
        if proposed.sampled == Some(false) {
            object(out, ReasonCode::NotSampled, "sampled", None, evidence);
        }
        if proposed.invited_by.is_some() && proposed.sampled != Some(true) {
            object(out, ReasonCode::BiasedSample, "invitedBy", None, evidence);
        }
    }
    if p.sample_share == Permille::ONE {
        return;
    }
    // Nobody in particular is in no bucket.
    let drawn = s.history.person().is_some_and(|person| {
        let kind = proposed.map_or("", |proposed| proposed.kind.as_str());
        let draw = hash(person.as_bytes(), hash(kind.as_bytes(), 0)) % 1000;
        draw < p.sample_share.get().unsigned_abs()
    });
    if !drawn {
        let evidence = || vec![literal!("policy:/guards/survey/sampleShare")];
        object(out, ReasonCode::NotSampled, "sampleShare", None, evidence);
    }
}

/// A question about the whole relationship right after a single contact measures the contact.
fn kind(s: &Situation<'_>, p: &SurveyGuard, out: &mut Objections) {
    if !proposed(s).is_some_and(|proposed| p.relationship_kinds.contains(&proposed.kind)) {
        return;
    }
    let done = s.history.events().iter().filter(|event| match &event.body {
        HistoryBody::Contact(it) => matches!(it.step, ContactStep::Ended | ContactStep::Replied),
        HistoryBody::Case(it) => matches!(it.step, CaseStep::Resolved | CaseStep::Closed),
        HistoryBody::Milestone(it) => it.name == "renewed",
        _ => false,
    });
    let Some(last) = done.max_by_key(|event| event.at) else { return };
    let until = last.at.min(s.early).plus(p.after_transaction_ms);
    if until > s.early {
        let evidence = || vec![last.id.clone()];
        object(out, ReasonCode::SurveyKind, "relationshipKinds", Some(until), evidence);
    }
}
