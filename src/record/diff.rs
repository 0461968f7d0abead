//! Diff: whose decisions another policy would change, on one's own log.

use super::harm::{EFFECTS, effects};
use super::{Log, NAMED, Record, Study};
use crate::decision::Decision;
use crate::event::Purpose;
use crate::program::Policy;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};

/// Decides every record of a log by two policies and says what differs: by route, verdict, reason, band
/// and group, with counts and examples, and what it would mean for the people. What was decided at the
/// time is not looked at; `Replay` does that.
///
/// ```
/// use tactful::{Story, policy, record::{Diff, Record}};
/// let starter = policy::starter().unwrap();
/// let blind = policy::compile(r#"{ "signals": { "rageClick": null, "deadClick": null } }"#).unwrap();
/// let story = Story::from_json(include_str!("../../examples/stories/recorded-dead-button.json")).unwrap();
/// let line = Record::of(&story, &starter, &[("region", "north")]).unwrap().to_json();
/// let mut diff = Diff::new(starter, blind);
/// diff.push(line.as_bytes());
/// let found = diff.finish();
/// assert_eq!(found["changed"]["records"], 1);
/// assert_eq!(found["groups"]["region"]["north"]["changed"], 1);
/// ```
pub struct Diff {
    log: Log<Found>,
}

struct Found {
    old: Policy,
    new: Policy,
    people: HashSet<String>,
    changed: Tally,
    routes: BTreeMap<(String, String), Tally>,
    verdicts: BTreeMap<(&'static str, bool), Tally>,
    reasons: BTreeMap<String, [u64; 2]>,
    bands: BTreeMap<(&'static str, String), [u64; 2]>,
    groups: BTreeMap<(String, String), [u64; 2]>,
    effects: BTreeMap<&'static str, Tally>,
}

/// How many decisions and people something concerns, with some of them by name.
#[derive(Default)]
struct Tally {
    records: u64,
    people: HashSet<String>,
    ms: i64,
    examples: Vec<Value>,
}

impl Tally {
    fn add(&mut self, number: u32, person: &str, ms: i64) {
        self.records += 1;
        self.people.insert(person.to_owned());
        self.ms = self.ms.saturating_add(ms);
        if self.examples.len() < NAMED {
            self.examples.push(json!({ "record": number, "person": person }));
        }
    }

    fn report(&self) -> Map<String, Value> {
        let mut out = Map::new();
        out.insert("records".into(), self.records.into());
        out.insert("people".into(), self.people.len().into());
        if self.ms > 0 {
            out.insert("totalMs".into(), self.ms.into());
        }
        out.insert("examples".into(), self.examples.clone().into());
        out
    }
}

impl Diff {
    /// Ready for the first byte, with the policy there is and the one there might be.
    #[must_use]
    pub fn new(old: Policy, new: Policy) -> Self {
        let found = Found {
            old,
            new,
            people: HashSet::new(),
            changed: Tally::default(),
            routes: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            reasons: BTreeMap::new(),
            bands: BTreeMap::new(),
            groups: BTreeMap::new(),
            effects: BTreeMap::new(),
        };
        Self { log: Log::new(found) }
    }

    /// Takes the next piece of the log, wherever it was cut.
    pub fn push(&mut self, bytes: &[u8]) {
        self.log.push(bytes);
    }

    /// Records read so far.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.log.taken.rows
    }

    /// The log is over: what differs.
    #[must_use]
    pub fn finish(mut self) -> Value {
        self.log.end();
        let Log { taken, study: found, .. } = &self.log;
        let policy =
            |it: &Policy| json!({ "id": it.id, "version": it.version, "digest": it.digest });
        json!({
            "old": policy(&found.old),
            "new": policy(&found.new),
            "records": taken.records(),
            "people": found.people.len(),
            "changed": found.changed.report(),
            "routes": found.routes(),
            "verdicts": found.verdicts(),
            "reasons": found.reasons(),
            "bands": nested(&found.bands),
            "groups": nested(&found.groups),
            "harm": found.effects(true),
            "relief": found.effects(false),
            "bad": taken.report(),
        })
    }
}

impl Study for Found {
    fn take(&mut self, number: u32, record: &Record) {
        let (Ok(old), Ok(new)) = (record.decide(&self.old), record.decide(&self.new)) else {
            return;
        };
        let person = record.given.person.as_str();
        self.people.insert(person.to_owned());
        let changed = differ(&old, &new);
        let count = |counts: &mut [u64; 2]| {
            counts[0] += 1;
            counts[1] += u64::from(changed);
        };
        for (name, group) in &record.groups {
            count(self.groups.entry((name.clone(), group.clone())).or_default());
        }
        for (score, band) in bands(&old) {
            count(self.bands.entry((score, band)).or_default());
        }
        let mut cited = |decision: &Decision, one: [u64; 2]| {
            for reason in &decision.because {
                let [old, new] = self.reasons.entry(reason.code.as_str().to_owned()).or_default();
                *old += one[0];
                *new += one[1];
            }
        };
        cited(&old, [1, 0]);
        cited(&new, [0, 1]);
        if !changed {
            return;
        }
        self.changed.add(number, person, 0);
        if old.route != new.route {
            let way = (old.route.as_str().to_owned(), new.route.as_str().to_owned());
            self.routes.entry(way).or_default().add(number, person, 0);
        }
        for purpose in Purpose::ALL {
            let allowed = new.verdicts.of(*purpose).allowed;
            if allowed != old.verdicts.of(*purpose).allowed {
                let became = (purpose.as_str(), allowed);
                self.verdicts.entry(became).or_default().add(number, person, 0);
            }
        }
        for effect in effects(&old, &new) {
            self.effects.entry(effect.name).or_default().add(number, person, effect.ms);
        }
    }
}

impl Found {
    /// Most frequent first.
    fn routes(&self) -> Vec<Value> {
        let mut all: Vec<_> = self.routes.iter().collect();
        all.sort_by_key(|(_, tally)| core::cmp::Reverse(tally.records));
        let row = |((from, to), tally): (&(String, String), &Tally)| {
            let mut row = Map::new();
            row.insert("from".into(), from.as_str().into());
            row.insert("to".into(), to.as_str().into());
            row.append(&mut tally.report());
            Value::Object(row)
        };
        all.into_iter().map(row).collect()
    }

