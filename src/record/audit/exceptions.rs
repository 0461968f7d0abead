//! The ledger: every override, waiver and bypass, counted and shown, so that a shortcut is a choice
//! somebody can be asked about.

use super::Look;
use super::seen::Tally;
use crate::json::{self, join};
use crate::policy::{STARTER, Waived};
use serde_json::{Value, json};

/// More of these protects less; of every other number, less does.
const MORE_IS_LOOSER: [&str; 11] = [
    "limit",
    "maxSkewMs",
    "maxFall",
    "sampleShare",
    "capShare",
    "needMs",
    "evidenceMs",
    "least",
    "everyMs",
    "outcomesWithinMs",
    "longestWaiverMs",
];
/// Notes, words and own rules, and what is a shortcut itself.
const UNCOUNTED: [&str; 4] = ["source", "definition", "rules", "ruleOnly"];
/// What keeps people from being disturbed, what shows that they are in trouble, and how high the bar is
/// that all this is measured by.
const PROTECTIVE: [&str; 7] =
    ["/guards", "/readiness", "/sources", "/signals", "/scores/friction/kinds", BANDS, "/review"];
/// From where on somebody has trouble: the higher, the later they are spared.
const BANDS: &str = "/scores/friction/bands";
/// One more of these protects more.
const GAPS: &str = "/guards/minGapMs";

impl Look<'_> {
    /// What the policy does otherwise than the starter to the person's cost, and what it waives.
    pub(super) fn exceptions(&self) -> Vec<Value> {
        let starter = json::parse(STARTER).unwrap_or_default();
        let mut found = Vec::new();
        for place in PROTECTIVE {
            let was = starter.pointer(place).unwrap_or(&Value::Null);
            loosened(place, was, self.said(place), &mut found);
        }
        for waiver in &self.findings.waived {
            let Waived { id, warning, by, why, until } = waiver;
            found.push(json!({
                "kind": "waiver", "path": join("/waivers", id), "of": warning.path(),
                "says": warning.message(), "by": by, "why": why, "until": until.0,
            }));
        }
        for path in self.expired() {
            let said = |name: &str| self.said(&join(path, name));
            found.push(json!({ "kind": "expiredWaiver", "path": path, "of": said("of"), "by": said("by") }));
        }
        if let Some(by) = self.said("/readiness/ruleOnly/approvedBy") {
            found.push(json!({
                "kind": "ruleOnly", "path": "/readiness/ruleOnly", "by": by,
                "says": "rules alone prove readiness, no person looks at it",
            }));
        }
        found
    }

    /// Guards that were left out, and that nobody waived.
    pub(super) fn left_out(&self) -> impl Iterator<Item = &str> {
        let warnings = self.findings.warnings.iter().map(crate::Error::path);
        let absent = |path: &&str| {
            self.given.merged.pointer(path).is_none_or(|it| it.is_null() || it == &json!({}))
        };
        warnings.filter(|path| path.starts_with("/guards") || *path == "/readiness").filter(absent)
    }

    /// Waivers whose time is over, by their places.
    pub(super) fn expired(&self) -> impl Iterator<Item = &str> {
        let warnings = self.findings.warnings.iter().map(crate::Error::path);
        warnings
            .filter_map(|path| path.strip_suffix("/until").filter(|it| it.starts_with("/waivers/")))
    }

    /// What was done past a decision, or made possible by hand.
    pub(super) fn shortcuts(&self) -> Vec<Value> {
        let seen = self.seen;
        let told = [
            (
                "bypass",
                "touches made although the last decision did not allow them",
                &seen.bypasses,
            ),
            (
                "protectionLifted",
                "a sensitive moment cleared, or a do-not-contact ended, by hand",
                &seen.lifted,
            ),
            ("noticePastClosed", "notices that went where a pitch may not", &seen.past_closed),
            ("onRequest", "proposals allowed because the customer had asked", &seen.on_request),
            ("askedAgain", "questions put although they had been answered", &seen.asked_again),
        ];
        let row = |(kind, says, tally): (&str, &str, &Tally)| json!({ "kind": kind, "says": says, "count": tally.count, "people": tally.people.len(), "examples": tally.examples });
        told.map(row).into()
    }
}

/// Every place at which one protects less than the other, or differs in a way that no number tells.
fn loosened(path: &str, starter: &Value, own: Option<&Value>, found: &mut Vec<Value>) {
    let Some(own) = own else {
        if !starter.is_null() {
            found.push(json!({ "kind": "leftOut", "path": path }));
        }
        return;
    };
    match (starter, own) {
        (Value::Object(starter), Value::Object(own)) => {
            for (name, was) in
                starter.iter().filter(|(name, _)| !UNCOUNTED.contains(&name.as_str()))
            {
                loosened(&join(path, name), was, own.get(name), found);
            }
            // What the starter does not say: how a cap counts, since when an old failing is forgiven.
            let ours = own.iter().filter(|(name, _)| !starter.contains_key(*name));
            let said = ours.filter(|(name, it)| {
                path != GAPS
                    && !UNCOUNTED.contains(&name.as_str())
                    && !it.is_object()
                    && !it.is_array()
            });
            found.extend(said.map(|(name, it)| {
                json!({ "kind": "changed", "path": join(path, name), "starter": null, "here": it })
            }));
        }
        (Value::Number(was), Value::Number(is)) if !path.starts_with("/signals/") => {
            let name = path.rsplit('/').next().unwrap_or_default();
            let (Some(was), Some(is)) = (was.as_i64(), is.as_i64()) else { return };
            let more = MORE_IS_LOOSER.contains(&name) || path.starts_with(BANDS);
            let looser = if more { is > was } else { is < was };
            if looser {
                found.push(json!({ "kind": "loosened", "path": path, "starter": was, "here": is }));
            }
        }
        _ if starter == own => {}
        // Which side protects more, nobody can say in general: somebody has to look.
        _ => {
            found.push(json!({ "kind": "changed", "path": path, "starter": starter, "here": own }))
        }
    }
}
