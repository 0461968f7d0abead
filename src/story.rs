//! Stories: what is given, what is expected. The file format of tests, demos, bug reports and
//! what-ifs.

use crate::event::visit::VisitBody;
use crate::event::{HistoryEvent, Purpose, Route, VisitEvent};
use crate::explain::{Edit, Explanation, explain};
use crate::id::Salt;
use crate::moment::Moment;
use crate::shape::{Json, OneOrMore, record};
use crate::{
    Decision, Error, ErrorCode, History, Micros, Mistakes, Ms, Policy, Visit, decide, json, policy,
};
use serde_json::Value;

/// Stamps that lie no further apart may have been made in another order than they were told.
const TOGETHER: Micros = Micros(1_000_000);

record! {
    /// A person, what is known, what happens, and what should come of it.
    pub struct Story {
        /// What it is called.
        pub name: String,
        /// Why it matters.
        pub why: Option<String>,
        /// What differs from the starter policy (a merge patch).
        pub policy: Option<Json>,
        /// The person.
        pub person: String,
        /// Their account.
        pub account: Option<String>,
        /// What is known.
        pub history: Vec<HistoryEvent>,
        /// What happens.
        pub visit: Option<StoryVisit>,
        /// The moment of the decision.
        pub moment: Moment,
        /// What should come of it.
        pub expect: Option<Expect>,
    }
}

record! {
    /// A visit in a story.
    pub struct StoryVisit {
        /// When it began.
        pub started_at: Ms,
        /// Its events.
        pub events: Vec<VisitEvent>,
    }
}

record! {
    /// What a decision should be like. Only what is named is checked.
    pub struct Expect {
        /// The route, or one of several.
        pub route: Option<OneOrMore<Route>>,
        /// Whether a pitch is allowed.
        pub pitch: Option<bool>,
        /// Whether a survey is allowed.
        pub survey: Option<bool>,
        /// Codes among the reasons or any blockers.
        pub cites: Vec<String>,
        /// Codes that may not be among the reasons, nor the blockers of what was asked.
        pub never_cites: Vec<String>,
        /// When the proposal, or else a pitch, may be made again.
        pub defer_until: Option<Ms>,
        /// The question asked; `null` for none.
        pub ask: Option<Json>,
        /// Parts of the handoff that must not be empty, or fields that were answered.
        pub handoff_has: Vec<String>,
        /// For other readers.
        pub extra: Option<Json>,
    }
}

