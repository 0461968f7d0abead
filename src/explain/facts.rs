//! Facts that are otherwise: the nearest value that anything in the policy compares them with.

use super::edit::Edit;
use super::search::Search;
use crate::event::history::Value;
use crate::rule::UNKNOWN;
use crate::score::fact;
use crate::shape::Table;

impl Search<'_> {
    /// A fact is otherwise: the nearest value that anything compares it with.
    pub(super) fn facts(&mut self) {
        for name in self.given.policy.facts.clone() {
            let known = fact(self.given.policy, self.given.history, self.given.moment, &name)
                .map(|(value, _)| value);
            let mut values = self.bounds(&name);
            values.retain(|value| Some(*value) != known && *value > UNKNOWN);
            values.sort_unstable_by_key(|value| {
                (value.saturating_sub(known.unwrap_or(0)).unsigned_abs(), *value)
            });
            values.dedup();
            let mut open = self.open();
            for value in values {
                if open.is_done() {
                    break;
                }
                let mut facts = Table::default();
                facts.insert(&name, Value::Int(value));
                let edit = Edit { facts: Some(facts), ..Edit::default() };
                self.attempt(&mut open, &edit, || format!("{name} is {value}"));
            }
        }
    }

    /// Values on both sides of everything a fact is compared with.
    fn bounds(&self, name: &str) -> Vec<i64> {
        let policy = self.given.policy;
        let value = |name: &str| {
            fact(self.given.policy, self.given.history, self.given.moment, name)
                .map(|(value, _)| value)
        };
        let Some(slot) = policy.facts.iter().position(|known| known == name) else {
            return Vec::new();
        };
        let sides = |lo: i64, hi: i64| {
            [lo, hi, lo.saturating_sub(1), hi.saturating_add(1)]
                .into_iter()
                .filter(|it| it.unsigned_abs() < 1 << 52)
                .collect::<Vec<_>>()
        };
        let mut list = Vec::new();
        for test in &policy.tests {
            let at = usize::from(test.slot);
            if at == slot {
                list.extend(sides(test.lo, test.hi));
            }
            // A sum of facts: what this one has to be, the others as they are.
            let sum = at.checked_sub(policy.facts.len()).and_then(|i| policy.sums.get(i));
            let Some(sum) = sum else { continue };
            let Some(own) = sum.terms.iter().find(|term| usize::from(term.slot) == slot) else {
                continue;
            };
            let rest = sum.terms.iter().filter(|term| usize::from(term.slot) != slot);
            let rest: Option<i64> = rest
                .map(|term| {
                    let name = policy.facts.get(usize::from(term.slot))?;
                    Some(value(name)?.saturating_mul(i64::from(term.weight)))
                })
                .sum();
            let (Some(rest), weight) = (rest, i64::from(own.weight)) else { continue };
            for bound in sides(test.lo, test.hi).into_iter().filter(|_| weight != 0) {
                let exact = (bound.saturating_mul(i64::from(sum.per)) - rest).div_euclid(weight);
                list.extend([exact - 1, exact, exact + 1]);
            }
        }
        list.extend(self.own_bounds(name, &value));
        list
    }

    /// Values that built-in stages compare a fact with.
    fn own_bounds(&self, name: &str, value: &dyn Fn(&str) -> Option<i64>) -> Vec<i64> {
        let policy = self.given.policy;
        let ready = policy.readiness.as_ref();
        let kept = policy.guards.kept_rate.as_ref();
        let floor = kept.map_or(0, |it| it.floor.get());
        match name {
            "usage.activeDays28" => ready.map_or_else(Vec::new, |p| {
                let was = value("usage.activeDaysPrev28").unwrap_or(28);
                let kept = (was * (1000 - p.max_fall.get()) + 999).div_euclid(1000);
                vec![
                    0,
                    1,
                    i64::from(p.min_active_days),
                    i64::from(p.min_active_days) - 1,
                    kept,
                    kept - 1,
                ]
            }),
            "usage.activeDaysPrev28" => ready.map_or_else(Vec::new, |p| {
                let days = value("usage.activeDays28").unwrap_or(0);
                let most = days * 1000 / (1000 - p.max_fall.get()).max(1);
                vec![i64::from(p.min_active_days), i64::from(p.min_active_days) - 1, most, most + 1]
            }),
            "plan.seats" => value("plan.seatsUsed").map_or_else(Vec::new, |n| vec![n, n + 1]),
            "plan.seatsUsed" => value("plan.seats").map_or_else(Vec::new, |n| vec![n, n - 1]),
            // Each more adds its points: at most as many as make the whole.
            "matter.parts" => (1..=1000 / policy.scores.complexity.part.get().max(1) + 2).collect(),
            "contract.renewsAt" => {
                let (now, span) = (self.given.moment.now.0, policy.scores.stage.renews_within_ms.0);
                vec![now - 1, now, now + span, now + span + 1]
            }
            _ if kept.is_some_and(|it| it.facts.iter().any(|(_, fact)| fact == name)) => {
                vec![floor, floor - 1]
            }
            _ => Vec::new(),
        }
    }
}
