//! Bad input: an error with code, pointer and hint, every one at once, and never a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use tactful::{Error, ErrorCode, Mistakes, Policy, Story, policy};

fn story(text: &str) -> Mistakes {
    Story::from_json(text).expect_err("this story is wrong")
}

fn places(errors: &[Error]) -> Vec<(&str, ErrorCode)> {
    errors.iter().map(|error| (error.path(), error.code())).collect()
}

#[test]
fn every_mistake_in_a_story_is_found_with_its_place() {
    let errors = story(
        r#"{ "name": "n", "person": "p", "histroy": [], "history": [
            { "type": "case", "id": "1", "at": "yesterday", "source": "s", "case": "c", "step": "opened" },
            { "type": "cse", "id": "2", "at": 1, "source": "s" },
            { "type": "touch", "id": "3", "at": 1, "source": "s", "touch": "t", "step": "shwon",
              "purpose": "pitch", "channel": "web" } ],
          "moment": { "now": 10, "routes": [ { "route": "human", "asOf": 10 } ] } }"#,
    );
    assert_eq!(
        places(&errors),
        [
            ("/history/0/at", ErrorCode::WrongType),
            ("/history/1/type", ErrorCode::UnknownWord),
            ("/history/2/step", ErrorCode::UnknownWord),
            ("/moment/routes/0/open", ErrorCode::Missing),
            ("/histroy", ErrorCode::UnknownField),
        ]
    );
    assert!(errors.iter().all(|error| !error.how_to_mend().is_empty()), "each with a hint");
    assert_eq!(errors[1].how_to_mend(), "did you mean `case`?");
    assert_eq!(errors[2].how_to_mend(), "did you mean `shown`?");
    assert_eq!(errors[4].how_to_mend(), "did you mean `history`?");
}

#[test]
fn what_has_not_happened_yet_cannot_be_decided_on() {
    let errors = story(
        r#"{ "name": "n", "person": "p", "history": [], "moment": { "now": 1000 },
          "visit": { "startedAt": 0, "events": [ { "type": "idle", "t": 900 }, { "type": "idle", "t": 1001 } ] } }"#,
    );
    assert_eq!(places(&errors), [("/visit/events/1/t", ErrorCode::Conflict)]);
}

#[test]
fn text_that_is_not_json_says_where() {
    let errors = story("{ \"name\": \"n\",\n  \"person\" \"p\" }");
    assert_eq!(errors[0].code(), ErrorCode::Syntax);
    assert!(errors[0].message().contains("line 2"), "{}", errors[0]);
}

#[test]
fn every_mistake_in_a_policy_is_found_with_its_place() {
    let errors = policy::compile(
        r#"{
          "outcomes": { "lessEffort": null, "fewerUnwantedTouches": null },
          "guards": {
            "caps": { "pitchWeek": { "limit": "" }, "own": { "scope": "person", "purposes": ["pitch"],
              "channels": "all", "limit": 1, "window": { "slidingMs": 1, "visit": true } } },
            "quietHours": { "night": { "from": "25:00" } },
            "windows": { "openCase": { "coolingMs": "soon" } },
            "rules": {
              "nowhere": { "order": 1, "when": { "what": "fricton", "atLeast": 300 }, "blocks": ["pitch"], "words": "w" },
              "toothless": { "order": 2, "when": { "what": "friction", "atLeast": 5, "atMost": 1 }, "words": "w" } } },
          "routes": { "thresholds": { "withdrawHelp": 400 } },
          "scores": { "friction": { "kinds": { "rageClik": { "weight": 1, "halfLifeMs": 1 } } } } }"#,
    )
    .expect_err("this policy is wrong");
    let found: Vec<&str> = errors.iter().map(Error::path).collect();
    for place in [
        "/outcomes",
        "/scores/friction/kinds/rageClik",
        "/routes/thresholds/withdrawHelp",
        "/guards/caps/pitchWeek/limit",
        "/guards/quietHours/night/from",
        "/guards/windows/openCase/coolingMs",
        "/guards/rules/nowhere/when/what",
        "/guards/rules/toothless/blocks",
        "/guards/rules/toothless/when",
    ] {
        assert!(found.contains(&place), "{place} is missing from {found:?}");
    }
    assert!(errors.iter().all(|error| !error.how_to_mend().is_empty()), "{errors:?}");
}

