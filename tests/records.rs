//! Logs: a decision is made again from its line, byte for byte; another policy shows whose would change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use std::fs;
use tactful::record::{Diff, Record, Replay};
use tactful::{Policy, Story, policy};

/// The sample stories without a policy of their own, which the starter decides.
fn stories() -> Vec<Story> {
    let files =
        fs::read_dir("examples/stories").unwrap().chain(fs::read_dir("tests/stories").unwrap());
    let mut paths: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    texts
        .map(|text| Story::from_json(&text).unwrap())
        .filter(|story| story.policy.is_none())
        .collect()
}

fn starter() -> Policy {
    policy::starter().unwrap()
}

fn patched(patch: &Value) -> Policy {
    policy::compile(&patch.to_string()).unwrap()
}

/// A log of every story, by a policy; people of even numbers are in the north.
fn log(policy: &Policy) -> String {
    let line = |(i, story): (usize, &Story)| {
        let region = if i % 2 == 0 { "north" } else { "south" };
        Record::of(story, policy, &[("region", region)]).unwrap().to_json() + "\n"
    };
    stories().iter().enumerate().map(line).collect()
}

fn replayed(policies: impl IntoIterator<Item = Policy>, log: &str) -> Value {
    let mut replay = Replay::new(policies);
    replay.push(log.as_bytes());
    replay.finish()
}

fn compared(old: Policy, new: Policy, log: &str) -> Value {
    let mut diff = Diff::new(old, new);
    diff.push(log.as_bytes());
    diff.finish()
}

#[test]
fn every_decision_of_a_log_is_made_again_from_its_line() {
    let log = log(&starter());
    let records = log.lines().count();
    assert!(records > 100, "{records}");
    let found = replayed([starter()], &log);
    assert_eq!(found["same"], records, "{found}");
    assert_eq!((&found["different"]["count"], &found["bad"]["count"]), (&json!(0), &json!(0)));
}

#[test]
fn a_line_read_and_written_is_the_same_line() {
    for line in log(&starter()).lines() {
        assert_eq!(Record::from_json(line).unwrap().to_json(), line);
    }
}

#[test]
fn a_log_may_be_cut_anywhere() {
    let log = log(&starter());
    let whole = replayed([starter()], &log);
    let mut replay = Replay::new([starter()]);
    for piece in log.as_bytes().chunks(977) {
        replay.push(piece);
    }
    assert_eq!(replay.rows(), u32::try_from(log.lines().count()).unwrap());
    assert_eq!(replay.finish(), whole);
}

#[test]
fn a_decision_that_was_changed_is_found_with_its_place() {
    let log = log(&starter());
    let line = log.lines().next().unwrap();
    let mut record: Value = serde_json::from_str(line).unwrap();
    let was = record["decision"]["scores"]["friction"]["points"].clone();
    record["decision"]["scores"]["friction"]["points"] = json!(999);
    let found = replayed([starter()], &format!("{}\n{line}", record));
    assert_eq!((&found["same"], &found["different"]["count"]), (&json!(1), &json!(1)));
    let first = &found["different"]["named"][0];
    assert_eq!(first["path"], "/scores/friction/points");
    assert_eq!(
        (&first["record"], &first["recorded"], &first["now"]),
        (&json!(1), &json!(999), &was)
    );
}

#[test]
fn members_in_another_order_are_other_bytes() {
    let log = log(&starter());
    let mut record: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    let decision = record["decision"].as_object_mut().unwrap();
    let route = decision.shift_remove("route").unwrap();
    decision.insert("route".into(), route);
    let found = replayed([starter()], &record.to_string());
    assert_eq!(found["different"]["count"], 1);
}

