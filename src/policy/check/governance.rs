//! Who answers for a policy, what it aims at, and whether it can keep its word: what nobody sees in a
//! single number.

use super::Checker;
use crate::json::join;
use crate::policy::document::Document;
use crate::{Error, ErrorCode};
use serde_json::Value;

/// Sections whose numbers change what happens to people: each has an owner.
pub(crate) const OWNED: [&str; 4] = ["guards", "scores", "routes", "readiness"];
/// What a survey says: later than what it is about, and open to begging.
const SURVEYS: [&str; 6] = ["nps", "csat", "ces", "satisfaction", "survey", "rating"];
/// What the house does, not what becomes of the customer.
const INTERNAL: [&str; 5] = ["deflection", "touch count", "messages sent", "handle time", "clicks"];

/// Spans that would run backwards, wherever they stand.
pub(in crate::policy) fn spans(value: &Value, at: &str, errors: &mut Vec<Error>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(name, value)| (join(at, name), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(i, it)| (format!("{at}/{i}"), it)).collect()
        }
        Value::Number(number) => {
            // `windowMs`, or an entry of `minGapMs`.
            let named = at.rsplit('/').take(2).any(|name| name.ends_with("Ms"));
            let known = errors.iter().any(|it| it.path() == at);
            if named && !known && number.as_i64().is_some_and(|ms| ms < 0) {
                let message = format!("{number} ms would run backwards");
                errors.push(
                    Error::new(ErrorCode::OutOfRange, at, message).hint("0 or more milliseconds"),
                );
            }
            return;
        }
        _ => return,
    };
    for (place, value) in parts {
        spans(value, &place, errors);
    }
}

impl Checker<'_> {
    pub(super) fn governance(&mut self, document: &Document) {
        let head = &document.head;
        let owned = |section: &str| {
            head.owners.iter().any(|(it, owner)| it == section && !owner.trim().is_empty())
        };
        for section in OWNED.into_iter().filter(|section| !owned(section)) {
            let message = format!("nobody answers for `{section}`");
            let hint =
                "a role, such as \"compliance\": whoever is asked before a number of it changes";
            self.error(ErrorCode::Missing, &join("/owners", section), message, hint);
        }
        if let (Some(from), Some(due)) = (head.effective_from, head.review_due)
            && due <= from
        {
            let message = "it would have to be looked at again before it is in force";
            self.error(ErrorCode::Conflict, "/reviewDue", message, "a date after effectiveFrom");
        }
        for (id, waiver) in head.waivers.iter() {
            for (name, said) in [("why", &waiver.why), ("by", &waiver.by)] {
                if said.trim().is_empty() {
                    let hint = "a reason, and a name or a role: nothing is waived by nobody";
                    let place = format!("{}/{name}", join("/waivers", id));
                    self.error(ErrorCode::Missing, &place, "no words", hint);
                }
            }
        }
        for (id, finding) in head.findings.iter() {
            for (name, said) in [("what", &finding.what), ("owner", &finding.owner)] {
                if said.trim().is_empty() {
                    let hint =
                        "what was found, and a unit or a role: what is everybody's is nobody's";
                    let place = format!("{}/{name}", join("/findings", id));
                    self.error(ErrorCode::Missing, &place, "no words", hint);
                }
            }
        }
        self.targets(document);
        self.calibrated(document);
        self.kept(document);
    }

    /// First it is said what is aimed at (without outcomes there is no policy), then enough of it is measured, and only
    /// then are numbers calibrated on it.
    fn calibrated(&mut self, document: &Document) {
        let calibration = document.readiness.as_ref().and_then(|it| it.calibration.as_ref());
        let Some(calibration) = calibration else { return };
        if calibration.offers < calibration.min_offers {
            let (offers, least) = (calibration.offers, calibration.min_offers);
            let message =
                format!("{offers} offers that were followed up say nothing yet, {least} would");
            let hint = "leave `calibration` out until there are enough; `ruleOnly` is for the time before, signed";
            self.error(ErrorCode::OutOfRange, "/readiness/calibration/offers", message, hint);
        }
    }

    /// One number can be gamed: it needs another beside it, and one that is not asked for.
    fn targets(&mut self, document: &Document) {
        let named = |metric: &str, words: &[&'static str]| {
            let metric = metric.to_lowercase();
            words.iter().copied().find(|word| {
                metric
                    .split(|c: char| !c.is_alphanumeric() && c != ' ')
                    .any(|part| part.contains(word))
            })
        };
        for (id, outcome) in document.outcomes.iter() {
            let place = join("/outcomes", id);
            if outcome.metric.trim().eq_ignore_ascii_case(outcome.guard_metric.trim()) {
                let message = "it is measured and guarded by the same number";
                let hint = "something that gets worse when the metric is gamed";
                self.warn(ErrorCode::Conflict, &join(&place, "guardMetric"), message, hint);
            }
            if let Some(word) = named(&outcome.metric, &SURVEYS) {
                let message =
                    format!("a survey (`{word}`) says late how it was, and can be begged for");
                let hint = "what happens to people: re-contact, time to resolution, journeys of high effort";
                self.warn(ErrorCode::Conflict, &join(&place, "metric"), message, hint);
            }
            if let Some(word) = named(&outcome.metric, &INTERNAL) {
                let message =
                    format!("`{word}` is good for the house, whatever becomes of the customer");
                let hint = "what the customer gets of it: solved without coming back, for example";
                self.warn(ErrorCode::Conflict, &join(&place, "metric"), message, hint);
            }
        }
    }

    /// Answers promised before anybody could have worked on them.
    fn kept(&mut self, document: &Document) {
        let routes = &document.routes;
        for (route, sla) in routes.slas.iter() {
            let place = join("/routes/slas", route);
            let handling = routes.handling.get(route);
            if let Some(handling) = handling.filter(|it| it.ms > sla.business_ms) {
                let message = format!(
                    "the answer is due after {} ms, and takes {} ms to make",
                    sla.business_ms.0, handling.ms.0
                );
                let hint =
                    "no less than /routes/handling says, or the promise is broken as it is made";
                self.warn(ErrorCode::Conflict, &join(&place, "businessMs"), message, hint);
            }
        }
    }
}
