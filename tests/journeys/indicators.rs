//! Each indicator, with the case next to it that must not count.

use super::{at, case, cites, contact, decided, measured, parts, points};
use serde_json::{Value, json};

const NONE: fn() -> Value = || json!({});

/// A phone call that began and ended.
fn call(id: &str, day: i64) -> Value {
    contact(id, at(day, 0), "phone", "started", NONE())
}

#[test]
fn called_wrote_called_is_one_hard_journey() {
    let history =
        [call("k1", 0), contact("k2", at(2, 0), "email", "started", NONE()), call("k3", 5)];
    let decision = measured(&history, at(6, 0));
    let effort = &decision.scores.effort;
    // Two repeats, two switches, five days where three are expected: log2(1 + 5/3) = 1.415.
    assert_eq!(parts(&decision), [("repeatContact", 40), ("channelSwitch", 24), ("elapsed", 7)]);
    assert_eq!((effort.points, effort.index.get(), effort.band.as_str()), (71, 541, "high"));
    assert_eq!(effort.legs.len(), 3);
    assert_eq!(effort.definition, "effort@2 absolute");
    assert!(cites(&decision, "repeat_contact") && cites(&decision, "one_journey"));
}

#[test]
fn three_matters_are_three_easy_ones() {
    let about = |matter: &str| json!({ "matter": matter });
    let history = [
        contact("k1", at(0, 0), "phone", "started", about("seats")),
        contact("k2", at(2, 0), "email", "started", about("export")),
        contact("k3", at(5, 0), "phone", "started", about("invoice")),
    ];
    let decision = measured(&history, at(6, 0));
    assert_eq!((decision.scores.effort.points, decision.scores.effort.band.as_str()), (0, "usual"));
    assert!(cites(&decision, "separate_issues") && !cites(&decision, "one_journey"));
}

#[test]
fn a_contact_joins_up_to_the_window_and_no_longer() {
    let week = 7 * 24;
    for (late, joined) in [(0, true), (1, false)] {
        let second = at(0, week) + late;
        let history = [call("k1", 0), contact("k2", second, "phone", "started", NONE())];
        assert_eq!(
            points(&measured(&history, second), "repeatContact") > 0,
            joined,
            "{late} ms late"
        );
    }
}

#[test]
fn an_open_case_keeps_its_journey_open() {
    let history = [case("c1", at(0, 0), "opened"), call("k1", 0), call("k2", 20)];
    assert_eq!(points(&measured(&history, at(20, 1)), "repeatContact"), 20);
    let solved = [&history[..], &[case("c1", at(2, 0), "resolved")]].concat();
    assert_eq!(points(&measured(&solved, at(20, 1)), "repeatContact"), 0);
}

#[test]
fn an_automatic_close_is_no_work() {
    let solved = [case("c1", at(0, 0), "opened"), case("c1", at(3, 0), "resolved")];
    let closed = [&solved[..], &[case("c1", at(9, 0), "closed")]].concat();
    let now = at(9, 1);
    let [solved, closed] = [solved.to_vec(), closed].map(|history| measured(&history, now));
    assert_eq!(solved.scores.effort.to_owned(), closed.scores.effort, "nothing was done");
    assert_eq!(points(&solved, "elapsed"), 5, "three days of three");
}

#[test]
fn a_company_that_answers_is_no_repeat_and_no_switch() {
    let out = || json!({ "direction": "out" });
    let history = [call("k1", 0), contact("k2", at(1, 0), "email", "started", out())];
    assert_eq!(points(&measured(&history, at(1, 1)), "repeatContact"), 0);
    assert_eq!(points(&measured(&history, at(1, 1)), "channelSwitch"), 0);
}

#[test]
fn self_service_before_a_call_is_a_switch_if_it_failed_or_was_today() {
    let tried = |step: &str, more: Value| contact("s1", at(0, 0), "chatbot", step, more);
    for (step, more, hours, counts) in [
        ("ended", NONE(), 24, true),
        ("ended", NONE(), 25, false),
        ("ended", json!({ "solved": false }), 25, true),
        ("escalated", NONE(), 25, true),
        ("abandoned", NONE(), 25, true),
    ] {
        let history = [tried(step, more), contact("k1", at(0, hours), "phone", "started", NONE())];
        let decision = measured(&history, at(0, hours));
        assert_eq!(
            points(&decision, "channelSwitch"),
            if counts { 12 } else { 0 },
            "{step} {hours}"
        );
        assert_eq!(points(&decision, "selfserveFail"), 6, "it led to a contact with a person");
    }
}

#[test]
fn a_menu_that_sends_people_away_counts_once_they_come_back() {
    let away = contact("m1", at(0, 0), "ivr", "deflected", NONE());
    assert_eq!(points(&measured(std::slice::from_ref(&away), at(1, 0)), "selfserveFail"), 0);
    assert_eq!(points(&measured(&[away, call("k1", 1)], at(1, 0)), "selfserveFail"), 6);
}

