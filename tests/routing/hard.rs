//! Cases in which it is easy to do the wrong thing: each of them was done wrong once.

use crate::{DAY, Given, HOUR, MINUTE, NOW, SECOND, codes};
use serde_json::{Value, json};
use tactful::{Story, policy};

/// Nobody is there but a machine that could finish the matter.
fn only_a_bot() -> Given {
    let closed = json!({ "open": false, "staffed": false, "nextOpenAt": NOW + 10 * HOUR });
    let bot = json!({ "staffed": null, "completes": ["export"] });
    let given = Given::new().desk("human", closed).moment(json!({ "matter": "export" }));
    let mut given = given.desk("chatbot", bot);
    given.moment["routes"][1].as_object_mut().unwrap().remove("staffed");
    given
}

#[test]
fn who_needs_a_person_is_not_given_a_machine() {
    let urgent = json!({ "kind": "safety", "step": "on" });
    let grief = json!({ "kind": "bereavement", "step": "on" });
    let broken = json!({ "promise": "p", "step": "made", "kind": "fasterHelp", "due": NOW - HOUR });
    let cases: [(&str, Given); 5] = [
        ("asked for a person", only_a_bot().wishes("person")),
        ("asked for a specialist", only_a_bot().wishes("specialist")),
        ("urgent", only_a_bot().known("urgent", "u", NOW - HOUR, urgent)),
        ("grief", only_a_bot().profiled().known("sensitive", "s", NOW - DAY, grief).struggles()),
        ("waits for us", only_a_bot().profiled().known("promise", "p", NOW - DAY, broken)),
    ];
    for (why, given) in cases {
        let decision = given.decide();
        assert!(
            ["human", "specialist"].contains(&decision.route.as_str()),
            "{why}: {}",
            decision.route.as_str()
        );
        assert!(decision.target.unwrap().due_by.is_some());
    }
    assert_eq!(
        only_a_bot().struggles().route(),
        "chatbot",
        "who only has trouble may be helped by it"
    );
    let failed = only_a_bot()
        .profiled()
        .contact("b", DAY, "ended", "chatbot", json!({ "solved": false }))
        .struggles();
    assert_ne!(failed.route(), "chatbot", "it has failed at this before");
}

#[test]
fn an_own_rule_leads_round_nothing_that_protects_people() {
    let rule = |route: &str| {
        let rule = json!({ "order": 1, "when": { "what": "friction", "atLeast": 0 }, "route": route, "words": "Our way." });
        json!({ "routes": { "rules": { "ours": rule } } })
    };
    let bot = || {
        Given::new()
            .policy(rule("chatbot"))
            .searches()
            .desk("chatbot", json!({}))
            .desk("human", json!({}))
    };
    assert_eq!(bot().route(), "chatbot");
    let grief = json!({ "kind": "bereavement", "step": "on" });
    assert_eq!(bot().profiled().known("sensitive", "s", NOW - DAY, grief).route(), "human");
    let closed = json!({ "touch": "t", "step": "dismissed", "purpose": "assist", "channel": "web", "route": "chatbot" });
    assert_ne!(bot().known("touch", "t", NOW - MINUTE, closed).route(), "chatbot");
    // Silence is a way, too, and whom we owe is not silenced.
    assert_eq!(
        Given::new().policy(rule("none")).struggles().desk("human", json!({})).route(),
        "none"
    );
    let unanswered = include_str!("../../examples/stories/recorded-called-twice.json");
    let mut unanswered: Value = serde_json::from_str(unanswered).unwrap();
    unanswered["policy"] = rule("none");
    let story = Story::from_json(&unanswered.to_string()).unwrap();
    assert_eq!(story.decide(&policy::starter().unwrap()).unwrap().route.as_str(), "specialist");
}

