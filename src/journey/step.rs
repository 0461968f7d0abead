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
pub(crate) struct Step {
    pub(crate) at: Ms,
    /// Position of the event it is read from.
    pub(crate) event: usize,
    pub(crate) work: Work,
}

/// What was done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// A step of a contact.
    Contact(Talk),
    /// A step of a case.
    Case(CaseStep),
    /// Something was asked that had been answered or was known.
    AskedAgain,
    /// A formal complaint.
    Complained,
}

/// A step of a contact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Talk {
    pub(crate) step: ContactStep,
    pub(crate) channel: Channel,
    /// A transfer with an accepted handoff.
    pub(crate) warm: bool,
    /// Whether it was solved, as far as anybody said.
    pub(crate) solved: Option<bool>,
    pub(crate) wait: Ms,
}

impl Step {
    /// Mere putting away: a case is closed. An automatic close days later is no work.
    pub(crate) const fn is_filing(&self) -> bool {
        matches!(self.work, Work::Case(CaseStep::Closed))
    }
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
    /// The version of the process, where a source says so itself.
    pub(crate) version: Option<&'a str>,
    pub(crate) start: Ms,
    pub(crate) steps: Vec<Step>,
    /// Until when it went on, where that is known otherwise than from its steps.
    pub(crate) until: Option<Ms>,
    /// The case it is part of: it belongs to that one's journey whatever the time between.
    #[cfg(feature = "studio")]
    pub(crate) part_of: Option<&'a str>,
}

/// Whether a unit is a contact or a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Contact(Channel, Direction),
    Case,
}

/// Work that belongs to no contact and no case, and what it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside<'a> {
    pub(crate) step: Step,
    pub(crate) topic: Option<&'a str>,
}

/// The work a history knows of up to `now`: contacts and cases in the order of their beginnings, and
/// what belongs to none.
pub(crate) fn work(history: &History, now: Ms) -> (Vec<Unit<'_>>, Vec<Beside<'_>>) {
    // Fields that are known, and until when.
    let mut held: Vec<(&str, Ms)> = Vec::new();
    let (mut units, mut beside) = (Vec::new(), Vec::new());
    for (event, it) in history.events().iter().enumerate().take_while(|(_, it)| it.at <= now) {
        let step = |work| Step { at: it.at, event, work };
        match &it.body {
            HistoryBody::Contact(contact) => {
                let direction = contact.direction.unwrap_or(Direction::In);
                let kind = Kind::Contact(contact.channel, direction);
                let unit = unit(&mut units, kind, &contact.contact, it.at);
                unit.about_contact(contact);
                unit.steps.push(step(Work::Contact(Talk::of(contact))));
            }
            HistoryBody::Case(case) => {
                let unit = unit(&mut units, Kind::Case, &case.case, it.at);
                unit.about_case(case);
                unit.steps.push(step(Work::Case(case.step)));
            }
            HistoryBody::Ask(ask) if ask.step == AskStep::Answered => {
                held.push((&ask.field, Ms::NEVER));
            }
            HistoryBody::Ask(ask)
                if ask.step == AskStep::Asked
                    && held.iter().any(|(field, until)| *field == ask.field && it.at < *until) =>
            {
                beside.push(Beside { step: step(Work::AskedAgain), topic: None });
            }
            HistoryBody::Fact(fact) => {
                let until = fact.good_for_ms.map_or(Ms::NEVER, |span| it.at.plus(span));
                held.push((&fact.name, until));
            }
            HistoryBody::Outcome(outcome) if outcome.kind == OutcomeKind::Complaint => {
                let topic = outcome.matter.as_deref();
                beside.push(Beside { step: step(Work::Complained), topic });
            }
            _ => {}
        }
    }
    for unit in &mut units {
        // A case that nobody put a name to is its own matter; a contact may belong to any.
        if unit.kind == Kind::Case && unit.category.is_none() {
            unit.topic = unit.topic.or(Some(unit.id));
        }
    }
    (units, beside)
}

/// The unit of an id, begun where it is new.
fn unit<'a, 'b>(units: &'b mut Vec<Unit<'a>>, kind: Kind, id: &'a str, at: Ms) -> &'b mut Unit<'a> {
    let same = |unit: &Unit<'_>| unit.id == id && (unit.kind == Kind::Case) == (kind == Kind::Case);
    // From the end: what is told of late is of late.
    let place = units.iter().rposition(same).unwrap_or(units.len());
    if place == units.len() {
        units.push(Unit::new(kind, id, at));
    }
    // It is there: it was found, or has just been put there.
    #[allow(clippy::indexing_slicing)]
    &mut units[place]
}

