//! What came of a file: one object, in one order, whatever order its rows came in.

use super::Log;
use super::case::{Case, Worth, numbers_first};
use super::journey::{Journey, Span, journeys, sessions};
use super::mapping::{End, JourneyRule, Over, PointName, Weight};
use super::plan::{Counting, KeyPart, Where};
use crate::event::history::CaseStep;
use crate::stats;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

const DAY: i64 = 86_400_000;
/// A journey longer than this, or of more cases, is flagged as a chain of chance.
const CHAINED: (i64, usize) = (60 * DAY, 25);
/// Variants that are listed.
const TOP: usize = 20;
/// The share of cases that the most frequent variants are asked to cover.
const COVERING: f64 = 0.8;
/// Below this share of agreement a transfer rule is probably the wrong one.
const AGREES: f64 = 0.9;

/// A case that is complete.
pub(super) struct Done {
    pub(super) id: String,
    pub(super) activities: Vec<(u32, i64)>,
    pub(super) events: usize,
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) points: [Option<i64>; 3],
    pub(super) transfers: Option<i64>,
    pub(super) before_reopen: Option<i64>,
    pub(super) reopens: Option<i64>,
    pub(super) contacts: Option<i64>,
    pub(super) conflict: bool,
    pub(super) keys: [Option<String>; 6],
    pub(super) attributes: Vec<Worth>,
}

impl Done {
    fn new(log: &Log, mut case: Case) -> Self {
        case.events.sort_by(|a, b| a.place.cmp(&b.place));
        let events = &case.events;
        let first = events.first().map_or(0, |event| event.place.at);
        let last = events.last().map_or(0, |event| event.place.at);
        let step = |step: CaseStep, latest: bool| {
            let mut of = events.iter().filter(|e| e.steps.has(step)).map(|e| e.place.at);
            if latest { of.next_back() } else { of.next() }
        };
        let number = |i: usize| case.taken.get(i).and_then(|taken| taken.value().number());
        let points = log.plan.points.each_ref().map(|point| match point {
            Where::FirstEvent => Some(first),
            Where::LastEvent => Some(last),
            Where::Step(which, latest) => step(*which, *latest),
            Where::Taken(i) => number(*i).map(|at| at as i64),
        });
        let reopened = events
            .iter()
            .position(|event| event.steps.has(CaseStep::Reopened) || event.reopens > 0)
            .unwrap_or(events.len());
        let changes = |until: usize| {
            let groups: Vec<u32> = events.iter().take(until).filter_map(|e| e.group).collect();
            groups.iter().zip(groups.iter().skip(1)).filter(|(a, b)| a != b).count() as i64
        };
        let sum = |of: fn(&super::Event) -> u16, until: usize| -> i64 {
            events.iter().take(until).map(|event| i64::from(of(event))).sum()
        };
        let count = |rule: &Counting, of: fn(&super::Event) -> u16| match rule {
            Counting::Events => Some(sum(of, events.len())),
            Counting::Steps => {
                Some(events.iter().filter(|e| e.steps.has(CaseStep::Reopened)).count() as i64)
            }
            Counting::Change => Some(changes(events.len())),
            Counting::Taken(i, missing) => number(*i).map(|n| n as i64).or(*missing),
            Counting::Unknown => None,
        };
        let before_reopen = match log.plan.transfers {
            Counting::Events => Some(sum(|event| event.transfers, reopened)),
            Counting::Change => Some(changes(reopened)),
            _ => None,
        };
        Self {
            transfers: count(&log.plan.transfers, |event| event.transfers),
            before_reopen,
            reopens: count(&log.plan.reopens, |event| event.reopens),
            contacts: count(&log.plan.contacts, |event| event.contacts),
            events: events.len(),
            activities: events.iter().map(|event| (event.activity, event.place.at)).collect(),
            first,
            last,
            points,
            conflict: case.persons.len() > 1,
            keys: case.keys.map(|key| key.map(|(_, text)| text)),
            attributes: case
                .taken
                .iter()
                .take(log.plan.attributes.len())
                .map(|t| t.value())
                .collect(),
            id: case.id,
        }
    }

    fn point(&self, name: PointName) -> Option<i64> {
        match name {
            PointName::Opened => self.points[0],
            PointName::Resolved => self.points[1],
            PointName::Closed => self.points[2],
            PointName::FirstEvent => Some(self.first),
            PointName::LastEvent => Some(self.last),
        }
    }

