//! Instants at which friction, which alone of all scores fades all the time, falls below something that the
//! policy compares it with. What else time changes every stage says by itself.

use crate::decision::Urgency;
use crate::given::Given;
use crate::program::Policy;
use crate::rule::{SlotKind, Test};
use crate::score::{SCORE_NAMES, friction_at, gone_after};
use crate::signal::SignalKind;
use crate::unit::Ms;

/// Levels of friction that anything compares it with.
fn levels(policy: &Policy, urgency: &Urgency) -> Vec<i64> {
    let (t, bands) = (&policy.routes.thresholds, &policy.scores.friction.bands);
    let own = [
        t.offer_help,
        t.offer_help_raised,
        t.offer_human,
        t.withdraw_help,
        t.withdraw_human,
        bands.raised,
        bands.high,
    ];
    let mut levels: Vec<i64> = own.into_iter().map(|level| level.get()).collect();
    // None at all is a level too.
    levels.push(1);
    levels.extend(tests(policy, "friction").flat_map(|test| [test.lo, test.hi.saturating_add(1)]));
    // Its share of urgency takes that below a threshold where the other parts leave so much of it.
    let share = policy.scores.urgency.friction.get();
    let rest = |owed: bool| {
        let parts = urgency.contributions.iter();
        let parts = parts.filter(|it| {
            it.code != "friction" && (owed || !["brokenPromise", "unanswered"].contains(&&*it.code))
        });
        parts.map(|it| it.points).sum::<i64>()
    };
    let bounds = tests(policy, "urgency").flat_map(|test| [test.lo, test.hi.saturating_add(1)]);
    let bounds = bounds.map(|bound| bound.saturating_sub(rest(true)));
    let bounds = bounds.chain([policy.scores.urgency.soft_at.get() - rest(false)]);
    if share > 0 {
        let least = |left: i64| left.saturating_mul(1000).saturating_add(share - 1) / share;
        levels.extend(bounds.filter(|left| (1..=1000).contains(left)).map(least));
    }
    levels.retain(|level| (1..=1000).contains(level));
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// When friction falls below each level, and a settling time later: the score of then is read too.
pub(super) fn fading(given: Given<'_>, urgency: &Urgency) -> Vec<Ms> {
    let Given { policy, visit, moment, .. } = given;
    let at = |t: Ms| friction_at(&policy.scores.friction, visit, visit.time_of(t)).get();
    let settle = policy.routes.settle_ms;
    // It rises when something is certain, and falls in between.
    let certain = SignalKind::ALL.iter().filter_map(|kind| visit.latest(*kind));
    let certain = certain.map(|it| visit.started_at().plus(Ms(it.decided.ms_up())));
    let gone = moment.now.plus(gone_after(&policy.scores.friction));
    let mut turns: Vec<Ms> = certain.chain([moment.now.minus(settle), gone]).collect();
    turns.sort_unstable();
    turns.dedup();
    let mut list: Vec<Ms> = turns.iter().map(|at| at.plus(settle)).collect();
    for level in levels(policy, urgency) {
        for stretch in turns.windows(2) {
            let [begin, end] = stretch else { continue };
            let (mut low, mut high) = (*begin, end.minus(Ms(1)));
            if low >= high || at(low) < level || at(high) >= level {
                continue;
            }
            // Halving finds the first instant below.
            while high.minus(low) > Ms(1) {
                let middle = Ms(low.0 + (high.0 - low.0) / 2);
                if at(middle) < level { high = middle } else { low = middle }
            }
            list.extend([high, high.plus(settle)]);
        }
    }
    list
}

fn tests<'a>(policy: &'a Policy, score: &str) -> impl Iterator<Item = &'a Test> {
    let index = SCORE_NAMES.iter().position(|name| *name == score);
    policy.tests.iter().filter(move |test| {
        policy.slot_of(test).is_some_and(|slot| {
            slot.kind == SlotKind::Score && Some(usize::from(slot.index)) == index
        })
    })
}
