//! Exports of every usual kind, read by their mapping files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "assemble/cells.rs"]
mod cells;

use serde_json::{Value, json};
use tactful::assemble::{Assembler, Format, Mapping};

fn mapping(changes: Value) -> Value {
    let mut mapping = json!({
        "mapping": 1, "id": "desk", "source": "desk",
        "columns": { "case": "case", "activity": "what", "at": "at", "person": "who", "category": "topic" },
        "time": { "format": "epochMs" },
        "activities": { "solved": { "type": "case", "step": "resolved" }, "again": { "type": "case", "step": "reopened" },
            "call": { "type": "contact", "step": "started", "direction": "in" }, "moved": { "type": "contact", "step": "transferred" }, "*": null },
        "transfers": { "rule": "events" },
        "journeys": [{ "name": "matter", "key": ["person", "category"], "end": "lastResolved", "windowsDays": [1] }],
        "firstContact": { "over": "resolved", "windowDays": 1 },
        "timeTo": [{ "name": "resolution", "from": "opened", "to": "resolved" }],
    });
    for (key, value) in changes.as_object().unwrap() {
        mapping[key] = value.clone();
    }
    mapping
}

fn assemble_pieces(mapping: &Value, format: Format, bytes: &[u8], piece: usize) -> Value {
    let mapping = Mapping::from_json(&mapping.to_string()).unwrap_or_else(|e| panic!("{e:?}"));
    let mut assembler = Assembler::new(mapping, format, &tactful::all_offsets).unwrap();
    bytes.chunks(piece).for_each(|piece| assembler.push(piece));
    assembler.finish(true)
}

fn assemble(mapping: &Value, csv: &str) -> Value {
    assemble_pieces(mapping, Format::Csv, csv.as_bytes(), usize::MAX)
}

const DESK: &str = "case,what,at,who,topic\n\
    1,call,0,ada,export\n1,moved,1000,ada,export\n1,solved,3600000,ada,export\n\
    2,call,90000000,ada,export\n2,solved,93600000,ada,export\n\
    3,call,90000000,bob,export\n3,solved,90000500,bob,export\n\
    4,call,400000000,eve,billing\n";

#[test]
fn cases_journeys_and_times_come_out_of_a_log() {
    let found = assemble(&mapping(json!({})), DESK);
    assert_eq!((&found["cases"], &found["events"]), (&json!(4), &json!(8)));
    let window = &found["journeys"][0]["windows"][0];
    assert_eq!(window["recontactCases"], 1, "ada came back within a day of being solved");
    assert_eq!(window["journeys"], 3);
    assert_eq!(
        found["transfers"],
        json!({ "total": 1, "cases": 1, "histogram": { "0": 3, "1": 1 } })
    );
    let time = &found["timeTo"][0];
    assert_eq!((&time["n"], &time["events"], &time["censored"]), (&json!(3), &json!(3), &json!(0)));
    // Ada's first case was moved and followed by another; her second and bob's were solved at once.
    let first = &found["firstContact"];
    assert_eq!((&first["over"], &first["met"]), (&json!(3), &json!(2)));
    assert_eq!(found["caseRows"][0]["transfers"], 1);
    assert_eq!(found["caseRows"][3]["resolvedAt"], Value::Null);
}

#[test]
fn what_was_reopened_and_not_solved_again_is_open() {
    let rows = |last: &str| {
        format!(
            "case,what,at,who,topic\n1,call,0,ada,x\n1,solved,1000,ada,x\n1,again,2000,ada,x\n{last}2,call,9000,bob,x\n"
        )
    };
    let open = assemble(&mapping(json!({})), &rows(""));
    let time = &open["timeTo"][0];
    assert_eq!((&time["events"], &time["censored"]), (&json!(0), &json!(1)));
    assert_eq!(open["caseRows"][0]["resolvedAt"], Value::Null);
    let solved = assemble(&mapping(json!({})), &rows("1,solved,3000,ada,x\n"));
    assert_eq!(solved["caseRows"][0]["resolvedAt"], 3000);
    // Whatever the mapping calls a reopening; who asks for the first resolution gets it.
    let counted = json!({ "reopens": { "rule": "activity", "is": ["note"] } });
    let counted = assemble(&mapping(counted), &rows("").replace("again", "note"));
    assert_eq!(counted["caseRows"][0]["resolvedAt"], Value::Null);
    let first = json!({ "lifecycle": { "resolved": { "step": "resolved", "take": "first" } } });
    assert_eq!(assemble(&mapping(first), &rows(""))["caseRows"][0]["resolvedAt"], 1000);
}

