//! The state that the events add up to. Positions point into the events, for their text and for
//! evidence; nothing here depends on the present.

mod state;

pub use state::*;

use crate::event::history::{
    Cleared, Consent, ConsentState, Direction, FeedStatus, HistoryBody, IncidentStep, OutcomeKind,
    PromiseStep, Suppression, SurveyStep, Switch, TouchStep,
};
use crate::event::{HistoryEvent, Purpose, SensitiveKind};
use crate::unit::Ms;

/// Cases, touches, permissions … as they stand after all events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Every consent event, with the instant it holds from.
    pub consents: Vec<ConsentGiven>,
    /// Latest state of each suppression, by whom it covers and why.
    pub suppressions: Vec<SuppressionState>,
    /// Every case.
    pub cases: Vec<CaseState>,
    /// Every touch, a survey invitation included.
    pub touches: Vec<TouchState>,
    /// Latest value of each fact.
    pub facts: Vec<FactState>,
    /// Every milestone.
    pub milestones: Vec<MilestoneState>,
    /// Every promise.
    pub promises: Vec<PromiseState>,
    /// Positions of answers to surveys.
    pub answers: Vec<usize>,
    /// Positions of contact events.
    pub contacts: Vec<usize>,
    /// Positions of questions and answers.
    pub asks: Vec<usize>,
    /// Every incident.
    pub incidents: Vec<IncidentState>,
    /// Sensitive moments not cleared, each with its event and when it began.
    pub sensitive: Vec<(SensitiveKind, usize, Ms)>,
    /// Triggers of urgency not cleared.
    pub urgent: Vec<UrgentState>,
    /// Latest word of each feed.
    pub feeds: Vec<FeedState>,
    /// Positions of links between identifiers.
    pub identities: Vec<usize>,
    /// Positions of changes of processes.
    pub processes: Vec<usize>,
    /// Positions of outcomes.
    pub outcomes: Vec<(OutcomeKind, usize)>,
    /// When the customer is first known to have done anything of their own: an account is at least as
    /// old. What was sent to them, or went wrong, makes nobody a customer of long standing.
    pub first: Option<Ms>,
}

impl Ledger {
    /// Folds events, which must be in order.
    #[must_use]
    pub fn fold(events: &[HistoryEvent]) -> Self {
        let mut ledger = Self::default();
        ledger.follow(events, 0);
        ledger
    }

    /// Goes on from where the fold of the events before `from` stands.
    pub(super) fn follow(&mut self, events: &[HistoryEvent], from: usize) {
        for (i, event) in events.iter().enumerate().skip(from) {
            self.first = self.first.or(is_own(event).then_some(event.at));
            self.add(i, event);
        }
        self.expire();
    }

    /// A promise made with an offer that was closed, called off or left lying has nobody waiting for it.
    fn expire(&mut self) {
        for promise in self.promises.iter_mut().filter(|it| it.step == PromiseStep::Made) {
            let carried = |touch: &&TouchState| {
                promise.touch.as_ref() == Some(&touch.touch)
                    || touch.promise.as_ref() == Some(&promise.promise)
            };
            let mut touches = self.touches.iter().filter(carried).peekable();
            // All that carried it, if any did. What was due before had been broken by then.
            promise.expired = touches.peek().is_some()
                && touches.all(|touch| {
                    let gone = matches!(
                        touch.step,
                        TouchStep::Dismissed
                            | TouchStep::Expired
                            | TouchStep::Cancelled
                            | TouchStep::Failed
                    );
                    gone && promise.due.is_none_or(|due| touch.step_at <= due)
                });
        }
    }

    /// The latest milestone of a name as of an instant.
    #[must_use]
    pub fn latest(&self, milestone: &str, now: Ms) -> Option<&MilestoneState> {
        let named = self.milestones.iter().filter(|m| m.milestone.name == milestone && m.at <= now);
        named.max_by_key(|m| m.at)
    }

    /// Each owner takes back what they have set; where nobody is named, it is taken back whoever has.
    fn suppress(&mut self, it: &Suppression, at: Ms, event: usize) {
        let on = it.state == Switch::On;
        let same = |s: &SuppressionState| s.scope == it.scope && s.reason == it.reason;
        let state = SuppressionState {
            scope: it.scope,
            reason: it.reason,
            owner: it.owner.clone(),
            on,
            until: it.until,
            at,
            event,
        };
        if !on && it.owner.is_none() {
            self.suppressions.retain(|s| !same(s) || is_stricter(s, &state));
            return;
        }
        let place = place(&self.suppressions, |s| same(s) && s.owner == it.owner);
        let known = place.and_then(|place| self.suppressions.get(place));
        // At one instant what closes wins, and of that what closes for longer.
        if !known.is_some_and(|known| is_stricter(known, &state)) {
            put(&mut self.suppressions, place, state);
        }
    }