#[test]
fn a_mistake_in_one_place_hides_none_in_another() {
    let errors = policy::compile(
        r#"{ "gaurds": {}, "guards": { "caps": { "pitchWeek": { "limt": 1 } }, "rules": {
               "one": { "order": 1, "when": { "what": "fact:exams.tody", "is": true }, "blocks": ["pich"] },
               "two": { "order": 2, "when": { "any": [ { "wat": 1 }, { "what": "score:frictin", "atLeast": 1 } ] },
                        "blocks": ["pitch"], "words": "" } } } }"#,
    )
    .expect_err("this policy is wrong");
    let found: Vec<&str> = errors.iter().map(Error::path).collect();
    for place in [
        "/gaurds",
        "/guards/caps/pitchWeek/limt",
        "/guards/rules/one/blocks/0",
        "/guards/rules/one/words",
        "/guards/rules/one/when/what",
        "/guards/rules/two/when/any/0/wat",
        "/guards/rules/two/when/any/1/what",
        "/guards/rules/two/words",
    ] {
        assert!(found.contains(&place), "{place} is missing from {found:?}");
    }
}

#[test]
fn a_condition_that_can_never_hold_is_a_warning() {
    let findings = policy::check(
        r#"{ "facts": { "exams.today": { "unit": "boolean" } }, "guards": { "rules": {
             "never": { "order": 1, "when": { "what": "urgency", "atLeast": 5000 }, "blocks": ["pitch"], "words": "w" },
             "text": { "order": 2, "when": { "what": "fact:exams.today", "is": "yes" }, "blocks": ["pitch"], "words": "w" } } } }"#,
    );
    assert!(findings.errors.is_empty(), "{:?}", findings.errors);
    let warned: Vec<&str> = findings.warnings.iter().map(Error::path).collect();
    assert_eq!(warned, ["/guards/rules/never/when", "/guards/rules/text/when"]);
}

#[test]
fn mistakes_that_no_single_value_shows_are_found_too() {
    let errors = policy::compile(
        r#"{ "outcomes": { "lessEffort": null, "fewerUnwantedTouches": null },
          "guards": { "caps": { "pitchWeek": { "window": { "visit": true } } },
                      "quietHours": { "night": { "from": "08:00" } } },
          "routes": { "thresholds": { "withdrawHelp": 400 }, "handling": { "humn": { "ms": 1, "solves": 1 } } },
          "scores": { "friction": { "kinds": { "rageClik": { "weight": 1, "halfLifeMs": 1 } } } } }"#,
    )
    .expect_err("this policy is wrong");
    let found: Vec<&str> = errors.iter().map(Error::path).collect();
    assert_eq!(
        found,
        [
            "/outcomes",
            "/scores/friction/kinds/rageClik",
            "/routes/handling/humn",
            "/guards/caps/pitchWeek/window",
            "/guards/quietHours/night",
            "/routes/thresholds/withdrawHelp",
        ]
    );
}

