//! A handover is a state with a beginning and an end: while a person has the matter, or is about to,
//! nothing automatic speaks up; once nobody has answered for too long, it is a need of its own.

use crate::event::history::{Contact, ContactStep, Direction};
use crate::history::History;
use crate::moment::Moment;
use crate::program::Policy;
use crate::unit::Ms;

/// A contact that was passed on to a person, or waits for one, and is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Handover {
    /// Position of the step that passed it on.
    pub(crate) event: usize,
    /// When that was.
    pub(crate) since: Ms,
    /// Somebody has answered since.
    pub(crate) answered: bool,
    /// From when on it counts as unanswered.
    pub(crate) late: Ms,
    /// When it is over by itself: no end was ever told.
    pub(crate) lapses: Ms,
}

impl Handover {
    /// The one under way on the matter at hand, the latest of several.
    pub(crate) fn under_way(policy: &Policy, history: &History, moment: &Moment) -> Option<Self> {
        let p = policy.routes.handover.as_ref()?;
        let now = moment.now;
        let told = || history.contacts().filter(|(_, at, _)| *at <= now);
        let about = |contact: &Contact| {
            let matter = contact.matter.as_ref().zip(moment.matter.as_ref());
            matter.is_none_or(|(theirs, here)| theirs == here)
        };
        let passed = told().filter(|(_, _, contact)| {
            let on = match contact.step {
                ContactStep::Transferred | ContactStep::Escalated => true,
                ContactStep::Queued => !contact.channel.is_self_service(),
                _ => false,
            };
            on && p.channels.contains(&contact.channel)
                && contact.direction != Some(Direction::Out)
                && about(contact)
        });
        let under_way = passed.filter_map(|(event, since, contact)| {
            let after = || told().filter(|(other, ..)| *other > event);
            let over = after().any(|(_, _, it)| {
                let ended = matches!(
                    it.step,
                    ContactStep::Ended | ContactStep::Abandoned | ContactStep::Deflected
                );
                let solved = it.solved == Some(true);
                it.contact == contact.contact && (ended || solved)
            });
            let answered = after().any(|(_, _, it)| it.answers() && about(it));
            let ends = since.plus(if answered { p.lapse_ms } else { p.owed_ms });
            let late = since.plus(p.answer_within_ms);
            (!over && ends > now).then_some(Self { event, since, answered, late, lapses: ends })
        });
        under_way.max_by_key(|it| it.event)
    }

    /// Nobody has answered for too long.
    pub(crate) fn is_unanswered(&self, now: Ms) -> bool {
        !self.answered && now >= self.late
    }
}
