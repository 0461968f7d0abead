//! Guards are laws about when not to: the vectors of clocks and caps, each guard by itself, every
//! combination of a small model, and what each guard is for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "guards/asking.rs"]
mod asking;
#[path = "guards/dated.rs"]
mod dated;
#[path = "guards/model.rs"]
mod model;
#[path = "guards/mutation.rs"]
mod mutation;
#[path = "guards/selling.rs"]
mod selling;
#[path = "guards/vectors.rs"]
mod vectors;

use serde_json::{Value, json};
use tactful::{Decision, Ms, Policy, Purpose, Story, Verdict, policy};

/// Nothing objects to anything: what a test is about is put over it.
fn nothing() -> Value {
    json!({
        "readiness": null,
        "guards": {
            "consent": null, "suppression": null, "survey": null, "clock": null, "fairness": null,
            "caps": { "pitchChannelWeek": null, "pitchWeek": null, "pitchMonth": null, "helpWeek": null,
                      "helpMatterDay": null, "surveyAny": null, "surveyKind": null,
                      "noticeSubjectDay": null, "assistVisit": null },
            "minGapMs": { "pitch": null, "reachOutHelp": null, "assist": null },
            "windows": { "openCase": null, "onboarding": null, "renewal": null, "friction": null,
                         "sensitive": null, "identity": null, "badExperience": null, "incident": null },
            "quietHours": { "night": null },
            "phrases": { "promotional": { "en": null, "de": null, "es": null, "fr": null },
                         "begging": { "en": null, "de": null, "es": null, "fr": null } },
        },
    })
}

fn put(into: &mut Value, over: &Value) {
    match (into, over) {
        (Value::Object(into), Value::Object(over)) => {
            for (key, value) in over {
                put(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, over) => *into = over.clone(),
    }
}

/// A policy of these guards only.
fn only(guards: Value) -> Policy {
    let mut patch = nothing();
    put(&mut patch, &json!({ "guards": guards }));
    policy::compile(&patch.to_string()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn at(text: &str) -> i64 {
    let story = json!({ "name": "t", "person": "p", "history": [], "moment": { "now": text } });
    Story::from_json(&story.to_string()).unwrap().moment.now.0
}

fn event(kind: &str, id: &str, at: impl Into<Value>, fields: Value) -> Value {
    let mut event = json!({ "type": kind, "id": id, "at": at.into(), "source": "s" });
    put(&mut event, &fields);
    event
}

fn touch(id: &str, at: impl Into<Value>, step: &str, purpose: &str, fields: Value) -> Value {
    let mut own = json!({ "touch": id, "step": step, "purpose": purpose, "channel": "email" });
    put(&mut own, &fields);
    event("touch", &format!("{id}-{step}"), at, own)
}

/// Decides about a proposal of this purpose by e-mail; `moment` adds or replaces.
fn decided(policy: &Policy, history: &[Value], now: impl Into<Value>, moment: Value) -> Decision {
    let mut at_hand = json!({ "now": now.into() });
    put(&mut at_hand, &moment);
    let story = json!({ "name": "g", "person": "ada", "history": history, "moment": at_hand });
    let story = Story::from_json(&story.to_string()).unwrap_or_else(|e| panic!("{e:?}\n{story}"));
    story.decide(policy).unwrap()
}

fn pitch(policy: &Policy, history: &[Value], now: impl Into<Value>, moment: Value) -> Verdict {
    decided(policy, history, now, moment).verdicts.pitch
}

fn codes(verdict: &Verdict) -> Vec<&str> {
    verdict.blockers.iter().map(|blocker| blocker.code.as_str()).collect()
}

/// Denied until exactly this instant, and told so; allowed from then on.
fn ends_at(policy: &Policy, history: &[Value], purpose: Purpose, end: i64, moment: &Value) {
    let just = decided(policy, history, end - 1, moment.clone());
    let verdict = just.verdicts.of(purpose);
    assert!(!verdict.allowed, "denied one millisecond before");
    assert_eq!(verdict.defer_until, Some(Ms(end)), "and says until when");
    assert!(
        decided(policy, history, end, moment.clone()).verdicts.of(purpose).allowed,
        "then allowed"
    );
}