#[test]
fn however_the_bytes_are_cut_and_the_rows_are_shuffled_it_is_the_same() {
    let mapping = mapping(json!({ "order": ["what"] }));
    let whole = assemble(&mapping, DESK);
    for piece in [1, 2, 7, 64] {
        assert_eq!(
            assemble_pieces(&mapping, Format::Csv, DESK.as_bytes(), piece),
            whole,
            "{piece}"
        );
    }
    let mut lines: Vec<&str> = DESK.lines().collect();
    lines[1..].reverse();
    assert_eq!(assemble(&mapping, &lines.join("\r\n")), whole);
    let ndjson: String = DESK
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let at: i64 = cells[2].parse().unwrap();
            json!({ "case": cells[0], "what": cells[1], "at": at, "who": cells[3], "topic": cells[4] }).to_string() + "\n"
        })
        .collect();
    for piece in [1, 50, usize::MAX] {
        assert_eq!(assemble_pieces(&mapping, Format::Ndjson, ndjson.as_bytes(), piece), whole);
    }
}

#[test]
fn quotes_marks_and_missing_columns_are_read_as_they_should() {
    let tricky = "\u{feff}case;what;at;who\n\"1\";\"call\";\"0\";\"Doe; Ada \"\"the first\"\"\"\n1;solved;10;\n";
    let mapping = mapping(json!({ "csv": { "delimiter": ";" } }));
    let found = assemble(&mapping, tricky);
    assert_eq!(found["caseRows"][0]["person"], "Doe; Ada \"the first\"");
    assert_eq!(found["warnings"][0], "the file has no column `topic`");
    let absent = "the mapping names the activity `moved`, and the file has none";
    assert!(found["warnings"].as_array().unwrap().contains(&json!(absent)));
    let numbered = without_header();
    let found = assemble(&numbered, "1,call,0\n1,solved,5\n");
    assert_eq!(found["variants"]["top"][0]["activities"], json!(["call", "solved"]));
}

fn without_header() -> Value {
    mapping(
        json!({ "csv": { "header": false }, "journeys": [], "columns": { "case": "1", "activity": "2", "at": "3" } }),
    )
}

#[test]
fn rows_that_cannot_be_read_are_counted_by_reason_and_harm_no_other() {
    let found = assemble(
        &mapping(json!({})),
        "case,what,at,who,topic\n1,call,0,ada,x\n,call,0,ada,x\n2,call,soon,ada,x\n3,,5,ada,x\n",
    );
    assert_eq!((&found["rows"], &found["cases"]), (&json!(4), &json!(1)));
    let skipped = json!([{ "reason": "no activity", "rows": 1 }, { "reason": "no case", "rows": 1 }, { "reason": "unreadable time", "rows": 1 }]);
    assert_eq!(found["skipped"], skipped);
}

