//! What is so at exactly the limit, and what is no longer so just beyond: rule sets differ there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tactful::{SignalKind, Trace};

/// How often a kind is seen in a trace by parameters over the starter's.
fn count(kind: SignalKind, signals: &Value, events: &Value) -> usize {
    let trace = json!({ "signals": signals, "events": events }).to_string();
    let seen = Trace::from_json(&trace).unwrap_or_else(|e| panic!("{e:?}")).run();
    let seen = seen.unwrap_or_else(|e| panic!("{e:?}"));
    seen.signals.iter().filter(|signal| signal.kind == kind).count()
}

fn grade(kind: SignalKind, events: &Value) -> Option<i64> {
    let trace = Trace::from_json(&json!({ "events": events }).to_string()).unwrap();
    let seen = trace.run().unwrap();
    let signal = seen.signals.iter().find(|signal| signal.kind == kind);
    signal.map(|signal| signal.grade.get())
}

fn click(t: f64) -> Value {
    json!({ "type": "click", "t": t, "target": "a", "control": "button", "x": 0, "y": 0 })
}

fn effect(t: f64, cause: &str) -> Value {
    json!({ "type": "effect", "t": t, "cause": cause })
}

/// `within` is true at the limit and false a microsecond beyond.
fn up_to_and_including(limit: f64, within: impl Fn(f64) -> bool) {
    assert!(within(limit), "at {limit}");
    assert!(!within(limit + 0.001), "beyond {limit}");
}

/// `within` is true a microsecond before the limit and false at it.
fn up_to(limit: f64, within: impl Fn(f64) -> bool) {
    assert!(within(limit - 0.001), "before {limit}");
    assert!(!within(limit), "at {limit}");
}

#[test]
fn the_window_of_a_burst() {
    let rage = |signals: &Value, times: &[f64]| {
        let events: Vec<Value> = times.iter().map(|t| click(*t)).collect();
        count(SignalKind::RageClick, signals, &json!(events)) == 1
    };
    let only = |mut rage: Value| {
        rage["minClicksCorroborated"] = Value::Null;
        json!({ "rageClick": rage })
    };
    up_to_and_including(1000.0, |t| rage(&only(json!({})), &[0.0, 300.0, 600.0, t]));
    let exclusive = only(json!({ "windowInclusive": false }));
    up_to(1000.0, |t| rage(&exclusive, &[0.0, 300.0, 600.0, t]));
    let gap = only(
        json!({ "windowMode": "gap", "windowMs": 400, "windowInclusive": false, "chainGapMs": null }),
    );
    up_to(1600.0, |t| rage(&gap, &[600.0, 900.0, 1200.0, t]));
    let inclusive = only(json!({ "windowMode": "gap", "windowMs": 400, "chainGapMs": null }));
    up_to_and_including(1600.0, |t| rage(&inclusive, &[600.0, 900.0, 1200.0, t]));
    // Less than a second apart, in a burst long enough that the gap alone decides.
    let chain = only(json!({ "windowMs": null }));
    up_to(1900.0, |t| rage(&chain, &[0.0, 450.0, 900.0, t]));
    let broken = only(json!({ "breakSpan": true, "windowInclusive": false }));
    up_to(1000.0, |t| rage(&broken, &[0.0, 300.0, 600.0, t]));
}

