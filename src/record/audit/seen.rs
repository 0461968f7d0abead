//! What a log shows, counted once: events by their source and id, however many records repeat them.

use crate::decision::ReasonCode;
use crate::event::history::{
    AskStep, CaseStep, Cleared, FeedStatus, HistoryBody, PromiseStep, SurveyStep, Switch, TouchStep,
};
use crate::event::{Channel, Purpose};
use crate::program::Policy;
use crate::unit::Ms;
use crate::{HistoryEvent, Story, Text};
use core::hash::{Hash, Hasher};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many of a kind are named.
const NAMED: usize = 5;

/// Part of something, and the whole.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) part: u64,
    pub(super) whole: u64,
}

impl Share {
    fn add(&mut self, holds: bool) {
        self.part += u64::from(holds);
        self.whole += 1;
    }
}

/// Things that happened, with some of them by name.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) people: BTreeSet<Text>,
    pub(super) examples: Vec<Value>,
}

impl Tally {
    fn add(&mut self, person: &str, what: Value) {
        self.count += 1;
        self.people.insert(person.into());
        if self.examples.len() < NAMED {
            self.examples.push(what);
        }
    }
}

/// Contacts, each by what its first record says of it.
#[derive(Default)]
pub(super) struct Contacts {
    pub(super) matter: Share,
    pub(super) process: Share,
    pub(super) staff: Share,
    pub(super) channels: BTreeSet<Channel>,
    /// Waits, transfers, queues: what happened on the way.
    pub(super) way: u64,
    /// Every one of them, and whether any of its steps names who handled it: the first seldom knows.
    handled: FxHashMap<u64, bool>,
}

/// What a log shows.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) records: u64,
    pub(super) people: BTreeSet<Text>,
    /// The moment of the last record.
    pub(super) last: Ms,
    pub(super) grouped: Share,
    pub(super) stage: Share,
    pub(super) usage: Share,
    pub(super) consent: Share,
    pub(super) covered: Share,
    pub(super) duty: Share,
    pub(super) certain: Share,
    /// Different answers: a route, and what is allowed.
    pub(super) answers: BTreeSet<(Text, u8)>,
    pub(super) contacts: Contacts,
    /// People of whom it is known that something was solved.
    pub(super) resolved: BTreeSet<Text>,
    /// People of whom milestones are known.
    pub(super) milestones: BTreeSet<Text>,
    /// Promises, and whether they came to an end.
    promises: BTreeMap<(Text, Text), bool>,
    pub(super) asks: u64,
    pub(super) last_outcome: Option<Ms>,
    /// People of whom it is known how they fared.
    pub(super) fared: BTreeSet<Text>,
    /// Records of other policies, by their digests.
    pub(super) others: BTreeMap<Text, u64>,
    /// Bands of effort in which it is known how somebody fared.
    pub(super) bands: BTreeSet<Text>,
    /// What is known of a touch, by person and touch.
    touches: BTreeMap<(Text, Text), Touched>,
    systems: BTreeMap<Text, BTreeSet<Text>>,
    feeds: BTreeMap<Text, (Ms, FeedStatus)>,
    /// Versions of processes that the policy does not know.
    pub(super) unknown: BTreeSet<(Text, Text)>,
    pub(super) asked_again: Tally,
    pub(super) lifted: Tally,
    pub(super) bypasses: Tally,
    pub(super) past_closed: Tally,
    pub(super) on_request: Tally,
    once: FxHashSet<u64>,
    /// What was allowed, decision by decision.
    allowed: FxHashMap<Text, Vec<(Ms, u8)>>,
    /// Steps of each question, by person and field.
    questions: BTreeMap<(Text, Text), Vec<Step>>,
}