#[test]
fn transfers_are_cold_or_warm_once_and_for_all() {
    let passed = |hour: i64, more: Value| contact("k1", at(0, hour), "phone", "transferred", more);
    let history =
        [call("k1", 0), passed(1, NONE()), passed(2, json!({ "warm": true })), passed(3, NONE())];
    let decision = measured(&history, at(0, 4));
    assert_eq!((points(&decision, "transferCold"), points(&decision, "transferWarm")), (20, 4));
}

#[test]
fn returns_to_work_escalations_and_complaints_count() {
    let complaint = json!({ "type": "outcome", "id": "o1", "at": at(3, 0), "source": "crm",
                            "kind": "complaint", "matter": "invoice" });
    let history = [
        case("c1", at(0, 0), "opened"),
        case("c1", at(1, 0), "resolved"),
        case("c1", at(2, 0), "reopened"),
        contact("k1", at(2, 1), "phone", "escalated", NONE()),
        complaint,
    ];
    let decision = measured(&history, at(3, 0));
    assert_eq!((points(&decision, "reopen"), points(&decision, "escalationOrComplaint")), (15, 30));
}

#[test]
fn asking_what_was_answered_counts_and_asking_first_does_not() {
    let ask = |id: &str, hour: i64, step: &str| json!({ "type": "ask", "id": id, "at": at(0, hour), "source": "desk", "field": "iban", "step": step });
    let first = [call("k1", 0), ask("a1", 1, "asked"), ask("a2", 2, "answered")];
    assert_eq!(points(&measured(&first, at(0, 3)), "repeatInfo"), 0);
    let again = [&first[..], &[ask("a3", 3, "asked")]].concat();
    assert_eq!(points(&measured(&again, at(0, 3)), "repeatInfo"), 8);
    let known = json!({ "type": "fact", "id": "f", "at": 1, "source": "usage", "name": "iban", "value": "x" });
    let profile = [call("k1", 0), known, ask("a1", 1, "asked")];
    assert_eq!(points(&measured(&profile, at(0, 3)), "repeatInfo"), 8, "the profile held it");
}

#[test]
fn waiting_counts_by_its_doublings() {
    let waited = |minutes: i64| {
        let history = [
            call("k1", 0),
            contact("k1", at(0, 1), "phone", "queued", json!({ "waitMs": minutes * 60_000 })),
        ];
        points(&measured(&history, at(0, 1)), "wait")
    };
    assert_eq!([0, 5, 15, 35, 75, 600].map(waited), [0, 5, 10, 15, 20, 20]);
}

#[test]
fn the_next_issue_of_the_same_kind_soon_after_counts() {
    let about = |matter: &str| json!({ "matter": matter, "category": "billing", "solved": true });
    for (hours, counts) in [(14 * 24, true), (14 * 24 + 1, false)] {
        let history = [
            contact("k1", at(0, 0), "phone", "ended", about("seats")),
            contact("k2", at(0, hours), "phone", "started", about("invoice")),
        ];
        let decision = measured(&history, at(0, hours));
        assert_eq!(points(&decision, "nextIssue"), if counts { 10 } else { 0 }, "{hours} h");
    }
}

#[test]
fn two_contracts_with_the_same_trouble_are_two_journeys() {
    let of = |product: &str| json!({ "product": product });
    let call = |id: &str, day: i64, more: Value| contact(id, at(day, 0), "phone", "started", more);
    let apart = [call("k1", 0, of("car")), call("k2", 1, of("home"))];
    assert_eq!(points(&measured(&apart, at(1, 1)), "repeatContact"), 0);
    let same = [call("k1", 0, of("car")), call("k2", 1, of("home")), call("k3", 2, of("home"))];
    assert_eq!(points(&measured(&same, at(2, 1)), "repeatContact"), 20);
    let unsaid = [call("k1", 0, of("car")), call("k2", 1, NONE())];
    assert_eq!(points(&measured(&unsaid, at(1, 1)), "repeatContact"), 20, "only one it can be");
}

#[test]
fn a_contact_about_nothing_joins_the_only_journey_it_can_be() {
    let nothing = contact("k9", at(2, 0), "email", "started", json!({ "matter": null }));
    let one = [call("k1", 0), nothing.clone()];
    assert_eq!(points(&measured(&one, at(2, 1)), "repeatContact"), 20);
    let other = contact("k2", at(1, 0), "phone", "started", json!({ "matter": "seats" }));
    assert_eq!(points(&measured(&[call("k1", 0), other, nothing], at(2, 1)), "repeatContact"), 0);
}

#[test]
fn a_contact_with_only_a_category_joins_the_only_journey_of_it() {
    let of = |matter: Option<&str>| json!({ "matter": matter, "category": "billing" });
    let call = |id: &str, day: i64, more: Value| contact(id, at(day, 0), "phone", "started", more);
    let vague = call("k9", 2, of(None));
    let one = [call("k1", 0, of(Some("invoice"))), vague.clone()];
    assert_eq!(points(&measured(&one, at(2, 1)), "repeatContact"), 20);
    let two = [call("k1", 0, of(Some("invoice"))), call("k2", 1, of(Some("refund"))), vague];
    assert_eq!(points(&measured(&two, at(2, 1)), "repeatContact"), 0);
}

