//! Cases out of rows that name none: rows of one key without a long pause between them. Rows come in any
//! order, so one may show that two runs are the same.

use super::Log;
use crate::assemble::case::Case;
use std::collections::BTreeMap;

/// Runs of one key by their beginning: the end of each, and its case. Between any two lies a pause.
pub(super) type Runs = BTreeMap<i64, (i64, usize)>;

impl Log {
    /// The case of a row: of the run it is in or next to, or a new one.
    pub(super) fn run_of(&mut self, key: String, at: i64, pause: i64) -> usize {
        let Self { runs, cases, plan, .. } = self;
        let runs = runs.entry(key).or_default();
        let mut near = runs.range(..=at.saturating_add(pause)).rev();
        let mut next = || {
            let (start, (end, case)) = near.next()?;
            (at.saturating_sub(*end) <= pause).then_some((*start, *end, *case))
        };
        let (later, earlier) = (next(), next());
        let Some((start, end, mut case)) = later else {
            cases.push(Case::new(String::new(), plan));
            runs.insert(at, (at, cases.len() - 1));
            return cases.len() - 1;
        };
        runs.remove(&start);
        let mut start = start.min(at);
        if let Some((first, _, other)) = earlier {
            // The row is what was missing between them; the smaller goes into the larger.
            let size = |case: usize| cases.get(case).map_or(0, |case| case.events.len());
            let (kept, gone) = if size(other) < size(case) { (case, other) } else { (other, case) };
            let gone = cases.get_mut(gone).map(core::mem::take);
            if let (Some(kept), Some(gone)) = (cases.get_mut(kept), gone) {
                kept.join(gone);
            }
            (start, case) = (first, kept);
        }
        runs.insert(start, (end.max(at), case));
        case
    }

    /// Names the cases of runs in their order, now that no row can join two any more.
    pub(in crate::assemble) fn settle(&mut self) {
        if self.runs.is_empty() {
            return;
        }
        for (key, runs) in &self.runs {
            for (i, (_, case)) in runs.values().enumerate() {
                if let Some(case) = self.cases.get_mut(*case) {
                    case.id = format!("{key}#{i}");
                }
            }
        }
        // What went into another is empty.
        self.cases.retain(|case| !case.events.is_empty());
    }
}