impl Seen {
    /// Takes a record: what was given and what was decided.
    pub(super) fn record(
        &mut self,
        number: u32,
        given: &Story,
        decided: &Value,
        grouped: bool,
        policy: &Policy,
    ) {
        let person = given.person.as_str();
        let at = given.moment.now;
        self.records += 1;
        self.last = self.last.max(at);
        self.people.insert(person.into());
        self.grouped.add(grouped);
        let said = |pointer: &str| decided.pointer(pointer).and_then(Value::as_str);
        self.stage.add(said("/scores/stage/name").is_some_and(|stage| stage != "unknown"));
        let coverage = decided.pointer("/scores/effort/coverage").and_then(Value::as_i64);
        let enough = policy.scores.effort.min_coverage.get();
        self.covered.add(coverage.is_some_and(|it| it >= enough));
        let knows = |is: &dyn Fn(&HistoryBody) -> bool| given.history.iter().any(|e| is(&e.body));
        let usage = |body: &HistoryBody| match body {
            HistoryBody::Fact(fact) => policy.facts.contains(&fact.name),
            _ => false,
        };
        self.usage.add(knows(&usage) || given.moment.facts.keys().next().is_some());
        self.consent.add(knows(&|body| matches!(body, HistoryBody::Consent(_))));
        self.duty.add(!given.moment.routes.is_empty());
        let digest = said("/policy/digest").unwrap_or_default();
        if digest != policy.digest {
            *self.others.entry(digest.into()).or_default() += 1;
        }
        let cites = |code: ReasonCode| is_cited(decided, code);
        self.certain.add(!cites(ReasonCode::IdentityUncertain));
        let allowed = mask(decided);
        self.answers.insert((said("/route").unwrap_or("none").into(), allowed));
        if given.moment.proposal.is_some() {
            let on_request = cites(ReasonCode::CustomerAsked);
            let proposed = given.moment.proposal.as_ref().map(|it| it.purpose);
            let example = || json!({ "record": number, "person": person });
            if on_request {
                self.on_request.add(person, example());
            }
            let notice = proposed == Some(Purpose::ServiceNotice);
            if notice && has(allowed, Purpose::ServiceNotice) && !has(allowed, Purpose::Pitch) {
                self.past_closed.add(person, example());
            }
        }
        let mut events: Vec<&HistoryEvent> = given.history.iter().collect();
        events.sort_by_key(|event| event.at);
        let mut outcome = false;
        for event in events {
            outcome |= is_outcome(&event.body);
            if self.once.insert(hash(&[person, &event.source, &event.id])) {
                self.event(number, person, event, policy);
            }
        }
        if let (true, Some(band)) = (outcome, said("/scores/effort/band")) {
            self.bands.insert(band.into());
            self.fared.insert(person.into());
        }
        self.allowed.entry(person.into()).or_default().push((at, allowed));
    }

    fn event(&mut self, number: u32, person: &str, event: &HistoryEvent, policy: &Policy) {
        self.systems.entry(person.into()).or_default().insert(event.source.clone());
        let example = json!({ "record": number, "person": person, "event": event.id });
        if is_outcome(&event.body) {
            self.last_outcome = self.last_outcome.max(Some(event.at));
        }
        match &event.body {
            HistoryBody::Contact(it) => {
                let contacts = &mut self.contacts;
                // Later steps need not say again what the first said.
                let key = hash(&[person, &event.source, &it.contact]);
                let handled = contacts.handled.entry(key).or_insert_with(|| {
                    contacts.matter.add(it.matter.is_some() || it.category.is_some());
                    contacts.process.add(it.process.is_some());
                    false
                });
                *handled |= it.agent.is_some() || it.team.is_some();
                contacts.channels.insert(it.channel);
                contacts.way += u64::from(it.wait_ms.is_some() || it.warm.is_some());
                if it.solved == Some(true) {
                    self.resolved.insert(person.into());
                }
            }
            HistoryBody::Case(it) if it.step == CaseStep::Resolved => {
                self.resolved.insert(person.into());
            }
            HistoryBody::Milestone(_) => drop(self.milestones.insert(person.into())),
            HistoryBody::Promise(it) => {
                let ended = it.step != PromiseStep::Made;
                let key = (person.into(), it.promise.clone());
                *self.promises.entry(key).or_default() |= ended;
            }
            HistoryBody::Ask(it) => {
                let key = (person.into(), it.field.clone());
                self.questions.entry(key).or_default().push((event.at, it.step, example));
            }
            HistoryBody::Feed(it) => {
                let known = self.feeds.get(&it.feed).is_some_and(|(at, _)| *at > event.at);
                if !known {
                    self.feeds.insert(it.feed.clone(), (event.at, it.status));
                }
            }
            HistoryBody::Process(it) => {
                let versions = policy.processes.get(&it.process).map(|it| &it.versions);
                if !versions.is_some_and(|known| known.contains_key(&it.version)) {
                    self.unknown.insert((it.process.clone(), it.version.clone()));
                }
            }
            HistoryBody::Sensitive(it) if it.step == Cleared::Cleared => {
                self.lifted.add(person, example);
            }
            HistoryBody::Suppression(it) if it.state == Switch::Off => {
                self.lifted.add(person, example);
            }
            HistoryBody::Touch(it) => {
                let key = (person.into(), it.touch.clone());
                let known = self.touches.entry(key).or_default();
                known.answered |= matches!(it.step, TouchStep::Accepted | TouchStep::Dismissed);
                if it.step.is_made() {
                    let offer = it.offer.as_ref().and_then(|offer| policy.offers.get(offer));
                    let sells = offer.is_some_and(|offer| offer.incentive == Some(true));
                    let purpose = if sells { Purpose::Pitch } else { it.purpose };
                    known.make(Made { at: event.at, purpose, example });
                }
            }
            // An invitation counts once, however it was told.
            HistoryBody::Survey(it) => {
                let key = (person.into(), it.survey.clone());
                let known = self.touches.entry(key).or_default();
                known.answered |= it.step == SurveyStep::Answered;
                if it.step == SurveyStep::Invited {
                    known.make(Made { at: event.at, purpose: Purpose::Survey, example });
                }
            }
            _ => {}
        }
    }

