//! Effort of the journey: what the customer had to do, never what they answered. Survey events
//! cannot get here: only contact and case events are read.

use super::EffortBand;
use crate::decision;
use crate::event::history::{CaseStep, ContactStep, Direction, HistoryBody};
use crate::event::{Channel, HistoryEvent};
use crate::history::History;
use crate::program::Policy;
use crate::program::scores::EffortPolicy;
use crate::unit::{Ms, Permille};

/// Effort as measured; positions of the contacts it stands on.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) points: i64,
    pub(crate) index: Permille,
    pub(crate) band: EffortBand,
    pub(crate) coverage: Permille,
    pub(crate) range: [i64; 2],
    pub(crate) journey: Option<String>,
    /// Positions of the person's own contacts on the matter, in order.
    pub(crate) contacts: Vec<usize>,
    /// Positions of transfers on the matter.
    pub(crate) transfers: Vec<usize>,
}

/// Measures the journey of one matter that leads up to `now`.
pub(super) fn effort(
    policy: &Policy,
    history: &History,
    matter: Option<&str>,
    now: Ms,
) -> Measured {
    let p = &policy.scores.effort;
    let since = now.minus(p.window_ms);
    let on_matter = |event: &HistoryEvent, m: Option<&String>| {
        event.at > since && event.at <= now && matter.is_some() && m.map(String::as_str) == matter
    };
    let (mut contacts, mut transfers, mut reopened) = (Vec::new(), Vec::new(), 0i64);
    for (i, event) in history.events().iter().enumerate() {
        match &event.body {
            HistoryBody::Contact(c) if on_matter(event, c.matter.as_ref()) => {
                let assisted = matches!(
                    c.channel,
                    Channel::Phone | Channel::Chat | Channel::Email | Channel::InPerson
                );
                let own = c.direction != Some(Direction::Out);
                match c.step {
                    ContactStep::Started if assisted && own => contacts.push(i),
                    ContactStep::Transferred => transfers.push(i),
                    _ => {}
                }
            }
            HistoryBody::Case(c) if on_matter(event, c.matter.as_ref()) => {
                reopened += i64::from(c.step == CaseStep::Reopened);
            }
            _ => {}
        }
    }
    let counts = |id: &str| match id {
        "repeatContact" => count(&contacts).saturating_sub(1).max(0),
        "transfer" => count(&transfers),
        "reopen" => reopened,
        _ => 0,
    };
    let (mut points, mut most, mut heard, mut all) = (0i64, 0i64, 0i64, 0i64);
    for (id, indicator) in p.indicators.iter() {
        let (each, cap) = (i64::from(indicator.points), i64::from(indicator.cap));
        points += each * counts(id).min(cap);
        all += 1;
        if silent(history, &indicator.source) {
            most += each * (cap - counts(id).min(cap));
        } else {
            heard += 1;
        }
    }
    let index = Permille::new(1000 * points / (points + i64::from(p.k)).max(1));
    let coverage = if all == 0 { Permille::ZERO } else { Permille::new(1000 * heard / all) };
    let band = band(p, index, coverage, matter.is_some());
    Measured {
        points,
        index,
        band,
        coverage,
        range: [points, points + most],
        journey: matter.map(str::to_owned),
        contacts,
        transfers,
    }
}

fn count(list: &[usize]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

fn silent(history: &History, source: &str) -> bool {
    history.ledger().feeds.iter().any(|feed| feed.feed == source && feed.silent)
}

/// A partial score can be high, never low: what is silent may be the worst of it.
fn band(p: &EffortPolicy, index: Permille, coverage: Permille, known: bool) -> EffortBand {
    if index >= p.high {
        EffortBand::High
    } else if !known || coverage < p.min_coverage {
        EffortBand::Unknown
    } else if index >= p.raised {
        EffortBand::Raised
    } else {
        EffortBand::Usual
    }
}

impl Measured {
    pub(super) fn tell(&self, p: &EffortPolicy) -> decision::Effort {
        decision::Effort {
            points: self.points,
            index: self.index,
            band: self.band,
            coverage: self.coverage,
            partial: self.coverage < p.min_coverage,
            range: self.range.to_vec(),
            journey: self.journey.clone(),
            definition: p.definition.clone(),
            process_version: None,
        }
    }
}
