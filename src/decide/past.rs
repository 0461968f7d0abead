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
use crate::unit::{Ms, Next};
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
        let next = self.next_change(policy, history, moment);
        let clocks = clocks(policy, moment);
        next.min(permission(policy, history, ConsentPurpose::Profiling, None, clocks).next)
    }

    /// The same without permissions.
    pub(super) fn next_change(&self, policy: &Policy, history: &History, moment: &Moment) -> Ms {
        let mut next = Next::after(moment.now);
        // What is left out may hide something older, so each is looked at.
        let believed = self.guarded.as_ref().or(self.dated.as_ref());
        for history in [Some(history), believed, self.shown.as_ref()].into_iter().flatten() {
            tell_changes(policy, history, moment, &mut next);
        }
        next.until()
    }
}

/// Instants at which what is neither a guard's business nor friction may change by itself.
fn tell_changes(policy: &Policy, history: &History, moment: &Moment, next: &mut Next) {
    let (ledger, now) = (history.ledger(), moment.now);
    let (p, routes) = (&policy.scores, &policy.routes);
    let after = Ms(1);
    for fact in &ledger.facts {
        fact.until.into_iter().for_each(|until| next.tell(until));
    }
    for due in ledger.urgent.iter().filter_map(|it| it.due) {
        next.tell(due.minus(p.urgency.deadline_ms));
        next.tell(due.plus(after));
    }
    // A promise is broken one millisecond after it was due, and long past after a while.
    for promise in &ledger.promises {
        for at in [promise.due.unwrap_or(promise.at), promise.at] {
            next.tell(at.plus(after));
            next.tell(at.plus(routes.owed_ms));
        }
    }
    // Until it is known more of a fault, that is promised.
    for update in ledger.incidents.iter().filter_map(|it| it.incident.next_update_at) {
        next.tell(update);
    }
    // Events are in order: the first whose window has not ended yet is found without looking at all of them.
    let spans = spans(policy);
    let events = history.events();
    // An event begins to count when it happens; what is dated ahead is believed a skew before.
    for span in [Ms(0), Ms(0).minus(policy.guards.max_skew())].iter().chain(&spans) {
        let ended = events.partition_point(|event| event.at.plus(*span) <= now);
        if let Some(event) = events.get(ended) {
            next.tell(event.at.plus(*span));
        }
    }
    for change in Change::all(policy, history) {
        next.tell(change.from);
        next.tell(change.from.plus(policy.journeys.recent_change_ms));
    }
    // Whether a source reaches back far enough.
    let mut reach = |from: Ms| spans.iter().for_each(|span| next.tell(from.plus(*span)));
    ledger.feeds.iter().filter_map(|feed| feed.since).for_each(&mut reach);
    reach(history.known_since());
    for status in &moment.routes {
        next.tell(status.as_of.minus(routes.status_fresh_ms));
        next.tell(status.as_of.plus(routes.status_fresh_ms).plus(after));
        status.next_open_at.into_iter().for_each(|at| next.tell(at));
    }
    // A calendar says nothing of the time before it.
    for (_, hours) in routes.calendars.iter() {
        hours.zone.first().into_iter().for_each(|entry| next.tell(entry.from));
    }
    for (_, span) in p.stage.good_for_ms.iter() {
        ledger.milestones.iter().for_each(|it| next.tell(it.at.plus(*span)));
        ledger.facts.iter().for_each(|it| next.tell(it.at.plus(*span)));
    }
    // A contract that is about to be renewed.
    if let Some((at, _)) = fact(policy, history, moment, "contract.renewsAt") {
        next.tell(Ms(at).minus(p.stage.renews_within_ms));
        next.tell(Ms(at).plus(after));
    }
}

/// How long after an event something else follows from it: what counts so long, and what counts longer.
fn spans(policy: &Policy) -> Vec<Ms> {
    let mut spans = Vec::new();
    let mut add = |span: Ms| spans.extend([span, span.plus(Ms(1))]);
    // Its journey ends with a window, and what was solved stays solved after another.
    policy.processes.iter().filter_map(|(_, process)| process.window_ms).for_each(&mut add);
    add(policy.journeys.window_ms);
    add(policy.scores.intent.milestone_ms);
    if let Some(window) = &policy.guards.windows.open_case {
        add(window.recontact_ms);
    }
    // Who was passed on waits so long, and who waits is taken by anybody.
    if let Some(it) = &policy.routes.handover {
        [it.answer_within_ms, it.lapse_ms, it.owed_ms].into_iter().for_each(&mut add);
    }
    policy.routes.relax_skill_ms.into_iter().for_each(&mut add);
    // An offer that was shown stays so long at least.
    add(policy.routes.dwell_ms);
    spans
}
