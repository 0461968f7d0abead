//! One case as it is put together: its events, and the values that stand for it.

use super::mapping::Take;
use super::plan::Plan;
use crate::event::Channel;
use crate::event::history::{CaseStep, Direction};
use crate::shape::Set;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

/// Where an event stands among those of its case: time, then the columns that break ties, then the
/// place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: i64,
    pub(super) ties: Option<Box<[String]>>,
    pub(super) row: u32,
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let ties = || match (&self.ties, &other.ties) {
            (Some(a), Some(b)) => {
                let each = a.iter().zip(b).map(|(a, b)| numbers_first(a, b));
                each.fold(Ordering::Equal, Ordering::then)
            }
            _ => Ordering::Equal,
        };
        self.at.cmp(&other.at).then_with(ties).then(self.row.cmp(&other.row))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers by their value, everything else by code unit.
pub(super) fn numbers_first(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}

/// Something that happened in a case.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) place: Place,
    pub(super) activity: u32,
    pub(super) steps: Set<CaseStep>,
    /// Contacts the customer made.
    pub(super) contacts: u16,
    /// Transfers, by contact steps or activities.
    pub(super) transfers: u16,
    /// Reopenings, by contact steps or activities.
    pub(super) reopens: u16,
    /// The value whose change is a transfer, if that is the rule.
    pub(super) group: Option<u32>,
    /// Who worked on it.
    pub(super) handler: Option<u32>,
    /// What columns say of the contact.
    pub(super) channel: Option<Channel>,
    pub(super) direction: Option<Direction>,
    pub(super) wait_ms: u32,
}

impl Event {
    /// Something that happened, of which no more is known.
    pub(super) fn new(activity: u32, place: Place, steps: Set<CaseStep>) -> Self {
        Self {
            place,
            activity,
            steps,
            contacts: 0,
            transfers: 0,
            reopens: 0,
            group: None,
            handler: None,
            channel: None,
            direction: None,
            wait_ms: 0,
        }
    }
}

/// What the cells of a column should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Number,
    /// A number of times.
    Count,
}

/// A number. What is none, or beyond all numbers, would make every sum that.
fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// One value of a case out of many.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    take: Take,
    holds: Holds,
    /// A cell was not what it should be.
    pub(super) strange: bool,
    text: Option<(Place, String)>,
    number: f64,
    count: u32,
}

impl Taken {
    pub(super) fn new(take: Take, holds: Holds) -> Self {
        let reckons = matches!(take, Take::Sum | Take::Max | Take::Min);
        let holds = if reckons && holds == Holds::Text { Holds::Number } else { holds };
        Self { take, holds, strange: false, text: None, number: 0.0, count: 0 }
    }

    /// Takes a cell, or says what it should have been.
    pub(super) fn see(&mut self, place: &Place, text: &str) -> Result<(), &'static str> {
        let (value, wanted) = match self.holds {
            _ if self.take == Take::Count => (Some(0.0), ""),
            Holds::Text => (Some(0.0), ""),
            Holds::Number => (number(text), "number"),
            Holds::Count => (number(text).filter(|number| *number >= 0.0), "count"),
        };
        let Some(value) = value else {
            self.strange = true;
            return Err(wanted);
        };
        if self.is_better(place) {
            self.text = Some((place.clone(), text.to_owned()));
        }
        self.reckon(value, 1);
        Ok(())
    }

    /// Whether a text there is the one to keep.
    fn is_better(&self, place: &Place) -> bool {
        let known = self.text.as_ref().map(|(known, _)| known);
        match self.take {
            Take::First => known.is_none_or(|known| place < known),
            Take::Last => known.is_none_or(|known| place >= known),
            Take::Max | Take::Min | Take::Sum | Take::Count => false,
        }
    }

    /// Adds what `count` cells have come to.
    fn reckon(&mut self, value: f64, count: u32) {
        self.number = match (self.take, self.count) {
            (Take::Sum, _) => self.number + value,
            (_, 0) => value,
            (Take::Max, _) => self.number.max(value),
            (Take::Min, _) => self.number.min(value),
            _ => self.number,
        };
        self.count = self.count.saturating_add(count);
    }

    /// Takes in what other cells of the same case have come to.
    fn join(&mut self, other: Self) {
        self.strange |= other.strange;
        if let Some((place, text)) = other.text
            && self.is_better(&place)
        {
            self.text = Some((place, text));
        }
        if other.count > 0 {
            self.reckon(other.number, other.count);
        }
    }

    /// What it has come to.
    pub(super) fn value(&self) -> Worth {
        match self.take {
            Take::Count => Worth::Number(f64::from(self.count)),
            _ if self.count == 0 => Worth::Missing,
            Take::Sum | Take::Max | Take::Min => Worth::Number(self.number),
            Take::First | Take::Last => {
                let text = self.text.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
                match self.holds {
                    Holds::Text => Worth::Text(text.to_owned()),
                    Holds::Number | Holds::Count => {
                        number(text).map_or(Worth::Missing, Worth::Number)
                    }
                }
            }
        }
    }
}

/// A value of a case.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Worth {
    Missing,
    Text(String),
    Number(f64),
}

impl Worth {
    /// As the name of a group.
    pub(super) fn name(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Missing => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => number(text),
            Self::Missing => None,
        }
    }
}

/// A case under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) events: Vec<Event>,
    /// Person, account, category, product, process, matter: the value of the first event that has one.
    pub(super) keys: [Option<(Place, Rc<str>)>; 6],
    /// The person named first, and whether another was.
    pub(super) person: Option<Rc<str>>,
    pub(super) conflict: bool,
    /// Attributes, times in columns and counters, in the order of the plan.
    pub(super) taken: Vec<Taken>,
}

impl Case {
    pub(super) fn new(id: String, plan: &Plan) -> Self {
        let taken = plan.taken.iter().map(|(_, taken, _)| taken.clone()).collect();
        Self { id, taken, ..Self::default() }
    }

    /// Takes in what turned out to be the same case.
    pub(super) fn join(&mut self, other: Self) {
        self.events.extend(other.events);
        for (own, key) in self.keys.iter_mut().zip(other.keys) {
            let Some((place, text)) = key else { continue };
            if own.as_ref().is_none_or(|(known, _)| place < *known) {
                *own = Some((place, text));
            }
        }
        let persons = self.person.as_ref().zip(other.person.as_ref());
        self.conflict |= other.conflict || persons.is_some_and(|(own, other)| own != other);
        self.person = self.person.take().or(other.person);
        for (own, taken) in self.taken.iter_mut().zip(other.taken) {
            own.join(taken);
        }
    }
}
