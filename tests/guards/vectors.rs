//! Vectors computed with an IANA zone database, by their numbers.

use super::{at, codes, decided, ends_at, event, only, pitch, touch};
use serde_json::{Value, json};
use tactful::{ErrorCode, History, Ms, Purpose, Story, policy};

pub(super) fn cap(limit: u32, window: Value) -> Value {
    json!({ "caps": { "x": { "scope": "person", "purposes": ["pitch"], "channels": "all",
                             "limit": limit, "window": window } } })
}

/// Whether a pitch by phone is quiet, with these hours.
fn quiet(from: &str, to: &str, now: i64, moment: &Value) -> Option<Option<Ms>> {
    let policy =
        only(json!({ "quietHours": { "x": { "channels": ["phone"], "from": from, "to": to,
                                                     "zone": "person", "except": [] } } }));
    let mut at_hand = json!({ "proposal": { "purpose": "pitch", "channel": "phone" } });
    super::put(&mut at_hand, moment);
    let verdict = pitch(&policy, &[], now, at_hand);
    (!verdict.allowed).then_some(verdict.defer_until)
}

/// Quiet from one instant to another, exactly.
fn quiet_between(from: &str, to: &str, begin: &str, end: &str, moment: &Value) {
    let (begin, end) = (at(begin), at(end));
    assert_eq!(quiet(from, to, begin - 1, moment), None, "before");
    assert_eq!(quiet(from, to, begin, moment), Some(Some(Ms(end))), "at the beginning");
    assert_eq!(quiet(from, to, end - 1, moment), Some(Some(Ms(end))), "just before the end");
    assert_eq!(quiet(from, to, end, moment), None, "at the end");
}

#[test]
fn vector_1_a_sliding_window_is_free_at_exactly_its_length() {
    let policy = only(cap(3, json!({ "slidingMs": 604_800_000 })));
    let touches = ["2026-09-03T16:00:00Z", "2026-09-05T16:00:00Z", "2026-09-08T16:00:00Z"];
    let history: Vec<Value> = touches
        .iter()
        .enumerate()
        .map(|(i, at)| touch(&format!("t{i}"), *at, "sent", "pitch", json!({})))
        .collect();
    ends_at(&policy, &history, Purpose::Pitch, at("2026-09-10T16:00:00.000Z"), &json!({}));
}

#[test]
fn vector_2_a_calendar_day_ends_at_midnight_and_a_sliding_one_does_not() {
    let sent = [touch("t", "2026-05-20T03:55:00Z", "sent", "pitch", json!({}))];
    let zone = json!({ "zone": "America/New_York" });
    let next = at("2026-05-20T04:05:00Z");
    let calendar = only(cap(1, json!({ "calendar": "day" })));
    assert!(
        pitch(&calendar, &sent, next, zone.clone()).allowed,
        "five past midnight is another day"
    );
    ends_at(&calendar, &sent, Purpose::Pitch, at("2026-05-20T04:00:00Z"), &zone);
    let sliding = only(cap(1, json!({ "slidingMs": 86_400_000 })));
    let verdict = pitch(&sliding, &sent, next, zone);
    assert_eq!(
        (verdict.allowed, verdict.defer_until),
        (false, Some(Ms(at("2026-05-21T03:55:00Z"))))
    );
}

#[test]
fn calendar_weeks_and_months_begin_on_the_persons_clock() {
    let zone = json!({ "zone": "Europe/Berlin" });
    let sent = |at: &str| [touch("t", at, "sent", "pitch", json!({}))];
    let week = only(cap(1, json!({ "calendar": "week" })));
    // Sunday 2026-03-29, the day the clock goes forward; weeks begin on Monday.
    ends_at(
        &week,
        &sent("2026-03-24T10:00:00Z"),
        Purpose::Pitch,
        at("2026-03-29T22:00:00Z"),
        &zone,
    );
    let month = only(cap(1, json!({ "calendar": "month" })));
    for (sent_at, end) in [
        ("2026-02-10T10:00:00Z", "2026-02-28T23:00:00Z"),
        ("2028-02-10T10:00:00Z", "2028-02-29T23:00:00Z"),
        ("2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z"),
        ("2026-10-20T10:00:00Z", "2026-10-31T23:00:00Z"),
    ] {
        ends_at(&month, &sent(sent_at), Purpose::Pitch, at(end), &zone);
    }
}

