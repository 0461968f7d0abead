//! An organisation's own rules, compiled: every test is one interval on one slot, evaluated once
//! and without a branch into a bit; a rule is a mask over the bits.
//!
//! Three-valued logic costs nothing at run time. `not` was pushed down to the tests, and each test
//! was told which side to take when its slot is unknown, so that a rule that would end unknown ends
//! on its declared side: the conjunctions and disjunctions left are monotone.

use crate::event::{Purpose, Route};
use crate::id::{Key, Salt};
use crate::program::Policy;
use crate::shape::{Set, record, words};
use crate::unit::Ms;

/// A slot nobody knows. Outside every interval.
pub const UNKNOWN: i64 = i64::MIN;

/// Text as a slot holds it: equal text, equal number.
#[must_use]
pub fn text_slot(text: &str) -> i64 {
    i64::from(Key::of(text, Salt(0)).0)
}

words! {
    /// What a slot reads.
    pub enum SlotKind {
        /// An own sum, by position.
        Sum = "sum",
        /// A score, by its position in [`crate::score::SCORE_NAMES`].
        Score = "score",
        /// A word, by its position in [`crate::score::WORD_NAMES`].
        Word = "word",
        /// Milliseconds since a milestone, case, contact or touch, by name.
        Age = "age",
        /// Touches of a purpose (by position) within a window.
        Count = "count",
        /// Contacts, cases or milestones within a window, by name.
        Events = "events",
        /// Local time: 0 minute of the day, 1 weekday (Monday 0).
        Local = "local",
        /// Status of a route: route times 4, plus 0 usable, 1 p50, 2 p80.
        Route = "route",
    }
}

record! {
    /// What one slot reads.
    pub struct Slot {
        /// From where.
        pub kind: SlotKind,
        /// Which, by position.
        pub index: u16,
        /// Which, by name.
        pub name: String,
        /// How far back.
        pub window_ms: Ms,
    }
}

record! {
    /// A weighted sum of slots, divided and floored.
    pub struct Sum {
        /// Its id.
        pub id: String,
        /// Slots and weights.
        pub terms: Vec<Term>,
        /// The divisor.
        pub per: u32,
    }
}

record! {
    /// One term of a sum.
    pub struct Term {
        /// The slot.
        pub slot: u16,
        /// Its weight.
        pub weight: i32,
    }
}

record! {
    /// `lo <= slot <= hi`, or `when_unknown`.
    pub struct Test {
        /// The slot.
        pub slot: u16,
        /// Smallest value that passes.
        pub lo: i64,
        /// Largest value that passes.
        pub hi: i64,
        /// Whether an unknown value passes.
        pub when_unknown: bool,
    }
}

record! {
    /// A rule: all the bits of a first mask, and of each mask after it at least one.
    pub struct OwnRule {
        /// Its id in the policy.
        pub id: String,
        /// The reason code it gives.
        pub code: String,
        /// The words it gives.
        pub words: String,
        /// What it blocks, if it is a guard.
        pub blocks: Set<Purpose>,
        /// Where it leads, if it is a route.
        pub route: Option<Route>,
        /// The masks, one after the other, each as long as the bits of the tests.
        pub masks: Vec<u64>,
    }
}

impl OwnRule {
    /// Whether the rule holds for these bits.
    #[must_use]
    pub fn holds(&self, bits: &[u64]) -> bool {
        // Most policies have so few tests that a mask is one number: without taking a list apart, it takes
        // a third of the time.
        if let ([bits], [all, any @ ..]) = (bits, self.masks.as_slice()) {
            return all & bits == *all && any.iter().all(|any| any & bits != 0);
        }
        let mut masks = self.masks.chunks_exact(bits.len().max(1));
        let all = masks.next().unwrap_or_default();
        all.iter().zip(bits).all(|(want, have)| want & have == *want)
            && masks.all(|any| any.iter().zip(bits).any(|(want, have)| want & have != 0))
    }
}

/// What an organisation's own rules come to: everything that choosing reads of them. Where two moments
/// have it in common, and nothing else has changed, the same is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Own routes that hold, a bit each, in order.
    ways: u64,
    /// Audiences this is nobody of, a bit each, in order.
    excluded: u64,
    /// What own guards object to.
    blocked: Set<Purpose>,
}

impl Turn {
    /// A number in which every bit of it counts, also among the first few.
    pub(crate) fn spread(&self) -> usize {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let all = self.ways ^ self.excluded.rotate_left(24) ^ u64::from(self.blocked.bits()) << 48;
        // A bit of a product depends on no higher ones: down with them, and once more.
        let down = all.wrapping_mul(ODD);
        ((down ^ down >> 32).wrapping_mul(ODD) >> 48) as usize
    }

