//! The units everything is counted in. Arithmetic saturates: a panic in the page would poison the
//! object for good, and a wrapped number would be a wrong decision.

use crate::shape::{Shape, Wire};
use crate::wire::{Reader, Writer};

/// An instant (UTC epoch) or a span, in whole milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ms(pub i64);

impl Ms {
    /// Later than every instant a host can name: "holds for ever".
    pub const NEVER: Self = Self(i64::MAX);
    /// Before every instant a host can name.
    pub const ALWAYS: Self = Self(i64::MIN);
    /// The largest instant JavaScript's `Date` can hold, on either side of the epoch.
    pub const LIMIT: i64 = 8_640_000_000_000_000;

    /// `self + span`; stays at the ends.
    #[must_use]
    pub const fn plus(self, span: Self) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// `self - span`; stays at the ends.
    #[must_use]
    pub const fn minus(self, span: Self) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

/// The earliest after the present of the instants it was told of. Told one by one: a list of them, made of many
/// lists, would be a good part of the module a visitor downloads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Next {
    now: Ms,
    next: Ms,
}

impl Next {
    /// None yet.
    pub(crate) const fn after(now: Ms) -> Self {
        Self { now, next: Ms::NEVER }
    }

    pub(crate) fn tell(&mut self, at: Ms) {
        if at > self.now {
            self.next = self.next.min(at);
        }
    }

    /// The earliest; [`Ms::NEVER`] if there is none.
    pub(crate) const fn until(self) -> Ms {
        self.next
    }
}

impl Wire for Ms {
    const SHAPE: Shape = Shape::Ms;
    fn put(&self, out: &mut Writer) {
        out.int(self.0);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(from.int())
    }
}

/// Time within a visit: whole microseconds since it began, monotonic. Packed, so that the hundreds of
/// them in a visit leave no gaps between smaller fields: a visit has 4 KiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(C, packed(4))]
pub struct Micros(pub i64);

impl Micros {
    /// No visit is longer, in ms: thirty days. Its state counts milliseconds in four bytes.
    pub const LONGEST_MS: i64 = 2_592_000_000;

    /// From whole milliseconds.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms.saturating_mul(1000))
    }

    /// Whole milliseconds, rounded down.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whole milliseconds, rounded up: the first at which this is over.
    #[must_use]
    pub const fn ms_up(self) -> i64 {
        self.0.saturating_add(999).div_euclid(1000)
    }

    /// `self - earlier`; stays at the ends.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }

    /// `self + ms` milliseconds.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms.saturating_mul(1000)))
    }
}

impl Wire for Micros {
    const SHAPE: Shape = Shape::VisitTime;
    fn put(&self, out: &mut Writer) {
        out.int(self.0);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(from.int())
    }
}

/// The millisecond of a visit in which something happened last, in four bytes; by default, not yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(u32);

impl Stamp {
    /// At a visit time, rounded down to its millisecond.
    #[must_use]
    pub fn of(t: Micros) -> Self {
        Self(u32::try_from(t.ms().saturating_add(1)).unwrap_or(u32::MAX))
    }

    /// When it happened, if it has.
    #[must_use]
    pub fn get(self) -> Option<Micros> {
        Some(Micros::from_ms(i64::from(self.0.checked_sub(1)?)))
    }
}

impl Wire for Stamp {
    const SHAPE: Shape = u32::SHAPE;
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(u32::get(from))
    }
}

/// A share or a score: an integer 0..=1000, never a float, so that native and wasm agree bit for
/// bit and shards of a review merge by plain addition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permille(u16);

impl Permille {
    /// 0.
    pub const ZERO: Self = Self(0);
    /// 1000: the whole.
    pub const ONE: Self = Self(1000);

    /// Clamped into 0..=1000.
    #[must_use]
    pub const fn new(value: i64) -> Self {
        if value <= 0 {
            Self(0)
        } else if value >= 1000 {
            Self(1000)
        } else {
            Self(value as u16)
        }
    }

    /// As a plain integer.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0 as i64
    }
}

impl Wire for Permille {
    const SHAPE: Shape = Shape::Int { min: 0, max: 1000 };
    fn put(&self, out: &mut Writer) {
        out.int(self.get());
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self::new(from.int_in(0, 1000))
    }
}

/// A share of a policy that is written as a fraction, `0.5`; per mille inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share(pub Permille);

impl Wire for Share {
    const SHAPE: Shape = Shape::Share;
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(<Permille as Wire>::get(from))
    }
}

/// Three-valued truth (Kleene's strong logic). Unknown is carried, never turned into yes by a
/// negation: for whatever sells, asks or interrupts it denies; for help a person seeks it allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Truth {
    /// Known to hold.
    Yes,
    /// Known not to hold.
    No,
    /// Nobody can say.
    #[default]
    Unknown,
}

impl Truth {
    /// A known truth.
    #[must_use]
    pub const fn known(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Both must hold.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// One is enough.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Unknown,
        }
    }
}

impl core::ops::Not for Truth {
    type Output = Self;

    /// The other way round; the negation of unknown is unknown.
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl Wire for Truth {
    const SHAPE: Shape = Shape::Truth;
    fn put(&self, out: &mut Writer) {
        out.byte(match self {
            Self::No => 0,
            Self::Yes => 1,
            Self::Unknown => 2,
        });
    }
    fn get(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::No,
            1 => Self::Yes,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_never_turns_unknown_into_yes() {
        assert_eq!(!Truth::Unknown, Truth::Unknown);
        assert_eq!(Truth::Unknown.and(Truth::No), Truth::No);
        assert_eq!(Truth::Unknown.or(Truth::Yes), Truth::Yes);
        assert_eq!(Truth::Unknown.or(Truth::No), Truth::Unknown);
    }

    #[test]
    fn time_saturates_instead_of_wrapping() {
        assert_eq!(Ms::NEVER.plus(Ms(1)), Ms::NEVER);
        assert_eq!(Ms::ALWAYS.minus(Ms(1)), Ms::ALWAYS);
        assert_eq!(Permille::new(-5), Permille::ZERO);
        assert_eq!(Permille::new(5000), Permille::ONE);
    }
}
