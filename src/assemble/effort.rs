//! Effort of the journeys in an export: the same engine that decides, on the cases of a file.

mod cost;
mod report;

pub(super) use cost::{costs, of_histories};
pub(super) use report::report;

use super::Log;
use super::measure::Done;
use super::plan::Counting;
use crate::event::Channel;
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::journey::{Kind, Step, Talk, Unit, Work};
use crate::program::scores::IndicatorId;
use crate::unit::Ms;

/// Where nobody says how a contact came in. All the same, so that no switch is made up.
const SOME_CHANNEL: Channel = Channel::Phone;

/// A step of a contact in a case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) at: i64,
    pub(super) direction: Option<Direction>,
    pub(super) talk: Talk,
}

/// Indicators that a file cannot show: what it does not record may have happened.
pub(super) fn unheard(log: &Log) -> Vec<IndicatorId> {
    let plan = &log.plan;
    let emitted = || plan.activities.values().chain([&plan.otherwise]);
    let says = |step: ContactStep| emitted().any(|it| it.said.iter().any(|said| said.step == step));
    let counted = |rule: &Counting| !matches!(rule, Counting::Unknown);
    let contacts = match log.mapping.contacts {
        Some(_) => counted(&plan.contacts),
        None => emitted().any(|it| it.asked > 0),
    };
    let channels =
        plan.channel.is_some() || emitted().any(|it| it.said.iter().any(|s| s.channel.is_some()));
    let reopened = log.mapping.reopens.is_some()
        || emitted().any(|it| it.steps.has(CaseStep::Reopened))
        || plan.stamps.iter().any(|(step, ..)| *step == CaseStep::Reopened);
    let [person, _, category, ..] = plan.keys;
    let heard = |id: IndicatorId| match id {
        IndicatorId::RepeatContact => contacts,
        IndicatorId::Reopen => reopened && counted(&plan.reopens),
        IndicatorId::EscalationOrComplaint => says(ContactStep::Escalated),
        IndicatorId::ChannelSwitch => contacts && channels,
        IndicatorId::TransferCold | IndicatorId::TransferWarm => counted(&plan.transfers),
        IndicatorId::NextIssue => person.is_some() && category.is_some(),
        IndicatorId::SelfserveFail => says(ContactStep::Abandoned) || says(ContactStep::Deflected),
        IndicatorId::Wait => plan.wait.is_some(),
        IndicatorId::Elapsed => true,
        IndicatorId::RepeatInfo | IndicatorId::UiFriction => false,
    };
    IndicatorId::ALL.iter().copied().filter(|id| !heard(*id)).collect()
}

/// A case as the engine sees it: the case itself, and the contacts in it.
pub(super) fn units<'a>(case: &'a Done, log: &'a Log, topic: &'a str, end: i64) -> Vec<Unit<'a>> {
    let about = |mut unit: Unit<'a>| {
        unit.topic = Some(topic);
        unit.category = case.keys[2].as_deref();
        // Where no column names the process, the whole source is one.
        unit.process = Some(case.keys[4].as_deref().unwrap_or(&log.mapping.source));
        unit
    };
    let step = |at: i64, work: Work| Step { at: Ms(at), event: 0, work };
    let mut own = about(Unit::new(Kind::Case, &case.id, Ms(case.first)));
    own.add(step(case.points[0].unwrap_or(case.first), Work::Case(CaseStep::Opened)));
    for _ in 0..case.reopens.unwrap_or(0) {
        own.add(step(case.first, Work::Case(CaseStep::Reopened)));
    }
    let last = match case.points[1] {
        Some(at) => step(at, Work::Case(CaseStep::Resolved)),
        None => step(case.last, Work::Case(CaseStep::Opened)),
    };
    own.add(last);
    own.end = Ms(end);
    let mut contacts: Vec<Unit<'a>> = Vec::new();
    let by_events = matches!(log.plan.transfers, Counting::Events);
    for said in &case.said {
        if !by_events && said.talk.step == ContactStep::Transferred {
            continue;
        }
        let asks = matches!(said.talk.step, ContactStep::Started | ContactStep::Replied);
        let begins = asks && said.direction == Some(Direction::In);
        if begins || contacts.is_empty() {
            let direction = if begins || !asks { Direction::In } else { Direction::Out };
            let kind = Kind::Contact(said.talk.channel, direction);
            contacts.push(about(Unit::new(kind, &case.id, Ms(said.at))));
        }
        if let Some(contact) = contacts.last_mut() {
            contact.add(step(said.at, Work::Contact(said.talk)));
        }
    }
    declare(&mut contacts, case, about);
    if !by_events {
        let talk = Talk::new(ContactStep::Transferred, SOME_CHANNEL);
        for _ in 0..case.transfers.unwrap_or(0) {
            own.steps.push(step(case.first, Work::Contact(talk)));
        }
    }
    contacts.insert(0, own);
    contacts
}

/// Makes the contacts as many as the mapping says there were; where nobody counts them, a case is one.
fn declare<'a>(contacts: &mut Vec<Unit<'a>>, case: &'a Done, about: impl Fn(Unit<'a>) -> Unit<'a>) {
    let own = contacts.iter().filter(|unit| unit.channel().is_some()).count();
    let own = i64::try_from(own).unwrap_or(i64::MAX);
    let wanted = case.contacts.unwrap_or(own.max(1));
    for unit in contacts.iter_mut().rev().take(usize::try_from(own - wanted).unwrap_or(0)) {
        unit.kind = Kind::Contact(unit.channel().unwrap_or(SOME_CHANNEL), Direction::Out);
    }
    let channel = contacts.iter().find_map(Unit::channel).unwrap_or(SOME_CHANNEL);
    for _ in own..wanted {
        let mut unit =
            about(Unit::new(Kind::Contact(channel, Direction::In), &case.id, Ms(case.first)));
        unit.add(Step {
            at: Ms(case.first),
            event: 0,
            work: Work::Contact(Talk::new(ContactStep::Started, channel)),
        });
        contacts.push(unit);
    }
}
