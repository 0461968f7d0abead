//! Conditions as typed data, compiled into intervals and masks.
//!
//! `not` is pushed down to the comparisons (the complement of an interval is at most two), each
//! comparison takes its declared side when it is unknown, and what is left is a conjunction of
//! disjunctions: a mask of bits that must all be set, and masks of which one bit must be.

use super::Findings;
use super::clause::{Expr, clauses};
use super::document::{FactDoc, Rule, RuleDoc, SumDoc};
use super::slot::named;
use crate::json::{join, suggest};
use crate::rule::{OwnRule, Slot, Sum, Term, Test, text_slot};
use crate::score::SCORE_NAMES;
use crate::shape::Table;
use crate::{Error, ErrorCode};
use serde_json::{Map, Value};

/// How deep conditions may nest.
const DEPTH: usize = 16;

/// Rules, compiled.
pub(crate) struct Compiled {
    pub(crate) facts: Vec<String>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) sums: Vec<Sum>,
    pub(crate) tests: Vec<Test>,
    pub(crate) guards: Vec<OwnRule>,
    pub(crate) routes: Vec<OwnRule>,
    /// For whom offers are not.
    pub(crate) audiences: Vec<OwnRule>,
}

/// An organisation's own conditions.
pub(crate) struct Own {
    pub(crate) guards: Vec<Rule>,
    pub(crate) routes: Vec<Rule>,
    /// For whom an offer is, by its id.
    pub(crate) audiences: Vec<(String, Value)>,
}

struct Compiler<'a> {
    declared: &'a Table<FactDoc>,
    facts: Vec<String>,
    slots: Vec<(String, Slot)>,
    sums: Vec<Sum>,
    tests: Vec<Test>,
    errors: &'a mut Vec<Error>,
    warnings: &'a mut Vec<Error>,
}

/// Compiles every rule and sum; what is wrong is noted and left out.
pub(crate) fn compile(
    own_facts: &[&str],
    declared: &Table<FactDoc>,
    sums: &Table<SumDoc>,
    own: Own,
    findings: &mut Findings,
) -> Compiled {
    // The facts that built-in stages read come first, then every declared one by name.
    let mut facts: Vec<String> = own_facts.iter().map(|name| (*name).to_owned()).collect();
    facts.extend(declared.keys().filter(|name| !own_facts.contains(&name.as_str())).cloned());
    let mut compiler = Compiler {
        declared,
        facts,
        slots: Vec::new(),
        sums: Vec::new(),
        tests: Vec::new(),
        errors: &mut findings.errors,
        warnings: &mut findings.warnings,
    };
    for (id, sum) in sums.iter() {
        compiler.sum(id, sum);
    }
    let guards = compiler.rules(own.guards, "/guards/rules", true);
    let routes = compiler.rules(own.routes, "/routes/rules", false);
    let audiences = compiler.audiences(own.audiences);
    let Compiler { facts, slots, sums, tests, .. } = compiler;
    let words = tests.len().div_ceil(64);
    let build = |list: Vec<Ruled>| list.into_iter().map(|ruled| ruled.build(words)).collect();
    Compiled {
        facts,
        slots: slots.into_iter().map(|(_, slot)| slot).collect(),
        sums,
        tests,
        guards: build(guards),
        routes: build(routes),
        audiences: build(audiences),
    }
}

/// A rule with its clauses; masks are cut once the number of tests is known.
struct Ruled {
    id: String,
    doc: RuleDoc,
    clauses: Vec<Vec<usize>>,
}

impl Ruled {
    fn build(self, words: usize) -> OwnRule {
        let mask = |bits: &[usize]| {
            let mut mask = vec![0u64; words];
            for bit in bits {
                if let Some(word) = mask.get_mut(bit / 64) {
                    *word |= 1 << (bit % 64);
                }
            }
            mask
        };
        let (single, several): (Vec<_>, Vec<_>) =
            self.clauses.into_iter().partition(|clause| clause.len() == 1);
        OwnRule {
            code: self.doc.code.unwrap_or_else(|| self.id.clone()),
            id: self.id,
            words: self.doc.words,
            blocks: self.doc.blocks,
            route: self.doc.route,
            all: mask(&single.concat()),
            any: several.iter().map(|clause| mask(clause)).collect(),
        }
    }
}

