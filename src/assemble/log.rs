//! What is known of a file so far: its cases, and what they share.

mod runs;

use super::case::{Case, Event, Place};
use super::clock::Read;
use super::mapping::{Mapping, Rows};
use super::plan::{self, Emitted, KeyPart, Plan};
use super::rows::Sink;
use crate::event::Channel;
use crate::event::history::{CaseStep, Direction};
use crate::shape::Set;
use runs::Runs;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is known of the file so far.
pub(super) struct Log {
    pub(super) mapping: Mapping,
    pub(super) plan: Plan,
    pub(super) cases: Vec<Case>,
    pub(super) by_id: HashMap<String, usize>,
    pub(super) activities: Names,
    /// What each of them becomes.
    pub(super) emitted: Vec<Emitted>,
    pub(super) groups: Names,
    pub(super) handlers: Names,
    /// Words of columns that are none of the contract's.
    pub(super) foreign: BTreeMap<(&'static str, String), u64>,
    /// Columns with cells that are not what they should be: in how many rows, and one of them.
    pub(super) strange: BTreeMap<(String, &'static str), (u64, String)>,
    pub(super) persons: HashSet<Rc<str>>,
    /// Texts that cases share.
    pub(super) texts: HashSet<Rc<str>>,
    /// Cases that are put together by key and time, by their key.
    runs: HashMap<String, Runs>,
    pub(super) sessions: Vec<HashMap<String, Vec<i64>>>,
    pub(super) row: u32,
    pub(super) skipped: BTreeMap<String, u64>,
    /// Effort is measured, so more of every case is kept.
    pub(super) effort: bool,
    /// What the reader of the result should know.
    pub(super) notes: Vec<String>,
    /// Columns that the file does not have.
    pub(super) lacking: Vec<String>,
    /// Cases that several persons were named for.
    pub(super) conflicts: Vec<String>,
    pub(super) twice: u64,
    pub(super) never: u64,
    /// Times of no zone were read as UTC.
    pub(super) assumed: bool,
    pub(super) last: i64,
}

/// Names as small numbers.
#[derive(Default)]
pub(super) struct Names {
    pub(super) list: Vec<String>,
    pub(super) known: HashMap<String, u32>,
}

impl Names {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(name.to_owned());
        self.known.insert(name.to_owned(), number);
        number
    }
}

/// One copy of a text, however many cases have it.
fn shared(texts: &mut HashSet<Rc<str>>, text: &str) -> Rc<str> {
    if let Some(known) = texts.get(text) {
        return Rc::clone(known);
    }
    let new: Rc<str> = text.into();
    texts.insert(Rc::clone(&new));
    new
}

impl Log {
    pub(super) fn new(mapping: Mapping, plan: Plan) -> Self {
        let sessions = plan.sessions.iter().map(|_| HashMap::default()).collect();
        Self {
            mapping,
            plan,
            cases: Vec::new(),
            by_id: HashMap::default(),
            activities: Names::default(),
            emitted: Vec::new(),
            groups: Names::default(),
            handlers: Names::default(),
            foreign: BTreeMap::new(),
            strange: BTreeMap::new(),
            persons: HashSet::default(),
            texts: HashSet::default(),
            runs: HashMap::default(),
            sessions,
            row: 0,
            skipped: BTreeMap::new(),
            effort: false,
            notes: Vec::new(),
            lacking: Vec::new(),
            conflicts: Vec::new(),
            twice: 0,
            never: 0,
            assumed: false,
            last: i64::MIN,
        }
    }
}

impl Sink for Log {
    fn row(&mut self, cells: &[Option<String>]) {
        self.row = self.row.saturating_add(1);
        let taken = match self.plan.rows {
            Rows::Events => self.event(cells),
            Rows::Cases => self.whole_case(cells),
        };
        if let Err(reason) = taken {
            *self.skipped.entry(reason.to_owned()).or_default() += 1;
        }
    }

    fn skip(&mut self, reason: &'static str) {
        self.row = self.row.saturating_add(1);
        *self.skipped.entry(reason.to_owned()).or_default() += 1;
    }

