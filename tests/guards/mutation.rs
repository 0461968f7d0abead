//! A guard that is left out is missed: for each of them a named scenario that then no longer objects.

use super::{decided, event, put, touch};
use serde_json::{Value, json};
use tactful::{Purpose, policy};

const DAY: i64 = 86_400_000;
const NOW: i64 = 1000 * DAY;

/// What happens, what is proposed, and what must be cited.
struct Scenario {
    name: &'static str,
    /// Where the guard is in the policy.
    guard: &'static str,
    history: Vec<Value>,
    moment: Value,
    purpose: Purpose,
    cites: &'static str,
}

fn scenario(
    name: &'static str,
    guard: &'static str,
    history: Vec<Value>,
    moment: Value,
    purpose: Purpose,
    cites: &'static str,
) -> Scenario {
    Scenario { name, guard, history, moment, purpose, cites }
}

fn ago(kind: &str, days: i64, fields: Value) -> Value {
    event(kind, &format!("{kind}-{days}"), NOW - days * DAY, fields)
}

fn sent(purpose: &str, days: i64, more: Value) -> Value {
    touch(&format!("t{days}"), NOW - days * DAY, "sent", purpose, more)
}

fn propose(purpose: &str, more: Value) -> Value {
    let mut proposal = json!({ "purpose": purpose, "channel": "web" });
    put(&mut proposal, &more);
    json!({ "proposal": proposal })
}

