//! Every kind of signal, and the look-alike next to it that is none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tactful::{Seen, SignalKind, Trace};

fn run(signals: &Value, events: &Value) -> Seen {
    let trace = json!({ "signals": signals, "events": events }).to_string();
    Trace::from_json(&trace).unwrap_or_else(|e| panic!("{e:?}")).run().unwrap()
}

fn seen(events: &Value) -> Vec<(SignalKind, u16, i64)> {
    let seen = run(&json!({}), events);
    seen.signals.iter().map(|s| (s.kind, s.count, s.grade.get())).collect()
}

fn only(kind: SignalKind, events: &Value) -> Vec<(u16, i64)> {
    seen(events).into_iter().filter(|s| s.0 == kind).map(|s| (s.1, s.2)).collect()
}

fn click(t: u32, target: &str) -> Value {
    json!({ "type": "click", "t": t, "target": target, "control": "button" })
}

fn mutation(t: u32) -> Value {
    json!({ "type": "effect", "t": t, "cause": "mutation" })
}

fn list(parts: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(parts.into_iter().collect())
}

#[test]
fn repeating_what_works_is_no_rage() {
    let press = |i: u32, hint: &str| {
        let mut click = click(i * 200, "plus");
        click["hint"] = json!(hint);
        [click, mutation(i * 200 + 20)]
    };
    let stepper = list((0..6).flat_map(|i| press(i, "stepper")));
    assert_eq!(seen(&stepper), []);
    assert_eq!(run(&json!({}), &stepper).tallies.unwrap().rapid_use, 1);
    let plain = list((0..6).flat_map(|i| press(i, "none")));
    assert_eq!(only(SignalKind::RageClick, &plain), [(6, 300)], "answered, but why so fast?");
    // One reaction to four presses answers the last of them only.
    let once = list((0..4).map(|i| click(i * 100, "plus")).chain([mutation(350)]));
    assert_eq!(only(SignalKind::RageClick, &once), [(4, 700)]);
}

#[test]
fn a_page_that_changes_by_itself_answers_nothing_and_proves_nothing() {
    let ticks = (0..12).map(|i| mutation(4000 + i * 90));
    let ticking = list(ticks.clone().chain([click(5080, "a"), mutation(5140)]));
    let found = run(&json!({}), &ticking);
    assert_eq!((found.signals.len(), found.tallies.unwrap().unknown), (0, 1));
    // Something else than a mutation still is an answer, and silence still is death.
    let answered = json!({ "type": "effect", "t": 5140, "cause": "navigation" });
    let navigated = run(&json!({}), &list(ticks.clone().chain([click(5080, "a"), answered])));
    assert_eq!((navigated.signals.len(), navigated.tallies), (0, None));
    let stopped = list(ticks.clone().chain([click(5080, "a")]));
    assert_eq!(only(SignalKind::DeadClick, &stopped), [(1, 800)]);
    // Without the guard a ticking clock excuses every click.
    let off = json!({ "deadClick": { "noise": null } });
    assert_eq!(run(&off, &ticking).tallies, None);
}

#[test]
fn requests_keep_a_click_waiting_and_never_answer_it() {
    let start = json!({ "type": "effect", "t": 50, "cause": "requestStart" });
    let end = json!({ "type": "effect", "t": 4000, "cause": "requestEnd" });
    let silent = json!([click(0, "a"), start, end]);
    assert_eq!(seen(&silent), [(SignalKind::SlowClick, 1, 1000)]);
    let shown = json!([click(0, "a"), start, end, mutation(2400)]);
    assert_eq!(seen(&shown), [(SignalKind::SlowClick, 1, 800)]);
    let no_pending = json!({ "deadClick": { "pendingMs": null } });
    assert_eq!(run(&no_pending, &silent).signals[0].kind, SignalKind::DeadClick);
}

