//! Whether benchmarks may be taken from a file. What nobody has looked at for too long calibrates
//! nothing; the guards go on as they are.

use crate::journey::Change;
use crate::json::join;
use crate::program::Policy;
use crate::program::scores::IndicatorId;
use crate::unit::Ms;
use serde_json::{Value, json};

/// When a file ends, and which day it is.
#[derive(Clone, Copy)]
pub(in crate::assemble) struct End {
    pub(in crate::assemble) of_file: i64,
    pub(in crate::assemble) today: Ms,
}

/// What speaks for and against it at the end of a file.
pub(super) struct Recalibration {
    /// Versions of a process that events announced and the policy does not know: definitions to look at.
    to_review: Vec<Value>,
    /// Why nothing is calibrated.
    against: Vec<Value>,
}

impl Recalibration {
    pub(super) fn at(
        policy: &Policy,
        changes: &[Change<'_>],
        unheard: &[IndicatorId],
        end: End,
    ) -> Self {
        let as_of = end.today.max(Ms(end.of_file));
        let mut against = Vec::new();
        let mut refuse = |path: &str, why: &str| against.push(json!({ "path": path, "why": why }));
        if policy.review_due.is_some_and(|due| due <= as_of) {
            refuse("/reviewDue", "the policy should have been looked at by then");
        }
        let declared = policy.scores.effort.indicators.len();
        if declared == 0 || unheard.len() >= declared {
            let why = "nothing that defines effort could be seen in this file";
            refuse("/scores/effort/indicators", why);
        }
        let mut to_review = Vec::new();
        for change in changes.iter().filter(|change| change.event.is_some()) {
            let path = join(&join("/processes", change.process), "versions");
            let path = join(&path, change.version);
            to_review.push(json!({
                "process": change.process, "version": change.version,
                "effectiveFrom": change.from.0, "path": path,
            }));
            if change.from.plus(policy.review.every_ms) <= as_of {
                let why = "this version was announced and is not defined yet, for longer than a review takes";
                refuse(&path, why);
            }
        }
        Self { to_review, against }
    }

    pub(super) const fn is_allowed(&self) -> bool {
        self.against.is_empty()
    }

    pub(super) fn report(self) -> Value {
        json!({ "allowed": self.is_allowed(), "because": self.against, "toReview": self.to_review })
    }
}