#[test]
fn a_calendar_without_a_clock_slides_and_is_longer() {
    let sent = [touch("t", 0, "sent", "pitch", json!({}))];
    let policy = only(cap(1, json!({ "calendar": "day" })));
    ends_at(&policy, &sent, Purpose::Pitch, (24 + 26) * 3_600_000, &json!({}));
}

#[test]
fn vector_3_a_quiet_night_follows_the_change_of_clocks() {
    let zone = json!({ "zone": "America/New_York" });
    quiet_between("21:00", "08:00", "2026-03-08T02:00:00Z", "2026-03-08T12:00:00Z", &zone);
    quiet_between("21:00", "08:00", "2026-11-01T01:00:00Z", "2026-11-01T13:00:00Z", &zone);
}

#[test]
fn vector_4_a_fold_makes_a_window_longer_and_a_gap_empties_it() {
    let zone = json!({ "zone": "Europe/Berlin" });
    quiet_between("21:00", "08:00", "2026-10-24T19:00:00Z", "2026-10-25T07:00:00Z", &zone);
    quiet_between("02:00", "03:00", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", &zone);
    for now in ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"] {
        assert_eq!(quiet("02:00", "03:00", at(now), &zone), None, "02:00 does not exist: {now}");
    }
}

#[test]
fn vector_5_quarters_and_halves_of_an_hour() {
    let nepal = json!({ "zone": "Asia/Kathmandu" });
    quiet_between("21:00", "08:00", "2026-05-01T15:15:00Z", "2026-05-02T02:15:00Z", &nepal);
    // 01:45 occurs twice on Lord Howe Island: a window begins at the first and ends at the second.
    let howe = json!({ "zone": "Australia/Lord_Howe" });
    quiet_between("01:45", "04:00", "2026-04-04T14:45:00Z", "2026-04-04T17:30:00Z", &howe);
    quiet_between("00:30", "01:45", "2026-04-04T13:30:00Z", "2026-04-04T15:15:00Z", &howe);
}

#[test]
fn vector_6_a_country_is_quiet_while_any_of_it_is() {
    let country = json!({ "country": "US" });
    let hawaii_wakes = Some(Some(Ms(at("2026-05-20T18:00:00Z"))));
    assert_eq!(quiet("21:00", "08:00", at("2026-05-20T15:00:00Z"), &country), hawaii_wakes);
    assert_eq!(quiet("21:00", "08:00", at("2026-05-20T20:00:00Z"), &country), None);
    // New York goes to bed at nine.
    quiet_between("21:00", "08:00", "2026-05-21T01:00:00Z", "2026-05-21T18:00:00Z", &country);
    for unknown in [json!({}), json!({ "country": "XX" })] {
        assert_eq!(quiet("21:00", "08:00", at("2026-05-20T20:00:00Z"), &unknown), Some(None));
    }
}

#[test]
fn vector_8_a_first_week_is_seven_times_24_hours() {
    let policy = only(json!({ "windows": { "onboarding":
        { "forMs": 604_800_000, "untilActivated": false, "maxMs": 3_888_000_000u64 } } }));
    let created =
        event("milestone", "m", "2026-03-05T14:00:00Z", json!({ "name": "accountCreated" }));
    // By the local calendar it would end an hour earlier: the clock goes forward in between.
    let zone = json!({ "zone": "America/New_York" });
    ends_at(&policy, &[created], Purpose::Pitch, at("2026-03-12T14:00:00Z"), &zone);
}

