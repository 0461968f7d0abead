//! A journey is judged by the version of the process it began under, and compared with nothing else.

use super::{at, cites, contact, decided, points};
use serde_json::{Value, json};

/// Claims were easy until day 10; then the procedure changed.
fn claims() -> Value {
    json!({ "processes": { "claims": { "versions": {
        "v1": { "normalContacts": 1, "benchmark": { "groups": { "all": {
            "histogram": { "0": 30, "20": 6, "32": 2, "60": 2 },
            "after": { "phone": { "journeys": 31, "mean": 9, "low": 0, "high": 32 } } } } } },
        "v2": { "normalContacts": 3, "effectiveFrom": at(10, 0) } } } } })
}

fn call(id: &str, day: i64) -> Value {
    contact(id, at(day, 0), "phone", "started", json!({ "process": "claims" }))
}

#[test]
fn a_journey_that_began_under_the_old_version_is_judged_by_it() {
    let history = [call("k1", 8), call("k2", 11)];
    let decision = decided(&history, at(11, 1), claims(), json!({}));
    let effort = &decision.scores.effort;
    assert_eq!(effort.process_version.as_deref(), Some("v1"));
    assert_eq!(points(&decision, "repeatContact"), 20, "one contact was normal then");
    assert_eq!(effort.straddles, Some(true), "and belongs to neither benchmark");
    assert_eq!(effort.definition, "effort@2 relative");
    let standing = effort.benchmark.as_ref().unwrap();
    // 36 of 40 cost less than 25 points.
    assert_eq!((standing.rank.get(), standing.journeys, effort.points), (900, 40, 25));
    assert_eq!(effort.band.as_str(), "high");
    assert!(cites(&decision, "process_version"));
}

#[test]
fn the_day_the_new_version_takes_effect_nothing_is_compared_with_the_old() {
    for (at_hour, version) in [(-1, "v1"), (0, "v2")] {
        let first =
            contact("k1", at(10, at_hour), "phone", "started", json!({ "process": "claims" }));
        let decision = decided(&[first, call("k2", 11)], at(11, 1), claims(), json!({}));
        let effort = &decision.scores.effort;
        assert_eq!(effort.process_version.as_deref(), Some(version));
        assert_eq!(effort.benchmark.is_some(), version == "v1");
    }
    let decision = decided(&[call("k1", 10), call("k2", 11)], at(11, 1), claims(), json!({}));
    assert_eq!(points(&decision, "repeatContact"), 0, "three contacts are normal now");
    assert_eq!(decision.scores.effort.definition, "effort@2 absolute");
    assert!(decision.scores.effort.straddles.is_none());
}

#[test]
fn an_event_can_announce_a_version_the_policy_has_no_terms_for() {
    let announced = json!({ "type": "process", "id": "p", "at": at(3, 0), "source": "ops",
                            "process": "claims", "version": "v3", "effectiveFrom": at(12, 0) });
    let history = [announced, call("k1", 12), call("k2", 13)];
    let decision = decided(&history, at(13, 1), claims(), json!({}));
    assert_eq!(decision.scores.effort.process_version.as_deref(), Some("v3"));
    assert_eq!(points(&decision, "repeatContact"), 20, "nothing says that more are normal");
    assert!(decision.scores.effort.benchmark.is_none());
}

#[test]
fn what_is_still_to_come_is_told_where_enough_went_the_same_way() {
    let decision = decided(&[call("k1", 1)], at(1, 1), claims(), json!({}));
    let predicted = decision.scores.effort.predicted.unwrap();
    assert_eq!(
        (predicted.points, predicted.low, predicted.high, predicted.journeys),
        (9, 0, 32, 31)
    );
    let decision = decided(&[call("k1", 1), call("k2", 2)], at(2, 1), claims(), json!({}));
    assert!(decision.scores.effort.predicted.is_none(), "nobody went that way");
}

#[test]
fn a_small_or_partial_comparison_is_none() {
    let mut few = claims();
    few["processes"]["claims"]["versions"]["v1"]["benchmark"]["groups"]["all"]["histogram"] =
        json!({ "0": 29 });
    let decision = decided(&[call("k1", 1)], at(1, 1), few, json!({}));
    assert!(decision.scores.effort.benchmark.is_none(), "29 journeys are too few");
    let silent = json!({ "type": "feed", "id": "f", "at": at(0, 0), "source": "desk",
                         "feed": "contacts", "status": "silent" });
    let decision = decided(&[call("k1", 1), silent], at(1, 1), claims(), json!({}));
    assert!(decision.scores.effort.benchmark.is_none(), "a partial score is compared with nothing");
}

#[test]
fn the_closest_group_that_is_large_enough_is_used() {
    let mut policy = claims();
    let groups = &mut policy["processes"]["claims"]["versions"]["v1"]["benchmark"]["groups"];
    groups["water"] = json!({ "histogram": { "0": 50 } });
    groups["water/phone"] = json!({ "histogram": { "0": 20 } });
    groups["water/email"] = json!({ "histogram": { "0": 90 } });
    let begun = |channel: &str| {
        let more = json!({ "process": "claims", "category": "water" });
        let first = contact("k1", at(1, 0), channel, "started", more);
        let decision = decided(&[first], at(1, 1), policy.clone(), json!({}));
        let standing = decision.scores.effort.benchmark.unwrap();
        (standing.level.as_str(), standing.journeys)
    };
    assert_eq!(begun("email"), ("channel", 90));
    assert_eq!(begun("phone"), ("category", 50));
}

#[test]
fn where_all_is_easy_nobody_is_called_hard() {
    let mut policy = claims();
    policy["processes"]["claims"]["versions"]["v1"]["benchmark"]["groups"]["all"]["histogram"] =
        json!({ "0": 100 });
    let waited = contact(
        "k1",
        at(1, 1),
        "phone",
        "queued",
        json!({ "process": "claims", "waitMs": 35 * 60_000 }),
    );
    let decision = decided(&[call("k1", 1), waited], at(1, 2), policy, json!({}));
    let effort = &decision.scores.effort;
    assert_eq!((effort.points, effort.benchmark.as_ref().unwrap().rank.get()), (15, 1000));
    assert_eq!(effort.band.as_str(), "raised", "the last of many easy ones, below twenty points");
}
