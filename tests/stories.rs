//! Every story in `examples/stories` and `tests/stories` comes out as it expects.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use tactful::{Story, policy};

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
    assert!(stories.len() >= 12, "only {} stories", stories.len());
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
