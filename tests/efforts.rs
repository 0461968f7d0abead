//! Effort in files: the engine that decides, on exports and on contract events of many people.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "given/trails.rs"]
mod given;

use given::{MATTER, NOW, trails};
use proptest::prelude::*;
use serde_json::{Value, json};
use tactful::assemble::{Assembler, Events, Format, Mapping};
use tactful::event::history::HistoryBody;
use tactful::{History, HistoryEvent, Moment, Ms, Salt, Visit, decide, policy};

const DAY: i64 = 86_400_000;

fn events(lines: &[Value], patch: &Value) -> Value {
    let mut events = Events::new(policy::compile(&patch.to_string()).unwrap());
    for line in lines {
        events.push(format!("{line}\n").as_bytes());
    }
    events.finish(true)
}

fn call(id: usize, day: i64, person: &str, matter: &str) -> Value {
    json!({ "type": "contact", "id": format!("e{id}"), "at": day * DAY, "source": "desk", "person": person,
            "contact": format!("c{id}"), "step": "started", "channel": "phone", "matter": matter,
            "process": "claims" })
}

fn solved(id: usize, day: i64, person: &str, matter: &str) -> Value {
    json!({ "type": "case", "id": format!("r{id}"), "at": day * DAY, "source": "cases", "person": person,
            "case": format!("case-{id}"), "step": "resolved", "matter": matter })
}

#[test]
fn a_new_version_of_a_process_is_a_break_and_the_old_baseline_ends_there() {
    // Sixty claims a day apart, solved the same day; the procedure changes on day 100.
    let mut lines = Vec::new();
    for i in 0..120usize {
        let (day, person) = (i64::try_from(i).unwrap(), format!("p{i}"));
        lines.push(call(2 * i, day, &person, "claim"));
        if i >= 100 {
            lines.push(call(2 * i + 1, day, &person, "claim"));
        }
        lines.push(solved(i, day, &person, "claim"));
    }
    // One that was under way when it changed.
    lines.push(call(1000, 98, "late", "claim"));
    lines.push(call(1001, 101, "late", "claim"));
    lines.push(solved(1000, 102, "late", "claim"));
    let versions = json!({ "processes": { "claims": { "versions": {
        "v1": { "normalContacts": 1 }, "v2": { "normalContacts": 1, "effectiveFrom": 100 * DAY } } } } });
    let found = events(&lines, &versions);
    let effort = &found["effort"];
    let the_break = &effort["breaks"][0];
    assert_eq!(
        (&the_break["at"], &the_break["before"], &the_break["after"]),
        (&json!(100 * DAY), &json!("v1"), &json!("v2"))
    );
    assert_eq!(
        (&the_break["journeysBefore"], &the_break["journeysAfter"]),
        (&json!(101), &json!(20))
    );
    assert_eq!((&the_break["straddling"], &effort["straddling"]), (&json!(1), &json!(1)));
    let late =
        effort["rows"].as_array().unwrap().iter().find(|row| row["person"] == "late").unwrap();
    assert_eq!((&late["version"], &late["straddles"]), (&json!("v1"), &json!(true)));
    // What is ripe of the old version is its benchmark; the new one has none yet.
    let processes = &effort["benchmarks"]["processes"]["claims"]["versions"];
    assert_eq!(processes["v1"]["benchmark"]["groups"]["all"]["histogram"], json!({ "0": 100 }));
    assert!(processes["v2"].is_null(), "{processes}");
    // The patch is one that a policy takes; then the old version has a rank and the new has none.
    let mut with = versions.clone();
    with["processes"]["claims"]["versions"]["v1"]["benchmark"] =
        processes["v1"]["benchmark"].clone();
    let again = events(&lines, &with);
    for row in again["effort"]["rows"].as_array().unwrap() {
        assert_eq!(row["rank"].is_null(), row["version"] == "v2", "{row}");
    }
}

