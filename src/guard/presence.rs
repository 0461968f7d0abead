//! Who is there, and what time it is.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::Purpose;
use crate::journey::Handover;
use crate::unit::Ms;
use crate::{Text, literal};

/// What interrupts somebody.
const INTERRUPTS: [Purpose; 4] =
    [Purpose::Assist, Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    if s.moment.handled_by.is_some() {
        let detail = || (Text::new(), vec![literal!("moment:/handledBy")]);
        let code = ReasonCode::HumanAlreadyHandling;
        out.object(&INTERRUPTS, GuardId::HandledBy, code, None, detail);
    }
    // A handover that somebody has answered, or may still: the machine does not go on by itself.
    // By all that is known: what permission withholds closes all the same.
    let handover = Handover::under_way(s.policy, s.history, s.moment);
    if let Some(it) = handover.filter(|it| !it.is_unanswered(s.moment.now)) {
        let until = if it.answered { it.lapses } else { it.late };
        out.watch(it.lapses);
        let detail = || (Text::new(), vec![s.history.evidence(it.event)]);
        let code = ReasonCode::HumanAlreadyHandling;
        out.object(&INTERRUPTS, GuardId::HandledBy, code, Some(until), detail);
    }
    // Who was passed on and waits is not sold to, nor asked how it was.
    if let Some(it) = handover.filter(|it| it.is_unanswered(s.moment.now)) {
        let stops = [Purpose::Survey, Purpose::Pitch];
        let detail = || (Text::new(), vec![s.history.evidence(it.event)]);
        out.object(&stops, GuardId::HandledBy, ReasonCode::Unanswered, None, detail);
    }
    if s.moment.automated == Some(true) {
        let detail = || (Text::new(), vec![literal!("moment:/automated")]);
        out.object(&INTERRUPTS, GuardId::NotAPerson, ReasonCode::NotAPerson, None, detail);
    }
    clock(s, out);
}

fn clock(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.clock else { return };
    for clock in &s.moment.clocks {
        out.watch(clock.minus(p.max_skew_ms));
        out.watch(clock.plus(p.max_skew_ms).plus(Ms(1)));
    }
    let all = || s.moment.clocks.iter().chain([&s.moment.now]);
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return };
    if last.minus(*first) > p.max_skew_ms {
        let stops = [Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];
        let detail = || (Text::new(), vec![literal!("moment:/clocks")]);
        out.object(&stops, GuardId::Clock, ReasonCode::ClockUntrusted, None, detail);
    }
}
