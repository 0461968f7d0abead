//! An organisation's own conditions, over everything a rule may look at.

use crate::{DAY, Given, NOW, codes};
use serde_json::{Value, json};

/// A customer of whom something is known on every count.
fn known() -> Given {
    Given::new()
        .profiled()
        .known("milestone", "created", NOW - 400 * DAY, json!({ "name": "accountCreated" }))
        .known("milestone", "activated", NOW - 390 * DAY, json!({ "name": "activated" }))
        .known("milestone", "hit", NOW - 2 * DAY, json!({ "name": "limitHit" }))
        .known("fact", "seats", NOW - DAY, json!({ "name": "plan.seatsUsed", "value": 9 }))
        .known(
            "touch",
            "mail",
            NOW - 3 * DAY,
            json!({ "touch": "m", "step": "sent", "purpose": "pitch", "channel": "email" }),
        )
        .contact("call", 5 * DAY, "started", "phone", json!({ "matter": "invoice" }))
        .known("case", "case", NOW - 20 * DAY, json!({ "case": "c", "step": "closed" }))
        .searches()
        .desk("human", json!({ "waitP50Ms": 60_000, "waitP80Ms": 120_000 }))
}

fn holds(when: &Value) -> bool {
    let rule = json!({ "order": 1, "code": "ours", "when": when, "blocks": ["survey"], "words": "Our own rule." });
    let decision = known().policy(json!({ "guards": { "rules": { "ours": rule } } })).decide();
    decision.verdicts.survey.blockers.iter().any(|blocker| blocker.code.as_str() == "ours")
}

#[test]
fn a_rule_may_look_at_everything() {
    let cases: [(&str, Value, Value); 18] = [
        ("friction", json!({ "atLeast": 300 }), json!({ "atLeast": 900 })),
        ("intent.resolve", json!({ "atLeast": 1 }), json!({ "atLeast": 999 })),
        ("effort.points", json!({ "atLeast": 1 }), json!({ "atLeast": 500 })),
        ("stage", json!({ "is": "active" }), json!({ "is": "leaving" })),
        ("urgency.class", json!({ "is": "none" }), json!({ "is": "hard" })),
        ("effort.band", json!({ "is": "usual" }), json!({ "is": "high" })),
        ("fact:plan.seatsUsed", json!({ "atLeast": 9 }), json!({ "atLeast": 10 })),
        ("age:activated", json!({ "atLeast": 300 * DAY }), json!({ "atMost": DAY })),
        ("age:touch.pitch", json!({ "is": 3 * DAY }), json!({ "atMost": DAY })),
        ("age:contact", json!({ "is": 5 * DAY }), json!({ "atMost": DAY })),
        ("age:case", json!({ "is": 20 * DAY }), json!({ "atMost": DAY })),
        ("count:touches.pitch@7d", json!({ "is": 1 }), json!({ "is": 0 })),
        ("count:contacts@7d", json!({ "is": 1 }), json!({ "is": 0 })),
        ("count:contacts@4d", json!({ "is": 0 }), json!({ "is": 1 })),
        ("count:milestones.limitHit@30d", json!({ "is": 1 }), json!({ "is": 2 })),
        ("local:minuteOfDay", json!({ "is": 720 }), json!({ "atMost": 719 })),
        ("local:weekday", json!({ "is": 2 }), json!({ "is": 3 })),
        ("route:human.waitP80Ms", json!({ "is": 120_000 }), json!({ "atLeast": 120_001 })),
    ];
    for (what, yes, no) in cases {
        for (bounds, wanted) in [(yes, true), (no, false)] {
            let mut when = json!({ "what": what });
            crate::merge(&mut when, bounds);
            assert_eq!(holds(&when), wanted, "{when}");
            assert_eq!(holds(&json!({ "not": when.clone() })), !wanted, "not {when}");
        }
    }
    // Unknown takes the safe side, whichever way round it is asked.
    for when in [
        json!({ "what": "fact:plan.seats", "atLeast": 1 }),
        json!({ "not": { "what": "fact:plan.seats", "atLeast": 1 } }),
    ] {
        assert!(holds(&when), "a guard blocks on {when}");
    }
}

#[test]
fn the_first_route_that_matches_leads_and_every_guard_runs() {
    let route = |order: i64, to: &str, least: i64| json!({ "order": order, "when": { "what": "friction", "atLeast": least }, "route": to, "words": "Our own way." });
    let rules = json!({ "routes": { "rules": { "b": route(2, "chatbot", 100), "a": route(1, "messageForm", 100), "never": route(0, "human", 999) } } });
    let decision = known().policy(rules).decide();
    assert_eq!(decision.route.as_str(), "messageForm");
    assert_eq!(codes(&decision)[0], "a");
    // No rule hands out the key to the account manager.
    let rules = json!({ "routes": { "rules": { "sell": route(1, "accountManager", 0) } } });
    assert_ne!(known().policy(rules).decide().route.as_str(), "accountManager");
}
