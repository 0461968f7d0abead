//! The pipeline on one screen: permission → scores → guards → readiness → own rules → route.
//! Data flows one way: no stage reads what comes after it, and explaining runs the same code.

use crate::decision::{Code, Decision, PolicyRef, Reason};
use crate::guard::{Objections, Situation, guard, plain_words};
use crate::handoff::handoff;
use crate::history::History;
use crate::id::{hash, hex};
use crate::known::{Known, permitted};
use crate::moment::Moment;
use crate::program::Policy;
use crate::readiness::{Proved, prove};
use crate::route::{Because, Cause, Choice, Router, standing};
use crate::score::{Scores, score};
use crate::shape::Wire;
use crate::unit::{Ms, Permille};
use crate::visit::Visit;

/// Decides how to help this person now, and why.
///
/// Pure: no clock, no randomness, no I/O, no floating point. Equal inputs give equal bytes on every
/// machine, and looking changes nothing: a touch enters the history when the host says it happened.
#[must_use]
pub fn decide(policy: &Policy, history: &History, visit: &Visit, moment: &Moment) -> Decision {
    let mut visit = visit.clone();
    visit.tick(&policy.signals, visit.time_of(moment.now));
    let ground = Ground::survey(policy, history, &visit, moment, true);
    let mut known = Known::default();
    known.read(policy, ground.seen(history), moment, &ground.scores);
    known.evaluate(policy);
    let mut because = Because::wanted(true);
    let (objections, choice) = ground.answer(policy, history, &visit, moment, &known, &mut because);
    Account { policy, history, visit: &visit, moment, ground: &ground, objections: &objections }
        .tell(&choice, because)
}

/// Everything that does not depend on the organisation's own rules, and until when it holds.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    /// What profiling permission shows of the history, where that is not all of it.
    shown: Option<History>,
    pub(crate) scores: Scores,
    objections: Objections,
    proved: Proved,
    pub(crate) until: Ms,
}

impl Ground {
    pub(crate) fn survey(
        policy: &Policy,
        history: &History,
        visit: &Visit,
        moment: &Moment,
        full: bool,
    ) -> Self {
        let shown = permitted(policy, history, moment);
        let seen = shown.as_ref().unwrap_or(history);
        let scores = score(policy, seen, visit, moment, full);
        let standing = standing(history, visit);
        // Guards read everything: they only close.
        let all = Situation { policy, history, visit, moment, scores: &scores, standing };
        let mut objections = guard(&all, full);
        let proved = prove(policy, seen, visit, moment, &scores, &objections, full);
        objections.require_readiness(policy, &proved);
        let until = holds_until(policy, history, visit, moment, &scores, &objections, &proved);
        Self { shown, scores, objections, proved, until }
    }

    /// The history that scorers, readiness and routing may read.
    pub(crate) fn seen<'a>(&'a self, history: &'a History) -> &'a History {
        self.shown.as_ref().unwrap_or(history)
    }

    /// Runs the organisation's rules and chooses.
    pub(crate) fn answer(
        &self,
        policy: &Policy,
        history: &History,
        visit: &Visit,
        moment: &Moment,
        known: &Known,
        because: &mut Because,
    ) -> (Objections, Choice) {
        let mut objections = self.objections.clone();
        objections.apply_rules(policy, known.bits());
        let standing = standing(history, visit);
        let s = Situation {
            policy,
            history: self.seen(history),
            visit,
            moment,
            scores: &self.scores,
            standing,
        };
        let router = Router {
            s: &s,
            objections: &objections,
            proved: &self.proved,
            rules: &policy.route_rules,
            bits: known.bits(),
        };
        let choice = router.choose(because);
        objections.require_promise(&choice);
        (objections, choice)
    }
}

/// The earliest instant at which any stage may answer differently although nothing happened.
fn holds_until(
    policy: &Policy,
    history: &History,
    visit: &Visit,
    moment: &Moment,
    scores: &Scores,
    objections: &Objections,
    proved: &Proved,
) -> Ms {
    let now = moment.now;
    // Friction decays with every millisecond.
    if scores.friction > Permille::ZERO || scores.friction_before > Permille::ZERO {
        return now;
    }
    let ledger = history.ledger();
    let facts = ledger.facts.iter().filter_map(|fact| fact.until);
    // A promise is broken one millisecond after it was due.
    let promises = ledger.promises.iter().filter_map(|p| p.due).map(|due| due.plus(Ms(1)));
    let verdict = visit.next_due(&policy.signals).map(|due| visit.wall(due));
    let events = history.events().iter().map(|event| event.at);
    let fresh = |at: Ms| at.plus(policy.routes.status_fresh_ms).plus(Ms(1));
    let statuses = moment.routes.iter().map(|status| fresh(status.as_of));
    let changes = facts.chain(promises).chain(verdict).chain(events).chain(statuses);
    changes
        .filter(|at| *at > now)
        .chain([objections.until(), proved.until, Known::until(policy, now)])
        .min()
        .unwrap_or(now)
}

/// A full decision, told from what the stages found.
struct Account<'a> {
    policy: &'a Policy,
    history: &'a History,
    visit: &'a Visit,
    moment: &'a Moment,
    ground: &'a Ground,
    objections: &'a Objections,
}

impl Account<'_> {
    fn tell(&self, choice: &Choice, because: Because) -> Decision {
        let Self { policy, visit, moment, ground, .. } = self;
        let promise = choice.touch.as_ref().and_then(|touch| touch.promise.tell(policy));
        let route = choice.route();
        let scores = &ground.scores;
        Decision {
            id: self.id(),
            at: moment.now,
            policy: PolicyRef {
                id: policy.id.clone(),
                version: policy.version.clone(),
                digest: policy.digest.clone(),
            },
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            route,
            also: choice.also.map(|route| vec![route]),
            target: choice.touch.as_ref().map(|touch| touch.target.clone()),
            scores: scores.tell(policy, ground.proved.tell()),
            verdicts: self.objections.tell(policy),
            handoff: handoff(
                ground.seen(self.history),
                visit,
                moment,
                scores,
                route,
                promise.as_ref(),
            ),
            promise,
            ask: None,
            because: self.reasons(because),
            held_out: None,
        }
    }

    fn reasons(&self, because: Because) -> Vec<Reason> {
        let told = because.into_list().into_iter().map(|(cause, evidence)| match cause {
            Cause::Known(code) => Reason {
                code: Code::Known(code),
                words: plain_words(self.policy, code.as_str()),
                evidence,
            },
            Cause::Rule(i) => {
                let rule = self.policy.route_rules.get(i);
                let text = |get: fn(&crate::rule::OwnRule) -> &String| {
                    rule.map_or_else(String::new, |rule| get(rule).clone())
                };
                Reason { code: Code::Own(text(|r| &r.code)), words: text(|r| &r.words), evidence }
            }
        });
        told.collect()
    }

    /// Hash of everything the decision was made of.
    fn id(&self) -> String {
        let mut out = crate::wire::Writer::new();
        out.text(&self.policy.digest);
        self.visit.started_at().put(&mut out);
        self.visit.digest().put(&mut out);
        self.moment.put(&mut out);
        out.raw(&self.history.save());
        hex(hash(out.so_far(), 0))
    }
}