#[test]
fn what_routing_is_told_has_to_mean_something() {
    let errors = policy::compile(
        r#"{ "routes": {
            "calendars": { "office": { "zone": "Europe/Nowhere", "holidays": ["2026-13-01", "12-25"], "open": {
                "mon": [["09:00", "12:00"], ["11:00", "17:00"]], "tues": [["09:00", "17:00"]],
                "wed": [["09:00"]], "thu": [["09:00", "09:00"]] } } },
            "slas": { "human": { "calendar": "ofice" } },
            "channels": { "humn": { "live": ["chat"] } },
            "handover": { "lapseMs": 1000 } },
          "questions": { "goal": { "why": " ", "knownBy": "plan.seat" } },
          "promises": { "human": { "later": "By {hour}." } },
          "guards": { "keptRate": { "reviewed": { "faster": 1 } } },
          "scores": { "intent": { "stages": { "bye": ["active"] } }, "stage": { "goodForMs": { "new": 1 } } } }"#,
    )
    .expect_err("this policy is wrong");
    let mut found: Vec<&str> = errors.iter().map(Error::path).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "/guards/keptRate/reviewed/faster",
            "/promises/human/later",
            "/questions/goal/knownBy",
            "/questions/goal/why",
            "/routes/calendars/office/holidays/0",
            "/routes/calendars/office/open/mon",
            "/routes/calendars/office/open/thu/0",
            "/routes/calendars/office/open/tues",
            "/routes/calendars/office/open/wed/0",
            "/routes/calendars/office/zone",
            "/routes/channels/humn",
            "/routes/handover/lapseMs",
            "/routes/slas/human/calendar",
            "/scores/intent/stages/bye",
            "/scores/stage/goodForMs/new",
        ]
    );
    assert!(errors.iter().all(|error| !error.how_to_mend().is_empty()));
    let findings = policy::check(
        r#"{ "guards": { "rules": { "r": { "order": 1, "blocks": ["pitch"], "words": "w",
            "when": { "what": "stage", "is": "activ" } } } } }"#,
    );
    let warned: Vec<&str> = findings.warnings.iter().map(Error::path).collect();
    assert_eq!(warned, ["/guards/rules/r/when"]);
}

