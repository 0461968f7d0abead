//! What a slot of an own rule reads, and when the clock makes a test of it come out otherwise.

use crate::decision::ReasonCode;
use crate::event::history::{ContactStep, Direction};
use crate::event::{Purpose, Route};
use crate::feed::{known_since, silent};
use crate::history::{History, TouchState};
use crate::moment::Moment;
use crate::program::Policy;
use crate::route::takes_people;
use crate::rule::{Slot, SlotKind, Test, UNKNOWN, text_slot};
use crate::score::Scores;
use crate::time::{local, tell_local};
use crate::unit::{Ms, Next};

/// What a slot reads now.
pub(super) fn value(
    policy: &Policy,
    seen: &History,
    moment: &Moment,
    scores: &Scores,
    slot: &Slot,
) -> i64 {
    let index = usize::from(slot.index);
    if let Some(event_type) = event_type(slot)
        && (silent(policy, seen, event_type).is_some()
            || heard_from(policy, seen, slot, event_type) > moment.now)
    {
        return UNKNOWN;
    }
    let value = match slot.kind {
        SlotKind::Sum => None,
        SlotKind::Score => scores.slot(index),
        SlotKind::Word => scores.word(index).map(text_slot),
        SlotKind::Age => latest(seen, &slot.name).map(|at| moment.now.minus(at).0.max(0)),
        SlotKind::Events => {
            let mut count = 0;
            happened(seen, &slot.name, &mut |at| {
                count += i64::from(at <= moment.now && at.plus(slot.window_ms) > moment.now);
            });
            Some(count)
        }
        SlotKind::Count => {
            let ttl = policy.guards.reservation_ms;
            let from = moment.now.minus(slot.window_ms);
            let counted = touches(seen, index).filter(|t| t.counts(moment.now, ttl) && t.at > from);
            Some(i64::try_from(counted.count()).unwrap_or(i64::MAX))
        }
        SlotKind::Local => local(&moment.zone, moment.now)
            .map(|local| if index == 0 { local.minute_of_day } else { local.weekday }),
        SlotKind::Route => route(index, moment, policy),
    };
    value.unwrap_or(UNKNOWN)
}

/// Tells when a test of a slot may come out otherwise because time passes.
pub(super) fn tell_turns(
    policy: &Policy,
    seen: &History,
    moment: &Moment,
    (slot, test): (&Slot, &Test),
    next: &mut Next,
) {
    let (index, window) = (usize::from(slot.index), slot.window_ms);
    let bounds = [test.lo, test.hi.saturating_add(1)];
    if let Some(event_type) = event_type(slot) {
        next.tell(heard_from(policy, seen, slot, event_type));
    }
    match slot.kind {
        SlotKind::Age => {
            if let Some(at) = latest(seen, &slot.name) {
                bounds.iter().for_each(|age| next.tell(at.plus(Ms(*age))));
            }
        }
        SlotKind::Events => happened(seen, &slot.name, &mut |at| {
            next.tell(at);
            next.tell(at.plus(window));
        }),
        SlotKind::Count => {
            for touch in touches(seen, index) {
                next.tell(touch.at.plus(window));
                next.tell(touch.at.plus(policy.guards.reservation_ms));
            }
        }
        SlotKind::Local => tell_local(&moment.zone, moment.now, index, bounds, next),
        SlotKind::Sum | SlotKind::Score | SlotKind::Word | SlotKind::Route => {}
    }
}

/// The type of event that an age or a count is made of.
fn event_type(slot: &Slot) -> Option<&'static str> {
    Some(match (slot.kind, slot.name.as_str()) {
        (SlotKind::Count, _) => "touch",
        (SlotKind::Age, name) if name.split('.').next() == Some("touch") => "touch",
        (SlotKind::Age | SlotKind::Events, "case" | "cases") => "case",
        (SlotKind::Age | SlotKind::Events, "contact" | "contacts") => "contact",
        (SlotKind::Age | SlotKind::Events, _) => "milestone",
        _ => return None,
    })
}

/// From when on everything that an age or a count is made of is known.
fn heard_from(policy: &Policy, seen: &History, slot: &Slot, event_type: &str) -> Ms {
    // An age looks back to whatever happened last, however long ago that is.
    let window = if slot.kind == SlotKind::Age { Ms(0) } else { slot.window_ms };
    known_since(policy, seen, event_type).plus(window)
}

/// When the latest milestone, case step, contact or touch of that name was.
fn latest(seen: &History, name: &str) -> Option<Ms> {
    let ledger = seen.ledger();
    let touched = |purpose: Option<Purpose>| {
        let touches = ledger.touches.iter().filter(|t| t.confirmed);
        touches.filter(|t| purpose.is_none_or(|it| it == t.purpose)).map(|touch| touch.at).max()
    };
    match name {
        "contact" => begun(seen).max(),
        "case" => ledger.cases.iter().map(|case| case.at).max(),
        "touch" => touched(None),
        _ if name.starts_with("touch.") => {
            touched(Some(name.strip_prefix("touch.").and_then(Purpose::parse)?))
        }
        _ => milestones(seen, name).max(),
    }
}

/// Tells when contacts, cases or milestones of a name happened.
fn happened(seen: &History, name: &str, tell: &mut dyn FnMut(Ms)) {
    match name.strip_prefix("milestones.") {
        Some(name) => milestones(seen, name).for_each(tell),
        None if name == "cases" => seen.ledger().cases.iter().map(|case| case.at).for_each(tell),
        None => begun(seen).for_each(tell),
    }
}

fn milestones(seen: &History, name: &str) -> impl Iterator<Item = Ms> {
    seen.ledger().milestones.iter().filter(move |m| m.milestone.name == name).map(|m| m.at)
}

/// Touches of a purpose, by its position.
fn touches(seen: &History, purpose: usize) -> impl Iterator<Item = &TouchState> {
    let purpose = Purpose::ALL.get(purpose);
    seen.ledger().touches.iter().filter(move |touch| Some(&touch.purpose) == purpose)
}

/// When the customer's contacts began.
fn begun(seen: &History) -> impl Iterator<Item = Ms> + '_ {
    seen.contacts().filter_map(|(_, at, contact)| {
        let own = contact.direction != Some(Direction::Out);
        (own && contact.step == ContactStep::Started).then_some(at)
    })
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