    fn lacks(&mut self, column: &str) {
        self.notes.push(format!("the file has no column `{column}`"));
        self.lacking.push(column.to_owned());
    }
}

impl Log {
    fn event(&mut self, cells: &[Option<String>]) -> Result<(), &'static str> {
        let plan = &self.plan;
        let (column, clock) = plan.at.as_ref().ok_or("no time")?;
        let at = plan.cell(cells, *column, "at").ok_or("no time")?;
        let read = clock.read(at).ok_or("unreadable time")?;
        let named =
            |plan: &Plan| plan.activity.is_some_and(|c| plan.cell(cells, c, "activity").is_some());
        if !named(plan) {
            return Err("no activity");
        }
        let ties = (!plan.order.is_empty()).then(|| {
            let texts =
                plan.order.iter().map(|c| cells.get(*c).cloned().flatten().unwrap_or_default());
            texts.collect()
        });
        let place = Place { at: read.at, ties, row: self.row };
        let case = self.case_of(cells, read.at)?;
        self.saw(&read);
        self.sessions(cells, read.at);
        let Self { plan, activities, emitted, groups, handlers, foreign, .. } = self;
        let name = plan.activity.and_then(|c| plan.cell(cells, c, "activity")).unwrap_or_default();
        let activity = activities.number(name);
        // What an activity becomes is looked up when it is first met.
        if emitted.len() <= activity as usize {
            emitted.push(plan.activities.get(name).unwrap_or(&plan.otherwise).clone());
        }
        let emitted = emitted.get(activity as usize).unwrap_or(&plan.otherwise);
        let group = plan.group.as_ref().and_then(|(column, ignore)| {
            plan.cell(cells, *column, "group").filter(|group| !ignore.iter().any(|i| i == group))
        });
        let group = group.map(|group| groups.number(group));
        let said = |column: Option<usize>, field: &str| {
            column.and_then(|column| plan.cell(cells, column, field))
        };
        let handler = plan.handler.and_then(|(column, field)| plan.cell(cells, column, field));
        let handler = handler.map(|name| handlers.number(name));
        let mut strange = |field: &'static str, word: &str| {
            *foreign.entry((field, word.to_owned())).or_default() += 1;
        };
        let channel = said(plan.channel, "channel").and_then(|word| {
            Channel::parse(word).or_else(|| {
                strange("channel", word);
                None
            })
        });
        let direction = said(plan.direction, "direction").and_then(|word| {
            Direction::parse(word).or_else(|| {
                strange("direction", word);
                None
            })
        });
        let wait_ms = said(plan.wait, "waitMs").and_then(|word| {
            word.parse().ok().or_else(|| {
                strange("waitMs", word);
                None
            })
        });
        // A column that says the direction knows better than the activity.
        let contacts = match direction.filter(|_| plan.contacts_by_direction) {
            Some(Direction::In) => emitted.asked,
            Some(Direction::Out) => 0,
            None => emitted.contacts,
        };
        let event = Event {
            activity,
            place,
            steps: emitted.steps,
            contacts,
            transfers: emitted.transfers,
            reopens: emitted.reopens,
            group,
            handler,
            channel,
            direction,
            wait_ms: wait_ms.unwrap_or(0),
        };
        self.values(case, cells, &event.place);
        if let Some(case) = self.cases.get_mut(case) {
            case.events.push(event);
        }
        Ok(())
    }

    /// A time of the file.
    fn saw(&mut self, read: &Read) {
        self.twice += u64::from(read.twice);
        self.never += u64::from(read.never);
        self.assumed |= read.assumed;
        self.last = self.last.max(read.at);
    }

    fn whole_case(&mut self, cells: &[Option<String>]) -> Result<(), &'static str> {
        let mut stamps = Vec::new();
        for (step, column, clock) in &self.plan.stamps {
            if let Some(text) = self.plan.cell(cells, *column, "at") {
                stamps.push((*step, clock.read(text).ok_or("unreadable time")?));
            }
        }
        let begun = stamps.iter().map(|(_, read)| read.at).min().ok_or("no time")?;
        let case = self.case_of(cells, begun)?;
        for (step, read) in stamps {
            self.saw(&read);
            let place = Place { at: read.at, ties: None, row: self.row };
            let activity = self.activities.number(step.as_str());
            let event = Event::new(activity, place, Set::<CaseStep>::default().with(step));
            if let Some(case) = self.cases.get_mut(case) {
                case.events.push(event);
            }
        }
        // One row has one value, however many times it tells.
        self.values(case, cells, &Place { at: begun, ties: None, row: self.row });
        self.sessions(cells, begun);
        Ok(())
    }

    /// Which case a row belongs to.
    fn case_of(&mut self, cells: &[Option<String>], at: i64) -> Result<usize, &'static str> {
        let plan = &self.plan;
        let id = match (plan.case, &plan.case_by) {
            (Some(column), _) => {
                let id = plan.cell(cells, column, "case").ok_or("no case")?;
                // Rows of one case often stand together.
                if self.cases.last().is_some_and(|last| last.id == id) {
                    return Ok(self.cases.len() - 1);
                }
                if let Some(known) = self.by_id.get(id) {
                    return Ok(*known);
                }
                id.to_owned()
            }
            (None, Some((key, pause))) => {
                let key = self.key(key, cells).ok_or("no key")?;
                return Ok(self.run_of(key, at, *pause));
            }
            (None, None) => return Err("no case"),
        };
        self.cases.push(Case::new(id.clone(), plan));
        self.by_id.insert(id, self.cases.len() - 1);
        Ok(self.cases.len() - 1)
    }

    /// The key of a row, if every part of it is there.
    fn key(&self, parts: &[KeyPart], cells: &[Option<String>]) -> Option<String> {
        let texts = parts.iter().map(|part| match part {
            KeyPart::Key(i) => {
                let column = self.plan.keys.get(*i).copied().flatten()?;
                self.plan.cell(cells, column, plan::KEYS.get(*i)?)
            }
            KeyPart::Attribute(i) => {
                let (column, ..) = self.plan.taken.get(*i)?;
                self.plan.cell(cells, *column, self.plan.attributes.get(*i)?)
            }
        });
        texts.collect::<Option<Vec<&str>>>().map(|texts| texts.join("\u{1f}"))
    }

    fn sessions(&mut self, cells: &[Option<String>], at: i64) {
        for i in 0..self.plan.sessions.len() {
            let key = self.plan.sessions.get(i).and_then(|(parts, _)| self.key(parts, cells));
            if let (Some(key), Some(times)) = (key, self.sessions.get_mut(i)) {
                times.entry(key).or_default().push(at);
            }
        }
    }

    /// The values of a row that stand for its case.
    fn values(&mut self, case: usize, cells: &[Option<String>], place: &Place) {
        let plan = &self.plan;
        let Some(case) = self.cases.get_mut(case) else { return };
        for (i, (slot, column)) in case.keys.iter_mut().zip(&plan.keys).enumerate() {
            let name = plan::KEYS.get(i).copied().unwrap_or_default();
            let Some(text) = column.and_then(|column| plan.cell(cells, column, name)) else {
                continue;
            };
            let better = slot.as_ref().is_none_or(|(known, _)| place < known);
            let other = i == 0 && case.person.as_deref() != Some(text);
            if !better && !other {
                continue;
            }
            let text = shared(&mut self.texts, text);
            if other {
                case.conflict |= case.person.is_some();
                self.persons.insert(Rc::clone(&text));
                case.person.get_or_insert_with(|| Rc::clone(&text));
            }
            if better {
                *slot = Some((place.clone(), text));
            }
        }
        let mut times = Vec::new();
        let mut strange: Vec<(usize, &'static str)> = Vec::new();
        for (taken, (column, _, clock)) in case.taken.iter_mut().zip(&plan.taken) {
            let Some(text) = plan.cell(cells, *column, "") else { continue };
            let read = match clock {
                None => taken.see(place, text),
                Some(clock) => match clock.read(text) {
                    Some(read) => {
                        times.push(read);
                        taken.see(place, &read.at.to_string())
                    }
                    None => Err("time"),
                },
            };
            // A cell is told once, however many ask for it.
            if let Err(wanted) = read
                && strange.iter().all(|(known, _)| known != column)
            {
                strange.push((*column, wanted));
            }
        }
        for (column, wanted) in strange {
            let (Some(name), Some(text)) = (plan.columns.get(column), plan.cell(cells, column, ""))
            else {
                continue;
            };
            let known = self.strange.entry((name.clone(), wanted));
            let (rows, example) = known.or_insert_with(|| (0, text.to_owned()));
            *rows += 1;
            if text < example.as_str() {
                text.clone_into(example);
            }
        }
        times.iter().for_each(|read| self.saw(read));
    }
}
