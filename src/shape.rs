//! One declaration of a type, every encoding of it.
//!
//! What crosses a boundary (events, moments, policies, decisions) is declared once with `record!`,
//! `words!` or `tagged!`. The macro writes the Rust type, its bytes ([`Wire`]) and its [`Shape`]:
//! the same declaration as data. Two interpreters walk that data: `json` (JSON in with a pointer to
//! *every* mistake, JSON out in contract order) and, generated from it, `pkg/layout.js` in the page.
//! Serde's derive would stop at the first mistake, and would have to ship in the hot module.

mod loose;
mod set;
mod table;

pub use loose::{Json, Note, OneOrMore};
pub use set::{Ring, Set, Word};
pub use table::Table;

use crate::wire::{Reader, Writer};
use crate::{Error, Text};

/// What a value looks like outside Rust.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// `true` or `false`; one byte.
    Bool,
    /// An integer in a range.
    Int {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// An instant or span in integer milliseconds; RFC 3339 text is read too.
    Ms,
    /// Milliseconds since the visit began, fractions allowed outside, whole microseconds inside.
    VisitTime,
    /// Text of at most [`crate::wire::TEXT_LIMIT`] bytes.
    Text,
    /// A name that travels as its salted 32-bit hash; text or the hash itself outside.
    Key,
    /// `true`, `false` or `"unknown"`.
    Truth,
    /// A boolean, an integer or text.
    Value,
    /// Any JSON, carried as its text for somebody else to read.
    Json,
    /// One, or a list of at least one.
    OneOrMore(&'static Shape),
    /// A share from 0 to 1 with at most three decimals; per mille inside.
    Share,
    /// Text for the reader of a document; it is checked and carried no further.
    Note,
    /// A time of day, `"HH:MM"` outside, minutes since midnight inside.
    Clock,
    /// `"all"`, or some of them.
    AllOr(&'static Shape),
    /// One word of a closed list; one byte.
    Words(&'static [&'static str]),
    /// May be absent; a byte says whether it follows.
    Maybe(&'static Shape),
    /// Any number of the same; absent outside means none.
    List(&'static Shape),
    /// An object keyed by ids, sorted by them.
    Table(&'static Shape),
    /// An object with these fields.
    Record(&'static [Field]),
    /// An object whose `type` says which fields follow the common ones.
    Tagged(&'static [Field], &'static [(&'static str, Shape)]),
}

/// One field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its Rust name; outside it is written in camelCase.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What it means, in the words of its documentation; natively only, no page carries them.
    pub about: &'static str,
}

/// What a field means, where somebody may read it.
#[must_use]
pub const fn about(words: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { words }
}

impl Field {
    /// Its name outside Rust, in camelCase.
    #[must_use]
    pub fn outside(&self) -> String {
        let mut up = false;
        let mut out = String::with_capacity(self.name.len());
        for c in self.name.trim_start_matches("r#").chars() {
            if c == '_' {
                up = true;
            } else {
                out.push(if up { c.to_ascii_uppercase() } else { c });
                up = false;
            }
        }
        out
    }
}

/// A type with bytes and a shape.
pub trait Wire: Sized {
    /// The declaration as data.
    const SHAPE: Shape;
    /// Appends its bytes.
    fn put(&self, out: &mut Writer);
    /// Takes its bytes; for bytes that are no such value the reader has failed.
    fn get(from: &mut Reader<'_>) -> Self;

    /// Its bytes alone.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.put(&mut out);
        out.done()
    }

    /// From bytes that hold it and nothing else.
    ///
    /// # Errors
    /// `Corrupt` when they are something else, or something follows.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut from = Reader::new(bytes);
        let value = Self::get(&mut from);
        from.end().map(|()| value)
    }
}

impl Wire for bool {
    const SHAPE: Shape = Shape::Bool;
    fn put(&self, out: &mut Writer) {
        out.byte(u8::from(*self));
    }
    fn get(from: &mut Reader<'_>) -> Self {
        from.byte() != 0
    }
}

macro_rules! int {
    ($($kind:ty),*) => {$(
        impl Wire for $kind {
            const SHAPE: Shape = Shape::Int { min: <$kind>::MIN as i64, max: <$kind>::MAX as i64 };
            fn put(&self, out: &mut Writer) {
                out.int(i64::from(*self));
            }
            fn get(from: &mut Reader<'_>) -> Self {
                // The reader has checked the range.
                from.int_in(<$kind>::MIN as i64, <$kind>::MAX as i64) as $kind
            }
        }
    )*};
}
int!(u8, u16, u32, i32);

impl Wire for i64 {
    // JSON numbers are exact only this far.
    const SHAPE: Shape = Shape::Int { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 };
    fn put(&self, out: &mut Writer) {
        out.int(*self);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        from.int()
    }
}

impl Wire for u64 {
    const SHAPE: Shape = Shape::Int { min: i64::MIN, max: i64::MAX };
    fn put(&self, out: &mut Writer) {
        out.int(self.cast_signed());
    }
    fn get(from: &mut Reader<'_>) -> Self {
        from.int().cast_unsigned()
    }
}

impl Wire for Text {
    const SHAPE: Shape = Shape::Text;
    fn put(&self, out: &mut Writer) {
        out.text(self);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        from.kept_text()
    }
}

/// Documents of the studio own their text.
#[cfg(feature = "studio")]
impl Wire for String {
    const SHAPE: Shape = Shape::Text;
    fn put(&self, out: &mut Writer) {
        out.text(self);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Wire> Wire for Option<T> {
    const SHAPE: Shape = Shape::Maybe(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        out.byte(u8::from(self.is_some()));
        if let Some(value) = self {
            value.put(out);
        }
    }
    fn get(from: &mut Reader<'_>) -> Self {
        if from.byte() == 0 { None } else { Some(T::get(from)) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        out.count(self.len());
        for value in self {
            value.put(out);
        }
    }
    fn get(from: &mut Reader<'_>) -> Self {
        let count = from.list();
        // The claimed count is not trusted with memory: every element takes at least one byte.
        let mut list = Self::with_capacity(count.min(from.left()));
        for _ in 0..count {
            if from.failed() {
                break;
            }
            list.push(T::get(from));
        }
        list
    }
}

/// A struct whose fields are bytes and shape in the order they are written.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[doc = $about:literal])* pub $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[doc = $about])* pub $field: $kind,)* }

        impl $crate::shape::Wire for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Record(&[
                $($crate::shape::Field {
                    name: stringify!($field),
                    shape: <$kind as $crate::shape::Wire>::SHAPE,
                    about: $crate::shape::about(concat!($($about),*)),
                },)*
            ]);
            fn put(&self, out: &mut $crate::wire::Writer) {
                $($crate::shape::Wire::put(&self.$field, out);)*
                let _ = out;
            }
            fn get(from: &mut $crate::wire::Reader<'_>) -> Self {
                let _ = &from;
                Self { $($field: $crate::shape::Wire::get(from),)* }
            }
        }
    };
}

/// A closed list of words; the position is the byte.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant,)* }

        // Every list of words has the same face, used or not.
        #[allow(dead_code)]
        impl $name {
            /// Every word, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// What a reader that failed gives.
            const FIRST: Self = match Self::ALL {
                [first, ..] => *first,
                [] => unreachable!(),
            };
            /// Every word as it is written.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// The word of that writing.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                let code = Self::WORDS.iter().position(|known| *known == word)?;
                Self::ALL.get(code).copied()
            }

            /// The word as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::shape::Word for $name {
            const EVERY: &'static [Self] = Self::ALL;
            fn place(self) -> u32 {
                self as u32
            }
        }

        impl $crate::shape::Wire for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Words(Self::WORDS);
            fn put(&self, out: &mut $crate::wire::Writer) {
                out.byte(*self as u8);
            }
            fn get(from: &mut $crate::wire::Reader<'_>) -> Self {
                let code = from.byte();
                match Self::ALL.get(usize::from(code)) {
                    Some(word) => *word,
                    None => {
                        from.fail("a word is not in its list");
                        Self::FIRST
                    }
                }
            }
        }
    };
}

/// An event: common fields and a body whose `type` decides the rest.
macro_rules! tagged {
    (
        $(#[$meta:meta])* pub struct $name:ident { $($(#[doc = $about:literal])* pub $field:ident: $kind:ty,)* }
        $(#[$bmeta:meta])* pub enum $body:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[doc = $about])* pub $field: $kind,)*
            /// What happened.
            pub body: $body,
        }

        $(#[$bmeta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $body { $($(#[$vmeta])* $variant($variant),)* }

        impl $body {
            /// The event's `type`.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $word,)* }
            }

            fn get(code: u8, from: &mut $crate::wire::Reader<'_>) -> Self {
                let mut tag = 0u8;
                $(
                    if code == tag {
                        return Self::$variant($crate::shape::Wire::get(from));
                    }
                    tag += 1;
                )*
                let _ = tag;
                from.fail("no such type of event");
                Self::get(0, from)
            }
        }

        impl $crate::shape::Wire for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Tagged(
                &[$($crate::shape::Field {
                    name: stringify!($field),
                    shape: <$kind as $crate::shape::Wire>::SHAPE,
                    about: $crate::shape::about(concat!($($about),*)),
                },)*],
                &[$(($word, <$variant as $crate::shape::Wire>::SHAPE),)*],
            );
            fn put(&self, out: &mut $crate::wire::Writer) {
                let mut tag = 0u8;
                $(if matches!(self.body, $body::$variant(_)) { out.byte(tag); } tag += 1;)*
                let _ = tag;
                $($crate::shape::Wire::put(&self.$field, out);)*
                match &self.body { $($body::$variant(body) => $crate::shape::Wire::put(body, out),)* }
            }
            fn get(from: &mut $crate::wire::Reader<'_>) -> Self {
                let code = from.byte();
                $(let $field = $crate::shape::Wire::get(from);)*
                Self { $($field,)* body: $body::get(code, from) }
            }
        }
    };
}

pub(crate) use {record, tagged, words};
