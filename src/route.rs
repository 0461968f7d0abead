//! Which help, or none: exactly one route, always. Help is chosen by the least effort it is
//! expected to cost the person, what comes after a failed attempt included.

mod because;
mod cost;
mod due;
mod help;
mod ladder;
#[cfg(feature = "studio")]
mod lost;
mod need;
mod offer;
mod own;
mod usable;

use crate::decision::{ReasonCode, Target};
use crate::event::history::{ContactStep, TouchStep};
use crate::event::visit::WishFor;
use crate::event::{Channel, Purpose, Route, UrgentKind};
use crate::guard::{Objections, Situation};
use crate::history::{History, IncidentState, TouchState};
use crate::promise::{Promise, Touch};
use crate::readiness::Proved;
use crate::rule::OwnRule;
use crate::score::{UrgencyClass, broken_promise, pressing};
use crate::signal::SignalKind;
use crate::unit::{Ms, Permille};
use crate::visit::Visit;
use crate::{literal, text};
pub(crate) use because::{Because, Cause};
#[cfg(feature = "studio")]
pub(crate) use lost::Lost;
pub(crate) use usable::takes_people;

use usable::Usable;

/// What was chosen: a touch, or silence.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) touch: Option<Touch>,
    /// Ways that stay visible beside it.
    pub(crate) also: Vec<Route>,
    /// No promise could be made: the guard `promises` objects.
    pub(crate) without_promise: bool,
    /// The visit shows a need, whatever came of it.
    pub(crate) needed: bool,
}

impl Choice {
    pub(crate) fn route(&self) -> Route {
        self.touch.as_ref().map_or(Route::None, |touch| touch.route)
    }

    const fn silence() -> Self {
        Self { touch: None, also: Vec::new(), without_promise: false, needed: false }
    }
}

/// The offer that is on the screen: shown in this visit, neither taken up nor closed.
pub(crate) fn standing<'a>(history: &'a History, visit: &Visit) -> Option<&'a TouchState> {
    let shown = history.ledger().touches.iter().filter(|touch| {
        touch.step == TouchStep::Shown
            && touch.at >= visit.started_at()
            && touch.route.is_some()
            && touch.channels.iter().all(Channel::is_open_page)
            && visit.closed_at(&touch.touch).is_none()
            && matches!(touch.purpose, Purpose::Assist | Purpose::Answer | Purpose::Pitch)
    });
    shown.max_by_key(|touch| touch.at)
}

/// What choosing needs besides the situation.
pub(crate) struct Router<'a> {
    /// The situation; its history is what profiling permission shows.
    pub(crate) s: &'a Situation<'a>,
    pub(crate) objections: &'a Objections,
    pub(crate) proved: &'a Proved,
    /// The organisation's own routes with whether each holds.
    pub(crate) rules: &'a [OwnRule],
    pub(crate) bits: &'a [u64],
    /// Whether anybody wants to know why: evidence is text, and costs more than the choice.
    pub(crate) told: bool,
}

