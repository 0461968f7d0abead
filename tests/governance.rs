//! What `check` says of who answers for a policy, what it aims at, and rules that change nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tactful::policy;

/// Places of errors and of warnings.
fn found(patch: &Value) -> (Vec<String>, Vec<String>) {
    let findings = policy::check(&patch.to_string());
    let places = |list: &[tactful::Error]| list.iter().map(|it| it.path().to_owned()).collect();
    assert!(
        findings.errors.iter().chain(&findings.warnings).all(|it| !it.how_to_mend().is_empty())
    );
    (places(&findings.errors), places(&findings.warnings))
}

#[test]
fn the_starter_has_nothing_to_be_said_against() {
    assert_eq!(found(&json!({})), (vec![], vec![]));
}

#[test]
fn whatever_changes_what_happens_to_people_has_an_owner() {
    let (errors, _) = found(&json!({ "owners": { "guards": null, "scores": " ", "words": null } }));
    assert_eq!(
        errors,
        ["/owners/guards", "/owners/scores"],
        "every one at once; words may go without"
    );
    let (errors, _) = found(&json!({ "owners": { "guards": "compliance and legal" } }));
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn a_policy_is_in_force_before_it_is_looked_at_again() {
    let dates =
        |from: &str, due: &str| found(&json!({ "effectiveFrom": from, "reviewDue": due })).0;
    assert_eq!(dates("2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z"), ["/reviewDue"]);
    assert_eq!(dates("2026-10-01T00:00:00Z", "2026-10-01T00:00:00.001Z"), Vec::<String>::new());
}

#[test]
fn one_number_is_no_aim() {
    let metric = |metric: &str, guard: &str| {
        let outcome = json!({ "better": "higher", "metric": metric, "guardMetric": guard });
        found(&json!({ "outcomes": { "lessEffort": outcome } })).1
    };
    for survey in ["NPS", "csat after chat", "average satisfaction", "survey score"] {
        assert_eq!(metric(survey, "re-contact"), ["/outcomes/lessEffort/metric"], "{survey}");
    }
    for internal in ["deflection rate", "average handle time"] {
        assert_eq!(metric(internal, "re-contact"), ["/outcomes/lessEffort/metric"], "{internal}");
    }
    assert_eq!(metric("re-contact", " Re-contact"), ["/outcomes/lessEffort/guardMetric"]);
    // As a guard beside something else a survey is welcome.
    assert_eq!(metric("time to resolution", "csat"), Vec::<String>::new());
}

#[test]
fn an_answer_is_not_due_before_it_can_be_made() {
    let sla =
        |ms: i64| found(&json!({ "routes": { "slas": { "human": { "businessMs": ms } } } })).1;
    assert_eq!(sla(479_999), ["/routes/slas/human/businessMs"]);
    assert_eq!(sla(480_000), Vec::<String>::new());
}

/// Route rules of these conditions, in order; the places that are said to change nothing.
fn shadowed(conditions: &[Value]) -> Vec<String> {
    let rules: serde_json::Map<String, Value> = conditions
        .iter()
        .enumerate()
        .map(|(i, when)| {
            let rule = json!({ "order": i, "when": when, "route": "article", "words": "w" });
            (format!("r{i}"), rule)
        })
        .collect();
    found(&json!({ "routes": { "rules": rules } })).1
}

#[test]
fn a_rule_that_never_gets_its_turn_is_named() {
    let at_least = |what: &str, least: i64| json!({ "what": what, "atLeast": least });
    let all = |parts: &[Value]| json!({ "all": parts });
    let any = |parts: &[Value]| json!({ "any": parts });
    let (friction, urgency) = (at_least("friction", 300), at_least("urgency", 400));

    assert_eq!(shadowed(&[friction.clone(), friction.clone()]), ["/routes/rules/r1"], "the same");
    assert_eq!(
        shadowed(&[friction.clone(), at_least("friction", 500)]),
        ["/routes/rules/r1"],
        "narrower"
    );
    assert_eq!(
        shadowed(&[friction.clone(), all(&[urgency.clone(), friction.clone()])]),
        ["/routes/rules/r1"],
        "and more"
    );
    assert_eq!(
        shadowed(&[any(&[friction.clone(), urgency.clone()]), urgency.clone()]),
        ["/routes/rules/r1"],
        "one of two"
    );
    assert_eq!(
        shadowed(&[friction.clone(), at_least("friction", 900), at_least("friction", 700)]),
        ["/routes/rules/r1", "/routes/rules/r2"],
        "every one of them"
    );

    assert_eq!(
        shadowed(&[at_least("friction", 500), friction.clone()]),
        Vec::<String>::new(),
        "wider"
    );
    assert_eq!(
        shadowed(&[friction.clone(), urgency.clone()]),
        Vec::<String>::new(),
        "something else"
    );
    assert_eq!(
        shadowed(&[all(&[friction.clone(), urgency.clone()]), friction.clone()]),
        Vec::<String>::new(),
        "less"
    );
    // Where the value is not known, only the later one applies.
    let open = json!({ "what": "friction", "atLeast": 500, "unknown": "allow" });
    assert_eq!(shadowed(&[friction, open]), Vec::<String>::new(), "unknown takes another side");
}

#[test]
fn a_guard_rule_is_idle_only_if_everything_it_blocks_is_blocked_already() {
    let rules = |first: &[&str], second: &[&str]| {
        let when = json!({ "what": "friction", "atLeast": 300 });
        let rule = |order: i32, blocks: &[&str]| json!({ "order": order, "when": when, "blocks": blocks, "words": "w" });
        found(&json!({ "guards": { "rules": { "a": rule(1, first), "b": rule(2, second) } } })).1
    };
    assert_eq!(rules(&["pitch", "survey"], &["pitch"]), ["/guards/rules/b"]);
    assert_eq!(rules(&["pitch"], &["pitch", "survey"]), Vec::<String>::new());
}

#[test]
fn every_definition_of_the_starter_says_where_its_numbers_come_from_and_who_answers() {
    let starter: Value = serde_json::from_str(policy::STARTER).unwrap();
    let owner = |place: &str| {
        let path: Vec<&str> = place.trim_start_matches('/').split('/').collect();
        (1..=path.len()).rev().find_map(|n| starter["owners"][path[..n].join(".")].as_str())
    };
    let mut places = Vec::new();
    for (base, below) in [
        ("/signals", true),
        ("/scores", true),
        ("/guards/caps", true),
        ("/guards/windows", true),
        ("/guards/quietHours", true),
        ("/readiness", false),
        ("/journeys", false),
        ("/routes", false),
        ("/review", false),
        ("/guards/survey", false),
        ("/guards/consent", false),
        ("/guards/suppression", false),
        ("/guards/clock", false),
        ("/guards/fairness", false),
        ("/guards/keptRate", false),
    ] {
        let all = starter.pointer(base).unwrap();
        if !below {
            places.push((base.to_owned(), all));
            continue;
        }
        for (name, it) in all.as_object().unwrap().iter().filter(|(_, it)| it.is_object()) {
            // What has no parameters of its own defines nothing.
            let apart = ["hygiene", "sums"].contains(&name.as_str());
            if !apart {
                places.push((format!("{base}/{name}"), it));
            }
        }
    }
    assert!(places.len() > 50, "{}", places.len());
    for (place, it) in places {
        let source = it["source"].as_str().unwrap_or_default();
        assert!(!source.is_empty(), "{place} does not say where its numbers come from");
        assert!(owner(&place).is_some_and(|owner| !owner.is_empty()), "nobody answers for {place}");
    }
    for (id, indicator) in starter["scores"]["effort"]["indicators"].as_object().unwrap() {
        assert!(indicator["counts"].is_string() && indicator["unit"].is_string(), "{id}");
    }
}

#[test]
fn a_review_that_is_overdue_is_a_warning_from_its_day_on_and_changes_no_decision() {
    let due = 1_795_342_800_000i64;
    let patch = json!({ "reviewDue": due });
    let warned = |now: i64| {
        let findings = policy::check_at(&patch.to_string(), tactful::Ms(now));
        findings.warnings.iter().map(|it| it.path().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((warned(due - 1), warned(due)), (vec![], vec!["/reviewDue".to_owned()]));
    assert_eq!(found(&patch).1, Vec::<String>::new(), "without a clock nothing is overdue");
    // The guards go on: whatever a policy says of its review, the same is decided a year later.
    let story = |policy: Value| {
        let story = json!({ "name": "-", "person": "ada", "policy": policy, "moment": { "now": due + 365 * 86_400_000,
            "proposal": { "purpose": "pitch", "channel": "email" } } });
        let story = tactful::Story::from_json(&story.to_string()).unwrap();
        let decision: Value =
            serde_json::from_str(&story.decide(&policy::starter().unwrap()).unwrap().to_json())
                .unwrap();
        (decision["route"].clone(), decision["verdicts"].clone(), decision["because"].clone())
    };
    assert_eq!(story(patch.clone()), story(json!({})));
}

#[test]
fn a_finding_is_somebodys_until_it_is_done() {
    let due = 1_795_342_800_000i64;
    let finding = |done: Value| json!({ "findings": { "slow": { "what": "callbacks come late", "owner": "service operations", "due": due, "done": done } } });
    let warned = |patch: &Value, now: i64| {
        policy::check_at(&patch.to_string(), tactful::Ms(now)).warnings.len()
    };
    let open = finding(Value::Null);
    assert_eq!(
        (warned(&open, due - 1), warned(&open, due), warned(&finding(json!(due)), due)),
        (0, 1, 0)
    );
    // Mending is no edit of what was approved.
    let digest = |patch: &Value| policy::compile(&patch.to_string()).unwrap().digest;
    assert_eq!(digest(&open), digest(&json!({})));
}

#[test]
fn sensible_policies_are_not_warned_of() {
    let cap = |scope: &str, purpose: &str, limit: u16, window: i64| {
        json!({ "guards": { "caps": { "ours": { "scope": scope, "purposes": [purpose], "channels": "all", "limit": limit,
            "window": { "slidingMs": window } } }, "minGapMs": { "serviceNotice": 86_400_000 } } })
    };
    let day = 86_400_000i64;
    // An account has many people, and notices keep no pause from one another.
    for patch in [
        cap("account", "pitch", 40, 30 * day),
        cap("person", "serviceNotice", 5, 2 * day),
        // Names of facts have dots of their own.
        json!({ "facts": { "shop.orders": { "unit": "orders" } }, "owners": { "facts.shop.orders": "shop" } }),
        // What is only answered later may take longer than a day has hours.
        json!({ "routes": { "calendars": { "office": { "zone": "UTC", "open": { "mon": [["09:00", "12:00"], ["13:00", "17:00"]] } } },
            "handling": { "specialist": { "ms": 6 * 3_600_000 } }, "channels": { "specialist": { "live": [] } },
            "slas": { "specialist": { "calendar": "office", "businessMs": 25_200_000 } } } }),
    ] {
        assert_eq!(found(&patch), (vec![], vec![]), "{patch}");
    }
    let never = json!({ "routes": { "calendars": { "office": { "zone": "UTC", "open": { "mon": [["09:00", "09:01"]] } } },
        "slas": { "messageForm": { "calendar": "office", "businessMs": 9_000_000_000_000_000i64 } } } });
    assert_eq!(
        found(&never).1,
        ["/routes/slas/messageForm/businessMs"],
        "no number is too large to be seen"
    );
}

#[test]
fn waivers_end_stand_for_a_while_and_do_not_hide_one_another() {
    let now = 1_795_342_800_000i64;
    let day = 86_400_000i64;
    let waiver = |until: i64| json!({ "of": "/guards/windows/openCase", "why": "because", "by": "compliance", "until": until });
    let patch = |waivers: Value| json!({ "guards": { "windows": { "openCase": null } }, "waivers": waivers });
    let paths = |waivers: Value| {
        let found = policy::check_at(&patch(waivers).to_string(), tactful::Ms(now));
        (
            found.warnings.iter().map(|it| it.path().to_owned()).collect::<Vec<_>>(),
            found.waived.len(),
        )
    };
    assert_eq!(
        paths(json!({ "a": waiver(now + day), "b": waiver(now - day) })),
        (vec!["/waivers/b/until".into()], 1)
    );
    assert_eq!(paths(json!({ "a": waiver(now + 180 * day) })), (vec![], 1));
    assert_eq!(
        paths(json!({ "a": waiver(now + 180 * day + 1) })),
        (vec!["/waivers/a/until".into()], 1)
    );
}

#[test]
fn limits_taken_out_one_by_one_are_missed_as_well() {
    let none = json!({ "guards": { "caps": { "pitchWeek": null, "pitchMonth": null, "pitchChannelWeek": null } } });
    assert_eq!(found(&none), (vec![], vec!["/guards/caps".to_owned()]));
}