    fn end(&self, end: End) -> i64 {
        match end {
            End::LastEvent => self.last,
            End::LastResolved => self.points[1].unwrap_or(self.last),
            End::LastClosed => self.points[2].unwrap_or(self.last),
        }
    }

    fn name(&self, part: KeyPart) -> Option<String> {
        match part {
            KeyPart::Key(i) => self.keys.get(i).cloned().flatten(),
            KeyPart::Attribute(i) => self.attributes.get(i).and_then(Worth::name),
        }
    }

    fn worth(&self, part: KeyPart) -> Worth {
        match part {
            KeyPart::Attribute(i) => self.attributes.get(i).cloned().unwrap_or(Worth::Missing),
            KeyPart::Key(_) => self.name(part).map_or(Worth::Missing, Worth::Text),
        }
    }
}

/// The whole report.
pub(super) fn report(mut log: Log, case_rows: bool) -> Value {
    let cases = core::mem::take(&mut log.cases);
    let mut done: Vec<Done> = cases.into_iter().map(|case| Done::new(&log, case)).collect();
    let numeric = done.iter().all(|case| case.id.parse::<f64>().is_ok());
    done.sort_by(|a, b| match numeric {
        true => numbers_first(&a.id, &b.id).then_with(|| a.id.cmp(&b.id)),
        false => a.id.cmp(&b.id),
    });
    let paths: Vec<Vec<(u32, i64)>> =
        done.iter_mut().map(|case| core::mem::take(&mut case.activities)).collect();
    let map = stats::process_map(&log.activities.list, &paths);
    let report = Report { log: &log, done: &done };
    let mut warnings = Vec::new();
    let transfers = report.transfers(&mut warnings);
    warnings.extend(log.lacking.iter().map(|column| format!("the file has no column `{column}`")));
    for (count, what) in [
        (log.twice, "local times occur twice; the first was taken"),
        (log.never, "local times do not exist; they were moved forward"),
    ] {
        if count > 0 {
            warnings.push(format!("{count} {what}"));
        }
    }
    let assumed = log.plan.assumed.then_some("times without a zone are UTC");
    let skipped: Vec<Value> = log
        .skipped
        .iter()
        .map(|(reason, rows)| json!({ "reason": reason, "rows": rows }))
        .collect();
    let conflicts: Vec<&str> =
        done.iter().filter(|case| case.conflict).map(|case| case.id.as_str()).collect();
    let mut out = json!({
        "mapping": { "id": log.mapping.id, "digest": log.mapping.digest() },
        "rows": log.row,
        "skipped": skipped,
        "assumed": assumed.into_iter().collect::<Vec<_>>(),
        "warnings": warnings,
        "cases": done.len(),
        "events": paths.iter().map(Vec::len).sum::<usize>(),
        "activities": activities(&log.activities.list, &paths),
        "customers": report.customers(),
        "identityConflicts": { "count": conflicts.len(), "cases": conflicts },
        "variants": variants(&map, done.len()),
        "process": {
            "edges": map.edges.iter().map(|edge| json!({
                "from": edge.from, "to": edge.to, "count": edge.count, "sumMs": edge.sum_ms,
                "medianMs": edge.median_ms, "p90Ms": edge.p90_ms,
            })).collect::<Vec<_>>(),
            "starts": map.starts,
            "ends": map.ends,
        },
        "rework": {
            "cases": map.rework_cases, "perActivity": map.rework, "selfLoops": map.self_loops,
        },
        "eventsPerCase": spread(paths.iter().map(|path| path.len() as f64).collect()),
        "cycleMs": spread(map.durations_ms.iter().map(|ms| *ms as f64).collect()),
        "transfers": transfers,
        "reopens": counted(done.iter().map(|case| case.reopens)),
        "contacts": counted(done.iter().map(|case| case.contacts)),
        "journeys": log.mapping.journeys.iter().map(|rule| report.journeys(rule)).collect::<Vec<_>>(),
        "sessions": report.sessions(),
        "durations": report.durations(),
        "timeTo": report.time_to(),
        "firstContact": report.first_contact(),
        "shares": report.shares(),
        "pareto": report.pareto(),
    });
    if let (true, Some(out)) = (case_rows, out.as_object_mut()) {
        let rows = done.iter().zip(&paths).map(|(case, path)| report.row(case, path.len()));
        out.insert("caseRows".to_owned(), rows.collect());
    }
    out
}