impl Story {
    /// Reads a story.
    ///
    /// # Errors
    /// Every mistake, each with a pointer and a hint.
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        Self::from_value(json::parse(text)?)
    }

    /// A story that somebody wrote.
    pub(crate) fn from_value(value: Value) -> Result<Self, Mistakes> {
        let story = Self::recorded(value)?;
        Mistakes::unless_none(story.events_out_of_order(), Some(story))
    }

    /// What was told of a visit that was, as it came.
    pub(crate) fn recorded(mut value: Value) -> Result<Self, Mistakes> {
        let mut errors = Vec::new();
        resolve_zone(&mut value, &mut errors);
        let story: Option<Self> = json::read(&value, "", &mut errors);
        errors.extend(story.iter().flat_map(Self::events_after_now));
        errors.extend(story.iter().flat_map(Self::nameless_events));
        Mistakes::unless_none(errors, story)
    }

    /// What has no name cannot be told from other events that have none.
    fn nameless_events(&self) -> Vec<Error> {
        let events = self.history.iter().enumerate();
        events.filter_map(|(i, event)| event.nameless(&format!("/history/{i}"))).collect()
    }

    /// What has not happened yet cannot be decided on.
    fn events_after_now(&self) -> Vec<Error> {
        let Some(visit) = &self.visit else { return Vec::new() };
        let now = self.moment.now;
        let wall = |event: &VisitEvent| visit.started_at.plus(Ms(event.t.ms()));
        let late = visit.events.iter().enumerate().filter(|(_, event)| wall(event) > now);
        late.map(|(i, _)| {
            Error::new(
                ErrorCode::Conflict,
                format!("/visit/events/{i}/t"),
                "this happens after the moment of the decision",
            )
            .hint("startedAt + t may not be later than moment.now")
        })
        .collect()
    }

    /// What is written down after what happened later would not be believed; of live events that is
    /// counted, in a story it is a slip.
    fn events_out_of_order(&self) -> Vec<Error> {
        let events = self.visit.iter().flat_map(|visit| &visit.events).enumerate();
        let (mut latest, mut input) = (Micros(0), Micros(0));
        let mut errors = Vec::new();
        for (i, event) in events {
            let before = if event.body.is_input() { input } else { latest };
            if before.since(event.t) > TOGETHER && !matches!(event.body, VisitBody::Effect(_)) {
                let place = format!("/visit/events/{i}/t");
                let message = "this happened before what stands before it";
                let hint = "visit events stand in the order in which they happened";
                errors.push(Error::new(ErrorCode::Conflict, place, message).hint(hint));
            }
            latest = latest.max(event.t);
            if event.body.is_input() {
                input = input.max(event.t);
            }
        }
        errors
    }

    /// Decides the story as a what-if: with `base`, or with its own policy over the starter.
    ///
    /// # Errors
    /// The mistakes in the story's policy, with pointers into the merged policy below `/policy`.
    pub fn decide(&self, base: &Policy) -> Result<Decision, Mistakes> {
        self.decide_salted(base, Salt(0))
    }

    /// The same for a visit whose keys have a salt.
    pub(crate) fn decide_salted(&self, base: &Policy, salt: Salt) -> Result<Decision, Mistakes> {
        self.set(base, salt, decide)
    }

    /// Decides the story and explains it: what would have changed the answer, and why other routes lost.
    ///
    /// # Errors
    /// As [`Story::decide`].
    pub fn explain(&self, base: &Policy) -> Result<Explanation, Mistakes> {
        self.set(base, Salt(0), explain)
    }

    /// The story with a single change, as an explanation names it.
    #[must_use]
    pub fn with(&self, edit: &Edit) -> Self {
        let mut story = Self { moment: edit.moment(&self.moment), ..self.clone() };
        let gone = edit.forget.as_deref().unwrap_or_default();
        story.history.retain(|event| !gone.contains(&event.id));
        story.history.extend(edit.learn.clone());
        // A visit that nobody told of began with the moment it had.
        let began = || StoryVisit { started_at: self.moment.now, events: Vec::new() };
        let visit = story.visit.get_or_insert_with(began);
        visit.events.extend(edit.say);
        story
    }

    /// Folds what is given and hands it over.
    fn set<T>(
        &self,
        base: &Policy,
        salt: Salt,
        run: impl FnOnce(&Policy, &History, &Visit, &Moment) -> T,
    ) -> Result<T, Mistakes> {
        let own = match &self.policy {
            None => None,
            Some(patch) => {
                let below = |errors: Mistakes| -> Mistakes {
                    errors.into_iter().map(|error| error.below("/policy")).collect()
                };
                Some(policy::compile(&patch.0).map_err(below)?)
            }
        };
        let policy = own.as_ref().unwrap_or(base);
        let mut history = History::new().of(&self.person);
        history.learn(self.history.iter().cloned());
        let started_at = self.visit.as_ref().map_or(self.moment.now, |visit| visit.started_at);
        let mut visit = Visit::new(started_at, salt);
        for event in self.visit.iter().flat_map(|visit| &visit.events) {
            visit.track(&policy.signals, event);
        }
        Ok(run(policy, &history, &visit, &self.moment))
    }

    /// Decides and compares with what is expected: one line for each difference.
    ///
    /// # Errors
    /// As [`Story::decide`].
    pub fn test(&self, base: &Policy) -> Result<Vec<String>, Mistakes> {
        let decision = self.decide(base)?;
        let proposed = self.moment.proposal.as_ref().map(|proposal| proposal.purpose);
        Ok(self.expect.as_ref().map_or_else(Vec::new, |e| e.differences(&decision, proposed)))
    }
}

