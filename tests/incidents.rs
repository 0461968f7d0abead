//! How incidents begin, go on and end when things come late, out of order or all at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tactful::{Seen, SignalKind, Trace};

fn run(signals: &Value, events: &Value) -> Seen {
    let trace = json!({ "signals": signals, "events": events }).to_string();
    Trace::from_json(&trace).unwrap_or_else(|e| panic!("{e:?}")).run().unwrap()
}

/// Count and grade of every signal of a kind.
fn only(kind: SignalKind, events: &Value) -> Vec<(u16, i64)> {
    let seen = run(&json!({}), events);
    let of = seen.signals.iter().filter(|signal| signal.kind == kind);
    of.map(|signal| (signal.count, signal.grade.get())).collect()
}

fn click(t: u32, target: &str) -> Value {
    json!({ "type": "click", "t": t, "target": target, "control": "button" })
}

fn plain(t: u32, target: &str) -> Value {
    json!({ "type": "click", "t": t, "target": target, "control": "none" })
}

fn effect(t: u32, cause: &str) -> Value {
    json!({ "type": "effect", "t": t, "cause": cause })
}

fn page(t: u32, page: &str, nav: &str, role: &str) -> Value {
    json!({ "type": "pageView", "t": t, "page": page, "nav": nav, "role": role })
}

fn list(parts: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(parts.into_iter().collect())
}

#[test]
fn a_click_elsewhere_takes_no_burst_away() {
    let three = [click(0, "a"), click(200, "a"), click(400, "a")];
    let alone = only(SignalKind::RageClick, &list(three.clone()));
    assert_eq!(alone, [(3, 1000)]);
    let then = list(three.into_iter().chain([plain(1000, "b"), plain(1700, "c")]));
    assert_eq!(only(SignalKind::RageClick, &then), alone);
    let four = list((0..4).map(|i| click(i * 200, "a")).chain([plain(1000, "b")]));
    assert_eq!(only(SignalKind::RageClick, &four), [(4, 1000)], "it still rises");
}

#[test]
fn a_burst_may_be_confirmed_by_an_error_too() {
    let error = json!({ "type": "error", "t": 2400, "class": "script", "fp": "a" });
    let burst = list((0..4).map(|i| click(i * 200, "a")).chain([error.clone()]));
    let without_dead = run(&json!({ "deadClick": null }), &burst);
    let rage = without_dead.signals.iter().find(|s| s.kind == SignalKind::RageClick).unwrap();
    assert_eq!(rage.grade.get(), 1000);
    // Failing weighs more than being made for repeating.
    let stepper = list(
        (0..4)
            .flat_map(|i| {
                let mut click = click(i * 200, "a");
                click["hint"] = json!("stepper");
                [click, effect(i * 200 + 10, "mutation")]
            })
            .chain([json!({ "type": "error", "t": 650, "class": "script", "fp": "a" })]),
    );
    assert_eq!(only(SignalKind::RageClick, &stepper), [(4, 1000)]);
}

#[test]
fn leaving_the_tab_ends_a_burst_and_a_keyboard_keeps_its_place() {
    let hidden = json!({ "type": "visibility", "t": 450, "state": "hidden" });
    let cut = list([
        click(0, "a"),
        click(200, "a"),
        click(400, "a"),
        hidden,
        click(500, "a"),
        click(600, "a"),
    ]);
    assert_eq!(only(SignalKind::RageClick, &cut), []);
    let mut far = click(600, "a");
    (far["x"], far["y"]) = (json!(900), json!(0));
    let near = |t: u32| {
        let mut click = click(t, "a");
        (click["x"], click["y"]) = (json!(0), json!(0));
        click
    };
    let key = click(400, "a");
    let strayed = list([near(0), near(200), key, far.clone()]);
    assert_eq!(only(SignalKind::RageClick, &strayed), [(3, 1000)], "three, and one elsewhere");
}

