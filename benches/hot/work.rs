//! What is done again and again, on the same person in the same visit: for timing, and for counting
//! instructions.

use std::rc::Rc;
use tactful::{
    History, HistoryEvent, Micros, Moment, Ms, Resident, Salt, Story, VisitEvent, policy,
};

const NOW: Ms = Ms(1_789_552_800_000);
/// Own rules over features of the host, as an organisation that scores by itself has them.
const POLICY: &str = r#"{ "id": "hot",
    "facts": { "my.trouble": { "unit": "permille" }, "my.queue": { "unit": "people" }, "my.value": { "unit": "permille" } },
    "scores": { "sums": { "my.sum": { "of": { "fact:my.trouble": 3, "fact:my.value": 1 }, "per": 4 } } },
    "guards": { "rules": {
        "queue": { "order": 1, "code": "queue", "when": { "what": "fact:my.queue", "atLeast": 10 }, "blocks": ["pitch"], "words": "Many are waiting." },
        "tired": { "order": 2, "code": "tired", "when": { "any": [{ "what": "my.sum", "atLeast": 800 }, { "what": "fact:my.value", "atMost": 100 }] }, "blocks": ["pitch", "survey"], "words": "Not now." } } },
    "routes": { "rules": {
        "stuck": { "order": 1, "code": "stuck", "when": { "all": [{ "what": "my.sum", "atLeast": 600 }, { "what": "fact:my.queue", "atMost": 5 }] }, "route": "human", "words": "You seem to be stuck." } } } }"#;

/// One thing that is done, by name.
pub const WORK: [&str; 7] = ["push", "again", "click", "page", "moment", "learn", "decide"];

pub struct Work {
    resident: Resident,
    /// Somebody of whom more is known than is kept.
    known: Resident,
    event: HistoryEvent,
    moment: Moment,
    click: VisitEvent,
    page: VisitEvent,
    facts: Vec<i32>,
    slots: [usize; 3],
    round: i64,
}

/// Contacts, notices, facts and milestones, one every three hours.
fn history(count: i64) -> String {
    let event = |i: i64| {
        let (at, matter) = (NOW.0 - (count - i) * 10_800_000, i / 2 % 7);
        let body = match i % 5 {
            0 => format!(
                r#""type": "contact", "contact": "c{i}", "step": "started", "channel": "web", "matter": "m{matter}""#
            ),
            1 => format!(
                r#""type": "contact", "contact": "c{}", "step": "ended", "channel": "web", "solved": true"#,
                i - 1
            ),
            2 => format!(
                r#""type": "touch", "touch": "t{i}", "step": "sent", "purpose": "serviceNotice", "channel": "email""#
            ),
            3 => format!(r#""type": "fact", "name": "plan.seats", "value": {i}"#),
            _ => r#""type": "milestone", "name": "limitHit""#.to_owned(),
        };
        format!(r#"{{ "id": "e{i}", "at": {at}, "source": "s", {body} }}"#)
    };
    let long_ago = NOW.0 - 40_000_000_000;
    let consent = format!(
        r#"{{ "id": "c", "at": {long_ago}, "source": "s", "type": "consent", "purpose": "profiling", "state": "granted" }}"#
    );
    let events: Vec<String> = [consent].into_iter().chain((0..count).map(event)).collect();
    events.join(",")
}

impl Work {
    pub fn new() -> Self {
        let policy = Rc::new(policy::compile(POLICY).expect("the policy compiles"));
        let page = |t: i64| {
            format!(r#"{{ "type": "pageView", "t": {t}, "page": "p{t}", "role": "article" }}"#)
        };
        let click = |t: i64| {
            format!(
                r#"{{ "type": "click", "t": {t}, "target": "b", "control": "button", "x": 1, "y": 2 }}"#
            )
        };
        let search =
            |t: i64| format!(r#"{{ "type": "search", "t": {t}, "results": 0, "lenTokens": 2 }}"#);
        let events: Vec<String> = (0..16)
            .flat_map(|i| [page(i * 5000), click(i * 5000 + 1000), search(i * 5000 + 3000)])
            .collect();
        let story = |count: i64| {
            let story = format!(
                r#"{{ "name": "-", "person": "ada", "history": [{3}], "visit": {{ "startedAt": {0}, "events": [{1}] }},
                "moment": {{ "now": {2}, "routes": [{{ "route": "human", "asOf": {0}, "open": true, "staffed": true }},
                    {{ "route": "chatbot", "asOf": {0}, "open": true }}], "articles": [{{ "id": "a", "matter": "m1", "solves": 500 }}] }} }}"#,
                NOW.0,
                events.join(","),
                NOW.0 + 80_000,
                history(count),
            );
            Story::from_json(&story).expect("the story is one")
        };
        let about = |story: Story| {
            let mut known = History::new().of("ada");
            known.learn(story.history);
            let mut resident = Resident::new(Rc::clone(&policy), known, NOW, Salt(0));
            let seen = story.visit.expect("there is a visit").events;
            seen.iter().for_each(|event| resident.track(event));
            resident.set_moment(story.moment.clone());
            (resident, story.moment, seen[0], seen[1])
        };
        let (known, ..) = about(story(1000));
        let (resident, moment, page, click) = about(story(200));
        let event = resident.history().events().last().expect("something is known").clone();
        let facts = vec![i32::MIN; policy.facts.len()];
        let slot = |name: &str| policy.slot(name).expect("a fact of the policy");
        let slots = [slot("my.trouble"), slot("my.queue"), slot("my.value")];
        let mut work = Self { resident, known, event, moment, click, page, facts, slots, round: 0 };
        // Until nothing is made for the first time.
        for _ in 0..64 {
            WORK.iter().for_each(|what| {
                work.run(what);
            });
        }
        work
    }

    /// Does it once; something of the answer, so that nobody leaves it out.
    pub fn run(&mut self, what: &str) -> u32 {
        self.round += 1;
        let now = Ms(NOW.0 + 80_000 + self.round);
        let told = |event: VisitEvent, round: i64| VisitEvent {
            t: Micros((80_000 + round) * 1000),
            ..event
        };
        match what {
            // The host's features change, some across a threshold.
            "push" => {
                for (i, slot) in self.slots.iter().enumerate() {
                    self.facts[*slot] = (self.round as i32 * 37 + i as i32 * 311) % 1000;
                }
                self.resident.push(&self.facts);
            }
            "again" => {}
            "click" => self.resident.track(&told(self.click, self.round)),
            "page" => self.resident.track(&told(self.page, self.round)),
            "moment" => {
                let language = Some(if self.round % 2 == 0 { "en" } else { "de" }.into());
                self.resident.set_moment(Moment { language, now, ..self.moment.clone() });
            }
            // The oldest makes room for it.
            "learn" => {
                let id = format!("more{}", self.round);
                let at = Ms(NOW.0 + self.round);
                self.known.learn([HistoryEvent { id: id.into(), at, ..self.event.clone() }]);
                return self.known.answer(now).bits();
            }
            "decide" => return self.resident.decide(now).because.len() as u32,
            other => panic!("{other} is nothing that is done here: {}", WORK.join(", ")),
        }
        self.resident.answer(now).bits()
    }
}
