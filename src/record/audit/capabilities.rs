//! The six capabilities that make scoring good for customers, from what somebody does now and then to
//! what runs by itself.

use super::Look;
use super::level::{Area, least, most};
use crate::Text;
use crate::json;
use crate::policy::{OWNED, PEOPLE};
use crate::program::Status;
use crate::unit::Ms;
use serde_json::Value;
use std::collections::BTreeSet;

/// Trouble that clicks and forms show. More than these is the first step.
const CLICKS_AND_FORMS: [&str; 6] =
    ["rageClick", "deadClick", "slowClick", "errorClick", "formStruggle", "formAbandon"];

impl Look<'_> {
    pub(super) fn capabilities(&self) -> Vec<Value> {
        [
            self.signal_quality(),
            self.guardrails(),
            self.routing(),
            self.continuity(),
            self.closed_loop(),
            self.governance(),
        ]
        .map(Area::report)
        .into()
    }

    fn signal_quality(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let kinds = &p.scores.friction.kinds;
        let more = kinds.keys().any(|kind| !CLICKS_AND_FORMS.contains(&kind.as_str()));
        let intent = !p.scores.intent.evidence.is_empty();
        let share = p.review.min_share;
        let people = u64::try_from(seen.people.len()).unwrap_or(u64::MAX);
        let touches = most(seen.answered_touches(), share, "touches have an answer");
        Area::new("signalQuality", "Signal quality", "operations, analytics", "false positive rate")
            .policy(1, "trouble is more than clicks and forms", more, "/scores/friction/kinds", "let searches and reading weigh as well")
            .policy(1, "what people came for is scored", intent, "/scores/intent/evidence", "say what shows an intent")
            .log(2, "where the relationship stands is known", most(seen.stage, share, "records know the stage"), "learn milestones: accountCreated, activated, renewed")
            .log(2, "use of the product is known", most(seen.usage, share, "records know facts the policy reads"), "learn facts such as usage.activeDays28, or push them")
            .log(2, "enough people to conclude anything", least(self.has_log(), people, p.review.min_people.into(), "people"), "record more decisions")
            .log(3, "it is known what came of touches", touches, "learn touches as accepted, dismissed or expired: only then is a false positive one")
    }

    fn guardrails(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let caps = ["pitch", "survey", "reachOutHelp"].iter().all(|purpose| {
            let capped = |cap: &crate::program::guards::Cap| {
                cap.purposes.iter().any(|it| it.as_str() == *purpose)
            };
            p.guards.caps.iter().any(|(_, cap)| capped(cap))
        });
        let asked = p.guards.consent.is_some() && p.guards.suppression.is_some();
        let whole = self.left_out().next().is_none();
        let bypasses = (
            self.has_log().then_some(seen.bypasses.count == 0),
            format!("{} touches against the last decision", seen.bypasses.count),
        );
        let answers = seen.answers.len();
        let differs =
            (self.has_log().then_some(answers > 1), format!("{answers} different answers"));
        Area::new("guardrails", "Experience guardrails", "compliance", "complaints, unsubscribes")
            .policy(
                1,
                "help, surveys and pitches are counted",
                caps,
                "/guards/caps",
                "a cap for each of them",
            )
            .policy(
                1,
                "permission and do-not-contact are asked for",
                asked,
                "/guards/consent",
                "take the starter’s guards back in",
            )
            .policy(
                2,
                "nothing protective is left out, or somebody answers for it",
                whole,
                "/guards",
                "take it back in, or waive it with a name and a date",
            )
            .log(
                2,
                "permissions are known",
                most(seen.consent, p.review.min_share, "records know a permission"),
                "learn consent events",
            )
            .log(
                3,
                "not everybody gets the same",
                differs,
                "see whether signals and facts reach the engine at all",
            )
            .log(
                3,
                "nothing goes out against a decision",
                bypasses,
                "see the ledger: who sends it, and why",
            )
    }

    fn routing(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let routes = &p.routes;
        let chosen = !routes.handling.is_empty() && !routes.skills.is_empty();
        let by_hours = ["human", "specialist", "callback", "messageForm"]
            .iter()
            .all(|route| routes.slas.get(route).is_some_and(|sla| sla.calendar.is_some()));
        Area::new(
            "routing",
            "Routing and answer times",
            "service operations",
            "speed to help, time to resolution",
        )
        .policy(
            1,
            "ways are chosen by what they take, solve and know",
            chosen,
            "/routes/handling",
            "say what each way takes and solves, and which matters need which skill",
        )
        .policy(
            2,
            "answers are due by working hours",
            by_hours,
            "/routes/slas",
            "a calendar for every desk, named by its SLA",
        )
        .log(
            2,
            "who is on duty is told",
            most(seen.duty, p.review.min_share, "records know who is there"),
            "tell moment.routes with their asOf",
        )
        .log(
            3,
            "promises are followed up",
            most(
                seen.ended_promises(),
                p.review.min_share,
                "promises are known to have been kept or not",
            ),
            "learn promise events",
        )
        .log(
            3,
            "it is known what was solved",
            most(seen.of_people(&seen.resolved), p.review.min_share, "people had something solved"),
            "learn cases as resolved, contacts as solved",
        )
    }

    fn continuity(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let again = seen.asked_again.count;
        let asks = (
            (seen.asks > 0).then_some(again == 0),
            format!("{again} of {} questions put again", seen.asks),
        );
        let share = p.review.min_share;
        Area::new("continuity", "Continuity of journeys", "lifecycle", "completion, deflection")
            .policy(
                1,
                "what is asked has a reason and an order",
                !p.questions.is_empty(),
                "/questions",
                "questions with their why",
            )
            .log(
                2,
                "where the relationship stands is known",
                most(seen.stage, share, "records know the stage"),
                "learn milestones",
            )
            .log(
                2,
                "contacts say what they are about",
                most(seen.contacts.matter, share, "contacts name their matter"),
                "a matter or a category on every contact",
            )
            .log(
                3,
                "nothing is asked twice",
                asks,
                "learn ask events, and answer from what is known",
            )
            .log(
                3,
                "it is known what was completed",
                most(
                    seen.of_people(&seen.milestones),
                    p.review.min_share,
                    "people have milestones",
                ),
                "learn milestones: activated, onboarding completed",
            )
    }

    fn closed_loop(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let heard = (
            self.has_log().then(|| self.hears_outcomes()),
            seen.last_outcome.map_or_else(
                || "no outcome".to_owned(),
                |at| format!("the last outcome on {}", day(at)),
            ),
        );
        let bands: BTreeSet<&Text> = seen.bands.iter().filter(|band| *band != "unknown").collect();
        let people = seen.fared.len();
        let enough = people >= usize::from(p.review.min_people);
        let tied = (
            self.has_log().then_some(bands.len() > 1 && enough),
            format!("outcomes of {people} people in {} bands of effort", bands.len()),
        );
        Area::new("closedLoop", "Closed loop", "customer success", "satisfaction, churn")
            .policy(
                1,
                "what better means is said, and what must not get worse",
                self.entries("/outcomes") > 0,
                "/outcomes",
                "three to five outcomes",
            )
            .log(
                2,
                "what became of people is heard",
                heard,
                "learn outcome events and answered surveys",
            )
            .log(
                3,
                "outcomes are tied to bands",
                tied,
                "outcomes of people with little effort and with much",
            )
            .log(
                3,
                "use of the product is known",
                most(seen.usage, p.review.min_share, "records know facts the policy reads"),
                "learn usage facts: adoption is an outcome too",
            )
    }

    fn governance(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let owned = OWNED.iter().all(|section| {
            self.said(&format!("/owners/{section}"))
                .and_then(Value::as_str)
                .is_some_and(|owner| !owner.trim().is_empty())
        });
        // From the last time somebody changed it, or put it in force.
        let changes = self.said("/changeLog").and_then(Value::as_array).into_iter().flatten();
        let changes = changes.filter_map(|it| json::read::<Ms>(it.get("at")?, "", &mut Vec::new()));
        let looked = changes.chain(p.effective_from).max();
        let often =
            p.review_due.zip(looked).is_some_and(|(due, at)| due.minus(at) <= p.review.every_ms);
        let people: BTreeSet<&str> = self.exact_approvals().collect();
        let live = self.said("/status").and_then(Value::as_str) == Some(Status::Live.as_str());
        // Names are not signatures: whether those hold is the host's to say.
        let approved = if people.len() < PEOPLE || !live { Some(false) } else { self.approved };
        Area::new(
            "governance",
            "Governance",
            "a council of those who answer for revenue and service",
            "stability, kept answer times",
        )
        .policy(
            1,
            "every part that changes what happens has an owner",
            owned,
            "/owners",
            "name a role for each",
        )
        .policy(
            2,
            "changes are told with their reasons",
            self.said("/changeLog").and_then(Value::as_array).is_some_and(|log| !log.is_empty()),
            "/changeLog",
            "who changed what, when and why",
        )
        .policy(
            2,
            "it is looked at every month",
            if often { self.is_in_time() } else { Some(false) },
            "/reviewDue",
            "reviewDue no later than /review/everyMs after it was last changed, or took effect",
        )
        .policy(
            3,
            "two people signed exactly this, and it is live",
            approved,
            "/approvals",
            "tactful approve; audit with --approvers, so that signatures are verified",
        )
        .policy(
            3,
            "no waiver has outlived its date",
            self.now.map(|_| self.expired().next().is_none()),
            "/waivers",
            "do as the warning says, or answer for it anew",
        )
        .log(
            3,
            "groups are known, so that bias can be seen",
            most(seen.grouped, p.review.min_share, "records name groups"),
            "record with groups; no decision reads them",
        )
    }

    /// Who approved exactly this policy.
    fn exact_approvals(&self) -> impl Iterator<Item = &str> {
        let all = self.said("/approvals").and_then(Value::as_array).into_iter().flatten();
        let exactly = |it: &&Value| {
            it.get("digest").and_then(Value::as_str) == Some(&self.given.policy.digest)
        };
        all.filter(exactly).filter_map(|it| it.get("by")?.as_str())
    }
}

/// A day of the calendar, in UTC.
fn day(at: Ms) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    at.format("%Y-%m-%d").to_string()
}