#[test]
fn rows_that_a_quote_swallowed_are_told() {
    let skipped = |rows: &str| {
        let found = assemble(&mapping(json!({})), &format!("case,what,at,who,topic\n{rows}"));
        (found["skipped"].clone(), found["cases"].clone())
    };
    let open = skipped("1,call,0,ada,x\n2,call,0,\"bob,x\n3,call,0,cy,x\n4,call,0,di,x\n");
    let reason = json!([{ "reason": "a quote is never closed", "rows": 1 }]);
    assert_eq!(open, (reason, json!(1)));
    // What ends as it should, with or without the last line's end, is no such file.
    for end in ["", "\n", "\r\n", "\r", "\n\n"] {
        for last in ["x", "\"x\"", "\"x, \"\"y\"\"\"", "", "5\" pipe"] {
            let found = skipped(&format!("1,call,0,ada,{last}{end}"));
            assert_eq!(found, (json!([]), json!(1)), "{last:?} {end:?}");
        }
    }
    assert_eq!(assemble(&mapping(json!({})), "")["skipped"], json!([]));
}

fn calls(cases: &[&str]) -> String {
    let row = |case| format!("{{\"case\":{case},\"what\":\"call\",\"at\":0,\"who\":\"ada\"}}\n");
    cases.iter().map(row).collect()
}

#[test]
fn a_mark_at_the_start_of_a_file_is_no_part_of_its_first_line() {
    let marked = format!("\u{feff}{}", calls(&["1", "2"]));
    for piece in [1, 5, usize::MAX] {
        let found = assemble_pieces(&mapping(json!({})), Format::Ndjson, marked.as_bytes(), piece);
        assert_eq!((&found["cases"], &found["skipped"]), (&json!(2), &json!([])), "{piece}");
    }
}

#[test]
fn cases_whose_numbers_are_too_large_to_be_told_apart_are_not_made_one() {
    let most = [
        "9007199254740993",
        "18446744073709551615",
        "18446744073709551616",
        "18446744073709551617",
    ];
    let found =
        assemble_pieces(&mapping(json!({})), Format::Ndjson, calls(&most).as_bytes(), usize::MAX);
    let reason = "a number too large to be told from others; write it as text";
    assert_eq!(found["cases"], 2, "what 64 bits hold is exact");
    assert_eq!(found["skipped"], json!([{ "reason": reason, "rows": 2 }]));
}

#[test]
fn a_transfer_is_what_the_source_says_and_a_second_opinion_is_heard() {
    let rows = "case,what,at,who,topic,team,moves\n1,a,0,p,t,x,0\n1,b,1,p,t,y,0\n1,again,2,p,t,y,0\n1,c,3,p,t,x,5\n";
    let by = |transfers: Value| {
        let attributes = json!({ "moves": { "column": "moves", "take": "max", "number": true } });
        assemble(&mapping(json!({ "transfers": transfers, "attributes": attributes })), rows)
    };
    let change =
        by(json!({ "rule": "change", "column": "team", "check": { "attribute": "moves" } }));
    assert_eq!(change["transfers"]["total"], 2);
    assert_eq!(
        change["caseRows"][0]["transfersBeforeReopen"], 1,
        "what came before, and nothing later"
    );
    assert_eq!(change["transfers"]["check"]["agreeShare"], 0.0);
    assert!(change["warnings"][0].as_str().unwrap().contains("is the rule right?"));
    assert_eq!(by(json!({ "rule": "column", "column": "moves" }))["transfers"]["total"], 5);
    assert_eq!(by(json!({ "rule": "activity", "is": ["b", "c"] }))["transfers"]["total"], 2);
    assert_eq!(
        by(json!({ "rule": "none" }))["transfers"]["total"],
        Value::Null,
        "unknown is not zero"
    );
}

#[test]
fn what_a_file_does_not_record_was_not_solved_at_the_first_contact() {
    let first = |changes: Value| assemble(&mapping(changes), DESK)["firstContact"].clone();
    let solved = json!({ "solved": { "type": "case", "step": "resolved" }, "*": null });
    let none = json!({ "rule": "none" });
    assert_eq!(first(json!({ "activities": solved, "transfers": none })), Value::Null);
    let unmoved = first(json!({ "transfers": none }));
    assert_eq!(
        (&unmoved["over"], &unmoved["met"], &unmoved["rate"]),
        (&json!(3), &Value::Null, &Value::Null)
    );
    assert_eq!(unmoved["ignoringTransfers"]["met"], 2);
    // Of a case that nobody counted the contacts of nothing is known.
    let rows = "case,what,at,who,topic,asked\n1,solved,0,ada,x,1\n2,solved,0,bob,x,\n3,solved,99000000,cy,x,2\n";
    let counted = json!({ "contacts": { "rule": "column", "column": "asked" } });
    let found = assemble(&mapping(counted), rows);
    let found = &found["firstContact"];
    assert_eq!((&found["over"], &found["met"]), (&json!(1), &json!(1)));
}

