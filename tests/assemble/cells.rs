//! What cells say: times in columns, numbers that are none, rows that are cases, local times of no zone.

use super::{assemble, mapping};
use serde_json::{Value, json};

const STAMPED: &str = "case,what,at,who,topic,from,to\n1,note,1000,ada,x,1000,900000\n2,note,2000,bob,x,2000,800000\n";

fn stamped() -> Value {
    let point = |column: &str| json!({ "column": column });
    mapping(json!({
        "lifecycle": { "opened": point("from"), "resolved": point("to") },
        "durations": [{ "name": "resolution", "from": "opened", "to": "resolved" }] }))
}

#[test]
fn what_a_column_says_was_solved_later_than_the_last_row_is_not_open() {
    let time = &assemble(&stamped(), STAMPED)["timeTo"][0];
    assert_eq!((&time["events"], &time["censored"]), (&json!(2), &json!(0)));
}

#[test]
fn what_was_solved_before_it_was_opened_is_counted_and_is_not_open() {
    let found = assemble(&stamped(), &format!("{STAMPED}3,note,950000,cy,x,5000,4999\n"));
    let (time, durations) = (&found["timeTo"][0], &found["durations"][0]);
    assert_eq!((&time["n"], &time["censored"]), (&json!(2), &json!(0)));
    assert_eq!((&time["negative"], &durations["negative"]), (&json!(1), &json!(1)));
}

#[test]
fn cells_that_are_no_numbers_are_told_and_are_neither_nothing_nor_everything() {
    let mapping = mapping(json!({
        "attributes": { "cost": { "column": "cost", "take": "sum", "number": true },
                        "most": { "column": "cost", "take": "max" },
                        "first": { "column": "cost", "take": "first", "number": true } },
        "transfers": { "rule": "column", "column": "moves", "missing": 0 },
        "pareto": [{ "name": "cost", "by": "category", "value": { "attribute": "cost" } },
                   { "name": "passed on", "by": "category", "value": "transfers" }] }));
    let rows = "case,what,at,who,topic,cost,moves\n1,a,0,p,x,\"1,200.50\",3\n2,a,0,p,y,100,\"1,5\"\n\
        3,a,0,p,z,many,many\n4,a,0,p,z,NaN,-3\n5,a,0,p,z,inf,inf\n6,a,0,p,z,-20,1e1\n7,a,0,p,z,,\n4,a,1,p,z,7,\n";
    let found = assemble(&mapping, rows);
    let warnings = found["warnings"].as_array().unwrap();
    for told in [
        "4 rows: `cost` should be a number, and `1,200.50` is none",
        "4 rows: `moves` should be a count, and `-3` is none",
    ] {
        assert!(warnings.contains(&json!(told)), "{warnings:?}");
    }
    let rows = found["caseRows"].as_array().unwrap().iter();
    let moved: Vec<&Value> = rows.clone().map(|row| &row["transfers"]).collect();
    let unknown = Value::Null;
    assert_eq!(moved, [&json!(3), &unknown, &unknown, &unknown, &unknown, &json!(10), &json!(0)]);
    let costs = rows.map(|row| row["attributes"].clone());
    let costs: Vec<Value> = costs.collect();
    let all = |number: Value| json!({ "cost": number, "most": number, "first": number });
    assert_eq!((&costs[0], &costs[3]), (&all(Value::Null), &all(json!(7.0))));
    for pareto in found["pareto"].as_array().unwrap() {
        assert!(
            pareto["total"].is_number() && pareto["share"].as_f64().unwrap() <= 1.0,
            "{pareto}"
        );
    }
}

#[test]
fn a_row_that_is_a_case_has_one_value_however_many_times_it_tells() {
    let found = assemble(
        &json!({ "mapping": 1, "id": "crm", "source": "crm", "rows": "cases", "columns": { "case": "case" },
            "time": { "format": "epochMs" }, "transfers": { "rule": "none" },
            "stamps": [{ "step": "opened", "column": "from" }, { "step": "resolved", "column": "to" }],
            "attributes": { "cost": { "column": "cost", "take": "sum", "number": true } } }),
        "case,from,to,cost\n1,0,1000,20\n",
    );
    assert_eq!(found["caseRows"][0]["attributes"]["cost"], 20.0);
}

#[test]
fn local_times_of_no_zone_are_assumed_and_it_is_said() {
    let times = |time: Value| mapping(json!({ "time": time, "journeys": [] }));
    let assumed = |mapping: &Value, at: &str| {
        assemble(mapping, &format!("case,what,at\n1,call,{at}\n"))["assumed"].clone()
    };
    let said = json!(["times without a zone are UTC"]);
    let rfc = times(json!({ "format": "rfc3339" }));
    assert_eq!(assumed(&rfc, "2026-03-01 09:00:00"), said);
    assert_eq!(assumed(&rfc, "2026-03-01T09:00:00+01:00"), json!([]));
    let zoned = times(json!({ "format": "rfc3339", "zone": "Europe/Berlin" }));
    assert_eq!(assumed(&zoned, "2026-03-01 09:00:00"), json!([]));
    assert_eq!(assumed(&times(json!({ "format": "YYYY-MM-DD" })), "2026-03-01"), said);
}
