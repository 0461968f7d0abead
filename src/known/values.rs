//! What an organisation's own rules look at, and what every test of theirs comes to.

use super::slot;
use crate::history::History;
use crate::moment::Moment;
use crate::program::Policy;
use crate::rule::{GROUP, Sum, UNKNOWN, Written, words};
use crate::score::{Scores, fact};
use crate::unit::{Ms, Next};

/// The values rules look at, and the bit of every test.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// What the host pushed of each fact; `i32::MIN` where it is unknown.
    pushed: Vec<[i32; GROUP]>,
    /// What was learned of each fact, sums, and what else tests look at.
    values: Vec<i64>,
    /// Of every test whether it passes, 64 to a word.
    bits: Vec<u64>,
    /// What was written since the tests were evaluated.
    changed: Written,
}

impl Known {
    /// Nothing is known.
    pub(crate) fn of(policy: &Policy) -> Self {
        let slots = policy.facts.len() + policy.sums.len() + policy.slots.len();
        Self {
            pushed: vec![[i32::MIN; GROUP]; policy.facts.len().div_ceil(GROUP)],
            values: vec![UNKNOWN; slots],
            bits: vec![0; words(policy.tests.len())],
            changed: Written::ALL,
        }
    }

    /// What the host pushed, by slot.
    pub(crate) fn pushed(&self) -> &[i32] {
        self.pushed.as_flattened()
    }

    /// Which of the tests pass.
    pub(crate) fn bits(&self) -> &[u64] {
        &self.bits
    }

    /// Takes the host's own features by slot, `i32::MIN` for unknown; whether one that built-in stages read is
    /// another than before.
    pub(crate) fn push(&mut self, policy: &Policy, facts: &[i32]) -> bool {
        let first = usize::from(policy.own_facts);
        // What comes after the facts would lie where sums are.
        let (groups, rest) = facts.get(..policy.facts.len()).unwrap_or(facts).as_chunks();
        let mut own = false;
        let mut changed = Written::default();
        for (slot, (kept, told)) in (0..).step_by(GROUP).zip(self.pushed.iter_mut().zip(groups)) {
            if kept != told {
                own |= slot < first && others(kept, told, first - slot);
                *kept = *told;
                changed = changed.with(slot);
            }
        }
        if let Some(kept) = self.pushed.get_mut(groups.len()) {
            let slot = groups.len() * GROUP;
            own |= others(kept, rest, first.saturating_sub(slot));
            if others(kept, rest, GROUP) {
                kept.iter_mut().zip(rest).for_each(|(kept, told)| *kept = *told);
                changed = changed.with(slot);
            }
        }
        self.changed = self.changed.and(changed);
        own
    }

    /// Reads every slot of the policy.
    pub(crate) fn read(
        &mut self,
        policy: &Policy,
        seen: &History,
        moment: &Moment,
        scores: &Scores,
    ) {
        self.changed = Written::ALL;
        for (value, name) in self.values.iter_mut().zip(&policy.facts) {
            *value = fact(policy, seen, moment, name).map_or(UNKNOWN, |(value, _)| value);
        }
        let slots = self.values.iter_mut().skip(policy.facts.len() + policy.sums.len());
        for (value, slot) in slots.zip(&policy.slots) {
            *value = slot::value(policy, seen, moment, scores, slot);
        }
    }

