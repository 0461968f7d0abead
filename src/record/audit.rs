//! The audit: what a policy and a log show of how well somebody looks after this. A ledger of every
//! exception, and how far an organisation has come, by what can be seen and not by what it says.

mod capabilities;
mod exceptions;
mod infrastructure;
mod level;
mod seen;

use super::{Log, Record, Study};
use crate::Mistakes;
use crate::json;
use crate::policy::{self, Findings};
use crate::program::Policy;
use crate::unit::Ms;
use seen::Seen;
use serde_json::{Value, json};

/// Looks at a policy and at a log of records.
///
/// ```
/// use tactful::record::{Audit, Host};
/// let patch = r#"{ "guards": { "caps": { "pitchWeek": { "limit": 9 } } } }"#;
/// let found = Audit::new(patch).unwrap().finish(Host::default());
/// assert_eq!(found["ledger"]["policy"][0]["path"], "/guards/caps/pitchWeek/limit");
/// // Without a log nothing is shown of what it would have to show.
/// assert_eq!(found["maturity"]["capabilities"][0]["level"], 1);
/// ```
pub struct Audit {
    log: Log<Watch>,
}

/// A policy, and what a log shows of it.
struct Watch {
    given: Given,
    seen: Seen,
}

/// What is looked at besides the log.
struct Given {
    patch: Value,
    policy: Policy,
    merged: Value,
}

/// What only the host knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Host {
    /// The present; else the end of the log is, and without a log nothing that takes it is known.
    pub now: Option<Ms>,
    /// Whether the signatures of the policy hold; not known where nobody verified them.
    pub approved: Option<bool>,
}

impl Audit {
    /// Ready for the first byte of a log, with a policy.
    ///
    /// # Errors
    /// Every mistake of the policy.
    pub fn new(patch: &str) -> Result<Self, Mistakes> {
        Self::of(json::parse(patch)?)
    }

    pub(crate) fn of(patch: Value) -> Result<Self, Mistakes> {
        let (document, merged) = policy::document(&patch)?;
        let policy = document.compile(&policy::digest(&merged));
        let given = Given { patch, policy, merged };
        Ok(Self { log: Log::new(Watch { given, seen: Seen::default() }) })
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

    /// The log is over: `{ policy, records, otherPolicies, people, ledger, alarms, maturity, bad }`.
    #[must_use]
    pub fn finish(mut self, host: Host) -> Value {
        self.log.end();
        self.log.study.seen.judge();
        let Log { taken, study: Watch { given, seen }, .. } = &self.log;
        let now = host.now.or((seen.records > 0).then_some(seen.last));
        let findings = policy::checked(&given.patch, now);
        let it = Look { given, seen, findings, now, approved: host.approved };
        let policy = &given.policy;
        json!({
            "policy": { "id": policy.id, "version": policy.version, "digest": policy.digest,
                        "status": given.merged.get("status") },
            "records": seen.records,
            "otherPolicies": seen.others,
            "people": seen.people.len(),
            "ledger": { "policy": it.exceptions(), "log": it.shortcuts() },
            "alarms": it.alarms(),
            "maturity": { "capabilities": it.capabilities(), "infrastructure": it.infrastructure() },
            "bad": taken.report(),
        })
    }
}

/// A policy and what was seen of it, at an instant.
struct Look<'a> {
    given: &'a Given,
    seen: &'a Seen,
    findings: Findings,
    now: Option<Ms>,
    approved: Option<bool>,
}

impl Look<'_> {
    fn has_log(&self) -> bool {
        self.seen.records > 0
    }

    /// Something of the merged policy.
    fn said(&self, pointer: &str) -> Option<&Value> {
        self.given.merged.pointer(pointer).filter(|it| !it.is_null())
    }

    /// How many entries a table of the policy has.
    fn entries(&self, pointer: &str) -> usize {
        self.said(pointer).and_then(Value::as_object).map_or(0, serde_json::Map::len)
    }

    /// Whether somebody says when to look at the policy again, and the day has not come.
    fn is_in_time(&self) -> Option<bool> {
        let Some(due) = self.given.policy.review_due else { return Some(false) };
        self.now.map(|now| now < due)
    }

    /// What is wrong although nothing is: everybody gets the same, or nobody hears how it went.
    fn alarms(&self) -> Vec<Value> {
        let (seen, p) = (self.seen, &self.given.policy.review);
        let mut alarms = Vec::new();
        let enough = seen.people.len() >= usize::from(p.min_people);
        if enough && seen.answers.len() == 1 {
            let people = seen.people.len();
            let says =
                format!("all {people} people got one and the same answer: this decides nothing");
            alarms.push(json!({ "code": "oneAnswerForAll", "says": says }));
        }
        if seen.records > 0 && !self.hears_outcomes() {
            let says = match seen.last_outcome {
                None => "no outcome and no answer to a survey in this log",
                Some(_) => {
                    "no outcome and no answer to a survey for longer than /review/outcomesWithinMs"
                }
            };
            let says = format!("{says}: nothing may be tuned by it");
            alarms.push(json!({ "code": "outcomesSilent", "says": says }));
        }
        let others: u64 = seen.others.values().sum();
        if others > 0 {
            let says =
                format!("{others} of {} records were decided by other policies", seen.records);
            alarms.push(json!({ "code": "otherPolicies", "says": says }));
        }
        alarms
    }

    /// Whether it is known lately what came of decisions.
    fn hears_outcomes(&self) -> bool {
        let within = self.given.policy.review.outcomes_within_ms;
        let lately = |at: Ms| self.now.is_some_and(|now| now.minus(at) <= within);
        self.seen.last_outcome.is_some_and(lately)
    }
}

impl Study for Watch {
    fn take(&mut self, number: u32, record: &Record) {
        let Self { given, seen } = self;
        let grouped = !record.groups.is_empty();
        seen.record(number, &record.given, &record.decided, grouped, &given.policy);
    }
}
