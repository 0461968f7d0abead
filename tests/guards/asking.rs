//! When somebody is asked for their opinion: not often, not at once, not for a score, and nobody by
//! choice.

use super::{codes, decided, ends_at, event, only, touch};
use serde_json::{Value, json};
use tactful::{Policy, Purpose};

const DAY: i64 = 86_400_000;

fn survey() -> Value {
    json!({ "sampleShare": 1000, "afterFeedbackMs": DAY, "minAccountMs": 14 * DAY, "perJourney": true,
            "relationshipKinds": ["nps"], "afterTransactionMs": DAY })
}

fn guard(changes: Value) -> Policy {
    let mut own = survey();
    super::put(&mut own, &changes);
    only(json!({ "survey": own }))
}

fn old() -> Value {
    event("milestone", "created", 0, json!({ "name": "accountCreated" }))
}

fn proposal(survey: Value) -> Value {
    json!({ "proposal": { "purpose": "survey", "channel": "email", "survey": survey } })
}

fn asked(policy: &Policy, history: &[Value], now: i64, moment: Value) -> Vec<String> {
    let mut history = history.to_vec();
    history.push(old());
    let decision = decided(policy, &history, now, moment);
    codes(&decision.verdicts.survey).into_iter().map(str::to_owned).collect()
}

#[test]
fn nobody_is_asked_right_after_they_said_what_they_think() {
    let answer = event(
        "survey",
        "a",
        20 * DAY,
        json!({ "survey": "s", "kind": "csat", "step": "answered", "score": 5 }),
    );
    ends_at(&guard(json!({})), &[old(), answer], Purpose::Survey, 21 * DAY, &json!({}));
    let complaint = event("outcome", "o", 20 * DAY, json!({ "kind": "complaint" }));
    ends_at(&guard(json!({})), &[old(), complaint], Purpose::Survey, 21 * DAY, &json!({}));
}

#[test]
fn nobody_is_asked_in_their_first_days() {
    ends_at(&guard(json!({})), &[old()], Purpose::Survey, 14 * DAY, &json!({}));
    let policy = guard(json!({}));
    let unknown = decided(&policy, &[], 20 * DAY, json!({})).verdicts.survey;
    assert_eq!(codes(&unknown), ["onboarding_window"], "nobody knows how old the account is");
    let older =
        event("contact", "k", 0, json!({ "contact": "k", "step": "started", "channel": "phone" }));
    assert!(decided(&policy, &[older], 20 * DAY, json!({})).verdicts.survey.allowed);
}

#[test]
fn a_journey_is_asked_about_once() {
    let contact = |id: &str, day: i64| {
        event(
            "contact",
            id,
            day * DAY,
            json!({ "contact": id, "step": "started", "channel": "phone", "matter": "m" }),
        )
    };
    let invited = touch("s", 31 * DAY, "sent", "survey", json!({ "matter": "m" }));
    let policy = guard(json!({}));
    let about = |matter: &str| json!({ "matter": matter });
    let history = [contact("k1", 30), invited, contact("k2", 32)];
    assert_eq!(asked(&policy, &history, 33 * DAY, about("m")), ["survey_fatigue"]);
    assert!(asked(&policy, &history, 33 * DAY, about("other")).is_empty());
    let later = [history.to_vec(), vec![contact("k3", 60)]].concat();
    assert!(asked(&policy, &later, 61 * DAY, about("m")).is_empty(), "another journey");
}

#[test]
fn a_kind_of_survey_is_capped_by_kind_and_one_of_unknown_kind_counts_for_all() {
    let policy = only(
        json!({ "caps": { "k": { "scope": "person", "purposes": ["survey"], "channels": "all",
        "limit": 1, "per": "kind", "window": { "slidingMs": 90 * DAY } } } }),
    );
    let ces =
        event("survey", "i", 20 * DAY, json!({ "survey": "s", "kind": "ces", "step": "invited" }));
    let ask = |history: &[Value], kind: &str| {
        !asked(&policy, history, 30 * DAY, proposal(json!({ "kind": kind }))).is_empty()
    };
    assert!(ask(std::slice::from_ref(&ces), "ces") && !ask(std::slice::from_ref(&ces), "csat"));
    let unknown = touch("t", 20 * DAY, "sent", "survey", json!({}));
    assert!(ask(std::slice::from_ref(&unknown), "ces") && ask(&[unknown], "nps"));
    // The touch and the invitation with its id are one.
    let twice = [ces, touch("s", 20 * DAY, "sent", "survey", json!({}))];
    assert!(ask(&twice, "ces") && !ask(&twice, "csat"));
}

#[test]
fn who_is_asked_is_drawn_and_nobody_chooses() {
    let policy = guard(json!({}));
    let by_hand = proposal(json!({ "kind": "ces", "invitedBy": "agent-7" }));
    assert_eq!(asked(&policy, &[], 30 * DAY, by_hand), ["biased_sample"]);
    let drawn = proposal(json!({ "kind": "ces", "invitedBy": "agent-7", "sampled": true }));
    assert!(asked(&policy, &[], 30 * DAY, drawn).is_empty());
    let not_drawn = proposal(json!({ "kind": "ces", "sampled": false }));
    assert_eq!(asked(&policy, &[], 30 * DAY, not_drawn), ["not_sampled"]);
}