#[test]
fn vector_9_zero_is_never_absent_is_no_cap_and_anything_else_is_a_mistake() {
    let never = pitch(&only(cap(0, json!({ "slidingMs": 1000 }))), &[], 5000, json!({}));
    assert_eq!(
        (never.allowed, never.defer_until, codes(&never)),
        (false, None, vec!["frequency_cap"])
    );
    let many: Vec<Value> =
        (0..50).map(|i| touch(&format!("t{i}"), i, "sent", "pitch", json!({}))).collect();
    assert!(pitch(&only(json!({})), &many, 5000, json!({})).allowed);
    for limit in [json!(""), json!(-1), json!(1.5)] {
        let patch = json!({ "guards": { "caps": { "pitchWeek": { "limit": limit } } } });
        let errors = policy::compile(&patch.to_string()).unwrap_err();
        let place = |error: &tactful::Error| error.path() == "/guards/caps/pitchWeek/limit";
        assert!(errors.iter().any(place), "{limit}: {errors:?}");
    }
}

#[test]
fn vector_10_consent_is_what_holds_last_and_a_tie_is_a_refusal() {
    let policy = only(json!({ "consent": { "pitchNeedsProfiling": false } }));
    let consent = |id: &str, state: &str, effective: &str| {
        let fields = json!({ "purpose": "marketing", "state": state, "effectiveAt": effective });
        event("consent", id, "2026-04-01T00:00:00Z", fields)
    };
    let now = "2026-05-01T00:00:00Z";
    let (march, may) = ("2026-03-16T00:00:00Z", "2026-03-18T00:00:00Z");
    for (history, allowed) in [
        (
            [consent("a", "withdrawn", march), consent("b", "granted", "2023-01-01T00:00:00Z")],
            false,
        ),
        ([consent("a", "withdrawn", "2026-01-16T00:00:00Z"), consent("b", "granted", may)], true),
        ([consent("a", "withdrawn", may), consent("b", "granted", may)], false),
        ([consent("a", "granted", may), consent("b", "withdrawn", may)], false),
    ] {
        for order in [history.to_vec(), history.iter().rev().cloned().collect()] {
            assert_eq!(pitch(&policy, &order, now, json!({})).allowed, allowed, "{order:?}");
        }
    }
}

#[test]
fn vector_11_a_case_is_what_it_was_last_and_back_again_is_open() {
    let policy = only(json!({ "windows": { "openCase":
        { "coolingMs": 0, "confirmedCoolingMs": 0, "recontactMs": 1_209_600_000 } } }));
    let case = |step: &str, at: &str| {
        event("case", step, at, json!({ "case": "c", "step": step, "matter": "m" }))
    };
    let closed = [case("closed", "2026-08-20T00:00:00Z"), case("opened", "2026-08-18T00:00:00Z")];
    let now = "2026-09-01T00:00:00Z";
    assert!(pitch(&policy, &closed, now, json!({})).allowed, "whichever arrived first");
    let at_once = [case("opened", "2026-08-20T00:00:00Z"), case("closed", "2026-08-20T00:00:00Z")];
    assert!(pitch(&policy, &at_once, now, json!({})).allowed, "opened and closed at one instant");
    let back = |id: &str, at: &str| {
        let fields = json!({ "contact": id, "step": "started", "channel": "phone", "matter": "m" });
        event("contact", id, at, fields)
    };
    let again = [closed[0].clone(), closed[1].clone(), back("k", "2026-08-21T00:00:00Z")];
    assert!(!pitch(&policy, &again, now, json!({})).allowed, "back the next day with the same");
    let with = |more: Value| [again.to_vec(), vec![more]].concat();
    let ended = |solved: bool| {
        let fields =
            json!({ "contact": "k", "step": "ended", "channel": "phone", "solved": solved });
        event("contact", "e", "2026-08-22T00:00:00Z", fields)
    };
    assert!(pitch(&policy, &with(ended(true)), now, json!({})).allowed, "and it was solved then");
    assert!(!pitch(&policy, &with(ended(false)), now, json!({})).allowed, "it was not");
    let other = json!({ "case": "d", "step": "closed", "matter": "m" });
    let other = with(event("case", "d", "2026-08-23T00:00:00Z", other));
    assert!(pitch(&policy, &other, now, json!({})).allowed, "in a case of its own");
    let once_more = [with(ended(true)), vec![back("l", "2026-08-24T00:00:00Z")]].concat();
    assert!(!pitch(&policy, &once_more, now, json!({})).allowed, "back once more");
}

