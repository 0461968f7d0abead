//! Whether a way of helping can take the person now. Open is not enough: somebody must be there,
//! with room, and the news of it must be fresh.

use super::due::began;
use crate::Text;
use crate::decision::ReasonCode;
use crate::event::Route;
use crate::guard::Situation;
use crate::moment::{Moment, RouteStatus};
use crate::program::Policy;
use crate::score::pressing;
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
    let able = route != Route::Specialist
        || skill(s).is_none_or(|skill| has_skill(status, skill) || relaxed(s));
    if !speaks || !able {
        return Usable::Later { why: Some(ReasonCode::SkillMismatch) };
    }
    Usable::Now(status.wait_p50_ms.or(status.wait_p80_ms).unwrap_or_default())
}

/// The skill that the matter, or what makes it pressing, takes.
pub(super) fn skill<'a>(s: &Situation<'a>) -> Option<&'a Text> {
    let skills = &s.policy.routes.skills;
    let urgent = pressing(s.policy, s.history, s.moment.now).map(|(kind, _)| kind.as_str());
    let cues = s.visit.urgent_cues().map(|(kind, _)| kind.as_str());
    let pressing = urgent.chain(cues).find_map(|kind| skills.get(kind));
    pressing.or_else(|| skills.get(s.moment.matter.as_ref()?))
}

/// Whether a desk has a skill; one that lists none may have any.
fn has_skill(status: &RouteStatus, skill: &Text) -> bool {
    status.skills.is_empty() || status.skills.contains(skill)
}

/// Whether the people of a desk would have to pass the matter on, as far as they say what they know.
pub(super) fn would_pass_on(s: &Situation<'_>, route: Route) -> bool {
    let status = s.moment.status(route);
    skill(s).zip(status).is_some_and(|(skill, status)| !has_skill(status, skill))
}

/// Whether the automated conversation can finish the matter at hand.
pub(super) fn completes(s: &Situation<'_>) -> bool {
    let bot = s.moment.matter.as_ref().zip(s.moment.status(Route::Chatbot));
    bot.is_some_and(|(matter, bot)| bot.completes.contains(matter))
}

/// Who has waited long enough is taken with the skill or without.
fn relaxed(s: &Situation<'_>) -> bool {
    let waited = began(s).zip(s.policy.routes.relax_skill_ms);
    waited.is_some_and(|(began, relax)| began.plus(relax) <= s.moment.now)
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
    // A wait that nobody should be asked to sit through is no conversation.
    if status.wait_p80_ms.is_some_and(|wait| wait > policy.routes.longest_wait_ms) {
        return Err(ReasonCode::LongWait);
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
