//! Which way, and through whom.

use crate::{DAY, Given, HOUR, MINUTE, NOW, SECOND, codes};
use serde_json::{Value, json};
use tactful::Text;

fn team(given: &Given) -> Option<Text> {
    given.decide().target.and_then(|target| target.team)
}

#[test]
fn who_was_passed_round_in_a_circle_gets_somebody_by_name() {
    let passed = |teams: &[&str]| {
        let mut given = Given::new()
            .profiled()
            .searches()
            .moment(json!({ "matter": "export" }))
            .desk("human", json!({}));
        given = given.contact("c0", 20 * HOUR, "started", "phone", json!({ "team": teams[0] }));
        for (i, team) in teams.iter().enumerate().skip(1) {
            let ago = 20 * HOUR - i as i64 * HOUR;
            given = given.contact(
                &format!("c{i}"),
                ago,
                "transferred",
                "phone",
                json!({ "team": team }),
            );
        }
        given.contact("end", 2 * HOUR, "ended", "phone", json!({ "solved": false }))
    };
    assert_eq!(team(&passed(&["a", "b", "a"])), None);
    assert_eq!(team(&passed(&["a", "b", "a", "b"])).as_deref(), Some("service operations"));
}

#[test]
fn who_waited_long_enough_is_taken_without_the_skill() {
    let given = |ago: i64| {
        Given::new()
            .profiled()
            .known("fact", "parts", NOW - DAY, json!({ "name": "matter.parts", "value": 4 }))
            .known("contact", "q", NOW - ago, json!({ "contact": "k", "step": "started", "channel": "email", "matter": "billing" }))
            .moment(json!({ "matter": "billing" }))
            .desk("specialist", json!({ "skills": ["export"], "languages": ["de"] }))
            .struggles()
    };
    assert!(
        given(MINUTE).decide().target.unwrap().due_by.is_some(),
        "not live: the skill is missing"
    );
    let taken = given(20 * MINUTE).decide();
    assert_eq!((taken.route.as_str(), taken.target.unwrap().due_by), ("specialist", None));
    // The language is never given up.
    let foreign = given(20 * MINUTE).moment(json!({ "language": "es" })).decide();
    assert!(foreign.target.unwrap().due_by.is_some());
    assert!(foreign.because.iter().any(|reason| reason.code.as_str() == "skill_mismatch"));
}

#[test]
fn an_alarm_at_night_comes_with_something_to_do_meanwhile() {
    let given = Given::new()
        .known("urgent", "u", NOW - HOUR, json!({ "kind": "security", "step": "on" }))
        .article(900);
    let decision = given.decide();
    assert!(["human", "specialist"].contains(&decision.route.as_str()));
    let target = decision.target.unwrap();
    assert!(target.due_by.is_some());
    assert_eq!(target.article.as_deref(), Some("guide"));
    assert!(decision.also.unwrap().iter().any(|route| route.as_str() == "article"));
}

#[test]
fn an_urgent_offer_that_was_closed_returns_only_for_something_new() {
    let closed = |after: Option<i64>| {
        let mut given = Given::new()
            .known("urgent", "u1", NOW - HOUR, json!({ "kind": "security", "step": "on" }))
            .known("touch", "t", NOW - 2 * MINUTE, json!({ "touch": "t", "step": "shown", "purpose": "answer", "channel": "web", "route": "human" }))
            .sees("dismiss", 90 * SECOND, json!({ "touch": "t" }))
            .desk("human", json!({}));
        if let Some(ago) = after {
            given =
                given.known("urgent", "u2", NOW - ago, json!({ "kind": "money", "step": "on" }));
        }
        given.decide()
    };
    let still = closed(None);
    assert_eq!(still.route.as_str(), "none");
    assert!(codes(&still).contains(&"offer_dismissed"));
    assert_eq!(closed(Some(SECOND)).route.as_str(), "human");
}

#[test]
fn a_handover_has_an_end() {
    let passed = |ago: i64| {
        Given::new()
            .profiled()
            .contact("s", ago + MINUTE, "started", "chatbot", json!({}))
            .contact("e", ago, "escalated", "chatbot", json!({}))
            .searches()
            .moment(json!({ "matter": "export" }))
            .desk("human", json!({}))
            .desk("chatbot", json!({}))
    };
    let route = |given: Given| given.decide().route.as_str();
    // Just now: somebody may still come; nothing automatic speaks up, and nothing is sold or asked.
    let waiting = passed(MINUTE).decide();
    assert_eq!((waiting.route.as_str(), codes(&waiting)), ("none", vec!["human_already_handling"]));
    assert!(!waiting.verdicts.assist.allowed && !waiting.verdicts.survey.allowed);
    // Nobody came: more urgent, and a person.
    let forgotten = passed(3 * MINUTE).decide();
    assert_eq!(
        (forgotten.route.as_str(), forgotten.scores.urgency.class.as_str()),
        ("human", "soft")
    );
    assert!(codes(&forgotten).contains(&"unanswered"));
    // Answered: theirs, until it ends.
    let answered = || {
        passed(10 * MINUTE).contact(
            "r",
            9 * MINUTE,
            "replied",
            "chat",
            json!({ "direction": "out" }),
        )
    };
    assert_eq!(route(answered()), "none");
    assert_eq!(
        route(answered().contact("x", 5 * MINUTE, "ended", "chat", json!({ "solved": false }))),
        "human"
    );
    // No end was ever told: it lapses, and what was a person's is not handed back to a machine.
    let lapsed = passed(2 * HOUR).decide();
    assert!(!codes(&lapsed).contains(&"human_already_handling"));
    assert_eq!(lapsed.route.as_str(), "human");
}

