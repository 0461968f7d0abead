//! What an explanation says is true: every change it names was applied here, to the story itself, and
//! decided again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod given;

use given::lives;
use proptest::prelude::*;
use std::path::Path;
use tactful::{Edit, Explanation, History, Moment, Ms, Policy, Purpose, Route, Salt, Story, Visit};
use tactful::{decide, explain, policy};

fn cases() -> ProptestConfig {
    let cases = std::env::var("TACTFUL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48);
    // Each case decides hundreds of times.
    ProptestConfig { cases: cases / 8 + 1, failure_persistence: None, ..ProptestConfig::default() }
}

/// Every change leads where the explanation says.
fn verify(story: &Story, base: &Policy, found: &Explanation) {
    for change in &found.would_change {
        let again = story.with(&change.edit).decide(base).unwrap();
        match Purpose::parse(&change.of) {
            None => assert_eq!(again.route.as_str(), change.to, "{}: {change:?}", story.name),
            Some(purpose) => {
                assert!(again.verdicts.of(purpose).allowed, "{}: {change:?}", story.name);
                assert!(!found.decision.verdicts.of(purpose).allowed);
            }
        }
    }
}

fn stories(folder: &str) -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let json = paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "json"));
    json.map(|path| Story::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()).collect()
}

#[test]
fn every_change_named_for_the_sample_stories_does_what_it_says() {
    let base = policy::starter().unwrap();
    let mut named = 0;
    for story in stories("examples/stories") {
        let found = story.explain(&base).unwrap();
        assert_eq!(found.decision, story.decide(&base).unwrap(), "explaining changes nothing");
        verify(&story, &base, &found);
        named += found.would_change.len();
        let routes: Vec<Route> = found.lost.iter().map(|lost| lost.route).collect();
        assert_eq!(routes.len(), Route::ALL.len() - 1, "{}", story.name);
        assert!(!routes.contains(&found.decision.route));
        for lost in &found.lost {
            assert!(
                !lost.why.is_empty(),
                "{}: {} lost without a reason",
                story.name,
                lost.route.as_str()
            );
        }
    }
    assert!(named > 200, "{named} changes");
}

#[test]
fn a_time_is_the_earliest_at_which_waiting_is_enough() {
    let base = policy::starter().unwrap();
    for story in stories("examples/stories") {
        let found = story.explain(&base).unwrap();
        for change in &found.would_change {
            let Some(now) = change.edit.now else { continue };
            let mut before = change.edit.clone();
            before.now = Some(now.minus(Ms(1)));
            if before.now == Some(story.moment.now) {
                continue;
            }
            let again = story.with(&before).decide(&base).unwrap();
            let changed = match Purpose::parse(&change.of) {
                None => again.route != found.decision.route,
                Some(purpose) => again.verdicts.of(purpose).allowed,
            };
            assert!(!changed, "{}: already a millisecond before {}", story.name, change.change);
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_change_named_for_a_generated_life_does_what_it_says(life in lives(), share in 0i64..1000) {
        let base = policy::starter().unwrap();
        let mut history = History::new();
        history.learn(life.events.iter().cloned());
        let mut visit = Visit::new(life.started_at, Salt(0));
        for event in &life.page {
            visit.track(&base.signals, event);
        }
        let found = explain(&base, &history, &visit, &life.moment);
        prop_assert_eq!(&found.decision, &decide(&base, &history, &visit, &life.moment));
        for change in &found.would_change {
            let moment: Moment = change.edit.moment(&life.moment);
            let (known, seen) = (change.edit.history(&history), change.edit.visit(&base, &visit));
            let again = decide(&base, &known, &seen, &moment);
            match Purpose::parse(&change.of) {
                None => prop_assert_eq!(again.route.as_str(), &change.to, "{:?}", change),
                Some(purpose) => prop_assert!(again.verdicts.of(purpose).allowed, "{:?}", change),
            }
            // Waiting less is not enough: a millisecond less, or any share of it.
            let Some(then) = change.edit.now else { continue };
            let span = then.minus(life.moment.now).0;
            for less in [span - 1, i64::try_from(i128::from(span) * i128::from(share) / 1000).unwrap()] {
                let edit = Edit { now: Some(life.moment.now.plus(Ms(less))), ..Edit::default() };
                let again = decide(&base, &history, &visit, &edit.moment(&life.moment));
                let flipped = match Purpose::parse(&change.of) {
                    None => again.route != found.decision.route,
                    Some(purpose) => again.verdicts.of(purpose).allowed,
                };
                prop_assert!(!flipped, "{} ms are enough, not {span}: {:?}", less, change);
            }
        }
    }
}