    fn add(&mut self, i: usize, event: &HistoryEvent) {
        let at = event.at;
        match &event.body {
            HistoryBody::Contact(_) => self.contacts.push(i),
            HistoryBody::Ask(_) => self.asks.push(i),
            HistoryBody::Outcome(outcome) => self.outcomes.push((outcome.kind, i)),
            HistoryBody::Identity(_) => self.identities.push(i),
            HistoryBody::Process(_) => self.processes.push(i),
            HistoryBody::Consent(consent) => self.consents.push(consent_from(consent, at, i)),
            HistoryBody::Suppression(it) => {
                self.suppress(it, at, i);
            }
            HistoryBody::Case(case) => {
                let place = place(&self.cases, |c| c.case == case.case);
                let known = place.and_then(|place| self.cases.get(place));
                let state = CaseState {
                    case: case.case.clone(),
                    step: case.step,
                    at,
                    matter: case.matter.clone().or_else(|| known.and_then(|c| c.matter.clone())),
                    event: i,
                };
                // At one instant an end wins over a beginning: opened and closed at once is closed.
                let outranked =
                    known.is_some_and(|c| c.at == at && !c.is_open() && state.is_open());
                if !outranked {
                    put(&mut self.cases, place, state);
                }
            }
            HistoryBody::Touch(touch) => {
                let place = place(&self.touches, |t| t.touch == touch.touch);
                let known = place.and_then(|place| self.touches.get(place));
                let takes_slot =
                    matches!(touch.step, TouchStep::Reserved | TouchStep::Shown | TouchStep::Sent);
                let channels = known.map(|t| t.channels).unwrap_or_default();
                let state = TouchState {
                    touch: touch.touch.clone(),
                    step: touch.step,
                    at: known.filter(|_| !takes_slot).map_or(at, |t| t.at),
                    step_at: at,
                    purpose: touch.purpose,
                    channels: channels.with(touch.channel),
                    route: touch.route.or_else(|| known.and_then(|t| t.route)),
                    matter: touch.matter.clone().or_else(|| known.and_then(|t| t.matter.clone())),
                    offer: touch.offer.clone().or_else(|| known.and_then(|t| t.offer.clone())),
                    promise: touch
                        .promise
                        .clone()
                        .or_else(|| known.and_then(|t| t.promise.clone())),
                    survey: known.and_then(|t| t.survey),
                    confirmed: touch.step.is_made() || known.is_some_and(|t| t.confirmed),
                    event: i,
                };
                put(&mut self.touches, place, state);
            }
            HistoryBody::Survey(survey) => {
                if survey.step == SurveyStep::Answered {
                    self.answers.push(i);
                }
                // An invitation counts once, however it was told.
                let place = place(&self.touches, |t| t.touch == survey.survey);
                let known = place.and_then(|place| self.touches.get(place));
                let called_off =
                    |t: &&TouchState| matches!(t.step, TouchStep::Failed | TouchStep::Cancelled);
                let standing = known.filter(|t| !called_off(t));
                // What was only reserved is made by the invitation.
                let made = standing.filter(|t| t.confirmed);
                let state = TouchState {
                    touch: survey.survey.clone(),
                    step: made.map_or(TouchStep::Shown, |t| t.step),
                    at: made.map_or(at, |t| t.at),
                    step_at: standing.map_or(at, |t| t.step_at),
                    purpose: Purpose::Survey,
                    channels: standing.map(|t| t.channels).unwrap_or_default(),
                    route: known.and_then(|t| t.route),
                    matter: survey.matter.clone().or_else(|| known.and_then(|t| t.matter.clone())),
                    offer: known.and_then(|t| t.offer.clone()),
                    promise: known.and_then(|t| t.promise.clone()),
                    survey: Some(survey.kind),
                    confirmed: true,
                    event: standing.map_or(i, |t| t.event),
                };
                put(&mut self.touches, place, state);
            }
            HistoryBody::Fact(fact) => {
                let until = fact.good_for_ms.map(|span| at.plus(span));
                let (name, value) = (fact.name.clone(), fact.value.clone());
                let state = FactState { name, value, at, until, event: i };
                let place = place(&self.facts, |f| f.name == fact.name);
                put(&mut self.facts, place, state);
            }
            HistoryBody::Milestone(milestone) => {
                self.milestones.push(MilestoneState { milestone: milestone.clone(), at, event: i });
            }
            HistoryBody::Promise(promise) => {
                let place = place(&self.promises, |p| p.promise == promise.promise);
                let known = place.and_then(|place| self.promises.get(place));
                let state = PromiseState {
                    promise: promise.promise.clone(),
                    step: promise.step,
                    kind: promise.kind,
                    due: promise.due.or_else(|| known.and_then(|p| p.due)),
                    matter: promise.matter.clone().or_else(|| known.and_then(|p| p.matter.clone())),
                    touch: promise.touch.clone().or_else(|| known.and_then(|p| p.touch.clone())),
                    expired: false,
                    at,
                    event: i,
                };
                put(&mut self.promises, place, state);
            }
            HistoryBody::Incident(incident) => {
                let ended = (incident.step == IncidentStep::Ended).then_some(at);
                let place = place(&self.incidents, |it| it.incident.incident == incident.incident);
                let known = place.and_then(|place| self.incidents.get(place));
                let went_on = known.filter(|known| known.ended.is_none());
                let began = went_on.map_or(at, |known| known.began);
                let mut incident = incident.clone();
                if let Some(known) = known.filter(|_| incident.topics.is_empty()) {
                    incident.topics.clone_from(&known.incident.topics);
                }
                put(&mut self.incidents, place, IncidentState { incident, began, ended, event: i });
            }
            HistoryBody::Sensitive(it) => {
                // At one instant what closes wins.
                let on = it.step == Cleared::On;
                self.sensitive.retain(|(kind, _, began)| *kind != it.kind || !on && *began == at);
                if on {
                    self.sensitive.push((it.kind, i, at));
                }
            }
            HistoryBody::Urgent(it) => {
                // Cleared for a matter it goes on for others; cleared for none, for all.
                let on = it.step == Cleared::On;
                self.urgent.retain(|known| {
                    let all = !on && it.matter.is_none();
                    known.kind != it.kind || !all && known.matter != it.matter
                });
                if on {
                    let matter = it.matter.clone();
                    self.urgent.push(UrgentState { kind: it.kind, matter, due: it.due, event: i });
                }
            }
            HistoryBody::Feed(feed) => {
                let state = FeedState {
                    feed: feed.feed.clone(),
                    silent: feed.status == FeedStatus::Silent,
                    since: feed.since,
                    event: i,
                };
                let place = place(&self.feeds, |f| f.feed == feed.feed);
                put(&mut self.feeds, place, state);
            }
        }
    }
}

