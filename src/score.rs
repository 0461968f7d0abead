//! Scores: integers 0..=1000 that say what they are made of. Contributions add up exactly.
//!
//! Guards read finished scores only to close. Value is kept apart from need: no guard and no help
//! reads it, so a customer worth more is never helped or pitched differently because of it.

pub(crate) mod decay;
mod effort;
mod friction;
mod intent;
mod need;

pub use crate::journey::{EffortBand, Level};
pub(crate) use effort::{JourneyAtHand, Measured};
pub(crate) use friction::friction_at;
#[cfg(feature = "studio")]
pub(crate) use friction::gone_after;
pub(crate) use friction::trouble;
pub(crate) use need::{broken_promise, fact, pressing};

use crate::decision::{self, Contribution};
use crate::given::Given;
use crate::journey::Handover;
use crate::program::Policy;
use crate::shape::{record, words};
use crate::unit::{Micros, Ms, Permille};
use crate::visit::Visit;
use crate::{Text, literal};
use std::rc::Rc;

record! {
    /// Points or shares for each intent.
    #[derive(Copy, Default)]
    pub struct Intents {
        /// Something does not work.
        pub resolve: u16,
        /// To know how.
        pub learn: u16,
        /// To get started.
        pub onboard: u16,
        /// To become a customer.
        pub buy: u16,
        /// To have more of it.
        pub expand: u16,
        /// To leave.
        pub cancel: u16,
        /// To talk to somebody.
        pub contact: u16,
    }
}

impl Intents {
    /// Their names, in order.
    pub const NAMES: [&'static str; 7] =
        ["resolve", "learn", "onboard", "buy", "expand", "cancel", "contact"];

    /// As a list in the order of [`Intents::NAMES`].
    #[must_use]
    pub const fn list(&self) -> [u16; 7] {
        [self.resolve, self.learn, self.onboard, self.buy, self.expand, self.cancel, self.contact]
    }

    const fn from_list([resolve, learn, onboard, buy, expand, cancel, contact]: [u16; 7]) -> Self {
        Self { resolve, learn, onboard, buy, expand, cancel, contact }
    }
}

words! {
    /// Whether it can wait.
    pub enum UrgencyClass {
        /// It can.
        None = "none",
        /// Better not.
        Soft = "soft",
        /// It cannot: a trigger says so, whatever the points.
        Hard = "hard",
    }
}

words! {
    /// Where the relationship stands.
    pub enum StageName {
        /// Not a customer yet.
        Prospect = "prospect",
        /// Getting started.
        Onboarding = "onboarding",
        /// Using it.
        Active = "active",
        /// Just renewed, or about to.
        Renewal = "renewal",
        /// In doubt.
        AtRisk = "atRisk",
        /// On the way out.
        Leaving = "leaving",
        /// Nobody can say.
        Unknown = "unknown",
    }
}

/// Names by which rules read scores; their order is the index of a score slot.
pub const SCORE_NAMES: [&str; 14] = [
    "friction",
    "urgency",
    "complexity",
    "value",
    "effort.points",
    "effort.index",
    "intent.resolve",
    "intent.learn",
    "intent.onboard",
    "intent.buy",
    "intent.expand",
    "intent.cancel",
    "intent.contact",
    "intent.unknown",
];

/// Names by which rules read what is a word; their order is the index of a word slot.
pub const WORD_NAMES: [&str; 4] = ["stage", "effort.band", "urgency.class", "intent.top"];

/// Where the parts of a score are written down, if anybody wants to know. The sums are made either
/// way, by the same code, so explaining cannot change an answer.
#[derive(Debug, Default)]
pub(crate) struct Parts(Option<Vec<Contribution>>);

impl Parts {
    pub(crate) const fn wanted(wanted: bool) -> Self {
        Self(if wanted { Some(Vec::new()) } else { None })
    }

    fn add(&mut self, code: &str, points: i64, evidence: impl FnOnce() -> Vec<Text>) {
        if self.0.is_some() && points != 0 {
            self.write(code, points, evidence());
        }
    }

    #[inline(never)]
    fn write(&mut self, code: &str, points: i64, evidence: Vec<Text>) {
        if let Some(parts) = &mut self.0 {
            parts.push(Contribution { code: code.into(), points, evidence });
        }
    }

    /// Whether anybody wants to know.
    const fn lists(&self) -> bool {
        self.0.is_some()
    }

    fn take(self) -> Vec<Contribution> {
        self.0.unwrap_or_default()
    }
}

/// Everything the guards and routes read of the scores.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    pub(crate) friction: Permille,
    /// Friction a settling time ago: an offer is withdrawn only if the reason is gone at both.
    pub(crate) friction_before: Permille,
    pub(crate) intents: Intents,
    pub(crate) top: Option<usize>,
    pub(crate) urgency: Permille,
    pub(crate) urgency_class: UrgencyClass,
    /// Its points without friction, without what is owed, and without what the page showed.
    pub(crate) urgency_rest: i64,
    pub(crate) complexity: Permille,
    pub(crate) value: Option<Permille>,
    pub(crate) effort: Measured,
    pub(crate) stage: (StageName, Option<Ms>),
    /// The matter is being passed on to a person.
    pub(crate) handover: Option<Handover>,
    /// The parts, for a full decision.
    pub(crate) parts: Option<AllParts>,
}

#[derive(Clone, Debug)]
pub(crate) struct AllParts {
    intent: Vec<Contribution>,
    friction: Vec<Contribution>,
    urgency: Vec<Contribution>,
    complexity: Vec<Contribution>,
    value: Vec<Contribution>,
}

