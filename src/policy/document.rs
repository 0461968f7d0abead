//! The sections of a policy document and how they become tables.

use super::calendar::{self, CalendarDoc};
use super::sections::Sections;
use super::{Findings, check, rules};
use crate::Text;
use crate::decision::ReasonCode;
use crate::event::{Purpose, Route};
use crate::json;
use crate::program::guards::{KeptRateGuard, OfferPolicy};
use crate::program::{
    Approval, Guards, JourneyPolicy, Policy, Process, PromisePolicy, QuestionPolicy,
    ReadinessPolicy, Release, ReviewPolicy, Routes, ScorePolicy, Signals, Source, Status, Template,
    Words,
};
use crate::rule::Readers;
use crate::shape::{Json, Table, record, words};
use crate::unit::Ms;
use serde_json::Value;

record! {
    /// Who and when: what a policy says about itself.
    pub struct Head {
        /// Its id.
        pub id: Text,
        /// Its version.
        pub version: Text,
        /// Version of the document's form.
        pub schema: u32,
        /// Where it is in its life.
        pub status: Status,
        /// Who answers for what, by section or by a part of it: `scores`, `scores.effort`.
        pub owners: Table<Text>,
        /// Who approved it.
        pub approvals: Vec<Approval>,
        /// From when it is in force.
        pub effective_from: Option<Ms>,
        /// By when it must be looked at again.
        pub review_due: Option<Ms>,
        /// What changed.
        pub change_log: Vec<Change>,
        /// What is done otherwise for a while, although `check` warns of it.
        pub waivers: Table<Waiver>,
        /// What was found and has to be mended.
        pub findings: Table<Finding>,
    }
}

record! {
    /// Something that was found, in a review or by anybody, and who mends it by when.
    pub struct Finding {
        /// What was found.
        pub what: Text,
        /// Who mends it: a unit, a role.
        pub owner: Text,
        /// By when.
        pub due: Ms,
        /// When it was done.
        pub done: Option<Ms>,
    }
}

record! {
    /// A warning somebody answers for, for a while: it is counted and shown, and comes back when its time
    /// is over.
    pub struct Waiver {
        /// Where the warning stands, as a JSON pointer.
        pub of: Text,
        /// Why it is right for now.
        pub why: Text,
        /// Who answers for it.
        pub by: Text,
        /// Until when.
        pub until: Ms,
    }
}

record! {
    /// A change and its reason.
    pub struct Change {
        /// When.
        pub at: Ms,
        /// Who.
        pub by: Text,
        /// What and why.
        pub why: Text,
    }
}

record! {
    /// A fact the policy reads.
    pub struct FactDoc {
        /// Its unit.
        pub unit: Text,
        /// What it means.
        pub about: Option<Text>,
    }
}

impl RuleDoc {
    /// What an audience is beside its condition.
    pub(crate) fn audience() -> Self {
        Self {
            order: 0,
            code: Some(ReasonCode::NotForThisPerson.as_str().into()),
            when: Json::default(),
            blocks: Vec::new(),
            route: None,
            words: Text::new(),
        }
    }
}

words! {
    /// Which way is better.
    pub enum Better {
        /// More.
        Higher = "higher",
        /// Less.
        Lower = "lower",
    }
}

record! {
    /// One of the three to five outcomes that say what better means.
    pub struct OutcomeDoc {
        /// Which way is better.
        pub better: Better,
        /// How it is measured.
        pub metric: Text,
        /// What must not get worse meanwhile.
        pub guard_metric: Text,
    }
}

record! {
    /// A rule as it is written.
    pub struct RuleDoc {
        /// Rules run in this order.
        pub order: i32,
        /// The reason code it gives; its id when absent.
        pub code: Option<Text>,
        /// When it applies.
        pub when: Json,
        /// What it blocks, if it is a guard.
        pub blocks: Vec<Purpose>,
        /// Where it leads, if it is a route.
        pub route: Option<Route>,
        /// Plain words for the visitor.
        pub words: Text,
    }
}

