//! Journeys: everything about one matter of one customer, over all channels. Called, wrote, called
//! again is one journey, and a hard one.

mod benchmark;
mod effort;
mod process;
mod step;

pub use benchmark::Level;
pub(crate) use benchmark::Standing;
pub use effort::EffortBand;
pub(crate) use effort::{Counts, Points};
pub(crate) use process::{Change, InForce};
#[cfg(feature = "studio")]
pub(crate) use step::Talk;
pub(crate) use step::{Beside, Kind, Step, Unit, Work, work};

use crate::event::Channel;
#[cfg(feature = "studio")]
use crate::event::history::CaseStep;
use crate::program::Policy;
use crate::unit::Ms;

/// Everything about one matter of one customer.
#[derive(Clone, Debug)]
pub(crate) struct Journey<'a> {
    /// What it is about: a matter, a category, else the id of the case. Not known: unattributed.
    pub(crate) topic: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    pub(crate) product: Option<&'a str>,
    pub(crate) process: Option<&'a str>,
    /// The version of the process, where a source says so itself.
    pub(crate) version: Option<&'a str>,
    pub(crate) start: Ms,
    /// When the last of it ended; never, while a case of it is open.
    pub(crate) end: Ms,
    /// Contacts and cases, in the order of their beginnings.
    pub(crate) units: Vec<Unit<'a>>,
    /// What belongs to no contact and no case: questions asked again, complaints.
    pub(crate) beside: Vec<Step>,
}

/// Contacts and cases as journeys, in the order of their beginnings.
///
/// A contact joins when it begins at most the window after everything before it has ended; what
/// overlaps joins as well. A contact of which only the category is known joins the only journey of that
/// category that is open, one about nothing in particular the only journey; otherwise it stands for
/// itself.
pub(crate) fn journeys<'a>(
    policy: &Policy,
    units: Vec<Unit<'a>>,
    loose: &[Beside<'a>],
) -> Vec<Journey<'a>> {
    let mut journeys: Vec<Journey<'a>> = Vec::new();
    for unit in units {
        let joined = joined(policy, &journeys, &unit);
        match joined.and_then(|i| journeys.get_mut(i)) {
            Some(journey) => journey.add(unit),
            None => journeys.push(Journey::begin(unit)),
        }
    }
    for it in loose {
        let place = beside(policy, &journeys, it);
        if let Some(journey) = place.and_then(|i| journeys.get_mut(i)) {
            journey.beside.push(it.step);
        }
    }
    journeys
}

fn joined(policy: &Policy, journeys: &[Journey<'_>], unit: &Unit<'_>) -> Option<usize> {
    let open = || {
        let about = |journey: &Journey<'_>| match (unit.topic, unit.category) {
            (Some(_), _) => journey.topic == unit.topic,
            (None, Some(_)) => journey.category == unit.category || journey.topic == unit.category,
            (None, None) => true,
        };
        let open = journeys.iter().enumerate().filter(|(_, j)| j.is_open(policy, unit.start));
        open.filter(move |(_, journey)| about(journey))
    };
    let same = open().rfind(|(_, j)| unit.topic.is_some() && j.product == unit.product);
    let either = |j: &Journey<'_>| j.product.is_none() || unit.product.is_none();
    same.map(|(i, _)| i).or_else(|| only(open().filter(|(_, j)| either(j)).map(|(i, _)| i)))
}

/// The journey that something without a contact of its own belongs to: the one it is about, else the
/// one that a contact was going on in, else the only one.
fn beside(policy: &Policy, journeys: &[Journey<'_>], it: &Beside<'_>) -> Option<usize> {
    let at = it.step.at;
    let open = || {
        let open = journeys.iter().enumerate();
        open.filter(move |(_, j)| j.start <= at && j.is_open(policy, at))
            .filter(|(_, j)| it.topic.is_none() || j.topic == it.topic)
    };
    let meanwhile = |journey: &Journey<'_>| {
        let mut contacts = journey.units.iter().filter(|unit| unit.kind != Kind::Case);
        contacts.any(|unit| unit.start <= at && at <= unit.end)
    };
    let during = only(open().filter(|(_, j)| meanwhile(j)).map(|(i, _)| i));
    during.or_else(|| only(open().map(|(i, _)| i)))
}

