//! The right help, case by case: what a person gets, by when, through whom, and in which words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "routing/clocks.rs"]
mod clocks;
#[path = "routing/continuity.rs"]
mod continuity;
#[path = "routing/dates.rs"]
mod dates;
#[path = "routing/hard.rs"]
mod hard;
#[path = "routing/promises.rs"]
mod promises;
#[path = "routing/rules.rs"]
mod rules;
#[path = "routing/scores.rs"]
mod scores;
#[path = "routing/ways.rs"]
mod ways;

use serde_json::{Value, json};
use tactful::{Decision, History, Ms, Resident, Salt, Story, policy};

/// A Wednesday, ten in the morning in London, noon in Berlin.
const NOW: i64 = 1_789_552_800_000;
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A story of which only what matters is said.
struct Given {
    policy: Value,
    history: Vec<Value>,
    page: Vec<Value>,
    started: i64,
    moment: Value,
}

impl Given {
    fn new() -> Self {
        let moment = json!({ "now": NOW, "zone": [{ "from": 0, "offsetMinutes": 120 }] });
        Self {
            policy: json!({}),
            history: Vec::new(),
            page: Vec::new(),
            started: NOW - 5 * MINUTE,
            moment,
        }
    }

    fn policy(mut self, patch: Value) -> Self {
        self.policy = patch;
        self
    }

    fn known(mut self, kind: &str, id: &str, at: i64, fields: Value) -> Self {
        let mut event = json!({ "type": kind, "id": id, "at": at, "source": "test" });
        merge(&mut event, fields);
        self.history.push(event);
        self
    }

    fn profiled(self) -> Self {
        self.known(
            "consent",
            "profiling",
            NOW - 300 * DAY,
            json!({ "purpose": "profiling", "state": "granted" }),
        )
    }

    fn contact(self, id: &str, ago: i64, step: &str, channel: &str, fields: Value) -> Self {
        let mut event =
            json!({ "contact": "k1", "step": step, "channel": channel, "matter": "export" });
        merge(&mut event, fields);
        self.known("contact", id, NOW - ago, event)
    }

    fn sees(mut self, kind: &str, ago: i64, fields: Value) -> Self {
        let mut event = json!({ "type": kind, "t": NOW - ago - self.started });
        merge(&mut event, fields);
        self.page.push(event);
        self
    }

    fn wishes(self, wish: &str) -> Self {
        self.sees("wish", SECOND, json!({ "for": wish }))
    }

    /// A search in vain and another with other words: some trouble.
    fn searches(self) -> Self {
        self.sees("search", 50 * SECOND, json!({ "results": 0, "lenTokens": 2 })).sees(
            "search",
            30 * SECOND,
            json!({ "results": 3, "lenTokens": 2, "simPrev": 60 }),
        )
    }

    /// Errors, dead clicks and an empty search: more than anybody should have.
    fn struggles(self) -> Self {
        let mut given = self.sees(
            "pageView",
            5 * MINUTE,
            json!({ "page": "app", "role": "app", "topic": "export" }),
        );
        given = given.sees("search", 60 * SECOND, json!({ "results": 0, "lenTokens": 2 }));
        for i in 0..6 {
            given = given.sees(
                "click",
                40 * SECOND - i * 180,
                json!({ "target": "export", "control": "button" }),
            );
        }
        given.sees("click", 10 * SECOND, json!({ "target": "save", "control": "button" })).sees(
            "error",
            9 * SECOND,
            json!({ "class": "script", "fp": "e" }),
        )
    }

    fn moment(mut self, fields: Value) -> Self {
        merge(&mut self.moment, fields);
        self
    }

    fn desk(self, route: &str, fields: Value) -> Self {
        let mut status = json!({ "route": route, "asOf": NOW, "open": true, "staffed": true });
        merge(&mut status, fields);
        let mut routes = self.moment.get("routes").cloned().unwrap_or_else(|| json!([]));
        routes.as_array_mut().unwrap().push(status);
        self.moment(json!({ "routes": routes }))
    }

    fn article(self, solves: i64) -> Self {
        let article =
            json!({ "id": "guide", "matter": "export", "solves": solves, "readMs": 120_000 });
        self.moment(json!({ "articles": [article], "matter": "export" }))
    }

    fn story(&self) -> Story {
        // As they happened, in whichever order they were written down here.
        let mut page = self.page.clone();
        page.sort_by_key(|event| event["t"].as_i64());
        let story = json!({
            "name": "case", "person": "ada", "policy": self.policy, "history": self.history,
            "visit": { "startedAt": self.started, "events": page }, "moment": self.moment,
        });
        Story::from_json(&story.to_string()).unwrap_or_else(|e| panic!("{e:?}"))
    }

    fn decide(&self) -> Decision {
        let decision = self.story().decide(&policy::starter().unwrap());
        decision.unwrap_or_else(|errors| panic!("{errors:?}"))
    }

    /// The same person, kept where decisions are made.
    fn resident(&self) -> Resident {
        let story = self.story();
        let policy = policy::compile(&self.policy.to_string()).unwrap();
        let mut known = History::new().of(&story.person);
        known.learn(story.history);
        let mut resident = Resident::new(policy.into(), known, Ms(self.started), Salt(0));
        story.visit.unwrap().events.iter().for_each(|event| resident.track(event));
        resident.set_moment(story.moment);
        resident
    }

    fn route(&self) -> &'static str {
        self.decide().route.as_str()
    }
}

fn merge(into: &mut Value, fields: Value) {
    for (key, value) in fields.as_object().unwrap() {
        into[key] = value.clone();
    }
}

fn codes(decision: &Decision) -> Vec<&str> {
    decision.because.iter().map(|reason| reason.code.as_str()).collect()
}