#[test]
fn a_second_dead_click_on_one_target_weighs_more_until_the_page_is_left() {
    let page = json!({ "type": "pageView", "t": 20_000, "page": "next" });
    let events =
        json!([click(0, "a"), click(5000, "a"), click(10_000, "b"), page, click(30_000, "a")]);
    assert_eq!(only(SignalKind::DeadClick, &events), [(1, 800), (1, 1000), (1, 800), (1, 800)]);
    let link = json!([{ "type": "click", "t": 0, "target": "l", "control": "link" }]);
    assert_eq!(seen(&link), [(SignalKind::DeadClick, 1, 500)]);
}

#[test]
fn what_cannot_be_judged_is_not() {
    for control in [
        "fileInput",
        "linkNewTab",
        "linkDownload",
        "media",
        "canvas",
        "textInput",
        "none",
        "root",
        "disabled",
    ] {
        let click = json!([{ "type": "click", "t": 0, "target": "a", "control": control }]);
        assert_eq!(seen(&click), [], "{control}");
    }
    for flag in ["modifier", "nonPrimary", "untrusted", "optOutDead", "unwatched"] {
        let mut click = click(0, "a");
        click["flags"] = json!([flag]);
        assert_eq!(seen(&json!([click])), [], "{flag}");
    }
    let off = json!([{ "type": "click", "t": 0, "target": "a", "control": "disabled" }]);
    assert_eq!(run(&json!({}), &off).tallies.unwrap().disabled_click, 1);
}

/// Print dialogs, file pickers, windows of their own and frozen tabs: a browser without a screen has
/// none of them, so these are traces.
#[test]
fn what_leads_out_of_the_page_is_no_dead_end() {
    let then = |event: Value| seen(&json!([click(0, "a"), event]));
    assert_eq!(then(json!({ "type": "effect", "t": 40, "cause": "dialogOrPopup" })), [], "print");
    assert_eq!(then(json!({ "type": "focus", "t": 900, "state": "blur" })), [], "a window came up");
    let picker = json!({ "type": "click", "t": 0, "target": "f", "control": "fileInput" });
    assert_eq!(seen(&json!([picker])), []);
    // Frozen for an hour: nobody knows what the click would have come to.
    let frozen = json!([click(0, "a"), { "type": "pageEnd", "t": 1500, "reason": "freeze" },
        { "type": "idle", "t": 3_600_000 }]);
    assert_eq!(seen(&frozen), []);
    let hidden = json!([click(0, "a"), { "type": "visibility", "t": 2500, "state": "hidden" },
        { "type": "visibility", "t": 3_600_000, "state": "visible" }]);
    assert_eq!(seen(&hidden), []);
    // A clock that was set back in the middle of a press.
    let step =
        json!([{ "type": "click", "t": 50, "downT": 900, "target": "a", "control": "button" }]);
    assert_eq!(run(&json!({}), &step).quarantined.unwrap().clock_step, 1);
    // The true ones next to them.
    assert_eq!(then(json!({ "type": "focus", "t": 1100, "state": "blur" })).len(), 1);
    assert_eq!(then(json!({ "type": "visibility", "t": 3100, "state": "hidden" })).len(), 1);
}

#[test]
fn labels_of_one_burst_can_be_told_at_its_onset() {
    let together = json!({ "combine": "burst", "deadClick": { "dedupeTargetMs": null, "decideMs": 100 },
        "rageClick": { "minClicks": 3, "minClicksCorroborated": null } });
    let error = json!({ "type": "error", "t": 450, "class": "script", "fp": "a" });
    let burst = json!([click(0, "a"), click(200, "a"), click(400, "a"), error]);
    let found = run(&together, &burst);
    let told: Vec<_> = found.signals.iter().map(|s| (s.kind, s.at.ms(), s.count)).collect();
    assert!(told.contains(&(SignalKind::RageClick, 0, 3)), "{told:?}");
    assert!(told.contains(&(SignalKind::DeadClick, 0, 3)), "{told:?}");
    assert!(told.contains(&(SignalKind::ErrorClick, 0, 1)), "{told:?}");
    // Two clicks are no burst: each keeps its own.
    let two = run(&together, &json!([click(0, "a"), click(200, "a")]));
    let told: Vec<_> = two.signals.iter().map(|s| (s.kind, s.at.ms())).collect();
    assert_eq!(told, [(SignalKind::DeadClick, 0), (SignalKind::DeadClick, 200)]);
}

