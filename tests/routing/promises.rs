//! A promise is made, kept, broken, void or expired, and what is not kept is not made again.

use crate::{DAY, Given, HOUR, MINUTE, NOW, codes};
use serde_json::{Value, json};

fn promise(given: Given, id: &str, step: &str, at: i64, due: i64) -> Given {
    let body = json!({ "promise": id, "step": step, "kind": "fasterHelp", "due": due });
    given.known("promise", &format!("{id}-{step}"), at, body)
}

#[test]
fn the_life_of_a_promise() {
    let made = || promise(Given::new().profiled(), "p", "made", NOW - 2 * DAY, NOW - DAY);
    let broken =
        |given: Given| codes(&given.desk("human", json!({})).decide()).contains(&"broken_promise");
    assert!(broken(made()), "past due without a word");
    assert!(!broken(promise(made(), "p", "kept", NOW - 30 * HOUR, NOW - DAY)));
    assert!(!broken(promise(made(), "p", "void", NOW - 30 * HOUR, NOW - DAY)));
    assert!(broken(promise(made(), "p", "broken", NOW - 30 * HOUR, NOW - DAY)));
    assert!(
        !broken(promise(Given::new().profiled(), "p", "made", NOW - DAY, NOW + DAY)),
        "not due yet"
    );
    // Nobody took it up in time: nobody waits for it. Afterwards it was broken already.
    let touch = |at: i64| json!({ "touch": "t", "step": "dismissed", "purpose": "assist", "channel": "web", "route": "human", "promise": "p", "at": at });
    assert!(!broken(made().known("touch", "t", NOW - 40 * HOUR, touch(NOW - 40 * HOUR))));
    assert!(broken(made().known("touch", "t", NOW - HOUR, touch(NOW - HOUR))));
}

fn many(kept: usize, broken: usize) -> Given {
    let mut given =
        Given::new().profiled().desk("human", json!({ "waitP80Ms": 60_000 })).wishes("person");
    for i in 0..kept + broken {
        let due = NOW - (30 + i as i64) * DAY;
        let id = format!("p{i}");
        given = promise(given, &id, "made", due - DAY, due);
        let step = if i < kept { "kept" } else { "broken" };
        given = promise(given, &id, step, due - HOUR, due);
    }
    given
}

#[test]
fn what_is_not_kept_is_not_promised_until_somebody_has_looked_into_it() {
    let kind = |given: &Given| given.decide().promise.unwrap().kind.as_str();
    assert_eq!(kind(&many(4, 1)), "fasterHelp", "four of five is enough");
    assert_eq!(kind(&many(3, 1)), "fasterHelp", "four say nothing");
    let bad = many(3, 2);
    assert_eq!(kind(&bad), "clearerNextStep");
    let decision = bad.decide();
    assert_eq!(decision.route.as_str(), "human", "help goes on");
    assert!(codes(&decision).contains(&"promise_kept_rate"));
    let reviewed = bad
        .policy(json!({ "guards": { "keptRate": { "reviewed": { "fasterHelp": NOW - DAY } } } }));
    assert_eq!(kind(&reviewed), "fasterHelp");
    // Of all customers, where the host counts.
    let fact = |share: i64| {
        let told = json!({ "name": "promises.keptRate.fasterHelp", "value": share });
        Given::new()
            .profiled()
            .known("fact", "f", NOW - DAY, told)
            .desk("human", json!({}))
            .wishes("person")
    };
    assert_eq!((kind(&fact(800)), kind(&fact(799))), ("fasterHelp", "clearerNextStep"));
}

#[test]
fn an_offer_without_a_promise_that_holds_is_not_made() {
    let told = json!({ "name": "promises.keptRate.smarterPersonalization", "value": 500 });
    let given = Given::new().profiled().known("fact", "f", NOW - DAY, told).decide();
    let blockers: Vec<Value> = given
        .verdicts
        .pitch
        .blockers
        .iter()
        .map(|it| json!([it.code.as_str(), it.guard]))
        .collect();
    assert!(
        blockers.contains(&json!(["promise_kept_rate", "keptRate.smarterPersonalization"])),
        "{blockers:?}"
    );
}

