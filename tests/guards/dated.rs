//! What counts when it was said by several, at one instant, or of another time than the present.

use super::vectors::cap;
use super::{codes, decided, event, only, pitch, touch};
use serde_json::{Value, json};
use tactful::Purpose;

const DAY: i64 = 86_400_000;

#[test]
fn clocks_that_disagree_are_read_so_that_it_stays_closed() {
    let consent = |expires: i64| {
        event(
            "consent",
            "c",
            0,
            json!({ "purpose": "marketing", "state": "granted", "expiresAt": expires }),
        )
    };
    let guards =
        json!({ "consent": { "pitchNeedsProfiling": false }, "clock": { "maxSkewMs": 300_000 } });
    let (policy, now) = (only(guards), 10_000_000);
    let ahead = json!({ "clocks": [now + 60_000] });
    assert!(pitch(&policy, &[consent(now + 60_001)], now, ahead.clone()).allowed);
    assert!(
        !pitch(&policy, &[consent(now + 60_000)], now, ahead).allowed,
        "it ran out on one of them"
    );
    let mut guards = cap(1, json!({ "slidingMs": 1_000_000 }));
    super::put(&mut guards, &json!({ "clock": { "maxSkewMs": 300_000 } }));
    let policy = only(guards);
    let sent = [touch("t", now - 1_000_000, "sent", "pitch", json!({}))];
    assert!(pitch(&policy, &sent, now, json!({})).allowed);
    assert!(!pitch(&policy, &sent, now, json!({ "clocks": [now - 1] })).allowed);
    let apart = json!({ "clocks": [now - 300_001] });
    assert_eq!(codes(&decided(&policy, &[], now, apart).verdicts.pitch), ["clock_untrusted"]);
}

#[test]
fn every_guard_is_read_by_the_clock_that_keeps_it_closed() {
    let now = 100 * 86_400_000i64;
    let behind = json!({ "clocks": [now - 120_000] });
    let clock = json!({ "clock": { "maxSkewMs": 300_000 } });
    let with = |guards: Value| {
        let mut all = clock.clone();
        super::put(&mut all, &guards);
        only(all)
    };
    let suppressed = event(
        "suppression",
        "s",
        0,
        json!({ "scope": "person", "reason": "asked", "state": "on", "until": now - 60_000 }),
    );
    let policy = with(json!({ "suppression": { "stopsNotices": [] } }));
    assert!(pitch(&policy, std::slice::from_ref(&suppressed), now, json!({})).allowed);
    assert!(!pitch(&policy, &[suppressed], now, behind.clone()).allowed);
    let policy = with(json!({ "windows": { "renewal": { "forMs": 1_000_000 } } }));
    for renewed in [now - 60_000, now + 60_000] {
        let renewed = event("milestone", "m", renewed, json!({ "name": "renewed" }));
        assert!(!pitch(&policy, &[renewed], now, behind.clone()).allowed);
    }
}

#[test]
fn at_one_instant_what_closes_wins_whatever_it_is_called() {
    for (first, second) in [("a", "b"), ("b", "a")] {
        let suppression = |id: &str, state: &str| {
            event(
                "suppression",
                id,
                0,
                json!({ "scope": "person", "reason": "asked", "state": state }),
            )
        };
        let policy = only(json!({ "suppression": { "stopsNotices": [] } }));
        let both = [suppression(first, "on"), suppression(second, "off")];
        assert!(!pitch(&policy, &both, 10, json!({})).allowed);
        let moment = |id: &str, step: &str| {
            event("sensitive", id, 0, json!({ "kind": "hardship", "step": step }))
        };
        let policy = only(json!({ "windows": { "sensitive": {} } }));
        assert!(
            !pitch(&policy, &[moment(first, "on"), moment(second, "cleared")], 10, json!({}))
                .allowed
        );
        let later =
            event("sensitive", "later", 5, json!({ "kind": "hardship", "step": "cleared" }));
        assert!(pitch(&policy, &[moment(first, "on"), later], 10, json!({})).allowed);
    }
}

fn marketing(id: &str, at: i64, state: &str, more: Value) -> Value {
    let mut fields = json!({ "purpose": "marketing", "state": state });
    super::put(&mut fields, &more);
    event("consent", id, at, fields)
}

#[test]
fn a_withdrawal_of_unknown_date_is_outranked_only_by_what_was_recorded_later() {
    let policy = only(json!({ "consent": { "pitchNeedsProfiling": false } }));
    let withdrawn = marketing("w", 15 * DAY, "withdrawn", json!({}));
    let allowed = |grant: Value| {
        let history = [grant, withdrawn.clone()];
        pitch(&policy, &history, 60 * DAY, json!({})).allowed
    };
    let from = |day: i64| json!({ "effectiveAt": day * DAY });
    assert!(!allowed(marketing("g", DAY, "granted", from(31))), "given before, for later");
    assert!(!allowed(marketing("g", 15 * DAY, "granted", from(31))), "at once the stricter wins");
    assert!(allowed(marketing("g", 16 * DAY, "granted", from(31))), "given after it");
    assert!(!allowed(marketing("g", 16 * DAY, "granted", from(1))), "given after it, for before");
}

