//! How long cases take, and what is known of those that are not over.

use super::rules::Report;
use super::{by, put, spread};
use crate::stats;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Report<'_> {
    pub(super) fn durations(&self) -> Value {
        let rules = self.log.mapping.durations.iter();
        rules
            .map(|rule| {
                let (mut values, mut missing, mut negative) = (Vec::new(), 0u64, 0u64);
                let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
                for case in self.done {
                    let points = case.point(rule.from).zip(case.point(rule.to));
                    let Some((from, to)) = points else {
                        missing += 1;
                        continue;
                    };
                    if to < from {
                        negative += 1;
                        continue;
                    }
                    let ms = (to - from) as f64;
                    values.push(ms);
                    let group = rule.by.as_ref().and_then(|by| self.group(case, by, from));
                    if let Some(group) = group {
                        groups.entry(group).or_default().push(ms);
                    }
                }
                let mut out = json!({
                    "name": rule.name, "n": values.len(), "missing": missing, "negative": negative,
                    "spread": spread(values),
                });
                by(
                    &mut out,
                    &rule.by,
                    &groups,
                    |times| json!({ "n": times.len(), "medianMs": stats::quantile(times, 0.5) }),
                );
                out
            })
            .collect()
    }

    pub(super) fn time_to(&self) -> Value {
        let rules = self.log.mapping.time_to.iter();
        rules
            .map(|rule| {
                let as_of = rule.as_of.map_or(self.log.last, |as_of| as_of.0);
                let (mut all, mut negative) = (Arm::default(), 0u64);
                let mut arms: BTreeMap<String, Arm> = BTreeMap::new();
                for case in self.done {
                    let Some(from) = case.point(rule.from).filter(|from| *from < as_of) else {
                        continue;
                    };
                    let to = case.point(rule.to).filter(|to| *to <= as_of);
                    // Clocks differ: it did come, and nobody knows after how long.
                    if to.is_some_and(|to| to < from) {
                        negative += 1;
                        continue;
                    }
                    all.see(from, to, as_of);
                    let group = rule.by.as_ref().and_then(|by| self.group(case, by, from));
                    if let Some(group) = group {
                        arms.entry(group).or_default().see(from, to, as_of);
                    }
                }
                let curve = all.curve();
                let quantile = |q| curve.as_ref().and_then(|curve| stats::time_quantile(curve, q));
                let survival: Vec<Value> = rule
                    .survival_at_ms
                    .iter()
                    .map(|ms| {
                        let share = curve.as_ref().map(|c| stats::survival_at(c, ms.0 as f64));
                        json!({ "ms": ms.0, "share": share })
                    })
                    .collect();
                let ended = all.ended();
                let mut out = json!({
                    "name": rule.name, "n": all.times.len(), "events": ended.len(),
                    "censored": all.times.len() - ended.len(), "negative": negative,
                    "medianMs": quantile(0.5),
                    "quantilesMs": { "p25": quantile(0.25), "p50": quantile(0.5),
                                     "p75": quantile(0.75), "p90": quantile(0.9) },
                    "survivalAt": survival,
                    "endedOnlyMedianMs": stats::quantile(&ended, 0.5),
                });
                by(&mut out, &rule.by, &arms, |arm| {
                    let median = arm.curve().and_then(|curve| curve.median);
                    json!({ "n": arm.times.len(), "events": arm.ended().len(), "medianMs": median })
                });
                let mut two = arms.values();
                if let (Some(a), Some(b), None) = (two.next(), two.next(), two.next()) {
                    let test = stats::log_rank(&a.times, &a.events, &b.times, &b.events);
                    let test = test.map(|t| json!({ "chi2": t.chi2, "pValue": t.p_value }));
                    put(&mut out, "logRank", json!(test));
                }
                out
            })
            .collect()
    }
}

/// Times until something, and whether it came.
#[derive(Default)]
struct Arm {
    times: Vec<f64>,
    events: Vec<bool>,
}

impl Arm {
    fn see(&mut self, from: i64, to: Option<i64>, as_of: i64) {
        self.times.push((to.unwrap_or(as_of) - from) as f64);
        self.events.push(to.is_some());
    }

    /// The times of those for which it came.
    fn ended(&self) -> Vec<f64> {
        self.times.iter().zip(&self.events).filter(|(_, ended)| **ended).map(|(t, _)| *t).collect()
    }

    fn curve(&self) -> Option<stats::Curve> {
        stats::kaplan_meier(&self.times, &self.events, stats::LEVEL)
    }
}