    fn verdicts(&self) -> Vec<Value> {
        let row = |((purpose, allowed), tally): (&(&str, bool), &Tally)| {
            let mut row = Map::new();
            row.insert("purpose".into(), (*purpose).into());
            row.insert("became".into(), if *allowed { "allowed" } else { "blocked" }.into());
            row.append(&mut tally.report());
            Value::Object(row)
        };
        self.verdicts.iter().map(row).collect()
    }

    /// Reasons given more or less often than before.
    fn reasons(&self) -> Vec<Value> {
        let moved = self.reasons.iter().filter(|(_, [old, new])| old != new);
        moved.map(|(code, [old, new])| json!({ "code": code, "old": old, "new": new })).collect()
    }

    fn effects(&self, harm: bool) -> Map<String, Value> {
        let named = EFFECTS.iter().filter(|(_, harms)| *harms == harm);
        let tally = |(name, _): &(&str, bool)| {
            let none = Tally::default();
            let tally = self.effects.get(name).unwrap_or(&none);
            ((*name).to_owned(), Value::Object(tally.report()))
        };
        named.map(tally).collect()
    }
}

/// Whether anything about a decision differs that somebody would notice: not which policy it was.
fn differ(old: &Decision, new: &Decision) -> bool {
    let due = |it: &Decision| {
        it.target.as_ref().map(|it| (it.article.clone(), it.offer.clone(), it.due_by))
    };
    let promise = |it: &Decision| it.promise.as_ref().map(|it| it.text.clone());
    let allowed =
        |it: &Decision| Purpose::ALL.iter().map(|p| it.verdicts.of(*p).allowed).collect::<Vec<_>>();
    let until = |it: &Decision| {
        Purpose::ALL.iter().map(|p| it.verdicts.of(*p).defer_until).collect::<Vec<_>>()
    };
    let asked = |it: &Decision| it.ask.as_ref().map(|it| it.field.clone());
    old.route != new.route
        || due(old) != due(new)
        || promise(old) != promise(new)
        || allowed(old) != allowed(new)
        || until(old) != until(new)
        || asked(old) != asked(new)
}

/// The bands a decision falls into, by the policy there is.
fn bands(old: &Decision) -> [(&'static str, String); 3] {
    let scores = &old.scores;
    [
        ("friction", scores.friction.band.as_str().to_owned()),
        ("urgency", scores.urgency.class.as_str().to_owned()),
        ("effort", scores.effort.band.as_str().to_owned()),
    ]
}

/// Counts by a name and a word: all, and those that changed.
fn nested<N: AsRef<str>>(counts: &BTreeMap<(N, String), [u64; 2]>) -> Map<String, Value> {
    let mut out = Map::new();
    for ((name, word), [records, changed]) in counts {
        let words = out.entry(name.as_ref().to_owned()).or_insert_with(|| json!({}));
        if let Some(words) = words.as_object_mut() {
            words.insert(word.clone(), json!({ "records": records, "changed": changed }));
        }
    }
    out
}