    /// Of evaluated tests, with which of the first 32 own guards object, a bit each. `None` for more routes
    /// or audiences than there are bits.
    pub(crate) fn of(policy: &Policy, bits: &[u64]) -> (Option<Self>, u32) {
        let (mut own, mut blocked) = (0u32, Set::default());
        for (i, rule) in policy.guard_rules.iter().enumerate() {
            if rule.holds(bits) {
                blocked = blocked.and(rule.blocks);
                own |= u32::from(i < 32) << (i & 31);
            }
        }
        let hold = |rules: &[OwnRule]| {
            let mut set = 0u64;
            for (i, rule) in rules.iter().enumerate() {
                set |= u64::from(rule.holds(bits)) << (i & 63);
            }
            (rules.len() <= 64).then_some(set)
        };
        let turn = hold(&policy.route_rules).zip(hold(&policy.audiences));
        (turn.map(|(ways, excluded)| Self { ways, excluded, blocked }), own)
    }
}

/// How many words the bits of so many tests take; one at least.
pub(crate) fn words(tests: usize) -> usize {
    tests.div_ceil(64).max(1)
}

/// The value of a slot: what the host pushed for it, else what is known.
fn value(known: &[i64], pushed: &[i32], slot: u16) -> i64 {
    let slot = usize::from(slot);
    match pushed.get(slot) {
        Some(pushed) if *pushed != i32::MIN => i64::from(*pushed),
        _ => known.get(slot).copied().unwrap_or(UNKNOWN),
    }
}

/// Slots that were written since something was worked out from them; those that are 64 apart share a bit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written(u64);

impl Written {
    /// Any of them may have been.
    pub(crate) const ALL: Self = Self(u64::MAX);

    pub(crate) fn note(&mut self, slot: usize, written: bool) {
        self.0 |= u64::from(written) << (slot & 63);
    }

    pub(crate) const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) const fn is_any(self) -> bool {
        self.0 != 0
    }

    const fn is_much(self) -> bool {
        self.0.count_ones() >= 12
    }

    fn has(self, slot: u16) -> bool {
        self.0 >> (slot & 63) & 1 != 0
    }

    /// Whether one of the first few was.
    pub(crate) fn before(self, end: usize) -> bool {
        let first = u32::try_from(end).ok().and_then(|end| 1u64.checked_shl(end));
        self.0 & first.map_or(u64::MAX, |first| first - 1) != 0
    }
}

/// Evaluates the tests of slots that were written into `bits`, 64 to a word. Whether any came out
/// otherwise.
pub(crate) fn evaluate(
    tests: &[Test],
    known: &[i64],
    pushed: &[i32],
    changed: Written,
    bits: &mut Vec<u64>,
) -> bool {
    bits.resize(words(tests.len()), 0);
    let mut turned = 0;
    let passes = |test: &Test| {
        let value = value(known, pushed, test.slot);
        let (inside, unknown) = ((value >= test.lo) & (value <= test.hi), value == UNKNOWN);
        u64::from(if unknown { test.when_unknown } else { inside })
    };
    for (chunk, bits) in tests.chunks(64).zip(bits) {
        // Where much was written, looking which costs more than testing all.
        let before = *bits;
        *bits = if changed.is_much() {
            chunk.iter().rev().fold(0, |word, test| word << 1 | passes(test))
        } else {
            let tests = chunk.iter().enumerate().filter(|(_, test)| changed.has(test.slot));
            tests.fold(before, |word, (i, test)| word & !(1 << i) | passes(test) << i)
        };
        turned |= before ^ *bits;
    }
    turned != 0
}

/// Evaluates the sums that something was written of, each of which may read facts and the sums before
/// it; what is written then.
pub(crate) fn sums(
    sums: &[Sum],
    first: usize,
    slots: &mut [i64],
    pushed: &[i32],
    mut changed: Written,
) -> Written {
    for (i, sum) in sums.iter().enumerate() {
        if !sum.terms.iter().any(|term| changed.has(term.slot)) {
            continue;
        }
        let mut total = 0i64;
        let mut known = true;
        for term in &sum.terms {
            let value = value(slots, pushed, term.slot);
            known &= value != UNKNOWN;
            total = total.saturating_add(product(value, term.weight));
        }
        let value = if known { quotient(total, sum.per.max(1)) } else { UNKNOWN };
        if let Some(slot) = slots.get_mut(first + i) {
            changed.note(first + i, *slot != value);
            *slot = value;
        }
    }
    changed
}

/// A product that saturates. Nearly every fact has 32 bits, and then it cannot overflow; the checked
/// multiplication of 64 bits is a call in wasm.
fn product(value: i64, weight: i32) -> i64 {
    match i32::try_from(value) {
        Ok(value) => i64::from(value) * i64::from(weight),
        Err(_) => value.saturating_mul(i64::from(weight)),
    }
}

/// Divided and floored. Dividing 64 bits takes as long as a dozen tests.
fn quotient(total: i64, per: u32) -> i64 {
    match (i32::try_from(total), i32::try_from(per)) {
        (_, Ok(1)) => total,
        (Ok(total), Ok(per)) => i64::from(total.div_euclid(per)),
        _ => total.div_euclid(i64::from(per)),
    }
}
