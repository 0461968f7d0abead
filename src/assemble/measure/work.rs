//! How the work itself went: from hand to hand, as documented or not, and where it waited.

use super::Done;
use crate::assemble::Log;
use crate::assemble::mapping::Documented;
use crate::event::history::CaseStep;
use crate::shape::Set;
use crate::stats;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Pairs that are listed.
const TOP: usize = 20;

/// Work that went from one to another: events next to each other with different handlers.
pub(super) fn handovers(done: &[Done], names: &[String]) -> Value {
    let mut pairs: HashMap<(u32, u32), u64> = HashMap::new();
    let mut cases = 0u64;
    for case in done {
        let mut any = false;
        for (from, to) in case.handlers.iter().zip(case.handlers.iter().skip(1)) {
            if from != to {
                *pairs.entry((*from, *to)).or_default() += 1;
                any = true;
            }
        }
        cases += u64::from(any);
    }
    let name = |i: u32| names.get(i as usize).map_or("", String::as_str);
    let total: u64 = pairs.values().sum();
    let mut list: Vec<(u64, &str, &str)> =
        pairs.into_iter().map(|((from, to), count)| (count, name(from), name(to))).collect();
    list.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let top = list.iter().take(TOP);
    let top = top.map(|(count, from, to)| json!({ "from": from, "to": to, "count": count }));
    json!({ "total": total, "cases": cases, "top": top.collect::<Vec<_>>() })
}

/// How cases depart from the documented map, and by which pair.
pub(super) fn conformance(map: &stats::Map, documented: &Documented) -> Value {
    let follows: HashSet<(String, String)> =
        documented.follows.iter().map(|it| (it.from.clone(), it.to.clone())).collect();
    let set = |list: &[String]| list.iter().cloned().collect::<HashSet<String>>();
    let (starts, ends) = (set(&documented.starts), set(&documented.ends));
    let (mut cases, mut fit) = (0u64, 0u64);
    let mut pairs: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    let (mut begun, mut ended) = (BTreeMap::new(), BTreeMap::new());
    for variant in &map.variants {
        let found = stats::conformance(&variant.activities, &follows, &starts, &ends);
        cases += variant.count;
        let whole = found.deviations.is_empty() && found.start_ok && found.end_ok;
        fit += if whole { variant.count } else { 0 };
        let mut seen = HashSet::new();
        for pair in found.deviations {
            let first = seen.insert(pair.clone());
            let (times, of) = pairs.entry(pair).or_default();
            *times += variant.count;
            *of += if first { variant.count } else { 0 };
        }
        let odd = |ok: bool, at: Option<&String>, into: &mut BTreeMap<String, u64>| {
            if let (false, Some(activity)) = (ok, at) {
                *into.entry(activity.clone()).or_default() += variant.count;
            }
        };
        odd(found.start_ok, variant.activities.first(), &mut begun);
        odd(found.end_ok, variant.activities.last(), &mut ended);
    }
    let mut deviations: Vec<_> = pairs.into_iter().collect();
    deviations.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
    let deviations: Vec<Value> = deviations
        .into_iter()
        .map(|((from, to), (count, cases))| {
            json!({ "from": from, "to": to, "count": count, "cases": cases })
        })
        .collect();
    json!({
        "cases": cases, "conforming": fit,
        "share": (cases > 0).then(|| fit as f64 / cases as f64),
        "deviations": deviations, "starts": begun, "ends": ended,
    })
}

/// The edge on which most time is lost altogether: count times the median beyond its target. The
/// largest mean would name a rare oddity.
pub(super) fn bottleneck(map: &stats::Map, log: &Log) -> Value {
    let documented = log.mapping.documented.as_ref();
    let target = |edge: &stats::Edge| {
        let mut follows = documented.into_iter().flat_map(|it| &it.follows);
        let known = follows.find(|it| it.from == edge.from && it.to == edge.to);
        known.and_then(|it| it.target_ms).map(|target| target.0 as f64)
    };
    // Putting away is no work that anybody waits for.
    let filing = |edge: &stats::Edge| {
        let became = log.plan.activities.get(edge.to.as_str());
        became.is_some_and(|it| it.steps == Set::default().with(CaseStep::Closed))
    };
    let lost = |edge: &stats::Edge| {
        edge.count as f64 * (edge.median_ms - target(edge).unwrap_or(0.0)).max(0.0)
    };
    // Edges come in one order; the first of equals is taken.
    let work = map.edges.iter().rev().filter(|edge| !filing(edge));
    let worst = work.max_by(|a, b| lost(a).total_cmp(&lost(b)));
    worst.filter(|edge| lost(edge) > 0.0).map_or(Value::Null, |edge| {
        json!({
            "from": edge.from, "to": edge.to, "count": edge.count, "medianMs": edge.median_ms,
            "targetMs": target(edge), "lostMs": lost(edge),
        })
    })
}