#[test]
fn of_two_words_at_one_instant_what_closes_for_longer_wins_whatever_they_are_called() {
    for (first, second) in [("a", "b"), ("b", "a")] {
        let policy = only(json!({ "suppression": { "stopsNotices": [] } }));
        let on = |id: &str, until: Value| {
            let fields =
                json!({ "scope": "person", "reason": "asked", "state": "on", "until": until });
            event("suppression", id, 0, fields)
        };
        let both = [on(first, Value::Null), on(second, json!(DAY))];
        assert!(!pitch(&policy, &both, 2 * DAY, json!({})).allowed);
        let policy = only(json!({ "consent": { "pitchNeedsProfiling": false } }));
        let until = json!({ "expiresAt": DAY });
        let both =
            [marketing(first, 0, "granted", json!({})), marketing(second, 0, "granted", until)];
        assert_eq!(codes(&pitch(&policy, &both, 2 * DAY, json!({}))), ["consent_expired"]);
    }
}

#[test]
fn what_somebody_answers_for_is_taken_back_by_them_or_for_all_of_them() {
    let policy = only(json!({ "suppression": { "stopsNotices": [] } }));
    let said = |id: &str, at: i64, state: &str, owner: Option<&str>| {
        let fields =
            json!({ "scope": "person", "reason": "asked", "state": state, "owner": owner });
        event("suppression", id, at, fields)
    };
    let allowed = |history: &[Value]| pitch(&policy, history, 10, json!({})).allowed;
    let desk = said("1", 0, "on", Some("privacy desk"));
    let page = said("2", 1, "on", Some("page"));
    let undone = said("3", 2, "off", Some("page"));
    assert!(allowed(&[page.clone(), undone.clone()]));
    assert!(!allowed(&[desk.clone(), page.clone(), undone.clone()]), "what the desk wrote stands");
    assert!(
        !allowed(&[said("1", 0, "on", None), page.clone(), undone]),
        "so does what nobody signed"
    );
    assert!(allowed(&[desk.clone(), page, said("4", 3, "off", None)]), "taken back altogether");
    assert!(allowed(&[desk, said("5", 3, "off", Some("privacy desk"))]));
}

/// What is dated ahead counts as soon as a clock that is trusted may show it, and until then it is as it was.
#[test]
fn a_fact_or_a_permission_dated_ahead_opens_nothing_before_its_time() {
    let exams = |id: &str, at: i64, on: bool| {
        event("fact", id, at, json!({ "name": "exams", "value": on }))
    };
    let policy = {
        let mut patch = super::nothing();
        super::put(
            &mut patch,
            &json!({ "facts": { "exams": { "unit": "weeks" } }, "guards": {
            "clock": { "maxSkewMs": 300_000 },
            "rules": { "ours": { "order": 1, "when": { "what": "fact:exams", "is": true }, "blocks": ["pitch"], "words": "Not now." } } } }),
        );
        tactful::policy::compile(&patch.to_string()).unwrap_or_else(|errors| panic!("{errors:?}"))
    };
    let allowed = |history: &[Value]| pitch(&policy, history, 10 * DAY, json!({})).allowed;
    let now = 10 * DAY;
    assert!(!allowed(&[exams("a", 0, true)]));
    assert!(
        !allowed(&[exams("a", 0, true), exams("b", now + 2000, true)]),
        "said again, by a clock ahead"
    );
    assert!(!allowed(&[exams("b", now + 2000, true)]), "said once, by a clock ahead");
    assert!(
        !allowed(&[exams("a", 0, true), exams("b", now + DAY, false)]),
        "over tomorrow is not over"
    );
    assert!(allowed(&[exams("a", 0, true), exams("b", now - DAY, false)]));
    let policy = only(json!({ "consent": { "pitchNeedsProfiling": false } }));
    let given = |at: i64| [marketing("g", at, "granted", json!({ "effectiveAt": DAY }))];
    assert!(!pitch(&policy, &given(now + 1), now, json!({})).allowed, "nobody has said so yet");
    assert!(pitch(&policy, &given(now), now, json!({})).allowed);
}

#[test]
fn a_silent_source_of_surveys_lets_nobody_be_asked_once_more_nor_sold_to() {
    let feed = |knows: &str, more: Value| {
        let mut fields = json!({ "feed": knows, "status": "live" });
        super::put(&mut fields, &more);
        event("feed", knows, 0, fields)
    };
    let cap = json!({ "scope": "person", "purposes": ["survey"], "channels": "all", "limit": 1, "window": { "slidingMs": DAY } });
    let policy = only(json!({ "caps": { "x": cap } }));
    let asked = |more: Value| {
        let history = [feed("surveys", more)];
        decided(&policy, &history, 10 * DAY, json!({})).verdicts.of(Purpose::Survey).allowed
    };
    assert!(asked(json!({})) && asked(json!({ "since": 9 * DAY })));
    assert!(!asked(json!({ "status": "silent" })) && !asked(json!({ "since": 9 * DAY + 2 })));
    let window = json!({ "minFeedback": 334, "forMs": DAY, "answeredMs": DAY });
    let policy = only(json!({ "windows": { "badExperience": window } }));
    for knows in ["surveys", "promises"] {
        let sold = |more: Value| pitch(&policy, &[feed(knows, more)], 10 * DAY, json!({})).allowed;
        assert!(sold(json!({})) && sold(json!({ "since": 9 * DAY })), "{knows}");
        assert!(
            !sold(json!({ "status": "silent" })) && !sold(json!({ "since": 9 * DAY + 1 })),
            "{knows}"
        );
    }
}
