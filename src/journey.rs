//! Journeys: everything about one matter of one customer, over all channels. Called, wrote, called
//! again is one journey, and a hard one.

mod benchmark;
mod effort;
mod handover;
mod process;
mod step;

pub use benchmark::Level;
pub(crate) use benchmark::Standing;
pub use effort::EffortBand;
pub(crate) use effort::{Counts, Points};
pub(crate) use handover::Handover;
pub(crate) use process::{Change, InForce};
pub(crate) use step::{Beside, Step, Unit, Work, work};
#[cfg(feature = "studio")]
pub(crate) use step::{Kind, Talk};

use crate::Text;
use crate::event::Channel;
use crate::program::Policy;
use crate::unit::Ms;

/// Everything about one matter of one customer.
#[derive(Clone, Debug)]
pub(crate) struct Journey<'a> {
    /// The matter it is about, else the id of the case.
    matter: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    pub(crate) product: Option<&'a str>,
    pub(crate) process: Option<&'a str>,
    /// The version of the process, where a source says so itself.
    pub(crate) version: Option<&'a str>,
    pub(crate) start: Ms,
    /// Contacts and cases, in the order of their beginnings.
    pub(crate) units: Vec<Unit<'a>>,
    /// What belongs to no contact and no case: questions asked again, complaints.
    pub(crate) beside: Vec<Step>,
}

/// Contacts and cases as journeys, in the order of their beginnings.
///
/// A contact joins when it begins at most the window after everything before it has ended; what
/// overlaps joins as well. Where only the category is known, or nothing, it joins the only journey that
/// it could be, and otherwise stands for itself.
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

/// The journey a unit belongs to, by what could be known when it began.
fn joined(policy: &Policy, journeys: &[Journey<'_>], unit: &Unit<'_>) -> Option<usize> {
    #[cfg(feature = "studio")]
    if let Some(case) = unit.part_of {
        return journeys.iter().rposition(|j| j.units.iter().any(|it| it.id == case));
    }
    let same = |j: &Journey<'_>| unit.topic.is_some() && j.matter == unit.topic;
    let product = |j: &Journey<'_>| {
        j.product.is_none() || unit.product.is_none() || j.product == unit.product
    };
    // Where one side says less than the other, there must be no other that it could be.
    let category = |j: &Journey<'_>| unit.category.is_some() && j.category == unit.category;
    let fits = |j: &Journey<'_>| match (unit.topic, unit.category) {
        (Some(_), _) => same(j) || j.matter.is_none() && category(j),
        (None, Some(_)) => category(j) || j.matter == unit.category,
        (None, None) => j.topic().is_some(),
    };
    let at = unit.start;
    open(policy, journeys, at, &|j| same(j) && j.product == unit.product)
        .next_back()
        .or_else(|| only(open(policy, journeys, at, &|j| same(j) && product(j))))
        .or_else(|| only(open(policy, journeys, at, &|j| fits(j) && product(j))))
}

/// The journey that something without a contact of its own belongs to: the one it is about, else the
/// one that a contact was going on in, else the only one.
fn beside(policy: &Policy, journeys: &[Journey<'_>], it: &Beside<'_>) -> Option<usize> {
    let at = it.step.at;
    let fits = |j: &Journey<'_>| j.start <= at && (it.topic.is_none() || j.topic() == it.topic);
    let meanwhile = |j: &Journey<'_>| j.units.iter().any(|unit| unit.is_going_on(at));
    let during = only(open(policy, journeys, at, &|j| fits(j) && meanwhile(j)));
    during.or_else(|| only(open(policy, journeys, at, &fits)))
}

/// The journeys that something which begins at an instant may belong to. Whether it fits is asked first:
/// how long one has been at rest takes longer to say.
fn open<'b>(
    policy: &'b Policy,
    journeys: &'b [Journey<'_>],
    at: Ms,
    fits: &'b dyn Fn(&Journey<'_>) -> bool,
) -> impl DoubleEndedIterator<Item = usize> + 'b {
    let places = journeys.iter().enumerate();
    places.filter(move |(_, j)| fits(j) && j.is_open(policy, at)).map(|(i, _)| i)
}

/// The only one: among several nobody can say which.
fn only(mut places: impl Iterator<Item = usize>) -> Option<usize> {
    places.next().filter(|_| places.next().is_none())
}

impl<'a> Journey<'a> {
    fn begin(unit: Unit<'a>) -> Self {
        let mut journey = Self {
            matter: None,
            category: None,
            product: None,
            process: None,
            version: None,
            start: unit.start,
            units: Vec::new(),
            beside: Vec::new(),
        };
        journey.add(unit);
        journey
    }

    fn add(&mut self, unit: Unit<'a>) {
        self.matter = self.matter.or(unit.topic);
        self.category = self.category.or(unit.category);
        self.product = self.product.or(unit.product);
        if self.process.is_none() {
            self.process = unit.process;
            self.version = unit.version;
        }
        self.units.push(unit);
    }

    /// What it is about: a matter, a category, else the id of the case. Not known: unattributed.
    pub(crate) fn topic(&self) -> Option<&'a str> {
        self.matter.or(self.category)
    }

    /// When the last of it had ended, as far as could be known at an instant; never, while a case of it
    /// was open.
    pub(crate) fn end_as_of(&self, at: Ms) -> Ms {
        let begun = self.units.iter().filter(|unit| unit.start <= at);
        begun.map(|unit| unit.end_as_of(at)).max().unwrap_or(self.start)
    }

    /// Whether something that begins at an instant belongs to it.
    pub(crate) fn is_open(&self, policy: &Policy, at: Ms) -> bool {
        let window = window(policy, self.process);
        let lasts = |end: Ms| at.minus(end) <= window;
        // The last to begin is most likely to have ended last.
        let mut begun = self.units.iter().rev().filter(|unit| unit.start <= at);
        match begun.next() {
            Some(last) => lasts(last.end_as_of(at)) || begun.any(|unit| lasts(unit.end_as_of(at))),
            None => lasts(self.start),
        }
    }

    /// When it was solved last, as far as could be known at an instant.
    pub(crate) fn solved_as_of(&self, at: Ms) -> Option<(Ms, usize)> {
        self.units.iter().filter_map(|unit| unit.solved_as_of(at)).max()
    }

    /// What of it had happened by an instant.
    #[cfg(feature = "studio")]
    pub(crate) fn until(&self, at: Ms) -> Self {
        let mut until = self.clone();
        until.units.retain(|unit| unit.start <= at);
        for unit in &mut until.units {
            unit.steps.retain(|step| step.at <= at);
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
    pub(crate) fn path(&self) -> Text {
        let channels: Vec<&str> =
            self.units.iter().filter_map(Unit::channel).map(|c| c.as_str()).collect();
        channels.join(">").into()
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