#[test]
fn contacts_about_nothing_known_are_no_journey_and_no_separate_matters() {
    let nothing = |id: &str, day: i64, channel: &str| {
        contact(id, at(day, 0), channel, "started", json!({ "matter": null }))
    };
    let history = [nothing("k1", 0, "phone"), nothing("k2", 2, "email"), nothing("k3", 5, "phone")];
    for matter in [json!("invoice"), Value::Null] {
        let decision = decided(&history, at(6, 0), NONE(), json!({ "matter": matter }));
        assert_eq!(decision.scores.effort.points, 0);
        assert!(!cites(&decision, "one_journey") && !cites(&decision, "separate_issues"));
    }
}

#[test]
fn what_happens_later_elsewhere_takes_nothing_away() {
    // The next issue stays one when the first comes up again.
    let about = |matter: &str| json!({ "matter": matter, "category": "billing", "solved": true });
    let next = [
        contact("k1", at(0, 0), "phone", "ended", about("seats")),
        contact("k2", at(3, 0), "phone", "started", about("invoice")),
    ];
    let again =
        [&next[..], &[contact("k3", at(4, 0), "phone", "started", about("seats"))]].concat();
    assert_eq!(points(&measured(&next, at(4, 0)), "nextIssue"), 10);
    assert_eq!(points(&measured(&again, at(4, 0)), "nextIssue"), 10);
}

#[test]
fn a_fact_that_ran_out_may_be_asked_for_again() {
    let known = json!({ "type": "fact", "id": "f", "at": at(0, 0), "source": "usage", "name": "iban",
                        "value": "x", "goodForMs": 3_600_000 });
    let ask = json!({ "type": "ask", "id": "a", "at": at(0, 1), "source": "desk", "field": "iban", "step": "asked" });
    assert_eq!(points(&measured(&[call("k1", 0), known, ask], at(0, 2)), "repeatInfo"), 0);
}

#[test]
fn back_with_what_was_solved_is_a_recontact() {
    let solved = [case("c1", at(0, 0), "opened"), case("c1", at(1, 0), "resolved")];
    let here = |now: i64| {
        let clicks = (0..4).map(
            |i| json!({ "type": "click", "t": 1000 + i * 200, "target": "x", "control": "button" }),
        );
        let story = json!({
            "name": "back", "person": "ada", "history": solved,
            "visit": { "startedAt": now - 8000, "events": clicks.collect::<Vec<_>>() },
            "moment": { "now": now, "matter": "invoice" },
        });
        let story = tactful::Story::from_json(&story.to_string()).unwrap();
        cites(&story.decide(&tactful::policy::starter().unwrap()).unwrap(), "recontact")
    };
    assert!(here(at(15, 0)), "fourteen days");
    assert!(!here(at(15, 0) + 1));
}

#[test]
fn a_silent_source_says_unknown_and_never_less() {
    let silent = |feed: &str| json!({ "type": "feed", "id": feed, "at": at(0, 0), "source": feed, "feed": feed, "status": "silent" });
    let easy = [call("k1", 0), silent("contacts")];
    let effort = measured(&easy, at(1, 0)).scores.effort;
    assert_eq!((effort.band.as_str(), effort.partial), ("unknown", true));
    assert_eq!(effort.coverage.get(), 166, "returns to work and the visit are heard");
    assert_eq!(effort.range, [0, 438 - 45 - 15]);
    let hard = [call("k1", 0), call("k2", 1), call("k3", 2), call("k4", 3), silent("cases")];
    let effort = measured(&hard, at(3, 1)).scores.effort;
    assert_eq!((effort.band.as_str(), effort.partial), ("high", false));
}

#[test]
fn a_history_that_does_not_reach_back_is_no_proof_of_ease() {
    let since = json!({ "type": "feed", "id": "f", "at": at(0, 0), "source": "desk",
                        "feed": "contacts", "status": "live", "since": at(0, 0) });
    let call = |day: i64| call("k1", day);
    assert_eq!(
        measured(&[call(6), since.clone()], at(6, 1)).scores.effort.band.as_str(),
        "unknown"
    );
    assert_eq!(measured(&[call(7), since], at(7, 1)).scores.effort.band.as_str(), "usual");
}

#[test]
fn points_and_caps_are_policy() {
    let patch = json!({ "scores": { "effort": { "indicators": { "repeatContact": { "points": 7, "cap": 1 } } } } });
    let history = [call("k1", 0), call("k2", 1), call("k3", 2)];
    assert_eq!(points(&decided(&history, at(2, 1), patch, NONE()), "repeatContact"), 7);
    let patch = json!({ "scores": { "effort": { "indicators": { "repeatContact": null } } } });
    assert_eq!(points(&decided(&history, at(2, 1), patch, NONE()), "repeatContact"), 0);
}
