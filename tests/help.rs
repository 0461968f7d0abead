//! Laws of the right help, over generated lives: constant needs get a constant answer, more trouble
//! never less help, nobody is sold to in need, every promise could be kept, and nothing is asked twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod given;

use given::{Life, NOW, lives};
use proptest::prelude::*;
use tactful::event::history::{AskStep, HistoryBody, Milestone, Touch, TouchStep};
use tactful::event::visit::ContactIntent;
use tactful::event::visit::{Click, Control, ErrorClass, Failure, How, VisitBody};
use tactful::moment::RouteStatus;
use tactful::{
    Channel, Decision, History, HistoryEvent, Key, Micros, Moment, Ms, Policy, Purpose, Route,
    Salt, Text, Visit, VisitEvent, decide, policy,
};

fn cases() -> ProptestConfig {
    let cases = std::env::var("TACTFUL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn starter() -> Policy {
    thread_local!(static STARTER: Policy = policy::starter().unwrap());
    STARTER.with(Clone::clone)
}

/// Desks with hours, so that dates have something to respect.
fn office() -> Policy {
    thread_local!(static OFFICE: Policy = policy::compile(r#"{ "routes": {
        "calendars": { "office": { "zone": "Europe/Berlin", "holidays": ["2026-09-21"], "open": {
            "mon": [["09:00", "12:00"], ["13:00", "17:00"]], "tue": [["09:00", "17:00"]],
            "wed": [["09:00", "17:00"]], "thu": [["22:00", "02:00"]], "fri": [["09:00", "17:00"]] } } },
        "slas": { "human": { "calendar": "office" }, "specialist": { "calendar": "office" },
                  "callback": { "calendar": "office" }, "messageForm": { "calendar": "office" } }
    } }"#).unwrap());
    OFFICE.with(Clone::clone)
}

fn history(events: &[HistoryEvent]) -> History {
    let mut history = History::new();
    history.learn(events.iter().cloned());
    history
}

fn visit(life: &Life, policy: &Policy) -> Visit {
    let mut visit = Visit::new(life.started_at, Salt(0));
    for event in &life.page {
        visit.track(&policy.signals, event);
    }
    visit
}

fn decided(policy: &Policy, life: &Life) -> Decision {
    decide(policy, &history(&life.events), &visit(life, policy), &life.moment)
}

fn touched(decision: &Decision, at: Ms, id: &str) -> HistoryEvent {
    let purpose = if decision
        .because
        .iter()
        .any(|it| ["asked_for_person", "customer_asked", "urgency"].contains(&it.code.as_str()))
    {
        Purpose::Answer
    } else if decision.route == Route::AccountManager {
        Purpose::Pitch
    } else {
        Purpose::Assist
    };
    let touch = Touch {
        touch: id.into(),
        step: TouchStep::Shown,
        purpose,
        channel: Channel::Web,
        route: Some(decision.route),
        matter: None,
        offer: None,
        promise: None,
    };
    HistoryEvent {
        id: id.into(),
        at,
        received_at: None,
        source: "page".into(),
        person: None,
        body: HistoryBody::Touch(touch),
    }
}

/// How much help: silence, something to help oneself with, a person.
fn help(decision: &Decision) -> u8 {
    let beside = decision.also.iter().flatten().any(|route| *route == Route::Human);
    match decision.route {
        Route::None | Route::AccountManager => 0,
        Route::Status | Route::Article | Route::Chatbot | Route::MessageForm if !beside => 1,
        _ => 2,
    }
}

/// The same life with `ms` of quiet at its end.
fn with_pause(life: &Life, ms: i64) -> Life {
    Life { started_at: life.started_at.minus(Ms(ms)), ..life.clone() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn constant_needs_get_a_constant_route(life in lives(), steps in prop::collection::vec(1_000i64..1_500_000, 1..8)) {
        // A need that does not fade by itself: the person reached for contact.
        let policy = starter();
        let mut life = with_pause(&life, 5_000);
        life.moment.proposal = None;
        life.page.clear();
        // What is dated later, or was passed on just now, is a need that changes.
        life.events.retain(|event| event.at < NOW.minus(Ms(3 * 3_600_000)));
        let intent = VisitBody::ContactIntent(ContactIntent { how: How::Tel, topic: None });
        life.page.push(VisitEvent { t: Micros(1000), body: intent });
        let first = decided(&policy, &life);
        if first.route != Route::None {
            life.events.push(touched(&first, life.moment.now, "law-touch"));
        }
        // Windows that end change the needs; so does a promise that falls due.
        let until = life.events.iter().filter_map(|event| match &event.body {
            HistoryBody::Promise(promise) => promise.due, _ => None }).filter(|due| *due >= life.moment.now).min();
        for step in steps {
            life.moment.now = life.moment.now.plus(Ms(step));
            life.moment.routes.iter_mut().for_each(|status| status.as_of = status.as_of.plus(Ms(step)));
            life.moment.clocks.clear();
            if until.is_some_and(|due| life.moment.now >= due) { break }
            let again = decided(&policy, &life);
            prop_assert_eq!(again.route, first.route, "after {} ms: {:?}", life.moment.now.minus(first.at).0, again.because);
        }
    }

    #[test]
    fn more_friction_never_yields_less_help(life in lives(), more in 1usize..6, which in 0u8..3) {
        let policy = starter();
        let mut life = with_pause(&life, 20_000);
        life.moment.proposal = None;
        let before = decided(&policy, &life);
        let end = life.moment.now.minus(life.started_at).0 * 1000;
        for i in 0..more {
            let t = Micros(end - 12_000_000 + i as i64 * 150_000);
            let target = Key(900 + u32::from(which));
            let click = Click { down_t: None, x: Some(7), y: Some(7), target, control: Some(Control::Button),
                hint: None, flags: tactful::shape::Set::default() };
            life.page.push(VisitEvent { t, body: VisitBody::Click(click) });
            if which == 1 {
                let failure = Failure { class: ErrorClass::Script, fp: Some(Key(77)) };
                life.page.push(VisitEvent { t: Micros(t.0 + 1000), body: VisitBody::Failure(failure) });
            }
        }
        let after = decided(&policy, &life);
        if after.scores.friction.points < before.scores.friction.points {
            return Ok(());
        }
        prop_assert!(help(&after) >= help(&before), "{} to {}: {:?}, was {:?}",
            before.route.as_str(), after.route.as_str(), after.because, before.because);
    }

    #[test]
    fn readiness_never_turns_needed_help_into_a_pitch(life in lives()) {
        let policy = starter();
        let life = Life { moment: Moment { proposal: None, ..life.moment.clone() }, ..life };
        let before = decided(&policy, &life);
        if help(&before) == 0 {
            return Ok(());
        }
        let mut events = life.events.clone();
        for (i, what) in ["limitHit", "limitHit", "featureAsked", "quoteAsked"].into_iter().enumerate() {
            let body = HistoryBody::Milestone(Milestone { name: what.into(), what: Some("seats".into()) });
            events.push(HistoryEvent { id: format!("law-{i}").into(), at: NOW.minus(Ms(86_400_000)),
                received_at: None, source: "law".into(), person: None, body });
        }
        let after = decided(&policy, &Life { events, ..life });
        prop_assert_eq!(after.route, before.route);
    }

    #[test]
    fn every_promise_could_be_kept_when_it_was_made(life in lives(), open in any::<bool>()) {
        let policy = if open { office() } else { starter() };
        let decision = decided(&policy, &life);
        let Some(promise) = &decision.promise else { return Ok(()) };
        let now = life.moment.now;
        let gaps = promise.text.is_empty() || promise.text.contains('{');
        prop_assert!(promise.due > now && !gaps, "no promise");
        let status = life.moment.routes.iter().find(|status| status.route == decision.route);
        let target = decision.target.as_ref().unwrap();
        match target.due_by {
            None => {
                // Live: four in five are answered by then.
                let wait = status.and_then(|status| status.wait_p80_ms).unwrap_or_default();
                prop_assert!(promise.due >= now.plus(wait));
                if matches!(decision.route, Route::Human | Route::Specialist) {
                    let takes = |it: &RouteStatus| it.open && it.staffed == Some(true) && it.capacity != Some(0)
                        && now.minus(it.as_of).0.abs() <= 60_000;
                    prop_assert!(status.is_some_and(takes), "live, and nobody is there");
                }
            }
            Some(due) => {
                prop_assert_eq!(due, promise.due);
                let opens = status.filter(|it| !it.open).and_then(|it| it.next_open_at);
                prop_assert!(opens.is_none_or(|opens| due > opens || decision.route == Route::Status));
                let person = [Route::Human, Route::Specialist, Route::Callback, Route::MessageForm];
                if open && person.contains(&decision.route) {
                    let hours = policy.routes.calendars.get("office").unwrap();
                    prop_assert!(hours.is_open(due.minus(Ms(1))), "due while nobody works");
                }
            }
        }
    }

    #[test]
    fn a_handoff_never_asks_what_is_known(life in lives()) {
        let decision = decided(&starter(), &life);
        if let Some(handoff) = &decision.handoff {
            // By the events themselves, not by what the packet says of itself.
            let said = |field: &Text| {
                life.events.iter().any(|event| {
                    event.at <= NOW && matches!(&event.body, HistoryBody::Ask(it)
                        if it.field == *field && it.step == AskStep::Answered)
                })
            };
            for field in handoff.open.iter().filter(|field| *field != "goal") {
                prop_assert!(!said(field), "{} was answered and is open", field);
            }
        }
        // What is asked now is neither known nor refused, and one of the questions the page has.
        if let Some(ask) = &decision.ask {
            prop_assert!(life.moment.wants.contains(&ask.field));
            let known = life.events.iter().any(|event| event.at <= NOW && matches!(&event.body,
                HistoryBody::Ask(it) if it.field == ask.field && it.step == AskStep::Answered));
            let stale = ask.field == "goal";
            prop_assert!(!known || stale, "{} was answered", ask.field);
            prop_assert!(decision.scores.friction.band != "high" || ask.field == "email" || ask.field == "phone");
        }
    }

    #[test]
    fn an_offer_that_was_closed_does_not_return(life in lives(), later in 0i64..600_000) {
        let policy = starter();
        let mut life = with_pause(&life, 5_000);
        life.moment.proposal = None;
        let first = decided(&policy, &life);
                let asked = first.because.iter().any(|it| {
            ["asked_for_person", "customer_asked"].contains(&it.code.as_str())
        });
        if help(&first) == 0 || asked {
            return Ok(());
        }
        life.events.push(touched(&first, life.moment.now, "law-touch"));
        let t = Micros(life.moment.now.minus(life.started_at).0 * 1000);
        life.page.push(VisitEvent { t, body: VisitBody::Dismiss(tactful::event::visit::Dismiss { touch: Key::of("law-touch", Salt(0)) }) });
        // Nothing becomes more pressing meanwhile.
        life.events.retain(|event| event.at <= NOW && !matches!(event.body, HistoryBody::Promise(_)));
        life.moment.now = life.moment.now.plus(Ms(later));
        life.moment.routes.iter_mut().for_each(|status| status.as_of = status.as_of.plus(Ms(later)));
        let handed_over = first.because.iter().any(|it| it.code.as_str() == "unanswered");
        let again = decided(&policy, &life);
        let later_pressing = again.because.iter().any(|it| it.code.as_str() == "unanswered") && !handed_over;
        prop_assert!(again.route != first.route || later_pressing, "{} is back: {:?}", again.route.as_str(), again.because);
    }
}

/// Laws about help say nothing over lives in which nobody needs any.
#[test]
fn the_generated_lives_need_help_of_every_kind() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut levels, mut asked, mut dated) = ([0; 3], 0, 0);
    for _ in 0..400 {
        let decision = decided(&starter(), &lives().new_tree(&mut runner).unwrap().current());
        levels[usize::from(help(&decision))] += 1;
        asked += i32::from(decision.ask.is_some());
        dated += i32::from(decision.target.is_some_and(|target| target.due_by.is_some()));
    }
    assert!(levels.iter().all(|level| *level >= 20), "{levels:?}");
    assert!(asked >= 20 && dated >= 20, "asked {asked}, dated {dated}");
}
