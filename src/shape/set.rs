//! Sets of words, rings of the latest, and fixed arrays: state that never grows.

use super::{Shape, Wire};
use crate::wire::{Reader, Writer};
use core::marker::PhantomData;

/// A word of a closed list of at most 32.
pub trait Word: Copy + Wire + 'static {
    /// Every word, in order.
    const EVERY: &'static [Self];
    /// Its position.
    fn place(self) -> u32;
}

/// Some of the words of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set<T>(u32, PhantomData<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<T: Word> Set<T> {
    /// With one more.
    #[must_use]
    pub fn with(self, word: T) -> Self {
        Self(self.0 | 1 << (word.place() & 31), PhantomData)
    }

    /// A bit for each word, by its position.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0, PhantomData)
    }

    /// All of it or nothing, without a branch.
    #[must_use]
    pub(crate) fn only_if(self, holds: bool) -> Self {
        Self(self.0 & u32::from(holds).wrapping_neg(), PhantomData)
    }

    /// Whether it is in.
    #[must_use]
    pub fn has(self, word: T) -> bool {
        self.0 & 1 << (word.place() & 31) != 0
    }

    /// Whether both have one in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Its words, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = T> {
        T::EVERY.iter().copied().filter(move |word| self.has(*word))
    }
}

impl<T: Word> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(words: I) -> Self {
        words.into_iter().fold(Self::default(), Self::with)
    }
}

impl<T: Word> Wire for Set<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        out.count(self.0.count_ones() as usize);
        self.iter().for_each(|word| word.put(out));
    }
    fn get(from: &mut Reader<'_>) -> Self {
        (0..from.count(T::EVERY.len())).map(|_| T::get(from)).collect()
    }
}

/// The latest few of something, in constant memory: what is pushed when it is full takes the place
/// of the oldest. At most 255.
#[derive(Clone, Copy, Debug)]
pub struct Ring<T, const N: usize> {
    slots: [T; N],
    len: u8,
    /// Where the oldest is.
    first: u8,
}

impl<T: Copy + Wire, const N: usize> Default for Ring<T, N> {
    fn default() -> Self {
        // Free places hold what a reader of nothing gives: no `Option` around each is paid for.
        Self { slots: [T::get(&mut Reader::new(&[])); N], len: 0, first: 0 }
    }
}

impl<T: Copy + Wire, const N: usize> Ring<T, N> {
    /// Takes one more; gives the oldest back when there was no room left.
    pub fn push(&mut self, value: T) -> Option<T> {
        let (first, len) = (usize::from(self.first), usize::from(self.len));
        let slot = self.slots.get_mut((first + len) % N.max(1))?;
        let old = core::mem::replace(slot, value);
        if len < N {
            self.len += 1;
            return None;
        }
        self.first = u8::try_from((first + 1) % N.max(1)).unwrap_or(0);
        Some(old)
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        let (wrapped, first) = self.slots.split_at(usize::from(self.first).min(N));
        let (one, two) = self.parts();
        first.iter().take(one).chain(wrapped.iter().take(two))
    }

    /// Oldest first, to change.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        let (one, two) = self.parts();
        let (wrapped, first) = self.slots.split_at_mut(usize::from(self.first).min(N));
        first.iter_mut().take(one).chain(wrapped.iter_mut().take(two))
    }

    /// How many are before the end of the memory, and how many after its beginning.
    fn parts(&self) -> (usize, usize) {
        let (first, len) = (usize::from(self.first).min(N), usize::from(self.len).min(N));
        let one = len.min(N - first);
        (one, len - one)
    }

    /// The one before `back` others; 0 is the newest.
    #[must_use]
    pub fn back(&self, back: usize) -> Option<&T> {
        self.iter().rev().nth(back)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

// Equal is what holds the same in the same order, wherever in the memory it lies.
impl<T: Copy + Wire + PartialEq, const N: usize> PartialEq for Ring<T, N> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Copy + Wire + Eq, const N: usize> Eq for Ring<T, N> {}

impl<T: Copy + Wire, const N: usize> Wire for Ring<T, N> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        out.count(usize::from(self.len));
        self.iter().for_each(|value| value.put(out));
    }
    fn get(from: &mut Reader<'_>) -> Self {
        let mut ring = Self::default();
        for _ in 0..from.count(N) {
            ring.push(T::get(from));
        }
        ring
    }
}

impl<T: Wire, const N: usize> Wire for [T; N] {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        self.iter().for_each(|value| value.put(out));
    }
    fn get(from: &mut Reader<'_>) -> Self {
        core::array::from_fn(|_| T::get(from))
    }
}

#[cfg(test)]
mod tests {
    use super::Ring;

    #[test]
    fn a_full_ring_gives_back_its_oldest() {
        let mut ring = Ring::<i32, 3>::default();
        assert!((1..=3).all(|i| ring.push(i).is_none()));
        assert_eq!(ring.push(4), Some(1));
        assert_eq!(ring.iter().copied().collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(ring.back(0), Some(&4));
        assert_eq!(ring.back(3), None);
    }
}