    /// All records were taken, in whichever order they came: what was done against decisions and answers.
    pub(super) fn judge(&mut self) {
        for ((person, _), touch) in &self.touches {
            let Some(made) = touch.made.as_ref() else { continue };
            let decisions = self.allowed.get(person).into_iter().flatten();
            let before: Vec<_> = decisions.filter(|(then, _)| *then <= made.at).collect();
            let last = before.iter().map(|(then, _)| *then).max();
            // Of several at one instant some may know of it already, and deny another.
            let mut of_last = before.iter().filter(|(then, _)| Some(*then) == last).peekable();
            let decided = of_last.peek().is_some();
            if decided && of_last.all(|(_, allowed)| !has(*allowed, made.purpose)) {
                self.bypasses.add(person, made.example.clone());
            }
        }
        for ((person, _), steps) in &mut self.questions {
            steps.sort_by_key(|(at, ..)| *at);
            let (mut known, mut asked) = (false, 0);
            for (_, step, example) in steps {
                match step {
                    AskStep::Answered | AskStep::Refused => known = true,
                    AskStep::Asked => {
                        asked += 1;
                        if known {
                            self.asked_again.add(person, example.clone());
                        }
                    }
                }
            }
            // What was answered was asked, told or not.
            self.asks += asked.max(1);
        }
        self.contacts.handled.values().for_each(|handled| self.contacts.staff.add(*handled));
    }

    /// Touches of which it is known what came of them.
    pub(super) fn answered_touches(&self) -> Share {
        let mut share = Share::default();
        self.touches.values().for_each(|touch| share.add(touch.answered));
        share
    }

    /// Promises of which it is known how they ended.
    pub(super) fn ended_promises(&self) -> Share {
        let mut share = Share::default();
        self.promises.values().for_each(|ended| share.add(*ended));
        share
    }

    /// People among all.
    pub(super) fn of_people(&self, some: &BTreeSet<Text>) -> Share {
        Share { part: some.len() as u64, whole: self.people.len() as u64 }
    }

    /// The systems anything came from.
    pub(super) fn systems(&self) -> BTreeSet<&Text> {
        self.systems.values().flatten().collect()
    }

    /// People known to more than one system.
    pub(super) fn joined(&self) -> Share {
        let mut share = Share::default();
        self.systems.values().for_each(|systems| share.add(systems.len() > 1));
        share
    }

    /// Sources that have fallen silent.
    pub(super) fn silent(&self) -> Vec<&Text> {
        let silent = |it: &(&Text, &(Ms, FeedStatus))| it.1.1 == FeedStatus::Silent;
        self.feeds.iter().filter(silent).map(|(name, _)| name).collect()
    }
}

/// A step of a question: when, which, and what says so.
type Step = (Ms, AskStep, Value);

/// What is known of a touch.
#[derive(Default)]
struct Touched {
    made: Option<Made>,
    answered: bool,
}

impl Touched {
    /// What was shown and sent is one touch, made when it was first.
    fn make(&mut self, made: Made) {
        if self.made.as_ref().is_none_or(|known| made.at < known.at) {
            self.made = Some(made);
        }
    }
}

/// That a touch was made, and what says so.
struct Made {
    at: Ms,
    purpose: Purpose,
    example: Value,
}

/// One number for several names.
fn hash(names: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    names.hash(&mut hasher);
    hasher.finish()
}

/// Whether a decision names a reason, for its route or against anything.
fn is_cited(decided: &Value, code: ReasonCode) -> bool {
    let is = |reason: &Value| reason.get("code").and_then(Value::as_str) == Some(code.as_str());
    let list = |value: Option<&Value>| {
        value.and_then(Value::as_array).is_some_and(|all| all.iter().any(is))
    };
    let verdicts = decided.get("verdicts").and_then(Value::as_object).into_iter().flatten();
    list(decided.get("because")) || verdicts.into_iter().any(|(_, it)| list(it.get("blockers")))
}

/// Whether it says how somebody fared.
fn is_outcome(body: &HistoryBody) -> bool {
    match body {
        HistoryBody::Outcome(_) => true,
        HistoryBody::Survey(it) => it.step == SurveyStep::Answered,
        _ => false,
    }
}

/// What a decision allows, a bit each.
fn mask(decided: &Value) -> u8 {
    Purpose::ALL.iter().fold(0, |mask, purpose| {
        let verdict = decided.pointer(&format!("/verdicts/{}/allowed", purpose.as_str()));
        mask | u8::from(verdict == Some(&Value::Bool(true))) << *purpose as u8
    })
}

const fn has(mask: u8, purpose: Purpose) -> bool {
    mask & 1 << purpose as u8 != 0
}
