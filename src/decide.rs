//! The pipeline on one screen: permission → scores → guards → readiness → own rules → route.
//! Data flows one way: no stage reads what comes after it, and explaining runs the same code.

mod account;
mod withheld;

use account::Account;

use crate::decision::Decision;
use crate::event::PromiseKind;
use crate::event::history::ConsentPurpose;
#[cfg(feature = "studio")]
use crate::event::{Purpose, Route};
use crate::guard::{Objections, Situation, clocks, guard, not_kept, permission};
use crate::history::History;
use crate::journey::Change;
use crate::known::{Known, Permitted, permitted};
use crate::moment::Moment;
use crate::program::Policy;
use crate::readiness::{Proved, prove};
use crate::route::{Because, Choice, Router, standing};
use crate::rule::Written;
use crate::score::{Scores, fact, score};
use crate::shape::Set;
use crate::unit::Ms;
use crate::visit::Visit;

/// Decides how to help this person now, and why.
///
/// Pure: no clock, no randomness, no I/O, no floating point. Equal inputs give equal bytes on every
/// machine, and looking changes nothing: a touch enters the history when the host says it happened.
#[must_use]
pub fn decide(policy: &Policy, history: &History, visit: &Visit, moment: &Moment) -> Decision {
    let stage = Stage::set(policy, history, visit, moment, true);
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
    fn set(policy: &Policy, history: &History, visit: &Visit, moment: &Moment, full: bool) -> Self {
        let mut visit = visit.clone();
        visit.tick(&policy.signals, visit.time_of(moment.now));
        let ground = Ground::survey(policy, history, &visit, moment, full);
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
    let stage = Stage::set(policy, history, visit, moment, false);
    let (objections, choice) = stage.answer(policy, history, moment, &mut Because::wanted(false));
    let mut allowed = [false; Purpose::ALL.len()];
    for (slot, purpose) in allowed.iter_mut().zip(Purpose::ALL) {
        *slot = objections.allows(*purpose);
    }
    let ground = &stage.ground;
    let next = earliest_change(policy, [history, ground.seen(history)], &stage.visit, moment);
    let guards = [ground.objections.until(), ground.proved.until];
    let guards = guards.into_iter().filter(|at| *at > moment.now && *at < Ms::NEVER);
    (choice.route(), allowed, guards.chain(next).min())
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
    let stage = Stage::set(policy, history, visit, moment, true);
    let (objections, _) = stage.answer(policy, history, moment, &mut Because::wanted(false));
    let Stage { visit, ground, known } = &stage;
    let seen = ground.seen(history);
    let s = Situation::new(policy, seen, visit, moment, &ground.scores, standing(seen, visit));
    let s = Situation { not_kept: ground.not_kept, ..s };
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
    /// The history as it may be believed now, where that is not all of it.
    believed: Option<History>,
    /// What permission and links show of that, where that is not all of it.
    shown: Option<History>,
    /// Whether what is known may be used for more than the matter at hand.
    profiled: bool,
    pub(crate) scores: Scores,
    objections: Objections,
    proved: Proved,
    /// Kinds of promises that are not kept often enough to be made.
    not_kept: Set<PromiseKind>,
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
        let skew = policy.guards.max_skew();
        let dated = history.as_of(moment.now.plus(skew));
        let all = dated.as_ref().unwrap_or(history);
        let who = all.identities();
        let guarded = all.guarded(&who);
        let known = guarded.as_ref().unwrap_or(all);
        let Permitted { shown, profiled } = permitted(policy, known, &who, moment);
        let seen = shown.as_ref().unwrap_or(known);
        let scores = score(policy, seen, visit, moment, full);
        let standing = standing(known, visit);
        // Guards read everything: they only close.
        let all = Situation::new(policy, known, visit, moment, &scores, standing);
        let not_kept = not_kept(policy, known, moment);
        let mut objections = guard(&Situation { who: Some(&who), not_kept, ..all }, full);
        let proved = prove(policy, seen, visit, moment, &scores, &objections, full);
        objections.require_readiness(policy, &proved);
        // Who is told the reasons asks once.
        let until = if full {
            moment.now
        } else {
            holds_until(policy, [history, seen], visit, moment)
                .min(objections.until())
                .min(proved.until)
                .min(Known::until(policy, moment.now))
        };
        drop(who);
        let believed = guarded.or(dated);
        Self { believed, shown, profiled, scores, objections, proved, not_kept, until }
    }

    /// The history that scorers, readiness and routing may read.
    pub(crate) fn seen<'a>(&'a self, history: &'a History) -> &'a History {
        self.shown.as_ref().unwrap_or(self.believed(history))
    }

    /// The history that guards read.
    fn believed<'a>(&'a self, history: &'a History) -> &'a History {
        self.believed.as_ref().unwrap_or(history)
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
        let s = Situation { not_kept: self.not_kept, ..s };
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

/// The earliest instant at which what is not a guard's business may change although nothing happened;
/// friction fades all the time, and is looked at by itself ([`Scores::still`]).
fn holds_until(policy: &Policy, known: [&History; 2], visit: &Visit, moment: &Moment) -> Ms {
    let now = moment.now;
    let t = visit.time_of(now);
    // A verdict may be dated a fraction ahead.
    if visit.board().recent().any(|signal| signal.decided > t) {
        return now;
    }
    let next = earliest_change(policy, known, visit, moment);
    let profiling =
        permission(policy, known[0], ConsentPurpose::Profiling, None, clocks(policy, moment)).next;
    next.unwrap_or(Ms::NEVER).min(profiling)
}

/// The first such instant of all that is known, and of what of it is shown: what is withheld may hide
/// something older.
fn earliest_change(
    policy: &Policy,
    known: [&History; 2],
    visit: &Visit,
    moment: &Moment,
) -> Option<Ms> {
    let [all, shown] = known;
    // Mostly nothing is withheld, and both are one.
    let shown = (!core::ptr::eq(all, shown)).then_some(shown);
    let each = [Some(all), shown].into_iter().flatten();
    each.filter_map(|history| next_change(policy, history, visit, moment)).min()
}

/// The next instant at which what is neither a guard's business nor friction may change by itself.
fn next_change(policy: &Policy, history: &History, visit: &Visit, moment: &Moment) -> Option<Ms> {
    let ledger = history.ledger();
    let skew = policy.guards.max_skew();
    let facts = ledger.facts.iter().filter_map(|fact| fact.until);
    let deadlines = ledger.urgent.iter().filter_map(|it| it.due);
    let before = policy.scores.urgency.deadline_ms;
    let deadlines = deadlines.flat_map(|due| [due.minus(before), due.plus(Ms(1))]);
    // A promise is broken one millisecond after it was due, and long past after a while.
    let owed = policy.routes.owed_ms;
    let promises = ledger.promises.iter().flat_map(|p| [p.due, Some(p.at)]).flatten();
    let promises = promises.flat_map(|due| [due.plus(Ms(1)), due.plus(owed)]);
    let verdict = visit.next_due(&policy.signals);
    let verdict = verdict.map(|due| visit.started_at().plus(Ms(due.ms_up())));
    // An event begins to count when it happens; its journey ends with a window, and what was solved
    // stays solved after another.
    let own = policy.processes.iter().filter_map(|(_, process)| process.window_ms);
    let solved = policy.guards.windows.open_case.iter().map(|window| window.recontact_ms);
    // Who was passed on waits so long, and who waits is taken by anybody.
    let handover =
        policy.routes.handover.iter().flat_map(|it| [it.answer_within_ms, it.lapse_ms, it.owed_ms]);
    let waits = handover.chain(policy.routes.relax_skill_ms);
    // An offer that was shown stays so long at least.
    let waits = waits.chain([policy.routes.dwell_ms]);
    let intent = [policy.journeys.window_ms, policy.scores.intent.milestone_ms];
    let windows: Vec<Ms> = own.chain(intent).chain(solved).chain(waits).collect();
    let ends = |at: Ms| {
        let windows = windows.iter();
        windows.flat_map(move |window| [at.plus(*window), at.plus(*window).plus(Ms(1))])
    };
    let events = history.events().iter();
    let events = events.flat_map(|e| [e.at, e.at.minus(skew)].into_iter().chain(ends(e.at)));
    let recent = policy.journeys.recent_change_ms;
    let processes = Change::all(policy, history).into_iter();
    let processes = processes.flat_map(|it| [it.from, it.from.plus(recent)]);
    // Whether a source reaches back far enough.
    let reach = ledger.feeds.iter().filter_map(|feed| feed.since).chain([history.known_since()]);
    let reach = reach.flat_map(ends);
    let fresh = policy.routes.status_fresh_ms.plus(Ms(1));
    let statuses = moment.routes.iter();
    let statuses = statuses
        .flat_map(|s| [Some(s.as_of.minus(fresh)), Some(s.as_of.plus(fresh)), s.next_open_at]);
    // A calendar says nothing of the time before it.
    let calendars = policy.routes.calendars.iter();
    let calendars = calendars.map(|(_, hours)| hours.zone.first().map(|entry| entry.from));
    let statuses = statuses.chain(calendars).flatten();
    let stages: Vec<Ms> = policy.scores.stage.good_for_ms.iter().map(|(_, span)| *span).collect();
    let known = ledger.milestones.iter().map(|m| m.at).chain(ledger.facts.iter().map(|f| f.at));
    let stages = known.flat_map(|at| stages.iter().map(move |span| at.plus(*span)));
    // A contract that is about to be renewed.
    let renews = fact(policy, history, moment, "contract.renewsAt").map(|(at, _)| Ms(at));
    let within = policy.scores.stage.renews_within_ms;
    let renews = renews.into_iter().flat_map(|at| [at.minus(within), at.plus(Ms(1))]);
    let stages = stages.chain(renews);
    let changes = facts.chain(promises).chain(verdict).chain(events).chain(statuses).chain(stages);
    let changes = changes.chain(processes).chain(reach).chain(deadlines);
    changes.filter(|at| *at > moment.now).min()
}
