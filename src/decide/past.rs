//! What a decision reads of the past. It is the same from one page event to the next, and most of the work.

use crate::event::PromiseKind;
use crate::event::history::ConsentPurpose;
use crate::guard::{clocks, not_kept, permission};
use crate::history::History;
use crate::id::hash;
use crate::identity::Identities;
use crate::journey::Change;
use crate::known::{Permitted, permitted};
use crate::moment::Moment;
use crate::program::Policy;
use crate::score::{JourneyAtHand, fact};
use crate::shape::Set;
use crate::unit::Ms;
use crate::wire::Writer;
use std::cell::OnceCell;
use std::rc::Rc;

/// What is known as it may be read now, and what follows from it without looking at the visit.
#[derive(Debug)]
pub(crate) struct Past {
    /// The history as it may be believed now, where that is not all of it.
    dated: Option<History>,
    /// What guards read of that, where that is not all of it.
    guarded: Option<History>,
    /// What permission and links show of that, where that is not all of it.
    pub(super) shown: Option<History>,
    /// Whether what is known may be used for more than the matter at hand.
    pub(super) profiled: bool,
    /// Kinds of promises that are not kept often enough to be made.
    pub(super) not_kept: Set<PromiseKind>,
    /// The journey the visit goes on with.
    pub(super) journey: Rc<JourneyAtHand>,
    /// Hash of all that is known, for the ids of decisions.
    content: OnceCell<u64>,
}

impl Past {
    pub(crate) fn look_back(policy: &Policy, history: &History, moment: &Moment) -> Rc<Self> {
        let dated = history.as_of(moment.now.plus(policy.guards.max_skew()));
        let all = dated.as_ref().unwrap_or(history);
        let who = all.identities();
        let guarded = all.guarded(&who);
        let known = guarded.as_ref().unwrap_or(all);
        let Permitted { shown, profiled } = permitted(policy, known, &who, moment);
        let not_kept = not_kept(policy, known, moment);
        let seen = shown.as_ref().unwrap_or(known);
        let journey = Rc::new(JourneyAtHand::find(policy, seen, moment));
        drop(who);
        let content = OnceCell::new();
        Rc::new(Self { dated, guarded, shown, profiled, not_kept, journey, content })
    }

    /// Who is who, as the links say that may be believed.
    pub(super) fn who<'a>(&'a self, history: &'a History) -> Identities<'a> {
        self.dated.as_ref().unwrap_or(history).identities()
    }

    /// Hash of all that is known. Of a long history it takes as long as a good part of a decision.
    pub(super) fn content(&self, history: &History) -> u64 {
        *self.content.get_or_init(|| {
            let mut out = Writer::new();
            history.content(&mut out);
            hash(out.so_far(), 0)
        })
    }

    /// The history that guards read.
    pub(super) fn believed<'a>(&'a self, history: &'a History) -> &'a History {
        self.guarded.as_ref().or(self.dated.as_ref()).unwrap_or(history)
    }

    /// The history that scorers, readiness and routing may read.
    pub(super) fn seen<'a>(&'a self, history: &'a History) -> &'a History {
        self.shown.as_ref().unwrap_or(self.believed(history))
    }

    /// The earliest instant at which it, or any other stage that reads the past and is no guard, may come out
    /// otherwise although nothing happens. Friction fades all the time, and is looked at by itself ([`Scores::still`]).
    ///
    /// [`Scores::still`]: crate::score::Scores::still
    pub(crate) fn until(&self, policy: &Policy, history: &History, moment: &Moment) -> Ms {
        let next = self.next_change(policy, history, moment).unwrap_or(Ms::NEVER);
        let clocks = clocks(policy, moment);
        next.min(permission(policy, history, ConsentPurpose::Profiling, None, clocks).next)
    }

    /// The same without permissions.
    pub(super) fn next_change(
        &self,
        policy: &Policy,
        history: &History,
        moment: &Moment,
    ) -> Option<Ms> {
        // What is left out may hide something older, so each is looked at.
        let believed = self.guarded.as_ref().or(self.dated.as_ref());
        let each = [Some(history), believed, self.shown.as_ref()].into_iter().flatten();
        each.filter_map(|history| next_change(policy, history, moment)).min()
    }
}

/// The next instant at which what is neither a guard's business nor friction may change by itself.
fn next_change(policy: &Policy, history: &History, moment: &Moment) -> Option<Ms> {
    let (ledger, now) = (history.ledger(), moment.now);
    let skew = policy.guards.max_skew();
    let facts = ledger.facts.iter().filter_map(|fact| fact.until);
    let deadlines = ledger.urgent.iter().filter_map(|it| it.due);
    let before = policy.scores.urgency.deadline_ms;
    let deadlines = deadlines.flat_map(|due| [due.minus(before), due.plus(Ms(1))]);
    // A promise is broken one millisecond after it was due, and long past after a while.
    let owed = policy.routes.owed_ms;
    let promises = ledger.promises.iter().flat_map(|p| [p.due, Some(p.at)]).flatten();
    let promises = promises.flat_map(|due| [due.plus(Ms(1)), due.plus(owed)]);
    // Until it is known more of a fault, that is promised.
    let updates = ledger.incidents.iter().filter_map(|it| it.incident.next_update_at);
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
    let windows = own.chain(intent).chain(solved).chain(waits);
    let spans: Vec<Ms> = windows.flat_map(|window| [window, window.plus(Ms(1))]).collect();
    let ends = |at: Ms| spans.iter().map(move |span| at.plus(*span));
    // Events are in order: the first whose window has not ended yet is found without looking at all of them.
    let events = history.events();
    let first_ending = |span: Ms| {
        let ended = events.partition_point(|event| event.at.plus(span) <= now);
        Some(events.get(ended)?.at.plus(span))
    };
    // What is dated ahead is believed a skew before it happens.
    let ahead = [Ms(0), Ms(0).minus(skew)];
    let events = ahead.into_iter().chain(spans.iter().copied()).filter_map(first_ending);
    let recent = policy.journeys.recent_change_ms;
    let processes = Change::all(policy, history).into_iter();
    let processes = processes.flat_map(|it| [it.from, it.from.plus(recent)]);
    // Whether a source reaches back far enough.
    let reach = ledger.feeds.iter().filter_map(|feed| feed.since).chain([history.known_since()]);
    let reach = reach.flat_map(ends);
    let fresh = policy.routes.status_fresh_ms;
    let statuses = moment.routes.iter().flat_map(|it| {
        [Some(it.as_of.minus(fresh)), Some(it.as_of.plus(fresh).plus(Ms(1))), it.next_open_at]
    });
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
    let changes = facts.chain(promises).chain(events).chain(statuses).chain(stages);
    let changes = changes.chain(processes).chain(reach).chain(deadlines).chain(updates);
    changes.filter(|at| *at > now).min()
}
