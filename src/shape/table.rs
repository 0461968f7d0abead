//! Entries keyed by id.

use super::{Shape, Wire};
use crate::Text;
use crate::wire::{Reader, Writer};

/// Entries keyed by id, in the order of their ids. A sorted list, not a tree: tables are small, read
/// often and built once, and a tree would bring more code than all guards together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T>(Vec<(Text, T)>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Table<T> {
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(id))
    }

    /// The entry of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        let place = self.place(id).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// Sets the entry of an id.
    pub fn insert(&mut self, id: &str, value: T) {
        match self.place(id) {
            Ok(place) => {
                if let Some((_, known)) = self.0.get_mut(place) {
                    *known = value;
                }
            }
            Err(place) => self.0.insert(place, (id.into(), value)),
        }
    }

    /// Whether there is an entry.
    #[must_use]
    pub fn contains_key(&self, id: &str) -> bool {
        self.place(id).is_ok()
    }

    /// Ids, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Text> + Clone {
        self.0.iter().map(|(id, _)| id)
    }

    /// Entries, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &T)> {
        self.0.iter().map(|(id, value)| (id, value))
    }

    /// Entries to change, in the order of their ids.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Text, &mut T)> {
        self.0.iter_mut().map(|(id, value)| (&*id, value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Wire> Wire for Table<T> {
    const SHAPE: Shape = Shape::Table(&T::SHAPE);
    fn put(&self, out: &mut Writer) {
        out.count(self.len());
        for (id, value) in &self.0 {
            out.text(id);
            value.put(out);
        }
    }
    fn get(from: &mut Reader<'_>) -> Self {
        let count = from.list();
        let mut table = Vec::with_capacity(count.min(from.left()));
        for _ in 0..count {
            if from.failed() {
                break;
            }
            let id = Text::get(from);
            table.push((id, T::get(from)));
        }
        // Lookups rely on the order, so it is checked, not assumed.
        if !table.is_sorted_by(|(a, _), (b, _)| a < b) {
            from.fail("a table is out of order");
        }
        Self(table)
    }
}
