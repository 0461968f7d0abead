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
use crate::given::Given;
use crate::guard::{Objections, Situation, guard};
use crate::history::History;
use crate::known::Known;
use crate::moment::Moment;
use crate::program::Policy;
use crate::readiness::{Proved, prove};
use crate::route::{Because, Choice, Router, standing};
use crate::score::{Scores, score};
use crate::unit::Ms;
#[cfg(feature = "studio")]
use crate::unit::Next;
use crate::visit::Visit;
use std::rc::Rc;

/// Decides how to help this person now, and why.
///
/// Pure: no clock, no randomness, no I/O, no floating point. Equal inputs give equal bytes on every
/// machine, and looking changes nothing: a touch enters the history when the host says it happened.
#[must_use]
pub fn decide(policy: &Policy, history: &History, visit: &Visit, moment: &Moment) -> Decision {
    let given = Given { policy, history, visit, moment };
    decide_after(given, &Past::look_back(policy, history, moment))
}

/// The same for whom the past is known already.
pub(crate) fn decide_after(given: Given<'_>, past: &Rc<Past>) -> Decision {
    let stage = Stage::set(given, past, true);
    let mut because = Because::wanted(true);
    let (objections, choice) = stage.answer(&mut because);
    stage.account(&objections).tell(&choice, because)
}

/// Everything a decision is made from, worked out as far as it can be before choosing.
struct Stage<'a> {
    given: Given<'a>,
    /// The visit as it is by now.
    visit: Visit,
    ground: Ground,
    known: Known,
}

impl<'a> Stage<'a> {
    fn set(given: Given<'a>, past: &Rc<Past>, full: bool) -> Self {
        let Given { policy, history, moment, .. } = given;
        let mut visit = given.visit.clone();
        visit.tick(&policy.signals, visit.time_of(moment.now));
        let ground = Ground::survey(Given { visit: &visit, ..given }, past, full);
        let mut known = Known::of(policy);
        known.read(policy, ground.seen(history), moment, &ground.scores);
        known.evaluate(policy);
        Self { given, visit, ground, known }
    }

    fn given(&self) -> Given<'_> {
        Given { visit: &self.visit, ..self.given }
    }

    fn answer(&self, because: &mut Because) -> (Objections, Choice) {
        self.ground.answer(self.given(), &self.known, because)
    }

    fn account<'b>(&'b self, objections: &'b Objections) -> Account<'b> {
        Account { given: self.given(), ground: &self.ground, objections }
    }
}

/// The answer alone: the route, which purposes are allowed, and when anything but friction may change it.
#[cfg(feature = "studio")]
pub(crate) fn glance(given: Given<'_>) -> (Route, [bool; Purpose::ALL.len()], Ms) {
    let Given { policy, history, moment, .. } = given;
    let stage = Stage::set(given, &Past::look_back(policy, history, moment), false);
    let (objections, choice) = stage.answer(&mut Because::wanted(false));
    let mut allowed = [false; Purpose::ALL.len()];
    for (slot, purpose) in allowed.iter_mut().zip(Purpose::ALL) {
        *slot = objections.allows(*purpose);
    }
    let ground = &stage.ground;
    let mut next = Next::after(moment.now);
    next.tell(ground.past.next_change(policy, history, moment));
    next.tell(Known::until(policy, ground.seen(history), moment));
    next.tell(ground.objections.until());
    next.tell(ground.proved.until);
    next.tell(next_verdict(policy, &stage.visit));
    (choice.route(), allowed, next.until())
}

/// Why the routes that were not taken were not.
#[cfg(feature = "studio")]
pub(crate) fn losing(given: Given<'_>, decision: &Decision) -> Vec<crate::explain::Lost> {
    let Given { policy, history, moment, .. } = given;
    let stage = Stage::set(given, &Past::look_back(policy, history, moment), true);
    let (objections, _) = stage.answer(&mut Because::wanted(false));
    let Stage { ground, known, .. } = &stage;
    let router = Router {
        s: &ground.situation(stage.given()),
        objections: &objections,
        proved: &ground.proved,
        rules: &policy.route_rules,
        bits: known.bits(),
        told: true,
    };
    stage.account(&objections).lost(&router.lost(decision))
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
    pub(crate) fn survey(given: Given<'_>, past: &Rc<Past>, full: bool) -> Self {
        let Given { policy, history, visit, moment } = given;
        // Guards read everything: they only close.
        let known = given.reading(past.believed(history));
        let seen = given.reading(past.seen(history));
        let scores = score(seen, &past.journey, full);
        let who = past.who(history);
        let s = Situation::new(known, &scores, standing(known.history, visit));
        let mut objections =
            guard(&Situation { who: Some(&who), not_kept: past.not_kept, ..s }, full);
        let proved = prove(seen, &scores, &objections, full);
        objections.require_readiness(policy, &proved);
        // Who is told the reasons asks once; and a verdict may be dated a fraction ahead.
        let t = visit.time_of(moment.now);
        let until = if full || visit.board().recent().any(|signal| signal.decided > t) {
            moment.now
        } else {
            let verdict = next_verdict(policy, visit);
            let read = Known::until(policy, seen.history, moment);
            verdict.min(objections.until()).min(proved.until).min(read)
        };
        Self { past: Rc::clone(past), scores, objections, proved, until }
    }

    /// The history that scorers, readiness and routing may read.
    pub(crate) fn seen<'a>(&'a self, history: &'a History) -> &'a History {
        self.past.seen(history)
    }

    /// What routing looks at.
    fn situation<'a>(&'a self, given: Given<'a>) -> Situation<'a> {
        let seen = given.reading(self.seen(given.history));
        let standing = standing(seen.history, seen.visit);
        let s = Situation::new(seen, &self.scores, standing);
        Situation { not_kept: self.past.not_kept, ..s }
    }

    /// Runs the organisation's rules and chooses.
    pub(crate) fn answer(
        &self,
        given: Given<'_>,
        known: &Known,
        because: &mut Because,
    ) -> (Objections, Choice) {
        let Given { policy, moment, .. } = given;
        let mut objections = self.objections.clone();
        objections.apply_rules(policy, known.bits());
        let mut proved = self.proved.clone();
        let s = self.situation(given);
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
fn next_verdict(policy: &Policy, visit: &Visit) -> Ms {
    let due = visit.next_due(&policy.signals);
    due.map_or(Ms::NEVER, |due| visit.started_at().plus(Ms(due.ms_up())))
}