/// Opened and solved when columns say so.
#[test]
fn a_case_of_two_customers_is_a_conflict_and_keeps_the_first() {
    let rows = "case,what,at,who,topic\n1,call,5,bob,x\n1,solved,9,ada,x\n1,note,0,eve,x\n";
    let found = assemble(&mapping(json!({})), rows);
    assert_eq!(found["identityConflicts"], json!({ "count": 1, "cases": ["1"] }));
    assert_eq!(found["caseRows"][0]["person"], "eve");
}

#[test]
fn rows_without_a_case_are_put_together_by_key_and_pause() {
    let rows =
        "what,at,who,topic\ncall,0,ada,x\ncall,1000,ada,x\ncall,900000000,ada,x\ncall,500,bob,x\n";
    let changes = json!({ "columns": { "activity": "what", "at": "at", "person": "who", "category": "topic" },
        "caseBy": { "key": ["person", "category"], "windowMs": 86_400_000 } });
    assert_eq!(assemble(&mapping(changes), rows)["cases"], 3);
}

fn by_pause() -> Value {
    let take = |take: &str| json!({ "column": "cost", "take": take, "number": true });
    mapping(json!({
        "columns": { "activity": "what", "at": "at", "person": "who", "category": "topic", "agent": "who" },
        "caseBy": { "key": ["category"], "windowMs": 1000 },
        "attributes": { "sum": take("sum"), "max": take("max"), "min": take("min"), "first": take("first"),
                        "last": take("last"), "count": take("count") } }))
}

#[test]
fn rows_without_a_case_are_put_together_alike_in_any_order() {
    // Three runs of one thing and one of another; the second run is of two people.
    let mut rows = [
        "call,0,ada,x,5",
        "solved,900,ada,x,-2",
        "call,3000,ada,x,1",
        "moved,4000,,x,many",
        "call,5000,bob,x,",
        "solved,6000,bob,x,9",
        "call,90000,cy,x,4",
        "call,3500,di,y,3",
        "solved,4400,di,y,8",
    ];
    let of = |rows: &[&str]| {
        let csv = format!("what,at,who,topic,cost\n{}\n", rows.join("\n"));
        assemble(&by_pause(), &csv)
    };
    let whole = of(&rows);
    let row = |i: usize| &whole["caseRows"][i];
    let told = |i: usize| (row(i)["case"].as_str().unwrap(), row(i)["events"].as_u64().unwrap());
    assert_eq!(
        [told(0), told(1), told(2), told(3)],
        [("x#0", 2), ("x#1", 4), ("x#2", 1), ("y#0", 2)]
    );
    assert_eq!((&row(1)["conflict"], &row(1)["person"]), (&json!(true), &json!("ada")));
    let numbers =
        json!({ "sum": 10.0, "max": 9.0, "min": 1.0, "first": 1.0, "last": 9.0, "count": 3.0 });
    assert_eq!(row(1)["attributes"], numbers);
    rows.reverse();
    assert_eq!(of(&rows), whole, "newest first");
    // Every step through the rows that meets each of them once.
    for step in [2, 4, 5, 7, 8] {
        for from in 0..rows.len() {
            let order = (0..rows.len()).map(|i| rows[(from + i * step) % rows.len()]);
            assert_eq!(of(&order.collect::<Vec<_>>()), whole, "{step} {from}");
        }
    }
}