impl Router<'_> {
    /// Exactly one route.
    pub(crate) fn choose(&self, because: &mut Because) -> Choice {
        let choice = self.route(because);
        if choice.touch.as_ref().is_some_and(|touch| touch.promise.is_instead()) {
            let evidence = || vec![literal!("policy:/guards/keptRate")];
            because.cite(ReasonCode::PromiseKeptRate, evidence);
        }
        // Only who tells the decision wants to know.
        Choice { needed: because.is_wanted() && self.need().is_some(), ..choice }
    }

    fn route(&self, because: &mut Because) -> Choice {
        let s = self.s;
        if s.moment.handled_by.is_some() {
            because.cite(ReasonCode::HumanAlreadyHandling, || vec!["moment:/handledBy".into()]);
            return Choice::silence();
        }
        self.asked(because)
            .or_else(|| self.in_good_hands(because))
            .or_else(|| self.cannot_wait(because))
            .or_else(|| self.proposed(because))
            .or_else(|| self.own_rule(because))
            .or_else(|| self.explained_by_incident(because))
            .or_else(|| self.needed(because))
            .or_else(|| self.expansion(because))
            .unwrap_or_else(|| self.silence(because))
    }

    /// The person said what they want: nothing may replace it.
    fn asked(&self, because: &mut Because) -> Option<Choice> {
        let (wish, at) = self.s.visit.wish()?;
        // What was asked for and taken up, or called off, is not offered once more.
        if self.is_settled(wish, self.s.visit.wall(at)) {
            return None;
        }
        // Only the wish for a person comes before what cannot wait, where there is help for that.
        let person = matches!(wish, WishFor::Person | WishFor::Specialist | WishFor::NoHelp);
        let helps = |choice: Choice| choice.touch.is_some();
        if !person && self.cannot_wait(&mut Because::wanted(false)).is_some_and(helps) {
            return None;
        }
        let evidence = || vec![text!("visit:wish@{}", at.ms())];
        let asked = |because: &mut Because, route: Route, code: ReasonCode| {
            because.cite(code, evidence);
            self.help(Purpose::Answer, route, u8::MAX, because)
        };
        match wish {
            // What cannot wait and came up afterwards is not covered by it.
            WishFor::NoHelp if self.pressing_at() > self.s.visit.wall(at) => None,
            WishFor::NoHelp => {
                because.cite(ReasonCode::CustomerAsked, evidence);
                Some(Choice::silence())
            }
            WishFor::Person => {
                let desk = self.desk();
                Some(asked(because, desk, ReasonCode::AskedForPerson))
            }
            WishFor::Specialist => {
                Some(asked(because, Route::Specialist, ReasonCode::AskedForPerson))
            }
            WishFor::Callback => Some(asked(because, Route::Callback, ReasonCode::CustomerAsked)),
            // The reply to a question about buying is an answer, whatever the windows say.
            WishFor::Quote | WishFor::Buy => {
                Some(asked(because, Route::AccountManager, ReasonCode::CustomerAsked))
            }
            WishFor::Article => {
                because.cite(ReasonCode::CustomerAsked, evidence);
                let reading = self.live(Purpose::Answer, Route::Article);
                Some(reading.unwrap_or_else(|| {
                    let (code, evidence) = self.nothing_to_read();
                    because.cite(code, || evidence);
                    self.help(Purpose::Answer, self.desk(), u8::MAX, because)
                }))
            }
        }
    }

    /// A handover is under way: a person has it, or is about to. The machine does not go on answering.
    fn in_good_hands(&self, because: &mut Because) -> Option<Choice> {
        let handover = self.s.scores.handover;
        if handover.is_some_and(|it| it.is_unanswered(self.s.moment.now)) {
            return None;
        }
        // Unless it has become more pressing since.
        let handover = handover.map(|it| (it.event, it.since)).into_iter();
        let (event, _) =
            handover.chain(self.taken_up()).find(|(_, at)| self.pressing_at() <= *at)?;
        because.cite(ReasonCode::HumanAlreadyHandling, || vec![self.s.history.evidence(event)]);
        Some(Choice::silence())
    }

    /// Offers of help that were taken up in this visit: their events and when.
    fn accepted(&self) -> impl Iterator<Item = (&TouchState, Ms)> {
        let s = self.s;
        let taken = s.history.ledger().touches.iter().filter(|touch| {
            touch.step == TouchStep::Accepted
                && touch.step_at >= s.visit.started_at()
                && touch.step_at <= s.moment.now
                && touch.purpose != Purpose::Pitch
        });
        taken.map(|touch| (touch, touch.step_at))
    }

    /// Whether a wish has been taken up or called off since it was said: by an offer of what was wished
    /// for, not by one of less. To be left alone is never settled.
    fn is_settled(&self, wish: WishFor, said: Ms) -> bool {
        let least = match wish {
            WishFor::NoHelp => return false,
            WishFor::Article => rank(Route::Article),
            WishFor::Callback | WishFor::Quote | WishFor::Buy => rank(Route::Callback),
            WishFor::Person | WishFor::Specialist => rank(Route::Human),
        };
        let taken = |touch: &TouchState| touch.route.is_some_and(|route| rank(route) >= least);
        self.accepted().any(|(touch, at)| at >= said && taken(touch))
            || self.closings().iter().any(|(rank, at, _)| *at >= said && *rank >= least)
    }

    /// The offer of a person that was taken up in this visit, and when: it is under way until its
    /// conversation has ended, or after a while without a word.
    fn taken_up(&self) -> Option<(usize, Ms)> {
        let s = self.s;
        let person = |touch: &TouchState| touch.route.is_some_and(is_answered_by_a_person);
        let taken = self.accepted().filter(|(touch, _)| person(touch));
        let (touch, at) = taken.max_by_key(|(_, at)| *at)?;
        let lapse = s.policy.routes.handover.as_ref().map_or(Ms::NEVER, |it| it.lapse_ms);
        let over = s.history.contacts().any(|(_, then, contact)| {
            then > at
                && matches!(contact.step, ContactStep::Ended | ContactStep::Abandoned)
                && (touch.matter.is_none() || contact.matter == touch.matter)
        });
        (!over && at.plus(lapse) > s.moment.now).then_some((touch.event, at))
    }

    /// A hard trigger: a person, at once.
    fn cannot_wait(&self, because: &mut Because) -> Option<Choice> {
        if self.s.scores.urgency_class != UrgencyClass::Hard {
            return None;
        }
        // That it is down is known: saying so helps more than another person who knows it too.
        let mut down =
            pressing(self.s.policy, self.s.history, self.s.moment.now).map(|(kind, _)| kind);
        let mut felt = self.s.visit.urgent_cues().map(|(kind, _)| kind);
        let known = self.incident().is_some() && !self.is_sensitive();
        if known && down.all(is_outage) && felt.all(is_outage) && !self.owed() {
            return None;
        }
        because.cite(ReasonCode::Urgency, || self.urgency_evidence());
        let knows_it = usable::skill(self.s).is_some();
        let desk = match usable::usable(self.s, Route::Specialist) {
            Usable::Now(_) if knows_it => Route::Specialist,
            _ => self.desk(),
        };
        let limit = self.closed(because);
        let Some(desk) = self.desk_below(desk, limit) else { return Some(Choice::silence()) };
        let mut choice = self.help(Purpose::Answer, desk, limit, because);
        // Nobody is there: what they can do themselves meanwhile, at once.
        let dated = choice.touch.as_mut().filter(|touch| touch.promise.is_later());
        if let (Some(touch), Some((article, _))) = (dated, self.best_article()) {
            let article = self.s.moment.articles.get(article);
            touch.target.article = article.map(|article| article.id.clone());
            if !choice.also.contains(&Route::Article) {
                choice.also.push(Route::Article);
            }
        }
        Some(choice)
    }

    /// The fault that is on and affects what the person is at.
    fn incident(&self) -> Option<&IncidentState> {
        let open = self.s.history.ledger().incidents.iter().filter(|it| it.ended.is_none());
        open.into_iter().find(|state| {
            let topics = &state.incident.topics;
            let here = self.s.visit.open_page().map(|(_, _, topic)| topic);
            topics.is_empty()
                || self.s.moment.matter.as_ref().is_some_and(|matter| topics.contains(matter))
                || here.is_some_and(|here| topics.iter().any(|t| self.s.visit.key(t) == here))
        })
    }

    /// A known fault explains the trouble: say so, instead of sending people through hoops.
    fn explained_by_incident(&self, because: &mut Because) -> Option<Choice> {
        // Whoever needs tact is not pointed to a status page.
        if self.is_sensitive() {
            return None;
        }
        let incident = self.incident()?;
        // What was promised before it began has nothing to do with it.
        let now = self.s.moment.now;
        let broken = broken_promise(self.s.policy, self.s.history, now);
        if broken.and_then(|it| it.broken_at(now)).is_some_and(|at| at < incident.began) {
            return None;
        }
        self.need()?;
        because.cite(ReasonCode::KnownOutage, || vec![self.s.history.evidence(incident.event)]);
        let due = incident.incident.next_update_at.filter(|at| *at > now);
        let due = due.or_else(|| due::due(self.s, Route::Status))?;
        let promise = Promise::by(self.s, Route::Status, due)?;
        let cleared = self.objections.clear(Purpose::Assist)?;
        if rank(Route::Status) >= self.closed(because) {
            return None;
        }
        Some(self.touch(cleared, Route::Status, promise, Target::default()))
    }

    /// Proven readiness, and no need open.
    fn expansion(&self, because: &mut Because) -> Option<Choice> {
        if self.need().is_some() || self.s.policy.readiness.is_none() {
            return None;
        }
        let choice = self.pitch(because)?;
        because.cite(ReasonCode::Readiness, || vec!["policy:/readiness".into()]);
        Some(choice)
    }

    fn silence(&self, because: &mut Because) -> Choice {
        if self.need().is_none() {
            if let Some(read) = self.s.visit.latest(SignalKind::ArticleRead) {
                because.cite(ReasonCode::GoodArticle, || vec![read.evidence()]);
            }
            let code = if self.s.scores.friction > Permille::ZERO {
                ReasonCode::LowFriction
            } else {
                ReasonCode::NoNeed
            };
            because.cite(code, || {
                let mut seen = self.trouble_evidence();
                if seen.is_empty() {
                    seen.push("absent:signals".into());
                }
                seen
            });
            // Contacts about other things are no need here.
            if !self.s.scores.effort.journey.elsewhere.is_empty() {
                for (code, evidence) in self.journey_reasons() {
                    if code == ReasonCode::SeparateIssues {
                        because.cite(code, || evidence);
                    }
                }
            }
        }
        Choice::silence()
    }
}

fn is_outage(kind: UrgentKind) -> bool {
    kind == UrgentKind::Outage
}

/// Whether somebody, sooner or later, answers.
const fn is_answered_by_a_person(route: Route) -> bool {
    matches!(route, Route::Human | Route::Specialist | Route::Callback | Route::MessageForm)
}

/// How much a route interrupts. Closing one closes everything that interrupts as much or more.
const fn rank(route: Route) -> u8 {
    match route {
        Route::None => 0,
        Route::Status => 1,
        Route::Article => 2,
        Route::MessageForm => 3,
        Route::Chatbot => 4,
        Route::Callback => 5,
        Route::Human => 6,
        Route::Specialist => 7,
        Route::AccountManager => 8,
    }
}