#[test]
fn what_nobody_looked_at_calibrates_nothing_and_a_new_procedure_is_marked() {
    let mut lines = Vec::new();
    for i in 0..60usize {
        let (day, person) = (i64::try_from(i).unwrap(), format!("p{i}"));
        lines.push(call(i, day, &person, "claim"));
        lines.push(solved(i, day, &person, "claim"));
    }
    // The last event is of day 100.
    lines.push(call(999, 100, "last", "claim"));
    let declared = |more: Value| {
        let mut patch =
            json!({ "processes": { "claims": { "versions": { "v1": { "normalContacts": 1 } } } } });
        patch.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        patch
    };
    let told = |lines: &[Value], patch: &Value| {
        let effort = events(lines, patch)["effort"].clone();
        let benchmarks = effort["benchmarks"]["processes"]["claims"].is_object();
        (effort["recalibration"].clone(), benchmarks)
    };
    let paths = |it: &Value| -> Vec<String> {
        it["because"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["path"].as_str().unwrap().to_owned())
            .collect()
    };
    // A review is overdue from its day on.
    let (fine, benchmarks) = told(&lines, &declared(json!({ "reviewDue": 100 * DAY + 1 })));
    assert_eq!((&fine["allowed"], benchmarks), (&json!(true), true));
    let (late, benchmarks) = told(&lines, &declared(json!({ "reviewDue": 100 * DAY })));
    assert_eq!((paths(&late), benchmarks), (vec!["/reviewDue".to_owned()], false));
    // Due after the end of the file, and over today.
    let due = policy::compile(&declared(json!({ "reviewDue": 150 * DAY })).to_string()).unwrap();
    let mut file = Events::new(due).today(Ms(150 * DAY));
    lines.iter().for_each(|line| file.push(format!("{line}\n").as_bytes()));
    assert_eq!(paths(&file.finish(true)["effort"]["recalibration"]), ["/reviewDue"]);
    // A new version is marked as soon as it is announced; for longer than a review takes, it stops.
    let announced = |day: i64| {
        let mut with = lines.clone();
        with.push(json!({ "type": "process", "id": "x", "at": 90 * DAY, "source": "ops", 
            "process": "claims", "version": "v2", "effectiveFrom": day * DAY }));
        with
    };
    let (marked, benchmarks) = told(&announced(90), &declared(json!({})));
    assert_eq!((&marked["allowed"], benchmarks), (&json!(true), true));
    assert_eq!(marked["toReview"][0]["path"], "/processes/claims/versions/v2");
    let (stopped, benchmarks) = told(&announced(69), &declared(json!({})));
    assert_eq!(
        (paths(&stopped), benchmarks),
        (vec!["/processes/claims/versions/v2".to_owned()], false)
    );
    // Defined, it is nobody's business any more.
    let both = json!({ "processes": { "claims": { "versions": { "v1": { "normalContacts": 1 },
        "v2": { "normalContacts": 1, "effectiveFrom": 69 * DAY } } } } });
    assert_eq!(told(&announced(69), &both).0["toReview"], json!([]));
}

#[test]
fn customers_are_found_by_their_links_and_conflicts_are_told() {
    let link = |id: &str, a: &str, b: &str, strength: &str| {
        json!({ "type": "identity", "id": id, "at": 0, "source": "identities", "a": a, "b": b,
                "strength": strength, "state": "linked" })
    };
    let mut passed = call(9, 3, "bob", "bill");
    passed["contact"] = json!("c1");
    passed["step"] = json!("transferred");
    let lines = [
        call(1, 1, "ada", "bill"),
        call(2, 2, "tel-1", "bill"),
        call(3, 2, "bob", "bill"),
        passed,
        link("l1", "ada", "tel-1", "strong"),
        link("l2", "ada", "bob", "weak"),
    ];
    let found = events(&lines, &json!({}));
    assert_eq!(found["customers"]["ofCases"], 2);
    assert_eq!(found["effort"]["journeys"], 2);
    assert_eq!(found["identityConflicts"], json!({ "count": 1, "cases": ["c1"] }));
    assert_eq!(found["warnings"], json!(["`ada` and `bob` are linked weakly and were kept apart"]));
    let hardest = &found["effort"]["hardest"][0];
    assert_eq!((&hardest["person"], &hardest["contacts"]), (&json!("ada"), &json!(2)));
    assert_eq!(hardest["contributions"]["transferCold"], 10, "the contact is the first one's");
}

