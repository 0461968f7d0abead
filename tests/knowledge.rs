//! What may be known, from whom, and as of when: unknown closes what sells or asks, and what is not
//! permitted is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use tactful::{Decision, HistoryEvent, Purpose, Route, Story, policy};

const NOW: &str = "2026-09-16T10:00:00Z";

fn event(id: usize, at: &str, rest: &str) -> String {
    format!(r#"{{ "id": "e{id}", "at": "{at}", "source": "s", {rest} }}"#)
}

fn decided(history: &[String], moment: &str, visit: &str) -> Decision {
    let (history, comma) = (history.join(","), if moment.is_empty() { "" } else { "," });
    let text = format!(
        r#"{{ "name": "k", "person": "p", "history": [{history}], {visit}
             "moment": {{ "now": "{NOW}"{comma} {moment} }} }}"#
    );
    let story = Story::from_json(&text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
    story.decide(&policy::starter().unwrap()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn codes(decision: &Decision, purpose: Purpose) -> Vec<String> {
    let blockers = &decision.verdicts.of(purpose).blockers;
    blockers.iter().map(|blocker| blocker.code.as_str().to_owned()).collect()
}

fn granted(purpose: &str) -> String {
    let rest = format!(r#""type": "consent", "purpose": "{purpose}", "state": "granted""#);
    format!(
        r#"{{ "id": "{purpose}", "at": "2026-01-05T10:00:00Z", "source": "consents", {rest} }}"#
    )
}

const PERSON_ON_DUTY: &str = r#""routes": [{ "route": "human", "asOf": "2026-09-16T10:00:00Z", "open": true, "staffed": true }]"#;

#[test]
fn what_was_forgotten_closes_instead_of_opening() {
    let mut history = vec![
        granted("service"),
        granted("survey"),
        event(
            0,
            "2026-02-01T10:00:00Z",
            r#""type": "suppression", "scope": "person", "reason": "asked", "state": "on""#,
        ),
    ];
    assert!(!decided(&history, "", "").verdicts.of(Purpose::ReachOutHelp).allowed);
    let fact = |i: usize| {
        let at = format!("2026-08-{:02}T{:02}:{:02}:00Z", 1 + i % 28, i % 24, i % 60);
        event(1000 + i, &at, &format!(r#""type": "fact", "name": "n{i}", "value": {i}"#))
    };
    history.extend((0..600).map(fact));
    let decision = decided(&history, "", "");
    for purpose in [Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch] {
        assert!(!decision.verdicts.of(purpose).allowed, "{} opened", purpose.as_str());
        assert!(codes(&decision, purpose).contains(&"history_incomplete".to_owned()));
    }
}

#[test]
fn a_source_that_is_complete_only_since_yesterday_knows_nothing_of_older_cases() {
    let feed = event(
        1,
        NOW,
        r#""type": "feed", "feed": "cases", "status": "live", "since": "2026-09-15T10:00:00Z""#,
    );
    let decision = decided(&[granted("survey"), feed], "", "");
    assert_eq!(codes(&decision, Purpose::Survey), ["unknown_case_status"]);
}

#[test]
fn while_the_source_of_permissions_is_silent_none_is_believed() {
    let silent = event(1, NOW, r#""type": "feed", "feed": "consents", "status": "silent""#);
    let value = event(
        2,
        "2026-09-01T10:00:00Z",
        r#""type": "fact", "name": "value.percentile", "value": 900"#,
    );
    let heard = decided(&[granted("profiling"), value.clone()], "", "");
    assert_eq!(heard.scores.value.points.get(), 900);
    let deaf = decided(&[granted("profiling"), value, silent], "", "");
    assert_eq!(deaf.scores.value.points.get(), 0);
    assert!(codes(&deaf, Purpose::Pitch).contains(&"unknown_consent".to_owned()));
}

#[test]
fn a_promise_kept_in_an_event_that_does_not_repeat_its_matter_is_kept() {
    let made = event(
        1,
        "2026-09-10T10:00:00Z",
        r#""type": "promise", "promise": "p", "step": "made", "kind": "fasterHelp",
           "due": "2026-09-14T10:00:00Z", "matter": "billing""#,
    );
    let kept = event(
        2,
        "2026-09-13T10:00:00Z",
        r#""type": "promise", "promise": "p", "step": "kept", "kind": "fasterHelp""#,
    );
    let moment = format!(r#""matter": "billing", {PERSON_ON_DUTY}"#);
    assert_eq!(
        decided(std::slice::from_ref(&made), &moment, "").route,
        Route::Human,
        "broken without it"
    );
    assert_eq!(decided(&[made, kept], &moment, "").route, Route::None);
}

#[test]
fn what_profiling_permission_withholds_changes_no_byte_but_the_identity() {
    let secret = |value: u32| {
        vec![
            event(
                1,
                "2026-09-01T10:00:00Z",
                &format!(r#""type": "fact", "name": "value.percentile", "value": {value}"#),
            ),
            event(
                2,
                "2026-09-02T10:00:00Z",
                &format!(r#""type": "milestone", "name": "limitHit", "what": "{value}""#),
            ),
            event(
                3,
                "2026-09-03T10:00:00Z",
                r#""type": "case", "case": "c", "step": "opened", "matter": "secret""#,
            ),
        ]
    };
    let moment = format!(r#""matter": "billing", {PERSON_ON_DUTY}"#);
    let told = |history: &[String]| {
        let mut decision = decided(history, &moment, "");
        // The id names what the decision was made of.
        decision.id = "".into();
        decision.to_json()
    };
    assert_eq!(told(&secret(100)), told(&secret(900)));
    for hidden in ["\"e1\"", "\"e2\"", "\"e3\"", "secret"] {
        assert!(!told(&secret(100)).contains(hidden), "{hidden} shows");
    }
    // The guards read it all the same.
    let decision = decided(&secret(100), &moment, "");
    assert!(codes(&decision, Purpose::Pitch).contains(&"open_case".to_owned()));
}

#[test]
fn what_is_dated_in_the_future_closes_already_and_releases_nothing_yet() {
    let on = event(
        1,
        "2026-09-11T10:00:00Z",
        r#""type": "suppression", "scope": "person", "reason": "asked", "state": "on""#,
    );
    let off = event(
        2,
        "2026-09-21T10:00:00Z",
        r#""type": "suppression", "scope": "person", "reason": "asked", "state": "off""#,
    );
    let decision = decided(&[granted("service"), on, off], "", "");
    assert_eq!(codes(&decision, Purpose::ReachOutHelp), ["suppressed"]);
}

#[test]
fn consent_is_what_was_said_last_and_a_refusal_wins_a_tie() {
    let consent = |id, at: &str, state: &str, effective: Option<&str>| {
        let effective = effective.map_or(String::new(), |at| format!(r#", "effectiveAt": "{at}""#));
        let rest =
            format!(r#""type": "consent", "purpose": "survey", "state": "{state}"{effective}"#);
        event(id, at, &rest)
    };
    let allowed =
        |history: &[String]| decided(history, "", "").verdicts.of(Purpose::Survey).allowed;
    let march = "2026-03-16T00:00:00Z";
    let withdrawn = consent(1, march, "withdrawn", Some(march));
    let old_grant = consent(2, "2026-03-17T00:00:00Z", "granted", Some("2023-01-01T00:00:00Z"));
    assert!(!allowed(&[withdrawn.clone(), old_grant.clone()]), "an older grant that comes late");
    assert!(allowed(std::slice::from_ref(&old_grant)));
    assert!(allowed(&[withdrawn.clone(), consent(3, "2026-03-18T00:00:00Z", "granted", None)]));
    assert!(!allowed(&[withdrawn, consent(4, march, "granted", Some(march))]), "at one instant");
    let undated = consent(5, "2026-05-01T00:00:00Z", "withdrawn", None);
    assert!(!allowed(&[old_grant, undated]), "a withdrawal of unknown date holds from always");
}

#[test]
fn answers_are_passed_on_with_permission_and_never_asked_again_without() {
    let answer = event(
        1,
        "2026-09-01T10:00:00Z",
        r#""type": "ask", "field": "size", "step": "answered", "value": "40 people""#,
    );
    let card = event(
        2,
        "2026-09-01T11:00:00Z",
        r#""type": "ask", "field": "card", "step": "answered", "value": "4111 1111 1111 1111""#,
    );
    let wish = r#""visit": { "startedAt": "2026-09-16T09:59:00Z", "events": [ { "type": "wish", "t": 10, "for": "person" } ] },"#;
    let packet = |history: &[String]| decided(history, PERSON_ON_DUTY, wish).handoff.unwrap();
    let with = packet(&[granted("profiling"), answer.clone(), card.clone()]);
    let values: Vec<&str> = with.answered.iter().map(|answer| answer.value.as_str()).collect();
    assert_eq!(values, ["40 people", "(withheld)"], "secrets never");
    let without = packet(&[answer, card]);
    assert!(without.answered.is_empty());
    assert_eq!(without.do_not_ask, ["size", "card"]);
}

#[test]
fn leave_me_alone_does_not_cover_what_cannot_wait_and_comes_up_later() {
    let visit = |events: &str| {
        format!(r#""visit": {{ "startedAt": "2026-09-16T09:59:00Z", "events": [{events}] }},"#)
    };
    let alone = r#"{ "type": "wish", "t": 10, "for": "noHelp" }"#;
    let alarm = |t: u32| format!(r#"{{ "type": "cue", "t": {t}, "kind": "security" }}"#);
    let route = |events: &str| decided(&[], PERSON_ON_DUTY, &visit(events)).route;
    assert_eq!(route(alone), Route::None);
    assert_eq!(route(&format!("{},{alone}", alarm(5))), Route::None);
    assert_eq!(route(&format!("{alone},{}", alarm(20))), Route::Human);
}

#[test]
fn an_own_route_that_is_never_live_is_taken_by_its_date() {
    let story = Story::from_json(&format!(
        r#"{{ "name": "k", "person": "p", "history": [], "moment": {{ "now": "{NOW}" }},
             "policy": {{ "routes": {{ "rules": {{ "write": {{ "order": 1, "route": "messageForm",
               "when": {{ "what": "friction", "atLeast": 0 }}, "words": "Write to us." }} }} }} }} }}"#
    ))
    .unwrap();
    let decision = story.decide(&policy::starter().unwrap()).unwrap();
    assert_eq!(decision.route, Route::MessageForm);
    assert!(decision.target.unwrap().due_by.is_some());
    assert_eq!(decision.because[0].code.as_str(), "write");
}

#[test]
fn a_version_learned_later_wins_whatever_the_order_and_the_identity_is_the_same() {
    let version = |received: i64, value: i64| -> HistoryEvent {
        let text = format!(
            r#"{{ "name": "k", "person": "p", "moment": {{ "now": 9 }}, "history": [
                 {{ "type": "fact", "id": "f", "at": 1, "source": "s", "receivedAt": {received},
                    "name": "plan.seats", "value": {value} }}] }}"#
        );
        Story::from_json(&text).unwrap().history.remove(0)
    };
    let (first, second) = (version(10, 1), version(20, 2));
    let decide = |events: &[&HistoryEvent]| {
        let mut history = tactful::History::new();
        for event in events {
            history.learn([(*event).clone()]);
        }
        let policy = policy::starter().unwrap();
        let visit = tactful::Visit::new(tactful::Ms(0), tactful::Salt(0));
        tactful::decide(&policy, &history, &visit, &tactful::Moment::at(tactful::Ms(9))).to_json()
    };
    assert_eq!(decide(&[&first, &second]), decide(&[&second, &first]));
    assert_eq!(decide(&[&first, &second]), decide(&[&first, &second, &first]));
}
