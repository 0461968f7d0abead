//! The audit: exceptions are counted and shown, and how far somebody has come is read off the policy and
//! the log, at both ends of the scale.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tactful::record::{Audit, Host, Record};
use tactful::{Ms, Story, policy};

const DAY: i64 = 86_400_000;
/// A moment in November 2026.
const NOW: i64 = 1_795_342_800_000;

fn audited(policy: &Value, log: &str, now: Option<i64>) -> Value {
    heard(policy, log, Host { now: now.map(Ms), approved: Some(true) })
}

fn heard(policy: &Value, log: &str, host: Host) -> Value {
    let mut audit = Audit::new(&policy.to_string()).unwrap();
    audit.push(log.as_bytes());
    audit.finish(host)
}

fn levels(found: &Value, of: &str) -> Vec<(String, u64)> {
    let all = found["maturity"][of].as_array().unwrap().iter();
    all.map(|it| (it["id"].as_str().unwrap().into(), it["level"].as_u64().unwrap())).collect()
}

fn area<'a>(found: &'a Value, of: &str, id: &str) -> &'a Value {
    found["maturity"][of].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap()
}

/// An event so many days ago; ids follow from what it is.
fn event(source: &str, days: i64, mut body: Value) -> Value {
    let id = format!("{source}-{days}-{}-{}", body["type"], body["step"]);
    body["source"] = source.into();
    body["id"] = id.into();
    body["at"] = (NOW - days * DAY).into();
    body
}

fn line(policy: &Value, person: usize, history: &[Value], moment: &Value, groups: bool) -> String {
    let mut at = json!({ "now": NOW });
    for (name, value) in moment.as_object().unwrap() {
        at[name] = value.clone();
    }
    let story =
        json!({ "name": "-", "person": format!("p{person}"), "history": history, "moment": at });
    let story = Story::from_json(&story.to_string()).unwrap();
    let groups: &[(&str, &str)] = if groups {
        &[("region", if person.is_multiple_of(2) { "north" } else { "south" })]
    } else {
        &[]
    };
    let policy = policy::compile(&policy.to_string()).unwrap();
    Record::of(&story, &policy, groups).unwrap().to_json() + "\n"
}

fn contact(days: i64, id: &str, more: &Value) -> Value {
    let mut body = json!({ "type": "contact", "contact": id, "step": "started", "channel": "phone", "category": "billing" });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let mut event = event("desk", days, body);
    event["id"] = id.into();
    event
}

/// Somebody who began: one contact center, phone and e-mail, and nothing that joins them.
fn typical() -> (Value, String) {
    let policy = json!({ "id": "typical" });
    let people = 0..40usize;
    let log = people.map(|person| {
        let history = [
            contact(20, "c1", &json!({ "waitMs": 60_000 })),
            contact(12, "c2", &json!({ "channel": "email" })),
        ];
        line(&policy, person, &history, &json!({}), false)
    });
    let log = log.collect();
    (policy, log)
}

