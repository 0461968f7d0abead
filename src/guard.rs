//! Guards: laws about when not to. All of them run, every objection is listed, and each says until
//! when its answer holds, so that a cached answer is used only while it is the answer.
//!
//! Unknown denies whatever sells, asks or interrupts. No guard objects to an `answer`: what the
//! person asked for is never withheld.

mod audience;
mod cap;
mod consent;
mod country;
mod kept;
mod objections;
mod presence;
mod quiet;
mod suppression;
mod survey;
mod text;
mod window;

pub(crate) use consent::{Clocks, permission};
pub(crate) use kept::not_kept;
pub(crate) use objections::{Cleared, Objections, plain_words, shown};
pub(crate) use quiet::night;
#[cfg(feature = "studio")]
pub(crate) use text::plain;

use crate::event::history::ConsentPurpose;
use crate::event::{Channel, PromiseKind, Purpose};
use crate::feed::{feed, known_since, silent};
use crate::given::Given;
use crate::history::{History, TouchState};
use crate::identity::Identities;
use crate::moment::Moment;
use crate::program::Policy;
use crate::score::Scores;
use crate::shape::{Set, words};
use crate::unit::{Ms, Truth};
use crate::visit::Visit;
use crate::{Text, text};

words! {
    /// The built-in guards; the position is the bit in a verdict's mask.
    pub enum GuardId {
        /// Permissions.
        Consent = "consent",
        /// Do-not-contact.
        Suppression = "suppression",
        /// How often.
        Cap = "caps",
        /// How soon.
        MinGap = "minGapMs",
        /// Night.
        QuietHours = "quietHours",
        /// A case is open.
        OpenCase = "windows.openCase",
        /// The first weeks.
        Onboarding = "windows.onboarding",
        /// Just renewed.
        Renewal = "windows.renewal",
        /// This visit is too hard.
        Friction = "windows.friction",
        /// A moment that calls for tact.
        Sensitive = "windows.sensitive",
        /// It is not sure who this is.
        Identity = "windows.identity",
        /// Something went wrong between us.
        BadExperience = "windows.badExperience",
        /// A fault that affects this person.
        Incident = "windows.incident",
        /// Not the time, the person or the way to ask.
        Survey = "survey",
        /// Not for this person.
        Audience = "offers",
        /// Somebody is on it.
        HandledBy = "handledBy",
        /// Not a person.
        NotAPerson = "automated",
        /// The present is not to be believed.
        Clock = "clock",
        /// The text contradicts its purpose.
        Purpose = "templates",
        /// An own rule.
        Rule = "rules",
        /// No proof of readiness.
        Readiness = "readiness",
        /// No promise could be made.
        Promise = "promises",
    }
}

/// What every guard looks at. Guards read everything, permitted or not: they only close.
pub(crate) struct Situation<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) history: &'a History,
    pub(crate) visit: &'a Visit,
    pub(crate) moment: &'a Moment,
    pub(crate) scores: &'a Scores,
    /// The offer that is on the screen: it is not counted against itself.
    pub(crate) standing: Option<&'a TouchState>,
    /// The earliest of the clocks the host trusts: by it, windows end.
    pub(crate) early: Ms,
    /// The latest of them: by it, permissions run out.
    pub(crate) late: Ms,
    /// Who is who by the links between identifiers, where guards ask.
    pub(crate) who: Option<&'a Identities<'a>>,
    /// Kinds of promises that are not kept often enough to be made.
    pub(crate) not_kept: Set<PromiseKind>,
}

impl<'a> Situation<'a> {
    /// What is looked at, as far as it may be read.
    pub(crate) fn new(
        given: Given<'a>,
        scores: &'a Scores,
        standing: Option<&'a TouchState>,
    ) -> Self {
        let Given { policy, history, visit, moment } = given;
        let (_, early, late) = clocks(policy, moment);
        let (who, not_kept) = (None, Set::default());
        Self { policy, history, visit, moment, scores, standing, early, late, who, not_kept }
    }

    /// It takes a slot. The offer on the screen does so for everything but itself.
    fn takes_slot(&self, touch: &TouchState, purpose: Purpose) -> bool {
        let proposed = self.moment.proposal.as_ref().is_some_and(|it| it.purpose == purpose);
        let itself = touch.purpose == purpose
            && !proposed
            && self.standing.is_some_and(|standing| standing.touch == touch.touch);
        touch.counts(self.early, self.policy.guards.reservation_ms) && !itself
    }

    /// It was this person's, not somebody else's of the account: links tell them apart.
    fn is_own(&self, touch: &TouchState) -> bool {
        let Some(who) = self.who else { return true };
        self.history.events().get(touch.event).is_none_or(|e| self.history.is_about(who, e))
    }

    /// Whatever it was called, it carried something paid for.
    fn sells(&self, touch: &TouchState) -> bool {
        touch.offer.as_ref().is_some_and(|offer| self.is_incentive(offer))
    }

    /// An offer that is paid for by the organisation.
    fn is_incentive(&self, offer: &str) -> bool {
        self.policy.offers.get(offer).is_some_and(|offer| offer.incentive == Some(true))
    }

