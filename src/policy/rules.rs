//! An organisation's own rules, sums and audiences, compiled: what of a policy is data about data.

use super::Findings;
use super::clause::clauses;
use super::document::{FactDoc, Rule, RuleDoc, SumDoc};
use super::slot::named;
use crate::json::{join, suggest};
use crate::rule::{OwnRule, REACH, Slot, Sum, Term, Test, words};
use crate::score::{SCORE_NAMES, WORD_NAMES};
use crate::shape::Table;
use crate::{Error, ErrorCode, Text};
use serde_json::Value;

/// Rules, compiled.
pub(crate) struct Compiled {
    pub(crate) facts: Vec<Text>,
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
    pub(crate) audiences: Vec<(Text, Value)>,
}

pub(super) struct Compiler<'a> {
    pub(super) declared: &'a Table<FactDoc>,
    pub(super) facts: Vec<Text>,
    pub(super) slots: Vec<(Text, Slot)>,
    pub(super) sums: Vec<Sum>,
    pub(super) tests: Vec<Test>,
    pub(super) errors: &'a mut Vec<Error>,
    pub(super) warnings: &'a mut Vec<Error>,
}

/// Compiles every rule and sum; what is wrong is noted and left out.
pub(crate) fn compile(
    own_facts: &[Text],
    declared: &Table<FactDoc>,
    sums: &Table<SumDoc>,
    own: Own,
    findings: &mut Findings,
) -> Compiled {
    // The facts that built-in stages read come first, then every declared one by name.
    let mut facts: Vec<Text> = own_facts.to_vec();
    facts.extend(declared.keys().filter(|name| !own_facts.contains(name)).cloned());
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
    compiler.shadowed(&routes, "/routes/rules");
    compiler.shadowed(&guards, "/guards/rules");
    let audiences = compiler.audiences(own.audiences);
    let Compiler { facts, slots, sums, tests, .. } = compiler;
    // By slot: who knows what was written knows which tests to look at.
    let mut tests: Vec<(usize, Test)> = tests.into_iter().enumerate().collect();
    tests.sort_by_key(|(_, test)| test.slot);
    let mut places = vec![0; tests.len()];
    for (place, (was, _)) in tests.iter().enumerate() {
        if let Some(it) = places.get_mut(*was) {
            *it = place;
        }
    }
    let tests: Vec<Test> = tests.into_iter().map(|(_, test)| test).collect();
    let build = |list: Vec<Ruled>| list.into_iter().map(|ruled| ruled.build(&places)).collect();
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
    id: Text,
    doc: RuleDoc,
    clauses: Vec<Vec<usize>>,
}

impl Ruled {
    /// With every test at its place.
    fn build(self, places: &[usize]) -> OwnRule {
        let mask = |tests: &[usize]| {
            let mut mask = vec![0u64; words(places.len())];
            for bit in tests.iter().filter_map(|test| places.get(*test)) {
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
            blocks: self.doc.blocks.into_iter().collect(),
            route: self.doc.route,
            masks: [single.concat()].iter().chain(&several).flat_map(|it| mask(it)).collect(),
        }
    }
}

impl Compiler<'_> {
    pub(super) fn error(
        &mut self,
        code: ErrorCode,
        path: &str,
        message: impl Into<String>,
        hint: &str,
    ) {
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
                None => {
                    let message =
                        format!("no fact, and no sum before this one, is called `{what}`");
                    let known = self.declared.keys().chain(self.sums.iter().map(|sum| &sum.id));
                    let hint = suggest(name, known.map(Text::as_str));
                    self.error(ErrorCode::Dangling, &place, message, &hint);
                }
            }
        }
        let sum = Sum { id: id.into(), terms, per: doc.per };
        if sum.reach() > REACH {
            let message = format!("the weights come to {}, more than {REACH}", sum.reach());
            let hint = "smaller ones by a smaller divisor come to the same";
            self.error(ErrorCode::OutOfRange, &join(&path, "of"), message, hint);
        }
        self.sums.push(sum);
    }

    pub(super) fn fact(&self, name: &str) -> Option<usize> {
        self.facts.iter().position(|known| known == name)
    }

    pub(super) fn own_sum(&self, id: &str) -> Option<usize> {
        let sum = self.sums.iter().position(|sum| sum.id == id);
        sum.map(|i| self.facts.len() + i)
    }

    pub(super) fn unknown(&mut self, what: &str, path: &str) {
        let known: Vec<String> = SCORE_NAMES
            .iter()
            .chain(&WORD_NAMES)
            .map(|name| (*name).to_owned())
            .chain(self.declared.keys().map(|name| format!("fact:{name}")))
            .chain(self.sums.iter().map(|sum| sum.id.to_string()))
            .collect();
        let hint = suggest(what, known.iter().map(String::as_str));
        let hint = format!(
            "{hint}; also age:<milestone>, age:touch.<purpose>, count:touches.<purpose>@7d, \
             count:contacts@7d, local:minuteOfDay, \
             route:<route>.usable; a fact must be declared under /facts"
        );
        self.error(ErrorCode::Dangling, path, format!("nothing is called `{what}`"), &hint);
    }

    /// Audiences turned round: whom an offer is not for, those nobody can tell included.
    fn audiences(&mut self, audiences: Vec<(Text, Value)>) -> Vec<Ruled> {
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

    /// Rules that change nothing, because an earlier one applies whenever they do: of routes the first
    /// match wins, and what a guard blocks is blocked already.
    fn shadowed(&mut self, rules: &[Ruled], base: &str) {
        for (place, later) in rules.iter().enumerate() {
            let before = rules.iter().take(place);
            let over =
                before.filter(|it| later.doc.blocks.iter().all(|p| it.doc.blocks.contains(p)));
            let Some(first) = over.into_iter().find(|it| self.follows(&later.clauses, &it.clauses))
            else {
                continue;
            };
            let message = format!("`{}` applies whenever this does, and comes first", first.id);
            let hint = "give the narrower rule the smaller order, or remove one";
            let error = Error::new(ErrorCode::Conflict, join(base, &later.id), message).hint(hint);
            self.warnings.push(error);
        }
    }

    /// Whether one condition holds whenever another does: each of its clauses follows from one of theirs.
    fn follows(&self, from: &[Vec<usize>], to: &[Vec<usize>]) -> bool {
        let implies = |a: &usize, b: &usize| match (self.tests.get(*a), self.tests.get(*b)) {
            (Some(a), Some(b)) => a.implies(b),
            _ => false,
        };
        to.iter().all(|wanted| {
            let each =
                |given: &Vec<usize>| given.iter().all(|a| wanted.iter().any(|b| implies(a, b)));
            from.iter().any(each)
        })
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
}

pub(super) fn narrow(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}
