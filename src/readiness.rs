//! Readiness as a proof, not a score: seven conjuncts, each with its evidence. Unknown is not
//! proven. This module alone makes [`Proven`], the only key to the account manager.

use crate::decision::{Proof, Readiness};
use crate::event::Purpose;
use crate::event::history::{AskStep, HistoryBody};
use crate::feed::silent;
use crate::given::Given;
use crate::guard::{GuardId, Objections};
use crate::moment::Offer;
use crate::program::ReadinessPolicy;
use crate::score::{EffortBand, Scores, StageName, broken_promise, fact};
use crate::unit::{Ms, Truth};
use crate::{Text, literal, text};

/// Every proof holds. Made here only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proven {
    /// The offers that meet the shown need, a bit for each of the first 64.
    pub(crate) offers: u64,
}

/// The outcome: the key, if it was earned, and the proofs for a full decision.
#[derive(Clone, Debug)]
pub(crate) struct Proved {
    pub(crate) key: Option<Proven>,
    proofs: Option<Vec<Proof>>,
    /// When the answer may change.
    pub(crate) until: Ms,
}

impl Proved {
    pub(crate) fn tell(&self) -> Readiness {
        Readiness { proven: self.key.is_some(), proofs: self.proofs.clone().unwrap_or_default() }
    }

    /// Names and evidence of what is missing.
    pub(crate) fn missing(&self) -> Vec<Text> {
        let open = self.proofs.iter().flatten().filter(|proof| proof.holds != Truth::Yes);
        open.map(|proof| text!("absent:readiness/{}", proof.proof)).collect()
    }
}

struct Prover<'a> {
    given: Given<'a>,
    p: &'a ReadinessPolicy,
    proofs: Option<Vec<Proof>>,
    all: Truth,
    until: Ms,
}

/// Windows that speak against health; what else blocks a pitch speaks against permission.
const HEALTH: [GuardId; 8] = [
    GuardId::OpenCase,
    GuardId::Onboarding,
    GuardId::Renewal,
    GuardId::Friction,
    GuardId::Sensitive,
    GuardId::Identity,
    GuardId::BadExperience,
    GuardId::Incident,
];

/// Proves readiness, or says what is missing. `history` is what profiling permission shows.
pub(crate) fn prove(
    given: Given<'_>,
    scores: &Scores,
    objections: &Objections,
    full: bool,
) -> Proved {
    let Some(p) = &given.policy.readiness else {
        let proof = Proof {
            proof: literal!("none demanded"),
            holds: Truth::Yes,
            evidence: vec![literal!("policy:/readiness")],
        };
        return Proved {
            key: Some(Proven { offers: 0 }),
            proofs: full.then(|| vec![proof]),
            until: Ms::NEVER,
        };
    };
    let mut prover =
        Prover { given, p, proofs: full.then(Vec::new), all: Truth::Yes, until: Ms::NEVER };
    prover.value();
    let need = prover.need();
    prover.health(scores, objections.mask(Purpose::Pitch));
    prover.permission(objections.mask(Purpose::Pitch));
    let offers = prover.fit(&need);
    prover.evidence(&need);
    prover.calibrated();
    let proven = prover.all == Truth::Yes;
    Proved { key: proven.then_some(Proven { offers }), proofs: prover.proofs, until: prover.until }
}

/// Milestones that show a need of their own, with their positions.
struct Need<'a> {
    shown: Truth,
    /// `name` and `what` of each.
    actions: Vec<(&'a str, Option<&'a str>)>,
    evidence: Vec<Text>,
}

impl<'a> Prover<'a> {
    fn note(&mut self, proof: &str, holds: Truth, evidence: impl FnOnce() -> Vec<Text>) {
        self.all = self.all.and(holds);
        if let Some(proofs) = &mut self.proofs {
            let mut evidence = evidence();
            if evidence.is_empty() {
                evidence.push(text!("absent:{proof}"));
            }
            proofs.push(Proof { proof: proof.into(), holds, evidence });
        }
    }

    /// An event as evidence, where anybody wants to know.
    fn cite(&self, event: usize) -> Option<Text> {
        self.proofs.is_some().then(|| self.given.history.evidence(event))
    }

    /// A milestone within `span`; its end is when the answer may change.
    fn recent(&mut self, names: &[&str], span: Ms) -> Vec<(&'a str, Option<&'a str>, usize)> {
        let (now, history) = (self.given.moment.now, self.given.history);
        let mut found = Vec::new();
        for state in &history.ledger().milestones {
            let fresh = state.at <= now && state.at.plus(span) > now;
            if fresh && names.contains(&state.milestone.name.as_str()) {
                self.until = self.until.min(state.at.plus(span));
                let milestone = &state.milestone;
                found.push((milestone.name.as_str(), milestone.what.as_deref(), state.event));
            }
        }
        found
    }

