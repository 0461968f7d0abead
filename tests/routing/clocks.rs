//! What is kept of a person while time passes: it turns at the very millisecond at which it would turn if nothing
//! were kept, and not before.

use crate::{DAY, Given, HOUR, MINUTE, NOW, SECOND};
use serde_json::{Value, json};
use tactful::{Ms, Purpose, Resident, decide};

/// Spans and times of day that the rules below look at.
const SPANS: [i64; 5] = [2 * DAY, 3 * DAY, 7 * DAY, 11 * DAY, 20 * DAY];
const OPENS: i64 = 12 * 60 + 30;
const CLOSES: i64 = 17 * 60;
/// Noon, when clocks go back in the middle of an open day.
const BACK: i64 = NOW + 3 * DAY + 40 * MINUTE;

/// Own guards over everything in which a clock ticks.
fn rules() -> Value {
    let cases = [
        ("age:contact", json!({ "atLeast": 3 * DAY })),
        ("age:case", json!({ "atMost": 20 * DAY })),
        ("age:touch.pitch", json!({ "atLeast": 2 * DAY, "atMost": 3 * DAY })),
        ("age:limitHit", json!({ "is": 7 * DAY })),
        ("count:touches.pitch@7d", json!({ "atLeast": 1 })),
        ("count:touches.assist@7d", json!({ "is": 0 })),
        ("count:contacts@11d", json!({ "atLeast": 1 })),
        ("count:cases@20d", json!({ "is": 0 })),
        ("count:milestones.limitHit@3d", json!({ "atLeast": 1 })),
        ("local:minuteOfDay", json!({ "atLeast": OPENS, "atMost": CLOSES - 1 })),
        ("local:weekday", json!({ "atLeast": 5 })),
        ("route:human.usable", json!({ "is": 0 })),
    ];
    let rule = |(i, (what, bounds)): (usize, (&str, Value))| {
        let mut when = json!({ "what": what });
        crate::merge(&mut when, bounds);
        let id = format!("r{i:02}");
        (
            id.clone(),
            json!({ "order": i, "code": id, "when": when, "blocks": ["survey"], "words": "-" }),
        )
    };
    let rules: serde_json::Map<String, Value> = cases.into_iter().enumerate().map(rule).collect();
    json!({ "guards": { "rules": rules } })
}

fn known() -> Given {
    let touch = |touch: &str, step: &str, purpose: &str| json!({ "touch": touch, "step": step, "purpose": purpose, "channel": "email" });
    Given::new()
        .policy(rules())
        .profiled()
        .known(
            "feed",
            "since",
            NOW - HOUR,
            json!({ "feed": "contacts", "status": "live", "since": NOW - DAY }),
        )
        .known("milestone", "hit", NOW - 2 * DAY - 7, json!({ "name": "limitHit" }))
        .known("milestone", "ahead", NOW + 5 * HOUR, json!({ "name": "limitHit" }))
        .known("touch", "mail", NOW - 2 * DAY - 1, touch("m", "sent", "pitch"))
        .known("touch", "held", NOW - SECOND, touch("h", "reserved", "assist"))
        .contact("call", 2 * DAY - 3, "started", "phone", json!({ "matter": "invoice" }))
        .known("case", "case", NOW - 19 * DAY, json!({ "case": "c", "step": "closed" }))
        .desk("human", json!({ "waitP50Ms": 60_000, "waitP80Ms": 120_000 }))
        .moment(json!({ "zone": [{ "from": 0, "offsetMinutes": 120 }, { "from": BACK, "offsetMinutes": 60 }] }))
}

/// Goes through the instants and compares with a decision that keeps nothing.
fn follow(resident: &mut Resident, instants: &[i64]) {
    for now in instants {
        let answer = resident.answer(Ms(*now));
        let fresh =
            decide(resident.policy(), resident.history(), resident.visit(), resident.moment());
        let after = now - NOW;
        let codes = fresh.verdicts.survey.blockers.iter().map(|it| it.code.as_str());
        let own = codes.filter_map(|code| code.strip_prefix('r')?.parse::<u32>().ok());
        let own: u32 = own.map(|i| 1 << i).sum();
        assert_eq!(
            format!("{:012b}", resident.own_blockers()),
            format!("{own:012b}"),
            "{after} ms after"
        );
        assert_eq!(answer.route(), fresh.route, "{after} ms after");
        for purpose in Purpose::ALL {
            assert_eq!(
                answer.allows(*purpose),
                fresh.verdicts.of(*purpose).allowed,
                "{after} ms after"
            );
        }
    }
}

#[test]
fn own_rules_turn_at_the_millisecond_at_which_they_would_turn_if_nothing_were_kept() {
    let mut resident = known().resident();
    let events: Vec<i64> = resident.history().events().iter().map(|event| event.at.0).collect();
    let from = events.iter().copied().chain([NOW - DAY, NOW, BACK]);
    let spans = [0, MINUTE, 15 * MINUTE, 30 * MINUTE].into_iter().chain(SPANS);
    let ends = from.flat_map(|at| spans.clone().map(move |span| at + span));
    // It is noon; later it is an hour before by then.
    let days = (0..9).flat_map(|day| [12, 11].map(|noon| NOW - noon * HOUR + day * DAY));
    let hours = days.flat_map(|day| [0, OPENS, CLOSES].map(|minute| day + minute * MINUTE));
    let around = |at: i64| [at - 1, at, at + 1, at + 59 * SECOND];
    let mut instants: Vec<i64> =
        ends.chain(hours).flat_map(around).filter(|at| *at >= NOW).collect();
    instants.sort_unstable();
    instants.dedup();
    follow(&mut resident, &instants);
}

#[test]
fn the_news_of_a_desk_counts_from_the_millisecond_at_which_it_is_fresh() {
    // The clock of the desk is ahead by a little more than news stays fresh.
    let ahead = MINUTE + 103;
    let given = known().desk("chatbot", json!({ "asOf": NOW + ahead })).moment(json!({ "routes": [{ "route": "human", "asOf": NOW + ahead, "open": true, "staffed": true }] }));
    let instants: Vec<i64> =
        (100..106).chain(2 * MINUTE + 100..2 * MINUTE + 106).map(|ms| NOW + ms).collect();
    follow(&mut given.resident(), &instants);
}

#[test]
fn while_no_rule_turns_nothing_is_worked_out_anew() {
    let mut resident = known().resident();
    resident.answer(Ms(NOW + 10 * MINUTE));
    let before = resident.worked();
    for second in 0..15 * 60 {
        resident.answer(Ms(NOW + 10 * MINUTE + second * SECOND));
    }
    assert!(
        resident.worked() - before <= 3,
        "{} times in a quarter of an hour",
        resident.worked() - before
    );
}

#[test]
fn a_fault_explains_trouble_for_as_long_as_news_of_it_is_promised() {
    let news = NOW + 10 * MINUTE;
    let told =
        json!({ "incident": "i", "step": "started", "topics": ["export"], "nextUpdateAt": news });
    let given = Given::new()
        .policy(json!({ "routes": { "slas": { "status": null } } }))
        .profiled()
        .known("incident", "i", NOW - HOUR, told)
        .struggles()
        .moment(json!({ "matter": "export" }))
        .desk("human", json!({ "asOf": news }));
    let mut resident = given.resident();
    assert_eq!(resident.answer(Ms(news - 1)).route().as_str(), "status");
    follow(&mut resident, &[news - 1, news, news + 1]);
    assert_ne!(resident.answer(Ms(news)).route().as_str(), "status");
}
