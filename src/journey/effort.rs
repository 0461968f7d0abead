//! Effort: what a journey cost the customer, counted by the catalogue of the policy.

use super::{InForce, Journey, Standing, Unit, Work};
use crate::event::history::{CaseStep, ContactStep};
use crate::program::scores::{EffortPolicy, Indicator, IndicatorId};
use crate::shape::words;
use crate::unit::{Ms, Permille};

words! {
    /// Effort of the journey, as far as it can be seen.
    pub enum EffortBand {
        /// As expected.
        Usual = "usual",
        /// More than expected.
        Raised = "raised",
        /// Too much.
        High = "high",
        /// Too little can be seen; routes like `raised`, never counts as lower.
        Unknown = "unknown",
    }
}

/// How often each indicator occurred, in thousandths, with the positions of the events it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts([(i64, Vec<usize>); IndicatorId::ALL.len()]);

impl Counts {
    /// Adds occurrences.
    pub(crate) fn add(
        &mut self,
        id: IndicatorId,
        times: i64,
        events: impl IntoIterator<Item = usize>,
    ) {
        self.add_milli(id, times.saturating_mul(1000), events);
    }

    /// Adds thousandths of an occurrence.
    pub(crate) fn add_milli(
        &mut self,
        id: IndicatorId,
        milli: i64,
        events: impl IntoIterator<Item = usize>,
    ) {
        if let Some((count, places)) = self.0.get_mut(id as usize)
            && milli > 0
        {
            *count = count.saturating_add(milli);
            places.extend(events);
        }
    }

    /// Occurrences in thousandths.
    pub(crate) fn milli(&self, id: IndicatorId) -> i64 {
        self.0.get(id as usize).map_or(0, |(milli, _)| *milli)
    }

    /// The events an indicator rests on.
    pub(crate) fn events(&self, id: IndicatorId) -> &[usize] {
        self.0.get(id as usize).map_or(&[], |(_, events)| events)
    }

    /// Counts one journey. `all` are the customer's journeys, for what was resolved before it.
    pub(crate) fn of(
        p: &EffortPolicy,
        journey: &Journey<'_>,
        all: &[Journey<'_>],
        in_force: Option<&InForce<'_>>,
        window: Ms,
    ) -> Self {
        let mut counts = Self::default();
        let terms = in_force.and_then(|it| it.terms);
        let contacts: Vec<&Unit<'_>> = journey.contacts().collect();
        let normal = terms.map_or(1, |terms| usize::from(terms.normal_contacts));
        let starts = contacts.iter().filter_map(|unit| unit.steps.first()).map(|step| step.event);
        let beyond = contacts.len().saturating_sub(normal);
        counts.add(IndicatorId::RepeatContact, count(beyond), starts);
        for step in journey.steps() {
            let id = match step.work {
                Work::Contact(it) => match it.step {
                    ContactStep::Transferred if it.warm => IndicatorId::TransferWarm,
                    ContactStep::Transferred => IndicatorId::TransferCold,
                    ContactStep::Escalated if !it.channel.is_self_service() => {
                        IndicatorId::EscalationOrComplaint
                    }
                    _ => continue,
                },
                Work::Case(CaseStep::Reopened) => IndicatorId::Reopen,
                Work::Case(_) => continue,
                Work::AskedAgain => IndicatorId::RepeatInfo,
                Work::Complained => IndicatorId::EscalationOrComplaint,
            };
            counts.add(id, 1, [step.event]);
        }
        counts.switches(p, journey);
        counts.failures(journey, window);
        counts.next_issue(p, journey, all);
        counts.times(
            p,
            journey,
            terms.and_then(|terms| {
                let own =
                    journey.category.and_then(|category| terms.targets.get(category).copied());
                own.or(terms.target_ms)
            }),
        );
        counts
    }

    /// The customer's next contact was on another channel.
    fn switches(&mut self, p: &EffortPolicy, journey: &Journey<'_>) {
        let id = IndicatorId::ChannelSwitch;
        let within = p.indicators.get(id.as_str()).and_then(|it| it.within_ms).unwrap_or_default();
        let own = || journey.units.iter().filter(|unit| unit.channel().is_some());
        for (before, after) in own().zip(own().skip(1)) {
            let soon = after.start.minus(before.end_as_of(after.start)) <= within;
            let counts =
                before.failed() || soon || !before.is_self_service() || !after.is_assisted();
            if before.channel() != after.channel() && counts {
                self.add(id, 1, after.steps.first().map(|step| step.event));
            }
        }
    }

    /// Self-service that failed by itself, or that a contact with a person followed.
    fn failures(&mut self, journey: &Journey<'_>, window: Ms) {
        for unit in journey.units.iter().filter(|unit| unit.is_self_service()) {
            let followed = || {
                journey.contacts().any(|contact| {
                    contact.start >= unit.start
                        && contact.start.minus(unit.end_as_of(contact.start)) <= window
                })
            };
            if unit.failed() || followed() {
                self.add(IndicatorId::SelfserveFail, 1, unit.steps.first().map(|step| step.event));
            }
        }
    }

    /// It began soon after the same, or something of the same category, had been resolved.
    fn next_issue(&mut self, p: &EffortPolicy, journey: &Journey<'_>, all: &[Journey<'_>]) {
        let id = IndicatorId::NextIssue;
        let within = p.indicators.get(id.as_str()).and_then(|it| it.within_ms).unwrap_or_default();
        let start = journey.start;
        let before = all.iter().filter(|before| {
            let category = journey.category.is_some() && before.category == journey.category;
            let same = journey.topic().is_some() && before.topic() == journey.topic();
            before.start < start && (category || same)
        });
        for (at, event) in before.filter_map(|before| before.solved_as_of(start)) {
            if start.minus(at) <= within {
                self.add(id, 1, [event]);
            }
        }
    }