#[test]
fn what_happens_during_the_first_press_counts() {
    let held = |t: u32| json!({ "type": "click", "t": t, "downT": t - 100, "target": "a", "control": "none" });
    let selected = json!({ "type": "selection", "t": 50, "nonempty": true });
    let burst = list([selected, held(100)].into_iter().chain([300, 500, 700].map(held)));
    assert_eq!(only(SignalKind::RageClick, &burst), []);
    // However much else happens during a long press.
    let busy = list(
        [effect(10, "mutation")]
            .into_iter()
            .chain((0..9).map(|i| effect(20 + i, "requestEnd")))
            .chain([json!({ "type": "click", "t": 2000, "downT": 5, "target": "a", "control": "button" })]),
    );
    assert_eq!(only(SignalKind::DeadClick, &busy), []);
}

#[test]
fn clicks_told_late_make_no_rage() {
    let late = list([50_000, 40_000, 20_000, 1000].map(|t| plain(t, "a")));
    assert_eq!(only(SignalKind::RageClick, &late), []);
}

#[test]
fn rearming_at_once_needs_rage_first() {
    let signals = json!({ "rageClick": { "rearm": "immediate" } });
    let burst = list((0..8).map(|i| plain(i * 150, "a")));
    let seen = run(&signals, &burst);
    let counts: Vec<u16> = seen.signals.iter().map(|signal| signal.count).collect();
    assert_eq!(counts, [4, 4], "eight clicks are two");
}

#[test]
fn a_page_that_reloads_has_its_dead_click_judged_the_second_time() {
    let gone = json!({ "type": "pageEnd", "t": 300, "reason": "unload" });
    let again = json!([click(0, "a"), gone, click(700, "a")]);
    assert_eq!(only(SignalKind::DeadClick, &again), [(1, 800)]);
}

#[test]
fn a_request_answered_late_is_as_slow_as_it_was() {
    let events = json!([
        click(0, "a"),
        effect(100, "requestStart"),
        effect(5000, "requestEnd"),
        effect(5010, "mutation")
    ]);
    let seen = run(&json!({}), &events);
    let slow = &seen.signals[0];
    assert_eq!(
        (slow.kind, slow.decided.ms(), slow.response_ms),
        (SignalKind::SlowClick, 5010, Some(5010))
    );
    let never = run(&json!({}), &json!([click(0, "a"), effect(100, "requestStart")]));
    assert_eq!((never.signals[0].decided.ms(), never.signals[0].response_ms), (10_000, None));
}

#[test]
fn an_error_that_keeps_coming_is_nobodys_fault() {
    let error =
        |t: u32, fp: Option<&str>| json!({ "type": "error", "t": t, "class": "script", "fp": fp });
    let polling = json!([
        error(5000, Some("p")),
        click(5050, "a"),
        error(6000, Some("p")),
        error(7000, Some("p"))
    ]);
    assert_eq!(only(SignalKind::ErrorClick, &polling), []);
    // One that does not say where it is from is like no other.
    let nameless = |t: u32| json!({ "type": "error", "t": t, "class": "rejection" });
    let stray = json!([nameless(0), click(5000, "a"), nameless(5100)]);
    assert_eq!(only(SignalKind::ErrorClick, &stray).len(), 1);
}

#[test]
fn what_follows_a_press_elsewhere_is_no_late_answer() {
    let slow = |events: Value| only(SignalKind::SlowClick, &events).len();
    let change = |t: u32| json!({ "type": "effect", "t": t, "cause": "mutation" });
    assert_eq!(slow(json!([click(0, "a"), change(1600)])), 1);
    assert_eq!(slow(json!([click(0, "a"), click(1500, "b"), change(1600)])), 0);
    assert_eq!(slow(json!([click(0, "a"), click(1500, "a"), change(1600)])), 1, "pressed again");
    // A click that waits for its server is excused by it as well, and stays no slow one.
    let begun = json!({ "type": "effect", "t": 100, "cause": "requestStart" });
    assert_eq!(slow(json!([click(0, "a"), begun, click(4500, "b"), change(5000)])), 0);
    // Nor is what the person types meanwhile.
    let typed = json!({ "type": "effect", "t": 1600, "cause": "input" });
    assert_eq!(slow(json!([click(0, "a"), typed])), 0);
}

#[test]
fn repeated_errors_are_a_rate() {
    let failing = |t: u32| {
        [click(t, "a"), json!({ "type": "error", "t": t + 10, "class": "script", "fp": "x" })]
    };
    let soon = list(failing(0).into_iter().chain(failing(300_000)));
    assert_eq!(only(SignalKind::RepeatError, &soon).len(), 1);
    let apart = list(failing(0).into_iter().chain(failing(700_000)));
    assert_eq!(only(SignalKind::RepeatError, &apart), []);
}

