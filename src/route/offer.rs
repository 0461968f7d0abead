//! How a route is offered: live, by a date, or not at all; and what stays, or stays away, once it
//! was shown or closed.

use super::due::{channel, due};
use super::ladder::Rung;
use super::need::Need;
use super::usable::{self, Usable};
use super::{Because, Choice, Router, rank};
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

    /// Offers a desk, live if it can take the person now, else by a date.
    pub(super) fn help(&self, purpose: Purpose, route: Route, because: &mut Because) -> Choice {
        if let Some(choice) = self.live(purpose, route) {
            return choice;
        }
        // Without the one who knows it best, somebody who is there is better than a date.
        if route == Route::Specialist
            && let Some(choice) = self.live(purpose, Route::Human)
        {
            return choice;
        }
        if let Usable::Later { why: Some(why) } = usable::usable(self.s, route) {
            because.cite(why, || vec![format!("moment:/routes/{}", route.as_str())]);
        }
        if matches!(route, Route::Human | Route::Specialist) {
            because.cite(ReasonCode::NobodyAvailable, || {
                vec![format!("moment:/routes/{}", route.as_str())]
            });
            // A conversation that can finish the matter is better than waiting for a person.
            let completes = self.s.moment.matter.as_ref().zip(self.s.moment.status(Route::Chatbot));
            if completes.is_some_and(|(matter, bot)| bot.completes.contains(matter))
                && let Some(choice) = self.live(purpose, Route::Chatbot)
            {
                because.cite(ReasonCode::BotCompletes, || vec!["moment:/routes/chatbot".into()]);
                return choice;
            }
        }
        // A date, or else whatever there is: silence is for who needs nothing.
        self.later(purpose, route)
            .or_else(|| self.live(purpose, Route::Article))
            .or_else(|| self.later(purpose, Route::MessageForm))
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
        match route {
            Route::Article => {
                let cleared = self.objections.clear(purpose)?;
                let promise = Promise::live(self.s, route)?;
                Some(self.touch(cleared, route, promise, Target::default()))
            }
            Route::AccountManager if purpose == Purpose::Pitch => self.pitch(because),
            _ => Some(self.help(purpose, route, because)),
        }
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
        if self_serve && matches!(usable::usable(s, Route::Human), Usable::Now(_)) {
            also.push(Route::Human);
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

    /// The account manager: only with the key, and only when no guard objects.
    pub(super) fn pitch(&self, because: &mut Because) -> Option<Choice> {
        let proven = self.proved.key?;
        let cleared = self.objections.clear(Purpose::Pitch)?;
        let first = proven.offers.trailing_zeros() as usize;
        let offer = self.s.moment.offers.get(first).filter(|_| proven.offers != 0);
        let target = Target { offer: offer.map(|offer| offer.id.clone()), ..Target::default() };
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
        // Upwards at once when a person is needed; never downwards, never sideways.
        if need == Need::Person && rank(route) < rank(Route::Human) && !dwelling {
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
