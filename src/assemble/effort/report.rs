//! What an organisation learns about effort from a file: how hard its journeys are, what makes them
//! so, how that differs from one version of a process to the next, and the benchmarks for a policy.

use super::cost::Cost;
use super::recalibration::{End, Recalibration};
use crate::assemble::measure::spread;
use crate::event::Channel;
use crate::journey::{Change, EffortBand};
use crate::program::Policy;
use crate::program::scores::IndicatorId;
use crate::stats;
use crate::unit::Ms;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Journeys that are listed.
const HARDEST: usize = 20;

/// The section `effort` of what came of a file.
pub(in crate::assemble) fn report(
    policy: &Policy,
    costs: &[Cost],
    unheard_ids: &[IndicatorId],
    changes: &[Change<'_>],
    end: End,
    rows: bool,
) -> Value {
    let as_of = end.of_file;
    let count = |is: &dyn Fn(&Cost) -> bool| costs.iter().filter(|cost| is(cost)).count();
    let bands: Map<String, Value> = EffortBand::ALL
        .iter()
        .map(|band| (band.as_str().to_owned(), json!(count(&|cost| cost.band == *band))))
        .collect();
    let mut hardest: Vec<&Cost> = costs.iter().collect();
    hardest.sort_by(|a, b| {
        let key = |cost: &Cost| (-cost.points.total, cost.start);
        key(a).cmp(&key(b)).then_with(|| (&a.person, &a.about).cmp(&(&b.person, &b.about)))
    });
    let unheard: Vec<&str> = unheard_ids.iter().map(|id| id.as_str()).collect();
    let recalibration = Recalibration::at(policy, changes, unheard_ids, end);
    let benchmarks = if recalibration.is_allowed() {
        benchmarks(policy, costs, changes, as_of)
    } else {
        json!({ "processes": {} })
    };
    let policy_ref = json!({ "id": policy.id, "version": policy.version, "digest": policy.digest });
    let mut out = json!({
        "definition": policy.scores.effort.definition,
        "policy": policy_ref,
        "windowMs": policy.journeys.window_ms.0,
        "journeys": costs.len(),
        "resolved": count(&|cost| cost.resolved.is_some()),
        "chained": count(&|cost| cost.chained),
        "unattributed": count(&|cost| cost.about.is_none()),
        "straddling": count(&|cost| cost.straddles),
        // Of the journey of which least is seen: of one person a source may be silent.
        "coverage": costs.iter().map(|cost| cost.points.coverage.get()).min(),
        "unheard": unheard,
        "points": spread(costs.iter().map(|cost| cost.points.total as f64).collect()),
        "index": spread(costs.iter().map(|cost| cost.index.get() as f64).collect()),
        "bands": bands,
        "contributions": contributions(costs),
        "firstContact": first_contact(policy, costs, unheard_ids, as_of),
        "pareto": pareto(costs),
        "versions": versions(costs, as_of),
        "breaks": breaks(changes, costs),
        "hardest": hardest.iter().take(HARDEST).map(|cost| row(cost)).collect::<Vec<_>>(),
        "benchmarks": benchmarks,
        "recalibration": recalibration.report(),
    });
    if let (true, Some(out)) = (rows, out.as_object_mut()) {
        out.insert("rows".to_owned(), costs.iter().map(row).collect());
    }
    out
}

fn row(cost: &Cost) -> Value {
    let parts: Map<String, Value> = cost
        .points
        .parts
        .iter()
        .map(|(id, points)| (id.as_str().to_owned(), json!(points)))
        .collect();
    json!({
        "person": cost.person, "about": cost.about, "process": cost.process,
        "version": cost.version, "start": cost.start, "resolved": cost.resolved,
        "contacts": cost.contacts,
        "legs": cost.legs.iter().map(|leg| Channel::as_str(*leg)).collect::<Vec<_>>(),
        "points": cost.points.total, "index": cost.index.get(), "band": cost.band.as_str(),
        "rank": cost.rank.map(|rank| rank.get()),
        "comparedWith": cost.compared.map(|(level, journeys)| {
            json!({ "level": level.as_str(), "journeys": journeys })
        }),
        "contributions": parts,
        "straddles": cost.straddles, "chained": cost.chained, "open": cost.open,
    })
}

/// Solved at the first contact: of the journeys that were solved a window ago or longer, those of one
/// contact, never passed on, never taken up again, and followed by none about the same within the
/// window. Nothing, where the file cannot show contacts; without transfers, only what holds whatever
/// they were.
fn first_contact(policy: &Policy, costs: &[Cost], unheard: &[IndicatorId], as_of: i64) -> Value {
    if unheard.contains(&IndicatorId::RepeatContact) {
        return Value::Null;
    }
    let window = policy.journeys.window_ms.0;
    // Journeys of one customer about one thing, by their beginnings.
    let mut begun: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for cost in costs {
        if let (Some(person), Some(about)) = (&cost.person, &cost.about) {
            begun.entry((person, about)).or_default().push(cost.start);
        }
    }
    begun.values_mut().for_each(|starts| starts.sort_unstable());
    let came_back = |cost: &Cost, resolved: i64| {
        let key = cost.person.as_deref().zip(cost.about.as_deref());
        let starts = key.and_then(|key| begun.get(&key)).map_or(&[][..], Vec::as_slice);
        let after = starts.partition_point(|start| *start <= cost.start);
        starts.get(after).is_some_and(|start| start - resolved <= window)
    };
    let (mut n, mut met, mut ignoring) = (0u64, 0u64, 0u64);
    for cost in costs {
        let Some(resolved) = cost.resolved.filter(|at| as_of - at >= window) else { continue };
        n += 1;
        let once = cost.contacts == 1 && cost.reopens == 0 && !came_back(cost, resolved);
        ignoring += u64::from(once);
        met += u64::from(once && cost.transfers == 0);
    }
    let met = (!unheard.contains(&IndicatorId::TransferCold)).then_some(met);
    let rate = |met: u64| (n > 0).then(|| met as f64 / n as f64);
    let interval = met.and_then(|met| stats::wilson(met, n, stats::LEVEL));
    json!({
        "windowMs": window, "over": n, "met": met, "rate": met.and_then(rate),
        "low": interval.map(|i| i.low), "high": interval.map(|i| i.high),
        "evidence": stats::evidence(n, 30).as_str(),
        "ignoringTransfers": { "met": ignoring, "rate": rate(ignoring) },
    })
}

/// Points by indicator, most first.
fn contributions(costs: &[Cost]) -> Value {
    let mut sums: BTreeMap<&str, (i64, u64)> = BTreeMap::new();
    for (id, points) in costs.iter().flat_map(|cost| &cost.points.parts) {
        let sum = sums.entry(id.as_str()).or_default();
        *sum = (sum.0 + points, sum.1 + 1);
    }
    let mut list: Vec<_> = sums.into_iter().collect();
    list.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
    list.into_iter()
        .map(|(id, (points, journeys))| {
            json!({ "indicator": id, "points": points, "journeys": journeys })
        })
        .collect()
}

/// Which categories most of the effort comes from, and whether few of them do.
fn pareto(costs: &[Cost]) -> Value {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for cost in costs {
        *sums.entry(cost.category.as_deref().unwrap_or("unknown")).or_default() +=
            cost.points.total as f64;
    }
    let values: Vec<(String, f64)> = sums.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
    let found = stats::pareto(&values, 0.8);
    let few = found.iter().flat_map(|found| &found.vital_few);
    let few: Vec<Value> =
        few.map(|name| json!({ "category": name, "points": sums.get(name.as_str()) })).collect();
    json!({
        "vitalFew": few, "share": found.as_ref().map(|f| f.share),
        "covered": found.as_ref().map(|f| f.covered), "holds": found.as_ref().map(|f| f.holds),
    })
}

/// Journeys by the version of the process that was in force when they began, where there was one.
fn by_version(costs: &[Cost]) -> BTreeMap<(&str, Option<&str>), Vec<&Cost>> {
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<&Cost>> = BTreeMap::new();
    for cost in costs {
        if let Some(process) = &cost.process {
            groups.entry((process, cost.version.as_deref())).or_default().push(cost);
        }
    }
    groups
}

/// Each version by itself: what its journeys cost, and how long they took, those under way included.
fn versions(costs: &[Cost], as_of: i64) -> Value {
    let each = by_version(costs).into_iter().map(|((process, version), all)| {
        let own: Vec<&&Cost> = all.iter().filter(|cost| !cost.straddles).collect();
        let times: Vec<f64> =
            own.iter().map(|c| (c.resolved.unwrap_or(as_of) - c.start) as f64).collect();
        let ended: Vec<bool> = own.iter().map(|cost| cost.resolved.is_some()).collect();
        let median = stats::kaplan_meier(&times, &ended, stats::LEVEL).and_then(|km| km.median);
        json!({
            "process": process, "version": version, "journeys": all.len(),
            "straddling": all.len() - own.len(),
            "resolved": ended.iter().filter(|ended| **ended).count(),
            "points": spread(own.iter().map(|cost| cost.points.total as f64).collect()),
            "medianMs": median,
            "evidence": stats::evidence(ended.iter().filter(|e| **e).count() as u64, 20).as_str(),
            "high": own.iter().filter(|cost| cost.band == EffortBand::High).count(),
        })
    });
    each.collect()
}

/// Where one version of a process took over from another: nothing after is compared with before.
fn breaks(changes: &[Change<'_>], costs: &[Cost]) -> Value {
    let mut out = Vec::new();
    for (i, change) in changes.iter().enumerate().filter(|(_, change)| change.from > Ms::ALWAYS) {
        let before = changes.iter().take(i).rfind(|before| before.process == change.process);
        let before = before.map(|before| before.version);
        let mine = || costs.iter().filter(|cost| cost.process.as_deref() == Some(change.process));
        let of = |version: Option<&str>| {
            mine().filter(|cost| cost.version.as_deref() == version).count()
        };
        let at = change.from.0;
        let alive = mine().filter(|cost| cost.start < at && cost.alive >= at);
        out.push(json!({
            "process": change.process, "at": at, "before": before, "after": change.version,
            "journeysBefore": of(before), "journeysAfter": of(Some(change.version)),
            "straddling": alive.count(),
        }));
    }
    Value::Array(out)
}

/// Benchmarks by process version, as a policy takes them: a merge patch. Only journeys that were
/// resolved long enough ago, under one version and with enough of their sources heard.
fn benchmarks(policy: &Policy, costs: &[Cost], changes: &[Change<'_>], as_of: i64) -> Value {
    let mature = policy.journeys.mature_ms.0;
    let mut processes = Map::new();
    for ((process, version), all) in by_version(costs) {
        let Some(version) = version else { continue };
        let mut groups: BTreeMap<String, Vec<&Cost>> = BTreeMap::new();
        for cost in all {
            let ripe = cost.resolved.is_some_and(|resolved| as_of - resolved >= mature);
            let heard = cost.points.coverage >= policy.scores.effort.min_coverage;
            if !ripe || !heard || cost.straddles || cost.chained {
                continue;
            }
            groups.entry("all".to_owned()).or_default().push(cost);
            if let Some(category) = &cost.category {
                groups.entry(category.clone()).or_default().push(cost);
                if let Some(entry) = cost.legs.first() {
                    let key = format!("{category}/{}", entry.as_str());
                    groups.entry(key).or_default().push(cost);
                }
            }
        }
        let least = usize::from(policy.journeys.min_benchmark);
        let groups: Map<String, Value> = groups
            .into_iter()
            .filter(|(_, costs)| costs.len() >= least)
            .map(|(key, costs)| (key, group(&costs, least)))
            .collect();
        if groups.is_empty() {
            continue;
        }
        let of = processes.entry(process).or_insert_with(|| json!({ "versions": {} }));
        if let Some(versions) = of.get_mut("versions").and_then(Value::as_object_mut) {
            // Whole, so that it is a version even where none was declared.
            let terms = policy.processes.get(process).and_then(|p| p.versions.get(version));
            let mut of = json!({
                "normalContacts": terms.map_or(1, |terms| terms.normal_contacts),
                "benchmark": { "asOf": as_of, "groups": groups },
            });
            let from = changes.iter().find(|it| it.process == process && it.version == version);
            if let (Some(from), Some(of)) =
                (from.filter(|it| it.from > Ms::ALWAYS), of.as_object_mut())
            {
                of.insert("effectiveFrom".to_owned(), json!(from.from.0));
            }
            versions.insert(version.to_owned(), of);
        }
    }
    json!({ "processes": processes })
}

fn group(costs: &[&Cost], least: usize) -> Value {
    let mut histogram: BTreeMap<i64, u64> = BTreeMap::new();
    let mut after: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for cost in costs {
        *histogram.entry(cost.points.total).or_default() += 1;
        for (path, points) in &cost.so_far {
            after.entry(path).or_default().push((cost.points.total - points) as f64);
        }
    }
    let histogram: Map<String, Value> =
        histogram.into_iter().map(|(points, n)| (points.to_string(), json!(n))).collect();
    let after: Map<String, Value> = after
        .into_iter()
        .filter(|(_, rest)| rest.len() >= least)
        .map(|(path, mut rest)| {
            rest.sort_by(f64::total_cmp);
            let at = |q| stats::quantile_sorted(&rest, q).unwrap_or(0.0).floor() as i64;
            let mean = stats::mean(&rest).unwrap_or(0.0).floor() as i64;
            let of =
                json!({ "journeys": rest.len(), "mean": mean, "low": at(0.1), "high": at(0.9) });
            (path.to_owned(), of)
        })
        .collect();
    json!({ "histogram": histogram, "after": after })
}