/// The only one: among several nobody can say which.
fn only(mut places: impl Iterator<Item = usize>) -> Option<usize> {
    places.next().filter(|_| places.next().is_none())
}

impl<'a> Journey<'a> {
    fn begin(unit: Unit<'a>) -> Self {
        let mut journey = Self {
            topic: None,
            category: None,
            product: None,
            process: None,
            version: None,
            start: unit.start,
            end: unit.end,
            units: Vec::new(),
            beside: Vec::new(),
        };
        journey.add(unit);
        journey
    }

    fn add(&mut self, unit: Unit<'a>) {
        self.topic = self.topic.or(unit.topic).or(unit.category);
        self.category = self.category.or(unit.category);
        self.product = self.product.or(unit.product);
        if self.process.is_none() {
            self.process = unit.process;
            self.version = unit.version;
        }
        self.end = self.end.max(unit.end);
        self.units.push(unit);
    }

    /// Whether something that begins at an instant belongs to it.
    pub(crate) fn is_open(&self, policy: &Policy, at: Ms) -> bool {
        at.minus(self.end) <= window(policy, self.process)
    }

    /// When it was solved, if all of it was: the last resolution of a case, or a contact that ended so.
    #[cfg(feature = "studio")]
    pub(crate) fn solved(&self) -> Option<Ms> {
        if self.end == Ms::NEVER {
            return None;
        }
        let solved = self.steps().filter(|step| match step.work {
            Work::Case(step) => matches!(step, CaseStep::Resolved | CaseStep::Closed),
            Work::Contact(talk) => talk.solved == Some(true),
            Work::AskedAgain | Work::Complained => false,
        });
        // The work had ended when it was resolved; putting away comes later.
        solved.map(|step| step.at.min(self.end)).max()
    }

    /// What of it had happened by an instant.
    #[cfg(feature = "studio")]
    pub(crate) fn until(&self, at: Ms) -> Self {
        let mut until = self.clone();
        until.units.retain(|unit| unit.start <= at);
        for unit in &mut until.units {
            unit.steps.retain(|step| step.at <= at);
            unit.end = unit.end.min(at);
        }
        until.beside.retain(|step| step.at <= at);
        until
    }

    /// Longer, or of more contacts, than anybody would call one matter.
    #[cfg(feature = "studio")]
    pub(crate) fn is_chained(&self, policy: &Policy) -> bool {
        let p = &policy.journeys;
        self.last().minus(self.start) > p.chained_ms
            || self.contacts().count() > usize::from(p.chained_contacts)
    }

    /// Contacts the customer made with a person.
    pub(crate) fn contacts(&self) -> impl Iterator<Item = &Unit<'a>> {
        self.units.iter().filter(|unit| unit.is_assisted())
    }

    /// The channels the customer took, one after the other, repeats left out: its parts.
    pub(crate) fn legs(&self) -> Vec<Channel> {
        let mut legs: Vec<Channel> = self.units.iter().filter_map(Unit::channel).collect();
        legs.dedup();
        legs
    }

    /// The way so far, contact by contact: the key of what was still to come.
    pub(crate) fn path(&self) -> String {
        let channels: Vec<&str> =
            self.units.iter().filter_map(Unit::channel).map(|c| c.as_str()).collect();
        channels.join(">")
    }

    /// When the last of it happened that was not mere putting away.
    pub(crate) fn last(&self) -> Ms {
        self.steps()
            .filter(|step| !step.is_filing())
            .map(|step| step.at)
            .max()
            .unwrap_or(self.start)
    }

    /// Its steps, unit by unit.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.units.iter().flat_map(|unit| &unit.steps).chain(&self.beside)
    }
}

/// The window of a process, else the common one.
pub(crate) fn window(policy: &Policy, process: Option<&str>) -> Ms {
    let own = process.and_then(|id| policy.processes.get(id)).and_then(|p| p.window_ms);
    own.unwrap_or(policy.journeys.window_ms)
}
