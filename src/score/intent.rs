//! What the person came for: several at once, and unknown as long as the evidence is thin.

use super::{Intents, Parts, StageName};
use crate::event::visit::{PageRole, WishFor};
use crate::history::History;
use crate::program::scores::IntentPolicy;
use crate::signal::SignalKind;
use crate::unit::Ms;
use crate::visit::Visit;
use crate::{Text, text};

/// Shares of every intent, and the one that stands out. The parts are evidence points, written
/// `<intent>:<evidence>`; shares are the same points as long as they do not exceed the whole.
pub(super) fn intents(
    p: &IntentPolicy,
    history: &History,
    visit: &Visit,
    (stage, now): (StageName, Ms),
    parts: &mut Parts,
) -> (Intents, Option<usize>) {
    let seen = Seen { p, history, visit, stage, now };
    let (mut points, mut pieces, mut said) = ([0i64; 7], [0i64; 7], [false; 7]);
    for (what, weights) in p.evidence.iter() {
        let times = i64::from(seen.times(what).min(u16::from(p.cap)));
        for (i, (name, weight)) in Intents::NAMES.iter().zip(weights.list()).enumerate() {
            let fits = p.stages.get(name).is_none_or(|stages| stages.contains(&stage));
            if times == 0 || weight == 0 || !fits {
                continue;
            }
            let worth = times * i64::from(weight);
            add(&mut points, i, worth);
            add(&mut pieces, i, times);
            if let Some(said) = said.get_mut(i) {
                *said |= what.starts_with("wish:");
            }
            if parts.lists() {
                parts.add(&text!("{name}:{what}"), worth, || seen.evidence(what));
            }
        }
    }
    let shares = shares(points);
    // One thing seen is no intent, unless it was said.
    let shown = |i: &usize| {
        pieces.get(*i).is_some_and(|n| *n >= i64::from(p.min_pieces)) || said.get(*i) == Some(&true)
    };
    let top = top(shares, p.min_evidence.get(), p.margin.get()).filter(shown);
    (Intents::from_list(shares), top)
}

fn add(list: &mut [i64; 7], i: usize, more: i64) {
    if let Some(slot) = list.get_mut(i) {
        *slot += more;
    }
}

/// What evidence is looked for in.
struct Seen<'a> {
    p: &'a IntentPolicy,
    history: &'a History,
    visit: &'a Visit,
    stage: StageName,
    now: Ms,
}

impl Seen<'_> {
    /// How often a piece of evidence was seen.
    fn times(&self, what: &str) -> u16 {
        let (visit, ledger) = (self.visit, self.history.ledger());
        let Some((family, name)) = what.split_once(':') else { return 0 };
        match family {
            "page" => PageRole::parse(name).map_or(0, |role| visit.views(role)),
            "signal" => SignalKind::parse(name).map_or(0, |kind| visit.board().count(kind)),
            "wish" => WishFor::parse(name).map_or(0, |wish| visit.wishes(wish)),
            "search" => visit.searches(),
            "vote" => visit.helpful(),
            "case" => u16::from(ledger.cases.iter().any(|case| case.is_open())),
            "milestone" => u16::try_from(self.milestones(name).count()).unwrap_or(u16::MAX),
            "stage" => u16::from(self.stage.as_str() == name),
            _ => 0,
        }
    }

    /// Positions of fresh milestones of a name.
    fn milestones<'b>(&'b self, name: &'b str) -> impl Iterator<Item = usize> + 'b {
        let fresh = move |at: Ms| at <= self.now && at.plus(self.p.milestone_ms) > self.now;
        let all = self.history.ledger().milestones.iter();
        all.filter(move |m| m.milestone.name == name && fresh(m.at)).map(|m| m.event)
    }

    fn evidence(&self, what: &str) -> Vec<Text> {
        let Some((family, name)) = what.split_once(':') else { return Vec::new() };
        let seen = |kind: &str, at: crate::Micros| vec![text!("visit:{kind}@{}", at.ms())];
        let visit = self.visit;
        let found = match family {
            "page" => PageRole::parse(name)
                .and_then(|role| visit.opened_at(role))
                .map(|at| seen("pageView", at)),
            "signal" => SignalKind::parse(name)
                .and_then(|kind| visit.latest(kind))
                .map(|signal| vec![signal.evidence()]),
            "wish" => WishFor::parse(name)
                .and_then(|wish| visit.wished_at(wish))
                .map(|at| seen("wish", at)),
            "vote" => visit.helped_at().map(|at| seen("vote", at)),
            "search" => visit.searched_at().map(|at| seen("search", at)),
            "case" => {
                let open = self.history.ledger().cases.iter().filter(|case| case.is_open());
                Some(open.map(|case| self.history.evidence(case.event)).collect())
            }
            "milestone" => {
                Some(self.milestones(name).map(|event| self.history.evidence(event)).collect())
            }
            _ => None,
        };
        found.unwrap_or_else(|| vec![text!("policy:/scores/{family}")])
    }
}

/// Points are shares as long as they fit; beyond 1000 they are scaled down by largest remainder.
fn shares(points: [i64; 7]) -> [u16; 7] {
    let total: i64 = points.iter().sum();
    let mut shares = [0u16; 7];
    let mut remainders = [(0i64, 0usize); 7];
    let scale = total.max(1000);
    for (i, ((share, rest), points)) in
        shares.iter_mut().zip(remainders.iter_mut()).zip(points).enumerate()
    {
        *share = u16::try_from(points * 1000 / scale).unwrap_or(1000);
        *rest = (points * 1000 % scale, i);
    }
    if total > 1000 {
        let given: i64 = shares.iter().map(|share| i64::from(*share)).sum();
        // What is left goes to the largest remainders, of equals to the first.
        for _ in given..1000 {
            let most =
                remainders.iter_mut().max_by_key(|(rest, i)| (*rest, core::cmp::Reverse(*i)));
            let Some((rest, i)) = most else { break };
            *rest = -1;
            if let Some(share) = shares.get_mut(*i) {
                *share += 1;
            }
        }
    }
    shares
}

fn top(shares: [u16; 7], min: i64, margin: i64) -> Option<usize> {
    let (mut first, mut second, mut top) = (0, 0, 0);
    for (i, share) in shares.into_iter().map(i64::from).enumerate() {
        if share > first {
            (second, first, top) = (first, share, i);
        } else {
            second = second.max(share);
        }
    }
    (first >= min && first - second >= margin).then_some(top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_exceed_the_whole() {
        assert_eq!(shares([300, 0, 0, 0, 0, 0, 0]), [300, 0, 0, 0, 0, 0, 0]);
        let scaled = shares([700, 700, 700, 0, 0, 0, 0]);
        assert_eq!(scaled.iter().map(|s| u32::from(*s)).sum::<u32>(), 1000);
        assert_eq!(scaled, [334, 333, 333, 0, 0, 0, 0]);
    }

    #[test]
    fn two_that_are_close_leave_the_top_unknown() {
        assert_eq!(top([400, 350, 0, 0, 0, 0, 0], 200, 100), None);
        assert_eq!(top([400, 250, 0, 0, 0, 0, 0], 200, 100), Some(0));
        assert_eq!(top([150, 0, 0, 0, 0, 0, 0], 200, 100), None);
    }
}
