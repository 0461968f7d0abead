//! Every story in `examples/stories` and `tests/stories` comes out as it expects. Those in
//! `tests/stories` go through the source texts sentence by sentence, in near-twins: two stories that
//! differ in one thing and come out differently.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tactful::{Decision, Route, Story, policy};

fn stories(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = fs::read_dir(&folder) else { return Vec::new() };
    let mut list: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    list.sort();
    list
}

#[test]
fn every_story_comes_out_as_expected() {
    let starter = policy::starter().expect("the starter policy is sound");
    let mut stories = stories("examples/stories");
    stories.extend(self::stories("tests/stories"));
    let mut failures = Vec::new();
    for (path, text) in stories {
        match Story::from_json(&text).and_then(|story| story.test(&starter)) {
            Ok(differences) => {
                failures.extend(differences.iter().map(|line| format!("{path}: {line}")));
            }
            Err(errors) => {
                failures.extend(errors.iter().map(|error| format!("{path}: {error}")));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// The twins by name, each with what it is made of.
fn twins() -> BTreeMap<String, Value> {
    let all = stories("tests/stories").into_iter().map(|(path, text)| {
        let name = Path::new(&path).file_stem().unwrap().to_str().unwrap().to_owned();
        (name, serde_json::from_str(&text).unwrap())
    });
    all.collect()
}

/// Places in which two documents differ; a list differs in each element that only one of them has.
fn differences(a: &Value, b: &Value, path: &str, out: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(left), Value::Object(right)) => {
            let keys = left.keys().chain(right.keys().filter(|key| !left.contains_key(*key)));
            for key in keys {
                let none = Value::Null;
                let (a, b) = (left.get(key).unwrap_or(&none), right.get(key).unwrap_or(&none));
                differences(a, b, &format!("{path}/{key}"), out);
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            let only = |of: &[Value], other: &[Value]| -> Vec<Value> {
                of.iter().filter(|it| !other.contains(it)).cloned().collect()
            };
            let (mine, theirs) = (only(left, right), only(right, left));
            let pairs = mine.len().max(theirs.len());
            for i in 0..pairs {
                match (mine.get(i), theirs.get(i)) {
                    (Some(a), Some(b)) if a.is_object() && b.is_object() => {
                        differences(a, b, &format!("{path}/{i}"), out);
                    }
                    _ => out.push(format!("{path}/{i}")),
                }
            }
        }
        _ if a == b => {}
        _ => out.push(path.to_owned()),
    }
}

#[test]
fn near_twins_differ_in_one_thing_and_come_out_differently() {
    let (all, starter) = (twins(), policy::starter().unwrap());
    let decided = |value: &Value| -> Decision {
        Story::from_json(&value.to_string()).unwrap().decide(&starter).unwrap()
    };
    for (name, story) in &all {
        let twin = story["xTwin"].as_str().unwrap_or_else(|| panic!("{name} names no twin"));
        let other = all.get(twin).unwrap_or_else(|| panic!("{name}: there is no {twin}"));
        assert_eq!(other["xTwin"].as_str(), Some(name.as_str()), "{twin} has another twin");
        let mut found = Vec::new();
        for part in ["person", "policy", "history", "visit", "moment"] {
            differences(&story[part], &other[part], part, &mut found);
        }
        // One thing: one event or field with what it carries, or one visit instead of another.
        let mut places: Vec<&str> = found
            .iter()
            .map(|place| {
                let mut ends = place.match_indices('/').map(|(end, _)| end);
                let depth =
                    if place.starts_with("visit") || place.starts_with("policy") { 0 } else { 1 };
                ends.nth(depth).map_or(place.as_str(), |end| &place[..end])
            })
            .collect();
        places.dedup();
        assert!((1..=2).contains(&places.len()), "{name} and {twin} differ in {found:?}");
        let (a, b) = (decided(story), decided(other));
        let told = |decision: &Decision| {
            let codes: Vec<String> =
                decision.because.iter().map(|it| it.code.as_str().to_owned()).collect();
            let target = decision.target.as_ref().map(|it| (it.due_by, it.team.clone()));
            let promised = decision.promise.as_ref().map(|it| it.text.clone());
            let asked = decision.ask.as_ref().map(|it| it.field.clone());
            (
                decision.route,
                decision.verdicts.pitch.allowed,
                decision.verdicts.survey.allowed,
                codes,
                target,
                asked,
                promised,
            )
        };
        // What must make no difference is a twin too: the names of those say so.
        let same = name.starts_with("perception-");
        assert_eq!(told(&a) == told(&b), same, "{name} and {twin} come out alike");
    }
}

/// Always denying, or always escalating, does not pass: half of the stories expect an offer that may be
/// made, a question that may be asked, or a light answer.
#[test]
fn half_of_the_stories_expect_something_to_be_allowed_or_light() {
    let all = twins();
    assert!(all.len() >= 60, "{} stories", all.len());
    let light = [Route::Article, Route::Chatbot, Route::Status, Route::None].map(Route::as_str);
    let allows = |story: &Value| {
        let expect = &story["expect"];
        let routes: Vec<&str> = match &expect["route"] {
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        // Silence is light where somebody could have been bothered.
        let calm = routes == ["none"]
            && expect["pitch"].as_bool() != Some(false)
            && story["moment"]["proposal"].is_null();
        expect["pitch"] == true
            || expect["survey"] == true
            || calm
            || routes.iter().any(|route| *route != "none" && light.contains(route))
    };
    let allowing = all.values().filter(|story| allows(story)).count();
    assert!(allowing * 2 >= all.len(), "{allowing} of {}", all.len());
    for (name, story) in &all {
        let why = story["why"].as_str().unwrap_or_default();
        let texts = ["Playbook", "Snapshot", "Effort", "Score focus"];
        let (text, rest) = why.split_once(": ").unwrap_or_default();
        assert!(
            texts.contains(&text) && rest.contains(": "),
            "{name} does not say which sentence it tests"
        );
    }
}
