//! Night, on the person's clock. The open page is never quiet; who cannot be placed in a zone is
//! left in peace.

use super::country::offsets;
use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::{Channel, Purpose};
use crate::time::{Window, window, window_anywhere};
use crate::unit::Ms;
use crate::{literal, text};

/// What has to wait for the morning. Replies in a live contact do not.
const WAITS: [Purpose; 4] =
    [Purpose::ServiceNotice, Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    // A table may begin later, and says more then.
    s.moment.zone.iter().for_each(|entry| out.watch(entry.from));
    for (id, quiet) in s.policy.guards.quiet_hours.iter() {
        let waiting: Vec<Purpose> = WAITS
            .into_iter()
            .filter(|purpose| {
                let channel = s.channel(*purpose);
                quiet.channels.contains(&channel) && !channel.is_open_page()
            })
            .filter(|purpose| *purpose != Purpose::ServiceNotice || !exempt(s, &quiet.except))
            .collect();
        if waiting.is_empty() {
            continue;
        }
        let name = || text!("quietHours.{id}");
        let Some(night) = by_any_clock(s, i64::from(quiet.from.0), i64::from(quiet.to.0)) else {
            let detail = || (name(), vec![literal!("absent:zone")]);
            let code = ReasonCode::UnknownTimeZone;
            out.object(&waiting, GuardId::QuietHours, code, None, detail);
            continue;
        };
        match night {
            Window::Until(end) => {
                let place = if s.moment.zone.is_empty() { "country" } else { "zone" };
                let detail = || (name(), vec![text!("moment:/{place}")]);
                let code = ReasonCode::QuietHours;
                out.object(&waiting, GuardId::QuietHours, code, Some(end), detail);
            }
            Window::From(begin) => out.watch(begin),
        }
    }
}

/// Where an instant lies to the nights in which a channel is quiet. Who cannot be placed has none that
/// anybody could name.
pub(crate) fn night(s: &Situation<'_>, channel: Channel, at: Ms) -> Window {
    let mut begins = Ms::NEVER;
    let mut ends = None;
    for (_, quiet) in s.policy.guards.quiet_hours.iter() {
        if !quiet.channels.contains(&channel) || exempt(s, &quiet.except) {
            continue;
        }
        match there(s, at, i64::from(quiet.from.0), i64::from(quiet.to.0)) {
            Some(Window::Until(end)) => ends = ends.max(Some(end)),
            Some(Window::From(begin)) => begins = begins.min(begin),
            None => {}
        }
    }
    ends.map_or(Window::From(begins), Window::Until)
}

/// Where an instant lies to a window on the person's clock. Without a zone the country may do: it is
/// night while it is night anywhere in it.
fn there(s: &Situation<'_>, at: Ms, from: i64, to: i64) -> Option<Window> {
    window(&s.moment.zone, at, from, to).or_else(|| {
        let country = s.moment.country.as_deref().filter(|_| s.moment.zone.is_empty());
        window_anywhere(offsets(country?)?, at, from, to)
    })
}

/// Where the person's night is, by whichever clock says it is night.
fn by_any_clock(s: &Situation<'_>, from: i64, to: i64) -> Option<Window> {
    let at = |now| there(s, now, from, to);
    match at(s.early)? {
        Window::From(_) if s.late > s.early => at(s.late),
        night => Some(night),
    }
}

/// A notice of a kind that may wake somebody, about that and nothing else.
fn exempt(s: &Situation<'_>, except: &[crate::event::UrgentKind]) -> bool {
    s.history.ledger().urgent.iter().any(|it| {
        let about = it.matter.as_ref();
        except.contains(&it.kind)
            && about.is_none_or(|about| s.moment.matter.as_ref() == Some(about))
    })
}
