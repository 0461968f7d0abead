//! How far something has come: the highest level of which everything up to it can be seen.

use super::seen::Share;
use crate::unit::Permille;
use serde_json::{Value, json};

/// What has to be seen, and whether it is.
pub(super) struct Criterion {
    level: u8,
    says: &'static str,
    /// `None`: nothing was given that could show it.
    holds: Option<bool>,
    evidence: String,
    next: &'static str,
}

/// One thing an organisation can be better or worse at.
pub(super) struct Area {
    id: &'static str,
    name: &'static str,
    /// Who usually answers for it.
    owner: &'static str,
    /// What it shows in.
    shows: &'static str,
    criteria: Vec<Criterion>,
}

impl Area {
    pub(super) const fn new(
        id: &'static str,
        name: &'static str,
        owner: &'static str,
        shows: &'static str,
    ) -> Self {
        Self { id, name, owner, shows, criteria: Vec::new() }
    }

    /// What the policy itself says.
    pub(super) fn policy(
        mut self,
        level: u8,
        says: &'static str,
        holds: impl Into<Option<bool>>,
        at: &str,
        next: &'static str,
    ) -> Self {
        let evidence = format!("policy:{at}");
        self.criteria.push(Criterion { level, says, holds: holds.into(), evidence, next });
        self
    }

    /// What a log shows; nothing, without one.
    pub(super) fn log(
        mut self,
        level: u8,
        says: &'static str,
        (holds, evidence): (Option<bool>, String),
        next: &'static str,
    ) -> Self {
        let evidence = format!("log: {evidence}");
        self.criteria.push(Criterion { level, says, holds, evidence, next });
        self
    }

    pub(super) fn report(self) -> Value {
        let highest = self.criteria.iter().map(|it| it.level).max().unwrap_or(0);
        let reached = |level: &u8| {
            self.criteria.iter().filter(|it| it.level <= *level).all(|it| it.holds == Some(true))
        };
        let level = (1..=highest).take_while(reached).last().unwrap_or(0);
        let missing = self.criteria.iter().filter(|it| it.holds != Some(true));
        let next: Vec<Value> = missing
            .filter(|it| it.level <= level + 1)
            .map(|it| json!({ "says": it.says, "do": it.next }))
            .collect();
        let criteria = self.criteria.iter().map(|it| {
            let holds = it.holds.map_or_else(|| json!("unknown"), Value::Bool);
            json!({ "level": it.level, "says": it.says, "holds": holds, "evidence": it.evidence })
        });
        let criteria: Vec<Value> = criteria.collect();
        json!({
            "id": self.id, "name": self.name, "owner": self.owner, "shows": self.shows,
            "level": level, "of": highest, "criteria": criteria, "missing": next,
        })
    }
}

/// Whether a share of something shows it, told with its numbers; unknown where there is nothing.
pub(super) fn most(share: Share, least: Permille, what: &str) -> (Option<bool>, String) {
    let Share { part, whole } = share;
    let enough = u64::try_from(least.get()).unwrap_or(u64::MAX);
    let holds = (whole > 0).then(|| part.saturating_mul(1000) >= whole.saturating_mul(enough));
    (holds, format!("{part} of {whole} {what}"))
}

/// Whether there are as many as it takes; unknown without a log.
pub(super) fn least(log: bool, count: u64, needed: u64, what: &str) -> (Option<bool>, String) {
    (log.then_some(count >= needed), format!("{count} {what}"))
}
