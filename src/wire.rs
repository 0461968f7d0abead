//! The one bounded writer and reader behind everything that is bytes: a compiled policy, a saved
//! history, an event or moment crossing from JavaScript, a decision crossing back.
//!
//! Integers are zigzag LEB128, text is a length and UTF-8. Small numbers, which nearly all of ours
//! are, take a byte, and a reader in another language is thirty lines.

use crate::id::hash;
use crate::{Error, Text};

/// The longest text accepted from outside, in bytes: enough for a promise or a message, too little
/// to hide a document in an id.
pub const TEXT_LIMIT: usize = 4096;
/// The longest list accepted from outside.
pub const LIST_LIMIT: usize = 65_536;
/// A list of so many, or more, is read as one in which texts repeat.
const LONG: usize = 8;
/// Texts read of late that are remembered, each at its place.
const PLACES: usize = 64;

/// Appends values to bytes.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Nothing written yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// Continues in the memory of an earlier buffer, emptied.
    #[must_use]
    pub fn reuse(mut bytes: Vec<u8>) -> Self {
        bytes.clear();
        Self { bytes }
    }

    /// One raw byte.
    #[inline(never)]
    pub fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// A signed integer: zigzag, then seven bits a byte.
    #[inline(never)]
    pub fn int(&mut self, value: i64) {
        let mut rest = ((value << 1) ^ (value >> 63)).cast_unsigned();
        while rest >= 0x80 {
            self.bytes.push((rest as u8) | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }

    /// A length or count.
    pub fn count(&mut self, value: usize) {
        self.int(i64::try_from(value).unwrap_or(i64::MAX));
    }

    /// Length and UTF-8.
    #[inline(never)]
    pub fn text(&mut self, value: &str) {
        self.count(value.len());
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// Bytes as they are.
    pub fn raw(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
    }

    /// What was written.
    #[must_use]
    pub fn done(self) -> Vec<u8> {
        self.bytes
    }

    /// What was written so far.
    #[must_use]
    pub fn so_far(&self) -> &[u8] {
        &self.bytes
    }
}

/// Takes values from bytes; every step is checked, so no input can make it panic or read beyond.
///
/// A failure is remembered instead of returned: what is read after it is empty, and whoever asked for
/// the whole learns of it at the [`Reader::end`]. Returning it from every step would cost each decoder
/// a way out at every field, which was a quarter of the hot module.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    failed: Option<&'static str>,
    /// Texts read of late, each at the place its hash says; no places while nothing long is read.
    late: Vec<Text>,
}

impl<'a> Reader<'a> {
    /// From the first byte.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, failed: None, late: Vec::new() }
    }

    /// Remembers the first thing that is wrong; nothing is left to read.
    #[cold]
    pub fn fail(&mut self, what: &'static str) {
        self.failed.get_or_insert(what);
        self.rest = &[];
    }

    /// Whether something was wrong.
    #[must_use]
    pub const fn failed(&self) -> bool {
        self.failed.is_some()
    }

    /// One raw byte.
    pub fn byte(&mut self) -> u8 {
        if let Some((first, rest)) = self.rest.split_first() {
            self.rest = rest;
            return *first;
        }
        self.fail("ends too early");
        0
    }

    /// A signed integer.
    #[inline(never)]
    pub fn int(&mut self) -> i64 {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return (value >> 1).cast_signed() ^ -((value & 1).cast_signed());
            }
        }
        self.fail("an integer is too long");
        0
    }

    /// An integer of a range; the smallest when it is outside.
    #[inline(never)]
    pub fn int_in(&mut self, min: i64, max: i64) -> i64 {
        let value = self.int();
        if (min..=max).contains(&value) {
            return value;
        }
        self.fail("an integer does not fit");
        min
    }

    /// A length or count of at most `limit`.
    #[inline(never)]
    pub fn count(&mut self, limit: usize) -> usize {
        match usize::try_from(self.int()) {
            Ok(count) if count <= limit => count,
            _ => {
                self.fail("a length is beyond its limit");
                0
            }
        }
    }

    /// Length and UTF-8.
    #[inline(never)]
    pub fn text(&mut self) -> &'a str {
        let count = self.count(TEXT_LIMIT);
        let Ok(text) = core::str::from_utf8(self.raw(count)) else {
            self.fail("text is not UTF-8");
            return "";
        };
        text
    }

    /// Text to keep. In a long list the same text is read again and again (a source, a matter), and is kept once.
    #[inline(never)]
    pub fn kept_text(&mut self) -> Text {
        let text = self.text();
        if self.late.is_empty() {
            return text.into();
        }
        let place = hash(text.as_bytes(), 0) as usize % PLACES;
        match self.late.get_mut(place) {
            Some(known) if known == text => known.clone(),
            Some(known) => {
                *known = text.into();
                known.clone()
            }
            None => text.into(),
        }
    }

    /// The length of a list.
    #[inline(never)]
    pub fn list(&mut self) -> usize {
        let count = self.count(LIST_LIMIT);
        if count >= LONG && self.late.is_empty() {
            self.late.resize(PLACES, Text::new());
        }
        count
    }

    /// The next `count` bytes.
    pub fn raw(&mut self, count: usize) -> &'a [u8] {
        if let Some((taken, rest)) = self.rest.split_at_checked(count) {
            self.rest = rest;
            return taken;
        }
        self.fail("ends too early");
        &[]
    }

    /// How many bytes are left.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.rest.len()
    }

    /// Everything was read, and nothing was wrong.
    ///
    /// # Errors
    /// `Corrupt` otherwise.
    pub fn end(&self) -> Result<(), Error> {
        match self.failed {
            Some(what) => Err(Error::corrupt(what)),
            None if self.rest.is_empty() => Ok(()),
            None => Err(Error::corrupt("something follows the end")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_come_back_whatever_their_size() {
        for value in [0, 1, -1, 63, 64, -64, -65, 1 << 40, i64::MAX, i64::MIN] {
            let mut out = Writer::new();
            out.int(value);
            let bytes = out.done();
            let mut from = Reader::new(&bytes);
            assert_eq!(from.int(), value);
            from.end().unwrap();
        }
    }

    #[test]
    fn what_is_read_again_and_again_is_kept_once() {
        use crate::shape::Wire;
        let told: Vec<Text> =
            (0..40).map(|i| if i % 2 == 0 { "crm".into() } else { crate::text!("e{i}") }).collect();
        let read = Vec::<Text>::from_bytes(&told.to_bytes()).unwrap();
        assert_eq!(read, told);
        let mut known = read.iter().step_by(2);
        let first = known.next().unwrap();
        assert!(known.all(|other| Text::ptr_eq(first, other)));
    }

    #[test]
    fn a_cut_message_is_an_error_not_a_panic() {
        let mut out = Writer::new();
        out.text("a promise");
        let bytes = out.done();
        for end in 0..bytes.len() {
            let mut from = Reader::new(&bytes[..end]);
            assert_eq!(from.text(), "");
            assert!(from.end().is_err());
        }
        let mut from = Reader::new(&[0xff; 12]);
        assert_eq!(from.int(), 0);
        assert!(from.end().is_err());
    }
}