/// Whether of two words on a suppression, said at one instant, the first closes more.
fn is_stricter(one: &SuppressionState, other: &SuppressionState) -> bool {
    let until = |it: &SuppressionState| it.until.unwrap_or(Ms::NEVER);
    one.at == other.at && one.on && (!other.on || until(one) > until(other))
}

/// Whether it is something that the customer has done.
fn is_own(event: &HistoryEvent) -> bool {
    match &event.body {
        HistoryBody::Contact(it) => it.direction != Some(Direction::Out),
        HistoryBody::Consent(it) => it.state == ConsentState::Granted,
        HistoryBody::Case(_)
        | HistoryBody::Fact(_)
        | HistoryBody::Milestone(_)
        | HistoryBody::Ask(_) => true,
        _ => false,
    }
}

fn consent_from(consent: &Consent, at: Ms, event: usize) -> ConsentGiven {
    ConsentGiven {
        purpose: consent.purpose,
        channel: consent.channel,
        state: consent.state,
        at,
        effective: consent.effective_at.unwrap_or(at),
        undated: consent.effective_at.is_none() && consent.state == ConsentState::Withdrawn,
        expires: consent.expires_at,
        event,
    }
}

/// Where something stands already.
fn place<T>(list: &[T], same: impl Fn(&T) -> bool) -> Option<usize> {
    // From the end: what is told of late is of late.
    list.iter().rposition(same)
}

/// Puts it there, else at the end.
fn put<T>(list: &mut Vec<T>, place: Option<usize>, with: T) {
    match place.and_then(|place| list.get_mut(place)) {
        Some(known) => *known = with,
        None => list.push(with),
    }
}
