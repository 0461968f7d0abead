//! Laws of the page signals over generated traces. `TACTFUL_CASES` sets how many are generated
//! (10,000 by default).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "given/traces.rs"]
mod given;

use given::{body, click, pick, traces};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::rc::Rc;
use tactful::event::visit::{Cause, Effect, VisitBody};
use tactful::program::Signals;
use tactful::{Key, Micros, Ms, Salt, Signal, SignalKind, Trace, Visit, VisitEvent};

fn cases() -> ProptestConfig {
    let cases = std::env::var("TACTFUL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The starter's parameters, with the shaken pointer switched on.
fn starter() -> Rc<Signals> {
    thread_local!(static STARTER: Rc<Signals> = {
        let shaken = r#"{ "signals": { "thrashedCursor": { "minTurns": 4, "windowMs": 2000 } }, "events": [] }"#;
        let none = serde_json::json!({});
        Rc::new(Trace::from_json(shaken).unwrap().parameters(&none).unwrap())
    });
    STARTER.with(Rc::clone)
}

/// Rule sets of other products for which it is a law too: in the others a late effect proves a click
/// dead, one dead click silences the next, or labels move to the onset of their burst.
fn rule_sets() -> Rc<Vec<Signals>> {
    thread_local!(static SETS: Rc<Vec<Signals>> = {
        let own = ["mixpanel", "newrelic", "sentry"];
        let none = Trace::from_json(r#"{ "events": [] }"#).unwrap();
        Rc::new(own.iter().map(|name| {
            let path = format!("{}/examples/presets/{name}.json", env!("CARGO_MANIFEST_DIR"));
            let preset = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            none.parameters(&preset).unwrap()
        }).collect())
    });
    SETS.with(Rc::clone)
}

/// The signals of a trace, as they are at its end, and the visit.
fn run(signals: &Signals, events: &[VisitEvent]) -> (Vec<Signal>, Visit) {
    let mut visit = Visit::new(Ms(0), Salt(0));
    let mut seen = Vec::new();
    for event in events {
        visit.track_and(signals, event, &mut |signal| note(&mut seen, signal));
    }
    let end = visit.clock().plus_ms(3_600_000);
    visit.tick_and(signals, end, &mut |signal| note(&mut seen, signal));
    (seen, visit)
}

fn note(seen: &mut Vec<Signal>, signal: &Signal) {
    match seen.iter_mut().rev().find(|known| known.is_same(signal)) {
        Some(known) => *known = *signal,
        None => seen.push(*signal),
    }
}

fn shifted(events: &[VisitEvent], by: i64) -> Vec<VisitEvent> {
    let later = |t: Micros| Micros(t.0 + by);
    let mut events = events.to_vec();
    for event in &mut events {
        event.t = later(event.t);
        if let VisitBody::Click(click) = &mut event.body {
            click.down_t = click.down_t.map(later);
        }
    }
    events
}

/// Where an event of time `t` belongs.
fn place(events: &[VisitEvent], t: Micros) -> usize {
    events.iter().position(|event| event.t > t).unwrap_or(events.len())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_later_beginning_changes_nothing_but_times(events in traces(), by in 0i64..86_400_000_000) {
        let signals = starter();
        let (seen, visit) = run(&signals, &events);
        let (later, other) = run(&signals, &shifted(&events, by));
        let back: Vec<Signal> = later.iter().map(|signal| Signal {
            at: Micros(signal.at.0 - by), decided: Micros(signal.decided.0 - by), ..*signal
        }).collect();
        prop_assert_eq!(seen, back);
        prop_assert_eq!(visit.searches(), other.searches());
        prop_assert_eq!(visit.tallies(), other.tallies());
    }

    #[test]
    fn an_effect_never_makes_a_click_dead(
        events in traces(), cause in pick(Cause::ALL), share in 0u64..1000, which in 0usize..6,
    ) {
        let (starter, sets) = (starter(), rule_sets());
        let signals = sets.get(which).unwrap_or(&*starter);
        let dead = |events: &[VisitEvent]| -> Vec<(Micros, Key)> {
            let (seen, _) = run(signals, events);
            let dead = seen.iter().filter(|signal| signal.kind == SignalKind::DeadClick);
            dead.map(|signal| (signal.at, signal.target)).collect()
        };
        let before = dead(&events);
        let last = events.last().unwrap().t.0;
        let t = Micros((i128::from(last + 4_000_000) * i128::from(share) / 1000) as i64);
        let mut more = events.clone();
        more.insert(place(&events, t), VisitEvent { t, body: VisitBody::Effect(Effect { cause }) });
        for found in dead(&more) {
            prop_assert!(before.contains(&found), "{found:?} is dead since an effect came at {t:?}");
        }
    }

    #[test]
    fn what_is_told_twice_is_believed_once(events in traces(), cuts in prop::collection::vec(1usize..9, 1..12)) {
        let signals = starter();
        // More than six things done in a second, or several told in one microsecond, are more than is
        // remembered of it.
        let mut slow: Vec<VisitEvent> = Vec::new();
        for event in events {
            let soon = slow.iter().filter(|it| it.t.0 + 1_001_000 > event.t.0).count();
            if soon < 6 && slow.last().is_none_or(|last| last.t < event.t) {
                slow.push(event);
            }
        }
        let events = slow;
        let (seen, visit) = run(&signals, &events);
        // As a page does that sends what it has again, whenever it is not sure that it arrived.
        let (mut twice, mut rest, mut cuts) = (Vec::new(), &events[..], cuts.iter().cycle());
        while !rest.is_empty() {
            let (batch, after) = rest.split_at((*cuts.next().unwrap()).min(rest.len()));
            twice.extend_from_slice(batch);
            twice.extend_from_slice(batch);
            rest = after;
        }
        let (again, other) = run(&signals, &twice);
        let told = |seen: &[Signal]| -> Vec<_> {
            let mut told: Vec<_> =
                seen.iter().map(|it| (it.kind, it.at, it.count, it.grade, it.target)).collect();
            told.sort();
            told
        };
        prop_assert_eq!(told(&seen), told(&again));
        prop_assert_eq!(visit.searches(), other.searches());
    }

    #[test]
    fn a_click_never_takes_back_what_was_decided(
        events in traces(), click in click(), share in 0u64..1000,
    ) {
        let signals = starter();
        let last = events.last().unwrap().t.0;
        let t = Micros((i128::from(last + 4_000_000) * i128::from(share) / 1000) as i64);
        let cut = place(&events, t);
        let mut seen = Vec::new();
        let mut visit = Visit::new(Ms(0), Salt(0));
        for event in &events[..cut] {
            visit.track_and(&signals, event, &mut |signal| note(&mut seen, signal));
        }
        visit.tick_and(&signals, Micros(t.0 - 1), &mut |signal| note(&mut seen, signal));
        let mut more = events.clone();
        more.insert(cut, VisitEvent { t, body: click });
        let (later, _) = run(&signals, &more);
        for signal in &seen {
            let still = later.iter().find(|other| other.is_same(signal));
            let kept = still.is_some_and(|s| s.grade >= signal.grade && s.count >= signal.count);
            prop_assert!(kept, "{signal:?} became {still:?} by a click at {t:?}");
        }
    }

    #[test]
    fn a_visit_saved_and_restored_goes_on_as_if_nothing_had_happened(
        events in traces(), at in 0usize..32,
    ) {
        let signals = starter();
        let (whole, end) = run(&signals, &events);
        let mut seen = Vec::new();
        let mut visit = Visit::new(Ms(0), Salt(0));
        for (i, event) in events.iter().enumerate() {
            if i == at % events.len() {
                visit = Visit::restore(&visit.save()).unwrap();
            }
            visit.track_and(&signals, event, &mut |signal| note(&mut seen, signal));
        }
        let last = visit.clock().plus_ms(3_600_000);
        visit.tick_and(&signals, last, &mut |signal| note(&mut seen, signal));
        prop_assert_eq!(&seen, &whole);
        prop_assert_eq!(visit.save(), end.save());
        prop_assert_eq!(visit, end);
    }

    #[test]
    fn which_target_is_which_changes_nothing(events in traces()) {
        let signals = starter();
        let (seen, _) = run(&signals, &events);
        let other = |key: Key| Key(if (1..=3).contains(&key.0) { key.0 % 3 + 1 } else { key.0 });
        let mut renamed = events.clone();
        for event in &mut renamed {
            if let VisitBody::Click(click) = &mut event.body {
                click.target = other(click.target);
            }
        }
        let (found, _) = run(&signals, &renamed);
        let expected: Vec<Signal> =
            seen.iter().map(|signal| Signal { target: other(signal.target), ..*signal }).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn looking_ahead_in_steps_is_looking_ahead_at_once(events in traces(), step in 1i64..90_000) {
        let signals = starter();
        let (at_once, _) = run(&signals, &events);
        let mut seen = Vec::new();
        let mut visit = Visit::new(Ms(0), Salt(0));
        for event in &events {
            // A host may look as often as it likes between two events.
            let between = Micros(visit.clock().0 + (event.t.0 - visit.clock().0).max(0) / 2);
            visit.tick_and(&signals, between, &mut |signal| note(&mut seen, signal));
            visit.track_and(&signals, event, &mut |signal| note(&mut seen, signal));
        }
        let end = visit.clock().plus_ms(3_600_000);
        while visit.clock() < end {
            let next = visit.clock().plus_ms(step * 60).min(end);
            visit.tick_and(&signals, next, &mut |signal| note(&mut seen, signal));
        }
        prop_assert_eq!(seen, at_once);
    }

    #[test]
    fn no_time_and_no_value_makes_it_panic(
        list in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i32>(), any::<u8>(), body()), 1..24),
        near in any::<bool>(),
    ) {
        let signals = starter();
        let mut visit = Visit::new(Ms(i64::MIN / 4), Salt(0));
        let mut told = 0u32;
        let count = u32::try_from(list.len()).unwrap();
        for (t, down, px, n, mut body) in list {
            match &mut body {
                VisitBody::Click(click) => {
                    click.down_t = Some(Micros(down));
                    click.x = Some(px);
                }
                VisitBody::Scroll(scroll) => scroll.page_h = Some(px),
                VisitBody::PointerTurns(turns) => turns.n = n,
                VisitBody::ArticleProgress(progress) => progress.depth_pct = n,
                VisitBody::Search(search) => search.sim_prev = Some(n),
                _ => {}
            }
            let t = Micros(if near { t % 600_000_000_000 } else { t });
            visit.track_and(&signals, &VisitEvent { t, body }, &mut |_| told += 1);
        }
        visit.tick(&signals, Micros(i64::MAX));
        // Every event is taken in or counted as refused.
        let q = visit.quarantined();
        let refused = q.absurd_time + q.absurd_value + q.clock_step + q.duplicate + q.out_of_order;
        prop_assert_eq!(visit.events() + refused, count);
    }

    #[test]
    fn bytes_that_are_no_visit_are_refused_and_never_panic(
        events in traces(), at in 0usize..4096, bit in 0u8..8,
    ) {
        let signals = starter();
        let (_, visit) = run(&signals, &events);
        let mut bytes = visit.save();
        let place = at % bytes.len();
        bytes[place] ^= 1 << bit;
        if let Ok(mut other) = Visit::restore(&bytes) {
            for event in &events {
                other.track(&signals, event);
            }
            other.tick(&signals, Micros::from_ms(1_000_000));
        }
        prop_assert!(Visit::restore(&bytes[..place]).is_err());
    }
}

#[test]
fn memory_and_allocations_do_not_grow_with_a_million_events() {
    let signals = starter();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let events: Vec<VisitEvent> =
        std::iter::repeat_with(|| traces().new_tree(&mut runner).unwrap().current())
            .take(64)
            .flatten()
            .collect();
    let mut visit = Visit::new(Ms(0), Salt(0));
    let step = |visit: &mut Visit, i: i64, event: &VisitEvent| {
        let mut event = *event;
        event.t = Micros(i * 137_000);
        if let VisitBody::Click(click) = &mut event.body {
            click.down_t = None;
        }
        visit.track(&signals, &event);
    };
    for (i, event) in (0..1_000).zip(events.iter().cycle()) {
        step(&mut visit, i, event);
    }
    let all = allocation_counter::measure(|| {
        for (i, event) in (1_000..1_000_000).zip(events.iter().cycle()) {
            step(&mut visit, i, event);
        }
    });
    assert_eq!(all.count_total, 0, "allocations after the start");
    assert!(visit.events() > 900_000);
    assert!(size_of::<Visit>() <= 4096, "{} bytes a visit", size_of::<Visit>());
    assert!(visit.save().len() <= 4096, "{} bytes saved", visit.save().len());
}

#[test]
fn the_traces_are_about_every_signal() {
    let signals = starter();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut counts = [0u32; SignalKind::ALL.len()];
    for _ in 0..2_000 {
        let events = traces().new_tree(&mut runner).unwrap().current();
        run(&signals, &events).0.iter().for_each(|signal| counts[signal.kind as usize] += 1);
    }
    for (kind, count) in SignalKind::ALL.iter().zip(counts) {
        assert!(count >= 20, "{} only {count} times", kind.as_str());
    }
}
