//! Which help, or none: exactly one route, always. Help is chosen by the least effort it is
//! expected to cost the person, what comes after a failed attempt included.

mod cost;
mod usable;

use crate::decision::{ReasonCode, Target};
use crate::event::visit::WishFor;
use crate::event::{Purpose, Route};
use crate::guard::{Cleared, Objections, Situation};
use crate::history::{History, TouchState};
use crate::promise::{Promise, Touch};
use crate::readiness::Proved;
use crate::rule::OwnRule;
use crate::score::{EffortBand, UrgencyClass, broken_promise};
use crate::signal::{Signal, SignalKind};
use crate::unit::Permille;
use usable::Usable;

/// Reasons on the way to the route, written down only for a full decision.
#[derive(Debug, Default)]
pub(crate) struct Because(Option<Vec<(Cause, Vec<String>)>>);

/// A reason of ours, or the rule of the organisation that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Known(ReasonCode),
    /// Position of the route rule.
    Rule(usize),
}

impl Because {
    pub(crate) const fn wanted(wanted: bool) -> Self {
        Self(if wanted { Some(Vec::new()) } else { None })
    }

    fn cite(&mut self, code: ReasonCode, evidence: impl FnOnce() -> Vec<String>) {
        self.push(Cause::Known(code), evidence);
    }

    fn push(&mut self, cause: Cause, evidence: impl FnOnce() -> Vec<String>) {
        if let Some(list) = &mut self.0
            && list.iter().all(|(known, _)| *known != cause)
        {
            let mut evidence = evidence();
            if evidence.is_empty() {
                evidence.push("policy:/routes".to_owned());
            }
            list.push((cause, evidence));
        }
    }

    pub(crate) fn into_list(self) -> Vec<(Cause, Vec<String>)> {
        self.0.unwrap_or_default()
    }
}

/// What was chosen: a touch, or silence.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) touch: Option<Touch>,
    pub(crate) also: Option<Route>,
    /// No promise could be made: the guard `promises` objects.
    pub(crate) without_promise: bool,
}

impl Choice {
    pub(crate) fn route(&self) -> Route {
        self.touch.as_ref().map_or(Route::None, |touch| touch.route)
    }

    const fn silence() -> Self {
        Self { touch: None, also: None, without_promise: false }
    }
}