#[test]
fn a_share_of_the_people_is_the_same_share_whatever_happens_to_them() {
    let policy = guard(json!({ "sampleShare": 300 }));
    let asked = |person: usize, history: Vec<Value>| {
        let story = json!({ "name": "s", "person": format!("person-{person}"), "history": history,
                            "moment": { "now": 30 * DAY } });
        let story = tactful::Story::from_json(&story.to_string()).unwrap();
        story.decide(&policy).unwrap().verdicts.survey.allowed
    };
    let contact = event(
        "contact",
        "k",
        29 * DAY,
        json!({ "contact": "k", "step": "escalated", "channel": "phone" }),
    );
    let drawn: Vec<bool> = (0..2000).map(|person| asked(person, vec![old()])).collect();
    let count = drawn.iter().filter(|drawn| **drawn).count();
    assert!((500..700).contains(&count), "{count} of 2000 is no three in ten");
    for (person, drawn) in drawn.into_iter().enumerate().take(300) {
        assert_eq!(
            asked(person, vec![old(), contact.clone()]),
            drawn,
            "drawn before anything is known"
        );
    }
}

#[test]
fn the_whole_relationship_is_not_asked_about_after_one_contact() {
    let policy = guard(json!({}));
    let ended = event(
        "contact",
        "k",
        29 * DAY,
        json!({ "contact": "k", "step": "ended", "channel": "phone", "matter": "m" }),
    );
    let ask = |kind: &str, now: i64| {
        asked(&policy, std::slice::from_ref(&ended), now, proposal(json!({ "kind": kind })))
    };
    assert_eq!(ask("nps", 30 * DAY - 1), ["survey_kind"]);
    assert!(ask("nps", 30 * DAY).is_empty());
    assert!(ask("ces", 30 * DAY - 1).is_empty() && ask("csat", 30 * DAY - 1).is_empty());
}

#[test]
fn no_text_begs_for_a_score() {
    let policy = tactful::policy::compile(
        &json!({ "guards": { "consent": null, "survey": null, "caps": { "surveyAny": null } } })
            .to_string(),
    )
    .unwrap();
    let blocked = |text: &str| {
        let moment = json!({ "proposal": { "purpose": "survey", "channel": "email", "template": "survey", "text": text } });
        codes(&decided(&policy, &[old()], 30 * DAY, moment).verdicts.survey)
            .contains(&"score_begging")
    };
    for text in [
        "We hope you will give us a 10 out of 10!",
        "Anything below a 9 counts as a 0 for me.",
        "Your answer affects my bonus.",
        "Über eine 10 würde ich mich freuen",
        "Solo cuenta la máxima puntuación",
        "Merci de mettre CINQ ÉTOILES",
    ] {
        assert!(blocked(text), "{text}");
    }
    for text in [
        "How easy was it to get your invoice corrected?",
        "Answer on a scale from 0 to 10.",
        "Your contract has 10 seats; did the export of 100 rows work?",
        "¿Qué tan fácil fue?",
    ] {
        assert!(!blocked(text), "{text}");
    }
}

#[test]
fn why_not_is_said_in_the_persons_language_where_the_policy_has_it() {
    let spanish = include_str!("../../examples/words/es.json");
    let policy = tactful::policy::compile(spanish).unwrap();
    let words = |language: Option<&str>| {
        let moment = json!({ "language": language });
        decided(&policy, &[], 0, moment).verdicts.survey.blockers[0].words.clone()
    };
    assert_eq!(words(Some("es")), "No tenemos tu permiso para esto.");
    assert_eq!(words(Some("es-MX")), "No tenemos tu permiso para esto.");
    for other in [None, Some("fr"), Some("e")] {
        assert_eq!(words(other), "We do not have your permission for this.");
    }
    // Nothing is left without words, for the visitor and for staff.
    let starter: Value =
        serde_json::from_str(include_str!("../../src/policy/starter.json")).unwrap();
    let spanish: Value = serde_json::from_str(spanish).unwrap();
    for code in <tactful::ReasonCode>::WORDS {
        for words in [&starter["words"][code], &spanish["translations"]["es"][code]] {
            for reader in ["visitor", "staff"] {
                assert!(words[reader].as_str().is_some_and(|it| it.len() > 5), "{code} {reader}");
            }
        }
    }
}

#[test]
fn an_invitation_and_its_touch_are_one_in_any_order() {
    let capped = |channels: Value| {
        only(json!({ "caps": { "x": { "scope": "person", "purposes": ["survey"],
        "channels": channels, "limit": 1, "window": { "slidingMs": 30 * DAY } } } }))
    };
    let invited = |at: i64| {
        event("survey", "i", at, json!({ "survey": "s", "kind": "ces", "step": "invited" }))
    };
    let denied = |policy: &Policy, history: &[Value], channel: &str| {
        let moment = json!({ "proposal": { "purpose": "survey", "channel": channel } });
        !asked(policy, history, 40 * DAY, moment).is_empty()
    };
    // Reserved long ago, sent yesterday.
    let reserved = touch("s", 8 * DAY, "reserved", "survey", json!({}));
    assert!(denied(&capped(json!("all")), &[reserved, invited(39 * DAY)], "email"));
    // Where it was is known from the touch, whichever came first.
    for (mail, invitation) in [(38, 39), (39, 38)] {
        let both = [touch("s", mail * DAY, "sent", "survey", json!({})), invited(invitation * DAY)];
        assert!(denied(&capped(json!(["email"])), &both, "email"));
        assert!(!denied(&capped(json!(["web"])), &both, "web"));
    }
    // Nobody said where: it may have been anywhere.
    assert!(denied(&capped(json!(["email"])), &[invited(39 * DAY)], "email"));
}