    /// Makes the sums and evaluates the tests that anything was written of. Whether any came out otherwise; `None`
    /// when nothing was written.
    pub(crate) fn evaluate(&mut self, policy: &Policy) -> Option<bool> {
        if self.changed == Written::default() {
            return None;
        }
        self.sums(policy);
        let changed = core::mem::take(&mut self.changed);
        let (pushed, values) = (self.pushed.as_flattened(), &*self.values);
        let mut turned = 0;
        // Where much was written, looking which costs more than testing all.
        if changed.count() * 2 > policy.readers.tests.len() {
            for (tests, bits) in policy.tests.chunks(64).zip(&mut self.bits) {
                let word = tests.iter().rev().fold(0, |word, test| {
                    word << 1 | u64::from(test.passes(value(pushed, values, test.slot)))
                });
                turned |= core::mem::replace(bits, word) ^ word;
            }
            return Some(turned != 0);
        }
        let begins = &policy.readers.tests;
        changed.each(begins.len().saturating_sub(1), |group| {
            let begin = begins.get(group).map_or(0, |it| usize::from(*it));
            let end = begins.get(group + 1).map_or(0, |it| usize::from(*it));
            let tests = policy.tests.get(begin..end).unwrap_or_default();
            for (i, test) in (begin..).zip(tests) {
                let passes = test.passes(value(pushed, values, test.slot));
                if let Some(word) = self.bits.get_mut(i / 64) {
                    let before = *word;
                    *word = before & !(1 << (i & 63)) | u64::from(passes) << (i & 63);
                    turned |= before ^ *word;
                }
            }
        });
        Some(turned != 0)
    }

    /// Makes the sums that anything was written of, each of which may read facts and the sums before it.
    fn sums(&mut self, policy: &Policy) {
        for ((at, sum), reads) in (policy.facts.len()..).zip(&policy.sums).zip(&policy.readers.sums)
        {
            if self.changed.meets(*reads) {
                let total = total(sum, self.pushed.as_flattened(), &self.values);
                if let Some(value) = self.values.get_mut(at).filter(|value| **value != total) {
                    *value = total;
                    self.changed = self.changed.with(at);
                }
            }
        }
    }

    /// When a slot that reads the clock may next make a test come out otherwise. What is known of routes is
    /// left to [`Past::until`].
    ///
    /// [`Past::until`]: crate::decide::Past::until
    pub(crate) fn until(policy: &Policy, seen: &History, moment: &Moment) -> Ms {
        let mut next = Next::after(moment.now);
        for test in &policy.tests {
            if let Some(slot) = policy.slot_of(test) {
                slot::tell_turns(policy, seen, moment, (slot, test), &mut next);
            }
        }
        next.until()
    }
}

/// Whether one of the first few differs.
fn others(kept: &[i32], told: &[i32], first: usize) -> bool {
    kept.iter().zip(told).take(first).any(|(kept, told)| kept != told)
}

/// The value of a slot: what the host pushed for it, else what is known.
fn value(pushed: &[i32], values: &[i64], slot: u16) -> i64 {
    let slot = usize::from(slot);
    match pushed.get(slot) {
        Some(pushed) if *pushed != i32::MIN => i64::from(*pushed),
        _ => values.get(slot).copied().unwrap_or(UNKNOWN),
    }
}

/// A weighted sum, divided and floored; unknown where a part of it is.
fn total(sum: &Sum, pushed: &[i32], values: &[i64]) -> i64 {
    // What the host pushes has 32 bits: nothing overflows, and nothing is unknown.
    let mut total = 0i64;
    for term in &sum.terms {
        match pushed.get(usize::from(term.slot)) {
            Some(pushed) if *pushed != i32::MIN => {
                total = total.wrapping_add(i64::from(*pushed).wrapping_mul(term.weight.into()));
            }
            _ => return total_of_any(sum, pushed, values),
        }
    }
    quotient(total, sum.per.max(1))
}

/// The same where parts of it were learned, are sums themselves, or are not known.
#[inline(never)]
fn total_of_any(sum: &Sum, pushed: &[i32], values: &[i64]) -> i64 {
    let mut total = 0i64;
    for term in &sum.terms {
        match value(pushed, values, term.slot) {
            UNKNOWN => return UNKNOWN,
            value => total = total.saturating_add(value.saturating_mul(term.weight.into())),
        }
    }
    quotient(total, sum.per.max(1))
}

/// Divided and floored. Dividing 64 bits takes as long as a dozen tests.
fn quotient(total: i64, per: u32) -> i64 {
    match (i32::try_from(total), i32::try_from(per)) {
        (_, Ok(1)) => total,
        (Ok(total), Ok(per)) => i64::from(total.div_euclid(per)),
        _ => total.div_euclid(i64::from(per)),
    }
}