#[test]
fn the_radius_of_a_burst() {
    let rage = |mut rage: Value, places: &[(i32, i32)]| {
        rage["minClicksCorroborated"] = Value::Null;
        let events: Vec<Value> = places
            .iter()
            .enumerate()
            .map(|(i, (x, y))| json!({ "type": "click", "t": i * 100, "target": "a", "control": "button", "x": x, "y": y }))
            .collect();
        count(SignalKind::RageClick, &json!({ "rageClick": rage }), &json!(events)) == 1
    };
    let far = |x, y| [(0, 0), (0, 0), (0, 0), (x, y)];
    assert!(rage(json!({}), &far(30, 40)), "50 as the crow flies");
    assert!(!rage(json!({}), &far(31, 40)));
    assert!(!rage(json!({ "radiusInclusive": false }), &far(30, 40)));
    let manhattan = json!({ "radiusMetric": "manhattan" });
    assert!(rage(manhattan.clone(), &far(20, 30)));
    assert!(!rage(manhattan, &far(20, 31)));
    let chebyshev = json!({ "radiusMetric": "chebyshev" });
    assert!(rage(chebyshev.clone(), &far(50, 50)));
    assert!(!rage(chebyshev, &far(51, 0)));
    let drift = [(0, 0), (25, 0), (50, 0), (75, 0)];
    assert!(rage(json!({}), &drift), "each is near the one before");
    let boxed = json!({ "radiusFrom": "burstBox", "radiusMetric": "chebyshev" });
    assert!(!rage(boxed.clone(), &drift), "all of them are not in one box");
    assert!(rage(boxed, &[(0, 0), (25, 0), (50, 0), (50, 50)]));
    assert!(rage(json!({ "radiusPx": null }), &far(9000, 0)), "no limit");
}

#[test]
fn what_answers_a_click_in_time() {
    let dead = |signals: &Value, events: Value| count(SignalKind::DeadClick, signals, &events) == 1;
    let none = json!({});
    up_to_and_including(3000.0, |t| !dead(&none, json!([click(0.0), effect(t, "mutation")])));
    let exclusive = json!({ "deadClick": { "aliveInclusive": false } });
    up_to(3000.0, |t| !dead(&exclusive, json!([click(0.0), effect(t, "mutation")])));
    let scroll = |t: f64| json!([click(0.0), { "type": "scroll", "t": t }]);
    up_to_and_including(300.0, |t| !dead(&none, scroll(t)));
    let blur = |t: f64| json!([click(0.0), { "type": "focus", "t": t, "state": "blur" }]);
    up_to_and_including(1000.0, |t| !dead(&none, blur(t)));
    // Before the press.
    let woken = |t: f64| json!([{ "type": "focus", "t": 5000, "state": "focus" }, click(t)]);
    up_to_and_including(6000.0, |t| !dead(&none, woken(t)));
    // Between press and release.
    let pressed = |t: f64| {
        json!([effect(t, "mutation"),
            { "type": "click", "t": 1000, "downT": 500, "target": "a", "control": "button" }])
    };
    assert!(!dead(&none, pressed(500.0)), "at the press");
    assert!(dead(&none, pressed(499.999)), "before it");
    let limited = json!({ "deadClick": { "sinceDownMs": 100 } });
    up_to_and_including(600.0, |t| !dead(&limited, pressed(t)));
    // The verdict itself.
    let until = |t: f64| {
        let trace = json!({ "events": [click(0.0)], "until": t }).to_string();
        Trace::from_json(&trace).unwrap().run().unwrap().signals.len()
    };
    assert_eq!((until(2999.999), until(3000.0)), (0, 1));
}

#[test]
fn slow_is_later_than_responsive() {
    let slow = |t: f64| {
        count(SignalKind::SlowClick, &json!({}), &json!([click(0.0), effect(t, "mutation")])) == 1
    };
    up_to_and_including(1000.0, |t| !slow(t));
    assert!(slow(3000.0));
    assert!(!slow(3000.001), "then it is dead");
    let late = json!({ "deadClick": { "aliveMs": { "mutation": 3000 }, "decideMs": 7000,
        "lateAs": "slowClick", "responsiveMs": null } });
    let with = |t: f64, kind| count(kind, &late, &json!([click(0.0), effect(t, "mutation")]));
    assert_eq!((with(3000.0, SignalKind::SlowClick), with(3000.0, SignalKind::DeadClick)), (0, 0));
    assert_eq!(
        (with(3000.001, SignalKind::SlowClick), with(7000.0, SignalKind::SlowClick)),
        (1, 1)
    );
    assert_eq!(with(7000.001, SignalKind::DeadClick), 1);
}

#[test]
fn clicks_that_are_part_of_another() {
    let dead = |signals: Value, t: f64| {
        count(SignalKind::DeadClick, &signals, &json!([click(0.0), click(t)])) == 1
    };
    up_to(1000.0, |t| dead(json!({}), t));
    up_to(3000.0, |t| dead(json!({ "deadClick": { "dedupeAnyMs": 3000 } }), t));
}