/// Reads history only as far as `history` shows it: what profiling permission withholds is not here.
pub(crate) fn score(given: Given<'_>, journey: &Rc<JourneyAtHand>, full: bool) -> Scores {
    let Given { policy, history, visit, moment } = given;
    let now = moment.now;
    let (p, t) = (&policy.scores, visit.time_of(now));
    let (mut of_friction, mut of_urgency) = (Parts::wanted(full), Parts::wanted(full));
    let (mut of_complexity, mut of_value) = (Parts::wanted(full), Parts::wanted(full));
    let mut of_intent = Parts::wanted(full);
    let stage = need::stage(policy, history, moment);
    let handover = Handover::under_way(policy, history, moment);
    let friction = friction::friction(&p.friction, visit, t, &mut of_friction);
    let friction_before = friction_at(&p.friction, visit, settled(policy, t));
    let effort = Rc::clone(journey).measure(policy, history, visit, full);
    let (urgency, urgency_class, urgency_rest) =
        need::urgency(given, friction, &effort, handover.as_ref(), &mut of_urgency);
    let complexity = need::complexity(given, stage.0, &effort, &mut of_complexity);
    let value = need::value(policy, history, moment, &mut of_value);
    let (intents, top) = intent::intents(&p.intent, history, visit, (stage.0, now), &mut of_intent);
    let parts = full.then(|| AllParts {
        intent: of_intent.take(),
        friction: of_friction.take(),
        urgency: of_urgency.take(),
        complexity: of_complexity.take(),
        value: of_value.take(),
    });
    Scores {
        friction,
        friction_before,
        intents,
        top,
        urgency,
        urgency_class,
        urgency_rest,
        complexity,
        value,
        effort,
        stage,
        handover,
        parts,
    }
}

/// A settling time ago.
fn settled(policy: &Policy, t: Micros) -> Micros {
    t.plus_ms(-policy.routes.settle_ms.0)
}

impl Scores {
    /// Whether friction is what it was: alone of all scores it fades from one millisecond to the next.
    pub(crate) fn still(&self, policy: &Policy, visit: &Visit, now: Ms) -> bool {
        let t = visit.time_of(now);
        let at = |t: Micros| friction_at(&policy.scores.friction, visit, t);
        at(t) == self.friction && at(settled(policy, t)) == self.friction_before
    }

    /// The score of a slot, by its position in [`SCORE_NAMES`].
    pub(crate) fn slot(&self, index: usize) -> Option<i64> {
        let shares = self.intents.list();
        Some(match index {
            0 => self.friction.get(),
            1 => self.urgency.get(),
            2 => self.complexity.get(),
            3 => self.value?.get(),
            4 => self.effort.points.total,
            5 => self.effort.index.get(),
            6..=12 => i64::from(*shares.get(index - 6)?),
            13 => 1000 - shares.iter().map(|share| i64::from(*share)).sum::<i64>(),
            _ => return None,
        })
    }

    /// The word of a slot, by its position in [`WORD_NAMES`]; none while nobody can say.
    pub(crate) fn word(&self, index: usize) -> Option<&'static str> {
        match index {
            0 => Some(self.stage.0).filter(|it| *it != StageName::Unknown).map(StageName::as_str),
            1 => Some(self.effort.band)
                .filter(|it| *it != EffortBand::Unknown)
                .map(EffortBand::as_str),
            2 => Some(self.urgency_class.as_str()),
            3 => Intents::NAMES.get(self.top?).copied(),
            _ => None,
        }
    }

    /// Whether friction is in its band `high`.
    pub(crate) fn friction_is_high(&self, policy: &Policy) -> bool {
        self.friction >= policy.scores.friction.bands.high
    }

    /// As they stand in a decision.
    pub(crate) fn tell(&self, policy: &Policy, readiness: decision::Readiness) -> decision::Scores {
        let p = &policy.scores;
        let none = AllParts {
            intent: Vec::new(),
            friction: Vec::new(),
            urgency: Vec::new(),
            complexity: Vec::new(),
            value: Vec::new(),
        };
        let parts = self.parts.clone().unwrap_or(none);
        let friction_band = if self.friction_is_high(policy) {
            "high"
        } else if self.friction >= p.friction.bands.raised {
            "raised"
        } else {
            "low"
        };
        let high = |points: Permille, at: Permille| if points >= at { "high" } else { "low" };
        let score = |points, band: &str, definition: &str, contributions| decision::Score {
            points,
            band: band.into(),
            definition: definition.into(),
            contributions,
        };
        let value = self.value.unwrap_or_default();
        decision::Scores {
            intent: decision::Intent {
                top: self
                    .top
                    .and_then(|i| Intents::NAMES.get(i))
                    .map_or_else(|| literal!("unknown"), |name| Text::from(*name)),
                shares: self.intents,
                definition: p.intent.definition.clone(),
                contributions: parts.intent,
            },
            friction: score(self.friction, friction_band, &p.friction.definition, parts.friction),
            urgency: decision::Urgency {
                points: self.urgency,
                band: self.urgency_class.as_str().into(),
                definition: p.urgency.definition.clone(),
                contributions: parts.urgency,
                class: self.urgency_class,
            },
            complexity: score(
                self.complexity,
                high(self.complexity, p.complexity.high),
                &p.complexity.definition,
                parts.complexity,
            ),
            value: score(
                value,
                if self.value.is_some() { high(value, p.value.high) } else { "unknown" },
                &p.value.definition,
                parts.value,
            ),
            effort: self.effort.clone().tell(&p.effort),
            stage: decision::Stage {
                name: self.stage.0,
                as_of: self.stage.1,
                definition: p.stage.definition.clone(),
            },
            readiness,
        }
    }
}
