//! Replay: every decision of a log made again.

use super::{Log, NAMED, Record, Study};
use crate::Text;
use crate::json::{self, join};
use crate::program::Policy;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// Makes the decisions of a log again, each by the policy that made it, and compares every byte.
///
/// ```
/// use tactful::{Story, policy, record::{Record, Replay}};
/// let starter = policy::starter().unwrap();
/// let story = Story::from_json(r#"{ "name": "-", "person": "ada", "history": [], "moment": { "now": 0 } }"#).unwrap();
/// let line = Record::of(&story, &starter, &[]).unwrap().to_json();
/// let mut replay = Replay::new([starter]);
/// replay.push(line.as_bytes());
/// let found = replay.finish();
/// assert_eq!((&found["same"], &found["different"]["count"]), (&1.into(), &0.into()));
/// ```
pub struct Replay {
    log: Log<Found>,
}

struct Found {
    policies: HashMap<Text, Policy>,
    same: u64,
    different: u64,
    first: Vec<Value>,
    /// Policies that decided and were not given: how many records each has.
    unknown: BTreeMap<String, (String, u64)>,
}

impl Replay {
    /// Ready for the first byte, with the policies that may have decided.
    #[must_use]
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Self {
        let policies = policies.into_iter().map(|it| (it.digest.clone(), it)).collect();
        let found =
            Found { policies, same: 0, different: 0, first: vec![], unknown: BTreeMap::new() };
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

    /// The log is over: `{ records, same, different, unknownPolicies, bad }`.
    #[must_use]
    pub fn finish(mut self) -> Value {
        self.log.end();
        let Log { taken, study: found, .. } = &self.log;
        let unknown = found.unknown.iter().map(|(digest, (policy, records))| {
            json!({ "policy": policy, "digest": digest, "records": records })
        });
        json!({
            "records": taken.records(),
            "same": found.same,
            "different": { "count": found.different, "named": found.first },
            "unknownPolicies": unknown.collect::<Vec<_>>(),
            "bad": taken.report(),
        })
    }
}

impl Study for Found {
    fn take(&mut self, number: u32, record: &Record) {
        let Some(policy) = self.policies.get(record.digest()) else {
            let name = |part: &str| record.by(part).unwrap_or("?");
            let unknown = self.unknown.entry(record.digest().to_owned());
            let policy = || (format!("{} {}", name("id"), name("version")), 0);
            unknown.or_insert_with(policy).1 += 1;
            return;
        };
        let Ok(decision) = record.decide(policy) else { return };
        let now = json::write(&decision);
        if same_bytes(&record.decided, &now) {
            self.same += 1;
            return;
        }
        self.different += 1;
        if self.first.len() < NAMED {
            let (path, was, is) = difference("", &record.decided, &now);
            let id = record.decided.get("id");
            self.first.push(
                json!({ "record": number, "id": id, "path": path, "recorded": was, "now": is }),
            );
        }
    }
}

/// Whether two values are written alike: members in another order would be other bytes.
fn same_bytes(was: &Value, is: &Value) -> bool {
    match (was, is) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((m, v), (n, w))| m == n && same_bytes(v, w))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(v, w)| same_bytes(v, w))
        }
        _ => was == is,
    }
}

/// The first place at which two values differ, and what stands there.
fn difference(path: &str, was: &Value, is: &Value) -> (String, Value, Value) {
    match (was, is) {
        (Value::Object(a), Value::Object(b)) => {
            let name = a.keys().chain(b.keys()).find(|name| a.get(*name) != b.get(*name));
            if let Some(name) = name {
                let part = |map: &serde_json::Map<String, Value>| {
                    map.get(name).cloned().unwrap_or_default()
                };
                return difference(&join(path, name), &part(a), &part(b));
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let place = (0..a.len().max(b.len())).find(|i| a.get(*i) != b.get(*i));
            if let Some(place) = place {
                let part = |list: &[Value]| list.get(place).cloned().unwrap_or_default();
                return difference(&format!("{path}/{place}"), &part(a), &part(b));
            }
        }
        _ => {}
    }
    (path.to_owned(), was.clone(), is.clone())
}