#[test]
fn silence_of_a_source_proves_nothing() {
    let ready: Value = serde_json::from_str(include_str!("../stories/proven-proven.json")).unwrap();
    let given = || {
        let mut given = Given::new();
        given.history = ready["history"].as_array().unwrap().clone();
        given.moment(json!({ "offers": ready["moment"]["offers"] }))
    };
    assert_eq!(given().route(), "accountManager");
    for feed in [
        "cases",
        "incidents",
        "contacts",
        "touches",
        "consents",
        "surveys",
        "milestones",
        "usage",
        "promises",
        "identities",
    ] {
        let silent = given()
            .known("feed", "f", NOW - HOUR, json!({ "feed": feed, "status": "silent" }))
            .decide();
        assert!(!silent.verdicts.pitch.allowed, "{feed} cannot be heard");
        assert_eq!(silent.route.as_str(), "none");
    }
    // Nor does a rule hold that counts what may have happened without our knowing.
    let rule = json!({ "order": 1, "code": "ours", "when": { "what": "count:contacts@30d", "atLeast": 3 }, "blocks": ["survey"], "words": "w" });
    let survey = |given: Given| {
        let given = given.policy(json!({ "guards": { "rules": { "r": rule } } })).decide();
        given.verdicts.survey.blockers.iter().any(|it| it.code.as_str() == "ours")
    };
    assert!(!survey(given()));
    assert!(survey(given().known(
        "feed",
        "f",
        NOW - HOUR,
        json!({ "feed": "contacts", "status": "silent" })
    )));
}

#[test]
fn an_emergency_of_one_matter_does_not_end_with_another() {
    let urgent = |id: &str, ago: i64, step: &str, matter: Value| {
        (id.to_owned(), ago, json!({ "kind": "money", "step": step, "matter": matter }))
    };
    let class = |events: &[(String, i64, Value)]| {
        let given = events.iter().fold(Given::new().profiled(), |given, (id, ago, event)| {
            given.known("urgent", id, NOW - ago, event.clone())
        });
        given.moment(json!({ "matter": "a" })).decide().scores.urgency.class.as_str()
    };
    let (a, b) = (urgent("1", 3 * HOUR, "on", json!("a")), urgent("2", 2 * HOUR, "on", json!("b")));
    assert_eq!(class(&[a.clone(), b.clone(), urgent("3", HOUR, "cleared", json!("b"))]), "hard");
    assert_eq!(class(&[a.clone(), urgent("3", HOUR, "cleared", json!("a"))]), "none");
    let mut all = urgent("3", HOUR, "cleared", Value::Null);
    all.2.as_object_mut().unwrap().remove("matter");
    assert_eq!(class(&[a, b, all]), "none");
    // A deadline presses before it, not years ahead and not afterwards.
    let deadline = |due: i64| {
        let event = json!({ "kind": "deadline", "step": "on", "due": NOW + due });
        Given::new().known("urgent", "d", NOW - DAY, event).decide().scores.urgency.class.as_str()
    };
    assert_eq!([deadline(2 * HOUR), deadline(30 * DAY), deadline(-HOUR)], ["hard", "none", "none"]);
    assert_eq!(class(&[urgent("1", -DAY, "on", json!("a"))]), "none", "tomorrow it will");
}

#[test]
fn what_presses_comes_before_every_wish_but_one() {
    let given = |wish: &str| {
        let given = Given::new().sees("wish", 20 * SECOND, json!({ "for": wish }));
        given
            .sees("cue", 10 * SECOND, json!({ "kind": "security" }))
            .desk("human", json!({}))
            .article(800)
    };
    for wish in ["quote", "callback", "article", "noHelp", "buy", "person"] {
        let decision = given(wish).decide();
        assert_eq!(decision.route.as_str(), "human", "{wish}");
        assert!(!decision.verdicts.pitch.allowed && !decision.verdicts.survey.allowed);
    }
}

#[test]
fn a_fault_that_is_known_explains_what_it_explains() {
    let down = |ago: i64| json!({ "incident": "i", "step": "started", "topics": ["export"], "at": NOW - ago });
    let broken = json!({ "promise": "p", "step": "made", "kind": "fasterHelp", "due": NOW - DAY });
    let given =
        || Given::new().profiled().desk("human", json!({})).moment(json!({ "matter": "export" }));
    let outage = given().known("incident", "i", NOW - HOUR, down(HOUR)).sees(
        "cue",
        SECOND,
        json!({ "kind": "outage" }),
    );
    assert_eq!(outage.struggles().route(), "status", "that it is down is known");
    let older = given().known("incident", "i", NOW - HOUR, down(HOUR)).known(
        "promise",
        "p",
        NOW - 2 * DAY,
        broken.clone(),
    );
    assert_eq!(older.route(), "human", "what was due before has nothing to do with it");
    let younger = given().known("incident", "i", NOW - 2 * DAY, down(2 * DAY)).known(
        "promise",
        "p",
        NOW - 3 * DAY,
        broken,
    );
    assert_eq!(younger.route(), "status");
}

