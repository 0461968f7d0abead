//! What the person came for: several at once, and unknown as long as the evidence is thin.

use super::Intents;
use crate::event::visit::{PageRole, WishFor};
use crate::history::History;
use crate::program::scores::IntentPolicy;
use crate::signal::SignalKind;
use crate::visit::Visit;

pub(super) fn intents(
    p: &IntentPolicy,
    history: &History,
    visit: &Visit,
) -> (Intents, Option<usize>) {
    let mut points = [0i64; 7];
    for (what, weights) in p.evidence.iter() {
        let seen = i64::from(occurrences(what, history, visit).min(u16::from(p.cap)));
        if seen > 0 {
            for (sum, weight) in points.iter_mut().zip(weights.list()) {
                *sum += seen * i64::from(weight);
            }
        }
    }
    let shares = shares(points);
    let top = top(shares, p.min_evidence.get(), p.margin.get());
    (Intents::from_list(shares), top)
}

/// How often a piece of evidence was seen.
fn occurrences(what: &str, history: &History, visit: &Visit) -> u16 {
    let Some((family, name)) = what.split_once(':') else { return 0 };
    match family {
        "page" => PageRole::parse(name).map_or(0, |role| visit.views(role)),
        "signal" => SignalKind::parse(name).map_or(0, |kind| visit.board().count(kind)),
        "wish" => WishFor::parse(name).map_or(0, |wish| visit.wishes(wish)),
        "vote" => visit.helpful(),
        "case" => u16::from(history.ledger().cases.iter().any(|case| case.is_open())),
        _ => 0,
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
        remainders.sort_unstable_by_key(|(rest, i)| (core::cmp::Reverse(*rest), *i));
        for (_, i) in remainders.iter().take(usize::try_from(1000 - given).unwrap_or(0)) {
            if let Some(share) = shares.get_mut(*i) {
                *share += 1;
            }
        }
    }
    shares
}

fn top(shares: [u16; 7], min: i64, margin: i64) -> Option<usize> {
    let mut ranked: Vec<(i64, usize)> =
        shares.iter().enumerate().map(|(i, share)| (i64::from(*share), i)).collect();
    ranked.sort_unstable_by_key(|(share, i)| (core::cmp::Reverse(*share), *i));
    let (first, i) = *ranked.first()?;
    let second = ranked.get(1).map_or(0, |(share, _)| *share);
    (first >= min && first - second >= margin).then_some(i)
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
