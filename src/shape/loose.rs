//! What a document may hold beside plain fields: JSON for another reader, notes, one or several.

use super::{Shape, Wire};
use crate::Text;
use crate::wire::{Reader, Writer};

/// JSON kept as text until its own reader takes it: a patch, a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Json(pub Text);

impl Wire for Json {
    const SHAPE: Shape = Shape::Json;
    fn put(&self, out: &mut Writer) {
        // Longer than text may be: a patch is a document.
        out.count(self.0.len());
        out.raw(self.0.as_bytes());
    }
    fn get(from: &mut Reader<'_>) -> Self {
        let count = from.count(usize::MAX >> 1);
        match core::str::from_utf8(from.raw(count)) {
            Ok(text) => Self(text.into()),
            Err(_) => {
                from.fail("text is not UTF-8");
                Self::default()
            }
        }
    }
}

/// Words for the reader of a policy: where a number comes from. Compiling leaves them out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Note;

impl Wire for Note {
    const SHAPE: Shape = Shape::Note;
    fn put(&self, _out: &mut Writer) {}
    fn get(_from: &mut Reader<'_>) -> Self {
        Self
    }
}

/// One value or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<T: Wire> Wire for OneOrMore<T> {
    const SHAPE: Shape = Shape::OneOrMore(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(Vec::get(from))
    }
}
