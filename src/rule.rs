//! An organisation's own rules, compiled: every test is one interval on one slot, evaluated once
//! and without a branch into a bit; a rule is a mask over the bits.
//!
//! Three-valued logic costs nothing at run time. `not` was pushed down to the tests, and the interval of
//! each test holds [`UNKNOWN`] or does not, so that a rule that would end unknown ends on its declared
//! side: the conjunctions and disjunctions left are monotone.

mod readers;

pub use readers::Readers;
pub(crate) use readers::{GROUP, Written};

use crate::Text;
use crate::event::{Purpose, Route};
use crate::id::{Key, Salt};
use crate::program::Policy;
use crate::shape::{Set, record, words};
use crate::unit::Ms;

/// A slot nobody knows. Values lie on a circle, and this is what comes after the largest and before the
/// smallest of them.
pub const UNKNOWN: i64 = i64::MIN;

/// What the weights of a sum may come to, signs left out: no sum of 32-bit features overflows then.
pub const REACH: u64 = 1 << 31;

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
        pub name: Text,
        /// How far back.
        pub window_ms: Ms,
    }
}

record! {
    /// A weighted sum of slots, divided and floored. Its weights are at most [`REACH`] together.
    pub struct Sum {
        /// Its id.
        pub id: Text,
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
    /// An interval on a slot: the values from `lo` up to `hi`, on the circle on which [`UNKNOWN`] lies
    /// between the largest and the smallest. One that ends or begins there lets pass who is not known.
    pub struct Test {
        /// The slot.
        pub slot: u16,
        /// The first value that passes.
        pub lo: i64,
        /// The last value that passes.
        pub hi: i64,
    }
}

record! {
    /// A rule: all the bits of a first mask, and of each mask after it at least one.
    pub struct OwnRule {
        /// Its id in the policy.
        pub id: Text,
        /// The reason code it gives.
        pub code: Text,
        /// The words it gives.
        pub words: Text,
        /// What it blocks, if it is a guard.
        pub blocks: Set<Purpose>,
        /// Where it leads, if it is a route.
        pub route: Option<Route>,
        /// The masks, one after the other, each as long as the bits of the tests.
        pub masks: Vec<u64>,
    }
}

impl Sum {
    /// What its weights come to, signs left out.
    #[must_use]
    pub fn reach(&self) -> u64 {
        self.terms.iter().map(|term| u64::from(term.weight.unsigned_abs())).sum()
    }
}

impl Test {
    /// Whether a value passes.
    #[must_use]
    pub const fn passes(&self, value: i64) -> bool {
        self.reach(value) <= self.reach(self.hi)
    }

    /// Whether every value that passes this one passes another of the same slot.
    #[cfg(feature = "studio")]
    pub(crate) const fn implies(&self, other: &Self) -> bool {
        let (begin, end) = (other.reach(self.lo), other.reach(self.hi));
        begin <= end && end <= other.reach(other.hi) && self.slot == other.slot
    }

    /// How far a value lies from the first that passes.
    const fn reach(&self, value: i64) -> u64 {
        value.wrapping_sub(self.lo).cast_unsigned()
    }
}

impl OwnRule {
    /// Whether the rule holds for these bits.
    #[must_use]
    pub fn holds(&self, bits: &[u64]) -> bool {
        // Most policies have so few tests that a mask is one number: without taking lists apart, and without
        // a branch, it takes a third of the time.
        match (bits, self.masks.as_slice()) {
            ([bits], [all, any @ ..]) => {
                any.iter().fold(all & !bits == 0, |holds, any| holds & (any & bits != 0))
            }
            (bits, masks) => hold(masks, bits),
        }
    }
}

/// Whether masks that are longer than one number hold.
#[inline(never)]
fn hold(masks: &[u64], bits: &[u64]) -> bool {
    let mut masks = masks.chunks_exact(bits.len().max(1));
    let all = masks.next().unwrap_or_default();
    all.iter().zip(bits).all(|(want, have)| want & have == *want)
        && masks.all(|any| any.iter().zip(bits).any(|(want, have)| want & have != 0))
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
    #[inline(never)]
    pub(crate) fn of(policy: &Policy, bits: &[u64]) -> (Option<Self>, u32) {
        let (mut own, mut blocked) = (0u32, Set::default());
        for (i, rule) in policy.guard_rules.iter().enumerate() {
            let holds = rule.holds(bits);
            blocked = blocked.and(rule.blocks.only_if(holds));
            own |= u32::from(holds & (i < 32)) << (i & 31);
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
