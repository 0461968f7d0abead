//! Wrong policies, each with one mistake or several: every one of them is answered, in its place, with a
//! hint. `TACTFUL_WRITE=1 cargo test --test wrong` writes what is answered; read it before you keep it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use std::path::Path;
use tactful::{Error, policy};

fn answers(list: &[Error]) -> Value {
    let answer = |it: &Error| json!({ "path": it.path(), "code": it.code().as_str(), "message": it.message(), "hint": it.how_to_mend() });
    list.iter().map(answer).collect()
}

#[test]
fn every_mistake_of_every_wrong_policy_is_answered_with_a_hint() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong/policies.json");
    let kept: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert!(kept.len() >= 40);
    let answered: Vec<Value> = kept
        .iter()
        .map(|it| {
            let findings = policy::check(&it["policy"].to_string());
            json!({ "name": it["name"], "policy": it["policy"],
                "errors": answers(&findings.errors), "warnings": answers(&findings.warnings) })
        })
        .collect();
    if std::env::var_os("TACTFUL_WRITE").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&answered).unwrap() + "\n").unwrap();
    }
    for (kept, answered) in kept.iter().zip(&answered) {
        let (errors, warnings) =
            (answered["errors"].as_array().unwrap(), answered["warnings"].as_array().unwrap());
        assert!(!errors.is_empty() || !warnings.is_empty(), "{}: nothing was found", kept["name"]);
        for answer in errors.iter().chain(warnings) {
            assert_ne!(answer["hint"], "", "{}: {answer}", kept["name"]);
        }
        // What is refused is refused by `compile` as well, and nothing else is.
        assert_eq!(
            policy::compile(&kept["policy"].to_string()).is_err(),
            !errors.is_empty(),
            "{}",
            kept["name"]
        );
        if std::env::var_os("TACTFUL_WRITE").is_none() {
            assert_eq!(kept, answered);
        }
    }
}