#[test]
fn scrolling_up_and_down_is_searching_unless_something_was_found() {
    let scroll = |i: u32| json!({ "type": "scroll", "t": i * 600, "y": (i % 2) * 1500, "pageH": 4000, "viewH": 800 });
    let lost = list((0..8).map(scroll));
    assert_eq!(seen(&lost), [(SignalKind::ExcessiveScroll, 6, 400)]);
    let copied = list((0..8).map(scroll).enumerate().flat_map(|(i, scroll)| {
        let found = json!({ "type": "selection", "t": i * 600 + 50, "nonempty": true });
        std::iter::once(scroll).chain((i == 4).then_some(found))
    }));
    assert_eq!(seen(&copied), []);
    let short = list((0..8).map(|i| json!({ "type": "scroll", "t": i * 600, "y": (i % 2) * 700, "pageH": 1500, "viewH": 800 })));
    assert_eq!(seen(&short), [], "the page is hardly longer than the view");
    let compared = list(
        [json!({ "type": "pageView", "t": 0, "page": "p", "role": "pricing" })]
            .into_iter()
            .chain((1..10).map(scroll)),
    );
    assert_eq!(seen(&compared), [], "rows are there to be compared");
}

#[test]
fn searching_on_and_on_is_a_struggle_until_something_is_read() {
    let search = |t: u32, results: u16, sim: u8| json!({ "type": "search", "t": t, "results": results, "simPrev": sim });
    let lost = json!([search(0, 0, 0), search(20_000, 4, 20), search(40_000, 0, 60)]);
    assert_eq!(
        only(SignalKind::Struggle, &lost),
        [(3, 700)],
        "no result, so other words for one need"
    );
    assert_eq!(only(SignalKind::ZeroResultSearch, &lost), [(1, 600), (2, 900)]);
    let apart = json!([search(0, 4, 0), search(20_000, 4, 20), search(40_000, 4, 10)]);
    assert_eq!(
        only(SignalKind::Struggle, &apart),
        [],
        "three things, looked for one after the other"
    );
    let same = json!([search(0, 4, 0), search(20_000, 4, 100), search(40_000, 4, 100)]);
    assert_eq!(only(SignalKind::Struggle, &same), [], "another page of the same results");
    assert_eq!(only(SignalKind::SearchRefinement, &same), []);
    let read = json!([search(0, 4, 0), search(20_000, 4, 60),
        { "type": "pageView", "t": 22_000, "page": "a", "role": "article", "nav": "push" },
        { "type": "articleProgress", "t": 50_000, "activeMs": 28_000, "depthPct": 90 }, search(60_000, 4, 60)]);
    assert_eq!(only(SignalKind::Struggle, &read), [], "whoever reads explores");
}

#[test]
fn results_nobody_opens() {
    let search = json!({ "type": "search", "t": 0, "results": 7 });
    assert_eq!(only(SignalKind::NoClickSearch, &json!([search])), [(1, 300)]);
    for answer in [
        json!({ "type": "resultOpen", "t": 9000, "rank": 1, "page": "a" }),
        json!({ "type": "vote", "t": 9000, "helpful": true }),
        json!({ "type": "pageView", "t": 9000, "page": "a", "role": "article", "nav": "push" }),
        json!({ "type": "pageEnd", "t": 9000, "reason": "unload" }),
        json!({ "type": "search", "t": 9000, "results": 0 }),
    ] {
        assert_eq!(only(SignalKind::NoClickSearch, &json!([search, answer])), [], "{answer}");
    }
}