#[test]
fn a_guard_that_is_left_out_is_a_warning() {
    let findings = policy::check(r#"{ "guards": { "windows": { "openCase": null } } }"#);
    assert!(findings.errors.is_empty(), "{:?}", findings.errors);
    let warned: Vec<&str> = findings.warnings.iter().map(Error::path).collect();
    assert_eq!(warned, ["/guards/windows/openCase"]);
    assert!(policy::check("{}").warnings.is_empty(), "the starter is clean");
}

#[test]
fn bytes_that_are_no_policy_are_refused_whatever_they_are() {
    let good = policy::compile_bytes("{}").unwrap();
    assert!(Policy::from_compiled(&good).is_ok());
    assert!(Policy::from_compiled(b"{}").is_err());
    for end in 0..good.len() {
        assert!(Policy::from_compiled(&good[..end]).is_err(), "cut at {end}");
    }
    let mut state = 7u64;
    for _ in 0..2000 {
        let mut bad = good.clone();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let place = (state >> 33) as usize % bad.len();
        bad[place] ^= 1 << (state & 7);
        // Some changes are another valid policy; none is a panic.
        let _ = Policy::from_compiled(&bad);
    }
}

/// A deterministic source of mutations.
struct Mutator(u64);

impl Mutator {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    /// Changes one value somewhere in the tree.
    fn value(&mut self, value: &mut serde_json::Value) {
        use serde_json::{Value, json};
        let odd = [
            json!(null),
            json!(true),
            json!(-1),
            json!(0),
            json!(1e300),
            json!(9_007_199_254_740_993i64),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(0.5),
            json!(""),
            json!("\u{0}\u{1F600}"),
            json!([]),
            json!({}),
            json!("2026-13-45T99:00:00Z"),
            json!("rageClick"),
            json!(1_789_552_800_000i64),
        ];
        match value {
            Value::Array(list) if !list.is_empty() && self.next(4) > 0 => {
                let i = self.next(list.len());
                match self.next(8) {
                    0 => {
                        list.remove(i);
                    }
                    1 => {
                        let twin = list[i].clone();
                        list.insert(i, twin);
                    }
                    _ => self.value(&mut list[i]),
                }
            }
            Value::Object(map) if !map.is_empty() && self.next(4) > 0 => {
                let key = map.keys().nth(self.next(map.len())).unwrap().clone();
                match self.next(8) {
                    0 => {
                        map.shift_remove(&key);
                    }
                    1 => {
                        let moved = map.shift_remove(&key).unwrap();
                        map.insert(format!("{key}~/"), moved);
                    }
                    _ => self.value(map.get_mut(&key).unwrap()),
                }
            }
            other => *other = odd[self.next(odd.len())].clone(),
        }
    }
}

#[test]
fn ten_thousand_mutated_stories_never_panic() {
    let starter = policy::starter().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stories");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let stories: Vec<serde_json::Value> = paths
        .iter()
        .map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    let mut mutator = Mutator(42);
    let (mut decided, mut refused) = (0, 0);
    for _ in 0..10_000 {
        let mut story = stories[mutator.next(stories.len())].clone();
        for _ in 0..=mutator.next(3) {
            mutator.value(&mut story);
        }
        match Story::from_json(&story.to_string()) {
            Ok(story) => match story.test(&starter) {
                Ok(_) => decided += 1,
                Err(_) => refused += 1,
            },
            Err(errors) => {
                assert!(!errors.is_empty());
                assert!(errors.iter().all(|e| e.path().is_empty() || e.path().starts_with('/')));
                refused += 1;
            }
        }
    }
    // Both must happen, or the mutations test nothing.
    assert!(decided > 500 && refused > 500, "decided {decided}, refused {refused}");
}

#[test]
fn mutated_policies_never_panic() {
    let starter: serde_json::Value = serde_json::from_str(policy::STARTER).unwrap();
    let mut mutator = Mutator(4);
    for _ in 0..1500 {
        let mut changed = starter.clone();
        for _ in 0..=mutator.next(3) {
            mutator.value(&mut changed);
        }
        if let Err(errors) = policy::compile(&changed.to_string()) {
            assert!(!errors.is_empty());
        }
    }
}

#[test]
fn a_process_that_contradicts_itself_is_found() {
    let errors = policy::compile(
        r#"{ "scores": { "effort": { "k": 0, "raised": 600, "indicators": { "wait": { "perMs": 0 } } } },
             "journeys": { "windowMs": -1 },
             "processes": { "claims": { "versions": {
                "a": { "normalContacts": 1, "targetMs": 0 },
                "b": { "normalContacts": 1, "benchmark": { "groups": { "all": {
                    "histogram": { "ten": 1, "-5": 1, "20": 1 },
                    "after": { "phone": { "journeys": 40, "mean": 1, "low": 5, "high": 2 } } } } } },
                "c": { "normalContacts": 1, "effectiveFrom": 100, "until": 50 } } } } }"#,
    )
    .expect_err("this policy is wrong");
    let mut found = places(&errors);
    found.sort_unstable_by_key(|(place, _)| *place);
    assert_eq!(
        found,
        [
            ("/journeys/windowMs", ErrorCode::OutOfRange),
            ("/processes/claims/versions/a/targetMs", ErrorCode::OutOfRange),
            ("/processes/claims/versions/b/benchmark/groups/all/after/phone", ErrorCode::Conflict),
            (
                "/processes/claims/versions/b/benchmark/groups/all/histogram/-5",
                ErrorCode::OutOfRange
            ),
            (
                "/processes/claims/versions/b/benchmark/groups/all/histogram/ten",
                ErrorCode::OutOfRange
            ),
            ("/processes/claims/versions/b/effectiveFrom", ErrorCode::Conflict),
            ("/processes/claims/versions/c/until", ErrorCode::Conflict),
            ("/scores/effort/indicators/wait/perMs", ErrorCode::OutOfRange),
            ("/scores/effort/k", ErrorCode::OutOfRange),
            ("/scores/effort/raised", ErrorCode::Conflict),
        ]
    );
}

#[test]
fn a_phrase_that_would_never_be_found_is_a_mistake() {
    let errors = policy::compile(
        r#"{ "guards": { "phrases": { "promotional": { "en": ["free gift", "Free  Gift"] } } } }"#,
    )
    .expect_err("this policy is wrong");
    assert_eq!(places(&errors), [("/guards/phrases/promotional/en/1", ErrorCode::OutOfRange)]);
    assert!(errors[0].how_to_mend().contains("`free gift`"));
}

#[test]
fn a_visit_is_no_longer_than_its_state_can_count() {
    let days = |days: i64| {
        policy::compile(&format!(
            r#"{{ "signals": {{ "hygiene": {{ "longestMs": {} }} }} }}"#,
            days * 86_400_000
        ))
    };
    assert!(days(30).is_ok());
    let errors = days(31).expect_err("four bytes of milliseconds are seven weeks");
    let found: Vec<&str> = errors.iter().map(Error::path).collect();
    assert_eq!(found, ["/signals/hygiene/longestMs"]);
}
