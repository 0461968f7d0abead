//! What a policy may say of effort and of processes and should not, and of phrases.

use super::Checker;
use crate::guard::plain;
use crate::json::join;
use crate::policy::document::Document;
use crate::program::Process;
use crate::program::journeys::{Benchmark, Version};
use crate::unit::Ms;
use crate::{ErrorCode, Text};

impl Checker<'_> {
    /// Numbers that would switch effort off or turn it round.
    pub(super) fn effort(&mut self, document: &Document) {
        let (p, journeys) = (&document.scores.effort, &document.journeys);
        let base = "/scores/effort";
        for (low, high, place) in [
            (p.raised, p.high, format!("{base}/raised")),
            (p.relative.raised, p.relative.high, format!("{base}/relative/raised")),
        ] {
            if low > high {
                let hint = "raised comes before high";
                self.error(ErrorCode::Conflict, &place, "the bands are out of order", hint);
            }
        }
        if p.k == 0 {
            let hint = "the points at which the index is 500";
            self.error(
                ErrorCode::OutOfRange,
                &format!("{base}/k"),
                "everything would be high",
                hint,
            );
        }
        for (id, indicator) in p.indicators.iter() {
            let place = join(&format!("{base}/indicators"), id);
            for (span, name) in [(indicator.within_ms, "withinMs"), (indicator.per_ms, "perMs")] {
                self.span(span, &format!("{place}/{name}"));
            }
        }
        for (span, name) in [
            (journeys.window_ms, "windowMs"),
            (journeys.chained_ms, "chainedMs"),
            (journeys.recent_change_ms, "recentChangeMs"),
        ] {
            self.span(Some(span), &format!("/journeys/{name}"));
        }
    }

    fn span(&mut self, span: Option<Ms>, place: &str) {
        if span.is_some_and(|span| span.0 <= 0) {
            self.error(
                ErrorCode::OutOfRange,
                place,
                "a span has a length",
                "milliseconds, above 0",
            );
        }
    }

    pub(super) fn processes(&mut self, document: &Document) {
        for (id, process) in document.processes.iter() {
            let base = join("/processes", id);
            self.span(process.window_ms, &format!("{base}/windowMs"));
            self.benchmark(process.benchmark.as_ref(), &base);
            let mut begins: Vec<(Ms, &Text)> = Vec::new();
            for (version, it) in process.versions.iter() {
                let place = join(&format!("{base}/versions"), version);
                self.span(it.target_ms, &format!("{place}/targetMs"));
                for (category, target) in it.targets.iter() {
                    self.span(Some(*target), &join(&format!("{place}/targets"), category));
                }
                self.benchmark(it.benchmark.as_ref(), &place);
                let from = it.effective_from.unwrap_or(Ms::ALWAYS);
                if it.until.is_some_and(|until| until <= from) {
                    let hint = "`until` comes after `effectiveFrom`";
                    let place = format!("{place}/until");
                    self.error(ErrorCode::Conflict, &place, "it would never be in force", hint);
                }
                if let Some((_, other)) = begins.iter().find(|(at, _)| *at == from) {
                    let message = format!("`{other}` takes effect at the same time");
                    let hint = "one version at a time; only the first may leave it out";
                    let place = format!("{place}/effectiveFrom");
                    self.error(ErrorCode::Conflict, &place, &message, hint);
                }
                begins.push((from, version));
            }
            self.successions(&base, process);
        }
    }

    /// Versions that end after the next one begins, or before it does.
    fn successions(&mut self, base: &str, process: &Process) {
        let mut versions: Vec<(&Text, &Version)> = process.versions.iter().collect();
        versions.sort_by_key(|(_, it)| it.effective_from.unwrap_or(Ms::ALWAYS));
        for pair in versions.windows(2) {
            let [(version, it), (next, after)] = pair else { continue };
            let (Some(until), Some(from)) = (it.until, after.effective_from) else { continue };
            let message = if until > from {
                format!("it is still in force when `{next}` takes effect")
            } else if until < from {
                format!("nothing is in force from its end until `{next}` takes effect")
            } else {
                continue;
            };
            let hint = "leave `until` out: a version ends when the next one takes effect";
            let place = format!("{}/until", join(&format!("{base}/versions"), version));
            self.warn(ErrorCode::Conflict, &place, message, hint);
        }
    }

    fn benchmark(&mut self, benchmark: Option<&Benchmark>, base: &str) {
        for (name, group) in benchmark.into_iter().flat_map(|it| it.groups.iter()) {
            let place = join(&format!("{base}/benchmark/groups"), name);
            for (points, _) in group.histogram.iter() {
                if !points.parse::<u32>().is_ok_and(|n| n.to_string() == *points) {
                    let place = join(&format!("{place}/histogram"), points);
                    let hint = "whole points, from 0: { \"0\": 12, \"20\": 7 }";
                    self.error(ErrorCode::OutOfRange, &place, "these are no points", hint);
                }
            }
            for (path, rest) in group.after.iter() {
                if rest.low > rest.high {
                    let place = join(&format!("{place}/after"), path);
                    let hint = "low is what one in ten had at most, high what nine in ten had";
                    self.error(ErrorCode::Conflict, &place, "low is above high", hint);
                }
            }
        }
    }

    /// A phrase that no text can contain as it is read.
    pub(super) fn phrases(&mut self, document: &Document) {
        let p = &document.guards.phrases;
        for (name, list) in [("promotional", &p.promotional), ("begging", &p.begging)] {
            for (language, phrases) in list.iter() {
                for (i, phrase) in phrases.iter().enumerate().filter(|(_, it)| plain(it) != **it) {
                    let place = join(&format!("/guards/phrases/{name}"), language);
                    let message = format!("`{phrase}` would never be found");
                    let hint = format!("write it as texts are read: `{}`", plain(phrase));
                    self.error(ErrorCode::OutOfRange, &format!("{place}/{i}"), &message, &hint);
                }
            }
        }
    }
}
