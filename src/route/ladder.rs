//! The way up is one way: who has come as far as a person is not sent back to a machine, who was
//! passed round in a circle gets somebody by name, and what was closed stays closed.

use super::{Because, Router, rank};
use crate::decision::ReasonCode;
use crate::event::history::{ContactStep, Direction, HistoryBody, TouchStep};
use crate::event::{Channel, Purpose, Route};
use crate::history::TouchState;
use crate::score::{UrgencyClass, broken_promise, friction_at, pressing};
use crate::signal::SignalKind;
use crate::unit::Ms;
use crate::{Text, text};

/// How far somebody has come with a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rung {
    /// Helping themselves.
    SelfServe,
    /// The automated conversation.
    Bot,
    /// A person.
    Human,
    /// A person who knows the subject.
    Specialist,
}

impl Rung {
    /// The rung a route stands on, if it is on the ladder.
    pub(super) const fn of(route: Route) -> Option<Self> {
        match route {
            Route::Article => Some(Self::SelfServe),
            Route::Chatbot => Some(Self::Bot),
            Route::Human | Route::Callback => Some(Self::Human),
            Route::Specialist => Some(Self::Specialist),
            _ => None,
        }
    }
}

impl Router<'_> {
    /// How far this journey has come, and the event that says so.
    pub(super) fn reached(&self) -> Option<(Rung, usize)> {
        let s = self.s;
        let contacts = s.scores.effort.journey.events.iter().filter_map(|event| {
            let HistoryBody::Contact(it) = &s.history.events().get(*event)?.body else {
                return None;
            };
            let person = !it.channel.is_self_service();
            let rung = match it.step {
                _ if it.direction == Some(Direction::Out) => return None,
                ContactStep::Escalated if person => Rung::Specialist,
                ContactStep::Escalated | ContactStep::Transferred => Rung::Human,
                _ if it.channel == Channel::Chatbot => Rung::Bot,
                _ if person => Rung::Human,
                _ => Rung::SelfServe,
            };
            Some((rung, *event))
        });
        // What they took up here counts like a contact.
        let here = s.history.ledger().touches.iter().filter_map(|touch| {
            let taken = touch.step == TouchStep::Accepted && touch.step_at >= s.visit.started_at();
            let about = touch.matter.is_none() || touch.matter == s.moment.matter;
            Some((Rung::of(touch.route.filter(|_| taken && about)?)?, touch.event))
        });
        contacts.chain(here).max()
    }

    /// Why a route would be a step down, if it is one.
    pub(super) fn step_down(&self, route: Route) -> Option<(ReasonCode, Vec<Text>)> {
        let (reached, event) = self.reached()?;
        let down = Rung::of(route).is_some_and(|rung| rung < reached);
        down.then(|| (ReasonCode::OneWay, vec![self.s.history.evidence(event)]))
    }

    /// The transfers of this journey, if one of them has been made before: from the same team to the
    /// same.
    pub(super) fn circle(&self) -> Option<Vec<Text>> {
        let s = self.s;
        let (mut team, mut passed): (Option<&str>, Vec<(&str, &str)>) = (None, Vec::new());
        let mut again = false;
        for event in &s.scores.effort.journey.events {
            let Some(it) = s.history.events().get(*event) else { continue };
            let HistoryBody::Contact(contact) = &it.body else { continue };
            let Some(to) = contact.team.as_deref() else { continue };
            if let (ContactStep::Transferred | ContactStep::Escalated, Some(from)) =
                (contact.step, team)
            {
                again |= passed.contains(&(from, to));
                passed.push((from, to));
            }
            team = Some(to);
        }
        let told =
            || s.scores.effort.journey.transfers.iter().map(|event| s.history.evidence(*event));
        again.then(|| told().collect())
    }

    /// The lowest rank of an offer of help that was closed in this visit, unless the matter has become
    /// more pressing since.
    pub(super) fn closed(&self, because: &mut Because) -> u8 {
        let mut lowest: Option<(u8, Text)> = None;
        for (rank, at, evidence) in self.closings() {
            let open = at < self.pressing_at() || self.was_calmer(at);
            if !open && lowest.as_ref().is_none_or(|(known, _)| rank < *known) {
                lowest = Some((rank, evidence));
            }
        }
        let Some((rank, evidence)) = lowest else { return u8::MAX };
        because.cite(ReasonCode::OfferDismissed, || vec![evidence]);
        rank
    }

    /// Whether the matter presses by its points now and did not at an instant of this visit: what the page
    /// showed since does not count for then.
    fn was_calmer(&self, at: Ms) -> bool {
        let s = self.s;
        if s.scores.urgency_class != UrgencyClass::Soft {
            return false;
        }
        let (p, t) = (&s.policy.scores.urgency, s.visit.time_of(at));
        let friction = friction_at(&s.policy.scores.friction, s.visit, t).get();
        let reached = s.visit.latest(SignalKind::ContactIntent).filter(|it| it.decided <= t);
        let reached = reached.map_or(0, |it| it.grade.get() * p.contact_intent.get() / 1000);
        let then = s.scores.urgency_rest + reached + friction * p.friction.get() / 1000;
        then < p.soft_at.get() && !self.owed()
    }

    /// Every offer of help closed in this visit: its rank, when, and what says so.
    pub(super) fn closings(&self) -> Vec<(u8, Ms, Text)> {
        let (s, began) = (self.s, self.s.visit.started_at());
        let helps =
            [Purpose::Assist, Purpose::Answer, Purpose::ReachOutHelp, Purpose::ServiceNotice];
        let mut list = Vec::new();
        for touch in &s.history.ledger().touches {
            let Some(route) = touch.route.filter(|_| helps.contains(&touch.purpose)) else {
                continue;
            };
            if touch.step == TouchStep::Dismissed && touch.step_at >= began {
                list.push((rank(route), touch.step_at, s.history.evidence(touch.event)));
            } else if let Some(at) = s.visit.closed_at(&touch.touch) {
                list.push((rank(route), s.visit.wall(at), text!("visit:dismiss@{}", at.ms())));
            }
        }
        // Nobody told what it was: then it may have been anything.
        for (key, at) in s.visit.closed() {
            let known = |touch: &TouchState| s.visit.key(&touch.touch) == key;
            if !s.history.ledger().touches.iter().any(known) {
                let evidence = text!("visit:dismiss@{}", at.ms());
                list.push((rank(Route::Status), s.visit.wall(at), evidence));
            }
        }
        list
    }

    /// The last time the matter became more pressing by itself.
    pub(super) fn pressing_at(&self) -> Ms {
        let s = self.s;
        let urgent = pressing(s.policy, s.history, s.moment.now);
        let urgent = urgent.filter_map(|(_, event)| Some(s.history.events().get(event)?.at));
        let cues = s.visit.urgent_cues().map(|(_, at)| s.visit.wall(at));
        let broken = broken_promise(s.policy, s.history, s.moment.now);
        let broken = broken.and_then(|promise| promise.broken_at(s.moment.now));
        let late = s.scores.handover.filter(|it| it.is_unanswered(s.moment.now)).map(|it| it.late);
        urgent.chain(cues).chain(broken).chain(late).max().unwrap_or(Ms::ALWAYS)
    }

    /// The help shown last, if the route has changed as often as it may and this would be no step up.
    pub(super) fn enough_changes(&self, to: Route) -> Option<(Route, usize)> {
        let s = self.s;
        let most = usize::from(s.policy.routes.max_changes?);
        // One offer on a screen may have led here and there: every time it was shown.
        let began = s.visit.started_at();
        let mut shown: Option<(Route, usize)> = None;
        let mut changes = 0;
        for (event, it) in s.history.events().iter().enumerate().filter(|(_, it)| it.at >= began) {
            let HistoryBody::Touch(touch) = &it.body else { continue };
            let counts = matches!(touch.step, TouchStep::Shown | TouchStep::Sent);
            let Some(route) = touch.route.filter(|_| counts && touch.purpose == Purpose::Assist)
            else {
                continue;
            };
            changes += usize::from(shown.is_some_and(|(before, _)| before != route));
            shown = Some((route, event));
        }
        let (last, event) = shown?;
        (changes >= most && last != to && rank(to) <= rank(last)).then_some((last, event))
    }
}
