//! By when an answer is due: business time from when the person began to wait, without the time in
//! which we waited for them, and never by a call at night.

use super::is_answered_by_a_person;
use crate::event::history::{AskStep, ContactStep, Direction, HistoryBody};
use crate::event::visit::WishFor;
use crate::event::{Channel, Route};
use crate::guard::{Situation, night};
use crate::time::{Window, after};
use crate::unit::Ms;

/// By when a route answers if it is not live; `None` when nobody can say.
pub(super) fn due(s: &Situation<'_>, route: Route) -> Option<Ms> {
    let p = &s.policy.routes;
    let sla = p.slas.get(route.as_str())?;
    let hours = match &sla.calendar {
        Some(id) => Some(p.calendars.get(id)?),
        None => None,
    };
    let now = s.moment.now;
    let channel = channel(s, route, false);
    let asleep = |at: Ms| channel.map_or(Window::From(Ms::NEVER), |channel| night(s, channel, at));
    let closed = s.moment.status(route).filter(|status| !status.open);
    let opens = closed.and_then(|status| status.next_open_at).filter(|at| *at > now);
    // Coming back does not make anybody wait longer: the clock runs since they asked.
    let began = began(s).or_else(|| wished(s)).filter(|_| is_answered_by_a_person(route));
    let pauses = sla.pauses == Some(true);
    let since = began.and_then(|began| {
        let paused = |at: Ms| if pauses { paused(s, at) } else { Window::From(Ms::NEVER) };
        let due = after(hours, began, sla.business_ms, &[&asleep, &paused]);
        // A date that has passed, or at which nobody will be there yet, is made anew.
        due.filter(|due| *due > now && opens.is_none_or(|opens| *due > opens))
    });
    since.or_else(|| after(hours, opens.unwrap_or(now), sla.business_ms, &[&asleep]))
}

/// The channel of a route: the first of the policy's on which the person may be reached.
pub(super) fn channel(s: &Situation<'_>, route: Route, live: bool) -> Option<Channel> {
    let fit = s.policy.routes.channels.get(route.as_str())?;
    let channels = if live { &fit.live } else { &fit.later };
    let open = channels.iter().find(|channel| !s.refuses_channel(**channel));
    open.or(channels.first()).copied()
}

/// When the person began to wait for a person's answer on the matter at hand.
pub(super) fn began(s: &Situation<'_>) -> Option<Ms> {
    let mut waiting = None;
    for event in &s.scores.effort.journey.events {
        let Some(it) = s.history.events().get(*event) else { continue };
        let HistoryBody::Contact(contact) = &it.body else { continue };
        let inbound = contact.direction != Some(Direction::Out);
        match contact.step {
            // The first useful answer stops the clock.
            ContactStep::Replied if contact.answers() => waiting = None,
            ContactStep::Ended | ContactStep::Abandoned => waiting = None,
            ContactStep::Escalated | ContactStep::Transferred if inbound => {
                waiting = waiting.or(Some(it.at));
            }
            ContactStep::Started | ContactStep::Queued
                if inbound && !contact.channel.is_self_service() =>
            {
                waiting = waiting.or(Some(it.at));
            }
            _ => {}
        }
    }
    waiting
}

/// When the person last asked for somebody in this visit.
fn wished(s: &Situation<'_>) -> Option<Ms> {
    let kinds = [WishFor::Person, WishFor::Specialist, WishFor::Callback];
    let last = kinds.into_iter().filter_map(|kind| s.visit.wished_at(kind)).max()?;
    Some(s.visit.started_at().plus(Ms(last.ms_up())).min(s.moment.now))
}

/// Where an instant lies to the time in which we waited for the customer: from a question to its
/// answer, or to whatever they said next. They are here now.
fn paused(s: &Situation<'_>, at: Ms) -> Window {
    let now = s.moment.now;
    let ends = |asked: usize, field: &str| {
        s.history.events().iter().skip(asked + 1).find_map(|it| match &it.body {
            HistoryBody::Ask(ask) if ask.step != AskStep::Asked && ask.field == field => {
                Some(it.at)
            }
            HistoryBody::Contact(contact) if contact.direction != Some(Direction::Out) => {
                matches!(contact.step, ContactStep::Started | ContactStep::Queued).then_some(it.at)
            }
            _ => None,
        })
    };
    let mut next = Ms::NEVER;
    for (event, asked, ask) in s.history.asks().filter(|(_, _, ask)| ask.step == AskStep::Asked) {
        let until = ends(event, &ask.field).unwrap_or(now).min(now);
        if asked <= at && at < until {
            return Window::Until(until);
        }
        if asked > at {
            next = next.min(asked);
        }
    }
    Window::From(next)
}