    /// Somebody wants to buy, or to know what it costs: here, or as far as any source says.
    fn asks_to_buy(&self) -> bool {
        let asked = self.history.ledger().latest("quoteAsked", self.moment.now);
        self.visit.wishes_to_buy() || asked.is_some()
    }

    /// Since when there is an account, by the event that says so, else at least since the first event.
    fn account_since(&self) -> Option<(Ms, Option<usize>)> {
        let ledger = self.history.ledger();
        let created = ledger.latest("accountCreated", self.moment.now);
        created.map(|m| (m.at, Some(m.event))).or_else(|| ledger.first.map(|at| (at, None)))
    }

    /// Whether something may be done with what is known, as far as anybody said; the browser may say no.
    pub(crate) fn may(&self, purpose: ConsentPurpose) -> bool {
        let withheld = matches!(purpose, ConsentPurpose::Profiling | ConsentPurpose::Marketing)
            && self.moment.privacy_signal == Some(true);
        let clocks = (self.moment.now, self.early, self.late);
        !withheld
            && permission(self.policy, self.history, purpose, None, clocks).granted == Truth::Yes
    }

    /// The person does not want to be helped on a channel.
    pub(crate) fn refuses_channel(&self, channel: Channel) -> bool {
        let clocks = (self.moment.now, self.early, self.late);
        let service = ConsentPurpose::Service;
        permission(self.policy, self.history, service, Some(channel), clocks).granted == Truth::No
    }

    /// The channel a verdict is about: the proposal's for its purpose, else the open page.
    fn channel(&self, purpose: Purpose) -> Channel {
        match &self.moment.proposal {
            Some(proposal) if proposal.purpose == purpose => proposal.channel,
            _ => Channel::Web,
        }
    }

    /// Why not everything about an event type is known: its feed is silent, or it is known only from
    /// some instant on. For guards whose window has no beginning.
    fn blind(&self, event_type: &str) -> Option<Vec<Text>> {
        let told = feed(self.policy, self.history, event_type);
        if let Some((true, _, event)) = told {
            return Some(vec![self.history.evidence(event)]);
        }
        let since = self.known_since(event_type);
        (since > Ms::ALWAYS).then(|| vec![text!("absent:{event_type} before {}", since.0)])
    }

    /// The feed that knows an event type and is silent: what it knows is unknown.
    fn silent(&self, event_type: &str) -> Option<usize> {
        silent(self.policy, self.history, event_type)
    }

    /// From when on everything of an event type is known.
    fn known_since(&self, event_type: &str) -> Ms {
        known_since(self.policy, self.history, event_type)
    }
}

/// The present, and the earliest and the latest of the clocks that are trusted.
pub(crate) fn clocks(policy: &Policy, moment: &Moment) -> Clocks {
    let trusted = policy.guards.clock.is_some();
    let all = || moment.clocks.iter().filter(move |_| trusted).chain([&moment.now]).copied();
    let (early, late) = (all().min(), all().max());
    (moment.now, early.unwrap_or(moment.now), late.unwrap_or(moment.now))
}

/// Runs every built-in guard.
pub(crate) fn guard(s: &Situation<'_>, full: bool) -> Objections {
    let mut out = Objections::new(s.moment.now, full);
    consent::guard(s, &mut out);
    suppression::guard(s, &mut out);
    cap::guard(s, &mut out);
    quiet::guard(s, &mut out);
    window::guard(s, &mut out);
    presence::guard(s, &mut out);
    survey::guard(s, &mut out);
    audience::guard(s, &mut out);
    kept::guard(s, &mut out);
    text::guard(s, &mut out);
    out
}

#[cfg(all(test, feature = "studio"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::event::history::{HistoryBody, Touch, TouchStep};
    use crate::event::{HistoryEvent, Route};
    use crate::id::Salt;
    use crate::score::{JourneyAtHand, score};

    /// 200 events, most of them touches: what guards look at most.
    fn history() -> History {
        let body = |i: i64| {
            HistoryBody::Touch(Touch {
                touch: text!("t{i}"),
                step: TouchStep::Sent,
                purpose: Purpose::ALL.get(i as usize % 6).copied().unwrap(),
                channel: Channel::Email,
                route: Some(Route::Article),
                matter: None,
                offer: None,
                promise: None,
            })
        };
        let mut history = History::new();
        history.learn((0..200).map(|i| HistoryEvent {
            id: text!("e{i}"),
            at: Ms(i * 3_600_000),
            received_at: None,
            source: "s".into(),
            person: None,
            body: body(i),
        }));
        history
    }

    #[test]
    fn all_guards_for_all_purposes_allocate_nothing() {
        let policy = crate::policy::starter().unwrap();
        let (history, moment) = (history(), Moment::at(Ms(200 * 3_600_000)));
        let visit = Visit::new(moment.now, Salt(0));
        let journey = JourneyAtHand::find(&policy, &history, &moment).into();
        let given = Given { policy: &policy, history: &history, visit: &visit, moment: &moment };
        let scores = score(given, &journey, false);
        let s = Situation::new(given, &scores, None);
        let used = allocation_counter::measure(|| {
            let objections = guard(&s, false);
            assert_ne!(objections.mask(Purpose::Pitch), 0);
        });
        assert_eq!(used.count_total, 0);
    }
}