record! {
    /// An own weighted sum.
    pub struct SumDoc {
        /// Facts and sums before it, with their weights.
        pub of: Table<i32>,
        /// The divisor.
        pub per: u32,
    }
}

/// A rule as far as it could be read.
pub(crate) struct Rule {
    pub(crate) id: Text,
    pub(crate) doc: Option<RuleDoc>,
    pub(crate) when: Option<Value>,
}

/// Facts that built-in stages read.
const OWN_FACTS: [&str; 6] = [
    "contract.renewsAt",
    "matter.parts",
    "plan.seats",
    "plan.seatsUsed",
    "usage.activeDays28",
    "usage.activeDaysPrev28",
];

/// A policy document, read.
pub(crate) struct Document {
    pub(crate) head: Head,
    pub(crate) sources: Table<Source>,
    pub(crate) outcomes: Table<OutcomeDoc>,
    pub(crate) signals: Signals,
    pub(crate) scores: ScorePolicy,
    pub(crate) processes: Table<Process>,
    pub(crate) journeys: JourneyPolicy,
    pub(crate) guards: Guards,
    pub(crate) routes: Routes,
    pub(crate) promises: Table<PromisePolicy>,
    pub(crate) questions: Table<QuestionPolicy>,
    pub(crate) offers: Table<OfferPolicy>,
    pub(crate) templates: Table<Template>,
    pub(crate) readiness: Option<ReadinessPolicy>,
    pub(crate) review: ReviewPolicy,
    pub(crate) words: Table<Words>,
    pub(crate) translations: Table<Table<Words>>,
    /// How many facts built-in stages read, the first ones.
    pub(crate) own_facts: usize,
    pub(crate) rules: rules::Compiled,
}

/// The top level, in document order, beside the head.
pub(super) const SECTIONS: [&str; 17] = [
    "sources",
    "facts",
    "outcomes",
    "signals",
    "scores",
    "processes",
    "journeys",
    "guards",
    "routes",
    "promises",
    "questions",
    "offers",
    "templates",
    "readiness",
    "review",
    "words",
    "translations",
];

impl Document {
    /// Reads and checks a merged policy; `patch` is what the organisation wrote itself.
    pub(crate) fn read(merged: &Value, patch: &Value, findings: &mut Findings) -> Option<Self> {
        let mut rest = merged.clone();
        let mut take = |pointer: &str| {
            let (parent, key) = pointer.rsplit_once('/').unwrap_or(("", pointer));
            let parent = rest.pointer_mut(parent).and_then(Value::as_object_mut);
            parent.and_then(|map| map.shift_remove(key))
        };
        // Rules and sums have a reader of their own.
        let guard_rules = take("/guards/rules");
        let route_rules = take("/routes/rules");
        let sums = take("/scores/sums");
        let calendars = take("/routes/calendars");
        let mut offers = take("/offers");
        let audiences = audiences(offers.as_mut());
        let errors = &mut findings.errors;
        let starter = json::parse(super::STARTER).ok()?;
        // A section that cannot be read is replaced by the starter's, so that what is wrong with the
        // others is found as well. The errors decide what becomes of the document.
        let mut section = Sections { starter: &starter, errors };
        let facts: Table<FactDoc> = section.read(take("/facts"), "/facts")?;
        let sources = section.read(take("/sources"), "/sources")?;
        let outcomes = section.read(take("/outcomes"), "/outcomes")?;
        let signals = section.read(take("/signals"), "/signals")?;
        let scores: ScorePolicy = section.read(take("/scores"), "/scores")?;
        let processes = section.read(take("/processes"), "/processes")?;
        let journeys = section.read(take("/journeys"), "/journeys")?;
        let guards: Guards = section.read(take("/guards"), "/guards")?;
        let mut routes: Routes = section.read(take("/routes"), "/routes")?;
        let calendars: Table<CalendarDoc> = section.read(calendars, "/routes/calendars")?;
        let questions = section.read(take("/questions"), "/questions")?;
        let promises = section.read(take("/promises"), "/promises")?;
        let offers = section.read(offers, "/offers")?;
        let templates = section.read(take("/templates"), "/templates")?;
        let readiness = match take("/readiness") {
            None => None,
            some => Some(section.read(some, "/readiness")?),
        };
        let review = section.read(take("/review"), "/review")?;
        let words = section.read(take("/words"), "/words")?;
        let translations = section.read(take("/translations"), "/translations")?;
        let head = section.head(&rest)?;
        let guard_rules = section.rules(guard_rules, "/guards/rules");
        let route_rules = section.rules(route_rules, "/routes/rules");
        let sums: Table<SumDoc> = section.read(sums, "/scores/sums")?;
        let own = rules::Own { guards: guard_rules, routes: route_rules, audiences };
        // Those that built-in stages read, whatever this policy calls them.
        let kept = guards.kept_rate.iter().flat_map(|it: &KeptRateGuard| it.facts.iter());
        let named = kept.map(|(_, name)| name.clone()).chain([scores.value.fact.clone()]);
        let mut own_facts: Vec<Text> = OWN_FACTS.map(Text::from).into_iter().chain(named).collect();
        own_facts.sort_unstable();
        own_facts.dedup();
        let rules = rules::compile(&own_facts, &facts, &sums, own, findings);
        routes.calendars = calendar::compile(&calendars, &head, &mut findings.errors);
        let mut document = Self {
            head,
            sources,
            outcomes,
            signals,
            scores,
            processes,
            journeys,
            guards,
            routes,
            promises,
            questions,
            offers,
            templates,
            readiness,
            review,
            words,
            translations,
            own_facts: own_facts.len(),
            rules,
        };
        check::check(&document, findings);
        check::spans(merged, "", &mut findings.errors);
        document.tighten(patch);
        Some(document)
    }

