//! What effort is measured on: work that somebody did or had to do. A survey is not work, and
//! nothing here makes it so: there is no arm for it, and effort takes nothing else.

use crate::event::Channel;
use crate::event::history::{
    AskStep, Case, CaseStep, Contact, ContactStep, Direction, HistoryBody, OutcomeKind,
};
use crate::history::History;
use crate::unit::Ms;

/// A step of work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) at: Ms,
    /// Position of the event it is read from.
    pub(crate) event: usize,
    pub(crate) work: Work<'a>,
}

/// What was done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work<'a> {
    /// A step of a contact.
    Contact(&'a Contact),
    /// A step of a case.
    Case(&'a Case),
    /// Something was asked that had been answered or was known.
    AskedAgain,
    /// A formal complaint, or a way up, by the matter it is about.
    Complained(Option<&'a str>),
}

/// The work a history knows of, up to `now`, in order.
pub(crate) fn steps(history: &History, now: Ms) -> Vec<Step<'_>> {
    let mut held: Vec<&str> = Vec::new();
    let mut steps = Vec::new();
    for (event, it) in history.events().iter().enumerate().take_while(|(_, it)| it.at <= now) {
        let work = match &it.body {
            HistoryBody::Contact(contact) => Work::Contact(contact),
            HistoryBody::Case(case) => Work::Case(case),
            HistoryBody::Ask(ask) if ask.step == AskStep::Asked => {
                if !held.contains(&ask.field.as_str()) {
                    continue;
                }
                Work::AskedAgain
            }
            HistoryBody::Ask(ask) if ask.step == AskStep::Answered => {
                held.push(&ask.field);
                continue;
            }
            HistoryBody::Fact(fact) => {
                held.push(&fact.name);
                continue;
            }
            HistoryBody::Outcome(outcome) if outcome.kind == OutcomeKind::Complaint => {
                Work::Complained(outcome.matter.as_deref())
            }
            _ => continue,
        };
        steps.push(Step { at: it.at, event, work });
    }
    steps
}

/// Everything that belongs to one contact, or to one case.
#[derive(Clone, Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) kind: Kind,
    pub(crate) id: &'a str,
    /// What it is about, as far as any step said.
    pub(crate) topic: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    pub(crate) product: Option<&'a str>,
    pub(crate) process: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
    pub(crate) start: Ms,
    /// The last resolution, else the last step; never, while a case is open.
    pub(crate) end: Ms,
    pub(crate) steps: Vec<Step<'a>>,
}

/// Whether a unit is a contact or a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Contact(Channel, Direction),
    Case,
}

/// Steps by contact and by case, in the order of their beginnings; what belongs to neither is left.
pub(crate) fn units<'a>(steps: &[Step<'a>]) -> Vec<Unit<'a>> {
    let mut units: Vec<Unit<'a>> = Vec::new();
    for step in steps {
        let (id, kind) = match step.work {
            Work::Contact(it) => {
                let direction = it.direction.unwrap_or(Direction::In);
                (it.contact.as_str(), Kind::Contact(it.channel, direction))
            }
            Work::Case(it) => (it.case.as_str(), Kind::Case),
            Work::AskedAgain | Work::Complained(_) => continue,
        };
        let same = |unit: &Unit| unit.id == id && (unit.kind == Kind::Case) == (kind == Kind::Case);
        match units.iter_mut().find(|unit| same(unit)) {
            Some(unit) => unit.add(*step),
            None => {
                let mut unit = Unit {
                    kind,
                    id,
                    topic: None,
                    category: None,
                    product: None,
                    process: None,
                    version: None,
                    start: step.at,
                    end: step.at,
                    steps: Vec::new(),
                };
                unit.add(*step);
                units.push(unit);
            }
        }
    }
    for unit in &mut units {
        // A case that nobody put a name to is its own matter; a contact may belong to any.
        let own = (unit.kind == Kind::Case).then_some(unit.id);
        unit.topic = unit.topic.or(unit.category).or(own);
    }
    units
}

impl<'a> Unit<'a> {
    fn add(&mut self, step: Step<'a>) {
        match step.work {
            Work::Contact(it) => {
                self.topic = self.topic.or(it.matter.as_deref());
                self.category = self.category.or(it.category.as_deref());
                self.product = self.product.or(it.product.as_deref());
                self.process = self.process.or(it.process.as_deref());
                self.version = self.version.or(it.process_version.as_deref());
                self.end = step.at;
            }
            Work::Case(it) => {
                self.topic = self.topic.or(it.matter.as_deref());
                self.category = self.category.or(it.category.as_deref());
                self.end = match it.step {
                    CaseStep::Opened | CaseStep::Reopened => Ms::NEVER,
                    CaseStep::Resolved => step.at,
                    // Put away later: the work had ended when it was resolved.
                    CaseStep::Closed if self.end == Ms::NEVER => step.at,
                    CaseStep::Closed => self.end,
                };
                if self.steps.is_empty() && it.step == CaseStep::Closed {
                    self.end = step.at;
                }
            }
            Work::AskedAgain | Work::Complained(_) => {}
        }
        self.steps.push(step);
    }

    /// A contact the customer made with a person.
    pub(crate) fn is_assisted(&self) -> bool {
        self.channel().is_some_and(Channel::is_assisted)
    }

    /// A contact with something that is no person.
    pub(crate) fn is_self_service(&self) -> bool {
        self.channel().is_some_and(Channel::is_self_service)
    }

    /// The channel of a contact the customer made.
    pub(crate) fn channel(&self) -> Option<Channel> {
        match self.kind {
            Kind::Contact(channel, Direction::In) => Some(channel),
            _ => None,
        }
    }

    /// The contact steps in it.
    pub(crate) fn contacts(&self) -> impl Iterator<Item = (&Step<'a>, &'a Contact)> {
        self.steps.iter().filter_map(|step| match step.work {
            Work::Contact(contact) => Some((step, contact)),
            _ => None,
        })
    }

    /// Self-service that failed by itself, whatever came after it.
    pub(crate) fn failed(&self) -> bool {
        self.is_self_service()
            && self.contacts().any(|(_, it)| {
                matches!(it.step, ContactStep::Abandoned | ContactStep::Escalated)
                    || it.solved == Some(false)
            })
    }
}

impl Step<'_> {
    /// Mere putting away: a case is closed. An automatic close days later is no work.
    pub(crate) const fn is_filing(&self) -> bool {
        matches!(self.work, Work::Case(Case { step: CaseStep::Closed, .. }))
    }
}