#[test]
fn the_promise_speaks_the_language_of_the_person() {
    let spanish: Value =
        serde_json::from_str(include_str!("../../examples/words/es.json")).unwrap();
    let given = Given::new()
        .policy(spanish)
        .searches()
        .desk("human", json!({ "waitP80Ms": 240_000 }))
        .wishes("person");
    let text = |given: &Given| given.decide().promise.unwrap().text;
    assert!(
        text(&given).starts_with(
            "You have already searched our help. A person answers within about 4 min."
        )
    );
    let given = given.moment(json!({ "language": "es-MX" }));
    assert_eq!(
        text(&given),
        "Ya has buscado en nuestra ayuda. Una persona responde en unos 4 min. No tendrás que contarlo dos veces."
    );
}

/// Told at nine that what is due this evening cannot be kept, about the matter at hand.
fn told_early() -> Given {
    let body = |step: &str| json!({ "promise": "p", "step": step, "kind": "fasterHelp", "due": NOW + 6 * HOUR, "matter": "export" });
    Given::new()
        .profiled()
        .known("promise", "made", NOW - DAY, body("made"))
        .known("promise", "broken", NOW - HOUR, body("broken"))
        .moment(json!({ "matter": "export" }))
        .desk("human", json!({}))
}

#[test]
fn a_promise_is_broken_when_somebody_says_so_however_late_it_was_due() {
    assert!(codes(&told_early().decide()).contains(&"broken_promise"));
    assert_eq!(
        told_early().wishes("noHelp").route(),
        "none",
        "they were told before they wished it"
    );
    let solved = json!({ "solved": true });
    let solved = told_early().contact("c", 30 * MINUTE, "ended", "phone", solved).decide();
    assert!(!codes(&solved).contains(&"broken_promise"), "solved since, before it was due");
}

#[test]
fn calling_off_what_is_overdue_does_not_keep_it() {
    let mut given = Given::new().profiled().desk("human", json!({})).wishes("person");
    for i in 0..5 {
        let due = NOW - (30 + i) * DAY;
        given = promise(given, &format!("p{i}"), "made", due - DAY, due);
        given = promise(given, &format!("p{i}"), "void", due + HOUR, due);
    }
    assert!(codes(&given.decide()).contains(&"promise_kept_rate"));
}

#[test]
fn what_is_solved_is_heard_without_permission_to_profile() {
    let made = json!({ "promise": "p", "step": "made", "kind": "fasterHelp", "due": NOW - 2 * DAY, "matter": "export" });
    let owed = Given::new()
        .known("promise", "p", NOW - 3 * DAY, made)
        .moment(json!({ "matter": "export" }))
        .desk("human", json!({}));
    assert!(codes(&owed.decide()).contains(&"broken_promise"));
    let told = json!({ "kind": "resolvedConfirmed", "matter": "export" });
    let solved = owed.known("outcome", "o", NOW - DAY, told).decide();
    assert!(!codes(&solved).contains(&"broken_promise"));
}

#[test]
fn a_fault_began_when_it_was_told_of_first() {
    let told = |ago: i64| json!({ "incident": "i", "step": "started", "topics": ["export"], "at": NOW - ago, "nextUpdateAt": NOW + HOUR });
    let made = json!({ "promise": "p", "step": "made", "kind": "fasterHelp", "due": NOW - HOUR, "matter": "export" });
    let given = Given::new()
        .profiled()
        .known("incident", "first", NOW - 2 * HOUR, told(2 * HOUR))
        .known("promise", "p", NOW - DAY, made)
        .moment(json!({ "matter": "export" }))
        .desk("human", json!({}));
    assert_eq!(given.route(), "status", "what fell due meanwhile is explained by it");
    let again = given.known("incident", "again", NOW - MINUTE, told(MINUTE));
    assert_eq!(again.route(), "status", "however often it is told of");
}