#[test]
fn back_at_once_is_none_when_something_was_done_there() {
    let page = |t: u32, page: &str, nav: &str| json!({ "type": "pageView", "t": t, "page": page, "nav": nav });
    let with = |between: Value| {
        let events = json!([
            page(0, "a", "load"),
            page(1000, "b", "push"),
            between,
            page(4000, "a", "back")
        ]);
        only(SignalKind::QuickBack, &events).len()
    };
    assert_eq!(with(json!({ "type": "selection", "t": 1500, "nonempty": false })), 1);
    assert_eq!(with(click(2000, "x")), 0);
    assert_eq!(with(json!({ "type": "effect", "t": 2000, "cause": "input" })), 0);
    assert_eq!(with(json!({ "type": "vote", "t": 2000, "helpful": true })), 0);
    let back = json!([page(0, "a", "load"), page(1000, "b", "back"), page(2000, "c", "back")]);
    assert_eq!(
        only(SignalKind::QuickBack, &back).len(),
        1,
        "what was come to by turning back is not left at once"
    );
}

#[test]
fn a_form_is_left_when_it_is_left_for_good() {
    let form = |t: u32, what: &str, field: &str| json!({ "type": "form", "t": t, "form": "f", "what": what, "field": field });
    let begun = [form(0, "start", "name"), form(4000, "start", "mail")];
    let then =
        |more: &[Value]| only(SignalKind::FormAbandon, &list(begun.iter().chain(more).cloned()));
    let hidden = json!({ "type": "visibility", "t": 9000, "state": "hidden" });
    let shown = json!({ "type": "visibility", "t": 200_000, "state": "visible" });
    let away = |until: u32| {
        let trace = json!({ "events": [begun[0], begun[1], hidden], "until": until }).to_string();
        Trace::from_json(&trace).unwrap().run().unwrap().signals.len()
    };
    assert_eq!((away(308_999), away(309_000)), (0, 1), "a tab hidden for five minutes");
    assert_eq!(then(&[hidden.clone(), shown.clone(), form(210_000, "ok", "mail")]), []);
    let leave = json!({ "type": "pageView", "t": 60_000, "page": "home" });
    assert_eq!(then(std::slice::from_ref(&leave)), [(1, 400)]);
    let returns: Vec<Value> =
        (0..3).map(|i| form(5000 + i, "fieldReturn", "name")).chain([leave.clone()]).collect();
    assert_eq!(then(&returns), [(1, 600)], "going back to a field again and again");
    // A contact form that suggested an article, which was then opened.
    let contact = json!({ "type": "pageView", "t": 0, "page": "c", "role": "contact" });
    let article =
        json!({ "type": "pageView", "t": 60_000, "page": "a", "role": "article", "nav": "push" });
    let suggested = list([contact].into_iter().chain(begun.clone()).chain([article]));
    assert_eq!(only(SignalKind::FormAbandon, &suggested), []);
    assert_eq!(run(&json!({}), &suggested).tallies.unwrap().deflected, 1);
}

#[test]
fn reaching_for_contact_is_graded_by_how_and_when() {
    let view = |t: u32, page: &str, role: &str| json!({ "type": "pageView", "t": t, "page": page, "role": role });
    let grade = |events: Value| only(SignalKind::ContactIntent, &events);
    assert_eq!(grade(json!([view(0, "h", "home"), view(900, "c", "contact")])), [(1, 700)]);
    assert_eq!(grade(json!([view(0, "c", "contact")])), [(1, 300)], "looked up from outside");
    let failed = json!({ "type": "search", "t": 100, "results": 0 });
    assert_eq!(
        grade(json!([view(0, "h", "home"), failed, view(9000, "c", "contact")])),
        [(1, 900)]
    );
    for how in ["tel", "mailto", "chatOpen", "formOpen", "callback"] {
        assert_eq!(
            grade(json!([{ "type": "contactIntent", "t": 0, "how": how }])),
            [(1, 1000)],
            "{how}"
        );
    }
    assert_eq!(grade(json!([{ "type": "contactIntent", "t": 0, "how": "chatClose" }])), []);
}

