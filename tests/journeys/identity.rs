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
