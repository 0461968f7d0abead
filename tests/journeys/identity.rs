//! Nobody's history is read as somebody else's.

use super::{at, contact, decided, points};
use serde_json::{Value, json};
use tactful::{Decision, Purpose};

fn link(id: &str, a: &str, b: &str, strength: &str, state: &str) -> Value {
    json!({ "type": "identity", "id": id, "at": at(0, 0), "source": "identities",
            "a": a, "b": b, "strength": strength, "state": state })
}

fn call(id: &str, day: i64, person: &str) -> Value {
    contact(id, at(day, 0), "phone", "started", json!({ "person": person }))
}

fn uncertain(decision: &Decision) -> bool {
    let blockers = &decision.verdicts.of(Purpose::Pitch).blockers;
    blockers.iter().any(|blocker| blocker.code.as_str() == "identity_uncertain")
}

fn decide(history: &[Value]) -> Decision {
    decided(history, at(3, 0), json!({}), json!({}))
}

#[test]
fn contacts_under_linked_identifiers_are_one_journey() {
    let history = [
        call("k1", 1, "crm-7"),
        call("k2", 2, "phone-1"),
        link("l1", "ada", "crm-7", "strong", "linked"),
        link("l2", "crm-7", "phone-1", "strong", "linked"),
    ];
    let decision = decide(&history);
    assert_eq!(points(&decision, "repeatContact"), 20);
    assert!(!uncertain(&decision));
}

#[test]
fn a_link_that_is_taken_back_takes_its_contacts_with_it() {
    let mut undone = link("l3", "crm-7", "phone-1", "strong", "unlinked");
    undone["at"] = json!(at(2, 5));
    let history = [
        call("k1", 1, "crm-7"),
        call("k2", 2, "phone-1"),
        link("l1", "ada", "crm-7", "strong", "linked"),
        link("l2", "crm-7", "phone-1", "strong", "linked"),
        undone,
    ];
    assert_eq!(points(&decide(&history), "repeatContact"), 0);
}

#[test]
fn a_shared_device_is_nobody_and_nothing_of_it_is_read_or_named() {
    let history = [
        call("k1", 1, "ada"),
        call("k2", 2, "bob"),
        link("l1", "device", "ada", "weak", "linked"),
        link("l2", "device", "bob", "weak", "linked"),
    ];
    let decision = decide(&history);
    assert!(uncertain(&decision));
    assert!(!decision.verdicts.of(Purpose::Survey).allowed);
    assert!(!decision.verdicts.of(Purpose::ReachOutHelp).allowed);
    assert!(decision.verdicts.of(Purpose::Answer).allowed, "help they ask for is theirs");
    assert_eq!(decision.scores.effort.points, 0);
    let text = decision.to_json();
    assert!(!text.contains("k1-started") && !text.contains("k2-started"), "cited: {text}");
}

#[test]
fn a_login_says_who_it_is() {
    let mut login = link("l3", "device", "ada", "strong", "linked");
    login["at"] = json!(at(3, 0));
    let history = [
        call("k1", 1, "ada"),
        call("k2", 2, "bob"),
        call("k3", 2, "ada"),
        link("l1", "device", "ada", "weak", "linked"),
        link("l2", "device", "bob", "weak", "linked"),
        login,
    ];
    let decision = decide(&history);
    assert!(!uncertain(&decision));
    assert_eq!(points(&decision, "repeatContact"), 20, "ada's two, not bob's");
}

#[test]
fn identifiers_no_link_speaks_of_are_the_hosts_business() {
    let history = [call("k1", 1, "crm-7"), call("k2", 2, "phone-1")];
    assert_eq!(points(&decide(&history), "repeatContact"), 20);
}

fn chat(id: &str, day: i64, person: &str) -> Value {
    contact(id, at(day, 0), "chatbot", "abandoned", json!({ "person": person }))
}

#[test]
fn a_device_with_visits_of_its_own_joins_the_customer_it_points_to() {
    let history = [
        call("k1", 1, "ada"),
        call("k2", 2, "ada"),
        chat("k3", 2, "device"),
        link("l1", "device", "ada", "weak", "linked"),
    ];
    let decision = decide(&history);
    assert_eq!((points(&decision, "repeatContact"), points(&decision, "selfserveFail")), (20, 6));
    let shared =
        [&history[..], &[call("k4", 2, "bob"), link("l2", "device", "bob", "weak", "linked")]];
    let decision = decide(&shared.concat());
    assert!(uncertain(&decision), "its own visits make it nobody's");
    assert_eq!(decision.scores.effort.points, 0);
}

#[test]
fn what_is_dated_later_does_not_say_yet_who_it_is() {
    let mut later = link("l3", "device", "ada", "strong", "linked");
    later["at"] = json!(at(300, 0));
    let history = [
        link("l1", "device", "ada", "weak", "linked"),
        link("l2", "device", "bob", "weak", "linked"),
        later,
    ];
    assert!(uncertain(&decide(&history)));
}

#[test]
fn nobody_elses_permission_opens_anything() {
    let granted = |person: &str| {
        json!({ "type": "consent", "id": "m", "at": at(0, 0), "source": "consents", "person": person,
                "purpose": "marketing", "state": "granted" })
    };
    let lacks = |history: &[Value]| {
        let blockers = decide(history).verdicts.pitch.blockers;
        blockers.iter().any(|blocker| blocker.guard == "consent.marketing")
    };
    let links = [
        link("l1", "ada", "crm-7", "strong", "linked"),
        link("l2", "bob", "crm-8", "strong", "linked"),
    ];
    assert!(!lacks(&[&links[..], &[granted("crm-7")]].concat()));
    assert!(lacks(&[&links[..], &[granted("crm-8")]].concat()));
}

#[test]
fn somebody_elses_contact_does_not_empty_the_handoff() {
    let links = [
        link("l1", "ada", "crm-7", "strong", "linked"),
        link("l2", "bob", "crm-8", "strong", "linked"),
    ];
    let answered = json!({ "type": "ask", "id": "a", "at": at(1, 0), "source": "desk", "field": "iban",
                           "step": "answered", "value": "DE" });
    let history = [&links[..], &[call("k1", 1, "crm-8"), answered]].concat();
    let history: Vec<Value> = history;
    let story = json!({ "name": "h", "person": "ada", "history": history.iter().cloned().chain([json!({
        "type": "consent", "id": "may", "at": 0, "source": "consents", "purpose": "profiling", "state": "granted" })])
        .collect::<Vec<_>>(),
        "visit": { "startedAt": at(3, 0), "events": [{ "type": "wish", "t": 0, "for": "person" }] },
        "moment": { "now": at(3, 0), "matter": "invoice" } });
    let story = tactful::Story::from_json(&story.to_string()).unwrap();
    let decision = story.decide(&tactful::policy::starter().unwrap()).unwrap();
    assert_eq!(decision.handoff.unwrap().answered.len(), 1);
}
