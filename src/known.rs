//! What may be known: the history that permission shows, and the values that rules read.

use crate::decision::ReasonCode;
use crate::event::HistoryEvent;
use crate::event::history::{ConsentPurpose, ContactStep, Direction, HistoryBody};
use crate::event::{Purpose, Route};
use crate::feed::{known_since, silent};
use crate::guard::{clocks, permission};
use crate::history::History;
use crate::identity::Identities;
use crate::moment::Moment;
use crate::program::Policy;
use crate::route::takes_people;
use crate::rule::{Slot, SlotKind, UNKNOWN, Written, evaluate, sums, text_slot};
use crate::score::{Scores, fact};
use crate::time::local;
use crate::unit::{Ms, Truth};

/// Without permission to profile, scorers, readiness and routing see only what helping with the
/// matter at hand needs: the taint is by construction, there is nothing else to read.
/// Nor do they see what may be somebody else's.
pub(crate) fn permitted(
    policy: &Policy,
    history: &History,
    who: &Identities<'_>,
    moment: &Moment,
) -> Permitted {
    let foreign = |event: &HistoryEvent| {
        let link = matches!(event.body, HistoryBody::Identity(_));
        !link && !history.is_about(who, event)
    };
    let theirs =
        history.events().iter().any(foreign).then(|| history.only(|event| !foreign(event)));
    let seen = theirs.as_ref().unwrap_or(history);
    let asked = policy.guards.consent.is_some();
    let granted =
        permission(policy, seen, ConsentPurpose::Profiling, None, clocks(policy, moment)).granted;
    let signal = moment.privacy_signal == Some(true);
    let profiled = !asked || granted == Truth::Yes && !signal;
    let shown = if profiled { theirs } else { Some(at_hand_only(seen, moment)) };
    Permitted { shown, profiled }
}

/// What may be shown.
pub(crate) struct Permitted {
    /// The history as far as it may be; `None`: all of it.
    pub(crate) shown: Option<History>,
    /// Whether permission to profile was given.
    pub(crate) profiled: bool,
}

/// What helping with the matter at hand needs.
fn at_hand_only(history: &History, moment: &Moment) -> History {
    let at_hand = |matter: &Option<String>| matter.is_some() && *matter == moment.matter;
    // By what an event is about as a whole: later steps often do not repeat the matter.
    let ledger = history.ledger();
    let case = |id: &String| ledger.cases.iter().any(|c| c.case == *id && at_hand(&c.matter));
    let promise =
        |id: &String| ledger.promises.iter().any(|p| p.promise == *id && at_hand(&p.matter));
    let mut contacts: Vec<&String> = Vec::new();
    for event in history.events() {
        if let HistoryBody::Contact(it) = &event.body
            && at_hand(&it.matter)
        {
            contacts.push(&it.contact);
        }
    }
    history.only(|event| match &event.body {
        HistoryBody::Contact(it) => contacts.contains(&&it.contact),
        HistoryBody::Case(it) => case(&it.case),
        HistoryBody::Promise(it) => promise(&it.promise),
        // What presses without being about any matter is about the person's safety or money: to act on it
        // is no profile.
        HistoryBody::Urgent(it) => it.matter.is_none() || at_hand(&it.matter),
        // What was shown, permitted and asked, and what affects everybody, is no profile.
        HistoryBody::Touch(_)
        | HistoryBody::Consent(_)
        | HistoryBody::Feed(_)
        | HistoryBody::Identity(_)
        | HistoryBody::Process(_)
        | HistoryBody::Incident(_)
        | HistoryBody::Ask(_) => true,
        _ => false,
    })
}

/// The values rules look at, and the bit of every test.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    slots: Vec<i64>,
    bits: Vec<u64>,
}

impl Known {
    /// Reads every slot of the policy.
    pub(crate) fn read(
        &mut self,
        policy: &Policy,
        seen: &History,
        moment: &Moment,
        scores: &Scores,
    ) {
        self.slots.clear();
        for name in &policy.facts {
            self.slots.push(fact(policy, seen, moment, name).map_or(UNKNOWN, |(value, _)| value));
        }
        self.slots.resize(policy.facts.len() + policy.sums.len(), UNKNOWN);
        for slot in &policy.slots {
            self.slots.push(value(slot, seen, moment, scores, policy));
        }
    }

    /// Makes the sums and evaluates every test. What the host pushes, by slot and with `i32::MIN` for
    /// unknown, wins over what was learned. Only what reads something that has `changed` is looked at;
    /// whether any test came out otherwise.
    pub(crate) fn evaluate(&mut self, policy: &Policy, pushed: &[i32], changed: Written) -> bool {
        let changed = sums(&policy.sums, policy.facts.len(), &mut self.slots, pushed, changed);
        evaluate(&policy.tests, &self.slots, pushed, changed, &mut self.bits)
    }

    pub(crate) fn bits(&self) -> &[u64] {
        &self.bits
    }