#[test]
fn whoever_was_taken_up_is_not_offered_again() {
    let taken = |ago: i64| {
        Given::new()
            .sees("wish", 3 * MINUTE, json!({ "for": "person" }))
            .known("touch", "t", NOW - ago, json!({ "touch": "t", "step": "accepted", "purpose": "answer", "channel": "web", "route": "human" }))
            .desk("human", json!({}))
    };
    assert_eq!(taken(2 * MINUTE).route(), "none");
    assert_eq!(taken(4 * MINUTE).route(), "human", "asked again since");
    // Who closes it has called it off; who closes something less has not.
    let closed = |route: &str| {
        Given::new()
            .sees("wish", 3 * MINUTE, json!({ "for": "person" }))
            .known("touch", "t", NOW - 2 * MINUTE, json!({ "touch": "t", "step": "dismissed", "purpose": "answer", "channel": "web", "route": route }))
            .desk("human", json!({}))
            .route()
    };
    assert_eq!([closed("human"), closed("article")], ["none", "human"]);
    // To be left alone goes on after anything is closed.
    let alone = Given::new().struggles().desk("human", json!({})).sees(
        "wish",
        5 * SECOND,
        json!({ "for": "noHelp" }),
    );
    let alone = alone.known("touch", "t", NOW - SECOND, json!({ "touch": "t", "step": "dismissed", "purpose": "assist", "channel": "web", "route": "article" }));
    assert_eq!(alone.route(), "none");
}

#[test]
fn routes_do_not_change_for_ever() {
    let shown = |routes: &[&str]| {
        let mut given = Given::new()
            .policy(json!({ "guards": { "minGapMs": { "assist": 0 }, "caps": { "assistVisit": null } } }))
            .searches()
            .article(800)
            .desk("chatbot", json!({}));
        for (i, route) in routes.iter().enumerate() {
            let touch = json!({ "touch": format!("t{i}"), "step": "expired", "purpose": "assist", "channel": "web", "route": route });
            let at = NOW - 4 * MINUTE + i as i64 * SECOND;
            let mut first = touch.clone();
            first["step"] = json!("shown");
            given = given.known("touch", &format!("s{i}"), at, first).known(
                "touch",
                &format!("e{i}"),
                at + 1,
                touch,
            );
        }
        given.decide()
    };
    assert_eq!(shown(&["chatbot", "article", "chatbot"]).route.as_str(), "article");
    let enough = shown(&["article", "chatbot", "article", "chatbot"]);
    assert_eq!(enough.route.as_str(), "chatbot", "no fourth change");
    assert!(codes(&enough).contains(&"session_cap"));
}

#[test]
fn a_channel_that_was_refused_is_passed_over() {
    let channel = |given: Given| given.decide().target.unwrap().channel.unwrap().as_str();
    assert_eq!(channel(Given::new().wishes("person")), "email");
    let refused = json!({ "purpose": "service", "channel": "email", "state": "withdrawn" });
    assert_eq!(
        channel(Given::new().known("consent", "c", NOW - DAY, refused).wishes("person")),
        "phone"
    );
    assert_eq!(channel(Given::new().desk("human", json!({})).wishes("person")), "chat");
}

#[test]
fn desks_without_a_live_person_are_never_live() {
    let off: [(&str, Value); 6] = [
        ("closed", json!({ "open": false })),
        ("nobody", json!({ "staffed": false })),
        ("nobody knows", json!({ "staffed": null })),
        ("full", json!({ "capacity": 0 })),
        ("old news", json!({ "asOf": NOW - 61 * SECOND })),
        ("news of the future", json!({ "asOf": NOW + 61 * SECOND })),
    ];
    for (why, fields) in off {
        let mut given = Given::new().desk("human", json!({})).wishes("person");
        for (key, value) in fields.as_object().unwrap() {
            let status = &mut given.moment["routes"][0];
            match value {
                Value::Null => drop(status.as_object_mut().unwrap().remove(key)),
                value => status[key] = value.clone(),
            }
        }
        let decision = given.decide();
        assert_eq!(decision.route.as_str(), "human", "{why}");
        assert!(decision.target.unwrap().due_by.is_some(), "live although {why}");
    }
}

