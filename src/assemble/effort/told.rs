//! What the rows of a case tell of the work in it.

use crate::assemble::Log;
use crate::assemble::case::Event;
use crate::assemble::plan::Counting;
use crate::event::Channel;
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::journey::Talk;
use crate::unit::Ms;

/// The work in a case, step by step.
#[derive(Clone, Debug)]
pub(in crate::assemble) struct Told {
    /// Steps of contacts.
    pub(super) said: Vec<Said>,
    /// When it was passed on and taken up again, where the file says when.
    pub(super) moved: Vec<i64>,
    pub(super) reopened: Vec<i64>,
    /// The last event that became something.
    pub(super) last: i64,
}

/// A step of a contact in a case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) at: i64,
    pub(super) direction: Option<Direction>,
    pub(super) talk: Talk,
}

impl Told {
    pub(in crate::assemble) fn of(log: &Log, events: &[Event], first: i64) -> Self {
        let becomes = |event: &&Event| {
            let emitted = log.emitted.get(event.activity as usize);
            emitted.is_none_or(|emitted| !emitted.is_nothing())
        };
        Self {
            said: said(log, events),
            moved: match log.plan.transfers {
                Counting::Change => changes(events),
                _ => times(events, |event| event.transfers),
            },
            reopened: times(events, |event| match log.plan.reopens {
                Counting::Steps => u16::from(event.steps.has(CaseStep::Reopened)),
                _ => event.reopens,
            }),
            last: events.iter().rfind(becomes).map_or(first, |event| event.place.at),
        }
    }
}

/// When the group changed.
fn changes(events: &[Event]) -> Vec<i64> {
    let mut moved = Vec::new();
    let mut before = None;
    for (group, at) in events.iter().filter_map(|event| Some((event.group?, event.place.at))) {
        if before.is_some_and(|known| known != group) {
            moved.push(at);
        }
        before = Some(group);
    }
    moved
}

/// When something was counted, as often as it was.
fn times(events: &[Event], of: impl Fn(&Event) -> u16) -> Vec<i64> {
    let each = events.iter().flat_map(|event| (0..of(event)).map(|_| event.place.at));
    each.collect()
}

/// Steps of contacts as their activities become, and as columns say.
fn said(log: &Log, events: &[Event]) -> Vec<Said> {
    let each = events.iter().flat_map(|event| {
        let emitted = log.emitted.get(event.activity as usize);
        let said = emitted.into_iter().flat_map(|emitted| &emitted.said);
        let said = said.map(|said| Said {
            at: event.place.at,
            direction: event.direction.or(said.direction),
            talk: Talk {
                warm: said.warm,
                ..Talk::new(said.step, event.channel.or(said.channel).unwrap_or(Channel::Phone))
            },
        });
        // The wait is the row's, whatever it becomes.
        let waited = (event.wait_ms > 0).then(|| Said {
            at: event.place.at,
            direction: None,
            talk: Talk {
                wait: Ms(i64::from(event.wait_ms)),
                ..Talk::new(ContactStep::Queued, event.channel.unwrap_or(Channel::Phone))
            },
        });
        said.chain(waited)
    });
    each.collect()
}
