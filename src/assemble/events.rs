//! Contract events, of many people: they need no mapping. Links say who is who, contacts and cases
//! become journeys as they do in a decision.

use super::case::{Case, Event, Place};
use super::effort;
use super::mapping::Mapping;
use super::plan::{Counting, Plan};
use super::{Log, Zones, measure};
use crate::event::HistoryEvent;
use crate::event::history::{CaseStep, ContactStep, HistoryBody};
use crate::history::History;
use crate::identity::Identities;
use crate::journey::{Change, Kind, Unit, Work, work};
use crate::json::{self, join};
use crate::lines::Lines;
use crate::program::Policy;
use crate::program::scores::IndicatorId;
use crate::shape::{Set, Wire};
use crate::unit::Ms;
use crate::{ErrorCode, Mistakes};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// What is asked of contacts and cases where no mapping asks anything else.
const MAPPING: &str = include_str!("events.mapping.json");

/// Assembles contract events, one a line.
///
/// ```
/// use tactful::assemble::Events;
/// let mut events = Events::new(tactful::policy::starter().unwrap());
/// for (id, at, channel) in [(1, 0, "phone"), (2, 86_400_000, "email")] {
///     events.push(format!(r#"{{ "type": "contact", "id": "{id}", "at": {at}, "source": "desk", "person": "ada",
///         "contact": "c{id}", "step": "started", "channel": "{channel}", "matter": "invoice" }}"#)
///         .replace('\n', "").as_bytes());
///     events.push(b"\n");
/// }
/// let found = events.finish(false);
/// assert_eq!(found["effort"]["journeys"], 1);
/// assert_eq!(found["effort"]["hardest"][0]["contributions"]["repeatContact"], 20);
/// ```
pub struct Events {
    lines: Lines,
    policy: Policy,
    taken: Taken,
    today: Ms,
}

#[derive(Default)]
struct Taken {
    rows: u32,
    events: Vec<HistoryEvent>,
    skipped: BTreeMap<String, u64>,
    ignored: BTreeMap<String, u64>,
}

impl Events {
    /// Ready for the first byte; effort is measured by a policy.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        let (lines, taken, today) = (Lines::default(), Taken::default(), Ms::ALWAYS);
        Self { lines, policy, taken, today }
    }

    /// Says which day it is: what somebody should have looked at by then calibrates nothing. Otherwise the end
    /// of the file says so.
    #[must_use]
    pub const fn today(mut self, now: Ms) -> Self {
        self.today = now;
        self
    }

    /// Takes the next piece of the file, wherever it was cut.
    pub fn push(&mut self, bytes: &[u8]) {
        let taken = &mut self.taken;
        self.lines.push(bytes, |line| taken.line(line));
    }

    /// Events read so far.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.taken.rows
    }

    /// The file is over: what came of it. With `case_rows`, a row for each contact and case too.
    #[must_use]
    pub fn finish(mut self, case_rows: bool) -> Value {
        let taken = &mut self.taken;
        self.lines.end(|line| taken.line(line));
        let Ok(mut log) = Log::of_contract() else { return Value::Null };
        log.row = self.taken.rows;
        let people = self.taken.people(&mut log);
        for (person, history) in &people {
            let (units, _) = work(history, Ms::NEVER);
            units.iter().for_each(|unit| log.unit(person, unit));
        }
        let (policy, today) = (&self.policy, self.today);
        measure::report(log, case_rows, |log, _| {
            let costs = effort::of_histories(&people, policy, Ms(log.last));
            // What only a visit shows.
            let unheard = [IndicatorId::UiFriction];
            // What is shared is in every history.
            let one = people.first().map(|(_, history)| Change::all(policy, history));
            let changes = one.unwrap_or_else(|| Change::of_policy(policy));
            let end = effort::End { of_file: log.last, today };
            Some(effort::report(policy, &costs, &unheard, &changes, end, case_rows))
        })
    }
}

impl Taken {
    fn line(&mut self, line: &[u8]) {
        self.rows = self.rows.saturating_add(1);
        let Ok(mut value) = serde_json::from_slice::<Value>(line) else {
            *self.skipped.entry("not a JSON object".to_owned()).or_default() += 1;
            return;
        };
        let mut mistakes = Vec::new();
        let mut read: Option<HistoryEvent> = json::read(&value, "", &mut mistakes);
        // Fields of a later version are no reason to lose an event.
        if mistakes.iter().all(|mistake| mistake.code() == ErrorCode::UnknownField) {
            for mistake in mistakes.drain(..) {
                let known = mistake.path().trim_start_matches('/').to_owned();
                if let Some(map) = value.as_object_mut() {
                    map.retain(|key, _| join("", key) != mistake.path());
                }
                *self.ignored.entry(known).or_default() += 1;
            }
            read = read.or_else(|| json::read(&value, "", &mut mistakes));
        }
        mistakes.extend(read.as_ref().and_then(|event| event.nameless("")));
        match (read, mistakes.first()) {
            (Some(event), None) => self.events.push(event),
            (_, mistake) => {
                let why = mistake
                    .map_or_else(String::new, |it| format!("{} at {}", it.message(), it.path()));
                *self.skipped.entry(why).or_default() += 1;
            }
        }
    }