impl Talk {
    /// A step of which no more is known.
    #[cfg(feature = "studio")]
    pub(crate) const fn new(step: ContactStep, channel: Channel) -> Self {
        Self { step, channel, warm: false, solved: None, wait: Ms(0) }
    }

    fn of(contact: &Contact) -> Self {
        Self {
            step: contact.step,
            channel: contact.channel,
            warm: contact.warm == Some(true),
            solved: contact.solved,
            wait: contact.wait_ms.unwrap_or_default(),
        }
    }
}

impl<'a> Unit<'a> {
    /// Nothing of it yet.
    pub(crate) const fn new(kind: Kind, id: &'a str, start: Ms) -> Self {
        Self {
            kind,
            id,
            topic: None,
            category: None,
            product: None,
            process: None,
            version: None,
            start,
            steps: Vec::new(),
            until: None,
            #[cfg(feature = "studio")]
            part_of: None,
        }
    }

    fn about_contact(&mut self, it: &'a Contact) {
        self.topic = self.topic.or(it.matter.as_deref());
        self.category = self.category.or(it.category.as_deref());
        self.product = self.product.or(it.product.as_deref());
        self.process = self.process.or(it.process.as_deref());
        self.version = self.version.or(it.process_version.as_deref());
    }

    fn about_case(&mut self, it: &'a Case) {
        self.topic = self.topic.or(it.matter.as_deref());
        self.category = self.category.or(it.category.as_deref());
    }

    /// When it had ended, as far as could be known at an instant: the last resolution, else the last
    /// step; never, while a case is open. What comes later makes no difference.
    pub(crate) fn end_as_of(&self, at: Ms) -> Ms {
        if let Some(until) = self.until {
            return if at < until { Ms::NEVER } else { until };
        }
        let mut end = None;
        for step in self.steps.iter().filter(|step| step.at <= at) {
            end = Some(match (step.work, end) {
                (Work::Case(CaseStep::Opened | CaseStep::Reopened), _) => Ms::NEVER,
                // Put away later: the work had ended when it was resolved.
                (Work::Case(CaseStep::Closed), Some(end)) if end != Ms::NEVER => end,
                _ => step.at,
            });
        }
        end.unwrap_or(self.start)
    }

    /// When it was solved last, as far as could be known at an instant: an automatic close later is no
    /// solution.
    pub(crate) fn solved_as_of(&self, at: Ms) -> Option<(Ms, usize)> {
        let last = |is: &dyn Fn(&Work) -> bool| {
            let steps = self.steps.iter().filter(|step| step.at <= at && is(&step.work));
            steps.map(|step| (step.at, step.event)).max()
        };
        let solved = last(&|work| match work {
            Work::Case(step) => *step == CaseStep::Resolved,
            Work::Contact(talk) => talk.solved == Some(true),
            Work::AskedAgain | Work::Complained => false,
        });
        solved.or_else(|| last(&|work| matches!(work, Work::Case(CaseStep::Closed))))
    }

    /// Whether a contact was going on at an instant.
    pub(crate) fn is_going_on(&self, at: Ms) -> bool {
        let over = [ContactStep::Ended, ContactStep::Abandoned, ContactStep::Deflected];
        self.kind != Kind::Case
            && self.start <= at
            && !self.talk().any(|(step, talk)| step.at <= at && over.contains(&talk.step))
    }

    /// The channel of a contact the customer made.
    pub(crate) const fn channel(&self) -> Option<Channel> {
        match self.kind {
            Kind::Contact(channel, Direction::In) => Some(channel),
            _ => None,
        }
    }

    /// A contact the customer made with a person.
    pub(crate) fn is_assisted(&self) -> bool {
        self.channel().is_some_and(Channel::is_assisted)
    }

    /// A contact with something that is no person.
    pub(crate) fn is_self_service(&self) -> bool {
        self.channel().is_some_and(Channel::is_self_service)
    }

    /// The contact steps in it.
    pub(crate) fn talk(&self) -> impl Iterator<Item = (&Step, &Talk)> {
        self.steps.iter().filter_map(|step| match &step.work {
            Work::Contact(talk) => Some((step, talk)),
            _ => None,
        })
    }

    /// Self-service that failed by itself, whatever came after it.
    pub(crate) fn failed(&self) -> bool {
        self.is_self_service()
            && self.talk().any(|(_, it)| {
                matches!(it.step, ContactStep::Abandoned | ContactStep::Escalated)
                    || it.solved == Some(false)
            })
    }
}
