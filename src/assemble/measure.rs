//! What came of a file: one object, in one order, whatever order its rows came in.

mod rules;
mod times;
mod work;

use super::Log;
use super::case::{Case, Event, Worth};
use super::effort::Told;
use super::mapping::{End, PointName};
use super::plan::{Counting, KeyPart, Where};
use crate::Text;
use crate::event::history::CaseStep;
use crate::stats;
use rules::Report;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Variants that are listed.
const TOP: usize = 20;
/// The largest counter that is believed.
const MOST: i64 = 1 << 40;
/// The share of cases that the most frequent variants are asked to cover.
const COVERING: f64 = 0.8;

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
    pub(super) keys: [Option<Rc<str>>; 6],
    pub(super) attributes: Vec<Worth>,
    /// Who worked on it, one after the other.
    pub(super) handlers: Vec<u32>,
    /// What effort is measured on, where it is.
    pub(super) told: Option<Box<Told>>,
}

impl Done {
    fn new(log: &Log, mut case: Case) -> Self {
        case.events.sort_by(|a, b| a.place.cmp(&b.place));
        let events = &case.events;
        let first = events.first().map_or(0, |event| event.place.at);
        let last = events.last().map_or(0, |event| event.place.at);
        let taken_up = |event: &Event| event.steps.has(CaseStep::Reopened) || event.reopens > 0;
        let step = |step: CaseStep, latest: bool| {
            let mut of = events.iter().enumerate().filter(|(_, event)| event.steps.has(step));
            let (i, event) = if latest { of.next_back() } else { of.next() }?;
            // What was taken up again after its last resolution is open.
            let open = latest && step == CaseStep::Resolved;
            let open = open && events.iter().skip(i + 1).any(taken_up);
            (!open).then_some(event.place.at)
        };
        let number = |i: usize| case.taken.get(i).and_then(|taken| taken.value().number());
        let points = log.plan.points.each_ref().map(|point| match point {
            Where::FirstEvent => Some(first),
            Where::LastEvent => Some(last),
            Where::Step(which, latest) => step(*which, *latest),
            Where::Taken(i) => number(*i).map(|at| at as i64),
        });
        let reopened = events.iter().position(taken_up).unwrap_or(events.len());
        let changes = |until: usize| {
            let groups: Vec<u32> = events.iter().take(until).filter_map(|e| e.group).collect();
            groups.iter().zip(groups.iter().skip(1)).filter(|(a, b)| a != b).count() as i64
        };
        let sum = |of: fn(&Event) -> u16, until: usize| -> i64 {
            events.iter().take(until).map(|event| i64::from(of(event))).sum()
        };
        let count = |rule: &Counting, of: fn(&Event) -> u16| match rule {
            Counting::Events => Some(sum(of, events.len())),
            Counting::Steps => {
                Some(events.iter().filter(|e| e.steps.has(CaseStep::Reopened)).count() as i64)
            }
            Counting::Change => Some(changes(events.len())),
            // What could not be read is not missing; no counter is a number that JSON could not hold.
            Counting::Taken(i, missing) => {
                let absent = case.taken.get(*i).is_some_and(|taken| !taken.strange);
                number(*i).map(|n| (n as i64).min(MOST)).or(missing.filter(|_| absent))
            }
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
            handlers: events.iter().filter_map(|event| event.handler).collect(),
            told: log.effort.then(|| Box::new(Told::of(log, events, first))),
            conflict: case.conflict,
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

    pub(super) fn end(&self, end: End) -> i64 {
        match end {
            End::LastEvent => self.last,
            End::LastResolved => self.points[1].unwrap_or(self.last),
            End::LastClosed => self.points[2].unwrap_or(self.last),
        }
    }

    pub(super) fn name(&self, part: KeyPart) -> Option<Cow<'_, str>> {
        match part {
            KeyPart::Key(i) => self.keys.get(i)?.as_deref().map(Cow::Borrowed),
            KeyPart::Attribute(i) => self.attributes.get(i).and_then(Worth::name),
        }
    }

    fn worth(&self, part: KeyPart) -> Worth {
        match part {
            KeyPart::Attribute(i) => self.attributes.get(i).cloned().unwrap_or(Worth::Missing),
            KeyPart::Key(_) => {
                self.name(part).map_or(Worth::Missing, |name| Worth::Text(name.into_owned()))
            }
        }
    }
}

/// Activities that the mapping names and the file does not have, and the other way round: a misspelt
/// name would otherwise look like work that never happened.
fn unmapped(log: &Log, paths: &[Vec<(u32, i64)>]) -> Vec<String> {
    let named = &log.mapping.activities;
    let known = |name: &Text| log.activities.list.iter().any(|it| it == name);
    let absent = named.keys().filter(|name| *name != "*" && !known(name));
    let mut out: Vec<String> = absent
        .map(|name| format!("the mapping names the activity `{name}`, and the file has none"))
        .collect();
    let mut rows = vec![0u64; log.activities.list.len()];
    for (activity, _) in paths.iter().flatten() {
        if let Some(rows) = rows.get_mut(*activity as usize) {
            *rows += 1;
        }
    }
    let other = log.activities.list.iter().zip(rows);
    let mut other: Vec<String> = other
        .filter(|(name, rows)| *rows > 0 && !log.plan.activities.contains_key(name.as_str()))
        .map(|(name, rows)| format!("`{name}` ({rows} rows)"))
        .collect();
    other.sort_unstable();
    // `*` says it of all others; contract events are their own activities.
    if !named.is_empty() && !named.contains_key("*") && !other.is_empty() {
        out.push(format!("activities that become nothing: {}", other.join(", ")));
    }
    out
}

/// The whole report.
pub(super) fn report(
    mut log: Log,
    case_rows: bool,
    effort: impl FnOnce(&Log, &[Done]) -> Option<Value>,
) -> Value {
    log.settle();
    let cases = core::mem::take(&mut log.cases);
    let mut done: Vec<Done> = cases.into_iter().map(|case| Done::new(&log, case)).collect();
    let numeric = done.iter().all(|case| case.id.parse::<f64>().is_ok());
    if numeric {
        // Read once, not at every comparison; different texts of one number are rare.
        let number = |case: &Done| ordered(case.id.parse().unwrap_or(0.0));
        done.sort_by_cached_key(number);
        let same = done.chunk_by_mut(|a, b| number(a) == number(b)).filter(|same| same.len() > 1);
        same.for_each(|same| same.sort_by(|a, b| a.id.cmp(&b.id)));
    } else {
        done.sort_by(|a, b| a.id.cmp(&b.id));
    }
    let paths: Vec<Vec<(u32, i64)>> =
        done.iter_mut().map(|case| core::mem::take(&mut case.activities)).collect();
    let map = stats::process_map(&log.activities.list, &paths);
    let report = Report { log: &log, done: &done };
    let mut warnings = Vec::new();
    let transfers = report.transfers(&mut warnings);
    warnings.extend(log.notes.iter().cloned());
    for (count, what) in [
        (log.twice, "local times occur twice; the first was taken"),
        (log.never, "local times do not exist; they were moved forward"),
    ] {
        if count > 0 {
            warnings.push(format!("{count} {what}"));
        }
    }
    warnings.extend(unmapped(&log, &paths));
    for ((field, word), count) in &log.foreign {
        warnings.push(format!(
            "{count} rows: `{word}` in `{field}` is no word of the contract; say under values what it means"
        ));
    }
    for ((column, wanted), (rows, example)) in &log.strange {
        warnings
            .push(format!("{rows} rows: `{column}` should be a {wanted}, and `{example}` is none"));
    }
    let assumed = log.assumed.then_some("times without a zone are UTC");
    let skipped: Vec<Value> = log
        .skipped
        .iter()
        .map(|(reason, rows)| json!({ "reason": reason, "rows": rows }))
        .collect();
    let torn = done.iter().filter(|case| case.conflict).map(|case| case.id.as_str());
    let mut conflicts: Vec<&str> = torn.chain(log.conflicts.iter().map(String::as_str)).collect();
    conflicts.sort_unstable();
    conflicts.dedup();
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
        "handovers": work::handovers(&done, &log.handlers.list),
        "bottleneck": work::bottleneck(&map, &log),
        "conformance": log.mapping.documented.as_ref().map(|it| work::conformance(&map, it)),
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
    if let Some(effort) = effort(&log, &done) {
        put(&mut out, "effort", effort);
    }
    if case_rows {
        let rows = done.iter().zip(&paths).map(|(case, path)| report.row(case, path.len()));
        put(&mut out, "caseRows", rows.collect());
    }
    out
}

/// A number as an integer that sorts as it does.
fn ordered(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

fn activities(names: &[String], paths: &[Vec<(u32, i64)>]) -> Value {
    // For each: events, cases, and the last case it was seen in.
    let mut counts: Vec<(u64, u64, usize)> = vec![(0, 0, usize::MAX); names.len()];
    for (i, path) in paths.iter().enumerate() {
        for (activity, _) in path {
            if let Some((events, cases, last)) = counts.get_mut(*activity as usize) {
                *events += 1;
                *cases += u64::from(*last != i);
                *last = i;
            }
        }
    }
    let named: BTreeMap<&String, Value> = names
        .iter()
        .zip(counts)
        .filter(|(_, (events, ..))| *events > 0)
        .map(|(name, (events, cases, _))| (name, json!({ "events": events, "cases": cases })))
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

pub(super) fn spread(mut values: Vec<f64>) -> Value {
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

/// Adds a field to a result.
fn put(out: &mut Value, field: &str, value: Value) {
    if let Some(out) = out.as_object_mut() {
        out.insert(field.to_owned(), value);
    }
}

/// Adds a value for each group to a result, if the rule asks for groups.
fn by<T>(
    out: &mut Value,
    asked: &Option<String>,
    groups: &BTreeMap<String, T>,
    value: impl Fn(&T) -> Value,
) {
    if asked.is_some() {
        put(out, "by", groups.iter().map(|(name, group)| (name.clone(), value(group))).collect());
    }
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
    let total: i64 = histogram.iter().fold(0, |sum: i64, (count, cases)| {
        sum.saturating_add(count.saturating_mul(*cases as i64))
    });
    let cases: u64 =
        histogram.iter().filter(|(count, _)| **count > 0).map(|(_, cases)| cases).sum();
    let named: Map<String, Value> =
        histogram.into_iter().map(|(count, cases)| (count.to_string(), json!(cases))).collect();
    json!({ "total": total, "cases": cases, "histogram": named })
}
