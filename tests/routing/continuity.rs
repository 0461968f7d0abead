//! Nothing is asked twice, nothing secret is passed on, and what was tried is known.

use crate::{DAY, Given, NOW};
use serde_json::{Value, json};
use tactful::Text;

fn said(given: Given, field: &str, value: &str, days: i64) -> Given {
    given.known(
        "ask",
        field,
        NOW - days * DAY,
        json!({ "field": field, "step": "answered", "value": value }),
    )
}

fn asked(given: &Given) -> Option<Text> {
    given.decide().ask.map(|question| question.field)
}

#[test]
fn secrets_are_not_passed_on() {
    let secrets = [
        ("card", "4111 1111 1111 1111"),
        ("cardDashes", "4111-1111-1111-1111"),
        ("password", "correct horse"),
        ("newPassword", "tr0ub4dor"),
        ("pin", "zero-nine"),
        ("iban", "DE02"),
        ("account", "DE02120300000000202051"),
    ];
    let open = [("phone", "+49 30 1234567"), ("goal", "finish 3 rosters by 2026")];
    let given = secrets
        .iter()
        .chain(&open)
        .fold(Given::new().profiled(), |given, (field, value)| said(given, field, value, 10));
    let decision = given.wishes("person").decide();
    let json: Value = serde_json::from_str(&decision.to_json()).unwrap();
    for (field, value) in secrets {
        assert!(!json.to_string().contains(value), "{field} is passed on");
        assert!(decision.handoff.as_ref().unwrap().do_not_ask.iter().any(|it| it == field));
    }
    for (_, value) in open {
        assert!(json.to_string().contains(value));
    }
}

#[test]
fn one_useful_question_at_a_time() {
    let wants = |fields: Value| {
        Given::new()
            .profiled()
            .desk("human", json!({}))
            .wishes("person")
            .moment(json!({ "wants": fields }))
    };
    // The most useful one, not the first of the form.
    assert_eq!(
        asked(&wants(json!(["goal", "email", "customerId"]))).as_deref(),
        Some("customerId")
    );
    assert_eq!(
        asked(&said(wants(json!(["goal", "customerId"])), "customerId", "c", 3)).as_deref(),
        Some("goal")
    );
    // An answer that has grown old may be asked for again.
    assert_eq!(asked(&said(wants(json!(["goal"])), "goal", "x", 89)), None);
    assert_eq!(asked(&said(wants(json!(["goal"])), "goal", "x", 91)).as_deref(), Some("goal"));
    // What is known is not asked: by a fact, by the moment.
    let seats = wants(json!(["teamSize"]));
    assert_eq!(asked(&seats).as_deref(), Some("teamSize"));
    let known =
        seats.known("fact", "f", NOW - DAY, json!({ "name": "plan.seatsUsed", "value": 7 }));
    assert_eq!(asked(&known), None);
    assert_eq!(known.decide().handoff.unwrap().answered[0].value, "7");
    assert_eq!(asked(&wants(json!(["language"])).moment(json!({ "language": "de" }))), None);
    // Only where the next step needs it, and where it is permitted.
    assert_eq!(asked(&wants(json!(["phone"]))), None, "nobody calls");
    let mut unknown = wants(json!(["teamSize"]));
    unknown.history.clear();
    assert_eq!(asked(&unknown), None, "without permission to profile");
    // Two a visit.
    let twice = ["goal", "email"].iter().fold(wants(json!(["customerId"])), |given, field| {
        given.known(
            "ask",
            &format!("q-{field}"),
            NOW - 60_000,
            json!({ "field": field, "step": "asked" }),
        )
    });
    assert_eq!(asked(&twice), None);
}

#[test]
fn while_things_press_only_who_it_is_is_asked() {
    let hard = |fields: Value| {
        Given::new()
            .struggles()
            .desk("human", json!({}))
            .moment(json!({ "wants": fields, "matter": "export" }))
    };
    assert_eq!(hard(json!([])).decide().scores.friction.band, "high");
    assert_eq!(asked(&hard(json!(["goal", "newsletter"]))), None);
    assert_eq!(asked(&hard(json!(["goal", "email"]))).as_deref(), Some("email"));
    // Help that could not be given is not followed by a question either.
    let capped = hard(json!(["email"]))
        .policy(json!({ "guards": { "caps": { "assistVisit": { "limit": 0 } } } }));
    assert_eq!((capped.route(), asked(&capped)), ("none", None));
    let handled = hard(json!(["email"])).moment(json!({ "handledBy": { "route": "human" } }));
    assert_eq!(asked(&handled), None, "they are asked by whoever has them");
}