#[test]
fn vector_13_day_and_night_are_complements_and_an_empty_window_is_refused() {
    let zone = json!({ "zone": "Europe/Berlin" });
    for hour in 0..48 {
        let now = at("2026-10-24T00:00:00Z") + hour * 1_800_000;
        let (day, night) =
            (quiet("06:00", "22:00", now, &zone), quiet("22:00", "06:00", now, &zone));
        assert_ne!(day.is_some(), night.is_some(), "half hour {hour}");
    }
    let patch =
        json!({ "guards": { "quietHours": { "night": { "from": "08:00", "to": "08:00" } } } });
    let errors = policy::compile(&patch.to_string()).unwrap_err();
    assert_eq!(errors[0].code(), ErrorCode::Conflict);
}

#[test]
fn vector_14_two_tabs_that_spent_the_last_slot_are_both_denied_and_it_shows() {
    let policy = only(cap(1, json!({ "slidingMs": 604_800_000 })));
    let learned = |events: &[Value]| {
        let story =
            json!({ "name": "h", "person": "ada", "history": events, "moment": { "now": 0 } });
        let mut history = History::new();
        history.learn(Story::from_json(&story.to_string()).unwrap().history);
        history
    };
    let mut one = learned(&[touch("a", 1000, "reserved", "pitch", json!({}))]);
    let other = learned(&[touch("b", 2000, "reserved", "pitch", json!({}))]);
    one.merge(&other);
    let mut mirrored = other.clone();
    mirrored.merge(&learned(&[touch("a", 1000, "reserved", "pitch", json!({}))]));
    assert_eq!(one, mirrored, "either tab knows the same");
    let both = [
        touch("a", 1000, "reserved", "pitch", json!({})),
        touch("b", 2000, "reserved", "pitch", json!({})),
    ];
    let verdict = pitch(&policy, &both, 3000, json!({}));
    assert!(!verdict.allowed);
    let evidence = &verdict.blockers[0].evidence;
    assert_eq!(evidence.len(), 1 + 2, "the overrun is visible: {evidence:?}");
}

#[test]
fn what_was_only_reserved_lapses_and_what_was_shown_does_not() {
    let policy = only(cap(1, json!({ "slidingMs": 604_800_000 })));
    let reserved = touch("t", 0, "reserved", "pitch", json!({}));
    ends_at(&policy, std::slice::from_ref(&reserved), Purpose::Pitch, 900_000, &json!({}));
    let expired = touch("t", 60_000, "expired", "pitch", json!({}));
    assert!(pitch(&policy, &[reserved.clone(), expired], 60_000, json!({})).allowed);
    let shown = touch("t", 60_000, "shown", "pitch", json!({}));
    assert!(!pitch(&policy, &[reserved.clone(), shown], 1_000_000, json!({})).allowed);
    let failed = touch("t", 60_000, "failed", "pitch", json!({}));
    assert!(pitch(&policy, &[reserved, failed], 60_000, json!({})).allowed);
}

#[test]
fn one_touch_on_two_channels_is_one_touch_and_one_on_each_channel() {
    let both = [
        touch("t", 0, "sent", "pitch", json!({})),
        touch("t", 0, "shown", "pitch", json!({ "channel": "push" })),
    ];
    assert!(pitch(&only(cap(2, json!({ "slidingMs": 1000 }))), &both, 10, json!({})).allowed);
    for channel in ["email", "push"] {
        let per = json!({ "caps": { "x": { "scope": "person", "purposes": ["pitch"], "channels": [channel],
                                           "limit": 1, "window": { "slidingMs": 1000 } } } });
        let moment = json!({ "proposal": { "purpose": "pitch", "channel": channel } });
        assert!(!pitch(&only(per), &both, 10, moment).allowed, "{channel}");
    }
}

#[test]
fn a_night_that_began_before_the_table_is_a_night() {
    // 23:00 on a clock that is known for an hour only.
    let now = at("2026-09-16T21:00:00Z");
    for since in [1, 3, 1000] {
        let zone = json!({ "zone": [{ "from": now - since * 3_600_000, "offsetMinutes": 120 }] });
        assert_eq!(
            quiet("21:00", "08:00", now, &zone),
            Some(Some(Ms(at("2026-09-17T06:00:00Z")))),
            "{since} h"
        );
    }
}