#[test]
fn errors_in_time() {
    let error = |t: f64| json!({ "type": "error", "t": t, "class": "script", "fp": "a.js:1" });
    let blamed =
        |signals: &Value, events: Value| count(SignalKind::ErrorClick, signals, &events) == 1;
    let none = json!({});
    up_to_and_including(2000.0, |t| blamed(&none, json!([click(0.0), error(t)])));
    let exclusive = json!({ "errorClick": { "windowInclusive": false } });
    up_to(2000.0, |t| blamed(&exclusive, json!([click(0.0), error(t)])));
    // The same error shortly before is noise.
    up_to_and_including(11_000.0, |t| {
        !blamed(&none, json!([error(1000.0), click(t), error(t + 50.0)]))
    });
    // A life that effects prolong, and its end.
    let life = json!({ "errorClick": { "windowMs": null, "idleMs": 100, "maxMs": 150 } });
    up_to_and_including(100.0, |t| blamed(&life, json!([click(0.0), error(t)])));
    up_to_and_including(150.0, |t| {
        blamed(&life, json!([click(0.0), effect(90.0, "mutation"), error(t)]))
    });
}

#[test]
fn searches_backs_and_results() {
    let search = |t: f64, results: u16, sim: u8, extends: bool| json!({ "type": "search", "t": t, "results": results, "simPrev": sim, "extendsPrev": extends });
    let refined = |t: f64, sim: u8| {
        let events = json!([search(0.0, 5, 0, false), search(t, 5, sim, false)]);
        count(SignalKind::SearchRefinement, &json!({}), &events) == 1
    };
    up_to_and_including(300_000.0, |t| refined(t, 50));
    assert!(!refined(10.0, 49), "not similar enough");
    let merged = |t: f64| {
        let events = json!([search(0.0, 5, 0, false), search(t, 5, 90, true)]);
        let trace = Trace::from_json(&json!({ "events": events }).to_string()).unwrap();
        trace.run().unwrap().searches == Some(1)
    };
    up_to_and_including(30_000.0, merged);
    let ignored = |t: f64| {
        let opened = json!({ "type": "resultOpen", "t": t, "page": "r" });
        count(SignalKind::NoClickSearch, &json!({}), &json!([search(0.0, 5, 0, false), opened]))
            == 1
    };
    up_to_and_including(60_000.0, |t| !ignored(t));
    let page = |t: f64, page: &str, nav: &str| json!({ "type": "pageView", "t": t, "page": page, "nav": nav, "role": "article" });
    let back = |t: f64| {
        grade(
            SignalKind::QuickBack,
            &json!([page(0.0, "a", "load"), page(1000.0, "b", "push"), page(t, "a", "back")]),
        )
    };
    up_to_and_including(6000.0, |t| back(t) == Some(500));
    up_to_and_including(16_000.0, |t| back(t).is_some());
    let bounced = |dwell: f64, apart: f64| {
        let mut events = vec![search(0.0, 5, 0, false)];
        for i in 0..3u8 {
            let t = 1000.0 + f64::from(i) * apart;
            events.push(json!({ "type": "resultOpen", "t": t, "page": format!("r{i}") }));
            events.push(page(t, &format!("r{i}"), "push"));
            events.push(page(t + dwell, "results", "back"));
        }
        count(SignalKind::Pogo, &json!({}), &json!(events)) == 1
    };
    up_to(15_000.0, |dwell| bounced(dwell, 20_000.0));
    up_to_and_including(150_000.0, |apart| bounced(1000.0, apart));
}