    /// While rules alone prove readiness, the starter's pitch caps shrink; a cap the organisation
    /// wrote itself is taken as written.
    fn tighten(&mut self, patch: &Value) {
        let Some(rule_only) = self.readiness.as_ref().and_then(|r| r.rule_only.as_ref()) else {
            return;
        };
        let share = rule_only.cap_share.get();
        for (id, cap) in self.guards.caps.iter_mut() {
            let own = patch.pointer(&format!("/guards/caps/{id}/limit")).is_some();
            if !own && cap.limit > 0 && cap.purposes.contains(&Purpose::Pitch) {
                let limit = (i64::from(cap.limit) * share / 1000).max(1);
                cap.limit = u16::try_from(limit).unwrap_or(cap.limit);
            }
        }
    }

    /// What may change without another approval.
    pub(crate) fn release(&self) -> Release {
        Release { status: self.head.status, approvals: self.head.approvals.clone() }
    }

    pub(crate) fn compile(self, digest: &str) -> Policy {
        Policy {
            id: self.head.id,
            version: self.head.version,
            digest: digest.into(),
            effective_from: self.head.effective_from,
            review_due: self.head.review_due,
            sources: self.sources,
            own_facts: u16::try_from(self.own_facts).unwrap_or(u16::MAX),
            facts: self.rules.facts,
            slots: self.rules.slots,
            readers: Readers::of(&self.rules.sums, &self.rules.tests),
            sums: self.rules.sums,
            tests: self.rules.tests,
            guard_rules: self.rules.guards,
            route_rules: self.rules.routes,
            signals: self.signals,
            scores: self.scores,
            processes: self.processes,
            journeys: self.journeys,
            guards: self.guards,
            routes: self.routes,
            promises: self.promises,
            questions: self.questions,
            offers: self.offers,
            audiences: self.rules.audiences,
            templates: self.templates,
            readiness: self.readiness,
            review: self.review,
            words: self.words,
            translations: self.translations,
        }
    }
}

/// The conditions of offers, which have a reader of their own.
fn audiences(offers: Option<&mut Value>) -> Vec<(Text, Value)> {
    let offers = offers.and_then(Value::as_object_mut).into_iter().flatten();
    let audience = |(id, offer): (&String, &mut Value)| {
        Some((id.into(), offer.as_object_mut()?.shift_remove("audience")?))
    };
    offers.filter_map(audience).collect()
}