    /// When a slot that reads the clock changes next; `now` itself if that is at any time.
    pub(crate) fn until(policy: &Policy, now: Ms) -> Ms {
        let clocked = policy.slots.iter().any(|slot| {
            matches!(
                slot.kind,
                SlotKind::Age
                    | SlotKind::Count
                    | SlotKind::Events
                    | SlotKind::Local
                    | SlotKind::Route
            )
        });
        if clocked { now } else { Ms::NEVER }
    }
}

fn value(slot: &Slot, seen: &History, moment: &Moment, scores: &Scores, policy: &Policy) -> i64 {
    let index = usize::from(slot.index);
    if is_unheard(slot, seen, moment, policy) {
        return UNKNOWN;
    }
    let value = match slot.kind {
        SlotKind::Sum => None,
        SlotKind::Score => scores.slot(index),
        SlotKind::Word => scores.word(index).map(text_slot),
        SlotKind::Age => age(seen, &slot.name, moment.now),
        SlotKind::Events => Some(events(seen, &slot.name, moment.now, slot.window_ms)),
        SlotKind::Count => Purpose::ALL.get(index).map(|purpose| {
            let ttl = policy.guards.reservation_ms;
            let from = moment.now.minus(slot.window_ms);
            let touches = seen.ledger().touches.iter();
            let counted = touches
                .filter(|t| t.purpose == *purpose && t.counts(moment.now, ttl) && t.at > from);
            i64::try_from(counted.count()).unwrap_or(i64::MAX)
        }),
        SlotKind::Local => local(&moment.zone, moment.now)
            .map(|local| if index == 0 { local.minute_of_day } else { local.weekday }),
        SlotKind::Route => route(index, moment, policy),
    };
    value.unwrap_or(UNKNOWN)
}

/// Whether what an age or a count is made of may have happened without our knowing.
fn is_unheard(slot: &Slot, seen: &History, moment: &Moment, policy: &Policy) -> bool {
    let event_type = match (slot.kind, slot.name.as_str()) {
        (SlotKind::Count, _) => "touch",
        (SlotKind::Age, name) if name.split('.').next() == Some("touch") => "touch",
        (SlotKind::Age | SlotKind::Events, "case" | "cases") => "case",
        (SlotKind::Age | SlotKind::Events, "contact" | "contacts") => "contact",
        (SlotKind::Age | SlotKind::Events, _) => "milestone",
        _ => return false,
    };
    // An age looks back to whatever happened last, however long ago that is.
    let window = if slot.kind == SlotKind::Age { Ms(0) } else { slot.window_ms };
    silent(policy, seen, event_type).is_some()
        || known_since(policy, seen, event_type) > moment.now.minus(window)
}

/// Milliseconds since the latest milestone, case step or touch of that name.
fn age(seen: &History, name: &str, now: Ms) -> Option<i64> {
    let ledger = seen.ledger();
    let touched = |purpose: Option<Purpose>| {
        let touches = ledger.touches.iter().filter(|t| t.confirmed);
        touches.filter(|t| purpose.is_none_or(|it| it == t.purpose)).map(|touch| touch.at).max()
    };
    let latest = match name {
        "contact" => begun(seen).max(),
        "case" => ledger.cases.iter().map(|case| case.at).max(),
        "touch" => touched(None),
        _ if name.starts_with("touch.") => {
            touched(Some(name.strip_prefix("touch.").and_then(Purpose::parse)?))
        }
        _ => {
            let named = ledger.milestones.iter().filter(|m| m.milestone.name == name);
            named.map(|m| m.at).max()
        }
    };
    latest.map(|at| now.minus(at).0.max(0))
}

/// When the customer's contacts began.
fn begun(seen: &History) -> impl Iterator<Item = Ms> + '_ {
    seen.contacts().filter_map(|(_, at, contact)| {
        let own = contact.direction != Some(Direction::Out);
        (own && contact.step == ContactStep::Started).then_some(at)
    })
}

/// How many contacts, cases or milestones of a name there were within a window.
fn events(seen: &History, name: &str, now: Ms, window: Ms) -> i64 {
    let within = |at: &Ms| *at <= now && at.plus(window) > now;
    let ledger = seen.ledger();
    let count = match name.strip_prefix("milestones.") {
        Some(name) => {
            let named = ledger.milestones.iter().filter(|m| m.milestone.name == name);
            named.map(|m| m.at).filter(within).count()
        }
        None if name == "cases" => ledger.cases.iter().map(|case| case.at).filter(within).count(),
        None => begun(seen).filter(within).count(),
    };
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A slot of a route's status: usable, p50 or p80.
fn route(index: usize, moment: &Moment, policy: &Policy) -> Option<i64> {
    let status = moment.status(*Route::ALL.get(index / 4)?)?;
    match (takes_people(policy, moment, status), index % 4) {
        (Err(ReasonCode::StaleStatus), _) => None,
        (takes, 0) => Some(i64::from(takes.is_ok())),
        (_, 1) => status.wait_p50_ms.map(|wait| wait.0),
        _ => status.wait_p80_ms.map(|wait| wait.0),
    }
}
