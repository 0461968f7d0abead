//! What sells, and what pretends not to.

use super::{codes, decided, ends_at, event, only, pitch, put, touch};
use serde_json::{Value, json};
use tactful::{Policy, Purpose, Route, policy};

const DAY: i64 = 86_400_000;

fn with(patch: Value) -> Policy {
    let mut all = super::nothing();
    put(&mut all, &patch);
    policy::compile(&all.to_string()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn proposed(purpose: &str, more: Value) -> Value {
    let mut proposal = json!({ "purpose": purpose, "channel": "web" });
    put(&mut proposal, &more);
    json!({ "proposal": proposal })
}

#[test]
fn a_pitch_under_another_name_is_judged_as_one() {
    let policy = with(json!({ "guards": { "consent": { "pitchNeedsProfiling": false },
        "phrases": { "promotional": { "en": ["discount"] } } } }));
    let named = |purpose: &str, more: Value| {
        let decision = decided(&policy, &[], 0, proposed(purpose, more));
        let verdict = decision.verdicts.of(Purpose::parse(purpose).unwrap()).clone();
        codes(&verdict).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let sells = named("serviceNotice", json!({ "text": "A discount, only for you" }));
    assert!(sells.contains(&"purpose_mismatch".to_owned()));
    assert!(
        sells.contains(&"unknown_consent".to_owned()),
        "it needs what a pitch needs: {sells:?}"
    );
    assert!(named("serviceNotice", json!({ "text": "Your receipt" })).is_empty());
    assert_eq!(
        named("assist", json!({ "template": "pitch" })),
        ["purpose_mismatch", "unknown_consent"]
    );
    assert!(named("assist", json!({ "template": "assist" })).is_empty());
    assert!(
        named("assist", json!({ "template": "nobody-approved-this" }))
            .contains(&"purpose_mismatch".to_owned())
    );
}

#[test]
fn a_present_is_a_pitch_and_counts_as_one() {
    let policy = with(json!({ "offers": { "voucher": { "incentive": true } },
        "guards": { "caps": { "p": { "scope": "person", "purposes": ["pitch"], "channels": "all", "limit": 1,
                                     "window": { "slidingMs": 7 * DAY } } } } }));
    let offered = proposed("assist", json!({ "offer": "voucher" }));
    let verdict = decided(&policy, &[], 0, offered).verdicts.assist;
    assert_eq!(codes(&verdict), ["purpose_mismatch"]);
    let given = touch("t", 0, "sent", "serviceNotice", json!({ "offer": "voucher" }));
    assert_eq!(codes(&pitch(&policy, &[given], 10, json!({}))), ["frequency_cap"]);
    let notice = touch("t", 0, "sent", "serviceNotice", json!({}));
    assert!(pitch(&policy, &[notice], 10, json!({})).allowed);
}

#[test]
fn an_offer_is_for_its_audience_and_unknown_is_not_in_it() {
    let policy = with(json!({ "facts": { "plan.seats": { "unit": "seats" } },
        "offers": { "team": { "audience": { "what": "fact:plan.seats", "atLeast": 10 } } } }));
    let seats = |n: i64| event("fact", "f", 0, json!({ "name": "plan.seats", "value": n }));
    let offered = || proposed("pitch", json!({ "offer": "team" }));
    assert!(pitch(&policy, &[seats(10)], 1, offered()).allowed);
    assert_eq!(codes(&pitch(&policy, &[seats(9)], 1, offered())), ["not_for_this_person"]);
    assert_eq!(codes(&pitch(&policy, &[], 1, offered())), ["not_for_this_person"]);
    let other = proposed("pitch", json!({ "offer": "solo" }));
    assert!(pitch(&policy, &[], 1, other).allowed, "an offer without an audience is for everybody");
}

#[test]
fn the_loyal_are_not_shown_what_only_new_customers_get() {
    let policy = with(json!({ "offers": { "welcome": { "newCustomersOnly": true } },
        "guards": { "fairness": { "newForMs": 30 * DAY } } }));
    let created = event("milestone", "m", 0, json!({ "name": "accountCreated" }));
    let offered = || proposed("pitch", json!({ "offer": "welcome" }));
    let history = std::slice::from_ref(&created);
    assert!(pitch(&policy, history, 30 * DAY - 1, offered()).allowed);
    assert_eq!(codes(&pitch(&policy, history, 30 * DAY, offered())), ["not_for_this_person"]);
    assert!(pitch(&policy, &[], 30 * DAY, offered()).allowed, "of whom nothing is known is new");
    let since =
        event("contact", "k", 0, json!({ "contact": "k", "step": "started", "channel": "phone" }));
    assert!(!pitch(&policy, &[since], DAY, offered()).allowed, "may be an old customer");
}

#[test]
fn the_account_manager_brings_the_first_offer_that_is_meant_for_the_person() {
    let patch = json!({ "facts": { "region.eu": { "unit": "boolean" } },
        "offers": { "us": { "audience": { "what": "fact:region.eu", "is": false } } } });
    let policy = policy::compile(&patch.to_string()).unwrap();
    let story = include_str!("../../examples/stories/ready-to-expand.json");
    let mut story: Value = serde_json::from_str(story).unwrap();
    story["moment"]["facts"] = json!({ "region.eu": true });
    let needs = story["moment"]["offers"][0]["needs"].clone();
    let mine = story["moment"]["offers"][0]["id"].clone();
    let offers = story["moment"]["offers"].as_array_mut().unwrap();
    offers.insert(0, json!({ "id": "us", "needs": needs }));
    let decide = |story: &Value| {
        let story = tactful::Story::from_json(&story.to_string()).unwrap();
        story.decide(&policy).unwrap()
    };
    let decision = decide(&story);
    assert_eq!(decision.route, Route::AccountManager);
    assert_eq!(json!(decision.target.unwrap().offer), mine);
    let offers = story["moment"]["offers"].as_array_mut().unwrap();
    offers.truncate(1);
    let decision = decide(&story);
    assert!(decision.route != Route::AccountManager);
    assert!(codes(&decision.verdicts.pitch).contains(&"not_for_this_person"));
}

#[test]
fn whichever_way_it_takes_a_pitch_is_for_whom_its_offer_is() {
    let story = include_str!("../../examples/stories/ready-to-expand.json");
    let mut story: Value = serde_json::from_str(story).unwrap();
    let fits = story["moment"]["offers"][0]["id"].clone();
    let offers = story["moment"]["offers"].as_array_mut().unwrap();
    offers.push(json!({ "id": "elsewhere", "needs": ["somethingElse"] }));
    let mut sold = |offer: &Value, route: &str| {
        let proposal =
            json!({ "purpose": "pitch", "channel": "web", "route": route, "offer": offer });
        story["moment"]["proposal"] = proposal;
        let story = tactful::Story::from_json(&story.to_string()).unwrap();
        let decision = story.decide(&policy::starter().unwrap()).unwrap();
        (decision.route.as_str(), json!(decision.target.and_then(|target| target.offer)))
    };
    for route in ["accountManager", "article"] {
        assert_eq!(sold(&fits, route), (route, fits.clone()));
        assert_eq!(sold(&json!("elsewhere"), route), ("none", Value::Null), "{route}");
    }
}

#[test]
fn something_that_went_wrong_keeps_sellers_away_until_it_was_answered_and_a_while() {
    let policy = with(json!({ "guards": { "windows": { "badExperience":
        { "minFeedback": 334, "forMs": 30 * DAY, "answeredMs": 14 * DAY } } } }));
    let rated = |score: i64| {
        event(
            "survey",
            "s",
            0,
            json!({ "survey": "s", "kind": "csat", "step": "answered", "score": score }),
        )
    };
    let complaint = event("outcome", "o", 0, json!({ "kind": "complaint" }));
    let broken =
        event("promise", "p", 0, json!({ "promise": "p", "step": "broken", "kind": "fasterHelp" }));
    for bad in [rated(2), complaint.clone(), broken] {
        ends_at(&policy, std::slice::from_ref(&bad), Purpose::Pitch, 30 * DAY, &json!({}));
        let answer = event(
            "contact",
            "k",
            2 * DAY,
            json!({ "contact": "k", "step": "started", "channel": "phone", "direction": "out" }),
        );
        ends_at(&policy, &[bad, answer], Purpose::Pitch, 16 * DAY, &json!({}));
    }
    assert!(pitch(&policy, &[rated(3)], DAY, json!({})).allowed, "a middling rating is none");
    let late = event(
        "contact",
        "k",
        25 * DAY,
        json!({ "contact": "k", "step": "started", "channel": "phone", "direction": "out" }),
    );
    ends_at(&policy, &[complaint, late], Purpose::Pitch, 30 * DAY, &json!({}));
}

#[test]
fn a_fault_keeps_sellers_away_until_a_day_after_it_ended() {
    let policy = with(json!({ "guards": { "windows": { "incident": { "coolingMs": DAY } } } }));
    let incident =
        |step: &str, at: i64| event("incident", step, at, json!({ "incident": "i", "step": step }));
    let open = [incident("started", 0)];
    let verdict = pitch(&policy, &open, 90 * DAY, json!({}));
    assert_eq!((verdict.allowed, verdict.defer_until), (false, None), "nobody knows how long");
    ends_at(
        &policy,
        &[incident("started", 0), incident("ended", DAY)],
        Purpose::Pitch,
        2 * DAY,
        &json!({}),
    );
}

#[test]
fn faults_and_complaints_that_may_not_have_been_heard_of_keep_sellers_away() {
    for (window, knows) in [
        (json!({ "incident": { "coolingMs": DAY } }), "incident"),
        (
            json!({ "badExperience": { "minFeedback": 334, "forMs": DAY, "answeredMs": DAY } }),
            "outcome",
        ),
    ] {
        let policy = with(
            json!({ "sources": { "wire": { "knows": [knows] } }, "guards": { "windows": window } }),
        );
        let feed = |status: &str, more: Value| {
            let mut fields = json!({ "feed": "wire", "status": status });
            put(&mut fields, &more);
            event("feed", status, 0, fields)
        };
        let silent = pitch(&policy, &[feed("silent", json!({}))], 90 * DAY, json!({}));
        assert_eq!(codes(&silent), ["history_incomplete"], "{knows}");
        let since = [feed("live", json!({ "since": 3 * DAY }))];
        ends_at(&policy, &since, Purpose::Pitch, 4 * DAY, &json!({}));
        assert!(pitch(&policy, &[feed("live", json!({}))], 1, json!({})).allowed);
    }
}

#[test]
fn help_away_from_the_page_is_no_quiet_offer_on_it_whatever_it_is_called() {
    let policy = with(json!({ "guards": { "suppression": {} } }));
    let asked = event(
        "suppression",
        "s",
        0,
        json!({ "scope": "person", "reason": "asked", "state": "on" }),
    );
    let history = std::slice::from_ref(&asked);
    let assist = |channel: &str, history: &[Value]| {
        let proposal = proposed("assist", json!({ "channel": channel }));
        let verdict = decided(&policy, history, 1, proposal).verdicts.assist;
        codes(&verdict).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for channel in ["sms", "phone", "email", "push"] {
        assert_eq!(assist(channel, &[]), ["purpose_mismatch"], "{channel}");
        assert_eq!(assist(channel, history), ["purpose_mismatch", "suppressed"], "{channel}");
    }
    for channel in ["web", "helpCenter", "app", "chat"] {
        assert!(assist(channel, history).is_empty(), "{channel}");
    }
}

#[test]
fn a_cap_by_matter_is_not_escaped_by_naming_none() {
    let policy =
        with(json!({ "guards": { "caps": { "m": { "scope": "person", "purposes": ["reachOutHelp"],
        "channels": "all", "limit": 1, "per": "matter", "window": { "slidingMs": DAY } } } } }));
    let sent = |more: Value| touch("t", 0, "sent", "reachOutHelp", more);
    let allowed = |sent: &Value, moment: Value| {
        let history = std::slice::from_ref(sent);
        decided(&policy, history, 1, moment).verdicts.reach_out_help.allowed
    };
    let (export, unnamed) = (sent(json!({ "matter": "export" })), sent(json!({})));
    assert!(!allowed(&export, json!({ "matter": "export" })));
    assert!(allowed(&export, json!({ "matter": "invoice" })));
    assert!(!allowed(&export, json!({})), "it may be about the same");
    assert!(!allowed(&unnamed, json!({ "matter": "export" })), "it may have been about the same");
}

#[test]
fn self_service_that_failed_yesterday_is_no_time_to_sell_or_ask() {
    let policy = with(json!({ "guards": { "windows": { "friction": { "coolingMs": DAY } } } }));
    let failed = |channel: &str, step: &str| {
        event("contact", "k", 0, json!({ "contact": "k", "step": step, "channel": channel }))
    };
    for purpose in [Purpose::Pitch, Purpose::Survey] {
        ends_at(&policy, &[failed("web", "abandoned")], purpose, DAY, &json!({}));
    }
    assert!(pitch(&policy, &[failed("helpCenter", "ended")], 10, json!({})).allowed);
}

#[test]
fn in_a_sensitive_moment_only_a_person_reaches_out() {
    let policy = with(json!({ "guards": { "windows": { "sensitive": {} } } }));
    let sensitive = event("sensitive", "s", 0, json!({ "kind": "bereavement", "step": "on" }));
    let reach = |route: &str| {
        let moment = proposed("reachOutHelp", json!({ "route": route, "channel": "email" }));
        decided(&policy, std::slice::from_ref(&sensitive), 10, moment)
            .verdicts
            .reach_out_help
            .allowed
    };
    assert!(reach("human") && reach("callback") && !reach("article") && !reach("chatbot"));
    let cleared = event("sensitive", "c", 5, json!({ "kind": "bereavement", "step": "cleared" }));
    assert!(pitch(&policy, &[sensitive.clone(), cleared], 10, json!({})).allowed);
}

#[test]
fn a_cap_for_the_account_counts_a_colleagues_touches_and_one_for_the_person_does_not() {
    let links = [("l1", "ada", "crm-1"), ("l2", "bob", "crm-2")].map(|(id, a, b)| {
        event("identity", id, 0, json!({ "a": a, "b": b, "strength": "strong", "state": "linked" }))
    });
    let colleague = touch("t", 5, "sent", "pitch", json!({ "person": "crm-2" }));
    let own = touch("t", 5, "sent", "pitch", json!({ "person": "crm-1" }));
    let denied = |scope: &str, touch: &Value| {
        let policy = only(
            json!({ "caps": { "x": { "scope": scope, "purposes": ["pitch"], "channels": "all",
            "limit": 1, "window": { "slidingMs": DAY } } } }),
        );
        let history = [&links[..], std::slice::from_ref(touch)].concat();
        !pitch(&policy, &history, 10, json!({})).allowed
    };
    assert!(denied("account", &colleague) && denied("household", &colleague));
    assert!(!denied("person", &colleague) && denied("person", &own));
}

#[test]
fn a_refused_proposal_does_not_take_help_from_somebody_who_asks_for_it() {
    let policy = policy::starter().unwrap();
    let story = |proposal: Value| {
        let story = json!({ "name": "s", "person": "ada", "history": [],
            "visit": { "startedAt": 0, "events": [{ "type": "wish", "t": 100, "for": "person" }] },
            "moment": { "now": 1000, "proposal": proposal,
                "routes": [{ "route": "human", "asOf": 1000, "open": true, "staffed": true }] } });
        tactful::Story::from_json(&story.to_string()).unwrap().decide(&policy).unwrap()
    };
    let sells = story(
        json!({ "purpose": "answer", "channel": "web", "text": "Your voucher is valid until May" }),
    );
    assert_eq!(sells.route, Route::Human);
    assert_eq!(
        codes(&sells.verdicts.answer)[0],
        "purpose_mismatch",
        "the text itself may not be sent"
    );
    assert!(!sells.verdicts.answer.allowed);
    let plain = story(
        json!({ "purpose": "answer", "channel": "web", "text": "There is a 10 minute wait" }),
    );
    assert!(plain.verdicts.answer.allowed, "an answer is no survey");
}

#[test]
fn in_a_sensitive_moment_nothing_is_given_to_read() {
    let policy = with(json!({ "guards": { "windows": { "sensitive": {} } } }));
    let sensitive = event("sensitive", "s", 0, json!({ "kind": "bereavement", "step": "on" }));
    for (route, allowed) in [("article", false), ("chatbot", false), ("human", true)] {
        let offered = proposed("assist", json!({ "route": route }));
        let decision = decided(&policy, std::slice::from_ref(&sensitive), 10, offered);
        assert_eq!(decision.verdicts.assist.allowed, allowed, "{route}");
        assert!(decision.route != Route::Article && decision.route != Route::Chatbot);
    }
}

#[test]
fn what_cannot_be_promised_may_not_be_sent() {
    let policy =
        with(json!({ "promises": { "human": null, "messageForm": null, "article": null } }));
    for (purpose, route) in
        [("reachOutHelp", "human"), ("serviceNotice", "human"), ("assist", "article")]
    {
        let decision = decided(&policy, &[], 10, proposed(purpose, json!({ "route": route })));
        let verdict = decision.verdicts.of(Purpose::parse(purpose).unwrap()).clone();
        assert_eq!(codes(&verdict), ["no_promise"], "{purpose}");
        assert_eq!(decision.route, Route::None);
    }
}

#[test]
fn a_promise_kept_too_late_was_broken_first() {
    let policy = with(json!({ "guards": { "windows": { "badExperience":
        { "minFeedback": 334, "forMs": 30 * DAY, "answeredMs": 14 * DAY } } } }));
    let promise = |step: &str, day: i64, due: i64| {
        event(
            "promise",
            step,
            day * DAY,
            json!({ "promise": "p", "step": step, "kind": "fasterHelp", "due": due * DAY }),
        )
    };
    let late = [promise("made", 0, 1), promise("kept", 5, 1)];
    ends_at(&policy, &late, Purpose::Pitch, 19 * DAY, &json!({}));
    let in_time = [promise("made", 0, 6), promise("kept", 5, 6)];
    assert!(pitch(&policy, &in_time, 5 * DAY, json!({})).allowed);
    // Said to be broken before it was due.
    let early = [promise("made", 0, 60), promise("broken", 2, 60)];
    ends_at(&policy, &early, Purpose::Pitch, 32 * DAY, &json!({}));
}

#[test]
fn an_account_manager_whom_nobody_asked_for_is_a_pitch_by_any_name() {
    let policy = with(json!({ "guards": { "suppression": {} } }));
    let off = json!({ "scope": "person", "reason": "asked", "state": "on" });
    let suppressed = event("suppression", "s", 0, off);
    let quote = event("milestone", "q", 0, json!({ "name": "quoteAsked" }));
    for purpose in ["answer", "assist", "serviceNotice"] {
        let verdict = |history: &[Value], route: &str| {
            let moment = proposed(purpose, json!({ "route": route }));
            let verdict = decided(&policy, history, 1, moment).verdicts;
            let verdict = verdict.of(Purpose::parse(purpose).unwrap());
            codes(verdict).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let known = std::slice::from_ref(&suppressed);
        assert_eq!(
            verdict(known, "accountManager"),
            ["purpose_mismatch", "suppressed"],
            "{purpose}"
        );
        assert!(verdict(known, "human").is_empty(), "{purpose}");
        assert!(
            verdict(&[suppressed.clone(), quote.clone()], "accountManager").is_empty(),
            "{purpose}"
        );
    }
}