#[test]
fn a_broken_promise_ends_when_it_is_made_good() {
    let due = NOW - 5 * DAY;
    let broken = |due: i64| {
        let made = json!({ "promise": "p", "step": "made", "kind": "fasterHelp", "due": due, "matter": "export" });
        Given::new().profiled().known("promise", "p", due - DAY, made).desk("human", json!({}))
    };
    let owed = |given: Given| codes(&given.decide()).contains(&"broken_promise");
    assert!(owed(broken(due)));
    assert!(!owed(broken(due).known(
        "outcome",
        "o",
        NOW - DAY,
        json!({ "kind": "resolvedConfirmed" })
    )));
    assert!(!owed(broken(due).contact("c", DAY, "ended", "phone", json!({ "solved": true }))));
    assert!(owed(broken(due).contact(
        "c",
        DAY,
        "ended",
        "phone",
        json!({ "solved": true, "matter": "other" })
    )));
    assert!(!owed(broken(NOW - 31 * DAY)), "long past");
}

#[test]
fn nobody_who_was_passed_on_is_forgotten() {
    let passed = |minutes: i64| {
        Given::new()
            .profiled()
            .contact("s", (minutes + 1) * MINUTE, "started", "chat", json!({}))
            .contact("e", minutes * MINUTE, "queued", "chat", json!({}))
            .moment(json!({ "matter": "export" }))
            .desk("human", json!({}))
            .decide()
    };
    for minutes in [5, 40, 300] {
        let decision = passed(minutes);
        assert_eq!(decision.route.as_str(), "human", "after {minutes} min");
        assert!(!decision.verdicts.pitch.allowed);
    }
    assert_eq!(passed(25 * 60).route.as_str(), "none", "a day later it is over");
    // What a machine says is no answer; a mail is no queue.
    let bot = Given::new().profiled().contact("e", 5 * MINUTE, "escalated", "chatbot", json!({}));
    let bot =
        bot.contact("r", 4 * MINUTE, "replied", "chatbot", json!({})).desk("human", json!({}));
    assert_eq!(bot.moment(json!({ "matter": "export" })).route(), "human");
    let mail = Given::new().profiled().contact("m", 5 * MINUTE, "queued", "email", json!({}));
    assert_eq!(mail.moment(json!({ "matter": "export" })).desk("human", json!({})).route(), "none");
}

#[test]
fn however_badly_we_keep_our_word_nobody_is_left_without_help() {
    let mut given = Given::new().profiled().desk("human", json!({})).wishes("person");
    for kind in ["fasterHelp", "clearerNextStep", "smarterPersonalization"] {
        let told = json!({ "name": format!("promises.keptRate.{kind}"), "value": 100 });
        given = given.known("fact", kind, NOW - DAY, told);
    }
    let decision = given.decide();
    assert_eq!(decision.route.as_str(), "human");
    assert!(decision.promise.unwrap().text.contains("you can see here"));
    // Kept too late was not kept.
    let mut late = Given::new().profiled().desk("human", json!({})).wishes("person");
    for i in 0..6 {
        let (id, due) = (format!("p{i}"), NOW - (40 + i) * DAY);
        late = late.known(
            "promise",
            &format!("m{i}"),
            due - DAY,
            json!({ "promise": id, "step": "made", "kind": "fasterHelp", "due": due }),
        );
        late = late.known(
            "promise",
            &format!("k{i}"),
            due + 2 * DAY,
            json!({ "promise": id, "step": "kept", "kind": "fasterHelp" }),
        );
    }
    assert_eq!(late.decide().promise.unwrap().kind.as_str(), "clearerNextStep");
}

#[test]
fn a_free_desk_that_speaks_the_language_is_not_passed_by() {
    let given = Given::new()
        .desk("human", json!({ "languages": ["en"] }))
        .desk("specialist", json!({ "languages": ["es"] }));
    let decision = given.moment(json!({ "language": "es" })).wishes("person").decide();
    assert_eq!((decision.route.as_str(), decision.target.unwrap().due_by), ("specialist", None));
}

#[test]
fn no_wait_is_made_up() {
    let text = |fields: Value| {
        Given::new().desk("human", fields).wishes("person").decide().promise.unwrap().text
    };
    assert!(!text(json!({})).contains("min"), "nobody knows how long");
    assert!(!text(json!({ "waitP50Ms": 60_000 })).contains("min"), "half of them wait longer");
    assert!(text(json!({ "waitP80Ms": 240_000 })).contains("about 4 min"));
    let days =
        Given::new().desk("human", json!({ "waitP80Ms": 2 * DAY })).wishes("person").decide();
    assert!(days.target.unwrap().due_by.is_some(), "two days are no conversation");
}