#[test]
fn what_cannot_be_read_is_counted_with_the_reason() {
    let mut later = call(2, 1, "ada", "bill");
    later["mood"] = json!("fine");
    let mut nobody = call(3, 1, "ada", "bill");
    nobody["person"] = Value::Null;
    let mut events = Events::new(policy::starter().unwrap());
    let lines = format!(
        "{}\nnonsense\n\n{later}\n{nobody}\n{{\"type\":\"contact\"}}",
        call(1, 1, "ada", "bill")
    );
    // Cut anywhere.
    lines.as_bytes().chunks(7).for_each(|piece| events.push(piece));
    let found = events.finish(false);
    assert_eq!(found["rows"], 5);
    let skipped: Vec<&str> = found["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["reason"].as_str().unwrap())
        .collect();
    assert_eq!(skipped, ["`id` is missing at /id", "no person", "not a JSON object"]);
    assert_eq!(found["warnings"][0], "1 events: the field `mood` is not known and was ignored");
    assert_eq!(found["cases"], 2);
}

#[test]
fn events_without_a_name_of_their_own_are_told_and_not_made_one() {
    let nameless = |field: &str, id, person| {
        let mut event = call(id, 1, person, "bill");
        event[field] = json!("");
        event
    };
    let lines = [
        nameless("id", 1, "ada"),
        nameless("id", 2, "bob"),
        nameless("source", 3, "cy"),
        call(4, 1, "di", "bill"),
    ];
    let found = events(&lines, &json!({}));
    assert_eq!(found["cases"], 1);
    assert_eq!(
        found["skipped"],
        json!([{ "reason": "an event has a id of its own at /id", "rows": 2 },
               { "reason": "an event has a source of its own at /source", "rows": 1 }])
    );
    assert_eq!(found["warnings"], json!([]));
}

const TICKETS: &str = "case,what,at,who,topic,by,via,waited\n\
    1,call,0,ada,export,ann,phone,900000\n1,moved,1000,ada,export,ben,,\n1,solved,3600000,ada,export,ben,,\n\
    2,call,90000000,ada,export,ann,email,\n2,again,93600000,ada,export,ann,,\n2,solved,97200000,ada,export,cid,,\n\
    3,call,90000000,bob,export,ann,fax,\n3,solved,90000500,bob,export,ann,,\n";

fn tickets() -> Value {
    json!({
        "mapping": 1, "id": "desk", "source": "desk", "time": { "format": "epochMs" },
        "columns": { "case": "case", "activity": "what", "at": "at", "person": "who", "category": "topic",
                     "agent": "by", "channel": "via", "waitMs": "waited" },
        "activities": { "solved": { "type": "case", "step": "resolved" }, "again": { "type": "case", "step": "reopened" },
            "call": { "type": "contact", "step": "started", "direction": "in" },
            "moved": { "type": "contact", "step": "transferred" } },
        "transfers": { "rule": "events" },
        "journeys": [{ "name": "matter", "key": ["person", "category"], "end": "lastResolved", "windowsDays": [7] }],
        "documented": { "starts": ["call"], "ends": ["solved"], "follows": [
            { "from": "call", "to": "solved", "targetMs": 1000 }, { "from": "call", "to": "moved" },
            { "from": "moved", "to": "solved", "targetMs": 3_600_000 } ] },
    })
}

fn assemble(mapping: &Value, csv: &str) -> Value {
    let mapping = Mapping::from_json(&mapping.to_string()).unwrap_or_else(|e| panic!("{e:?}"));
    let assembler = Assembler::new(mapping, Format::Csv, &tactful::all_offsets).unwrap();
    let mut assembler = assembler.with_effort(policy::starter().unwrap());
    assembler.push(csv.as_bytes());
    assembler.finish(true)
}

#[test]
fn an_export_gives_the_effort_of_its_journeys() {
    let found = assemble(&tickets(), TICKETS);
    let effort = &found["effort"];
    assert_eq!(effort["journeys"], 2);
    let ada = &effort["hardest"][0];
    assert_eq!((&ada["person"], &ada["about"]), (&json!("ada"), &json!("export")));
    assert_eq!(ada["legs"], json!(["phone", "email"]));
    // One repeat, one switch, one cold transfer, one return to work; a quarter of an hour of waiting is
    // two doublings of five minutes, 27 hours of three days 0.459 doublings.
    assert_eq!(
        ada["contributions"],
        json!({ "repeatContact": 20, "reopen": 15, "channelSwitch": 12,
        "transferCold": 10, "wait": 10, "elapsed": 2 })
    );
    assert_eq!(effort["unheard"], json!(["escalationOrComplaint", "repeatInfo", "uiFriction"]));
    assert_eq!(effort["coverage"], 833);
    assert_eq!(effort["bands"], json!({ "usual": 0, "raised": 0, "high": 1, "unknown": 1 }));
    let sum: i64 = effort["contributions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["points"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, ada["points"].as_i64().unwrap());
    let foreign = &found["warnings"][0];
    assert_eq!(
        foreign,
        "1 rows: `fax` in `channel` is no word of the contract; say under values what it means"
    );
}

#[test]
fn a_case_taken_up_again_and_left_is_no_solved_journey() {
    let effort = |rows: &str| assemble(&tickets(), rows)["effort"].clone();
    let left = TICKETS.replace("2,solved,97200000,ada,export,cid,,\n", "");
    let (open, solved) = (effort(&left), effort(TICKETS));
    assert_eq!((&solved["resolved"], &open["resolved"]), (&json!(2), &json!(1)));
    assert_eq!(open["rows"][0]["resolved"], Value::Null);
}

#[test]
fn a_case_of_contract_events_that_was_reopened_and_left_is_open() {
    let case = ["opened", "resolved", "reopened"];
    let case = case.into_iter().zip(0..).map(|(step, day)| case_step(step, day));
    let lines: Vec<Value> = case.chain([call(9, 40, "bob", "y")]).collect();
    let found = events(&lines, &json!({}));
    let time = &found["timeTo"][0];
    assert_eq!((&time["events"], &time["censored"]), (&json!(0), &json!(1)));
}

fn case_step(step: &str, day: i64) -> Value {
    let mut event = solved(1, day, "ada", "x");
    (event["id"], event["step"]) = (json!(step), json!(step));
    event
}

#[test]
fn the_coverage_is_that_of_whom_least_is_seen() {
    let silent = json!({ "type": "feed", "id": "f", "at": 0, "source": "host", "person": "bob",
        "feed": "contacts", "status": "silent" });
    let of = |lines: &[Value]| events(lines, &json!({}))["effort"]["coverage"].clone();
    let [ada, bob] = [call(1, 2, "ada", "x"), call(2, 2, "bob", "x")];
    let alone = of(&[silent.clone(), bob.clone()]);
    assert!(alone.as_u64().unwrap() < of(std::slice::from_ref(&ada)).as_u64().unwrap());
    assert_eq!(of(&[silent, ada, bob]), alone);
}

#[test]
fn the_counts_are_those_the_mapping_declares() {
    let mut mapping = tickets();
    mapping["transfers"] = json!({ "rule": "change", "column": "by" });
    mapping["contacts"] = json!({ "rule": "none" });
    let found = assemble(&mapping, TICKETS);
    let ada = &found["effort"]["hardest"][0];
    assert_eq!(ada["contributions"]["transferCold"], 20, "ann to ben, ann to cid");
    assert_eq!(
        ada["contributions"]["repeatContact"], 20,
        "where nobody counts contacts, a case is one"
    );
    let unheard = found["effort"]["unheard"].as_array().unwrap();
    assert!(unheard.contains(&json!("repeatContact")) && unheard.contains(&json!("channelSwitch")));
    mapping["transfers"] = json!({ "rule": "none" });
    let found = assemble(&mapping, TICKETS);
    assert!(found["effort"]["unheard"].as_array().unwrap().contains(&json!("transferCold")));
}

#[test]
fn without_transfers_nobody_knows_what_was_solved_at_the_first_contact() {
    let mut mapping = tickets();
    let day_30 = "4,call,2592000000,cy,other,ann,phone,\n";
    let first = |mapping: &Value| {
        assemble(mapping, &format!("{TICKETS}{day_30}"))["effort"]["firstContact"].clone()
    };
    let known = first(&mapping);
    assert_eq!((&known["over"], &known["met"]), (&json!(2), &json!(1)));
    mapping["transfers"] = json!({ "rule": "none" });
    let unknown = first(&mapping);
    assert_eq!((&unknown["over"], &unknown["met"]), (&json!(2), &Value::Null));
    assert_eq!((&unknown["rate"], &unknown["high"]), (&Value::Null, &Value::Null));
    assert_eq!(unknown["ignoringTransfers"]["met"], 1);
}

#[test]
fn the_work_is_compared_with_how_it_should_go() {
    let found = assemble(&tickets(), TICKETS);
    let conformance = &found["conformance"];
    assert_eq!((&conformance["cases"], &conformance["conforming"]), (&json!(3), &json!(2)));
    assert_eq!(
        conformance["deviations"],
        json!([
        { "from": "again", "to": "solved", "count": 1, "cases": 1 },
        { "from": "call", "to": "again", "count": 1, "cases": 1 } ])
    );
    assert_eq!(conformance["starts"], json!({}));
    assert_eq!(
        found["handovers"],
        json!({ "total": 2, "cases": 2, "top": [
        { "from": "ann", "to": "ben", "count": 1 }, { "from": "ann", "to": "cid", "count": 1 } ] })
    );
    let bottleneck = &found["bottleneck"];
    assert_eq!((&bottleneck["from"], &bottleneck["to"]), (&json!("again"), &json!("solved")));
    assert_eq!(bottleneck["lostMs"].as_f64(), Some(3_600_000.0));
}

fn line(event: &HistoryEvent) -> Value {
    serde_json::from_str(&event.to_json()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_gives_what_a_decision_gives(trail in trails(2, 40), turn in any::<prop::sample::Index>()) {
        let policy = policy::compile(r#"{ "guards": { "consent": null } }"#).unwrap();
        let mut history = History::new();
        history.learn(trail.iter().cloned());
        let mut moment = Moment::at(NOW);
        moment.matter = Some(MATTER.into());
        let decision = decide(&policy, &history, &Visit::new(NOW, Salt(0)), &moment);
        // Somebody else's call makes the file end at the moment of the decision, whatever the trail ends with.
        let as_lines = |trail: &[HistoryEvent]| -> Vec<Value> {
            let lines = trail.iter().map(|event| line(&HistoryEvent { person: Some("ada".into()), ..event.clone() }));
            let mut other = call(99, 0, "bob", "other");
            other["at"] = json!(NOW.0);
            lines.chain([other]).collect()
        };
        let lines = as_lines(&trail);
        let patch = json!({ "guards": { "consent": null } });
        let found = events(&lines, &patch);
        let rows = found["effort"]["rows"].as_array().unwrap();
        // A journey that is over stays in the file; a decision goes on with none that is.
        let own = rows.iter().rfind(|row| row["person"] == "ada" && row["about"] == MATTER && row["open"] == true);
        let points = own.map_or(0, |row| row["points"].as_i64().unwrap());
        prop_assert_eq!(points, decision.scores.effort.points);
        // Neither the order of lines, nor a line twice, nor any survey changes a byte of it.
        let mut turned = lines.clone();
        turned.rotate_left(turn.index(lines.len()));
        turned.push(lines[0].clone());
        let effort = found["effort"].to_string();
        prop_assert_eq!(events(&turned, &patch)["effort"].to_string(), effort.clone());
        let asked = |event: &&HistoryEvent| !matches!(event.body, HistoryBody::Survey(_));
        let unasked: Vec<HistoryEvent> = trail.iter().filter(asked).cloned().collect();
        prop_assert_eq!(events(&as_lines(&unasked), &patch)["effort"].to_string(), effort);
    }
}
