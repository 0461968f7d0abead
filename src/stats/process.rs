//! What happens in cases, one activity after the other.

use std::collections::{BTreeMap, HashMap, HashSet};

/// A sequence of activities and how many cases took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// In order.
    pub activities: Vec<String>,
    /// How many cases.
    pub count: u64,
}

/// One activity directly followed by another.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The one.
    pub from: String,
    /// The other.
    pub to: String,
    /// How often.
    pub count: u64,
    /// Time between them, altogether, in ms.
    pub sum_ms: i64,
    /// Half of the times are shorter.
    pub median_ms: f64,
    /// Nine of ten are shorter.
    pub p90_ms: f64,
}

/// How cases run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// By count descending, then by activities.
    pub variants: Vec<Variant>,
    /// By count descending, then by their ends.
    pub edges: Vec<Edge>,
    /// First activities.
    pub starts: BTreeMap<String, u64>,
    /// Last activities.
    pub ends: BTreeMap<String, u64>,
    /// In how many cases an activity occurs more than once; others are absent.
    pub rework: BTreeMap<String, u64>,
    /// Cases in which any does.
    pub rework_cases: u64,
    /// An activity directly followed by itself, over all cases.
    pub self_loops: u64,
    /// First event to last, in ms, ascending.
    pub durations_ms: Vec<i64>,
}

/// The process of cases, each with its activities (indices into `names`) and times in order.
#[must_use]
pub fn process_map(names: &[String], cases: &[Vec<(u32, i64)>]) -> Map {
    let mut variants: HashMap<Vec<u32>, u64> = HashMap::new();
    let mut gaps: HashMap<(u32, u32), Vec<i64>> = HashMap::new();
    let mut map = Map::default();
    let name = |i: u32| names.get(i as usize).cloned().unwrap_or_default();
    let mut seen = HashSet::new();
    let mut repeated = HashSet::new();
    for case in cases {
        let (Some((first, begun)), Some((last, ended))) = (case.first(), case.last()) else {
            continue;
        };
        *variants.entry(case.iter().map(|(activity, _)| *activity).collect()).or_default() += 1;
        *map.starts.entry(name(*first)).or_default() += 1;
        *map.ends.entry(name(*last)).or_default() += 1;
        map.durations_ms.push(ended - begun);
        for ((from, at), (to, then)) in case.iter().zip(case.iter().skip(1)) {
            gaps.entry((*from, *to)).or_default().push(then - at);
            map.self_loops += u64::from(from == to);
        }
        seen.clear();
        repeated.clear();
        repeated.extend(case.iter().map(|(activity, _)| *activity).filter(|a| !seen.insert(*a)));
        map.rework_cases += u64::from(!repeated.is_empty());
        for activity in &repeated {
            *map.rework.entry(name(*activity)).or_default() += 1;
        }
    }
    map.durations_ms.sort_unstable();
    map.variants = variants
        .into_iter()
        .map(|(list, count)| Variant { activities: list.into_iter().map(name).collect(), count })
        .collect();
    map.variants
        .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.activities.cmp(&b.activities)));
    map.edges =
        gaps.into_iter().map(|((from, to), gaps)| edge(name(from), name(to), gaps)).collect();
    map.edges.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
    });
    map
}

fn edge(from: String, to: String, gaps: Vec<i64>) -> Edge {
    let (count, sum_ms) = (gaps.len() as u64, gaps.iter().sum());
    let mut times: Vec<f64> = gaps.into_iter().map(|gap| gap as f64).collect();
    times.sort_by(f64::total_cmp);
    let at = |q| super::quantile_sorted(&times, q).unwrap_or(0.0);
    Edge { from, to, count, sum_ms, median_ms: at(0.5), p90_ms: at(0.9) }
}

/// How a case departs from the documented map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conformance {
    /// Pairs that are not allowed, in order, repeats kept.
    pub deviations: Vec<(String, String)>,
    /// Whether it begins as it may.
    pub start_ok: bool,
    /// Whether it ends as it may.
    pub end_ok: bool,
}

/// Compares a case with the allowed pairs, beginnings and ends.
#[must_use]
pub fn conformance(
    case: &[String],
    follows: &HashSet<(String, String)>,
    starts: &HashSet<String>,
    ends: &HashSet<String>,
) -> Conformance {
    let pairs = case.iter().cloned().zip(case.iter().skip(1).cloned());
    Conformance {
        deviations: pairs.filter(|pair| !follows.contains(pair)).collect(),
        start_ok: case.first().is_some_and(|first| starts.contains(first)),
        end_ok: case.last().is_some_and(|last| ends.contains(last)),
    }
}