#[test]
fn an_article_is_about_the_matter_or_it_is_none() {
    let article = |matter: &str| {
        let other = json!({ "id": "other", "matter": matter, "solves": 900 });
        let right = json!({ "id": "right", "matter": "export", "solves": 600 });
        let given = Given::new()
            .searches()
            .moment(json!({ "articles": [other, right], "matter": "export" }));
        given.decide().target.unwrap().article.unwrap()
    };
    assert_eq!(article("invoice"), "right");
    assert_eq!(article("export"), "other");
    // And asking to read where there is nothing is asking all the same.
    let asked = Given::new().wishes("article").desk("human", json!({})).decide();
    assert_eq!(asked.route.as_str(), "human");
    assert!(
        codes(&asked).contains(&"customer_asked") && codes(&asked).contains(&"nothing_to_read")
    );
}

#[test]
fn a_complex_matter_is_not_given_to_a_machine() {
    let parts = json!({ "name": "matter.parts", "value": 3 });
    let given = || Given::new().profiled().known("fact", "f", NOW - DAY, parts.clone()).searches();
    let given = || given().desk("chatbot", json!({})).desk("specialist", json!({}));
    assert_eq!(given().route(), "specialist");
}

#[test]
fn what_was_answered_without_a_value_was_answered() {
    let given = Given::new()
        .profiled()
        .desk("human", json!({}))
        .wishes("person")
        .moment(json!({ "wants": ["goal"] }));
    let said =
        given.known("ask", "a", NOW - DAY, json!({ "field": "goal", "step": "answered" })).decide();
    assert!(said.ask.is_none());
    assert!(said.handoff.unwrap().do_not_ask.iter().any(|it| it == "goal"));
}

#[test]
fn the_browser_may_say_no() {
    let given = Given::new().profiled().desk("human", json!({})).wishes("person");
    let given = given.moment(json!({ "wants": ["teamSize"], "privacySignal": true })).decide();
    assert!(given.ask.is_none());
    assert!(!given.handoff.unwrap().consent.iter().any(|it| it == "profiling"));
}

#[test]
fn what_was_closed_returns_when_the_matter_presses_more() {
    let closed = |more: bool| {
        let given = Given { started: NOW - 20 * MINUTE, ..Given::new() };
        let touch = json!({ "touch": "t", "step": "dismissed", "purpose": "assist", "channel": "web", "route": "human" });
        let given = given
            .known("touch", "t", NOW - 15 * MINUTE, touch)
            .desk("human", json!({}))
            .moment(json!({ "matter": "export" }));
        if more {
            given.struggles().sees("contactIntent", 5 * SECOND, json!({ "how": "tel" }))
        } else {
            given.searches()
        }
    };
    assert_eq!(closed(false).route(), "none");
    let pressing = closed(true).decide();
    assert_eq!(
        (pressing.scores.urgency.class.as_str(), pressing.route.as_str()),
        ("soft", "human")
    );
}

/// What a host pushes is read by stages under whatever name the policy gives it.
#[test]
fn a_pushed_fact_is_fresh_at_once() {
    let patch = r#"{ "facts": { "ours.kept": { "unit": "permille" } },
        "guards": { "keptRate": { "facts": { "fasterHelp": "ours.kept" } },
            "rules": { "rich": { "order": 1, "when": { "what": "value", "atLeast": 900 }, "blocks": ["survey"], "words": "w" } } } }"#;
    let policy = std::rc::Rc::new(tactful::policy::compile(patch).unwrap());
    let mut resident = tactful::Resident::new(
        policy.clone(),
        tactful::History::new(),
        tactful::Ms(NOW),
        tactful::Salt(0),
    );
    resident.set_moment(tactful::Moment::at(tactful::Ms(NOW)));
    for (name, values) in [("ours.kept", [950, 100, 950]), ("value.percentile", [100, 950, 100])] {
        for value in values {
            let mut slots = vec![i32::MIN; policy.facts.len()];
            slots[policy.slot(name).unwrap()] = value;
            resident.push(&slots);
            let cached = resident.answer(tactful::Ms(NOW));
            let (history, visit) = (resident.history(), resident.visit());
            let fresh = tactful::decide(&policy, history, visit, &resident.whole_moment());
            for purpose in tactful::Purpose::ALL {
                assert_eq!(
                    cached.allows(*purpose),
                    fresh.verdicts.of(*purpose).allowed,
                    "{name} {value}"
                );
            }
            assert_eq!(cached.route(), fresh.route);
        }
    }
}