/// The offer that is on the screen: shown in this visit, neither taken up nor closed.
pub(crate) fn standing<'a>(
    history: &'a History,
    visit: &crate::visit::Visit,
) -> Option<&'a TouchState> {
    let shown = history.ledger().touches.iter().filter(|touch| {
        touch.step == crate::event::history::TouchStep::Shown
            && touch.at >= visit.started_at()
            && touch.route.is_some()
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
}

impl Router<'_> {
    /// Exactly one route.
    pub(crate) fn choose(&self, because: &mut Because) -> Choice {
        let s = self.s;
        if s.moment.handled_by.is_some() {
            because.cite(ReasonCode::HumanAlreadyHandling, || vec!["moment:/handledBy".into()]);
            return Choice::silence();
        }
        self.asked(because)
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
        let evidence = || vec![format!("visit:wish@{}", at.ms())];
        let asked = |because: &mut Because, route: Route, code: ReasonCode| {
            because.cite(code, evidence);
            self.help(Purpose::Answer, route, because)
        };
        match wish {
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
                let article = self.best_article()?.0;
                because.cite(ReasonCode::CustomerAsked, evidence);
                self.show(Purpose::Answer, Route::Article, Some(article), because)
            }
        }
    }

    /// A hard trigger: a person, at once.
    fn cannot_wait(&self, because: &mut Because) -> Option<Choice> {
        if self.s.scores.urgency_class != UrgencyClass::Hard {
            return None;
        }
        because.cite(ReasonCode::Urgency, || self.urgency_evidence());
        let desk = self.desk();
        let desk = match usable::usable(self.s, Route::Specialist) {
            Usable::Now(_) => Route::Specialist,
            _ => desk,
        };
        Some(self.help(Purpose::Answer, desk, because))
    }

    /// May *this* touch be made? If not, silence, unless the visit itself shows a need.
    fn proposed(&self, because: &mut Because) -> Option<Choice> {
        let proposal = self.s.moment.proposal.as_ref()?;
        let purpose = proposal.purpose;
        let route = proposal.route.unwrap_or(match purpose {
            Purpose::Pitch => Route::AccountManager,
            Purpose::Survey => Route::None,
            _ => Route::Article,
        });
        let needs_proof = route == Route::AccountManager && purpose == Purpose::Pitch;
        let proven = !needs_proof || self.proved.key.is_some();
        if self.objections.clear(purpose).is_some() && proven {
            if route == Route::None {
                because.cite(ReasonCode::NoNeed, || vec!["moment:/proposal".into()]);
                return Some(Choice::silence());
            }
            if needs_proof {
                because.cite(ReasonCode::Readiness, || vec!["moment:/proposal".into()]);
            } else {
                because.cite(ReasonCode::CustomerAsked, || vec!["moment:/proposal".into()]);
            }
            return self.show(purpose, route, None, because);
        }
        if self.need().is_none() {
            because.cite(ReasonCode::NoNeed, || vec!["moment:/proposal".into()]);
            return Some(Choice::silence());
        }
        None
    }

    /// The first of the organisation's own routes that holds and may be taken.
    fn own_rule(&self, because: &mut Because) -> Option<Choice> {
        for (i, rule) in self.rules.iter().enumerate() {
            let Some(route) = rule.route.filter(|_| rule.holds(self.bits)) else { continue };
            let choice = match route {
                Route::None => Some(Choice::silence()),
                // The key to the account manager is a proof, whoever asks for the door.
                Route::AccountManager => self.pitch(because),
                _ => self.live(Purpose::Assist, route),
            };
            if let Some(choice) = choice {
                let evidence = || vec![format!("policy:/routes/rules/{}", rule.id)];
                because.push(Cause::Rule(i), evidence);
                return Some(choice);
            }
        }
        None
    }

    /// A known fault explains the trouble: say so, instead of sending people through hoops.
    fn explained_by_incident(&self, because: &mut Because) -> Option<Choice> {
        let incident = self.s.history.ledger().incidents.iter().find(|state| {
            let topics = &state.incident.topics;
            let here = self.s.visit.open_page().map(|(_, _, topic)| topic);
            topics.is_empty()
                || self.s.moment.matter.as_ref().is_some_and(|matter| topics.contains(matter))
                || here.is_some_and(|here| topics.iter().any(|t| self.s.visit.key(t) == here))
        })?;
        self.need()?;
        because.cite(ReasonCode::KnownOutage, || vec![self.s.history.evidence(incident.event)]);
        let due = incident.incident.next_update_at.filter(|at| *at > self.s.moment.now);
        let due = due.or_else(|| usable::sla(self.s, Route::Status))?;
        let promise = Promise::by(self.s.policy, Route::Status, due)?;
        let cleared = self.objections.clear(Purpose::Assist)?;
        Some(self.touch(cleared, Route::Status, promise, Target::default()))
    }

    /// Help that is needed, by the least expected effort.
    fn needed(&self, because: &mut Because) -> Option<Choice> {
        let need = self.need()?;
        for (code, evidence) in self.need_reasons() {
            because.cite(code, || evidence);
        }
        let limit = self.dismissed(because);
        if self.objections.clear(Purpose::Assist).is_none() {
            for (code, evidence) in self.objections.cited(Purpose::Assist) {
                because.cite(code, || evidence);
            }
            return None;
        }
        if let Some(stays) = self.stays(need, because) {
            return Some(stays);
        }
        let allowed = |route: Route| rank(route) < limit;
        if need == Need::Person {
            let desk = self.desk();
            if allowed(desk) {
                return Some(self.help(Purpose::Assist, desk, because));
            }
        }
        let (_, route, article) = self
            .candidates(because)
            .into_iter()
            .filter(|(_, route, _)| allowed(*route))
            .min_by_key(|(cost, route, _)| (*cost, rank(*route)))?;
        match (route, article) {
            (Route::Article, Some(article)) => {
                because
                    .cite(ReasonCode::GoodArticle, || vec![format!("moment:/articles/{article}")]);
                self.show(Purpose::Assist, Route::Article, Some(article), because)
            }
            _ => Some(self.help(Purpose::Assist, route, because)),
        }
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

    /// The account manager: only with the key, and only when no guard objects.
    fn pitch(&self, because: &mut Because) -> Option<Choice> {
        let proven = self.proved.key?;
        let cleared = self.objections.clear(Purpose::Pitch)?;
        let offer = proven.offer.and_then(|i| self.s.moment.offers.get(i));
        let target = Target { offer: offer.map(|offer| offer.id.clone()), ..Target::default() };
        let due = usable::sla(self.s, Route::AccountManager)?;
        let Some(promise) = Promise::by(self.s.policy, Route::AccountManager, due) else {
            because.cite(ReasonCode::NoPromise, || vec!["policy:/promises".into()]);
            return Some(Choice { without_promise: true, ..Choice::silence() });
        };
        Some(self.touch(cleared, Route::AccountManager, promise, target))
    }

    fn silence(&self, because: &mut Because) -> Choice {
        if self.need().is_none() {
            if let Some(read) = self.s.visit.latest(SignalKind::ArticleRead) {
                because.cite(ReasonCode::GoodArticle, || vec![at(read)]);
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
        }
        Choice::silence()
    }

    /// Offers a desk, live if it can take the person now, else by a date.
    fn help(&self, purpose: Purpose, route: Route, because: &mut Because) -> Choice {
        if let Some(choice) = self.live(purpose, route) {
            return choice;
        }
        // Without the one who knows it best, somebody who is there is better than a date.
        if matches!(route, Route::Specialist | Route::AccountManager)
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
        [route, Route::MessageForm]
            .into_iter()
            .find_map(|route| self.later(purpose, route))
            .unwrap_or_else(|| {
                because.cite(ReasonCode::NoPromise, || vec!["policy:/promises".into()]);
                Choice { without_promise: true, ..Choice::silence() }
            })
    }

    /// The route live, if it can take the person now and a promise can be made.
    fn live(&self, purpose: Purpose, route: Route) -> Option<Choice> {
        let cleared = self.objections.clear(purpose)?;
        match usable::usable(self.s, route) {
            Usable::Now(_) => {
                let promise = Promise::live(self.s.policy, self.s.moment, route)?;
                let article = (route == Route::Article).then(|| self.best_article()).flatten();
                let target = self.article_target(article.map(|(i, _)| i));
                Some(self.touch(cleared, route, promise, target))
            }
            Usable::Later { .. } | Usable::No => None,
        }
    }

    fn later(&self, purpose: Purpose, route: Route) -> Option<Choice> {
        let cleared = self.objections.clear(purpose)?;
        let due = usable::sla(self.s, route)?;
        let promise = Promise::by(self.s.policy, route, due)?;
        Some(self.touch(cleared, route, promise, Target::default()))
    }

    /// A touch on a route that is not a desk.
    fn show(
        &self,
        purpose: Purpose,
        route: Route,
        article: Option<usize>,
        because: &mut Because,
    ) -> Option<Choice> {
        if route == Route::Article {
            let cleared = self.objections.clear(purpose)?;
            let promise = Promise::live(self.s.policy, self.s.moment, route)?;
            return Some(self.touch(cleared, route, promise, self.article_target(article)));
        }
        if route == Route::AccountManager && purpose == Purpose::Pitch {
            return self.pitch(because);
        }
        Some(self.help(purpose, route, because))
    }

    fn article_target(&self, article: Option<usize>) -> Target {
        let article = article.and_then(|i| self.s.moment.articles.get(i));
        Target { article: article.map(|article| article.id.clone()), ..Target::default() }
    }

    fn touch(&self, cleared: Cleared, route: Route, promise: Promise, target: Target) -> Choice {
        let self_serve = matches!(route, Route::Article | Route::Chatbot);
        let person = matches!(usable::usable(self.s, Route::Human), Usable::Now(_));
        Choice {
            touch: Some(Touch::new(cleared, route, promise, target)),
            also: (self_serve && person).then_some(Route::Human),
            without_promise: false,
        }
    }

    /// The desk for this matter: a specialist when it takes special knowledge.
    fn desk(&self) -> Route {
        let complex = self.s.scores.complexity >= self.s.policy.scores.complexity.high;
        if complex { Route::Specialist } else { Route::Human }
    }

    /// The offer on the screen stays for a moment, and until its reason has been gone a while.
    fn stays(&self, need: Need, because: &mut Because) -> Option<Choice> {
        let (s, p) = (self.s, &self.s.policy.routes);
        let shown = s.standing.filter(|touch| touch.purpose != Purpose::Pitch)?;
        let route = shown.route?;
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

    /// The lowest rank of an offer the person closed in this visit; urgency lifts it.
    fn dismissed(&self, because: &mut Because) -> u8 {
        if self.s.scores.urgency_class == UrgencyClass::Hard {
            return u8::MAX;
        }
        let closed = self.s.history.ledger().touches.iter().filter(|touch| {
            touch.step == crate::event::history::TouchStep::Dismissed
                && touch.step_at >= self.s.visit.started_at()
                && touch.purpose != Purpose::Pitch
        });
        let lowest = closed.filter_map(|touch| Some((rank(touch.route?), touch.event))).min();
        if let Some((_, event)) = lowest {
            because.cite(ReasonCode::OfferDismissed, || vec![self.s.history.evidence(event)]);
        }
        lowest.map_or(u8::MAX, |(rank, _)| rank)
    }
}

/// How much help the visit shows it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Something.
    Help,
    /// A person.
    Person,
}

impl Router<'_> {
    /// Enter and leave thresholds differ, so that an offer does not flicker.
    fn need(&self) -> Option<Need> {
        let (s, p) = (self.s, &self.s.policy.routes.thresholds);
        let standing = s.standing.filter(|touch| touch.purpose != Purpose::Pitch);
        let shown = standing.and_then(|touch| touch.route);
        let person_shown = shown.is_some_and(|route| rank(route) >= rank(Route::Human));
        // Leaving takes both readings below the threshold: now, and a settling time ago.
        let lasting = s.scores.friction.max(s.scores.friction_before);
        let dwelling = standing.is_some_and(|t| s.moment.now < t.at.plus(s.policy.routes.dwell_ms));
        let person = s.scores.friction >= p.offer_human
            || person_shown && (lasting >= p.withdraw_human || dwelling)
            || broken_promise(s.history, s.moment.now).is_some()
            || s.scores.effort.band == EffortBand::High;
        if person {
            return Some(Need::Person);
        }
        let contact = s.visit.latest(SignalKind::ContactIntent);
        let help = s.scores.friction >= p.offer_help
            || shown.is_some() && (lasting >= p.withdraw_help || dwelling)
            || contact.is_some_and(|signal| signal.grade >= p.contact_intent);
        help.then_some(Need::Help)
    }

    fn need_reasons(&self) -> Vec<(ReasonCode, Vec<String>)> {
        let (s, mut reasons) = (self.s, Vec::new());
        if let Some(broken) = broken_promise(s.history, s.moment.now) {
            reasons.push((ReasonCode::BrokenPromise, vec![s.history.evidence(broken.event)]));
        }
        let cite = |events: &[usize]| events.iter().map(|e| s.history.evidence(*e)).collect();
        if s.scores.effort.contacts.len() > 1 {
            reasons.push((ReasonCode::RepeatContact, cite(&s.scores.effort.contacts)));
            reasons.push((ReasonCode::OneJourney, cite(&s.scores.effort.contacts)));
        }
        if !s.scores.effort.transfers.is_empty() {
            reasons.push((ReasonCode::Transfers, cite(&s.scores.effort.transfers)));
        }
        if s.scores.friction >= s.policy.routes.thresholds.offer_help {
            reasons.push((ReasonCode::Friction, self.trouble_evidence()));
        }
        if let Some(contact) = s.visit.latest(SignalKind::ContactIntent) {
            reasons.push((ReasonCode::CustomerAsked, vec![at(contact)]));
        }
        if s.scores.complexity >= s.policy.scores.complexity.high {
            reasons.push((ReasonCode::Complexity, vec!["policy:/scores/complexity".into()]));
        }
        reasons
    }

    fn trouble_evidence(&self) -> Vec<String> {
        let kinds = &self.s.policy.scores.friction.kinds;
        let seen = self.s.visit.board().recent();
        seen.filter(|signal| kinds.contains_key(signal.kind.as_str())).map(at).collect()
    }

    fn urgency_evidence(&self) -> Vec<String> {
        let learned = self.s.history.ledger().urgent.iter();
        let mut evidence: Vec<String> =
            learned.map(|(_, event)| self.s.history.evidence(*event)).collect();
        for cue in crate::event::visit::CueKind::ALL {
            if let (Some(_), Some(at)) = (cue.urgent(), self.s.visit.cue(*cue)) {
                evidence.push(format!("visit:cue@{}", at.ms()));
            }
        }
        evidence
    }
}

fn at(signal: &Signal) -> String {
    format!("visit:{}@{}", signal.kind.as_str(), signal.at.ms())
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