fn scenarios() -> Vec<Scenario> {
    use Purpose::{Assist, Pitch, ReachOutHelp, ServiceNotice, Survey};
    let none = || json!({});
    let weeks =
        |n: i64| (1..=n).map(|i| sent("pitch", i * 7 - 1, json!({ "channel": "push" }))).collect();
    vec![
        scenario("nobody_said_yes", "/guards/consent", vec![], none(), Pitch, "unknown_consent"),
        scenario(
            "asked_to_be_left_alone",
            "/guards/suppression",
            vec![ago(
                "suppression",
                9,
                json!({ "scope": "person", "reason": "asked", "state": "on" }),
            )],
            none(),
            ReachOutHelp,
            "suppressed",
        ),
        scenario(
            "a_pitch_on_this_channel_this_week",
            "/guards/caps/pitchChannelWeek",
            vec![sent("pitch", 3, json!({ "channel": "web" }))],
            none(),
            Pitch,
            "frequency_cap",
        ),
        scenario(
            "two_pitches_this_week",
            "/guards/caps/pitchWeek",
            vec![
                sent("pitch", 3, json!({ "channel": "push" })),
                sent("pitch", 4, json!({ "channel": "sms" })),
            ],
            none(),
            Pitch,
            "frequency_cap",
        ),
        scenario(
            "four_pitches_this_month",
            "/guards/caps/pitchMonth",
            weeks(4),
            none(),
            Pitch,
            "frequency_cap",
        ),
        scenario(
            "reached_out_twice_this_week",
            "/guards/caps/helpWeek",
            vec![sent("reachOutHelp", 3, none()), sent("reachOutHelp", 4, none())],
            none(),
            ReachOutHelp,
            "frequency_cap",
        ),
        scenario(
            "reached_out_about_this_today",
            "/guards/caps/helpMatterDay",
            vec![touch("h", NOW - DAY / 2, "sent", "reachOutHelp", json!({ "matter": "m" }))],
            json!({ "matter": "m" }),
            ReachOutHelp,
            "frequency_cap",
        ),
        scenario(
            "asked_three_weeks_ago",
            "/guards/caps/surveyAny",
            vec![ago("survey", 20, json!({ "survey": "s", "kind": "nps", "step": "invited" }))],
            propose("survey", json!({ "survey": { "kind": "ces" } })),
            Survey,
            "survey_fatigue",
        ),
        scenario(
            "asked_the_same_two_months_ago",
            "/guards/caps/surveyKind",
            vec![ago("survey", 60, json!({ "survey": "s", "kind": "ces", "step": "invited" }))],
            propose("survey", json!({ "survey": { "kind": "ces" } })),
            Survey,
            "survey_fatigue",
        ),
        scenario(
            "told_the_same_today",
            "/guards/caps/noticeSubjectDay",
            vec![touch("n", NOW - DAY / 2, "sent", "serviceNotice", none())],
            none(),
            ServiceNotice,
            "frequency_cap",
        ),
        scenario(
            "offered_help_twice_in_this_visit",
            "/guards/caps/assistVisit",
            vec![
                touch("a", NOW, "dismissed", "assist", none()),
                touch("b", NOW, "dismissed", "assist", none()),
            ],
            none(),
            Assist,
            "session_cap",
        ),
        scenario(
            "sold_something_this_morning",
            "/guards/minGapMs/pitch",
            vec![touch("h", NOW - DAY / 2, "sent", "reachOutHelp", none())],
            none(),
            Pitch,
            "min_gap",
        ),
        scenario(
            "in_touch_an_hour_ago",
            "/guards/minGapMs/reachOutHelp",
            vec![touch("h", NOW - DAY / 24, "sent", "survey", none())],
            none(),
            ReachOutHelp,
            "min_gap",
        ),
        scenario(
            "offered_help_a_minute_ago",
            "/guards/minGapMs/assist",
            vec![touch("a", NOW - 60_000, "sent", "assist", none())],
            none(),
            Assist,
            "min_gap",
        ),
        scenario(
            "it_is_night",
            "/guards/quietHours/night",
            vec![],
            json!({ "zone": [{ "from": 0, "offsetMinutes": 0 }], "proposal": { "purpose": "pitch", "channel": "phone" } }),
            Pitch,
            "quiet_hours",
        ),
        scenario(
            "a_case_is_open",
            "/guards/windows/openCase",
            vec![ago("case", 9, json!({ "case": "c", "step": "opened" }))],
            none(),
            Survey,
            "open_case",
        ),
        scenario(
            "new_here",
            "/guards/windows/onboarding",
            vec![ago("milestone", 2, json!({ "name": "accountCreated" }))],
            none(),
            Pitch,
            "onboarding_window",
        ),
        scenario(
            "renewed_last_week",
            "/guards/windows/renewal",
            vec![ago("milestone", 7, json!({ "name": "renewed" }))],
            none(),
            Pitch,
            "recent_renewal",
        ),
        scenario(
            "gave_up_a_form_this_morning",
            "/guards/windows/friction",
            vec![event(
                "contact",
                "k",
                NOW - DAY / 2,
                json!({ "contact": "k", "step": "abandoned", "channel": "web" }),
            )],
            none(),
            Pitch,
            "friction",
        ),
        scenario(
            "somebody_died",
            "/guards/windows/sensitive",
            vec![ago("sensitive", 90, json!({ "kind": "bereavement", "step": "on" }))],
            none(),
            Pitch,
            "sensitive_moment",
        ),
        scenario(
            "a_shared_device",
            "/guards/windows/identity",
            vec![
                ago(
                    "identity",
                    9,
                    json!({ "a": "d", "b": "x", "strength": "weak", "state": "linked" }),
                ),
                ago(
                    "identity",
                    8,
                    json!({ "a": "d", "b": "y", "strength": "weak", "state": "linked" }),
                ),
            ],
            none(),
            Pitch,
            "identity_uncertain",
        ),
        scenario(
            "complained_last_week",
            "/guards/windows/badExperience",
            vec![ago("outcome", 7, json!({ "kind": "complaint" }))],
            none(),
            Pitch,
            "bad_experience",
        ),
        scenario(
            "nothing_works_today",
            "/guards/windows/incident",
            vec![ago("incident", 1, json!({ "incident": "i", "step": "started" }))],
            none(),
            Pitch,
            "known_outage",
        ),
        scenario(
            "clocks_are_six_minutes_apart",
            "/guards/clock",
            vec![],
            json!({ "clocks": [NOW - 360_000] }),
            Pitch,
            "clock_untrusted",
        ),
        scenario(
            "has_just_answered",
            "/guards/survey",
            vec![event(
                "survey",
                "a",
                NOW - DAY / 2,
                json!({ "survey": "s", "kind": "csat", "step": "answered", "score": 5 }),
            )],
            json!({}),
            Survey,
            "onboarding_window",
        ),
        scenario(
            "begs_for_a_score",
            "/guards/phrases/begging/en",
            vec![],
            propose("survey", json!({ "template": "survey", "text": "please give us five stars" })),
            Survey,
            "score_begging",
        ),
        scenario(
            "sells_under_another_name",
            "/guards/phrases/promotional/en",
            vec![],
            propose("assist", json!({ "text": "a voucher for you" })),
            Assist,
            "purpose_mismatch",
        ),
        scenario(
            "a_welcome_for_the_loyal",
            "/guards/fairness",
            vec![ago("milestone", 900, json!({ "name": "accountCreated" }))],
            propose("pitch", json!({ "offer": "welcome" })),
            Pitch,
            "not_for_this_person",
        ),
        scenario(
            "a_promise_that_is_not_kept",
            "/guards/keptRate",
            vec![ago(
                "fact",
                1,
                json!({ "name": "promises.keptRate.smarterPersonalization", "value": 500 }),
            )],
            none(),
            Pitch,
            "promise_kept_rate",
        ),
        scenario("not_proven", "/readiness", vec![], none(), Pitch, "readiness_not_proven"),
        scenario("an_own_rule", "/guards/rules/exams", vec![], none(), Pitch, "exam_week"),
        scenario(
            "not_in_the_audience",
            "/offers/eu",
            vec![],
            propose("pitch", json!({ "offer": "eu" })),
            Pitch,
            "not_for_this_person",
        ),
    ]
}

