//! What the rules of a mapping ask of the cases.

use super::super::case::Worth;
use super::super::journey::{Journey, Span, journeys, sessions};
use super::super::mapping::{End, JourneyRule, Over, Weight};
use super::super::plan::{Counting, KeyPart};
use super::super::{Log, Names};
use super::{Done, by, counted, put};
use crate::stats;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

const DAY: i64 = 86_400_000;
/// A journey longer than this, or of more cases, is flagged as a chain of chance.
const CHAINED: (i64, usize) = (60 * DAY, 25);
/// Below this share of agreement a transfer rule is probably the wrong one.
const AGREES: f64 = 0.9;

/// The year an instant is in (UTC).
fn year(at: i64) -> String {
    use chrono::Datelike;
    chrono::DateTime::from_timestamp_millis(at).map_or_else(String::new, |t| t.year().to_string())
}

pub(super) struct Report<'a> {
    pub(super) log: &'a Log,
    pub(super) done: &'a [Done],
}

impl Report<'_> {
    pub(super) fn customers(&self) -> Value {
        let mut cases: HashMap<&str, u64> = HashMap::new();
        for person in self.done.iter().filter_map(|case| case.keys[0].as_deref()) {
            *cases.entry(person).or_default() += 1;
        }
        let several = cases.values().filter(|count| **count > 1).count();
        json!({
            "distinct": self.log.persons.len(), "ofCases": cases.len(), "withSeveralCases": several,
        })
    }

    pub(super) fn transfers(&self, warnings: &mut Vec<String>) -> Value {
        let mut out = counted(self.done.iter().map(|case| case.transfers));
        let check = self.log.mapping.transfers.check.as_ref();
        let part = check.and_then(|check| self.log.plan.key(&check.attribute));
        if let Some(part) = part {
            let pairs: Vec<(f64, f64)> = self
                .done
                .iter()
                .filter_map(|case| Some((case.transfers? as f64, case.worth(part).number()?)))
                .collect();
            let agree = pairs.iter().filter(|(own, theirs)| own == theirs).count();
            let share = agree as f64 / pairs.len().max(1) as f64;
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            let check = json!({ "agreeShare": share, "pearson": stats::pearson(&x, &y) });
            put(&mut out, "check", check);
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
        let (mut keys, mut text) = (Names::default(), String::new());
        for (i, case) in self.done.iter().enumerate() {
            text.clear();
            let whole = parts.iter().all(|part| {
                let name = case.name(*part);
                text.push_str(name.as_deref().unwrap_or_default());
                text.push('\u{1f}');
                name.is_some()
            });
            if whole {
                let key = keys.number(&text);
                spans.push(Span { case: i, key, start: case.first, end: case.end(rule.end) });
            }
        }
        spans.sort_unstable_by_key(|span| (span.key, span.start, span.case));
        spans
    }

    pub(super) fn journeys(&self, rule: &JourneyRule) -> Value {
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

    pub(super) fn sessions(&self) -> Value {
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
    pub(super) fn group(&self, case: &Done, by: &str, from: i64) -> Option<String> {
        if by == "year" && self.log.plan.key(by).is_none() {
            return Some(year(from));
        }
        case.name(self.log.plan.key(by)?).map(Cow::into_owned)
    }

    /// Nothing, where nobody counts contacts; without transfers, only what holds whatever they were.
    pub(super) fn first_contact(&self) -> Value {
        let plan = &self.log.plan;
        let recorded = |rule: &Counting| !matches!(rule, Counting::Unknown);
        let rule = self.log.mapping.first_contact.as_ref();
        let Some(rule) = rule.filter(|_| recorded(&plan.contacts)) else { return Value::Null };
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
            let counts = [
                (&plan.contacts, case.contacts),
                (&plan.reopens, case.reopens),
                (&plan.transfers, case.transfers),
            ];
            // What is recorded, but not of this case, says nothing of it.
            let counted = counts.iter().all(|(rule, count)| !recorded(rule) || count.is_some());
            if !belongs || !mature || !counted {
                continue;
            }
            over += 1;
            let few = |count: Option<i64>, most: i64| count.is_none_or(|count| count <= most);
            let once = few(case.contacts, 1) && few(case.reopens, 0) && !came_back.contains(&i);
            ignoring += u64::from(once);
            met += u64::from(once && few(case.transfers, 0));
        }
        let met = recorded(&plan.transfers).then_some(met);
        let interval = met.and_then(|met| stats::wilson(met, over, stats::LEVEL));
        let rate = |met: u64| (over > 0).then(|| met as f64 / over as f64);
        json!({
            "over": over, "met": met, "rate": met.and_then(rate),
            "low": interval.map(|i| i.low), "high": interval.map(|i| i.high),
            "ignoringTransfers": { "met": ignoring, "rate": rate(ignoring) },
        })
    }

    pub(super) fn shares(&self) -> Value {
        let rules = self.log.mapping.shares.iter();
        rules
            .filter_map(|rule| {
                let part = self.log.plan.key(&rule.attribute)?;
                let wanted = crate::json::parse(&rule.is.0).ok()?;
                let is = |worth: &Worth| match &wanted {
                    Value::String(text) => worth.name().as_deref() == Some(text),
                    Value::Number(number) => worth.number() == number.as_f64(),
                    other => worth.name().as_deref() == Some(&other.to_string()),
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
                by(&mut out, &rule.by, &groups, |(met, n)| json!({ "met": met, "n": n }));
                Some(out)
            })
            .collect()
    }

    pub(super) fn pareto(&self) -> Value {
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
                    let name = case.name(part).unwrap_or(Cow::Borrowed("unknown"));
                    *drivers.entry(name.into_owned()).or_default() += weight;
                }
                let threshold = rule.threshold.map_or(0.8, |share| share.0.get() as f64 / 1000.0);
                let values: Vec<(String, f64)> =
                    drivers.iter().map(|(k, v)| (k.clone(), *v)).collect();
                let total: f64 = drivers.values().sum();
                let active = drivers.values().filter(|value| **value > 0.0).count();
                let found = total.is_finite().then(|| stats::pareto(&values, threshold)).flatten();
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

    pub(super) fn row(&self, case: &Done, events: usize) -> Value {
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
                (name.to_string(), value)
            })
            .collect();
        let mut out = Map::new();
        out.insert("case".to_owned(), json!(case.id));
        if let Some(person) = &case.keys[0] {
            out.insert("person".to_owned(), json!(**person));
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
