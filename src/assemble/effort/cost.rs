//! What each journey cost, and what it had cost when each of its contacts began.

use super::{unheard, units};
use crate::Text;
use crate::assemble::Log;
use crate::assemble::mapping::End;
use crate::assemble::measure::Done;
use crate::assemble::plan::{Counting, KeyPart};
use crate::event::Channel;
use crate::history::History;
use crate::journey::{
    Beside, Change, Counts, EffortBand, InForce, Journey, Level, Points, Standing, Unit, journeys,
    window, work,
};
use crate::program::Policy;
use crate::program::scores::{Indicator, IndicatorId};
use crate::unit::{Ms, Permille};
use std::collections::BTreeMap;

/// Contacts of a journey after which it is looked at what was still to come.
const PREFIXES: usize = 5;

/// A journey and what it cost.
#[derive(Clone, Debug)]
pub(in crate::assemble) struct Cost {
    pub(super) person: Option<String>,
    pub(super) about: Option<String>,
    pub(super) process: Option<String>,
    pub(super) version: Option<String>,
    pub(super) category: Option<String>,
    pub(super) start: i64,
    /// When it was solved; not, while it is open or was left.
    pub(super) resolved: Option<i64>,
    pub(super) legs: Vec<Channel>,
    pub(super) contacts: usize,
    pub(super) transfers: i64,
    pub(super) reopens: i64,
    pub(super) points: Points,
    pub(super) index: Permille,
    pub(super) rank: Option<Permille>,
    pub(super) band: EffortBand,
    pub(super) straddles: bool,
    pub(super) chained: bool,
    /// Until when it was alive, within the file.
    pub(super) alive: i64,
    /// Whether what happened at the end of the file would still have belonged to it.
    pub(super) open: bool,
    /// What it was compared with, and how many that were.
    pub(super) compared: Option<(Level, u32)>,
    /// The way to each of the first contacts, and the points when it began; nothing, where the file has
    /// totals only.
    pub(super) so_far: Vec<(Text, i64)>,
}

/// How journeys are judged.
struct Judge<'a> {
    policy: &'a Policy,
    changes: Vec<Change<'a>>,
    /// When the file ends.
    as_of: Ms,
    /// When steps happened is known, not only how many.
    dated: bool,
}

/// What the journeys of a file cost: cases by the first journey rule of the mapping, customer by
/// customer, or each case by itself where there is none.
pub(in crate::assemble) fn costs(log: &Log, done: &[Done], policy: &Policy) -> Vec<Cost> {
    let changes = Change::of_policy(policy);
    let totals = |rule: &Counting| matches!(rule, Counting::Taken(..));
    let plan = &log.plan;
    let dated = ![&plan.transfers, &plan.reopens, &plan.contacts].into_iter().any(totals);
    let judge = Judge { policy, changes, as_of: Ms(log.last), dated };
    let unheard = unheard(log);
    let missing = |id: IndicatorId, it: &Indicator| !it.sources.is_empty() && unheard.contains(&id);
    let rule = log.mapping.journeys.first();
    let end = rule.map_or(End::LastResolved, |rule| rule.end);
    let parts: Vec<KeyPart> = match rule {
        Some(rule) => rule.key.iter().filter_map(|key| log.plan.key(key)).collect(),
        None => Vec::new(),
    };
    let person = parts.contains(&KeyPart::Key(0));
    // Journeys of one customer are looked at together: one may be the next issue of another.
    let mut groups: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (i, case) in done.iter().enumerate() {
        let names: Option<Vec<_>> = parts.iter().map(|part| case.name(*part)).collect();
        let about = parts.iter().zip(names.iter().flatten());
        // The customer is known from the group.
        let about = about.filter(|(part, _)| **part != KeyPart::Key(0)).map(|(_, name)| &**name);
        let about = about.collect::<Vec<_>>().join(" / ");
        let topic = names.filter(|names| !names.is_empty()).map(|_| about);
        // A case without the whole key is a journey of its own.
        let topic = topic.unwrap_or_else(|| format!("#{}", case.id));
        let group = match case.keys[0].as_ref().filter(|_| person) {
            Some(person) => person.to_string(),
            None => topic.clone(),
        };
        groups.entry(group).or_default().push((i, topic));
    }
    let mut out = Vec::new();
    for cases in groups.values() {
        let mut all: Vec<Unit<'_>> = Vec::new();
        let mut resolved: BTreeMap<&str, Option<i64>> = BTreeMap::new();
        for (i, topic) in cases {
            let Some(case) = done.get(*i) else { continue };
            all.extend(units(case, log, topic, case.end(end)));
            resolved.insert(&case.id, case.points[1]);
        }
        all.sort_by_key(|unit| unit.start);
        let journeys = journeys(policy, all, &[]);
        let who =
            cases.first().and_then(|(i, _)| done.get(*i)?.keys[0].as_deref().map(str::to_owned));
        for journey in &journeys {
            // Every case of it was solved, the last of them then.
            let ends: Option<Vec<i64>> =
                journey.units.iter().filter_map(|unit| resolved.get(unit.id).copied()).collect();
            let solved = ends.and_then(|ends| ends.into_iter().max());
            let mut cost = judge.cost(who.clone(), journey, &journeys, solved, &missing);
            if unheard.contains(&IndicatorId::ChannelSwitch) {
                // No channel was named: none is made up.
                cost.legs.clear();
                cost.so_far.clear();
            }
            out.push(cost);
        }
    }
    out
}

