//! Who reads what, so that only what reads something that was written is made anew.

use super::{Sum, Test};
use crate::shape::record;

/// Slots are looked after so many at a time: whether one of four was written costs a quarter of which, and
/// testing a few for nothing costs less than that.
pub(crate) const GROUP: usize = 4;

record! {
    /// Who reads which slots, four of them at a time.
    pub struct Readers {
        /// Where the tests that look at each four begin; they end where those of the next begin.
        pub tests: Vec<u16>,
        /// Which each sum reads: a bit for four slots, those 256 apart share one.
        pub sums: Vec<u64>,
    }
}

impl Readers {
    /// Of sums, and of tests that are in the order of the slots they look at.
    #[must_use]
    pub fn of(sums: &[Sum], tests: &[Test]) -> Self {
        let slots = tests.last().map_or(0, |test| usize::from(test.slot) + 1);
        let begin = |group| {
            let before = tests.partition_point(|test| usize::from(test.slot) < group * GROUP);
            u16::try_from(before).unwrap_or(u16::MAX)
        };
        let reads = |sum: &Sum| {
            sum.terms.iter().fold(Written::default(), |all, term| all.with(term.slot.into())).0
        };
        Self {
            tests: (0..=slots.div_ceil(GROUP)).map(begin).collect(),
            sums: sums.iter().map(reads).collect(),
        }
    }
}

/// Groups of slots that were written since something was worked out from them, a bit each; those that are 64
/// apart share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written(u64);

impl Written {
    /// Any of them may have been.
    pub(crate) const ALL: Self = Self(u64::MAX);

    /// With the group of a slot.
    pub(crate) const fn with(self, slot: usize) -> Self {
        Self(self.0 | 1 << ((slot / GROUP) & 63))
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether something was written of what is read.
    pub(crate) const fn meets(self, reads: u64) -> bool {
        self.0 & reads != 0
    }

    pub(crate) const fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Calls with each of so many groups.
    pub(crate) fn each(self, count: usize, mut call: impl FnMut(usize)) {
        let mut rest = self.0;
        while rest != 0 {
            let mut group = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            while group < count {
                call(group);
                group += 64;
            }
        }
    }
}
