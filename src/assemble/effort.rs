//! Effort of the journeys in an export: the same engine that decides, on the cases of a file.

mod cost;
mod recalibration;
mod report;
mod told;

pub(super) use cost::{costs, of_histories};
pub(super) use recalibration::End;
pub(super) use report::report;
pub(super) use told::Told;

use super::Log;
use super::mapping::Rows;
use super::measure::Done;
use super::plan::Counting;
use crate::event::Channel;
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::journey::{Kind, Step, Talk, Unit, Work};
use crate::program::scores::IndicatorId;
use crate::unit::Ms;

/// Where nobody says how a contact came in. All the same, so that no switch is made up.
const SOME_CHANNEL: Channel = Channel::Phone;

/// More of anything than this in one case is a mistake of the counter.
const MOST: i64 = 256;

/// Indicators that a file cannot show: what it does not record may have happened.
pub(super) fn unheard(log: &Log) -> Vec<IndicatorId> {
    let plan = &log.plan;
    let emitted = || plan.activities.values().chain([&plan.otherwise]);
    let said = || emitted().flat_map(|it| &it.said);
    let counted = |rule: &Counting| !matches!(rule, Counting::Unknown);
    let there = |column: Option<usize>| {
        let name = column.and_then(|column| plan.columns.get(column));
        plan.rows == Rows::Events && name.is_some_and(|name| !log.lacking.contains(name))
    };
    let channels = there(plan.channel) || said().any(|said| said.channel.is_some());
    let contacts = counted(&plan.contacts);
    let helps_itself =
        |said: &super::plan::Said| said.channel.is_some_and(Channel::is_self_service);
    let customers = there(plan.keys[0]) || plan.rows == Rows::Cases && plan.keys[0].is_some();
    let heard = |id: IndicatorId| match id {
        IndicatorId::RepeatContact => contacts && customers,
        IndicatorId::Reopen => counted(&plan.reopens),
        IndicatorId::EscalationOrComplaint => {
            said().any(|said| said.step == ContactStep::Escalated)
        }
        IndicatorId::ChannelSwitch => contacts && channels,
        IndicatorId::TransferCold | IndicatorId::TransferWarm => counted(&plan.transfers),
        IndicatorId::NextIssue => customers && !log.mapping.journeys.is_empty(),
        IndicatorId::SelfserveFail => there(plan.channel) || said().any(helps_itself),
        IndicatorId::Wait => there(plan.wait),
        IndicatorId::Elapsed => true,
        IndicatorId::RepeatInfo | IndicatorId::UiFriction => false,
    };
    IndicatorId::ALL.iter().copied().filter(|id| !heard(*id)).collect()
}

/// A case as the engine sees it: the case itself, and the contacts in it.
pub(super) fn units<'a>(case: &'a Done, log: &'a Log, topic: &'a str, end: i64) -> Vec<Unit<'a>> {
    let Some(told) = case.told.as_deref() else { return Vec::new() };
    let about = |mut unit: Unit<'a>| {
        unit.topic = Some(topic);
        unit.category = case.keys[2].as_deref();
        // Where no column names the process, the whole source is one.
        unit.process = Some(case.keys[4].as_deref().unwrap_or(&log.mapping.source));
        unit
    };
    let step = |at: i64, work: Work| Step { at: Ms(at), event: 0, work };
    let mut own = about(Unit::new(Kind::Case, &case.id, Ms(case.first)));
    let opened = case.points[0].unwrap_or(case.first);
    own.steps.push(step(opened, Work::Case(CaseStep::Opened)));
    // Where only a total is known, nobody can say when.
    let declared = |count: Option<i64>, times: &[i64]| -> Vec<i64> {
        let count = usize::try_from(count.unwrap_or(0).clamp(0, MOST)).unwrap_or(0);
        (0..count).map(|i| times.get(i).copied().unwrap_or(case.first)).collect()
    };
    for at in declared(case.reopens, &told.reopened) {
        own.steps.push(step(at, Work::Case(CaseStep::Reopened)));
    }
    if !log.plan.transfers_by_step {
        let talk = Talk::new(ContactStep::Transferred, SOME_CHANNEL);
        for at in declared(case.transfers, &told.moved) {
            own.steps.push(step(at, Work::Contact(talk)));
        }
    }
    own.steps.push(match case.points[1] {
        Some(at) => step(at, Work::Case(CaseStep::Resolved)),
        None => step(told.last, Work::Case(CaseStep::Opened)),
    });
    own.steps.sort_by_key(|step| step.at);
    own.until = Some(Ms(end.min(case.points[1].unwrap_or(told.last).max(told.last))));
    let mut contacts: Vec<Unit<'a>> = Vec::new();
    for said in &told.said {
        if !log.plan.transfers_by_step && said.talk.step == ContactStep::Transferred {
            continue;
        }
        // A reply within a contact is part of it.
        let begins =
            said.talk.step == ContactStep::Started && said.direction == Some(Direction::In);
        if begins || contacts.is_empty() {
            let asks = matches!(said.talk.step, ContactStep::Started | ContactStep::Replied);
            let own = said.direction == Some(Direction::In) || !asks;
            let direction = if own { Direction::In } else { Direction::Out };
            let kind = Kind::Contact(said.talk.channel, direction);
            contacts.push(about(Unit::new(kind, &case.id, Ms(said.at))));
        }
        if let Some(contact) = contacts.last_mut() {
            contact.steps.push(step(said.at, Work::Contact(said.talk)));
        }
    }
    if log.mapping.contacts.is_some() || contacts.is_empty() {
        declare(&mut contacts, case, about);
    }
    contacts.iter_mut().for_each(|contact| contact.part_of = Some(&case.id));
    contacts.insert(0, own);
    contacts
}

/// Makes the contacts as many as the mapping says there were; where nobody counts them, a case is one.
fn declare<'a>(contacts: &mut Vec<Unit<'a>>, case: &'a Done, about: impl Fn(Unit<'a>) -> Unit<'a>) {
    let own = contacts.iter().filter(|unit| unit.channel().is_some()).count();
    let own = i64::try_from(own).unwrap_or(MOST);
    let wanted = case.contacts.unwrap_or(own.max(1)).clamp(0, MOST);
    let many = usize::try_from((own - wanted).max(0)).unwrap_or(0);
    for unit in contacts.iter_mut().rev().filter(|unit| unit.channel().is_some()).take(many) {
        unit.kind = Kind::Contact(unit.channel().unwrap_or(SOME_CHANNEL), Direction::Out);
    }
    let channel = contacts.iter().find_map(Unit::channel).unwrap_or(SOME_CHANNEL);
    for _ in own..wanted {
        let kind = Kind::Contact(channel, Direction::In);
        let mut unit = about(Unit::new(kind, &case.id, Ms(case.first)));
        let work = Work::Contact(Talk::new(ContactStep::Started, channel));
        unit.steps.push(Step { at: Ms(case.first), event: 0, work });
        contacts.push(unit);
    }
}
