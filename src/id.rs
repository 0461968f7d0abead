//! Names as numbers. One stable 64-bit hash (XXH64) serves every purpose: keys of pages and targets,
//! decision ids, samples. It is named so that another implementation can agree with it.

use crate::shape::{Shape, Wire};
use crate::wire::{Reader, Writer};

/// The host's salt for keys: two sites (or two visitors) with different salts cannot be joined by
/// their keys. Stories use 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salt(pub u32);

/// A page, target, form or topic as a salted 32-bit hash of its name: structure, never text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u32);

impl Key {
    /// No key: an event without a place.
    pub const NONE: Self = Self(0);

    /// The key of a name: the low half of its XXH64.
    #[must_use]
    pub fn of(name: &str, salt: Salt) -> Self {
        Self(hash(name.as_bytes(), u64::from(salt.0)) as u32)
    }
}

impl Wire for Salt {
    const SHAPE: Shape = u32::SHAPE;
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(u32::get(from))
    }
}

impl Wire for Key {
    const SHAPE: Shape = Shape::Key;
    fn put(&self, out: &mut Writer) {
        out.int(i64::from(self.0));
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(u32::get(from))
    }
}

/// XXH64 of `bytes` with a seed.
#[must_use]
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    xxhash_rust::xxh64::xxh64(bytes, seed)
}

/// A hash as 16 hexadecimal digits.
#[must_use]
pub fn hex(value: u64) -> String {
    let digits = b"0123456789abcdef";
    (0..16)
        .rev()
        .map(|i| char::from(*digits.get(((value >> (4 * i)) & 15) as usize).unwrap_or(&b'0')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash(b"", 0), 0xef46_db37_51d8_e999);
        assert_eq!(hex(0x1f), "000000000000001f");
        assert_ne!(Key::of("export", Salt(0)), Key::of("export", Salt(1)));
    }
}