/// Somebody who does it all.
fn operational() -> (Value, String) {
    let open = json!({ "mon": [["08:00", "18:00"]], "tue": [["08:00", "18:00"]], "wed": [["08:00", "18:00"]] });
    let sla = json!({ "calendar": "desk" });
    let mut policy = json!({
        "id": "operational", "version": "7", "status": "live",
        "effectiveFrom": NOW - 10 * DAY, "reviewDue": NOW + 10 * DAY,
        "changeLog": [{ "at": NOW - 10 * DAY, "by": "mara", "why": "desks are closed on Thursdays" }],
        "routes": { "calendars": { "desk": { "zone": "UTC", "open": open } },
                    "slas": { "human": sla, "specialist": sla, "callback": sla, "messageForm": sla } },
        "processes": { "billing": { "versions": { "v1": { "normalContacts": 1, "effectiveFrom": NOW - 400 * DAY } } } },
        "readiness": { "ruleOnly": null },
    });
    let digest = policy::compile(&policy.to_string()).unwrap().digest;
    let approval = |by: &str| json!({ "by": by, "role": "compliance", "at": NOW, "digest": digest, "compiled": "", "policy": "operational", "guardrails": "", "signature": "" });
    policy["approvals"] = json!([approval("mara"), approval("jo")]);
    let log = (0..40usize).map(|person| {
        let about = json!({ "process": "billing", "agent": "ann", "waitMs": 60_000, "matter": "invoice" });
        let mut history = vec![
            event("crm", 300, json!({ "type": "milestone", "name": "accountCreated" })),
            event("crm", 200, json!({ "type": "milestone", "name": "activated", "step": null })),
            event("consents", 100, json!({ "type": "consent", "purpose": "service", "state": "granted" })),
            event("consents", 99, json!({ "type": "consent", "purpose": "profiling", "state": "granted" })),
            event("usage", 1, json!({ "type": "fact", "name": "usage.activeDays28", "value": 20 })),
            contact(5, "c1", &about),
            event("cases", 3, json!({ "type": "case", "case": "k", "step": "resolved", "matter": "invoice" })),
            event("surveys", 2, json!({ "type": "survey", "survey": "s", "kind": "ces", "step": "answered", "score": 6 })),
            event("page", 2, json!({ "type": "touch", "touch": "t", "step": "accepted", "purpose": "assist", "channel": "web" })),
            event("promises", 3, json!({ "type": "promise", "promise": "p", "step": "kept", "kind": "fasterHelp" })),
            event("page", 4, json!({ "type": "ask", "field": "goal", "step": "answered", "value": "export" })),
        ];
        history.retain_mut(|event| {
            event.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            true
        });
        // Every third had to come back again and again, by phone and by mail.
        if person.is_multiple_of(3) {
            for i in 0..5 {
                let mut again = about.clone();
                again["channel"] = json!(if i % 2 == 0 { "email" } else { "phone" });
                history.push(contact(4, &format!("again-{i}"), &again));
            }
        }
        let routes = json!([{ "route": "human", "asOf": NOW, "open": true, "staffed": true }]);
        line(&policy, person, &history, &json!({ "routes": routes, "matter": "invoice" }), true)
    });
    let log = log.collect();
    (policy, log)
}

#[test]
fn who_just_began_lacks_five_of_six_dimensions_and_is_told_what_is_missing() {
    let (policy, log) = typical();
    let found = audited(&policy, &log, None);
    let below: Vec<String> = levels(&found, "infrastructure")
        .into_iter()
        .filter(|(_, level)| *level < 3)
        .map(|(id, _)| id)
        .collect();
    assert_eq!(below, ["formality", "structure", "accessibility", "maintenance", "integration"]);
    for id in below {
        let missing = area(&found, "infrastructure", &id)["missing"].as_array().unwrap();
        assert!(
            !missing.is_empty() && missing.iter().all(|it| it["do"] != ""),
            "{id}: {missing:?}"
        );
    }
    assert!(levels(&found, "capabilities").iter().all(|(_, level)| *level < 3), "{found:#}");
    let codes: Vec<&Value> =
        found["alarms"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, ["oneAnswerForAll", "outcomesSilent"]);
}

#[test]
fn who_does_it_all_has_come_all_the_way() {
    let (policy, log) = operational();
    let found = audited(&policy, &log, None);
    for of in ["capabilities", "infrastructure"] {
        for (id, level) in levels(&found, of) {
            assert_eq!(level, 3, "{id}: {:#}", area(&found, of, &id));
        }
    }
    assert_eq!((&found["alarms"], &found["ledger"]["policy"]), (&json!([]), &json!([])));
}

#[test]
fn what_nothing_could_show_is_unknown_and_not_reached() {
    let (policy, _) = operational();
    let found = audited(&policy, "", Some(NOW));
    for (id, level) in levels(&found, "capabilities") {
        assert!(level < 3, "{id} without a log");
    }
    let criteria = area(&found, "infrastructure", "capture")["criteria"].as_array().unwrap();
    assert!(criteria.iter().all(|it| it["holds"] == "unknown"), "{criteria:?}");
    assert_eq!(found["alarms"], json!([]), "no log, no alarm");
}

#[test]
fn time_alone_takes_levels_away() {
    let (policy, log) = operational();
    let governance = |now| {
        area(&audited(&policy, &log, Some(now)), "capabilities", "governance")["level"].clone()
    };
    assert_eq!(
        (governance(NOW + 10 * DAY - 1), governance(NOW + 10 * DAY)),
        (json!(3), json!(1)),
        "a review is overdue from its day on"
    );
    // The survey was answered two days before now.
    let silent = |now| {
        let found = audited(&policy, &log, Some(now));
        let level = area(&found, "capabilities", "closedLoop")["level"].clone();
        (found["alarms"].as_array().unwrap().len(), level)
    };
    assert_eq!(silent(NOW + 29 * DAY), (0, json!(3)));
    assert_eq!(silent(NOW + 29 * DAY + 1), (1, json!(1)));
}

