//! A mapping made ready: every column it reads has a place, every name a meaning.

mod builder;

use super::case::Taken;
use super::clock::{Clock, Zones};
use super::mapping::{Mapping, Rows, Rule};
use crate::event::Channel;
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::shape::Set;
use crate::{Error, Text};
use builder::Builder;
use std::collections::HashMap;

/// The keys of a case, in the order of [`super::case::Case::keys`].
pub(super) const KEYS: [&str; 6] =
    ["person", "account", "category", "product", "process", "matter"];

/// What an activity becomes.
#[derive(Clone, Debug, Default)]
pub(super) struct Emitted {
    pub(super) steps: Set<CaseStep>,
    pub(super) contacts: u16,
    pub(super) transfers: u16,
    pub(super) reopens: u16,
    /// Contacts, if the customer is the one who makes them.
    pub(super) asked: u16,
    /// Steps of contacts, as the mapping says them.
    pub(super) said: Vec<Said>,
}

impl Emitted {
    /// Kept in variants, and nothing else.
    pub(super) fn is_nothing(&self) -> bool {
        self.said.is_empty()
            && self.steps == Set::default()
            && self.contacts + self.transfers + self.reopens == 0
    }
}

/// A step of a contact that an activity becomes; a column may say more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) step: ContactStep,
    pub(super) channel: Option<Channel>,
    pub(super) direction: Option<Direction>,
    pub(super) warm: bool,
}

/// How something is counted over a case.
#[derive(Clone, Debug)]
pub(super) enum Counting {
    /// What its events say.
    Events,
    /// Reopened steps.
    Steps,
    /// Changes of the group.
    Change,
    /// A counter among the taken values.
    Taken(usize, Option<i64>),
    /// Nobody knows.
    Unknown,
}

/// A point of a case.
#[derive(Clone, Debug)]
pub(super) enum Where {
    FirstEvent,
    LastEvent,
    Step(CaseStep, bool),
    /// A time among the taken values.
    Taken(usize),
}

/// A mapping made ready.
#[derive(Debug)]
pub(super) struct Plan {
    /// The columns that are read.
    pub(super) columns: Vec<String>,
    /// What means "no value" in each of them.
    missing: Vec<Option<Vec<String>>>,
    default_missing: Vec<String>,
    pub(super) rows: Rows,
    pub(super) case: Option<usize>,
    pub(super) activity: Option<usize>,
    pub(super) at: Option<(usize, Clock)>,
    pub(super) keys: [Option<usize>; 6],
    pub(super) channel: Option<usize>,
    pub(super) direction: Option<usize>,
    /// Contacts are counted by their direction, not by a rule of the mapping's own.
    pub(super) contacts_by_direction: bool,
    pub(super) wait: Option<usize>,
    /// Who worked on it: the agent, else the team; and which of them it is.
    pub(super) handler: Option<(usize, &'static str)>,
    pub(super) stamps: Vec<(CaseStep, usize, Clock)>,
    pub(super) order: Vec<usize>,
    pub(super) activities: HashMap<Text, Emitted>,
    pub(super) otherwise: Emitted,
    values: HashMap<Text, HashMap<Text, Option<String>>>,
    /// Attributes, then times in columns, then counters: which column, how taken, and how a time is read.
    pub(super) taken: Vec<(usize, Taken, Option<Clock>)>,
    pub(super) attributes: Vec<Text>,
    pub(super) group: Option<(usize, Vec<String>)>,
    pub(super) transfers: Counting,
    pub(super) reopens: Counting,
    pub(super) contacts: Counting,
    pub(super) points: [Where; 3],
    pub(super) case_by: Option<(Vec<KeyPart>, i64)>,
    pub(super) sessions: Vec<(Vec<KeyPart>, i64)>,
    /// Transfers are the contact steps that say so, with how they were made.
    pub(super) transfers_by_step: bool,
}

/// A part of a key: one of [`KEYS`], or an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPart {
    Key(usize),
    Attribute(usize),
}

impl Plan {
    /// Makes a mapping ready.
    pub(super) fn new(mapping: &Mapping, zones: Zones<'_>) -> Result<Self, Vec<Error>> {
        let plan = Self {
            columns: Vec::new(),
            missing: Vec::new(),
            default_missing: mapping.missing.clone().unwrap_or_else(|| vec![String::new()]),
            rows: mapping.rows.unwrap_or(Rows::Events),
            case: None,
            activity: None,
            at: None,
            keys: [None; 6],
            channel: None,
            direction: None,
            contacts_by_direction: mapping.contacts.is_none(),
            wait: None,
            handler: None,
            stamps: Vec::new(),
            order: Vec::new(),
            activities: HashMap::new(),
            otherwise: Emitted::default(),
            values: HashMap::new(),
            taken: Vec::new(),
            attributes: Vec::new(),
            group: None,
            transfers: Counting::Unknown,
            reopens: Counting::Steps,
            contacts: Counting::Events,
            points: [Where::FirstEvent, Where::FirstEvent, Where::FirstEvent],
            case_by: None,
            sessions: Vec::new(),
            transfers_by_step: mapping.transfers.rule == Rule::Events
                && mapping.transfers.emit.is_none_or(|step| step == ContactStep::Transferred),
        };
        let mut builder = Builder { mapping, zones, plan, errors: Vec::new() };
        builder.build();
        if builder.errors.is_empty() { Ok(builder.plan) } else { Err(builder.errors) }
    }

    /// A cell, unless its value means there is none; in the contract's words.
    pub(super) fn cell<'c>(
        &'c self,
        cells: &'c [Option<String>],
        column: usize,
        field: &str,
    ) -> Option<&'c str> {
        let text = cells.get(column)?.as_deref()?;
        let own = self.missing.get(column).and_then(Option::as_ref);
        if own.unwrap_or(&self.default_missing).iter().any(|missing| missing == text) {
            return None;
        }
        if self.values.is_empty() {
            return Some(text);
        }
        let Some(words) = self.values.get(field) else { return Some(text) };
        match words.get(text).or_else(|| words.get("*")) {
            Some(word) => word.as_deref(),
            None => Some(text),
        }
    }

    /// The part of a key of that name.
    pub(super) fn key(&self, name: &str) -> Option<KeyPart> {
        let attribute = self.attributes.iter().position(|known| known == name);
        let key = KEYS.iter().position(|known| *known == name);
        attribute.map(KeyPart::Attribute).or(key.map(KeyPart::Key))
    }
}
