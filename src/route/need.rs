//! How much help the visit shows it needs, and what says so.

use super::{Router, rank};
use crate::decision::ReasonCode;
use crate::event::{Purpose, Route};
use crate::history::TouchState;
use crate::score::{EffortBand, UrgencyClass, broken_promise, pressing, trouble};
use crate::signal::SignalKind;
use crate::unit::Permille;
use crate::{Text, text};

/// How much help the visit shows it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Something.
    Help,
    /// A person.
    Person,
}

impl Router<'_> {
    /// The offer of help on the screen. What sells is no help, and its standing is no reason to stay.
    pub(super) fn standing_help(&self) -> Option<(&TouchState, Route)> {
        let touch = self.s.standing.filter(|touch| touch.purpose != Purpose::Pitch)?;
        let help = rank(Route::None) + 1..rank(Route::AccountManager);
        let route = touch.route.filter(|route| help.contains(&rank(*route)))?;
        Some((touch, route))
    }

    /// Enter and leave thresholds differ, so that an offer does not flicker.
    pub(super) fn need(&self) -> Option<Need> {
        let (s, p) = (self.s, &self.s.policy.routes.thresholds);
        let standing = self.standing_help();
        let shown = standing.map(|(_, route)| route);
        let person_shown = shown.is_some_and(|route| rank(route) >= rank(Route::Human));
        // Leaving takes both readings below the threshold: now, and a settling time ago.
        let lasting = s.scores.friction.max(s.scores.friction_before);
        let dwelling =
            standing.is_some_and(|(t, _)| s.moment.now < t.at.plus(s.policy.routes.dwell_ms));
        let person = s.scores.friction >= p.offer_human
            || person_shown && (lasting >= p.withdraw_human || dwelling)
            || self.owed()
            || s.scores.effort.band == EffortBand::High && self.is_unsolved();
        if person {
            return Some(Need::Person);
        }
        let contact = s.visit.latest(SignalKind::ContactIntent);
        let help = s.scores.friction >= self.help_from()
            || s.scores.urgency_class == UrgencyClass::Soft
            || shown.is_some() && (lasting >= p.withdraw_help || dwelling)
            || contact.is_some_and(|signal| signal.grade >= p.contact_intent);
        help.then_some(Need::Help)
    }

    /// The journey goes on, or begins again: what was solved and is at rest needs nobody.
    fn is_unsolved(&self) -> bool {
        let s = self.s;
        !s.scores.effort.journey.solved
            || s.scores.friction >= self.help_from()
            || s.visit.latest(SignalKind::ContactIntent).is_some()
    }

    /// From which friction on help is offered: sooner to who has had more to do than usual.
    fn help_from(&self) -> Permille {
        let p = &self.s.policy.routes.thresholds;
        let effort = &self.s.scores.effort;
        // Where a source cannot be heard, it may well have been more.
        let unheard = effort.band == EffortBand::Unknown && effort.points.coverage < Permille::ONE;
        if effort.band == EffortBand::Raised || unheard {
            p.offer_help_raised.min(p.offer_help)
        } else {
            p.offer_help
        }
    }

    /// Somebody has waited for us, and we have not come: a promise past due, a handover unanswered.
    pub(super) fn owed(&self) -> bool {
        let (s, now) = (self.s, self.s.moment.now);
        broken_promise(s.policy, s.history, now).is_some()
            || s.scores.handover.is_some_and(|handover| handover.is_unanswered(now))
    }

    pub(super) fn need_reasons(&self) -> Vec<(ReasonCode, Vec<Text>)> {
        let (s, mut reasons) = (self.s, Vec::new());
        if !self.told {
            return reasons;
        }
        if let Some(broken) = broken_promise(s.policy, s.history, s.moment.now) {
            reasons.push((ReasonCode::BrokenPromise, vec![s.history.evidence(broken.event)]));
        }
        if let Some(waiting) = s.scores.handover.filter(|it| it.is_unanswered(s.moment.now)) {
            reasons.push((ReasonCode::Unanswered, vec![s.history.evidence(waiting.event)]));
        }
        reasons.extend(self.journey_reasons());
        if s.scores.urgency_class == UrgencyClass::Soft {
            reasons.push((ReasonCode::Urgency, vec!["policy:/scores/urgency".into()]));
        }
        if s.scores.friction >= self.help_from() {
            reasons.push((ReasonCode::Friction, self.trouble_evidence()));
        }
        if let Some(contact) = s.visit.latest(SignalKind::ContactIntent) {
            reasons.push((ReasonCode::ContactIntent, vec![contact.evidence()]));
        }
        if s.scores.complexity >= s.policy.scores.complexity.high {
            reasons.push((ReasonCode::Complexity, vec!["policy:/scores/complexity".into()]));
        }
        // Nothing but the offer that was made a moment ago says so.
        if let (true, Some((shown, _))) = (reasons.is_empty(), self.standing_help()) {
            reasons.push((ReasonCode::Continuity, vec![s.history.evidence(shown.event)]));
        }
        reasons
    }

    /// What the journeys of this customer say about the matter at hand.
    pub(super) fn journey_reasons(&self) -> Vec<(ReasonCode, Vec<Text>)> {
        let (s, effort) = (self.s, &self.s.scores.effort);
        let journey = &effort.journey;
        let cite = |events: &[usize]| events.iter().map(|e| s.history.evidence(*e)).collect();
        let mut reasons: Vec<(ReasonCode, Vec<Text>)> = Vec::new();
        if effort.band == EffortBand::High {
            reasons.push((ReasonCode::HighEffort, cite(&journey.events)));
        }
        if journey.repeats > 0 {
            reasons.push((ReasonCode::RepeatContact, cite(&journey.contacts)));
        }
        if journey.contacts.len() > 1 {
            reasons.push((ReasonCode::OneJourney, cite(&journey.contacts)));
        }
        if !journey.transfers.is_empty() {
            reasons.push((ReasonCode::Transfers, cite(&journey.transfers)));
        }
        if let Some(solved) = journey.returned {
            reasons.push((ReasonCode::Recontact, cite(&[solved])));
        }
        if journey.contacts.len() < 2 && journey.contacts.len() + journey.elsewhere.len() > 1 {
            let apart: Vec<usize> =
                journey.elsewhere.iter().chain(&journey.contacts).copied().collect();
            reasons.push((ReasonCode::SeparateIssues, cite(&apart)));
        }
        if let (Some(changed), false) = (&journey.changed, journey.contacts.is_empty()) {
            reasons.push((ReasonCode::ProcessVersion, vec![changed.clone()]));
        }
        reasons
    }

    pub(super) fn trouble_evidence(&self) -> Vec<Text> {
        if !self.told {
            return Vec::new();
        }
        trouble(&self.s.policy.scores.friction, self.s.visit)
    }

    pub(super) fn urgency_evidence(&self) -> Vec<Text> {
        let learned = pressing(self.s.policy, self.s.history, self.s.moment.now);
        let mut evidence: Vec<Text> =
            learned.map(|(_, event)| self.s.history.evidence(event)).collect();
        let cues = self.s.visit.urgent_cues();
        evidence.extend(cues.map(|(_, at)| text!("visit:cue@{}", at.ms())));
        // What raised the class, where no trigger did.
        if evidence.is_empty() {
            let broken =
                broken_promise(self.s.policy, self.s.history, self.s.moment.now).map(|it| it.event);
            let waiting = self.s.scores.handover.map(|it| it.event);
            let raised = broken.into_iter().chain(waiting);
            evidence.extend(raised.map(|event| self.s.history.evidence(event)));
        }
        evidence
    }
}
