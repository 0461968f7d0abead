//! One journey, not three contacts: assembly, effort, process versions, and who is who.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "journeys/identity.rs"]
mod identity;
#[path = "journeys/indicators.rs"]
mod indicators;
#[path = "journeys/laws.rs"]
mod laws;
#[path = "journeys/versions.rs"]
mod versions;

#[path = "given/trails.rs"]
mod given;

use serde_json::{Value, json};
use tactful::{Decision, Story, policy};

/// Noon of a day in September 2026, `hours` later.
fn at(day: i64, hours: i64) -> i64 {
    1_788_177_600_000 + (day * 24 + hours + 12) * 3_600_000
}

/// A step of a contact that a customer made; `more` adds or replaces fields.
fn contact(id: &str, at: i64, channel: &str, step: &str, more: Value) -> Value {
    let mut event = json!({
        "type": "contact", "id": format!("{id}-{step}-{at}"), "at": at, "source": "desk",
        "contact": id, "step": step, "channel": channel, "matter": "invoice",
    });
    put(&mut event, more);
    event
}

fn case(id: &str, at: i64, step: &str) -> Value {
    json!({ "type": "case", "id": format!("{id}-{step}-{at}"), "at": at, "source": "cases",
            "case": id, "step": step, "matter": "invoice" })
}

fn put(into: &mut Value, more: Value) {
    let Value::Object(more) = more else { return };
    for (key, value) in more {
        into[key] = value;
    }
}

/// Decides for a customer who permits it and is asking about an invoice.
fn decided(history: &[Value], now: i64, patch: Value, moment: Value) -> Decision {
    let mut history = history.to_vec();
    history.push(json!({ "type": "consent", "id": "may", "at": 0, "source": "consents",
                         "purpose": "profiling", "state": "granted" }));
    let mut at_hand = json!({ "now": now, "matter": "invoice" });
    put(&mut at_hand, moment);
    let story = json!({ "name": "j", "person": "ada", "history": history, "policy": patch,
                        "moment": at_hand });
    let story = Story::from_json(&story.to_string()).unwrap_or_else(|e| panic!("{e:?}\n{story}"));
    story.decide(&policy::starter().unwrap()).unwrap_or_else(|e| panic!("{e:?}"))
}

fn measured(history: &[Value], now: i64) -> Decision {
    decided(history, now, json!({}), json!({}))
}

/// Points by indicator.
fn parts(decision: &Decision) -> Vec<(&str, i64)> {
    let parts = decision.scores.effort.contributions.iter();
    parts.map(|part| (part.code.as_str(), part.points)).collect()
}

fn points(decision: &Decision, indicator: &str) -> i64 {
    let parts = decision.scores.effort.contributions.iter();
    parts.filter(|part| part.code == indicator).map(|part| part.points).sum()
}

fn cites(decision: &Decision, code: &str) -> bool {
    decision.because.iter().any(|reason| reason.code.as_str() == code)
}
