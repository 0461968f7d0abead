//! Scores say what they are made of, and forget at the right time.

use crate::{DAY, Given, HOUR, MINUTE, NOW, SECOND};
use serde_json::{Value, json};

/// Sessions of which people would agree what somebody came for.
#[test]
fn labelled_sessions_are_recognised() {
    let page = |role: &str| json!({ "type": "pageView", "page": role, "role": role });
    let read = || json!({ "type": "articleProgress", "activeMs": 45_000, "depthPct": 90 });
    let vote = || json!({ "type": "vote", "helpful": true });
    let search = |results: i64| json!({ "type": "search", "results": results, "lenTokens": 2 });
    let wish = |it: &str| json!({ "type": "wish", "for": it });
    let sessions: Vec<(&str, Vec<Value>)> = vec![
        ("resolve", vec![page("status"), search(0), search(0)]),
        ("resolve", vec![page("app"), search(0), page("status")]),
        ("learn", vec![page("article"), read(), vote(), page("category")]),
        ("learn", vec![page("article"), read(), page("article"), vote()]),
        ("onboard", vec![page("onboarding"), page("onboarding"), page("article")]),
        ("onboard", vec![page("onboarding"), search(4), page("onboarding")]),
        ("cancel", vec![page("billing"), page("cancel"), page("cancel")]),
        ("buy", vec![page("checkout"), page("checkout"), page("pricing")]),
        ("buy", vec![wish("buy")]),
        ("expand", vec![page("planChange"), page("planChange"), page("billing")]),
        ("contact", vec![page("contact"), wish("person")]),
        ("contact", vec![wish("callback")]),
        ("unknown", vec![page("home")]),
        ("unknown", vec![page("cancel")]),
        ("unknown", vec![page("pricing"), page("pricing")]),
    ];
    for (label, events) in sessions {
        let mut given = Given::new();
        for (i, mut event) in events.into_iter().enumerate() {
            event["t"] = json!(i as i64 * 70_000);
            given.page.push(event);
        }
        given.started = NOW - 10 * MINUTE;
        let intent = given.decide().scores.intent;
        assert_eq!(intent.top, label, "{:?}", intent.contributions);
        let sum: i64 = intent.contributions.iter().map(|part| part.points).sum();
        let shares: i64 = intent.shares.list().iter().map(|share| i64::from(*share)).sum();
        assert_eq!(sum.min(1000), shares, "what an intent is made of adds up");
        assert!(intent.contributions.iter().all(|part| !part.evidence.is_empty()));
    }
}

#[test]
fn a_stale_stage_is_unknown() {
    let stage = |events: &[(&str, i64)]| {
        let given = events.iter().fold(Given::new().profiled(), |given, (name, days)| {
            given.known(
                "milestone",
                &format!("{name}{days}"),
                NOW - days * DAY,
                json!({ "name": name }),
            )
        });
        given.decide().scores.stage.name.as_str()
    };
    assert_eq!(stage(&[]), "unknown");
    assert_eq!(stage(&[("quoteAsked", 3)]), "prospect");
    assert_eq!(stage(&[("accountCreated", 10)]), "onboarding");
    assert_eq!(stage(&[("accountCreated", 60)]), "unknown", "never the last one");
    assert_eq!(stage(&[("accountCreated", 60), ("activated", 50)]), "active");
    assert_eq!(stage(&[("accountCreated", 500), ("activated", 490)]), "unknown");
    assert_eq!(stage(&[("activated", 300), ("renewed", 10)]), "renewal");
    assert_eq!(stage(&[("activated", 300), ("downgradeAsked", 10)]), "atRisk");
    assert_eq!(stage(&[("downgradeAsked", 20), ("renewed", 10)]), "renewal");
    assert_eq!(stage(&[("activated", 300), ("churned", 10)]), "leaving");
    assert_eq!(stage(&[("churned", 100), ("accountCreated", 5)]), "onboarding", "back again");
    // Who uses it is active, whatever milestone is how old.
    let used = Given::new()
        .profiled()
        .known("milestone", "m", NOW - 900 * DAY, json!({ "name": "activated" }))
        .known("fact", "f", NOW - DAY, json!({ "name": "usage.activeDays28", "value": 9 }));
    assert_eq!(used.decide().scores.stage.name.as_str(), "active");
    // And nobody can say while the one who knows is silent.
    let silent =
        used.known("feed", "s", NOW - HOUR, json!({ "feed": "milestones", "status": "silent" }));
    assert_eq!(silent.decide().scores.stage.name.as_str(), "unknown");
}

/// The same trouble with a page, and what became of it.
#[test]
fn trouble_lasts_until_somebody_gets_through_or_leaves() {
    let stuck = || {
        let given = Given { started: NOW - 30 * MINUTE, ..Given::new() };
        let given = given.sees(
            "pageView",
            30 * MINUTE,
            json!({ "page": "app", "role": "app", "topic": "export" }),
        );
        given.sees("click", 25 * MINUTE, json!({ "target": "save", "control": "button" })).sees(
            "error",
            25 * MINUTE - SECOND,
            json!({ "class": "script", "fp": "e" }),
        )
    };
    let friction = |given: Given| given.decide().scores.friction.points.get();
    let lasting = friction(stuck());
    assert!(lasting > 250, "{lasting}");
    // Looking for help is not leaving.
    let help =
        stuck().sees("pageView", 20 * MINUTE, json!({ "page": "help", "role": "searchResults" }));
    assert_eq!(friction(help), lasting);
    let relief =
        [
            stuck().sees(
                "pageView",
                20 * MINUTE,
                json!({ "page": "plans", "role": "pricing", "topic": "plans" }),
            ),
            stuck().sees("vote", 20 * MINUTE, json!({ "helpful": true })),
            stuck().sees("form", 20 * MINUTE, json!({ "form": "settings", "what": "start" })).sees(
                "form",
                19 * MINUTE,
                json!({ "form": "settings", "what": "ok" }),
            ),
            stuck()
                .sees("click", 20 * MINUTE, json!({ "target": "save", "control": "button" }))
                .sees("effect", 20 * MINUTE - 200, json!({ "cause": "mutation" })),
        ];
    for (i, given) in relief.into_iter().enumerate() {
        let left = friction(given);
        assert!(left < 30, "{i}: {left}");
    }
}

#[test]
fn complexity_counts_what_is_not_written() {
    let complexity = |given: Given| given.decide().scores.complexity;
    let written = complexity(Given::new().article(800));
    assert_eq!(written.points.get(), 0);
    let weak = complexity(Given::new().article(200));
    assert_eq!(weak.contributions[0].code, "weakArticle");
    let other = Given::new().article(800).moment(json!({ "matter": "invoice" }));
    assert_eq!(complexity(other).contributions[0].code, "noArticle");
}

#[test]
fn a_promise_not_kept_raises_the_class_by_one() {
    let class = |given: Given| given.decide().scores.urgency.class.as_str();
    let broken = |given: Given| {
        given.profiled().known(
            "promise",
            "p",
            NOW - DAY,
            json!({ "promise": "p", "step": "made", "kind": "fasterHelp", "due": NOW - HOUR }),
        )
    };
    assert_eq!(class(Given::new()), "none");
    assert_eq!(class(broken(Given::new())), "soft");
    let struggling =
        Given::new().struggles().sees("contactIntent", 5 * SECOND, json!({ "how": "tel" }));
    assert_eq!(class(struggling), "soft");
    let both = Given::new().struggles().sees("contactIntent", 5 * SECOND, json!({ "how": "tel" }));
    assert_eq!(class(broken(both)), "hard");
}