/// The starter and something of an organisation's own.
fn own() -> Value {
    json!({ "facts": { "exams.today": { "unit": "boolean" }, "region.eu": { "unit": "boolean" } },
        "offers": { "welcome": { "newCustomersOnly": true },
                    "eu": { "audience": { "what": "fact:region.eu", "is": true } } },
        "guards": { "rules": { "exams": { "order": 1, "code": "exam_week", "blocks": ["pitch"],
            "when": { "what": "fact:exams.today", "is": true }, "words": "Good luck." } } } })
}

fn objects(scenario: &Scenario, patch: &Value) -> bool {
    let policy = policy::compile(&patch.to_string()).unwrap_or_else(|errors| panic!("{errors:?}"));
    let decision = decided(&policy, &scenario.history, NOW, scenario.moment.clone());
    // Caps give one code: the guard itself is meant.
    let own = scenario.guard.trim_start_matches("/guards/").replace('/', ".");
    let named = ["caps.", "minGapMs."].iter().any(|part| own.starts_with(part));
    let mut blockers = decision.verdicts.of(scenario.purpose).blockers.iter();
    blockers.any(|it| it.code.as_str() == scenario.cites && (!named || it.guard == own))
}

#[test]
fn every_guard_is_missed_by_a_named_scenario_when_it_is_left_out() {
    let scenarios = scenarios();
    for each in &scenarios {
        assert!(objects(each, &own()), "{} does not object", each.name);
        let mut without = own();
        let mut place = &mut without;
        for key in each.guard.split('/').skip(1) {
            place = place.as_object_mut().unwrap().entry(key).or_insert_with(|| json!({}));
        }
        *place = Value::Null;
        assert!(!objects(each, &without), "{} objects without {}", each.name, each.guard);
    }
    // Every guard of the starter has its scenario.
    let starter: Value =
        serde_json::from_str(include_str!("../../src/policy/starter.json")).unwrap();
    let mut guards = Vec::new();
    for section in ["caps", "minGapMs", "quietHours", "windows"] {
        let names = starter["guards"][section].as_object().unwrap().keys();
        guards.extend(names.map(|name| format!("/guards/{section}/{name}")));
    }
    guards.extend(
        ["consent", "suppression", "clock", "survey", "fairness", "keptRate"]
            .map(|name| format!("/guards/{name}")),
    );
    for guard in guards {
        assert!(scenarios.iter().any(|each| each.guard == guard), "nothing misses {guard}");
    }
}