fn activities(names: &[String], paths: &[Vec<(u32, i64)>]) -> Value {
    let mut counts: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    let mut seen = HashSet::new();
    for path in paths {
        seen.clear();
        for (activity, _) in path {
            let count = counts.entry(*activity).or_default();
            count.0 += 1;
            count.1 += u64::from(seen.insert(*activity));
        }
    }
    let name = |i: u32| names.get(i as usize).cloned().unwrap_or_default();
    let named: BTreeMap<String, Value> = counts
        .into_iter()
        .map(|(i, (events, cases))| (name(i), json!({ "events": events, "cases": cases })))
        .collect();
    json!(named)
}

fn variants(map: &stats::Map, cases: usize) -> Value {
    let enough = COVERING * cases as f64 - 1e-9;
    let mut covered = 0.0;
    let covering = map.variants.iter().take_while(|variant| {
        let more = covered < enough;
        covered += variant.count as f64;
        more
    });
    let covering = covering.count();
    let top: Vec<Value> = map
        .variants
        .iter()
        .take(TOP)
        .map(|variant| json!({ "activities": variant.activities, "count": variant.count }))
        .collect();
    json!({
        "count": map.variants.len(), "coveringShare": COVERING, "covering": covering, "top": top,
    })
}

fn spread(mut values: Vec<f64>) -> Value {
    values.sort_by(f64::total_cmp);
    let mut out = Map::new();
    for (name, q) in [
        ("p5", 0.05),
        ("p10", 0.1),
        ("p25", 0.25),
        ("p50", 0.5),
        ("p75", 0.75),
        ("p90", 0.9),
        ("p95", 0.95),
        ("p99", 0.99),
    ] {
        out.insert(name.to_owned(), json!(stats::quantile_sorted(&values, q)));
    }
    out.insert("mean".to_owned(), json!(stats::mean(&values)));
    out.insert("max".to_owned(), json!(values.last()));
    Value::Object(out)
}

/// How often something was counted; nothing where nobody counts it.
fn counted(counts: impl Iterator<Item = Option<i64>>) -> Value {
    let mut histogram: BTreeMap<i64, u64> = BTreeMap::new();
    for count in counts.flatten() {
        *histogram.entry(count).or_default() += 1;
    }
    if histogram.is_empty() {
        return json!({ "total": null, "cases": null, "histogram": {} });
    }
    let total: i64 = histogram.iter().map(|(count, cases)| count * *cases as i64).sum();
    let cases: u64 =
        histogram.iter().filter(|(count, _)| **count > 0).map(|(_, cases)| cases).sum();
    let named: Map<String, Value> =
        histogram.into_iter().map(|(count, cases)| (count.to_string(), json!(cases))).collect();
    json!({ "total": total, "cases": cases, "histogram": named })
}

/// The year an instant is in (UTC).
fn year(at: i64) -> String {
    use chrono::Datelike;
    chrono::DateTime::from_timestamp_millis(at).map_or_else(String::new, |t| t.year().to_string())
}

struct Report<'a> {
    log: &'a Log,
    done: &'a [Done],
}

