//! Whether a way of helping can take the person now. Open is not enough: somebody must be there,
//! with room, and the news of it must be fresh.

use crate::decision::ReasonCode;
use crate::event::Route;
use crate::guard::Situation;
use crate::moment::{Moment, RouteStatus};
use crate::program::Policy;
use crate::unit::Ms;

/// What a route can do for the person.
#[derive(Clone, Copy, Debug)]
pub(super) enum Usable {
    /// Take them now; how long half of the people wait.
    Now(Ms),
    /// Answer by a date; why not now, where that needs a reason.
    Later { why: Option<ReasonCode> },
    /// Nothing.
    No,
}

pub(super) fn usable(s: &Situation<'_>, route: Route) -> Usable {
    match route {
        Route::None => Usable::No,
        Route::Article if s.moment.articles.is_empty() => Usable::No,
        Route::Article => Usable::Now(Ms(0)),
        Route::Status | Route::Callback | Route::MessageForm | Route::AccountManager => {
            Usable::Later { why: None }
        }
        Route::Chatbot | Route::Human | Route::Specialist => desk(s, route),
    }
}

fn desk(s: &Situation<'_>, route: Route) -> Usable {
    let Some(status) = s.moment.status(route) else {
        return Usable::Later { why: Some(ReasonCode::NobodyAvailable) };
    };
    if let Err(why) = takes_people(s.policy, s.moment, status) {
        return Usable::Later { why: Some(why) };
    }
    let speaks = s.moment.language.as_ref().is_none_or(|wanted| {
        status.languages.is_empty()
            || status.languages.iter().any(|known| base(known) == base(wanted))
    });
    let wanted = s.moment.matter.as_ref().and_then(|matter| s.policy.routes.skills.get(matter));
    let able = route != Route::Specialist
        || wanted.is_none_or(|skill| status.skills.is_empty() || status.skills.contains(skill));
    if !speaks || !able {
        return Usable::Later { why: Some(ReasonCode::SkillMismatch) };
    }
    Usable::Now(status.wait_p50_ms.or(status.wait_p80_ms).unwrap_or_default())
}

/// Whether somebody is there to take anybody at all, as far as the news is fresh.
pub(crate) fn takes_people(
    policy: &Policy,
    moment: &Moment,
    status: &RouteStatus,
) -> Result<(), ReasonCode> {
    let age = moment.now.minus(status.as_of).0.saturating_abs();
    if age > policy.routes.status_fresh_ms.0 {
        return Err(ReasonCode::StaleStatus);
    }
    // A conversation with a machine needs nobody there.
    let staffed = status.route == Route::Chatbot || status.staffed == Some(true);
    if status.open && staffed && status.capacity != Some(0) {
        Ok(())
    } else {
        Err(ReasonCode::NobodyAvailable)
    }
}

/// The language without its region.
fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// By when a route answers if it is not live: from when it opens, by its SLA.
pub(super) fn sla(s: &Situation<'_>, route: Route) -> Option<Ms> {
    let sla = s.policy.routes.slas.get(route.as_str())?;
    let opens = s.moment.status(route).and_then(|status| status.next_open_at);
    let from = opens.map_or(s.moment.now, |opens| opens.max(s.moment.now));
    Some(from.plus(sla.business_ms))
}
