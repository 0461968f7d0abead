//! Which version of a process a journey is judged by: the one in force when it began. The day a
//! version takes effect, nothing is compared with the one before.

use super::Journey;
use crate::event::history::{HistoryBody, Process as ProcessEvent};
use crate::history::History;
use crate::program::Policy;
use crate::program::journeys::Version;
use crate::unit::Ms;

/// A version of a process took effect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    pub(crate) process: &'a str,
    pub(crate) version: &'a str,
    /// From when; always, for the first.
    pub(crate) from: Ms,
    /// Position of the event that said so; the policy did otherwise.
    pub(crate) event: Option<usize>,
}

impl<'a> Change<'a> {
    /// Every change the policy or the history knows of, in order.
    pub(crate) fn all(policy: &'a Policy, history: &'a History) -> Vec<Self> {
        let told = history.ledger().processes.iter().filter_map(|event| {
            let HistoryBody::Process(it) = &history.events().get(*event)?.body else { return None };
            let ProcessEvent { process, version, effective_from } = it;
            Some(Self { process, version, from: *effective_from, event: Some(*event) })
        });
        // What the policy declares is approved; an event may announce what it does not know yet.
        let known = |it: &Self| {
            policy.processes.get(it.process).is_some_and(|p| p.versions.contains_key(it.version))
        };
        let mut all: Vec<Self> = Self::declared(policy).collect();
        for change in told.filter(|it| !known(it)) {
            // A correction takes the place of what was announced before.
            all.retain(|it| it.process != change.process || it.version != change.version);
            all.push(change);
        }
        crate::order::sort(&mut all, |a, b| a.from.cmp(&b.from));
        all
    }

    /// The first change of a process after one instant, up to another.
    pub(crate) fn between(
        changes: &[Self],
        process: Option<&str>,
        after: Ms,
        until: Ms,
    ) -> Option<Self> {
        let mut mine = changes.iter().filter(|change| Some(change.process) == process);
        mine.find(|change| change.from > after && change.from <= until).copied()
    }

    /// Whether a journey was alive while its process changed: it belongs to no version's benchmark.
    pub(crate) fn straddled_by(changes: &[Self], journey: &Journey<'_>, now: Ms) -> bool {
        let alive = journey.end_as_of(now).min(now);
        Self::between(changes, journey.process, journey.start, alive).is_some()
    }

    /// Every change the policy declares, in order.
    #[cfg(feature = "studio")]
    pub(crate) fn of_policy(policy: &'a Policy) -> Vec<Self> {
        let mut all: Vec<Self> = Self::declared(policy).collect();
        crate::order::sort(&mut all, |a, b| a.from.cmp(&b.from));
        all
    }

    fn declared(policy: &'a Policy) -> impl Iterator<Item = Self> {
        policy.processes.iter().flat_map(|(process, it)| {
            it.versions.iter().map(move |(version, it)| {
                let from = it.effective_from.unwrap_or(Ms::ALWAYS);
                Self { process, version, from, event: None }
            })
        })
    }
}

/// The version a journey is judged by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InForce<'a> {
    pub(crate) process: &'a str,
    pub(crate) version: &'a str,
    /// What the policy says of it, if it knows it.
    pub(crate) terms: Option<&'a Version>,
}

impl<'a> InForce<'a> {
    /// A version, with what the policy says of it.
    pub(crate) fn of(policy: &'a Policy, process: &'a str, version: &'a str) -> Self {
        let terms = policy.processes.get(process).and_then(|it| it.versions.get(version));
        Self { process, version, terms }
    }

    /// The version in force when a journey of a process began, or the one a source names itself.
    pub(crate) fn at(
        policy: &'a Policy,
        changes: &[Change<'a>],
        process: Option<&'a str>,
        stated: Option<&'a str>,
        start: Ms,
    ) -> Option<Self> {
        let process = process?;
        let terms = |version: &str| policy.processes.get(process)?.versions.get(version);
        let in_force = |change: &&Change<'_>| {
            let ended = terms(change.version).and_then(|terms| terms.until);
            change.process == process
                && change.from <= start
                && ended.is_none_or(|until| start < until)
        };
        let last = || changes.iter().rfind(in_force).map(|change| change.version);
        let version = stated.or_else(last)?;
        Some(Self::of(policy, process, version))
    }
}