impl Report<'_> {
    fn customers(&self) -> Value {
        let mut cases: HashMap<&str, u64> = HashMap::new();
        for person in self.done.iter().filter_map(|case| case.keys[0].as_deref()) {
            *cases.entry(person).or_default() += 1;
        }
        let several = cases.values().filter(|count| **count > 1).count();
        json!({
            "distinct": self.log.persons.len(), "ofCases": cases.len(), "withSeveralCases": several,
        })
    }

    fn transfers(&self, warnings: &mut Vec<String>) -> Value {
        let mut out = counted(self.done.iter().map(|case| case.transfers));
        let check = self.log.mapping.transfers.check.as_ref();
        let part = check.and_then(|check| self.log.plan.key(&check.attribute));
        if let (Some(part), Some(out)) = (part, out.as_object_mut()) {
            let pairs: Vec<(f64, f64)> = self
                .done
                .iter()
                .filter_map(|case| Some((case.transfers? as f64, case.worth(part).number()?)))
                .collect();
            let agree = pairs.iter().filter(|(own, theirs)| own == theirs).count();
            let share = agree as f64 / pairs.len().max(1) as f64;
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            let check = json!({ "agreeShare": share, "pearson": stats::pearson(&x, &y) });
            out.insert("check".to_owned(), check);
            if share < AGREES {
                let percent = (share * 1000.0).round() / 10.0;
                warnings.push(format!(
                    "transfers agree with the source's own counter in {percent} % of cases only: \
                     is the rule right?"
                ));
            }
        }
        out
    }

    /// Cases by key, beginning and place in the order; those without the whole key are left out.
    fn spans(&self, rule: &JourneyRule) -> Vec<Span> {
        let parts: Vec<KeyPart> =
            rule.key.iter().filter_map(|key| self.log.plan.key(key)).collect();
        let mut spans: Vec<Span> = Vec::new();
        for (i, case) in self.done.iter().enumerate() {
            let names: Option<Vec<String>> = parts.iter().map(|part| case.name(*part)).collect();
            if let Some(names) = names {
                let key = names.join("\u{1f}");
                spans.push(Span { case: i, key, start: case.first, end: case.end(rule.end) });
            }
        }
        spans.sort_by(|a, b| (&a.key, a.start, a.case).cmp(&(&b.key, b.start, b.case)));
        spans
    }

    fn journeys(&self, rule: &JourneyRule) -> Value {
        let spans = self.spans(rule);
        let windows: Vec<Value> = rule
            .windows_days
            .iter()
            .map(|days| {
                let found = journeys(&spans, i64::from(*days) * DAY);
                let joined = spans.len() - found.len();
                let rate = (!spans.is_empty()).then(|| joined as f64 / spans.len() as f64);
                let mean = (!found.is_empty()).then(|| spans.len() as f64 / found.len() as f64);
                let is_chained = |journey: &&Journey| journey.is_chained(CHAINED.0, CHAINED.1);
                json!({
                    "days": days,
                    "journeys": found.len(),
                    "recontactCases": joined,
                    "recontactRate": rate,
                    "withRepeat": found.iter().filter(|journey| journey.cases.len() > 1).count(),
                    "maxCases": found.iter().map(|journey| journey.cases.len()).max().unwrap_or(0),
                    "meanCases": mean,
                    "chained": found.iter().filter(is_chained).count(),
                })
            })
            .collect();
        json!({ "name": rule.name, "key": rule.key, "end": rule.end.as_str(), "windows": windows })
    }

    fn sessions(&self) -> Value {
        let rules = self.log.mapping.sessions.iter().zip(&self.log.sessions);
        rules
            .map(|(rule, times)| {
                let count: usize = times
                    .values()
                    .map(|times| {
                        let mut times = times.clone();
                        times.sort_unstable();
                        sessions(&times, rule.gap_ms.0)
                    })
                    .sum();
                json!({ "name": rule.name, "gapMs": rule.gap_ms.0, "count": count })
            })
            .collect()
    }

    /// The group a case is in, by an attribute or by the year of a point.
    fn group(&self, case: &Done, by: &str, from: i64) -> Option<String> {
        if by == "year" && self.log.plan.key(by).is_none() {
            return Some(year(from));
        }
        case.name(self.log.plan.key(by)?)
    }

    fn durations(&self) -> Value {
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
                if let (Some(_), Some(out)) = (&rule.by, out.as_object_mut()) {
                    let by: Map<String, Value> = groups
                        .into_iter()
                        .map(|(name, times)| {
                            let median = stats::quantile(&times, 0.5);
                            (name, json!({ "n": times.len(), "medianMs": median }))
                        })
                        .collect();
                    out.insert("by".to_owned(), Value::Object(by));
                }
                out
            })
            .collect()
    }

    fn time_to(&self) -> Value {
        let rules = self.log.mapping.time_to.iter();
        rules
            .map(|rule| {
                let as_of = rule.as_of.map_or(self.log.last, |as_of| as_of.0);
                let mut all = Arm::default();
                let mut arms: BTreeMap<String, Arm> = BTreeMap::new();
                for case in self.done {
                    let Some(from) = case.point(rule.from).filter(|from| *from < as_of) else {
                        continue;
                    };
                    let to = case.point(rule.to).filter(|to| *to <= as_of && *to >= from);
                    all.see(from, to, as_of);
                    let group = rule.by.as_ref().and_then(|by| self.group(case, by, from));
                    if let Some(group) = group {
                        arms.entry(group).or_default().see(from, to, as_of);
                    }
                }
                let curve = stats::kaplan_meier(&all.times, &all.events, stats::LEVEL);
                let quantile = |q| curve.as_ref().and_then(|curve| stats::time_quantile(curve, q));
                let survival: Vec<Value> = rule
                    .survival_at_ms
                    .iter()
                    .map(|ms| {
                        let share = curve.as_ref().map(|c| stats::survival_at(c, ms.0 as f64));
                        json!({ "ms": ms.0, "share": share })
                    })
                    .collect();
                let ended: Vec<f64> =
                    all.times.iter().zip(&all.events).filter(|(_, e)| **e).map(|(t, _)| *t).collect();
                let mut out = json!({
                    "name": rule.name, "n": all.times.len(), "events": ended.len(),
                    "censored": all.times.len() - ended.len(), "medianMs": quantile(0.5),
                    "quantilesMs": { "p25": quantile(0.25), "p50": quantile(0.5),
                                     "p75": quantile(0.75), "p90": quantile(0.9) },
                    "survivalAt": survival,
                    "endedOnlyMedianMs": stats::quantile(&ended, 0.5),
                });
                if let (Some(_), Some(out)) = (&rule.by, out.as_object_mut()) {
                    let by: Map<String, Value> = arms
                        .iter()
                        .map(|(name, arm)| {
                            let curve = stats::kaplan_meier(&arm.times, &arm.events, stats::LEVEL);
                            let events = arm.events.iter().filter(|event| **event).count();
                            let median = curve.and_then(|curve| curve.median);
                            let value =
                                json!({ "n": arm.times.len(), "events": events, "medianMs": median });
                            (name.clone(), value)
                        })
                        .collect();
                    out.insert("by".to_owned(), Value::Object(by));
                    let mut two = arms.values();
                    if let (Some(a), Some(b), None) = (two.next(), two.next(), two.next()) {
                        let test = stats::log_rank(&a.times, &a.events, &b.times, &b.events);
                        let test = test.map(|t| json!({ "chi2": t.chi2, "pValue": t.p_value }));
                        out.insert("logRank".to_owned(), json!(test));
                    }
                }
                out
            })
            .collect()
    }

    fn first_contact(&self) -> Value {
        let Some(rule) = &self.log.mapping.first_contact else { return Value::Null };
        let window = rule.window_days.map(|days| i64::from(days) * DAY);
        let journey = match &rule.journey {
            Some(name) => self.log.mapping.journeys.iter().find(|j| j.name == *name),
            None => self.log.mapping.journeys.first(),
        };
        let mut came_back = HashSet::new();
        if let (Some(window), Some(journey)) = (window, journey) {
            for found in journeys(&self.spans(journey), window) {
                came_back.extend(found.cases.iter().rev().skip(1).copied());
            }
        }
        let end = journey.map_or(End::LastResolved, |journey| journey.end);
        let (mut over, mut met, mut ignoring) = (0u64, 0u64, 0u64);
        for (i, case) in self.done.iter().enumerate() {
            let belongs = match rule.over {
                Over::Resolved => case.points[1].is_some(),
                Over::Closed => case.points[2].is_some(),
                Over::Cases => true,
            };
            let mature = window.is_none_or(|window| self.log.last - case.end(end) >= window);
            if !belongs || !mature {
                continue;
            }
            over += 1;
            let few = |count: Option<i64>, most: i64| count.is_none_or(|count| count <= most);
            let once = few(case.contacts, 1) && few(case.reopens, 0) && !came_back.contains(&i);
            ignoring += u64::from(once);
            met += u64::from(once && few(case.transfers, 0));
        }
        let interval = stats::wilson(met, over, stats::LEVEL);
        let rate = |met: u64| (over > 0).then(|| met as f64 / over as f64);
        json!({
            "over": over, "met": met, "rate": rate(met),
            "low": interval.map(|i| i.low), "high": interval.map(|i| i.high),
            "ignoringTransfers": { "met": ignoring, "rate": rate(ignoring) },
        })
    }

    fn shares(&self) -> Value {
        let rules = self.log.mapping.shares.iter();
        rules
            .filter_map(|rule| {
                let part = self.log.plan.key(&rule.attribute)?;
                let wanted = crate::json::parse(&rule.is.0).ok()?;
                let is = |worth: &Worth| match &wanted {
                    Value::String(text) => worth.name().as_ref() == Some(text),
                    Value::Number(number) => worth.number() == number.as_f64(),
                    other => worth.name() == Some(other.to_string()),
                };
                let (mut met, mut n) = (0u64, 0u64);
                let mut groups: BTreeMap<String, (u64, u64)> = BTreeMap::new();
                for case in self.done {
                    let worth = case.worth(part);
                    if worth == Worth::Missing {
                        continue;
                    }
                    let yes = u64::from(is(&worth));
                    (met, n) = (met + yes, n + 1);
                    let group = rule.by.as_ref().and_then(|by| self.group(case, by, case.first));
                    if let Some(group) = group {
                        let group = groups.entry(group).or_default();
                        *group = (group.0 + yes, group.1 + 1);
                    }
                }
                let interval = stats::wilson(met, n, stats::LEVEL);
                let mut out = json!({
                    "name": rule.name, "met": met, "n": n,
                    "low": interval.map(|i| i.low), "high": interval.map(|i| i.high),
                });
                if let (Some(_), Some(out)) = (&rule.by, out.as_object_mut()) {
                    let by: Map<String, Value> = groups
                        .into_iter()
                        .map(|(name, (met, n))| (name, json!({ "met": met, "n": n })))
                        .collect();
                    out.insert("by".to_owned(), Value::Object(by));
                }
                Some(out)
            })
            .collect()
    }

    fn pareto(&self) -> Value {
        let rules = self.log.mapping.pareto.iter();
        rules
            .filter_map(|rule| {
                let part = self.log.plan.key(&rule.by)?;
                let attribute = rule.attribute.as_ref().and_then(|name| self.log.plan.key(name));
                let mut drivers: BTreeMap<String, f64> = BTreeMap::new();
                for case in self.done {
                    let weight = match rule.value {
                        Weight::Cases => 1.0,
                        Weight::Transfers => case.transfers.unwrap_or(0) as f64,
                        Weight::Reopens => case.reopens.unwrap_or(0) as f64,
                        Weight::Events => case.events as f64,
                        Weight::Attribute => {
                            attribute.and_then(|part| case.worth(part).number()).unwrap_or(0.0)
                        }
                    };
                    let name = case.name(part).unwrap_or_else(|| "unknown".to_owned());
                    *drivers.entry(name).or_default() += weight;
                }
                let threshold = rule.threshold.map_or(0.8, |share| share.0.get() as f64 / 1000.0);
                let values: Vec<(String, f64)> =
                    drivers.iter().map(|(k, v)| (k.clone(), *v)).collect();
                let total: f64 = drivers.values().sum();
                let active = drivers.values().filter(|value| **value > 0.0).count();
                let found = stats::pareto(&values, threshold);
                let few: Vec<Value> = found
                    .iter()
                    .flat_map(|found| &found.vital_few)
                    .map(|name| json!({ "name": name, "value": drivers.get(name) }))
                    .collect();
                Some(json!({
                    "name": rule.name, "drivers": active, "total": total, "vitalFew": few,
                    "share": found.as_ref().map(|f| f.share),
                    "covered": found.as_ref().map(|f| f.covered),
                    "holds": found.as_ref().map(|f| f.holds),
                }))
            })
            .collect()
    }

    fn row(&self, case: &Done, events: usize) -> Value {
        let attributes: Map<String, Value> = self
            .log
            .plan
            .attributes
            .iter()
            .zip(&case.attributes)
            .map(|(name, worth)| {
                let value = match worth {
                    Worth::Missing => Value::Null,
                    Worth::Text(text) => json!(text),
                    Worth::Number(number) => json!(number),
                };
                (name.clone(), value)
            })
            .collect();
        let mut out = Map::new();
        out.insert("case".to_owned(), json!(case.id));
        if let Some(person) = &case.keys[0] {
            out.insert("person".to_owned(), json!(person));
        }
        let rest = json!({
            "attributes": attributes, "events": events, "firstAt": case.first, "lastAt": case.last,
            "openedAt": case.points[0], "resolvedAt": case.points[1], "closedAt": case.points[2],
            "transfers": case.transfers, "transfersBeforeReopen": case.before_reopen,
            "reopens": case.reopens, "contacts": case.contacts, "conflict": case.conflict,
        });
        if let Value::Object(rest) = rest {
            out.extend(rest);
        }
        Value::Object(out)
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
}
