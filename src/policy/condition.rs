//! Conditions as typed data, compiled into intervals and masks.
//!
//! `not` is pushed down to the comparisons (the complement of an interval is at most two), each
//! comparison takes its declared side when it is unknown, and what is left is a conjunction of
//! disjunctions: a mask of bits that must all be set, and masks of which one bit must be.

use super::clause::Expr;
use super::rules::{Compiler, narrow};
use super::slot::named;
use crate::json::{join, suggest};
use crate::rule::{Test, UNKNOWN, text_slot};
use crate::score::{EffortBand, Intents, SCORE_NAMES, StageName, UrgencyClass, WORD_NAMES};
use crate::{Error, ErrorCode};
use serde_json::{Map, Value};

/// How deep conditions may nest.
const DEPTH: usize = 16;
/// The smallest value; below it there is only the unknown.
const SMALLEST: i64 = UNKNOWN + 1;

impl Compiler<'_> {
    /// Allowed, and probably not meant: what no value can meet.
    fn doubt(&mut self, what: &str, is: Option<&Value>, (lo, hi): (i64, i64), path: &str) {
        self.word(what, is, path);
        let unit = what.strip_prefix("fact:").and_then(|name| self.declared.get(name));
        let unit = unit.map(|fact| fact.unit.as_str());
        let counted = ["age:", "count:", "local:", "route:"];
        let number = SCORE_NAMES.contains(&what) || counted.iter().any(|it| what.starts_with(it));
        let (message, hint) = if is.is_some_and(Value::is_string) && number {
            ("a number is never equal to text", "weekdays are 0 Monday to 6 Sunday, for example")
        } else if what == "local:weekday" && (lo > 6 || hi < 0) {
            ("there is no such day", "0 Monday to 6 Sunday")
        } else if what == "local:minuteOfDay" && (lo > 1439 || hi < 0) {
            ("there is no such minute", "0 is midnight, 1439 a minute before the next")
        } else if is.is_some_and(Value::is_string) && unit == Some("boolean") {
            ("a boolean is never equal to text", "\"is\": true, or \"is\": false")
        } else if SCORE_NAMES.contains(&what) && what != "effort.points" && (lo > 1000 || hi < 0) {
            ("a score is never outside 0 to 1000", "scores are in permille")
        } else if unit == Some("boolean") && (lo > 1 || hi < 0) {
            ("a boolean is 0 or 1", "\"is\": true, or \"is\": false")
        } else {
            return;
        };
        self.warnings.push(Error::new(ErrorCode::Conflict, path, message).hint(hint));
    }

    /// A word that what is compared can never be.
    fn word(&mut self, what: &str, is: Option<&Value>, path: &str) {
        let lists: [&[&str]; 4] =
            [StageName::WORDS, EffortBand::WORDS, UrgencyClass::WORDS, &Intents::NAMES];
        let list = WORD_NAMES.iter().position(|name| *name == what).and_then(|i| lists.get(i));
        let (Some(list), Some(word)) = (list, is.and_then(Value::as_str)) else { return };
        if !list.contains(&word) {
            let hint = suggest(word, list.iter().copied());
            let message = format!("`{what}` is never `{word}`");
            self.warnings.push(Error::new(ErrorCode::Conflict, path, message).hint(hint));
        }
    }

    pub(super) fn condition(
        &mut self,
        value: &Value,
        path: &str,
        negated: bool,
        guard: bool,
        depth: usize,
    ) -> Option<Expr> {
        let hint =
            "{ \"all\": […] }, { \"any\": […] }, { \"not\": … } or { \"what\": …, \"atLeast\": … }";
        let Value::Object(map) = value else {
            self.error(ErrorCode::WrongType, path, "a condition is an object", hint);
            return None;
        };
        if depth > DEPTH {
            self.error(ErrorCode::TooLarge, path, "conditions nest too deep", "split the rule");
            return None;
        }
        let combined = ["all", "any", "not"].into_iter().find(|key| map.contains_key(*key));
        let Some(key) = combined else { return self.comparison(map, path, negated, guard) };
        if map.len() > 1 {
            self.error(ErrorCode::Conflict, path, format!("`{key}` stands alone"), hint);
            return None;
        }
        let (place, inner) = (join(path, key), map.get(key)?);
        if key == "not" {
            return self.condition(inner, &place, !negated, guard, depth + 1);
        }
        let Value::Array(list) = inner else {
            self.error(ErrorCode::WrongType, &place, format!("`{key}` takes a list"), hint);
            return None;
        };
        if list.is_empty() {
            self.error(ErrorCode::OutOfRange, &place, "the list is empty", "name a comparison");
            return None;
        }
        let mut parts = Vec::new();
        let mut whole = true;
        for (i, part) in list.iter().enumerate() {
            match self.condition(part, &format!("{place}/{i}"), negated, guard, depth + 1) {
                Some(part) => parts.push(part),
                None => whole = false,
            }
        }
        // A negation turns all into any and any into all.
        let all = (key == "all") != negated;
        whole.then_some(if all { Expr::All(parts) } else { Expr::Any(parts) })
    }

    fn comparison(
        &mut self,
        map: &Map<String, Value>,
        path: &str,
        negated: bool,
        guard: bool,
    ) -> Option<Expr> {
        const FIELDS: [&str; 5] = ["what", "atLeast", "atMost", "is", "unknown"];
        let before = self.errors.len();
        for key in map.keys().filter(|key| !FIELDS.contains(&key.as_str())) {
            let hint = suggest(key, FIELDS.iter().copied());
            let message = format!("`{key}` is not known");
            self.error(ErrorCode::UnknownField, &join(path, key), message, &hint);
        }
        let slot = match map.get("what") {
            Some(Value::String(what)) => self.what(what, &join(path, "what")),
            _ => {
                let place = join(path, "what");
                self.error(ErrorCode::Missing, &place, "`what` is missing", "a score or a fact");
                None
            }
        };
        let (lo, hi) = self.bounds(map, path)?;
        let side = match map.get("unknown").map(|side| side.as_str()) {
            // A guard that is denied blocks; a route that is denied is not taken.
            None | Some(Some("deny")) => guard,
            Some(Some("allow")) => !guard,
            Some(_) => {
                let place = join(path, "unknown");
                let hint = "\"deny\" or \"allow\"";
                self.error(ErrorCode::UnknownWord, &place, "not a side to take", hint);
                guard
            }
        };
        let slot = slot.filter(|_| self.errors.len() == before)?;
        if let Some(Value::String(what)) = map.get("what") {
            self.doubt(what, map.get("is"), (lo, hi), path);
        }
        let mut one = |lo: i64, hi: i64| {
            let test = Test { slot: narrow(slot), lo, hi };
            Expr::Test(self.tests.iter().position(|known| *known == test).unwrap_or_else(|| {
                self.tests.push(test);
                self.tests.len() - 1
            }))
        };
        let mut test = |lo: i64, hi: i64| match (side, lo, hi) {
            (false, ..) => one(lo, hi),
            (true, _, i64::MAX) => one(lo, UNKNOWN),
            (true, SMALLEST, _) => one(UNKNOWN, hi),
            (true, ..) => Expr::Any(vec![one(lo, hi), one(UNKNOWN, UNKNOWN)]),
        };
        if !negated {
            return Some(test(lo, hi));
        }
        let mut outside = Vec::new();
        if lo > SMALLEST {
            outside.push(test(SMALLEST, lo - 1));
        }
        if hi < i64::MAX {
            outside.push(test(hi + 1, i64::MAX));
        }
        // Every value passes: outside of it is who is not known.
        if outside.is_empty() && side {
            outside.push(one(UNKNOWN, UNKNOWN));
        }
        Some(Expr::Any(outside))
    }

    fn bounds(&mut self, map: &Map<String, Value>, path: &str) -> Option<(i64, i64)> {
        let mut read = |key: &str| -> Result<Option<i64>, ()> {
            match map.get(key) {
                None => Ok(None),
                Some(Value::Bool(value)) if key == "is" => Ok(Some(i64::from(*value))),
                Some(Value::String(text)) if key == "is" => Ok(Some(text_slot(text))),
                Some(Value::Number(n)) if n.is_i64() => Ok(n.as_i64().map(|n| n.max(SMALLEST))),
                Some(value) => {
                    let message = format!("{value} cannot be compared with");
                    let hint = "an integer in the unit of what is compared";
                    self.error(ErrorCode::WrongType, &join(path, key), message, hint);
                    Err(())
                }
            }
        };
        let (low, high, is) = (read("atLeast"), read("atMost"), read("is"));
        let (Ok(low), Ok(high), Ok(is)) = (low, high, is) else { return None };
        let (lo, hi) = match (low, high, is) {
            (None, None, Some(is)) => (is, is),
            (None, None, None) => {
                let hint = "add atLeast, atMost or is";
                self.error(ErrorCode::Missing, path, "a comparison compares", hint);
                return None;
            }
            (low, high, None) => (low.unwrap_or(SMALLEST), high.unwrap_or(i64::MAX)),
            (_, _, Some(_)) => {
                let hint = "either is, or atLeast and atMost";
                self.error(ErrorCode::Conflict, path, "`is` stands alone", hint);
                return None;
            }
        };
        if lo > hi {
            let message = format!("nothing is at least {lo} and at most {hi}");
            self.error(ErrorCode::Conflict, path, message, "swap them, or use two rules");
            return None;
        }
        Some((lo, hi))
    }

    /// The slot of something a rule may look at.
    fn what(&mut self, what: &str, path: &str) -> Option<usize> {
        if let Some(name) = what.strip_prefix("fact:") {
            let slot = self.fact(name);
            if slot.is_none() {
                self.unknown(what, path);
            }
            return slot;
        }
        if let Some(sum) = self.own_sum(what) {
            return Some(sum);
        }
        let Some(slot) = named(what) else {
            self.unknown(what, path);
            return None;
        };
        let first = self.facts.len() + self.sums.len();
        let known = self.slots.iter().position(|(name, _)| name == what);
        Some(
            first
                + known.unwrap_or_else(|| {
                    self.slots.push((what.into(), slot));
                    self.slots.len() - 1
                }),
        )
    }
}
