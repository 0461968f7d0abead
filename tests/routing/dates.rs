//! By when: business time, pauses, nights.

use crate::{DAY, Given, HOUR, MINUTE, NOW, codes};
use serde_json::{Value, json};

fn office(fields: Value) -> Value {
    let mut sla = json!({ "calendar": "office", "businessMs": 4 * HOUR });
    crate::merge(&mut sla, fields);
    json!({ "routes": {
        "calendars": { "office": { "zone": "Europe/Berlin", "holidays": ["09-18"], "open": {
            "mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]], "wed": [["09:00", "12:30"], ["13:30", "17:00"]],
            "thu": [["09:00", "17:00"]], "fri": [["09:00", "17:00"]] } } },
        "slas": { "human": sla }
    } })
}

fn due(given: &Given) -> i64 {
    let decision = given.decide();
    assert_eq!(decision.route.as_str(), "human");
    decision.target.unwrap().due_by.unwrap().0 - NOW
}

#[test]
fn a_date_counts_open_hours_only() {
    // Noon in Berlin: half an hour until lunch, three and a half after it.
    let given = Given::new().policy(office(json!({}))).sees("wish", 0, json!({ "for": "person" }));
    assert_eq!(due(&given), 5 * HOUR);
    // Thursday, no Friday, which is a holiday of every year, and two hours of Monday.
    let long = Given::new().policy(office(json!({ "businessMs": 14 * HOUR }))).sees(
        "wish",
        0,
        json!({ "for": "person" }),
    );
    assert_eq!(due(&long), 5 * DAY - HOUR);
}

#[test]
fn coming_back_does_not_push_the_date() {
    let asked = |ago: i64| {
        Given::new()
            .policy(office(json!({ "pauses": true })))
            .profiled()
            .contact("mail", ago, "started", "email", json!({}))
            .moment(json!({ "matter": "export" }))
            .sees("wish", 0, json!({ "for": "person" }))
    };
    // Written two hours ago: the clock runs since then.
    let fresh = due(&asked(0));
    assert_eq!(fresh, 5 * HOUR);
    assert_eq!(due(&asked(2 * HOUR)), 3 * HOUR);
    // Two working days ago: that date has passed, so it is made anew.
    assert_eq!(due(&asked(2 * DAY)), fresh);
    // We asked something back and waited for an hour: that hour does not count.
    let paused = asked(2 * HOUR)
        .known("ask", "q", NOW - 90 * MINUTE, json!({ "field": "goal", "step": "asked" }))
        .known(
            "ask",
            "a",
            NOW - 30 * MINUTE,
            json!({ "field": "goal", "step": "answered", "value": "x" }),
        );
    assert_eq!(due(&paused), 4 * HOUR);
    // Somebody answered: the clock has stopped, and a new question has a new date.
    let replied =
        asked(2 * HOUR).contact("reply", HOUR, "replied", "email", json!({ "direction": "out" }));
    assert_eq!(due(&replied), fresh);
}

#[test]
fn nobody_is_called_at_night() {
    let at = |hours: i64| {
        let now = NOW + hours * HOUR;
        let given = Given { started: now - MINUTE, ..Given::new() };
        let given =
            given.moment(json!({ "now": now, "zone": [{ "from": 0, "offsetMinutes": 120 }] }));
        let mut given = given;
        given.page.push(json!({ "type": "wish", "t": 60_000, "for": "callback" }));
        let decision = given.decide();
        assert_eq!(decision.route.as_str(), "callback");
        assert_eq!(decision.target.as_ref().unwrap().channel.unwrap().as_str(), "phone");
        decision.target.unwrap().due_by.unwrap().0 - now
    };
    // At noon within two hours; at half past eight an hour and a half of it falls into the morning.
    assert_eq!(at(0), 2 * HOUR);
    assert_eq!(at(8) + 30 * MINUTE, 13 * HOUR + 30 * MINUTE);
    // At eleven the day begins at eight.
    assert_eq!(at(11), 9 * HOUR + 2 * HOUR);
}

#[test]
fn a_desk_that_is_closed_opens_when_it_says() {
    let closed = json!({ "open": false, "staffed": false, "nextOpenAt": NOW + 20 * HOUR });
    let given = Given::new().desk("human", closed).sees("wish", 0, json!({ "for": "person" }));
    assert_eq!(due(&given), 24 * HOUR);
    assert!(codes(&given.decide()).contains(&"nobody_available"));
}

#[test]
fn who_asked_here_is_not_promised_a_later_hour_for_waiting() {
    let due = |later: i64| {
        let mut given = Given::new()
            .wishes("person")
            .desk("human", json!({ "open": false, "asOf": NOW + later }));
        given.moment["now"] = json!(NOW + later);
        given.decide().target.and_then(|target| target.due_by)
    };
    assert!(due(0).is_some());
    for later in [1_000, 60_000, 1_800_000] {
        assert_eq!(due(later), due(0), "{later} ms later");
    }
}
