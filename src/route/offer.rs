//! How a route is offered: live, by a date, or not at all; and what stays, or stays away, once it
//! was shown or closed.

use super::due::{channel, due};
use super::ladder::Rung;
use super::need::Need;
use super::usable::{self, Usable};
use super::{Because, Choice, Router, rank};
use crate::Text;
use crate::decision::{ReasonCode, Target};
use crate::event::{Purpose, Route};
use crate::guard::Cleared;
use crate::promise::{Promise, Touch};

impl Router<'_> {
    /// The desk for this matter: a specialist when it takes special knowledge, when anybody else would
    /// have to pass it on, and when somebody who is having a hard time needs a skill.
    pub(super) fn desk(&self) -> Route {
        let (s, p) = (self.s, self.s.policy);
        let special = s.scores.complexity >= p.scores.complexity.high
            || usable::would_pass_on(s, Route::Human)
            || s.scores.friction >= p.routes.thresholds.offer_human && usable::skill(s).is_some()
            || self.reached().is_some_and(|(rung, _)| rung == Rung::Specialist);
        if special { Route::Specialist } else { Route::Human }
    }

    /// That desk if it may be offered; where the one who knows it best was refused, anybody who may be.
    pub(super) fn desk_below(&self, desk: Route, limit: u8) -> Option<Route> {
        [desk, Route::Human].into_iter().find(|desk| rank(*desk) < limit)
    }

    /// Offers a desk, live if it or the other one can take the person now, else by a date, else whatever
    /// there is: silence is for who needs nothing. What is offered instead is below the limit as well.
    pub(super) fn help(
        &self,
        purpose: Purpose,
        route: Route,
        limit: u8,
        because: &mut Because,
    ) -> Choice {
        let open = |route: &Route| rank(*route) < limit;
        // Without the one who knows it best, somebody who is there is better than a date.
        let other = match route {
            Route::Specialist => Some(Route::Human),
            Route::Human => Some(Route::Specialist),
            _ => None,
        };
        if let Some(choice) = self.live(purpose, route) {
            return choice;
        }
        if let Usable::Later { why: Some(why) } = usable::usable(self.s, route) {
            because.cite(why, || self.status_of(route));
        }
        if let Some(choice) = other.filter(open).and_then(|other| self.live(purpose, other)) {
            return choice;
        }
        if other.is_some() {
            because.cite(ReasonCode::NobodyAvailable, || self.status_of(route));
        }
        let instead = [Route::Human, Route::Article, Route::MessageForm].into_iter().filter(open);
        self.later(purpose, route)
            .or_else(|| {
                let mut each =
                    instead.map(|it| self.live(purpose, it).or_else(|| self.later(purpose, it)));
                each.find_map(|choice| choice)
            })
            .unwrap_or_else(|| {
                because.cite(ReasonCode::NoPromise, || vec!["policy:/promises".into()]);
                Choice { without_promise: true, ..Choice::silence() }
            })
    }

    /// The route live, if it can take the person now and a promise can be made.
    pub(super) fn live(&self, purpose: Purpose, route: Route) -> Option<Choice> {
        let cleared = self.objections.clear(purpose)?;
        match usable::usable(self.s, route) {
            Usable::Now(_) => {
                let promise = Promise::live(self.s, route)?;
                // An offer to read takes something to read.
                let article = match route {
                    Route::Article => Some(self.best_article()?.0),
                    _ => None,
                };
                let article = article.and_then(|i| self.s.moment.articles.get(i));
                let article = article.map(|article| article.id.clone());
                let target = Target { article, ..Target::default() };
                Some(self.touch(cleared, route, promise, target))
            }
            Usable::Later { .. } | Usable::No => None,
        }
    }

    /// The route by a date, if anything says by when. The account manager answers who asked; whoever
    /// did not is a pitch, and takes the key.
    pub(super) fn later(&self, purpose: Purpose, route: Route) -> Option<Choice> {
        if route == Route::AccountManager && purpose != Purpose::Answer {
            return None;
        }
        let cleared = self.objections.clear(purpose)?;
        let promise = Promise::by(self.s, route, due(self.s, route)?)?;
        Some(self.touch(cleared, route, promise, Target::default()))
    }

    /// The touch a host proposed, now that no guard objects. An article is then the host's own text.
    pub(super) fn grant(
        &self,
        purpose: Purpose,
        route: Route,
        because: &mut Because,
    ) -> Option<Choice> {
        if route == Route::AccountManager && purpose == Purpose::Pitch {
            return self.pitch(because);
        }
        // Whichever way it takes, a pitch is for whom its offer is.
        let proposed = self.s.moment.proposal.as_ref().is_some_and(|it| it.offer.is_some());
        let offer = if purpose == Purpose::Pitch && proposed { self.fitting()? } else { None };
        let mut choice = match route {
            Route::Article => {
                let cleared = self.objections.clear(purpose)?;
                let promise = Promise::live(self.s, route)?;
                self.touch(cleared, route, promise, Target::default())
            }
            _ => self.help(purpose, route, u8::MAX, because),
        };
        if let Some(touch) = &mut choice.touch {
            touch.target.offer = offer.cloned();
        }
        Some(choice)
    }

    pub(super) fn touch(
        &self,
        cleared: Cleared,
        route: Route,
        promise: Promise,
        target: Target,
    ) -> Choice {
        let s = self.s;
        let mut also = Vec::new();
        let person = matches!(route, Route::Human | Route::Specialist);
        let self_serve = matches!(route, Route::Article | Route::Chatbot);
        // A person is one step away from whatever is not one.
        let there = |route: &Route| matches!(usable::usable(s, *route), Usable::Now(_));
        if self_serve {
            also.extend([Route::Human, Route::Specialist].into_iter().find(there));
        }
        let mut target = target;
        target.channel = target.channel.or(channel(s, route, !promise.is_later()));
        // Whoever waits for a person has something to read meanwhile, if that may help.
        if person && (promise.is_later() || self.is_long(route)) && self.way(Route::Article).is_ok()
        {
            also.push(Route::Article);
        }
        if person {
            let skill = usable::skill(s).filter(|_| route == Route::Specialist);
            let owner = s.policy.routes.loop_owner.as_ref().filter(|_| self.circle().is_some());
            target.team = owner.or(skill).cloned();
        }
        Choice {
            touch: Some(Touch::new(cleared, route, promise, target)),
            also,
            without_promise: false,
            needed: false,
        }
    }

    /// Four in five wait longer for a desk than anybody should.
    pub(super) fn is_long(&self, route: Route) -> bool {
        let wait = self.s.moment.status(route).and_then(|status| status.wait_p80_ms);
        let long = self.s.policy.routes.long_wait.as_ref();
        wait.zip(long).is_some_and(|(wait, long)| wait > long.over_ms)
    }

    /// What may be sold to this person, `Some(None)` where nothing is named: the offer the host proposes, if it
    /// proposes one and it meets the need; else the first that does.
    fn fitting(&self) -> Option<Option<&Text>> {
        let (s, proven) = (self.s, self.proved.key?);
        let meets = |place: usize| {
            let bit = u32::try_from(place).ok().and_then(|place| 1u64.checked_shl(place));
            bit.is_some_and(|bit| proven.offers & bit != 0)
        };
        let proposed = s.moment.proposal.as_ref().and_then(|it| it.offer.as_ref());
        let mut fitting = s.moment.offers.iter().enumerate().filter(|(place, _)| meets(*place));
        match proposed {
            Some(id) if s.policy.readiness.is_some() => {
                fitting.find(|(_, offer)| offer.id == *id).map(|(_, offer)| Some(&offer.id))
            }
            Some(id) => Some(Some(id)),
            None => Some(fitting.next().map(|(_, offer)| &offer.id)),
        }
    }

    /// The account manager: only with the key, and only when no guard objects.
    pub(super) fn pitch(&self, because: &mut Because) -> Option<Choice> {
        let offer = self.fitting()?;
        let cleared = self.objections.clear(Purpose::Pitch)?;
        let target = Target { offer: offer.cloned(), ..Target::default() };
        let due = due(self.s, Route::AccountManager)?;
        let Some(promise) = Promise::by(self.s, Route::AccountManager, due) else {
            because.cite(ReasonCode::NoPromise, || vec!["policy:/promises".into()]);
            return Some(Choice { without_promise: true, ..Choice::silence() });
        };
        Some(self.touch(cleared, Route::AccountManager, promise, target))
    }

    /// The offer on the screen stays for a moment, and until its reason has been gone a while.
    pub(super) fn stays(&self, need: Need, because: &mut Because) -> Option<Choice> {
        let (s, p) = (self.s, &self.s.policy.routes);
        let (shown, route) = self.standing_help()?;
        let dwelling = s.moment.now < shown.at.plus(p.dwell_ms);
        // Upwards, once it has stood for a moment, when a person is needed; never downwards, never sideways.
        if need == Need::Person && rank(route) < rank(Route::Human) && !dwelling {
            return None;
        }
        // What has failed meanwhile, or would not be tactful any more, does not stay.
        let person = matches!(route, Route::Human | Route::Specialist | Route::Callback);
        if !person && (self.is_sensitive() || self.owed()) || self.way(route).is_err() {
            return None;
        }
        let choice =
            self.live(Purpose::Assist, route).or_else(|| self.later(Purpose::Assist, route));
        if choice.is_some() {
            because.cite(ReasonCode::Continuity, || vec![s.history.evidence(shown.event)]);
        }
        choice
    }
}