#[test]
fn every_mistake_in_a_mapping_is_found_with_its_place() {
    let wrong = mapping(json!({
        "activities": { "solved": { "type": "case", "step": "resolvd" } },
        "transfers": { "rule": "change" },
        "time": { "format": "HH:mm" },
        "journeys": [{ "name": "m", "key": ["persn"], "end": "lastEvent", "windowsDays": [7] }],
        "firstContact": { "over": "resolved", "journey": "mattr" },
    }));
    let errors = Mapping::from_json(&wrong.to_string()).unwrap_err();
    let mut paths: Vec<&str> = errors.iter().map(tactful::Error::path).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "/activities/solved/0/step",
            "/firstContact/journey",
            "/journeys/0/key/0",
            "/time/format",
            "/transfers/column"
        ]
    );
    let unknown = Mapping::from_json(r#"{ "mapping": 1, "id": "x", "source": "s", "columns": { "cse": "a" }, "transfers": { "rule": "nne" } }"#).unwrap_err();
    assert!(unknown.iter().any(|e| e.path() == "/columns/cse" && e.how_to_mend().contains("case")));
    assert!(unknown.iter().any(|e| e.path() == "/transfers/rule"));
}

#[test]
fn a_misspelt_key_or_word_is_a_mistake_wherever_it_is_used() {
    let refused = |changes: Value| -> Vec<String> {
        let errors = Mapping::from_json(&mapping(changes).to_string()).unwrap_err();
        errors.iter().map(|e| format!("{} {}", e.path(), e.how_to_mend())).collect()
    };
    let person = "did you mean `person`?";
    assert_eq!(
        refused(json!({ "caseBy": { "key": ["persn"] } })),
        [format!("/caseBy/key/0 {person}")],
        "everybody would be one case"
    );
    assert_eq!(
        refused(json!({ "sessions": [{ "name": "s", "key": ["topic", "persn"], "gapMs": 1 }] }))[1],
        format!("/sessions/0/key/1 {person}")
    );
    for (changes, path) in [
        (json!({ "caseBy": { "key": [] } }), "/caseBy/key"),
        (json!({ "sessions": [{ "name": "s", "key": [], "gapMs": 1 }] }), "/sessions/0/key"),
    ] {
        assert!(refused(changes)[0].starts_with(path));
    }
    let values = json!({ "chanel": { "a": "email" }, "channel": { "E-Mail": "emial", "*": null },
        "direction": { "eingehend": "in", "ausgehend": "aus" }, "person": { "-": null } });
    let found = refused(json!({ "values": values }));
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0], "/values/chanel did you mean `channel`?");
    assert_eq!(found[1], "/values/channel/E-Mail did you mean `email`?");
    assert!(found[2].starts_with("/values/direction/ausgehend"));
}

#[test]
fn every_example_is_read_without_a_note() {
    let folder = format!("{}/examples/assemble", env!("CARGO_MANIFEST_DIR"));
    for (name, file) in [
        ("helpdesk", "helpdesk.csv"),
        ("crm-cases", "crm-cases.csv"),
        ("telephony", "telephony.csv"),
        ("survey", "survey.ndjson"),
        ("itsm", "itsm.csv"),
    ] {
        let text = std::fs::read_to_string(format!("{folder}/{name}.mapping.json")).unwrap();
        let bytes = std::fs::read(format!("{folder}/{file}")).unwrap();
        let format = if file.ends_with("csv") { Format::Csv } else { Format::Ndjson };
        let found = assemble_pieces(&serde_json::from_str(&text).unwrap(), format, &bytes, 100);
        let notes = found["warnings"].as_array().unwrap().iter();
        // A mapping may know more activities than a small sample has.
        let notes = notes.filter(|it| !it.as_str().unwrap().starts_with("the mapping names"));
        assert_eq!((notes.count(), &found["skipped"]), (0, &json!([])), "{name}");
        assert!(found["cases"].as_u64().unwrap() >= 10, "{name}");
    }
}