#[test]
fn whatever_protects_less_than_the_starter_stands_in_the_ledger_and_what_protects_more_does_not() {
    let ledger = |patch: &Value| audited(patch, "", None)["ledger"]["policy"].clone();
    let kinds = |patch: &Value| -> Vec<(String, String)> {
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        ledger(patch)
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (text(&it["kind"]), text(&it["path"])))
            .collect()
    };
    let loose = json!({ "readiness": { "ruleOnly": null, "minActiveDays": 3, "maxFall": 900 }, "guards": {
        "consent": null, "caps": { "pitchWeek": { "limit": 9, "window": { "slidingMs": DAY } }, "helpWeek": null },
        "windows": { "openCase": { "coolingMs": 300_000_000 } }, "minGapMs": { "pitch": 1 }, "survey": { "afterFeedbackMs": 0 } } });
    let found = kinds(&loose);
    let expected = [
        ("leftOut", "/guards/consent"),
        ("loosened", "/guards/caps/pitchWeek/limit"),
        ("loosened", "/guards/caps/pitchWeek/window/slidingMs"),
        ("leftOut", "/guards/caps/helpWeek"),
        ("loosened", "/guards/minGapMs/pitch"),
        ("loosened", "/guards/windows/openCase/coolingMs"),
        ("loosened", "/guards/survey/afterFeedbackMs"),
        ("loosened", "/readiness/minActiveDays"),
        ("loosened", "/readiness/maxFall"),
    ];
    for (kind, path) in expected {
        assert!(found.contains(&(kind.into(), path.into())), "{kind} {path}: {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
    let strict = json!({ "readiness": { "ruleOnly": null }, "guards": { "caps": { "pitchWeek": { "limit": 0 }, "ours": {
        "scope": "person", "purposes": ["pitch"], "channels": "all", "limit": 1, "window": { "slidingMs": 90 * DAY } } },
        "windows": { "renewal": { "forMs": 90 * DAY } }, "clock": { "maxSkewMs": 1000 } } });
    assert_eq!(kinds(&strict), []);
}

#[test]
fn a_waiver_is_counted_while_it_lasts_and_a_warning_again_afterwards() {
    let until = NOW;
    let patch = json!({ "guards": { "windows": { "incident": null, "openCase": null } }, "waivers": { "cases": {
        "of": "/guards/windows/openCase", "why": "the case system moves", "by": "compliance", "until": until } } });
    let paths = |now: i64| -> (Vec<String>, usize) {
        let findings = policy::check_at(&patch.to_string(), Ms(now));
        assert!(findings.errors.is_empty(), "{:?}", findings.errors);
        (findings.warnings.iter().map(|it| it.path().to_owned()).collect(), findings.waived.len())
    };
    assert_eq!(paths(until - 1), (vec![], 1));
    assert_eq!(
        paths(until),
        (vec!["/guards/windows/openCase".into(), "/waivers/cases/until".into()], 0)
    );
    let kinds = |now: i64| -> Vec<String> {
        let found = audited(&patch, "", Some(now));
        let waivers = found["ledger"]["policy"].as_array().unwrap().iter();
        waivers
            .filter(|it| it["path"] == "/waivers/cases")
            .map(|it| it["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        (kinds(until - 1), kinds(until)),
        (vec!["waiver".to_owned()], vec!["expiredWaiver".to_owned()])
    );
}

#[test]
fn touches_against_a_decision_and_protections_lifted_by_hand_are_counted_once() {
    let policy = json!({});
    // Without permission a pitch is refused; later records show what was sent after that decision.
    let sent = |hours: i64, id: &str, purpose: &str| {
        json!({ "type": "touch", "source": "mail", "id": id, "at": NOW + hours * 3_600_000, "touch": id,
                "step": "sent", "purpose": purpose, "channel": "email" })
    };
    let cleared = json!({ "type": "sensitive", "source": "crm", "id": "s", "at": NOW, "kind": "hardship", "step": "cleared", "by": "ann" });
    let later = |hours: i64| json!({ "now": NOW + hours * 3_600_000 });
    let history =
        [cleared, sent(1, "m1", "pitch"), sent(2, "m2", "answer"), sent(-5, "m0", "pitch")];
    let log = [
        line(&policy, 1, &[], &json!({}), false),
        line(&policy, 1, &history, &later(3), false),
        line(&policy, 1, &history, &later(4), false),
        line(&policy, 2, &history, &later(4), false),
    ];
    let found = audited(&policy, &log.concat(), None);
    let of = |kind: &str| {
        let all = found["ledger"]["log"].as_array().unwrap().iter();
        let it = all.clone().find(|it| it["kind"] == kind).unwrap();
        (it["count"].as_u64().unwrap(), it["people"].as_u64().unwrap())
    };
    assert_eq!(
        of("bypass"),
        (1, 1),
        "what was allowed, or sent before any decision, is none: {found:#}"
    );
    assert_eq!(of("protectionLifted"), (2, 2));
    let guardrails = area(&found, "capabilities", "guardrails")["criteria"].as_array().unwrap();
    assert_eq!(guardrails.last().unwrap()["holds"], false);
}

#[test]
fn what_only_the_host_knows_is_unknown_without_it() {
    let (policy, log) = operational();
    let governance = |log: &str, host: Host| -> Vec<Value> {
        let found = heard(&policy, log, host);
        let criteria =
            area(&found, "capabilities", "governance")["criteria"].as_array().unwrap().iter();
        criteria.filter(|it| it["level"] != 1).map(|it| it["holds"].clone()).collect()
    };
    // Reasons of changes, the review, signatures, waivers, groups.
    let unknown = json!("unknown");
    let nobody = governance("", Host::default());
    assert_eq!(
        nobody,
        [json!(true), unknown.clone(), unknown.clone(), unknown.clone(), unknown.clone()]
    );
    // The log ends some time, which is a present as well; whether signatures hold it cannot tell.
    let logged = governance(&log, Host::default());
    assert_eq!(logged, [json!(true), json!(true), unknown, json!(true), json!(true)]);
    let refuted = governance(&log, Host { now: None, approved: Some(false) });
    assert_eq!(refuted[2], false);
}

#[test]
fn contacts_are_counted_once_whatever_their_steps_and_records_of_other_policies_are_named() {
    let ours = json!({ "id": "ours" });
    let later = json!({ "type": "contact", "contact": "c1", "step": "ended", "channel": "phone" });
    let history = [contact(5, "c1", &json!({})), event("desk", 4, later)];
    let log =
        [line(&ours, 1, &history, &json!({}), false), line(&json!({}), 2, &[], &json!({}), false)];
    let found = audited(&ours, &log.concat(), None);
    let structure = &area(&found, "infrastructure", "structure")["criteria"][0];
    assert_eq!(structure["evidence"], "log: 1 of 1 contacts name their matter");
    assert_eq!(found["otherPolicies"].as_object().unwrap().len(), 1);
    let says = found["alarms"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "otherPolicies")
        .unwrap();
    assert_eq!(says["says"], "1 of 2 records were decided by other policies");
}

#[test]
fn what_no_number_tells_is_listed_for_somebody_to_look_at() {
    let changed = |patch: Value| -> Vec<String> {
        let found = audited(&patch, "", None);
        let all = found["ledger"]["policy"].as_array().unwrap().iter();
        all.filter(|it| it["kind"] != "ruleOnly")
            .map(|it| format!("{} {}", it["kind"].as_str().unwrap(), it["path"].as_str().unwrap()))
            .collect()
    };
    for (patch, listed) in [
        (
            json!({ "guards": { "consent": { "pitchNeedsProfiling": false } } }),
            "changed /guards/consent/pitchNeedsProfiling",
        ),
        (
            json!({ "guards": { "suppression": { "stopsNotices": [] } } }),
            "changed /guards/suppression/stopsNotices",
        ),
        (
            json!({ "guards": { "quietHours": { "night": { "from": "23:58" } } } }),
            "changed /guards/quietHours/night/from",
        ),
        (
            json!({ "guards": { "caps": { "pitchWeek": { "channels": ["ivr"] } } } }),
            "changed /guards/caps/pitchWeek/channels",
        ),
        (
            json!({ "guards": { "phrases": { "begging": { "en": [] } } } }),
            "changed /guards/phrases/begging/en",
        ),
        (json!({ "guards": { "keptRate": { "least": 50 } } }), "loosened /guards/keptRate/least"),
        (json!({ "signals": { "deadClick": null } }), "leftOut /signals/deadClick"),
        (
            json!({ "scores": { "friction": { "kinds": { "rageClick": { "weight": 1 } } } } }),
            "loosened /scores/friction/kinds/rageClick/weight",
        ),
        (json!({ "review": { "minPeople": 1 } }), "loosened /review/minPeople"),
    ] {
        assert_eq!(changed(patch), [listed]);
    }
    assert_eq!(
        changed(
            json!({ "words": { "friction": { "visitor": "x", "staff": "y" } }, "guards": { "keptRate": { "least": 1 } } })
        ),
        Vec::<String>::new()
    );
}
