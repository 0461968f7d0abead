//! The fields of a page: each is begun and filled in once, and refused once for each attempt to send.

use crate::id::Key;

/// Fields remembered of a page.
const FIELDS: usize = 64;

/// The fields of a page that were filled in, and that were refused.
#[derive(Default)]
pub(super) struct Fields {
    begun: Vec<Key>,
    done: Vec<Key>,
    refused: Vec<Key>,
    refused_at: f64,
}

/// Adds what is new; whether it was.
fn add(list: &mut Vec<Key>, field: Key) -> bool {
    let news = list.len() < FIELDS && !list.contains(&field);
    if news {
        list.push(field);
    }
    news
}

impl Fields {
    pub(super) fn begin(&mut self, field: Key) -> bool {
        add(&mut self.begun, field)
    }

    /// Leaving what was not filled in is not finishing it.
    pub(super) fn finish(&mut self, field: Key) -> bool {
        self.begun.contains(&field) && add(&mut self.done, field)
    }

    pub(super) fn is_done(&self, field: Key) -> bool {
        self.done.contains(&field)
    }

    /// Once for each attempt to send.
    pub(super) fn refuse(&mut self, field: Key, attempt: f64) -> bool {
        if core::mem::replace(&mut self.refused_at, attempt) != attempt {
            self.refused.clear();
        }
        add(&mut self.refused, field)
    }
}