impl Compiler<'_> {
    fn error(&mut self, code: ErrorCode, path: &str, message: impl Into<String>, hint: &str) {
        self.errors.push(Error::new(code, path, message).hint(hint));
    }

    fn sum(&mut self, id: &str, doc: &SumDoc) {
        let path = join("/scores/sums", id);
        if doc.per == 0 {
            let place = join(&path, "per");
            self.error(ErrorCode::OutOfRange, &place, "the divisor is 0", "1 or more");
        }
        if named(id).is_some() || self.fact(id).is_some() {
            let hint = "call it by a name of your own, for example `ours.friction`";
            self.error(ErrorCode::Conflict, &path, format!("`{id}` is taken"), hint);
        }
        let mut terms = Vec::new();
        for (what, weight) in doc.of.iter() {
            let place = join(&join(&path, "of"), what);
            // A sum may read facts and the sums that come before it by name.
            let name = what.strip_prefix("fact:").unwrap_or(what);
            let slot = self.fact(name).or_else(|| self.own_sum(what));
            match slot {
                Some(slot) => terms.push(Term { slot: narrow(slot), weight: *weight }),
                None => self.unknown(what, &place),
            }
        }
        self.sums.push(Sum { id: id.to_owned(), terms, per: doc.per });
    }

    fn fact(&self, name: &str) -> Option<usize> {
        self.facts.iter().position(|known| known == name)
    }

    fn own_sum(&self, id: &str) -> Option<usize> {
        let sum = self.sums.iter().position(|sum| sum.id == id);
        sum.map(|i| self.facts.len() + i)
    }

    fn unknown(&mut self, what: &str, path: &str) {
        let known: Vec<String> = SCORE_NAMES
            .iter()
            .map(|name| (*name).to_owned())
            .chain(self.declared.keys().map(|name| format!("fact:{name}")))
            .chain(self.sums.iter().map(|sum| sum.id.clone()))
            .collect();
        let hint = suggest(what, known.iter().map(String::as_str));
        let hint = format!(
            "{hint}; also age:<milestone>, count:touches.<purpose>@7d, local:minuteOfDay, \
             route:<route>.usable; a fact must be declared under /facts"
        );
        self.error(ErrorCode::Dangling, path, format!("nothing is called `{what}`"), &hint);
    }

    /// Audiences turned round: whom an offer is not for, those nobody can tell included.
    fn audiences(&mut self, audiences: Vec<(String, Value)>) -> Vec<Ruled> {
        let mut list = Vec::new();
        for (id, audience) in audiences {
            let place = join(&join("/offers", &id), "audience");
            let Some(expr) = self.condition(&audience, &place, true, true, 0) else { continue };
            match clauses(&expr) {
                Some(clauses) => list.push(Ruled { id, doc: RuleDoc::audience(), clauses }),
                None => {
                    let hint = "several offers, each with a part of it";
                    self.error(ErrorCode::TooLarge, &place, "this audience is too large", hint);
                }
            }
        }
        list
    }

    fn rules(&mut self, rules: Vec<Rule>, base: &str, guard: bool) -> Vec<Ruled> {
        let mut list = Vec::new();
        for Rule { id, doc, when } in rules {
            let path = join(base, &id);
            if let Some(doc) = &doc {
                self.direction(doc, &path, guard);
            }
            let place = join(&path, "when");
            let Some(when) = when else { continue };
            // The safe side of unknown: a guard blocks, a route is not taken.
            let Some(expr) = self.condition(&when, &place, false, guard, 0) else { continue };
            match (clauses(&expr), doc) {
                (Some(clauses), Some(doc)) => list.push(Ruled { id, doc, clauses }),
                (Some(_), None) => {}
                (None, _) => self.error(
                    ErrorCode::TooLarge,
                    &place,
                    "this condition grows too large when it is compiled",
                    "split the rule in two",
                ),
            }
        }
        list.sort_by(|a, b| (a.doc.order, &a.id).cmp(&(b.doc.order, &b.id)));
        list
    }

    /// A guard blocks and leads nowhere; a route leads somewhere and blocks nothing.
    fn direction(&mut self, doc: &RuleDoc, path: &str, guard: bool) {
        let (blocks, leads) = (!doc.blocks.is_empty(), doc.route.is_some());
        if guard && (!blocks || leads) {
            let hint = "add \"blocks\": [\"pitch\"], and no route";
            let message = "a guard blocks purposes and leads nowhere";
            self.error(ErrorCode::Conflict, &join(path, "blocks"), message, hint);
        }
        if !guard && (!leads || blocks) {
            let hint = "add \"route\": \"article\", and no blocks";
            let message = "a route rule leads somewhere and blocks nothing";
            self.error(ErrorCode::Conflict, &join(path, "route"), message, hint);
        }
    }

    /// Allowed, and probably not meant: what no value can meet.
    fn doubt(&mut self, what: &str, is: Option<&Value>, (lo, hi): (i64, i64), path: &str) {
        let unit = what.strip_prefix("fact:").and_then(|name| self.declared.get(name));
        let unit = unit.map(|fact| fact.unit.as_str());
        let (message, hint) = if is.is_some_and(Value::is_string) && unit == Some("boolean") {
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

    fn condition(
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
        let mut test = |lo: i64, hi: i64| {
            let test = Test { slot: narrow(slot), lo, hi, when_unknown: side };
            Expr::Test(self.tests.iter().position(|known| *known == test).unwrap_or_else(|| {
                self.tests.push(test);
                self.tests.len() - 1
            }))
        };
        if !negated {
            return Some(test(lo, hi));
        }
        let mut outside = Vec::new();
        if lo > i64::MIN + 1 {
            outside.push(test(i64::MIN + 1, lo - 1));
        }
        if hi < i64::MAX {
            outside.push(test(hi + 1, i64::MAX));
        }
        Some(Expr::Any(outside))
    }

    fn bounds(&mut self, map: &Map<String, Value>, path: &str) -> Option<(i64, i64)> {
        let mut read = |key: &str| -> Result<Option<i64>, ()> {
            match map.get(key) {
                None => Ok(None),
                Some(Value::Bool(value)) if key == "is" => Ok(Some(i64::from(*value))),
                Some(Value::String(text)) if key == "is" => Ok(Some(text_slot(text))),
                Some(Value::Number(n)) if n.as_i64().is_some() => Ok(n.as_i64()),
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
            (low, high, None) => (low.unwrap_or(i64::MIN + 1), high.unwrap_or(i64::MAX)),
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
                    self.slots.push((what.to_owned(), slot));
                    self.slots.len() - 1
                }),
        )
    }
}

pub(super) fn narrow(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}