#[test]
fn a_calendar_whose_beginning_is_not_known_ends_with_it_all_the_same() {
    let now = at("2026-09-16T10:00:00Z");
    let zone = json!({ "zone": [{ "from": now - 3_600_000, "offsetMinutes": 0 }] });
    let sent = [touch("t", now - 3 * 3_600_000, "sent", "pitch", json!({}))];
    let policy = only(cap(1, json!({ "calendar": "day" })));
    ends_at(&policy, &sent, Purpose::Pitch, at("2026-09-17T00:00:00Z"), &zone);
}

#[test]
fn the_offer_on_the_screen_keeps_its_distance_from_everything_else() {
    let policy = only(json!({ "minGapMs": { "pitch": 86_400_000 } }));
    let story = |purpose: &str, proposal: Value| {
        let shown =
            touch("t", 1000, "shown", purpose, json!({ "channel": "web", "route": "human" }));
        let story = json!({ "name": "s", "person": "ada", "history": [shown],
            "visit": { "startedAt": 500, "events": [] }, "moment": { "now": 60_000, "proposal": proposal } });
        Story::from_json(&story.to_string())
            .unwrap()
            .decide(&policy)
            .unwrap()
            .verdicts
            .pitch
            .allowed
    };
    let proposal = || json!({ "purpose": "pitch", "channel": "email" });
    assert!(!story("pitch", proposal()) && !story("assist", proposal()));
    assert!(story("pitch", Value::Null), "it is not counted against itself");
}

#[test]
fn a_gap_to_what_was_only_reserved_ends_with_the_reservation() {
    let policy = only(json!({ "minGapMs": { "pitch": 86_400_000 } }));
    let reserved = touch("t", 0, "reserved", "pitch", json!({}));
    ends_at(&policy, std::slice::from_ref(&reserved), Purpose::Pitch, 900_000, &json!({}));
}

#[test]
fn an_urgent_notice_wakes_somebody_about_that_and_nothing_else() {
    let night =
        only(json!({ "quietHours": { "x": { "channels": ["sms"], "from": "21:00", "to": "08:00",
        "zone": "person", "except": ["outage"] } } }));
    let outage =
        event("urgent", "u", 0, json!({ "kind": "outage", "step": "on", "matter": "router" }));
    let notice = |matter: &str| {
        let moment = json!({ "matter": matter, "zone": [{ "from": 0, "offsetMinutes": 0 }],
            "proposal": { "purpose": "serviceNotice", "channel": "sms" } });
        let now = at("2026-09-16T23:00:00Z");
        decided(&night, std::slice::from_ref(&outage), now, moment).verdicts.service_notice.allowed
    };
    assert!(notice("router") && !notice("invoice"));
}

#[test]
fn what_was_sent_is_no_offer_on_the_screen() {
    let policy = only(json!({ "minGapMs": { "pitch": 86_400_000 } }));
    for (channel, on_screen) in
        [("web", true), ("app", true), ("push", false), ("sms", false), ("email", false)]
    {
        let shown = touch(
            "t",
            1000,
            "shown",
            "pitch",
            json!({ "channel": channel, "route": "accountManager" }),
        );
        let story = json!({ "name": "s", "person": "ada", "history": [shown],
            "visit": { "startedAt": 500, "events": [] }, "moment": { "now": 60_000 } });
        let story = Story::from_json(&story.to_string()).unwrap();
        assert_eq!(story.decide(&policy).unwrap().verdicts.pitch.allowed, on_screen, "{channel}");
    }
}

#[test]
fn the_end_of_a_month_is_known_although_clocks_change_before() {
    let policy = only(cap(1, json!({ "calendar": "month" })));
    let sent = [touch("t", at("2026-10-02T10:00:00Z"), "sent", "pitch", json!({}))];
    let zone = json!({ "zone": "Europe/Berlin" });
    let denied = pitch(&policy, &sent, "2026-10-05T10:00:00Z", zone);
    assert_eq!(denied.defer_until, Some(Ms(at("2026-10-31T23:00:00Z"))));
}
