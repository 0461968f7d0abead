//! The sections of a document, each read by itself: what is wrong with one hides nothing in another.

use super::document::{Head, Rule, RuleDoc, SECTIONS};
use crate::json;
use crate::shape::{Field, Shape, Table, Wire};
use crate::{Error, ErrorCode};
use serde_json::Value;

const DEPTH: usize = 8;

/// Reads the sections of a document.
pub(super) struct Sections<'a> {
    pub(super) starter: &'a Value,
    pub(super) errors: &'a mut Vec<Error>,
}

impl Sections<'_> {
    /// A section by itself; left out, it is empty. `None` only if the starter is broken.
    pub(super) fn read<T: Wire>(&mut self, value: Option<Value>, path: &str) -> Option<T> {
        let empty = Value::Object(serde_json::Map::new());
        let value = value.unwrap_or_else(|| empty.clone());
        let before = self.errors.len();
        let found = json::read(&value, path, self.errors);
        found.or_else(|| self.mended(value, path, before)).or_else(|| {
            let mut own = self.starter.pointer(path).cloned().unwrap_or(empty);
            // Rules and sums are read by themselves.
            if let Some(own) = own.as_object_mut() {
                for apart in ["sums", "rules", "calendars"] {
                    own.shift_remove(apart);
                }
            }
            json::read(&own, path, &mut Vec::new())
        })
    }

    /// The value read without what is wrong with it: the starter's instead, or nothing. So a slip in one
    /// place hides nothing in another.
    fn mended<T: Wire>(&self, mut value: Value, path: &str, before: usize) -> Option<T> {
        let mut wrong: Vec<Error> = self.errors.iter().skip(before).cloned().collect();
        // What lost a part it needs goes as a whole, the next time; nothing nests deeper than this.
        for _ in 0..DEPTH {
            // The last first: what is taken out of a list moves what comes after it.
            for error in wrong.iter().rev() {
                let place = error.path().strip_prefix(path).unwrap_or_default();
                mend(&mut value, place, self.starter.pointer(error.path()));
            }
            wrong.clear();
            let found = json::read(&value, path, &mut wrong);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Rules, each by itself: a mistake in one hides none in its condition, nor in the others.
    pub(super) fn rules(&mut self, value: Option<Value>, path: &str) -> Vec<Rule> {
        let rules = match value {
            None => return Vec::new(),
            Some(Value::Object(rules)) => rules,
            Some(other) => {
                // The reader says what is wrong with it.
                let _ = json::read::<Table<RuleDoc>>(&other, path, self.errors);
                return Vec::new();
            }
        };
        let mut list = Vec::new();
        for (id, value) in rules {
            let place = json::join(path, &id);
            let doc: Option<RuleDoc> = json::read(&value, &place, self.errors);
            if doc.as_ref().is_some_and(|doc| doc.words.trim().is_empty()) {
                let hint = "say in a sentence why, as the visitor should read it";
                self.errors.push(
                    Error::new(ErrorCode::Missing, format!("{place}/words"), "no words").hint(hint),
                );
            }
            list.push(Rule { id: id.into(), doc, when: value.get("when").cloned() });
        }
        list
    }

    /// What is left when every section is taken. A misspelt section looks like an unknown field of
    /// the head, so sections are suggested too.
    pub(super) fn head(&mut self, rest: &Value) -> Option<Head> {
        let before = self.errors.len();
        let head = json::read(rest, "", self.errors);
        let head = head.or_else(|| self.mended(rest.clone(), "", before));
        let Shape::Record(fields) = Head::SHAPE else { return head };
        let names: Vec<String> = fields.iter().map(Field::outside).collect();
        for error in self.errors.iter_mut().skip(before) {
            let top = error.path().strip_prefix('/').filter(|rest| !rest.contains('/'));
            if let (Some(wrong), ErrorCode::UnknownField) = (top, error.code()) {
                let known = names.iter().map(String::as_str).chain(SECTIONS);
                let hint = json::suggest(wrong, known);
                *error = error.clone().hint(hint);
            }
        }
        head.or_else(|| {
            let mut own = self.starter.clone();
            let map = own.as_object_mut()?;
            SECTIONS.iter().for_each(|section| drop(map.shift_remove(*section)));
            json::read(&own, "", &mut Vec::new())
        })
    }
}

/// Puts something else in a place, or takes it out; what lacks a part it needs is taken out as a whole.
fn mend(value: &mut Value, place: &str, instead: Option<&Value>) {
    let Some((above, key)) = place.rsplit_once('/') else { return };
    let key = key.replace("~1", "/").replace("~0", "~");
    match (value.pointer_mut(above), instead) {
        (Some(Value::Object(map)), Some(instead)) => {
            map.insert(key, instead.clone());
        }
        (Some(Value::Object(map)), None) if map.contains_key(&key) => {
            map.shift_remove(&key);
        }
        (Some(Value::Array(list)), _) => {
            if let Some(i) = key.parse().ok().filter(|i| *i < list.len()) {
                list.remove(i);
            }
        }
        _ => mend(value, above, None),
    }
}