#[test]
fn where_the_wait_is_long_only_a_likely_and_cheaper_article_comes_first() {
    let waiting = |wait: i64, solves: i64| {
        let given =
            Given::new().policy(json!({ "routes": { "articleOnBrokenPage": 1000 } })).struggles();
        let desk = json!({ "waitP50Ms": wait / 2, "waitP80Ms": wait });
        given.article(solves).desk("human", desk).decide()
    };
    assert_eq!(waiting(15 * MINUTE, 900).route.as_str(), "human", "not longer than that");
    let long = waiting(16 * MINUTE, 900);
    assert_eq!(long.route.as_str(), "article");
    assert!(long.also.as_ref().unwrap().iter().any(|route| route.as_str() == "human"));
    assert!(codes(&long).contains(&"long_wait"));
    let unlikely = waiting(16 * MINUTE, 599);
    assert_eq!(unlikely.route.as_str(), "human");
    assert!(
        unlikely.also.as_ref().unwrap().iter().any(|route| route.as_str() == "article"),
        "to read meanwhile"
    );
}

#[test]
fn an_offer_stays_until_its_reason_has_been_gone_for_a_while() {
    // Offered while friction was high; since then it fades, a few minutes at a time.
    let at = |seconds: i64| {
        let mut given =
            Given::new().struggles().desk("human", json!({})).desk("chatbot", json!({}));
        given = given.moment(json!({ "matter": "export" }));
        let later = NOW + seconds * SECOND;
        given = given.known("touch", "t", NOW, json!({ "touch": "t", "step": "shown", "purpose": "assist", "channel": "web", "route": "human" }));
        // The person got through, so that it fades quickly.
        given = given.sees("vote", SECOND, json!({ "helpful": true }));
        for status in given.moment["routes"].as_array_mut().unwrap() {
            status["asOf"] = json!(later);
        }
        given.moment["now"] = json!(later);
        let decision = given.decide();
        (decision.route.as_str(), decision.scores.friction.points.get())
    };
    let (first, high) = at(0);
    assert_eq!(first, "human");
    assert!(high >= 700, "{high}");
    let mut seen = Vec::new();
    for seconds in (0..1800).step_by(10) {
        let (route, points) = at(seconds);
        if seen.last() != Some(&route) {
            seen.push(route);
        }
        // Above the lower threshold it is never withdrawn.
        assert!(points < 500 || route == "human", "{route} at {points} after {seconds} s");
    }
    assert_eq!(seen, ["human", "none"], "one offer, withdrawn once");
}

#[test]
fn an_account_manager_whom_nobody_asked_for_sells_whatever_it_is_called() {
    let proposed = |purpose: &str| {
        let proposal = json!({ "purpose": purpose, "channel": "email", "route": "accountManager" });
        Given::new().profiled().moment(json!({ "proposal": proposal }))
    };
    for purpose in ["answer", "assist", "reachOutHelp", "serviceNotice", "pitch"] {
        assert_ne!(proposed(purpose).route(), "accountManager", "{purpose}");
    }
    assert_eq!(proposed("answer").wishes("quote").route(), "accountManager", "asked here");
    let asked = json!({ "name": "quoteAsked" });
    let by_mail = proposed("answer").known("milestone", "asked", NOW - HOUR, asked);
    assert_eq!(by_mail.route(), "accountManager", "asked elsewhere");
}

#[test]
fn who_is_in_a_hurry_is_answered_what_they_ask_for_although_an_offer_was_closed() {
    let closed = json!({ "touch": "t", "step": "dismissed", "purpose": "assist", "channel": "web", "route": "human" });
    let hurry = json!({ "kind": "money", "step": "on" });
    for (wish, route) in [
        ("callback", "callback"),
        ("quote", "accountManager"),
        ("buy", "accountManager"),
        ("article", "article"),
    ] {
        let given = || {
            let given =
                Given::new().known("touch", "t", NOW - 3 * MINUTE, closed.clone()).article(600);
            given
                .desk("human", json!({}))
                .desk("callback", json!({}))
                .desk("accountManager", json!({}))
                .wishes(wish)
        };
        assert_eq!(given().route(), route);
        assert_eq!(
            given().known("urgent", "u", NOW - DAY, hurry.clone()).route(),
            route,
            "pressed, and nothing but this is open"
        );
    }
    let open = Given::new()
        .known("urgent", "u", NOW - DAY, hurry)
        .desk("human", json!({}))
        .wishes("article");
    assert_eq!(open.route(), "human", "what cannot wait goes before something to read");
}

#[test]
fn who_has_a_page_open_for_weeks_is_heard() {
    let mut given = Given::new().desk("human", json!({}));
    given.started = NOW - 20 * DAY;
    assert_eq!(given.wishes("person").route(), "human");
}
