//! What happens in cases, one activity after the other.

use rustc_hash::FxHashMap as HashMap;
use std::collections::{BTreeMap, HashSet};

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
    let mut variants: HashMap<Vec<u32>, u64> = HashMap::default();
    let mut gaps = Gaps::new(names.len());
    let mut map = Map::default();
    let name = |i: u32| names.get(i as usize).cloned().unwrap_or_default();
    let (mut starts, mut ends) = (vec![0u64; names.len()], vec![0u64; names.len()]);
    // For each activity, the last case it was in, the last it was repeated in, and in how many it was.
    let mut seen: Vec<(usize, usize, u64)> = vec![(usize::MAX, usize::MAX, 0); names.len()];
    let mut path = Vec::new();
    for (i, case) in cases.iter().enumerate() {
        let (Some((first, begun)), Some((last, ended))) = (case.first(), case.last()) else {
            continue;
        };
        path.clear();
        path.extend(case.iter().map(|(activity, _)| *activity));
        match variants.get_mut(&path) {
            Some(count) => *count += 1,
            None => {
                variants.insert(path.clone(), 1);
            }
        }
        for (counts, activity) in [(&mut starts, first), (&mut ends, last)] {
            if let Some(count) = counts.get_mut(*activity as usize) {
                *count += 1;
            }
        }
        map.durations_ms.push(ended.saturating_sub(*begun));
        for ((from, at), (to, then)) in case.iter().zip(case.iter().skip(1)) {
            gaps.push(*from, *to, then.saturating_sub(*at));
            map.self_loops += u64::from(from == to);
        }
        let mut any = false;
        for activity in &path {
            let Some((met, repeated, count)) = seen.get_mut(*activity as usize) else { continue };
            if *met == i && *repeated != i {
                (*repeated, *count, any) = (i, *count + 1, true);
            }
            *met = i;
        }
        map.rework_cases += u64::from(any);
    }
    let named = |counts: Vec<u64>| {
        let each = names.iter().cloned().zip(counts);
        each.filter(|(_, count)| *count > 0).collect::<BTreeMap<String, u64>>()
    };
    map.starts = named(starts);
    map.ends = named(ends);
    map.rework = named(seen.into_iter().map(|(.., count)| count).collect());
    map.durations_ms.sort_unstable();
    map.variants = variants
        .into_iter()
        .map(|(list, count)| Variant { activities: list.into_iter().map(name).collect(), count })
        .collect();
    map.variants
        .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.activities.cmp(&b.activities)));
    map.edges =
        gaps.into_edges().map(|((from, to), gaps)| edge(name(from), name(to), gaps)).collect();
    map.edges.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
    });
    map
}

/// Times between two activities: in a table while there are few activities, else by the pairs met.
enum Gaps {
    Few(usize, Vec<Vec<i64>>),
    Many(HashMap<(u32, u32), Vec<i64>>),
}

impl Gaps {
    /// Up to this many activities a table is small.
    const FEW: usize = 256;

    fn new(activities: usize) -> Self {
        if activities <= Self::FEW {
            Self::Few(activities, vec![Vec::new(); activities * activities])
        } else {
            Self::Many(HashMap::default())
        }
    }

    fn push(&mut self, from: u32, to: u32, gap: i64) {
        match self {
            Self::Few(side, table) => {
                if let Some(gaps) = table.get_mut(from as usize * *side + to as usize) {
                    gaps.push(gap);
                }
            }
            Self::Many(map) => map.entry((from, to)).or_default().push(gap),
        }
    }

    fn into_edges(self) -> Box<dyn Iterator<Item = ((u32, u32), Vec<i64>)>> {
        match self {
            Self::Few(side, table) => {
                let pairs = table.into_iter().enumerate().filter(|(_, gaps)| !gaps.is_empty());
                Box::new(pairs.map(move |(i, gaps)| (((i / side) as u32, (i % side) as u32), gaps)))
            }
            Self::Many(map) => Box::new(map.into_iter()),
        }
    }
}

fn edge(from: String, to: String, mut gaps: Vec<i64>) -> Edge {
    let count = gaps.len() as u64;
    let sum_ms = gaps.iter().fold(0i64, |sum, gap| sum.saturating_add(*gap));
    gaps.sort_unstable();
    let times: Vec<f64> = gaps.into_iter().map(|gap| gap as f64).collect();
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