    /// The product is used, steadily.
    fn value(&mut self) {
        let active =
            fact(self.given.policy, self.given.history, self.given.moment, "usage.activeDays28");
        let before = fact(
            self.given.policy,
            self.given.history,
            self.given.moment,
            "usage.activeDaysPrev28",
        );
        let activated = self.given.history.ledger().latest("activated", self.given.moment.now);
        let min = i64::from(self.p.min_active_days);
        let steady = match active {
            None => Truth::Unknown,
            Some((days, _)) => {
                // Not known how it was before: as much as can be, so that a fall is not hidden.
                let was = before.map_or(28, |(days, _)| days);
                let kept = was.saturating_mul(1000 - self.p.max_fall.get());
                let fell = days.saturating_mul(1000) < kept;
                Truth::known(days >= min && !fell)
            }
        };
        let long_used = before.is_some_and(|(days, _)| days >= min);
        let known = if activated.is_some() || long_used { Truth::Yes } else { Truth::Unknown };
        let history = self.given.history;
        self.note("value", steady.and(known), || {
            let mut evidence: Vec<Text> =
                activated.map(|m| history.evidence(m.event)).into_iter().collect();
            for (name, found) in
                [("usage.activeDays28", active), ("usage.activeDaysPrev28", before)]
            {
                evidence.extend(found.into_iter().flat_map(|(_, o)| o.evidence(history, name)));
            }
            evidence
        });
    }

