//! `pkg/policy.schema.json` is the types that read a policy as a JSON Schema, so that an editor knows what the
//! reader knows. `TACTFUL_WRITE=1 cargo test --test schema` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use std::path::Path;

#[test]
fn the_schema_in_the_package_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/policy.schema.json");
    let made = serde_json::to_string_pretty(&tactful::policy::schema()).unwrap() + "\n";
    if std::env::var_os("TACTFUL_WRITE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "pkg/policy.schema.json is not of these types: run `make layout`");
}

/// Every place of the schema that describes something of a policy, with its pointer.
fn places<'a>(schema: &'a Value, at: &str, out: &mut Vec<(String, &'a Value)>) {
    for (name, below) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        out.push((at.clone(), below));
        places(below, &at, out);
    }
    for part in ["additionalProperties", "items"] {
        if schema[part].is_object() {
            places(&schema[part], &format!("{at}/*"), out);
        }
    }
}

#[test]
fn whatever_a_policy_may_say_is_explained_where_it_is_written() {
    let schema = tactful::policy::schema();
    let mut all = Vec::new();
    places(&schema, "", &mut all);
    for (name, def) in schema["$defs"].as_object().unwrap() {
        places(def, &format!("$defs/{name}"), &mut all);
    }
    all.retain(|(at, _)| !at.starts_with("$defs/condition"));
    assert!(all.len() > 400, "{}", all.len());
    let silent = |(_, place): &&(String, &Value)| {
        ["description", "$ref"].iter().all(|part| place[*part].is_null())
    };
    let unexplained: Vec<&str> = all.iter().filter(silent).map(|(at, _)| at.as_str()).collect();
    assert!(unexplained.is_empty(), "{} of {}: {unexplained:?}", unexplained.len(), all.len());
}

#[test]
fn a_policy_may_say_where_its_schema_is_and_stays_the_same_policy() {
    let plain = tactful::policy::compile(r#"{ "id": "ours" }"#).unwrap();
    let told = r#"{ "$schema": "./policy.schema.json", "id": "ours" }"#;
    assert_eq!(tactful::policy::compile(told).unwrap().digest, plain.digest);
}