impl Expect {
    fn differences(&self, decision: &Decision, proposed: Option<Purpose>) -> Vec<String> {
        let mut out = Vec::new();
        let mut differ = |what: &str, wanted: String, got: String| {
            if wanted != got {
                out.push(format!("{what}: expected {wanted}, got {got}"));
            }
        };
        if let Some(OneOrMore(routes)) = &self.route
            && !routes.contains(&decision.route)
        {
            let wanted: Vec<&str> = routes.iter().map(|route| route.as_str()).collect();
            differ("route", wanted.join(" or "), decision.route.as_str().to_owned());
        }
        for (what, purpose, wanted) in [
            ("pitch allowed", Purpose::Pitch, self.pitch),
            ("survey allowed", Purpose::Survey, self.survey),
        ] {
            if let Some(wanted) = wanted {
                let verdict = decision.verdicts.of(purpose);
                differ(what, wanted.to_string(), verdict.allowed.to_string());
            }
        }
        let reasons = || decision.because.iter().map(|reason| reason.code.as_str());
        let blockers = |purpose: Purpose| {
            decision.verdicts.of(purpose).blockers.iter().map(|blocker| blocker.code.as_str())
        };
        for code in &self.cites {
            let found = reasons().chain(Purpose::ALL.iter().flat_map(|p| blockers(*p)));
            let cited: Vec<&str> = found.collect();
            if !cited.contains(&code.as_str()) {
                differ("cites", code.clone(), cited.join(", "));
            }
        }
        let asked = [Some(Purpose::Answer), Some(Purpose::Assist), proposed];
        for code in &self.never_cites {
            let found = reasons().chain(asked.iter().flatten().flat_map(|p| blockers(*p)));
            if found.into_iter().any(|cited| cited == code) {
                differ("never cites", format!("no {code}"), code.clone());
            }
        }
        if let Some(wanted) = self.defer_until {
            let verdict = decision.verdicts.of(proposed.unwrap_or(Purpose::Pitch));
            let got = verdict.defer_until.map(|until| until.0);
            differ("defer until", format!("{:?}", Some(wanted.0)), format!("{got:?}"));
        }
        if let Some(Json(wanted)) = &self.ask {
            let got = decision.ask.as_ref().map_or(Value::Null, |ask| ask.field.as_str().into());
            differ("ask", wanted.to_string(), got.to_string());
        }
        let handoff = decision.handoff.as_ref().map_or(Value::Null, json::write);
        for wanted in &self.handoff_has {
            let part = handoff.get(wanted);
            let filled = part.is_some_and(|part| match part {
                Value::Array(list) => !list.is_empty(),
                Value::String(text) => !text.is_empty(),
                _ => true,
            });
            let answered = decision
                .handoff
                .as_ref()
                .is_some_and(|h| h.answered.iter().any(|answer| answer.field == *wanted));
            if !filled && !answered {
                differ("handoff has", wanted.clone(), "nothing of it".to_owned());
            }
        }
        out
    }
}

impl HistoryEvent {
    /// JSON in contract order, without white space: a line of a file that [`crate::assemble::Events`]
    /// takes.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self).to_string()
    }
}

impl Explanation {
    /// JSON in contract order, without white space.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self).to_string()
    }
}

impl Decision {
    /// JSON in contract order, without white space: equal decisions, equal bytes, on every machine.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self).to_string()
    }
}

/// A zone given by name becomes the table of its offsets.
fn resolve_zone(story: &mut Value, errors: &mut Vec<Error>) {
    let Some(zone) = story.pointer("/moment/zone").and_then(Value::as_str).map(str::to_owned)
    else {
        return;
    };
    #[cfg(feature = "tz")]
    let resolved = {
        let now = story.pointer("/moment/now").cloned().unwrap_or_default();
        let now = json::read::<Ms>(&now, "/moment/now", &mut Vec::new());
        crate::zone::offsets(&zone, now.unwrap_or_default())
    };
    #[cfg(not(feature = "tz"))]
    let resolved: Option<Vec<crate::moment::ZoneOffset>> = None;
    match (resolved, story.pointer_mut("/moment/zone")) {
        (Some(table), Some(place)) => *place = json::write(&table),
        _ => {
            errors.push(
                Error::new(ErrorCode::UnknownWord, "/moment/zone", format!("`{zone}` is no zone"))
                    .hint("an IANA name like Europe/Berlin, or a list of { from, offsetMinutes }"),
            );
            if let Some(place) = story.pointer_mut("/moment/zone") {
                *place = Value::Array(Vec::new());
            }
        }
    }
}
