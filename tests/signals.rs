//! What the detectors see, told as what happens on a page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use tactful::{Micros, Ms, Policy, Salt, SignalKind, Story, Visit, policy};

/// A visit of events in JSON, with everything decided by `until` ms.
fn visit(events: &str, until: i64) -> Visit {
    let text = format!(
        r#"{{ "name": "v", "person": "p", "history": [], "moment": {{ "now": 600000000 }},
             "visit": {{ "startedAt": 0, "events": [{events}] }} }}"#
    );
    let story = Story::from_json(&text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let policy = starter();
    let mut visit = Visit::new(Ms(0), Salt(0));
    for event in &story.visit.unwrap().events {
        visit.track(&policy.signals, event);
    }
    visit.tick(&policy.signals, Micros::from_ms(until));
    visit
}

fn starter() -> Policy {
    policy::starter().unwrap()
}

fn clicks(times: &[i64], target: &str) -> String {
    let click = |t: &i64| {
        format!(r#"{{ "type": "click", "t": {t}, "target": "{target}", "control": "button" }}"#)
    };
    times.iter().map(click).collect::<Vec<_>>().join(",")
}

/// Kind, count and grade of every signal.
fn seen(visit: &Visit) -> Vec<(SignalKind, u16, i64)> {
    visit.board().recent().map(|s| (s.kind, s.count, s.grade.get())).collect()
}

#[test]
fn four_clicks_must_fit_in_one_second_ends_included() {
    let rage =
        |times: &[i64]| visit(&clicks(times, "a"), 2500).board().count(SignalKind::RageClick);
    assert_eq!(rage(&[0, 333, 666, 1000]), 1);
    assert_eq!(rage(&[0, 333, 666, 1001]), 0);
    assert_eq!(rage(&[0, 300, 600]), 0, "three are not rage yet");
}

#[test]
fn three_clicks_are_rage_once_one_of_them_is_known_to_be_dead() {
    let visit = visit(&clicks(&[0, 300, 600], "a"), 5000);
    // Clicks on one target within a second are one dead click, and one burst.
    assert_eq!(seen(&visit), [(SignalKind::DeadClick, 3, 800), (SignalKind::RageClick, 3, 1000)]);
}

#[test]
fn a_burst_is_one_incident_that_rises_when_it_is_confirmed() {
    let burst = clicks(&[0, 200, 400, 600, 800], "a");
    assert_eq!(seen(&visit(&burst, 1800)), [(SignalKind::RageClick, 5, 700)]);
    let later = visit(&burst, 5000);
    assert_eq!(later.board().count(SignalKind::RageClick), 1);
    assert_eq!(later.latest(SignalKind::RageClick).unwrap().grade.get(), 1000);
    assert_eq!(later.latest(SignalKind::RageClick).unwrap().count, 5, "clicks, not bursts");
}

#[test]
fn a_reaction_to_the_press_is_a_reaction() {
    let events = r#"{ "type": "effect", "t": 1050, "cause": "mutation" },
        { "type": "click", "t": 1100, "downT": 1000, "target": "menu", "control": "button" }"#;
    assert_eq!(seen(&visit(events, 9000)), []);
    let before = events.replace("1050", "990");
    assert_eq!(seen(&visit(&before, 9000)).len(), 1, "what came before the press is none");
}

#[test]
fn an_innocent_triple_click_is_not_blamed_for_what_breaks_later() {
    let answered = |t: i64| {
        format!(
            r#"{{ "type": "click", "t": {t}, "target": "a", "control": "button" }},
               {{ "type": "effect", "t": {}, "cause": "mutation" }}"#,
            t + 10
        )
    };
    let innocent = [1000, 1200, 1400].map(answered).join(",");
    let visit = visit(&format!("{innocent},{}", clicks(&[300_000], "a")), 310_000);
    assert_eq!(seen(&visit), [(SignalKind::DeadClick, 1, 800)]);
}

#[test]
fn late_is_slow_and_a_request_alone_is_no_answer() {
    let slow = r#"{ "type": "click", "t": 0, "target": "a", "control": "button" },
        { "type": "effect", "t": 1500, "cause": "mutation" }"#;
    assert_eq!(seen(&visit(slow, 9000)), [(SignalKind::SlowClick, 1, 500)]);
    let waiting = r#"{ "type": "click", "t": 0, "target": "a", "control": "button" },
        { "type": "effect", "t": 50, "cause": "requestStart" },
        { "type": "effect", "t": 60, "cause": "requestStart" },
        { "type": "effect", "t": 900, "cause": "requestEnd" }"#;
    assert_eq!(seen(&visit(waiting, 9999)), []);
    assert_eq!(seen(&visit(waiting, 10_000)), [(SignalKind::SlowClick, 1, 1000)]);
}

#[test]
fn what_can_excuse_a_click_does() {
    let click = r#"{ "type": "click", "t": 2000, "target": "a", "control": "button" }"#;
    for excuse in [
        r#"{ "type": "selection", "t": 2100, "nonempty": true }"#,
        r#"{ "type": "focus", "t": 2300, "state": "blur" }"#,
        r#"{ "type": "visibility", "t": 2300, "state": "hidden" }"#,
        r#"{ "type": "scroll", "t": 2200 }"#,
        r#"{ "type": "pageView", "t": 2400, "page": "next" }"#,
    ] {
        assert_eq!(seen(&visit(&format!("{click},{excuse}"), 9000)), [], "{excuse}");
    }
    let waking = format!(r#"{{ "type": "focus", "t": 1500, "state": "focus" }},{click}"#);
    assert_eq!(seen(&visit(&waking, 9000)), [], "a click that only wakes the tab");
    let late = format!(r#"{click},{{ "type": "scroll", "t": 2400 }}"#);
    assert_eq!(seen(&visit(&late, 9000)).len(), 1, "a later scroll is the visitor looking around");
}

#[test]
fn an_error_is_blamed_on_the_click_before_it_and_repeated_errors_add_up() {
    let failing = |t: i64| {
        format!(
            r#"{{ "type": "click", "t": {t}, "target": "save", "control": "button" }},
               {{ "type": "error", "t": {}, "class": "script", "fp": "app.js:1" }}"#,
            t + 40
        )
    };
    let visit_of = |times: &[i64]| {
        visit(&times.iter().map(|t| failing(*t)).collect::<Vec<_>>().join(","), 90_000)
    };
    // Nothing else came of it, so it is dead as well.
    let both = [(SignalKind::ErrorClick, 1, 1000), (SignalKind::DeadClick, 1, 800)];
    assert_eq!(seen(&visit_of(&[0])), both);
    let thrice = visit_of(&[0, 3000, 6000]);
    assert_eq!(thrice.board().count(SignalKind::ErrorClick), 3);
    assert_eq!(thrice.latest(SignalKind::RepeatError).unwrap().grade.get(), 1000);
    // The same error with nobody pressing anything is the page's own noise.
    let noise = format!(
        r#"{{ "type": "error", "t": 100, "class": "script", "fp": "app.js:1" }},{}"#,
        failing(3000)
    );
    assert_eq!(seen(&visit(&noise, 9000)), [(SignalKind::DeadClick, 1, 800)]);
}

#[test]
fn letters_typed_one_by_one_are_one_search() {
    let search = |t: i64, results: u16, extends: bool| {
        format!(
            r#"{{ "type": "search", "t": {t}, "results": {results}, "extendsPrev": {extends} }}"#
        )
    };
    let typed = [search(0, 5, false), search(200, 0, true), search(400, 0, true)].join(",");
    assert_eq!(seen(&visit(&typed, 5000)), [(SignalKind::ZeroResultSearch, 1, 600)]);
    let pause = [search(0, 3, false), search(6000, 0, true)].join(",");
    let paused = visit(&pause, 9000);
    assert_eq!(seen(&paused), [(SignalKind::ZeroResultSearch, 1, 600)], "told when it ends empty");
    assert_eq!(paused.searches(), 1);
}

#[test]
fn back_at_once_is_a_quick_back_and_a_look_around_is_not() {
    let open = r#"{ "type": "pageView", "t": 0, "page": "results", "nav": "load" },
        { "type": "pageView", "t": 1000, "page": "a", "nav": "push" }"#;
    let back =
        |t: i64| format!(r#"{{ "type": "pageView", "t": {t}, "page": "results", "nav": "back" }}"#);
    let grade =
        |events: &str| visit(events, 60_000).latest(SignalKind::QuickBack).map(|s| s.grade.get());
    assert_eq!(grade(&format!("{open},{}", back(6000))), Some(500));
    assert_eq!(grade(&format!("{open},{}", back(6001))), Some(200));
    assert_eq!(grade(&format!("{open},{}", back(16_001))), None);
    let looked = format!(
        r#"{open},{{ "type": "scroll", "t": 2000, "y": 900, "pageH": 3000 }},{}"#,
        back(5000)
    );
    assert_eq!(grade(&looked), None);
    let away = format!(
        r#"{open},{{ "type": "visibility", "t": 2000, "state": "hidden" }},
           {{ "type": "visibility", "t": 90000, "state": "visible" }},{}"#,
        back(92_000)
    );
    assert_eq!(grade(&away), Some(500), "a tab in the background is not looked at");
}

#[test]
fn a_form_left_with_trouble_weighs_more_than_one_left() {
    let form = |t: i64, what: &str, field: &str| {
        format!(
            r#"{{ "type": "form", "t": {t}, "form": "f", "what": "{what}", "field": "{field}" }}"#
        )
    };
    let leave = r#"{ "type": "pageView", "t": 20000, "page": "other" }"#;
    let left = |middle: &str| {
        let events =
            format!("{},{},{middle}{leave}", form(0, "start", "name"), form(5000, "start", "mail"));
        visit(&events, 30_000).latest(SignalKind::FormAbandon).map(|s| s.grade.get())
    };
    assert_eq!(left(""), Some(400));
    let refused = format!("{},", form(6000, "invalid", "mail"));
    assert_eq!(left(&refused), Some(400), "a slip is no trouble");
    assert_eq!(left(&format!("{refused}{},", form(7000, "invalid", "name"))), Some(700));
    assert_eq!(left(&format!("{},", form(6000, "failed", "mail"))), Some(700));
    assert_eq!(left(r#"{ "type": "form", "t": 7000, "form": "f", "what": "ok" },"#), None);
    let struggle: Vec<String> = (0..3).map(|i| form(i * 1000, "invalid", "mail")).collect();
    assert_eq!(seen(&visit(&struggle.join(","), 9000)), [(SignalKind::FormStruggle, 3, 800)]);
}

#[test]
fn looking_ahead_does_not_make_a_visit_deaf() {
    let policy = starter();
    let mut visit = Visit::new(Ms(0), Salt(0));
    visit.tick(&policy.signals, Micros::from_ms(600_000));
    let story = Story::from_json(
        r#"{ "name": "v", "person": "p", "history": [], "moment": { "now": 600000 },
            "visit": { "startedAt": 0, "events": [ { "type": "click", "t": 9000, "target": "a", "control": "button" } ] } }"#,
    )
    .unwrap();
    visit.track(&policy.signals, &story.visit.unwrap().events[0]);
    assert_eq!(visit.quarantined().out_of_order, 0);
    assert_eq!(visit.events(), 1);
}

#[test]
fn memory_does_not_grow_with_a_million_events() {
    let policy = starter();
    let mut visit = Visit::new(Ms(0), Salt(0));
    let text = format!(
        r#"{{ "name": "v", "person": "p", "history": [], "moment": {{ "now": 600000 }},
            "visit": {{ "startedAt": 0, "events": [{}] }} }}"#,
        clicks(&[0], "a")
    );
    let mut event = Story::from_json(&text).unwrap().visit.unwrap().events[0];
    for i in 0..1_000_000 {
        event.t = Micros(i * 137);
        visit.track(&policy.signals, &event);
    }
    assert_eq!(visit.events(), 1_000_000);
    assert!(size_of::<Visit>() <= 4096, "{} bytes a visit", size_of::<Visit>());
}