#[test]
fn the_same_again_and_long_on_one_thing() {
    let view = |t: u32, page: &str| json!({ "type": "pageView", "t": t, "page": page, "role": "article", "topic": "export", "nav": "push" });
    let thrice = json!([
        view(0, "a"),
        view(10_000, "b"),
        view(20_000, "a"),
        view(30_000, "c"),
        view(40_000, "a")
    ]);
    assert_eq!(only(SignalKind::RepeatVisit, &thrice), [(3, 400)]);
    let mut again = view(0, "a");
    again["earlierSessions"] = json!(2);
    assert_eq!(
        only(SignalKind::RepeatVisit, &json!([again, again.clone()])),
        [(3, 500)],
        "told once"
    );
    let idle = |from: u32, to: u32| {
        [json!({ "type": "idle", "t": from }), json!({ "type": "resume", "t": to })]
    };
    let [away, back] = idle(60_000, 400_000);
    let lunch = json!({ "events": [view(0, "a"), away, back], "until": 600_000 }).to_string();
    assert_eq!(
        Trace::from_json(&lunch).unwrap().run().unwrap().signals.len(),
        0,
        "nobody was there"
    );
    let there = json!({ "events": [view(0, "a")], "until": 600_000 }).to_string();
    assert_eq!(
        Trace::from_json(&there).unwrap().run().unwrap().signals[0].kind,
        SignalKind::TimeOnTask
    );
}

#[test]
fn what_is_not_believed_is_counted_by_reason() {
    let events = json!([
        click(0, "a"),
        click(0, "a"),
        { "type": "click", "t": 100, "downT": 200, "target": "a", "control": "button" },
        { "type": "click", "t": 200, "x": 90_000_000, "y": 0, "target": "a", "control": "button" },
        { "type": "articleProgress", "t": 300, "activeMs": 5, "depthPct": 101 },
        { "type": "click", "t": 400, "target": "a", "control": "button", "flags": ["untrusted"] },
        { "type": "idle", "t": 70_000 },
        click(900, "a"),
    ]);
    let q = run(&json!({}), &events).quarantined.unwrap();
    let counts = (q.duplicate, q.clock_step, q.absurd_value, q.untrusted, q.out_of_order);
    assert_eq!(counts, (1, 1, 2, 1, 1));
}

#[test]
fn a_definition_names_its_version() {
    let found = run(&json!({}), &json!([click(0, "a")]));
    assert_eq!(found.signals[0].definition, "deadClick@2");
    let own =
        run(&json!({ "deadClick": { "definition": "deadClick@acme-7" } }), &json!([click(0, "a")]));
    assert_eq!(own.signals[0].definition, "deadClick@acme-7");
}

#[test]
fn mistakes_in_parameters_are_all_found_with_their_place() {
    let trace = json!({ "signals": { "rageClick": { "minClicks": 9, "radiusMetric": "euklid" },
        "search": { "similarMin": 50 }, "deadClick": { "aliveMs": { "mutations": 5 } } }, "events": [] });
    let errors = Trace::from_json(&trace.to_string()).unwrap().run().unwrap_err();
    let paths: Vec<&str> = errors.iter().map(tactful::Error::path).collect();
    assert_eq!(
        paths,
        [
            "/signals/rageClick/radiusMetric",
            "/signals/deadClick/aliveMs/mutations",
            "/signals/search/similarMin"
        ]
    );
    let nine = json!({ "signals": { "rageClick": { "minClicks": 9 } }, "events": [] });
    let errors = Trace::from_json(&nine.to_string()).unwrap().run().unwrap_err();
    assert_eq!(errors[0].path(), "/signals/rageClick/minClicks");
}