#[test]
fn an_input_that_was_changed_after_the_decision_is_found() {
    let story = stories().into_iter().find(|story| story.name == "One export button, five clicks");
    let story =
        story.unwrap_or_else(|| stories().into_iter().find(|it| it.visit.is_some()).unwrap());
    let line = Record::of(&story, &starter(), &[]).unwrap().to_json();
    let mut record: Value = serde_json::from_str(&line).unwrap();
    record["moment"]["now"] = json!(record["moment"]["now"].as_i64().unwrap() + 1);
    let found = replayed([starter()], &record.to_string());
    assert_eq!(found["different"]["count"], 1, "{found}");
}

#[test]
fn groups_are_read_by_no_stage() {
    for story in stories() {
        let plain = Record::of(&story, &starter(), &[]).unwrap();
        let grouped =
            Record::of(&story, &starter(), &[("age", "old"), ("region", "south")]).unwrap();
        assert_eq!(plain.decided(), grouped.decided(), "{}", story.name);
    }
}

#[test]
fn a_record_says_what_is_wrong_with_it_all_at_once() {
    let line = r#"{ "record": 2, "name": "x", "groups": { "region": 3 }, "salt": -1, "person": 4, "history": [], "moment": {} }"#;
    let mistakes = Record::from_json(line).unwrap_err();
    let paths: Vec<&str> = mistakes.iter().map(|it| it.path()).collect();
    for path in
        ["/record", "/name", "/groups/region", "/salt", "/decision", "/person", "/moment/now"]
    {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    let found = replayed([starter()], "{}\nnot json\n");
    assert_eq!(found["bad"]["count"], 2);
    assert_eq!(found["bad"]["named"][1]["record"], 2);
}

#[test]
fn a_policy_that_was_rolled_back_replays_what_it_decided() {
    let first = || patched(&json!({ "id": "ours", "version": "1" }));
    let second = || {
        let thresholds = json!({ "thresholds": { "offerHelp": 250, "offerHelpRaised": 100 } });
        patched(&json!({ "id": "ours", "version": "2", "routes": thresholds }))
    };
    let log = log(&first()) + &log(&second()) + &log(&first());
    let half = replayed([second()], &log);
    let records = log.lines().count() / 3;
    assert_eq!(half["unknownPolicies"][0]["policy"], "ours 1");
    assert_eq!(half["unknownPolicies"][0]["records"], 2 * records);
    assert_eq!(half["same"], records);
    let all = replayed([second(), first()], &log);
    assert_eq!((&all["same"], &all["unknownPolicies"]), (&json!(3 * records), &json!([])));
}

#[test]
fn keys_that_were_salted_replay_with_their_salt() {
    // The page is the article, by a key that only its salt explains.
    let (salt, article) = (77, "export-data");
    let key = tactful::Key::of(article, tactful::Salt(salt)).0;
    let given = json!({ "person": "ada", "history": [],
        "visit": { "startedAt": 0, "events": [{ "type": "pageView", "t": 0, "page": key, "role": "article" },
            { "type": "articleProgress", "t": 60_000, "page": key, "activeMs": 60_000, "depthPct": 100, "end": true },
            { "type": "wish", "t": 60_500, "for": "person" }] },
        "moment": { "now": 61_000, "matter": "export", "articles": [{ "id": article, "matter": "export", "solves": 700, "readMs": 50_000 }] } });
    let line = |salt: Option<u32>| {
        let mut line = given.clone();
        line["record"] = json!(1);
        line["decision"] = json!({});
        if let Some(salt) = salt {
            line["salt"] = json!(salt);
        }
        Record::from_json(&line.to_string()).unwrap().decide(&starter()).unwrap()
    };
    let tried = |salt| line(salt).handoff.unwrap().tried;
    assert_eq!(tried(Some(salt)), ["read the article export-data"]);
    assert_eq!(tried(None), ["read an article"], "somebody else's key");
}

#[test]
fn a_policy_compared_with_itself_changes_nobody() {
    let found = compared(starter(), starter(), &log(&starter()));
    assert_eq!(found["changed"]["records"], 0);
    for part in ["routes", "verdicts", "reasons"] {
        assert_eq!(found[part], json!([]), "{part}");
    }
}

#[test]
fn what_one_way_is_harm_is_relief_the_other_way() {
    let log = log(&starter());
    let strict = || {
        patched(
            &json!({ "routes": { "thresholds": { "offerHelp": 1000, "offerHelpRaised": 1000 } },
            "guards": { "caps": { "pitchWeek": { "limit": 0 } } } }),
        )
    };
    let (there, back) = (compared(starter(), strict(), &log), compared(strict(), starter(), &log));
    assert!(there["harm"]["helpWithdrawn"]["records"].as_u64().unwrap() > 5, "{}", there["harm"]);
    for (harm, relief) in [
        ("helpWithdrawn", "helpGiven"),
        ("lessHelp", "moreHelp"),
        ("laterHelp", "soonerHelp"),
        ("contactedMore", "contactedLess"),
    ] {
        assert_eq!(there["harm"][harm], back["relief"][relief], "{harm}");
        assert_eq!(back["harm"][harm], there["relief"][relief], "{harm}");
    }
    assert_eq!(there["changed"], back["changed"]);
}

#[test]
fn counts_add_up_and_examples_lead_to_their_records() {
    let log = log(&starter());
    let other = patched(&json!({ "routes": { "thresholds": { "offerHelp": 900 } } }));
    let found = compared(starter(), other, &log);
    let number = |value: &Value| value.as_u64().unwrap();
    let changed = number(&found["changed"]["records"]);
    let groups = &found["groups"]["region"];
    assert_eq!(number(&groups["north"]["changed"]) + number(&groups["south"]["changed"]), changed);
    assert_eq!(
        number(&groups["north"]["records"]) + number(&groups["south"]["records"]),
        number(&found["records"])
    );
    let bands = found["bands"]["friction"].as_object().unwrap().values();
    assert_eq!(bands.map(|band| number(&band["changed"])).sum::<u64>(), changed);
    let lines: Vec<&str> = log.lines().collect();
    for route in found["routes"].as_array().unwrap() {
        for example in route["examples"].as_array().unwrap() {
            let line = lines[usize::try_from(number(&example["record"])).unwrap() - 1];
            let record: Value = serde_json::from_str(line).unwrap();
            assert_eq!(
                (&record["person"], &record["decision"]["route"]),
                (&example["person"], &route["from"])
            );
        }
    }
}

#[test]
fn what_was_decided_at_the_time_does_not_change_a_comparison() {
    let log = log(&starter());
    let other = || patched(&json!({ "routes": { "thresholds": { "offerHelp": 900 } } }));
    let forged: String = log
        .lines()
        .map(|line| {
            let mut record: Value = serde_json::from_str(line).unwrap();
            record["decision"] = json!({ "id": record["decision"]["id"] });
            record.to_string() + "\n"
        })
        .collect();
    assert_eq!(compared(starter(), other(), &log), compared(starter(), other(), &forged));
}

#[test]
fn a_policy_that_no_longer_sees_trouble_has_not_ended_it() {
    // Somebody presses a dead button again and again.
    let click =
        |i: i64| json!({ "type": "click", "t": i * 150, "target": "save", "control": "button" });
    let events: Vec<Value> = (0..6).map(click).collect();
    let story = json!({ "name": "-", "person": "ada", "visit": { "startedAt": 0, "events": events }, "moment": { "now": 8000 } });
    let story = Story::from_json(&story.to_string()).unwrap();
    let consent = json!({ "guards": { "consent": null, "windows": { "onboarding": null } }, "readiness": null });
    let mut blind = consent.clone();
    blind["signals"] = json!({ "deadClick": null, "rageClick": null, "slowClick": null });
    let log = Record::of(&story, &patched(&consent), &[]).unwrap().to_json();
    let found = compared(patched(&consent), patched(&blind), &log);
    let pitch = found["verdicts"].as_array().unwrap().iter().any(|it| it["purpose"] == "pitch");
    assert!(pitch, "{found:#}");
    assert_eq!(found["harm"]["soldInTrouble"]["records"], 1, "{found:#}");
}