    /// The person showed a need by an action of their own.
    fn need(&mut self) -> Need<'a> {
        let asked = self.recent(&["featureAsked", "quoteAsked"], self.p.need_ms);
        let hits = self.recent(&["limitHit"], self.p.need_ms);
        let enough = hits.len() >= usize::from(self.p.limit_hits);
        let explicit = self.given.visit.wishes_to_buy();
        let shown = Truth::known(!asked.is_empty() || enough || explicit);
        let mut need = Need { shown, actions: Vec::new(), evidence: Vec::new() };
        for (name, what, event) in asked.into_iter().chain(hits) {
            need.evidence.extend(self.cite(event));
            need.actions.push((name, what));
        }
        if let (true, Some((_, at))) = (explicit, self.given.visit.wish()) {
            need.evidence.push(text!("visit:wish@{}", at.ms()));
        }
        let evidence = need.evidence.clone();
        self.note("need", shown, || evidence);
        need
    }

    /// Nothing is wrong between us.
    fn health(&mut self, scores: &Scores, pitch: u32) {
        let window = HEALTH.iter().any(|guard| pitch & 1 << *guard as u32 != 0);
        let now = self.given.moment.now;
        let promise = self
            .given
            .history
            .ledger()
            .promises
            .iter()
            .find(|promise| promise.is_open() && promise.due.is_none_or(|due| due >= now))
            .or_else(|| broken_promise(self.given.policy, self.given.history, now));
        let open = self.open_question();
        let unhappy = self.last_feedback().filter(|(share, _)| *share < self.p.min_feedback.get());
        // Who is about to leave is not sold more.
        let going = matches!(scores.stage.0, StageName::AtRisk | StageName::Leaving);
        let holds = !window
            && promise.is_none()
            && unhappy.is_none()
            && open.is_none()
            && !going
            && scores.effort.band != EffortBand::High;
        // What may be wrong without our knowing.
        let unheard = ["promise", "survey", "contact"].into_iter();
        let unheard: Vec<usize> =
            unheard.filter_map(|it| silent(self.given.policy, self.given.history, it)).collect();
        let history = self.given.history;
        let health =
            if holds && !unheard.is_empty() { Truth::Unknown } else { Truth::known(holds) };
        self.note("health", health, || {
            let mut evidence: Vec<Text> =
                promise.map(|p| history.evidence(p.event)).into_iter().collect();
            evidence.extend(unhappy.map(|(_, event)| history.evidence(event)));
            evidence.extend(open);
            evidence.extend(unheard.iter().map(|event| history.evidence(*event)));
            if going {
                evidence.push(literal!("policy:/scores/stage"));
            }
            if window {
                evidence.push(literal!("policy:/guards/windows"));
            } else if holds {
                evidence.push(literal!("absent:window"));
            }
            evidence
        });
    }

    /// A question between us that is not answered: nothing is sold over its head.
    fn open_question(&mut self) -> Option<Text> {
        let (history, now) = (self.given.history, self.given.moment.now);
        let settled = |field: &Text, since: usize| {
            history.asks().any(|(event, _, ask)| {
                event > since && ask.field == *field && ask.step != AskStep::Asked
            })
        };
        let ends = |at: Ms| at.plus(self.p.open_question_ms);
        let asked = history.asks().find(|(event, at, ask)| {
            ask.step == AskStep::Asked && ends(*at) > now && !settled(&ask.field, *event)
        });
        if let Some((event, at, _)) = asked {
            self.until = self.until.min(ends(at));
            return Some(history.evidence(event));
        }
        let known = |field: &Text| {
            history.asks().any(|(_, _, ask)| ask.field == *field && ask.step != AskStep::Asked)
        };
        let wanted = self.given.moment.wants.iter().position(|field| !known(field));
        wanted.map(|i| text!("moment:/wants/{i}"))
    }

    /// The last answer to a survey as a share of its scale, and its position. Never having been
    /// asked is not bad feedback.
    fn last_feedback(&self) -> Option<(i64, usize)> {
        let event = *self.given.history.ledger().answers.last()?;
        let HistoryBody::Survey(survey) = &self.given.history.events().get(event)?.body else {
            return None;
        };
        Some((survey.share()?, event))
    }

    /// Everything else that may object to a pitch does not.
    fn permission(&mut self, pitch: u32) {
        let health = HEALTH.iter().fold(0, |mask, guard| mask | 1 << *guard as u32);
        let holds = pitch & !health == 0;
        self.note("permission", Truth::known(holds), || {
            vec![if holds { "absent:blocker" } else { "absent:permission" }.into()]
        });
    }

    /// An offer meets the need that was shown.
    fn fit(&mut self, need: &Need<'_>) -> u64 {
        // A limit hit once is an accident.
        let hits = i64::from(self.p.limit_hits);
        let often = |name: &str, what: Option<&str>| {
            let same =
                need.actions.iter().filter(|(n, w)| *n == name && (what.is_none() || *w == what));
            let least = if name == "limitHit" { hits } else { 1 };
            i64::try_from(same.count()).unwrap_or(i64::MAX) >= least
        };
        let meets = |offer: &Offer| {
            offer.needs.iter().any(|wanted| {
                let (name, what) =
                    wanted.split_once(':').map_or((wanted.as_str(), None), |p| (p.0, Some(p.1)));
                often(name, what)
            })
        };
        let all = self.given.moment.offers.iter().take(64).enumerate();
        let fitting = all.filter(|(_, offer)| meets(offer)).fold(0u64, |set, (i, _)| set | 1 << i);
        let holds = match fitting {
            0 if self.given.moment.offers.is_empty() => Truth::Unknown,
            0 => Truth::No,
            _ => Truth::Yes,
        };
        self.note("fit", holds, || {
            let all = 0..self.given.moment.offers.len().min(64);
            all.filter(|i| fitting & (1 << i) != 0).map(|i| text!("moment:/offers/{i}")).collect()
        });
        fitting
    }

    /// Several independent kinds of evidence, each fresh. Opens and visits weigh nothing: no name
    /// of theirs is read.
    fn evidence(&mut self, need: &Need<'_>) {
        let (now, span) = (self.given.moment.now, self.p.evidence_ms);
        let history = self.given.history;
        let cite = |name: &str| {
            fact(self.given.policy, history, self.given.moment, name)
                .map(|(_, origin)| origin.evidence(history, name))
        };
        let fresh = |name: &str| {
            let (_, origin) = fact(self.given.policy, history, self.given.moment, name)?;
            (origin.at(history, now).plus(span) > now).then_some(())
        };
        if let Some((_, origin)) =
            fact(self.given.policy, history, self.given.moment, "usage.activeDays28")
        {
            let ends = origin.at(history, now).plus(span);
            if ends > now {
                self.until = self.until.min(ends);
            }
        }
        let usage = fresh("usage.activeDays28").and_then(|()| cite("usage.activeDays28"));
        let number = |name| {
            fact(self.given.policy, history, self.given.moment, name).map(|(value, _)| value)
        };
        let full = number("plan.seatsUsed")
            .zip(number("plan.seats"))
            .filter(|(used, seats)| used >= seats && *seats > 0)
            .and_then(|_| cite("plan.seatsUsed"));
        let feedback = self.last_feedback().and_then(|(_, event)| {
            let at = history.events().get(event).map(|e| e.at)?;
            let fresh = at.plus(span) > now;
            if fresh {
                self.until = self.until.min(at.plus(span));
            }
            fresh.then(|| vec![history.evidence(event)])
        });
        let action = (need.shown == Truth::Yes).then(|| need.evidence.clone());
        let kinds: Vec<Vec<Text>> = [action, usage, full, feedback].into_iter().flatten().collect();
        let enough = kinds.len() >= usize::from(self.p.min_kinds);
        self.note("evidence", Truth::known(enough), || kinds.concat());
    }

    /// Outcomes show that offers of this kind are welcome; while there are too few of them, somebody
    /// signed for doing without, or the person asked.
    fn calibrated(&mut self) {
        let explicit = self.given.visit.wishes_to_buy();
        let measured = self.p.calibration.as_ref().filter(|it| it.offers >= it.min_offers);
        let welcome =
            measured.map(|it| it.accepted >= it.min_accepted && it.harmed <= it.max_harmed);
        let signed = self.p.rule_only.is_some();
        let (holds, evidence) = match welcome {
            Some(welcome) => (Truth::known(welcome || explicit), Some("calibration")),
            None if signed => (Truth::Yes, Some("ruleOnly")),
            None if explicit => (Truth::Yes, None),
            None => (Truth::Unknown, None),
        };
        self.note("calibrated", holds, || {
            evidence.map(|place| text!("policy:/readiness/{place}")).into_iter().collect()
        });
    }
}