#[test]
fn forms_contact_time_and_turns() {
    let form = |t: f64, what: &str, field: &str| json!({ "type": "form", "t": t, "form": "f", "what": what, "field": field });
    let left = |t: f64| {
        let events = json!([form(0.0, "start", "a"), form(100.0, "start", "b"),
            { "type": "pageView", "t": t, "page": "else" }]);
        count(SignalKind::FormAbandon, &json!({}), &events) == 1
    };
    up_to(3000.0, |t| !left(t));
    let idle = |t: f64| {
        let events =
            json!([form(0.0, "start", "a"), form(5000.0, "start", "b"), form(t, "ok", "b")]);
        count(SignalKind::FormAbandon, &json!({}), &events) == 0
    };
    up_to_and_including(1_805_000.0, idle);
    let contact = |t: f64| {
        let events = json!([{ "type": "pageView", "t": 0, "page": "h" },
            { "type": "pageView", "t": 1000, "page": "c", "role": "contact" },
            { "type": "pageView", "t": t, "page": "h" }]);
        count(SignalKind::ContactIntent, &json!({}), &events) == 0
    };
    // What happens at the very instant of a verdict is seen first.
    up_to_and_including(4000.0, contact);
    let long = |t: f64| {
        let events = json!([{ "type": "pageView", "t": 0, "page": "p", "topic": "export" },
            { "type": "pageEnd", "t": t, "reason": "hidden" }, { "type": "visibility", "t": t, "state": "hidden" }]);
        count(SignalKind::TimeOnTask, &json!({}), &events) == 0
    };
    up_to_and_including(300_000.0, long);
    let shaken = |t: f64, stroke: u16| {
        let turns = |t: f64| json!({ "type": "pointerTurns", "t": t, "axis": "x", "n": 10, "strokePx": stroke });
        let signals =
            json!({ "thrashedCursor": { "minTurns": 20, "windowMs": 2000, "minStrokePx": 25 } });
        count(SignalKind::ThrashedCursor, &signals, &json!([turns(0.0), turns(t)])) == 1
    };
    up_to(2000.0, |t| shaken(t, 25));
    assert!(!shaken(100.0, 24), "a tremor");
    let scrolled = |stroke: i32, count_of: usize| {
        let scroll = |i: usize| json!({ "type": "scroll", "t": i * 500, "y": if i.is_multiple_of(2) { 0 } else { stroke }, "pageH": 1600, "viewH": 800 });
        let events: Vec<Value> = (0..count_of).map(scroll).collect();
        count(SignalKind::ExcessiveScroll, &json!({}), &json!(events)) == 1
    };
    assert!(scrolled(400, 8), "six turns after strokes of half a view");
    assert!(!scrolled(399, 8), "strokes too short");
    assert!(!scrolled(400, 7), "five turns");
}

#[test]
fn answers_and_noise() {
    // Each click of a burst is answered by a reaction of its own; whole milliseconds count.
    let burst = |answer: f64| {
        let clicks = [0.0, 310.0, 620.0, 930.0];
        let events = clicks.iter().flat_map(|t| [click(*t), effect(t + answer, "mutation")]);
        grade(SignalKind::RageClick, &json!(events.collect::<Vec<_>>())).unwrap()
    };
    assert_eq!((burst(300.999), burst(301.0)), (300, 700));
    // A page that changed in three of the four quarters of a second before a press answers nothing.
    let unknown = |first: f64| {
        let before = [first, 4400.0, 4700.0].map(|t| effect(t, "mutation"));
        let mut events = before.to_vec();
        events.extend([click(5000.0), effect(5100.0, "mutation")]);
        let trace = Trace::from_json(&json!({ "events": events }).to_string()).unwrap();
        trace.run().unwrap().tallies.is_some_and(|tallies| tallies.unknown == 1)
    };
    assert!(unknown(4000.0), "a second before");
    assert!(!unknown(3999.999), "longer ago, two quarters are left");
    // What answered during a long press is not forgotten for what came after it.
    let long = |early: f64| {
        let limited = json!({ "deadClick": { "sinceDownMs": 100 } });
        let pressed =
            json!({ "type": "click", "t": 1000, "downT": 500, "target": "a", "control": "button" });
        let later = [700.0, 800.0, 900.0].map(|t| effect(t, "mutation"));
        let mut events = vec![effect(early, "mutation")];
        events.extend(later);
        events.push(pressed);
        count(SignalKind::DeadClick, &limited, &json!(events)) == 0
    };
    up_to_and_including(600.0, long);
}