#[test]
fn a_fast_ticker_is_noise_as_well() {
    let ticks = (0..60).map(|i| effect(2000 + i * 50, "mutation"));
    let noisy = list(ticks.chain([click(5000, "a"), effect(5030, "mutation")]));
    assert_eq!(run(&json!({}), &noisy).tallies.unwrap().unknown, 1);
    // A burst on such a page is not answered by the ticking.
    let ticks = (0..120).map(|i| effect(2000 + i * 50, "mutation"));
    let mut events: Vec<Value> = ticks.chain((0..4).map(|i| click(5010 + i * 200, "a"))).collect();
    events.sort_by_key(|event| event["t"].as_u64().unwrap());
    assert_eq!(only(SignalKind::RageClick, &json!(events)), [(4, 700)]);
}

#[test]
fn a_signal_is_of_the_page_it_happened_on() {
    let events = list(
        [page(0, "first", "load", "app")]
            .into_iter()
            .chain((0..4).map(|i| plain(1000 + i * 200, "a")))
            .chain([page(1800, "second", "push", "app"), page(2800, "first", "back", "app")]),
    );
    let seen = run(&json!({}), &events);
    let first = tactful::Key::of("first", tactful::Salt(0));
    let second = tactful::Key::of("second", tactful::Salt(0));
    let of = |kind| seen.signals.iter().find(|signal| signal.kind == kind).unwrap().page;
    assert_eq!(of(SignalKind::RageClick), first);
    assert_eq!(of(SignalKind::QuickBack), second);
    // One that rises later keeps its page.
    let rises = list(
        [page(0, "first", "load", "app")]
            .into_iter()
            .chain((0..4).map(|i| click(1000 + i * 200, "a")))
            .chain([page(9000, "second", "push", "app")]),
    );
    let seen = run(&json!({}), &rises);
    assert_eq!(seen.signals.iter().find(|s| s.kind == SignalKind::RageClick).unwrap().page, first);
}

#[test]
fn a_document_that_comes_back_was_not_left_at_once() {
    let away = json!({ "type": "pageEnd", "t": 4000, "reason": "freeze" });
    let events = json!([
        page(0, "results", "load", "searchResults"),
        page(1000, "a", "push", "article"),
        away,
        page(60_001, "a", "bfcache", "article")
    ]);
    assert_eq!(only(SignalKind::QuickBack, &events), []);
}

#[test]
fn only_time_in_view_is_time() {
    let contact = [page(0, "h", "load", "home"), page(1000, "c", "push", "contact")];
    let hidden = json!({ "type": "visibility", "t": 1200, "state": "hidden" });
    let gone = list(contact.clone().into_iter().chain([hidden.clone()]));
    assert_eq!(only(SignalKind::ContactIntent, &gone), []);
    let left = json!({ "type": "pageEnd", "t": 2000, "reason": "unload" });
    assert_eq!(only(SignalKind::ContactIntent, &list(contact.into_iter().chain([left]))), []);
    let form = |t: u32, what: &str, field: &str| json!({ "type": "form", "t": t, "form": "f", "what": what, "field": field });
    let shown = json!({ "type": "visibility", "t": 60_000, "state": "visible" });
    let glance = json!([
        form(0, "start", "a"),
        form(100, "start", "b"),
        hidden,
        shown,
        page(60_500, "x", "push", "app")
    ]);
    assert_eq!(only(SignalKind::FormAbandon, &glance), [], "two seconds of attention");
    // Time on a topic adds up over its pages.
    let topic = |t: u32, page: &str, topic: &str| json!({ "type": "pageView", "t": t, "page": page, "topic": topic });
    let task = json!({ "events": [topic(0, "a", "export"), topic(100_000, "b", "bills"), topic(200_000, "c", "export")], "until": 400_001 });
    let seen = Trace::from_json(&task.to_string()).unwrap().run().unwrap();
    let long: Vec<_> = seen.signals.iter().map(|s| (s.kind, s.at.ms())).collect();
    assert_eq!(long, [(SignalKind::TimeOnTask, 0)]);
}

