//! Every combination of a small model: a pitch passes exactly when nothing speaks against it.

use super::{at, decided, event, put, touch};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tactful::{Policy, Route, policy};

/// One state of one part of the world: what is known, what is at hand, and whether it forbids a pitch.
#[derive(Clone)]
struct State {
    history: Vec<Value>,
    moment: Value,
    forbids: bool,
}

fn state(forbids: bool, history: Vec<Value>, moment: Value) -> State {
    State { history, moment, forbids }
}

fn known(forbids: bool, history: Vec<Value>) -> State {
    state(forbids, history, json!({}))
}

const NOW: &str = "2026-09-16T10:00:00Z";

fn days(n: i64) -> i64 {
    at(NOW) - n * 86_400_000
}

fn consent(purpose: &str, state: &str, more: Value) -> Value {
    let mut fields = json!({ "purpose": purpose, "state": state });
    put(&mut fields, &more);
    event("consent", &format!("{purpose}-{state}"), days(300), fields)
}

fn case(steps: &[(&str, i64)]) -> Vec<Value> {
    let step = |(step, ago): &(&str, i64)| {
        event("case", step, days(*ago), json!({ "case": "c", "step": step, "matter": "m" }))
    };
    steps.iter().map(step).collect()
}

fn milestone(name: &str, ago: i64) -> Value {
    event("milestone", name, days(ago), json!({ "name": name }))
}

fn feed(name: &str) -> Value {
    event("feed", name, days(1), json!({ "feed": name, "status": "silent" }))
}

/// The parts of the model. The first state of each is harmless.
fn parts() -> Vec<Vec<State>> {
    let kathmandu = |minutes: i64| json!({ "zone": [{ "from": 0, "offsetMinutes": minutes }] });
    vec![
        vec![
            known(false, vec![]),
            known(true, case(&[("opened", 3)])),
            known(true, case(&[("opened", 9), ("closed", 6)])),
            known(false, case(&[("opened", 20), ("closed", 8)])),
            known(true, case(&[("opened", 20), ("closed", 15), ("reopened", 14)])),
            known(true, vec![feed("cases")]),
        ],
        vec![
            known(false, vec![consent("marketing", "granted", json!({}))]),
            known(true, vec![]),
            known(true, vec![consent("marketing", "withdrawn", json!({}))]),
            known(true, vec![consent("marketing", "granted", json!({ "expiresAt": days(1) }))]),
            known(true, vec![consent("marketing", "granted", json!({ "channel": "phone" }))]),
        ],
        vec![known(false, vec![consent("profiling", "granted", json!({}))]), known(true, vec![])],
        vec![
            known(false, vec![milestone("accountCreated", 400), milestone("activated", 390)]),
            known(true, vec![milestone("accountCreated", 3)]),
            known(true, vec![milestone("accountCreated", 40)]),
            known(false, vec![milestone("accountCreated", 46)]),
        ],
        vec![
            known(false, vec![]),
            known(true, vec![milestone("renewed", 29)]),
            known(false, vec![milestone("renewed", 31)]),
            known(true, vec![milestone("negotiationOpened", 90)]),
        ],
        vec![
            known(false, vec![]),
            known(true, vec![touch("t", days(3), "sent", "pitch", json!({}))]),
            known(false, vec![touch("t", days(8), "sent", "pitch", json!({}))]),
            known(false, vec![touch("t", days(3), "reserved", "pitch", json!({}))]),
        ],
        vec![
            state(false, vec![], kathmandu(120)),
            state(false, vec![], json!({ "clocks": [at(NOW) - 300_000] })),
            state(true, vec![], json!({ "clocks": [at(NOW) - 300_001] })),
            state(true, vec![], json!({ "privacySignal": true })),
        ],
        vec![
            known(false, vec![]),
            known(
                true,
                vec![event(
                    "sensitive",
                    "s",
                    days(90),
                    json!({ "kind": "hardship", "step": "on" }),
                )],
            ),
            known(
                true,
                vec![event(
                    "suppression",
                    "s",
                    days(90),
                    json!({ "scope": "household", "reason": "asked", "state": "on" }),
                )],
            ),
            known(
                true,
                vec![event(
                    "incident",
                    "i",
                    days(0) - 1000,
                    json!({ "incident": "i", "step": "started" }),
                )],
            ),
            known(true, vec![event("outcome", "o", days(20), json!({ "kind": "complaint" }))]),
            known(
                true,
                vec![
                    event(
                        "identity",
                        "l1",
                        days(9),
                        json!({ "a": "d", "b": "x", "strength": "weak", "state": "linked" }),
                    ),
                    event(
                        "identity",
                        "l2",
                        days(9),
                        json!({ "a": "d", "b": "y", "strength": "weak", "state": "linked" }),
                    ),
                ],
            ),
            state(true, vec![], json!({ "handledBy": { "route": "human" } })),
            state(true, vec![], json!({ "automated": true })),
        ],
    ]
}

/// The starter, with readiness demanding nothing: what is left are the guards.
fn guards_only() -> Policy {
    policy::compile(r#"{ "readiness": null }"#).unwrap()
}

#[test]
fn no_pitch_passes_while_anything_speaks_against_it() {
    let (policy, parts) = (guards_only(), parts());
    let base =
        json!({ "proposal": { "purpose": "pitch", "channel": "email", "template": "pitch" } });
    let total: usize = parts.iter().map(Vec::len).product();
    let (mut passed, mut codes) = (0, BTreeSet::new());
    for mut n in 0..total {
        let mut all = State { history: Vec::new(), moment: base.clone(), forbids: false };
        for part in &parts {
            let state = &part[n % part.len()];
            n /= part.len();
            all.history.extend(state.history.iter().cloned());
            put(&mut all.moment, &state.moment);
            all.forbids |= state.forbids;
        }
        let decision = decided(&policy, &all.history, at(NOW), all.moment.clone());
        let verdict = &decision.verdicts.pitch;
        assert_eq!(
            verdict.allowed, !all.forbids,
            "{:?} in {:?} {}",
            verdict, all.history, all.moment
        );
        assert!(verdict.allowed || decision.route != Route::AccountManager);
        assert!(decision.verdicts.answer.allowed, "an answer is never withheld");
        assert_eq!(verdict.allowed, verdict.blockers.is_empty());
        passed += usize::from(verdict.allowed);
        codes.extend(verdict.blockers.iter().map(|blocker| blocker.code.as_str().to_owned()));
    }
    println!("{total} states, {passed} of which let a pitch pass");
    assert_eq!((total, passed), (122_880, 48), "the model is what it says");
    assert!(codes.len() >= 14, "{codes:?}");
}
