//! The pipeline on one screen: permission → scores → guards → readiness → own rules → route.
//! Data flows one way: no stage reads what comes after it, and explaining runs the same code.

mod account;
mod past;
mod withheld;

use account::Account;
pub(crate) use past::Past;

use crate::decision::Decision;
#[cfg(feature = "studio")]
use crate::event::{Purpose, Route};
use crate::guard::{Objections, Situation, guard};
use crate::history::History;
use crate::known::Known;
use crate::moment::Moment;
use crate::program::Policy;
use crate::readiness::{Proved, prove};
use crate::route::{Because, Choice, Router, standing};
use crate::rule::Written;
use crate::score::{Scores, score};
use crate::unit::Ms;
use crate::visit::Visit;
use std::rc::Rc;

/// Decides how to help this person now, and why.
///
/// Pure: no clock, no randomness, no I/O, no floating point. Equal inputs give equal bytes on every
/// machine, and looking changes nothing: a touch enters the history when the host says it happened.
#[must_use]
pub fn decide(policy: &Policy, history: &History, visit: &Visit, moment: &Moment) -> Decision {
    decide_after(policy, history, visit, moment, &Past::look_back(policy, history, moment))
}

/// The same for whom the past is known already.
pub(crate) fn decide_after(
    policy: &Policy,
    history: &History,
    visit: &Visit,
    moment: &Moment,
    past: &Rc<Past>,
) -> Decision {
    let stage = Stage::set(policy, history, visit, moment, past, true);
    let mut because = Because::wanted(true);
    let (objections, choice) = stage.answer(policy, history, moment, &mut because);
    let Stage { visit, ground, .. } = &stage;
    Account { policy, history, visit, moment, ground, objections: &objections }
        .tell(&choice, because)
}

/// Everything a decision is made from, worked out as far as it can be before choosing.
struct Stage {
    visit: Visit,
    ground: Ground,
    known: Known,
}

impl Stage {
    fn set(
        policy: &Policy,
        history: &History,
        visit: &Visit,
        moment: &Moment,
        past: &Rc<Past>,
        full: bool,
    ) -> Self {
        let mut visit = visit.clone();
        visit.tick(&policy.signals, visit.time_of(moment.now));
        let ground = Ground::survey(policy, history, &visit, moment, past, full);
        let mut known = Known::default();
        known.read(policy, ground.seen(history), moment, &ground.scores);
        known.evaluate(policy, &[], Written::ALL);
        Self { visit, ground, known }
    }

    fn answer(
        &self,
        policy: &Policy,
        history: &History,
        moment: &Moment,
        because: &mut Because,
    ) -> (Objections, Choice) {
        self.ground.answer(policy, history, &self.visit, moment, &self.known, because)
    }
}

/// The answer alone: the route, which purposes are allowed, and when anything but friction may change it.
#[cfg(feature = "studio")]
pub(crate) fn glance(
    policy: &Policy,
    history: &History,
    visit: &Visit,
    moment: &Moment,
) -> (Route, [bool; Purpose::ALL.len()], Option<Ms>) {
    let past = Past::look_back(policy, history, moment);
    let stage = Stage::set(policy, history, visit, moment, &past, false);
    let (objections, choice) = stage.answer(policy, history, moment, &mut Because::wanted(false));
    let mut allowed = [false; Purpose::ALL.len()];
    for (slot, purpose) in allowed.iter_mut().zip(Purpose::ALL) {
        *slot = objections.allows(*purpose);
    }
    let ground = &stage.ground;
    let next = ground.past.next_change(policy, history, moment);
    let guards = [ground.objections.until(), ground.proved.until];
    let guards = guards.into_iter().filter(|at| *at > moment.now && *at < Ms::NEVER);
    (choice.route(), allowed, guards.chain(next).chain(next_verdict(policy, &stage.visit)).min())
}

/// Why the routes that were not taken were not.
#[cfg(feature = "studio")]
pub(crate) fn losing(
    policy: &Policy,
    history: &History,
    visit: &Visit,
    moment: &Moment,
    decision: &Decision,
) -> Vec<crate::explain::Lost> {
    let past = Past::look_back(policy, history, moment);
    let stage = Stage::set(policy, history, visit, moment, &past, true);
    let (objections, _) = stage.answer(policy, history, moment, &mut Because::wanted(false));
    let Stage { visit, ground, known } = &stage;
    let seen = ground.seen(history);
    let s = Situation::new(policy, seen, visit, moment, &ground.scores, standing(seen, visit));
    let s = Situation { not_kept: ground.past.not_kept, ..s };
    let router = Router {
        s: &s,
        objections: &objections,
        proved: &ground.proved,
        rules: &policy.route_rules,
        bits: known.bits(),
        told: true,
    };
    let account = Account { policy, history, visit, moment, ground, objections: &objections };
    account.lost(&router.lost(decision))
}

/// Everything that does not depend on the organisation's own rules, and until when it holds.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) past: Rc<Past>,
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
        past: &Rc<Past>,
        full: bool,
    ) -> Self {
        let (known, seen) = (past.believed(history), past.seen(history));
        let scores = score(policy, seen, visit, moment, &past.journey, full);
        let standing = standing(known, visit);
        let who = past.who(history);
        // Guards read everything: they only close.
        let all = Situation::new(policy, known, visit, moment, &scores, standing);
        let mut objections =
            guard(&Situation { who: Some(&who), not_kept: past.not_kept, ..all }, full);
        let proved = prove(policy, seen, visit, moment, &scores, &objections, full);
        objections.require_readiness(policy, &proved);
        // Who is told the reasons asks once; and a verdict may be dated a fraction ahead.
        let t = visit.time_of(moment.now);
        let until = if full || visit.board().recent().any(|signal| signal.decided > t) {
            moment.now
        } else {
            let verdict = next_verdict(policy, visit).unwrap_or(Ms::NEVER);
            let read = Known::until(policy, moment.now);
            verdict.min(objections.until()).min(proved.until).min(read)
        };
        Self { past: Rc::clone(past), scores, objections, proved, until }
    }

    /// The history that scorers, readiness and routing may read.
    pub(crate) fn seen<'a>(&'a self, history: &'a History) -> &'a History {
        self.past.seen(history)
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
        let seen = self.seen(history);
        let standing = standing(seen, visit);
        let mut proved = self.proved.clone();
        let s = Situation::new(policy, seen, visit, moment, &self.scores, standing);
        let s = Situation { not_kept: self.past.not_kept, ..s };
        objections.apply_audiences(&s, &mut proved, known.bits());
        let router = Router {
            s: &s,
            objections: &objections,
            proved: &proved,
            rules: &policy.route_rules,
            bits: known.bits(),
            told: because.is_wanted(),
        };
        let choice = router.choose(because);
        let proposed = moment.proposal.as_ref().map(|proposal| proposal.purpose);
        objections.require_promise(&choice, proposed);
        (objections, choice)
    }
}

/// When the next page verdict falls, by itself.
fn next_verdict(policy: &Policy, visit: &Visit) -> Option<Ms> {
    let due = visit.next_due(&policy.signals)?;
    Some(visit.started_at().plus(Ms(due.ms_up())))
}
