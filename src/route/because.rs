//! Reasons on the way to a route: written down only where somebody wants to know, by the code that
//! chooses, so that an account cannot differ from the choice.

use crate::decision::ReasonCode;
use crate::{Text, literal};

/// Reasons on the way to the route, written down only for a full decision.
#[derive(Debug, Default)]
pub(crate) struct Because(Option<Vec<(Cause, Vec<Text>)>>);

/// A reason of ours, or the rule of the organisation that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Known(ReasonCode),
    /// Position of the route rule.
    Rule(usize),
}

impl Because {
    pub(crate) const fn wanted(wanted: bool) -> Self {
        Self(if wanted { Some(Vec::new()) } else { None })
    }

    pub(super) fn cite(&mut self, code: ReasonCode, evidence: impl FnOnce() -> Vec<Text>) {
        self.push(Cause::Known(code), evidence);
    }

    pub(super) fn push(&mut self, cause: Cause, evidence: impl FnOnce() -> Vec<Text>) {
        if self.wants(cause) {
            self.write(cause, evidence());
        }
    }

    // Apart from the generic part, which is compiled once for every reason.
    #[inline(never)]
    fn wants(&self, cause: Cause) -> bool {
        self.0.as_ref().is_some_and(|list| list.iter().all(|(known, _)| *known != cause))
    }

    #[inline(never)]
    fn write(&mut self, cause: Cause, mut evidence: Vec<Text>) {
        if evidence.is_empty() {
            evidence.push(literal!("policy:/routes"));
        }
        if let Some(list) = &mut self.0 {
            list.push((cause, evidence));
        }
    }

    /// Whether anybody wants to know.
    pub(crate) const fn is_wanted(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn into_list(self) -> Vec<(Cause, Vec<Text>)> {
        self.0.unwrap_or_default()
    }
}