#[test]
fn errors_that_come_again() {
    let again = |t: f64| {
        let error =
            |t: f64, fp: &str| json!({ "type": "error", "t": t, "class": "script", "fp": fp });
        let events =
            json!([click(0.0), error(100.0, "a.js:1"), click(t - 50.0), error(t, "a.js:2")]);
        count(SignalKind::RepeatError, &json!({}), &events) == 1
    };
    up_to_and_including(600_100.0, again);
}

#[test]
fn pages_that_were_looked_at() {
    let scrolled = |last: f64| {
        let scroll = |t: f64, y: i32| json!({ "type": "scroll", "t": t, "y": y, "pageH": 1600, "viewH": 800 });
        let mut events: Vec<Value> = (0..7)
            .map(|i| scroll(f64::from(i) * 500.0, if i % 2 == 0 { 0 } else { 400 }))
            .collect();
        events.push(scroll(last, 400));
        count(SignalKind::ExcessiveScroll, &json!({}), &json!(events)) == 1
    };
    up_to_and_including(31_000.0, scrolled);
    let page = |t: u32, page: &str, nav: &str| json!({ "type": "pageView", "t": t, "page": page, "nav": nav, "role": "article" });
    let left = |y: i32| {
        let scroll = json!({ "type": "scroll", "t": 1500, "y": y, "pageH": 1000, "viewH": 500 });
        let events =
            json!([page(0, "a", "load"), page(1000, "b", "push"), scroll, page(3000, "a", "back")]);
        count(SignalKind::QuickBack, &json!({}), &events) == 1
    };
    assert!(left(250), "a quarter of the page");
    assert!(!left(251), "more of it was looked at");
    let read = |expected: u32, active: u32, depth: u8| {
        let view = json!({ "type": "pageView", "t": 0, "page": "a", "role": "article", "expectedReadMs": expected });
        let progress = json!({ "type": "articleProgress", "t": 90_000, "page": "a", "activeMs": active, "depthPct": depth });
        count(SignalKind::ArticleRead, &json!({}), &json!([view, progress])) == 1
    };
    assert!(read(0, 15_000, 50) && !read(0, 14_999, 50) && !read(0, 15_000, 49));
    // A long article takes its share of the time it takes to read.
    assert!(read(100_000, 30_000, 50) && !read(100_000, 29_999, 50));
}

#[test]
fn what_is_believed() {
    let refused = |events: Value| {
        let trace = Trace::from_json(&json!({ "events": events }).to_string()).unwrap();
        trace.run().unwrap().quarantined.unwrap_or_default()
    };
    let day = |t: f64| {
        let hygiene = json!({ "hygiene": { "longestMs": 86_400_000 } });
        let trace = json!({ "signals": hygiene, "events": [effect(t, "mutation")] }).to_string();
        let seen = Trace::from_json(&trace).unwrap().run().unwrap();
        seen.quarantined.is_none_or(|q| q.absurd_time == 0)
    };
    assert!(day(86_400_000.0) && !day(86_400_001.0));
    let late = |t: f64| refused(json!([click(100_000.0), effect(t, "mutation")])).out_of_order;
    assert_eq!((late(40_000.0), late(39_999.0)), (0, 1));
    let far = |x: i32| {
        refused(json!([{ "type": "click", "t": 0, "target": "a", "x": x, "y": 0 }])).absurd_value
    };
    assert_eq!((far(1_000_000), far(-1_000_000)), (0, 0));
    assert_eq!((far(1_000_001), far(-1_000_001)), (1, 1));
    // Clicks that waited for a busy page come after what the page made of the first.
    let busy =
        json!([click(0.0), effect(2000.0, "mutation"), click(500.0), click(600.0), click(800.0)]);
    assert_eq!(refused(busy).out_of_order, 0);
    // Done a second before what was told already, and told twice.
    let done = |t: f64| {
        let q = refused(json!([click(5000.0), click(t)]));
        (q.out_of_order, q.duplicate)
    };
    assert_eq!((done(3999.0), done(4000.0)), ((1, 0), (0, 0)));
    assert_eq!((done(5000.0), done(5000.001)), ((0, 1), (0, 0)));
}