    /// Waiting, and how long it all took.
    fn times(&mut self, p: &EffortPolicy, journey: &Journey<'_>, target: Option<Ms>) {
        let per = |id: IndicatorId| p.indicators.get(id.as_str()).and_then(|it| it.per_ms);
        if let Some(per) = per(IndicatorId::Wait) {
            let mut waited = Ms(0);
            let mut events = Vec::new();
            for (step, talk) in journey.units.iter().flat_map(Unit::talk) {
                if talk.wait.0 > 0 {
                    waited = waited.plus(talk.wait);
                    events.push(step.event);
                }
            }
            self.add_milli(IndicatorId::Wait, doublings(waited, per), events);
        }
        if let Some(per) = target.or(per(IndicatorId::Elapsed)) {
            let took = journey.last().minus(journey.start);
            let last = journey.steps().filter(|step| !step.is_filing()).max_by_key(|s| s.at);
            let events = last.map(|step| step.event);
            self.add_milli(IndicatorId::Elapsed, doublings(took, per), events);
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What counts come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Points {
    /// The sum.
    pub(crate) total: i64,
    /// Its parts, in the order of the catalogue.
    pub(crate) parts: Vec<(IndicatorId, i64)>,
    /// What indicators could add at most that have a source which cannot be heard.
    pub(crate) hidden: i64,
    /// Share of the indicators whose sources can all be heard.
    pub(crate) coverage: Permille,
}

impl Points {
    /// Weighs counts; `missing` says whether an indicator has a source that cannot be heard. Every part is whole points, so
    /// the parts are the sum.
    pub(crate) fn of(
        p: &EffortPolicy,
        counts: &Counts,
        missing: impl Fn(IndicatorId, &Indicator) -> bool,
    ) -> Self {
        let mut out = Self::default();
        let (mut heard, mut all) = (0i64, 0i64);
        for id in IndicatorId::ALL {
            let Some(indicator) = p.indicators.get(id.as_str()) else { continue };
            let (each, cap) = (i64::from(indicator.points), i64::from(indicator.cap));
            let points = each.saturating_mul(counts.milli(*id).min(cap * 1000)) / 1000;
            out.total += points;
            if points > 0 {
                out.parts.push((*id, points));
            }
            all += 1;
            if missing(*id, indicator) {
                out.hidden += each * cap - points;
            } else {
                heard += 1;
            }
        }
        out.coverage = if all == 0 { Permille::ZERO } else { Permille::new(1000 * heard / all) };
        out
    }

    /// 1000 R / (R + k): comparable over time under one definition.
    pub(crate) fn index(&self, p: &EffortPolicy) -> Permille {
        Permille::new(1000 * self.total / (self.total + i64::from(p.k)).max(1))
    }

    /// The band, on the rank among others where there is one. A source that cannot be heard may hide
    /// the worst: then the band is high or nobody knows. `known` says whether there is a journey.
    pub(crate) fn band(
        &self,
        p: &EffortPolicy,
        standing: Option<&Standing>,
        known: bool,
    ) -> EffortBand {
        let (measure, raised, high) = match standing {
            Some(standing) => (standing.rank, p.relative.raised, p.relative.high),
            None => (self.index(p), p.raised, p.high),
        };
        let enough = standing.is_none() || self.total >= i64::from(p.relative.min_points);
        if measure >= high && enough {
            EffortBand::High
        } else if self.coverage < Permille::ONE || !known {
            EffortBand::Unknown
        } else if measure >= raised {
            EffortBand::Raised
        } else {
            EffortBand::Usual
        }
    }
}

/// `log2(1 + part / per)` in thousandths, rounded down: how often `per` was doubled. By squaring in
/// whole numbers, so that every machine agrees.
pub(crate) fn doublings(part: Ms, per: Ms) -> i64 {
    if part.0 <= 0 || per.0 <= 0 {
        return 0;
    }
    let ratio = ((u128::from(part.0.unsigned_abs()) + u128::from(per.0.unsigned_abs())) << 32)
        / u128::from(per.0.unsigned_abs());
    let whole = ratio.ilog2().saturating_sub(32);
    let mut rest = ratio >> whole;
    let mut fraction = 0i64;
    for _ in 0..20 {
        rest = (rest * rest) >> 32;
        fraction <<= 1;
        if rest >> 33 != 0 {
            rest >>= 1;
            fraction |= 1;
        }
    }
    i64::from(whole) * 1000 + ((fraction * 1000) >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doublings_are_those_of_the_logarithm() {
        let minute = 60_000i64;
        for (part, wanted) in [(0, 0), (5, 1000), (15, 2000), (35, 3000), (75, 4000)] {
            assert_eq!(doublings(Ms(part * minute), Ms(5 * minute)), wanted, "{part} minutes");
        }
        let mut before = 0;
        for part in (0..20_000i64).map(|n| n * 999) {
            let now = doublings(Ms(part), Ms(300_000));
            assert!(now >= before, "longer never counts less");
            assert_eq!(
                doublings(Ms(2 * part + 300_000), Ms(300_000)),
                now + 1000,
                "twice is one more"
            );
            before = now;
        }
        // log2(1 + 5/3) and log2(1.1).
        assert_eq!([doublings(Ms(5), Ms(3)), doublings(Ms(1), Ms(10))], [1415, 137]);
        assert!(doublings(Ms(i64::MAX), Ms(1)) > 0);
    }
}