    /// Events by the person they are about, who is found by following links.
    fn people(&mut self, log: &mut Log) -> Vec<(String, History)> {
        let mut events = core::mem::take(&mut self.events);
        // Versions of one event are settled before anything is made of them, as a history does.
        events.sort_by_cached_key(|it| {
            let rank = (Reverse(it.received_at), it.to_bytes());
            (it.source.clone(), it.id.clone(), rank)
        });
        let all = events.len();
        events.dedup_by(|later, first| later.source == first.source && later.id == first.id);
        if events.len() < all {
            let twice = all - events.len();
            log.notes
                .push(format!("{twice} events came more than once; the one received last counts"));
        }
        events.sort_by(|a, b| (a.at, &a.source, &a.id).cmp(&(b.at, &b.source, &b.id)));
        let links = events.iter().filter_map(|event| match &event.body {
            HistoryBody::Identity(link) => Some(link),
            _ => None,
        });
        let who = Identities::new(links, events.iter().filter_map(HistoryEvent::customer));
        // A contact or case belongs to the person its first event names, whoever is named later.
        let mut owners: HashMap<(&str, &str), &str> = HashMap::new();
        let mut shared: Vec<HistoryEvent> = Vec::new();
        let mut people: BTreeMap<&str, Vec<&HistoryEvent>> = BTreeMap::new();
        // When the file ends, as far as work goes: no survey moves that.
        let work = events.iter().rfind(|event| !matches!(event.body, HistoryBody::Survey(_)));
        log.last = work.map_or(i64::MIN, |event| event.at.0);
        for event in &events {
            let person = event.person.as_deref().map(|person| who.canonical(person));
            let thing = match &event.body {
                // Two systems may number their contacts alike; cases have a system of their own.
                HistoryBody::Contact(it) => Some((event.source.as_str(), it.contact.as_str())),
                HistoryBody::Case(it) => Some(("", it.case.as_str())),
                // What holds for everybody.
                HistoryBody::Process(_) | HistoryBody::Feed(_) if person.is_none() => {
                    shared.push(event.clone());
                    continue;
                }
                HistoryBody::Identity(_) => continue,
                _ => None,
            };
            let owner = thing.and_then(|thing| owners.get(&thing).copied()).or(person);
            let Some(owner) = owner else {
                *self.skipped.entry("no person".to_owned()).or_default() += 1;
                continue;
            };
            if let Some(thing) = thing {
                owners.entry(thing).or_insert(owner);
                if person.is_some_and(|person| person != owner) {
                    log.conflicts.push(thing.1.to_owned());
                }
            }
            people.entry(owner).or_default().push(event);
        }
        log.skipped = core::mem::take(&mut self.skipped);
        for (field, count) in &self.ignored {
            log.notes
                .push(format!("{count} events: the field `{field}` is not known and was ignored"));
        }
        for it in who.conflicts() {
            log.notes
                .push(format!("`{}` and `{}` are linked weakly and were kept apart", it.a, it.b));
        }
        let with = people.into_iter().map(|(person, own)| {
            let mut history = History::with_capacity(usize::MAX);
            history.learn(shared.iter().chain(own).cloned());
            (person.to_owned(), history)
        });
        with.collect()
    }
}

impl Log {
    /// For contract events: the one mapping that is built in.
    fn of_contract() -> Result<Self, Mistakes> {
        let mapping = Mapping::from_json(MAPPING)?;
        let zones: Zones<'_> = &|_| None;
        let mut plan =
            Plan::new(&mapping, zones).map_err(|e| e.into_iter().collect::<Mistakes>())?;
        // Every step says what it is.
        plan.contacts = Counting::Events;
        plan.reopens = Counting::Steps;
        Ok(Self::new(mapping, plan))
    }

    /// A contact or a case as a case of the file.
    fn unit(&mut self, person: &str, unit: &Unit<'_>) {
        let place = |at: Ms, row: usize| Place { at: at.0, ties: None, row: row as u32 };
        let first = place(unit.start, 0);
        let keep = |text: Option<&str>| text.map(|text| (first.clone(), Rc::from(text)));
        let mut case = Case {
            id: unit.id.to_owned(),
            person: Some(person.into()),
            keys: [
                keep(Some(person)),
                None,
                keep(unit.category),
                keep(unit.product),
                keep(unit.process),
                // Who came back is asked of the customer's own contacts.
                keep(unit.topic.or(unit.category).filter(|_| unit.is_assisted())),
            ],
            ..Case::default()
        };
        self.persons.insert(person.into());
        let own = unit.channel().is_some();
        for (row, step) in unit.steps.iter().enumerate() {
            let (name, steps, talk) = match step.work {
                Work::Contact(talk) => {
                    let name = format!("{} {}", talk.channel.as_str(), talk.step.as_str());
                    let solved = talk.solved == Some(true);
                    let steps = solved.then(|| Set::default().with(CaseStep::Resolved));
                    (name, steps.unwrap_or_default(), Some(talk))
                }
                Work::Case(step) => {
                    (format!("case {}", step.as_str()), Set::default().with(step), None)
                }
                Work::AskedAgain | Work::Complained => continue,
            };
            let is = |step: ContactStep| talk.is_some_and(|talk| talk.step == step);
            case.events.push(Event {
                contacts: u16::from(own && unit.kind != Kind::Case && row == 0),
                transfers: u16::from(is(ContactStep::Transferred)),
                ..Event::new(self.activities.number(&name), place(step.at, row), steps)
            });
        }
        self.cases.push(case);
    }
}
