//! The sections of a document, each read by itself: what is wrong with one hides nothing in another.

use super::document::{Head, Rule, RuleDoc, SECTIONS};
use crate::json;
use crate::shape::{Field, Shape, Table, Wire};
use crate::{Error, ErrorCode};
use serde_json::Value;

/// Reads the sections of a document.
pub(super) struct Sections<'a> {
    pub(super) starter: &'a Value,
    pub(super) errors: &'a mut Vec<Error>,
}

impl Sections<'_> {
    /// A section by itself; left out, it is empty. `None` only if the starter is broken.
    pub(super) fn read<T: Wire>(&mut self, value: Option<Value>, path: &str) -> Option<T> {
        let empty = Value::Object(serde_json::Map::new());
        let found = json::read(value.as_ref().unwrap_or(&empty), path, self.errors);
        found.or_else(|| {
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
            list.push(Rule { id, doc, when: value.get("when").cloned() });
        }
        list
    }

    /// What is left when every section is taken. A misspelt section looks like an unknown field of
    /// the head, so sections are suggested too.
    pub(super) fn head(&mut self, rest: &Value) -> Option<Head> {
        let before = self.errors.len();
        let head = json::read(rest, "", self.errors);
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
