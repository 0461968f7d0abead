//! What was done past decisions: the audit counts it, however it was told and in whichever order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tactful::record::{Audit, Diff, Host, Record};
use tactful::{Story, policy};

const HOUR: i64 = 3_600_000;
/// A moment in September 2026.
const NOW: i64 = 1_789_552_800_000;

fn line(policy: &Value, now: i64, history: &[Value]) -> String {
    let story =
        json!({ "name": "-", "person": "ada", "history": history, "moment": { "now": now } });
    let story = Story::from_json(&story.to_string()).unwrap();
    let policy = policy::compile(&policy.to_string()).unwrap();
    Record::of(&story, &policy, &[]).unwrap().to_json() + "\n"
}

fn audited(policy: &Value, log: &str) -> Value {
    let mut audit = Audit::new(&policy.to_string()).unwrap();
    audit.push(log.as_bytes());
    audit.finish(Host::default())
}

fn count(found: &Value, kind: &str) -> u64 {
    let all = found["ledger"]["log"].as_array().unwrap();
    all.iter().find(|it| it["kind"] == kind).unwrap()["count"].as_u64().unwrap()
}

fn event(kind: &str, id: &str, at: i64, more: Value) -> Value {
    let mut event = json!({ "type": kind, "id": id, "at": at, "source": "s" });
    for (name, value) in more.as_object().unwrap() {
        event[name] = value.clone();
    }
    event
}

/// Everything is refused at first; then so much is done, and somebody decides again.
fn log(policy: &Value, done: &[Value]) -> [String; 2] {
    [line(policy, NOW, &[]), line(policy, NOW + 4 * HOUR, done)]
}

#[test]
fn a_touch_against_a_decision_is_seen_however_it_was_told() {
    let policy = json!({ "offers": { "voucher": { "incentive": true } } });
    let at = |hours: i64| NOW + hours * HOUR;
    let touch = |step: &str, purpose: &str, more: Value| {
        let mut fields =
            json!({ "touch": "t", "step": step, "purpose": purpose, "channel": "email" });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event("touch", "t", at(1), fields)
    };
    let invited = |id: &str| {
        event("survey", id, at(1), json!({ "survey": id, "kind": "nps", "step": "invited" }))
    };
    let answered = event(
        "survey",
        "a",
        at(1),
        json!({ "survey": "i", "kind": "nps", "step": "answered", "score": 9 }),
    );
    for (told, done, bypasses) in [
        ("sent", vec![touch("sent", "pitch", json!({}))], 1),
        ("only what became of it", vec![touch("dismissed", "pitch", json!({}))], 1),
        ("only reserved", vec![touch("reserved", "pitch", json!({}))], 0),
        ("invitations", vec![invited("i"), invited("j")], 2),
        ("an answer to nobody knows when", vec![answered], 0),
        (
            "a present by another name",
            vec![touch("sent", "serviceNotice", json!({ "offer": "voucher" }))],
            1,
        ),
        ("a notice", vec![touch("sent", "serviceNotice", json!({}))], 0),
    ] {
        let [first, second] = log(&policy, &done);
        for log in [format!("{first}{second}"), format!("{second}{first}")] {
            assert_eq!(count(&audited(&policy, &log), "bypass"), bypasses, "{told}");
        }
    }
}

#[test]
fn questions_put_again_are_counted_among_the_questions() {
    let asked = |id: &str, at: i64, step: &str| {
        let value = (step == "answered").then_some("x");
        let mut fields = json!({ "field": "goal", "step": step });
        if let Some(value) = value {
            fields["value"] = value.into();
        }
        event("ask", id, NOW + at, fields)
    };
    for closed in ["answered", "refused"] {
        let done = [asked("1", 1, "asked"), asked("2", 2, closed), asked("3", 3, "asked")];
        let [first, second] = log(&json!({}), &done);
        for log in [format!("{first}{second}"), format!("{second}{first}")] {
            let found = audited(&json!({}), &log);
            assert_eq!(count(&found, "askedAgain"), 1, "{closed}");
            assert!(found.to_string().contains("1 of 2 questions"), "{found}");
        }
    }
}

#[test]
fn what_the_starter_does_not_say_is_looked_at_too() {
    let places = |policy: Value| -> Vec<String> {
        let found = audited(&policy, "");
        let all = found["ledger"]["policy"].as_array().unwrap().iter();
        all.map(|it| it["path"].as_str().unwrap().to_owned())
            .filter(|path| path != "/readiness/ruleOnly")
            .collect()
    };
    assert_eq!(
        places(json!({ "guards": { "caps": { "pitchWeek": { "per": "matter" } } } })),
        ["/guards/caps/pitchWeek/per"]
    );
    assert_eq!(
        places(json!({ "guards": { "keptRate": { "reviewed": { "fasterHelp": NOW } } } })),
        ["/guards/keptRate/reviewed/fasterHelp"]
    );
    assert_eq!(
        places(json!({ "scores": { "friction": { "bands": { "raised": 999, "high": 1000 } } } })),
        ["/scores/friction/bands/raised", "/scores/friction/bands/high"]
    );
    let more = json!({ "scope": "person", "purposes": ["pitch"], "channels": "all", "limit": 1, "window": { "calendar": "month" } });
    let closer = json!({ "guards": { "caps": { "ours": more }, "minGapMs": { "survey": HOUR } } });
    assert!(places(closer).is_empty(), "what protects more is no exception");
}

#[test]
fn a_share_is_of_records_not_of_lines() {
    let starter = || policy::starter().unwrap();
    let mut diff = Diff::new(starter(), starter());
    diff.push(line(&json!({}), NOW, &[]).as_bytes());
    diff.push(b"no record\nnor this\n");
    let found = diff.finish();
    assert_eq!((&found["records"], &found["bad"]["count"]), (&json!(1), &json!(2)));
}