#[test]
fn a_form_that_was_sent_was_not_abandoned() {
    let form = |t: u32, what: &str, field: &str| json!({ "type": "form", "t": t, "form": "f", "what": what, "field": field });
    let begun = [form(0, "start", "a"), form(4000, "start", "b")];
    let then = |more: &[Value]| {
        let leave = page(90_000, "x", "push", "app");
        only(SignalKind::FormAbandon, &list(begun.iter().chain(more).cloned().chain([leave])))
    };
    assert_eq!(then(&[form(6000, "submit", "b")]), []);
    assert_eq!(then(&[form(6000, "submit", "b"), form(6100, "failed", "b")]).len(), 1);
    assert_eq!(
        then(&[form(6000, "ok", "b"), form(20_000, "start", "a"), form(30_000, "start", "b")])
            .len(),
        1
    );
}

#[test]
fn one_search_has_its_own_results_and_its_own_words() {
    let search =
        |t: u32, sim: Option<u8>| json!({ "type": "search", "t": t, "results": 5, "simPrev": sim });
    let bounce = |t: u32, name: &str| {
        [
            json!({ "type": "resultOpen", "t": t, "page": name }),
            page(t, name, "push", "article"),
            page(t + 900, "results", "back", "searchResults"),
        ]
    };
    let two = list(
        [search(0, None)]
            .into_iter()
            .chain(bounce(1000, "a"))
            .chain(bounce(3000, "b"))
            .chain([search(9000, Some(10))])
            .chain(bounce(10_000, "c")),
    );
    assert_eq!(only(SignalKind::Pogo, &two), [], "three results, but of two searches");
    let free = run(
        &json!({ "search": { "similarMin": null } }),
        &json!([search(0, None), search(9000, Some(3))]),
    );
    assert!(
        free.signals.iter().any(|s| s.kind == SignalKind::SearchRefinement),
        "no limit to likeness"
    );
    let read = json!({ "type": "articleProgress", "t": 8000, "activeMs": 16_000, "depthPct": 80 });
    let useful = list(
        [search(0, None)].into_iter().chain(bounce(1000, "a")).chain(bounce(3000, "b")).chain([
            json!({ "type": "resultOpen", "t": 5000, "page": "c" }),
            page(5000, "c", "push", "article"),
            read,
            page(9000, "results", "back", "searchResults"),
        ]),
    );
    assert_eq!(only(SignalKind::Pogo, &useful), [], "the third was read");
}

#[test]
fn a_page_scrolls_by_itself_and_short_looks_are_no_search() {
    let scroll = |i: u32, y: u32, user: bool| json!({ "type": "scroll", "t": i * 600, "y": y, "pageH": 4000, "viewH": 800, "user": user });
    let carousel = list((0..9).map(|i| scroll(i, (i % 2) * 1500, false)));
    assert_eq!(only(SignalKind::ExcessiveScroll, &carousel), []);
    let looked =
        list((0..12).map(|i| scroll(i, if i % 4 == 3 { 100 } else { (i % 2) * 1500 }, true)));
    assert_eq!(only(SignalKind::ExcessiveScroll, &looked), []);
}

#[test]
fn a_page_that_scrolls_by_itself_takes_no_rage_away() {
    let scroll = |t: u32, user: bool| json!({ "type": "scroll", "t": t, "y": 10, "pageH": 4000, "viewH": 800, "user": user });
    let burst =
        |user: bool| list((0..5).flat_map(|i| [plain(i * 150, "a"), scroll(i * 150 + 50, user)]));
    assert_eq!(only(SignalKind::RageClick, &burst(false)), [(5, 700)]);
    assert_eq!(only(SignalKind::RageClick, &burst(true)), []);
}

#[test]
fn a_shaken_pointer_is_weak_evidence() {
    let turns =
        |t: u32| json!({ "type": "pointerTurns", "t": t, "axis": "x", "n": 10, "strokePx": 80 });
    let on = json!({ "thrashedCursor": { "minTurns": 20, "windowMs": 2000 } });
    let seen = run(&on, &json!([turns(0), turns(500), turns(1000)]));
    assert_eq!(
        (seen.signals.len(), seen.signals[0].count, seen.signals[0].grade.get()),
        (1, 30, 200)
    );
    assert_eq!(
        run(&json!({}), &json!([turns(0), turns(500)])).signals.len(),
        0,
        "off in the starter"
    );
}