/// What the journeys of histories cost.
pub(in crate::assemble) fn of_histories(
    histories: &[(String, History)],
    policy: &Policy,
    as_of: Ms,
) -> Vec<Cost> {
    let mut out = Vec::new();
    for (person, history) in histories {
        let (units, beside): (Vec<Unit<'_>>, Vec<Beside<'_>>) = work(history, as_of);
        let judge = Judge { policy, changes: Change::all(policy, history), as_of, dated: true };
        let journeys = journeys(policy, units, &beside);
        for journey in &journeys {
            let from = journey.start.minus(window(policy, journey.process));
            let missing = |_: IndicatorId, it: &Indicator| {
                it.sources.iter().any(|source| history.is_missing(source, from))
            };
            let open = journey.end_as_of(as_of) == Ms::NEVER;
            let solved = journey.solved_as_of(as_of).filter(|_| !open).map(|(at, _)| at.0);
            out.push(judge.cost(Some(person.clone()), journey, &journeys, solved, &missing));
        }
    }
    out
}

impl Judge<'_> {
    fn cost(
        &self,
        person: Option<String>,
        journey: &Journey<'_>,
        all: &[Journey<'_>],
        resolved: Option<i64>,
        missing: &dyn Fn(IndicatorId, &Indicator) -> bool,
    ) -> Cost {
        let p = &self.policy.scores.effort;
        let in_force = InForce::at(
            self.policy,
            &self.changes,
            journey.process,
            journey.version,
            journey.start,
        );
        let span = window(self.policy, journey.process);
        let points = |journey: &Journey<'_>| {
            Points::of(p, &Counts::of(p, journey, all, in_force.as_ref(), span), missing)
        };
        let counts = Counts::of(p, journey, all, in_force.as_ref(), span);
        let total = Points::of(p, &counts, missing);
        let times = |id: IndicatorId| counts.milli(id) / 1000;
        let path = journey.path();
        let standing = in_force.as_ref().filter(|_| total.coverage >= p.min_coverage);
        let standing = standing
            .and_then(|it| Standing::find(self.policy, it, journey.category, &path, total.total));
        let begun = journey.units.iter().filter(|unit| unit.channel().is_some());
        let mut so_far: Vec<(Text, i64)> = Vec::new();
        for unit in begun.take(if self.dated { PREFIXES } else { 0 }) {
            let until = journey.until(unit.start);
            let path = until.path();
            if so_far.iter().all(|(known, _)| *known != path) {
                so_far.push((path, points(&until).total));
            }
        }
        let text = |text: Option<&str>| text.map(str::to_owned);
        Cost {
            person,
            about: text(journey.topic()),
            process: text(journey.process),
            version: in_force.as_ref().map(|it| it.version.to_owned()),
            category: text(journey.category),
            start: journey.start.0,
            resolved,
            legs: journey.legs(),
            contacts: journey.contacts().count(),
            transfers: times(IndicatorId::TransferCold) + times(IndicatorId::TransferWarm),
            reopens: times(IndicatorId::Reopen),
            index: total.index(p),
            band: total.band(p, standing.as_ref(), true),
            rank: standing.as_ref().map(|standing| standing.rank),
            straddles: Change::straddled_by(&self.changes, journey, self.as_of),
            chained: journey.is_chained(self.policy),
            alive: journey.end_as_of(self.as_of).min(self.as_of).0,
            open: journey.is_open(self.policy, self.as_of),
            compared: standing.as_ref().map(|it| (it.level, it.journeys)),
            so_far,
            points: total,
        }
    }
}
