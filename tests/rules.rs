//! Laws about an organisation's own rules, over generated conditions: what is evaluated a part at a time, as
//! features are pushed, is what the conditions say.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::rc::Rc;
use tactful::program::{Release, Status};
use tactful::{History, Ms, Policy, Resident, Salt, policy};

/// A condition as it is written and as it is meant.
#[derive(Clone, Debug)]
enum When {
    /// A feature, or the sum of a feature and the next, lies between two bounds; who is not known is on a side.
    Test {
        fact: usize,
        sum: bool,
        at_least: Option<i64>,
        at_most: Option<i64>,
        allow: Option<bool>,
    },
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
}

fn whens() -> impl Strategy<Value = When> {
    let bounds = prop_oneof![
        (-3i64..4).prop_map(|it| (Some(it), None)),
        (-3i64..4).prop_map(|it| (None, Some(it))),
        (-3i64..2, 0i64..3).prop_map(|(from, more)| (Some(from), Some(from + more))),
    ];
    let test = (any::<u16>(), prop::bool::weighted(0.2), bounds, any::<Option<bool>>()).prop_map(
        |(fact, sum, (at_least, at_most), allow)| When::Test {
            fact: usize::from(fact),
            sum,
            at_least,
            at_most,
            allow,
        },
    );
    test.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(When::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(When::Any),
            inner.prop_map(|it| When::Not(Box::new(it))),
        ]
    })
}

impl When {
    fn written(&self, facts: usize) -> Value {
        let list = |parts: &[Self]| parts.iter().map(|it| it.written(facts)).collect::<Value>();
        match self {
            Self::Test { fact, sum, at_least, at_most, allow } => {
                let fact = fact % facts;
                let what =
                    if *sum { format!("zz.s{fact:03}") } else { format!("fact:zz.f{fact:03}") };
                let mut test = Map::from_iter([("what".to_owned(), json!(what))]);
                let sides = [("atLeast", at_least), ("atMost", at_most)];
                test.extend(
                    sides
                        .iter()
                        .filter_map(|(key, it)| Some(((*key).to_owned(), json!(it.as_ref()?)))),
                );
                test.extend(
                    allow
                        .map(|it| ("unknown".to_owned(), json!(if it { "allow" } else { "deny" }))),
                );
                Value::Object(test)
            }
            Self::All(parts) => json!({ "all": list(parts) }),
            Self::Any(parts) => json!({ "any": list(parts) }),
            Self::Not(part) => json!({ "not": part.written(facts) }),
        }
    }

    /// Whether a guard with this condition objects.
    fn objects(&self, facts: &[i32], not: bool) -> bool {
        let known =
            |fact: usize| Some(i64::from(facts[fact])).filter(|it| *it != i64::from(i32::MIN));
        match self {
            Self::Test { fact, sum, at_least, at_most, allow } => {
                let fact = fact % facts.len();
                let other = (fact + 1) % facts.len();
                let value = if *sum {
                    // Of a fact twice and the next one, by three.
                    known(fact).zip(known(other)).map(|(a, b)| (2 * a + b).div_euclid(3))
                } else {
                    known(fact)
                };
                match value {
                    Some(value) => {
                        let inside = at_least.is_none_or(|it| value >= it)
                            && at_most.is_none_or(|it| value <= it);
                        inside != not
                    }
                    // A guard that is denied objects.
                    None => !allow.unwrap_or(false),
                }
            }
            Self::All(parts) if not => parts.iter().any(|it| it.objects(facts, not)),
            Self::Any(parts) if not => parts.iter().all(|it| it.objects(facts, not)),
            Self::All(parts) => parts.iter().all(|it| it.objects(facts, not)),
            Self::Any(parts) => parts.iter().any(|it| it.objects(facts, not)),
            Self::Not(part) => part.objects(facts, !not),
        }
    }
}

/// A policy with a guard for each condition; `None` where one of them grows too large, which is refused.
fn compiled(guards: &[When], facts: usize) -> Option<Policy> {
    // Their names come last, and so do their slots.
    let fact = |i: usize| (format!("zz.f{i:03}"), json!({ "unit": "of the test" }));
    let sum = |i: usize| {
        let of =
            json!({ format!("fact:zz.f{i:03}"): 2, format!("fact:zz.f{:03}", (i + 1) % facts): 1 });
        (format!("zz.s{i:03}"), json!({ "of": of, "per": 3 }))
    };
    let guard = |(i, when): (usize, &When)| {
        let rule =
            json!({ "order": i, "when": when.written(facts), "blocks": ["pitch"], "words": "-" });
        (format!("g{i:02}"), rule)
    };
    let patch = json!({
        "facts": (0..facts).map(fact).collect::<Map<_, _>>(),
        "scores": { "sums": (0..facts).map(sum).collect::<Map<_, _>>() },
        "guards": { "rules": guards.iter().enumerate().map(guard).collect::<Map<_, _>>() },
    });
    policy::compile(&patch.to_string()).ok()
}

/// The policy as it comes out of its bytes.
fn loaded(policy: &Policy) -> Option<Policy> {
    let release = Release { status: Status::Draft, approvals: Vec::new() };
    Policy::from_compiled(&policy.to_compiled(&release)).map(|(policy, _)| policy).ok()
}

/// Features as a host computes them, some of them unknown.
fn values() -> impl Strategy<Value = i32> {
    prop_oneof![4 => -6i32..7, 1 => Just(i32::MIN), 1 => prop_oneof![Just(i32::MAX), Just(i32::MIN + 1)]]
}

/// A few of them at a time, or many.
fn news() -> impl Strategy<Value = Vec<i32>> {
    prop_oneof![prop::collection::vec(values(), 1..3), prop::collection::vec(values(), 1..24)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("TACTFUL_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(200), ..ProptestConfig::default() })]

    #[test]
    fn guards_object_as_their_conditions_say_whatever_was_pushed_before(
        guards in prop::collection::vec(whens(), 1..32),
        facts in prop_oneof![2usize..12, Just(70usize), Just(150)],
        pushes in prop::collection::vec((any::<u16>(), 0usize..40, news()), 1..16),
    ) {
        let Some(policy) = compiled(&guards, facts) else { return Ok(()) };
        let policy = Rc::new(policy);
        prop_assert_eq!(loaded(&policy).unwrap(), (*policy).clone());
        let slots: Vec<usize> = (0..facts).map(|i| policy.slot(&format!("zz.f{i:03}")).unwrap()).collect();
        let mut resident = Resident::new(Rc::clone(&policy), History::new(), Ms(0), Salt(0));
        let mut pushed = vec![i32::MIN; policy.facts.len()];
        for (from, step, news) in pushes {
            for (i, value) in news.into_iter().enumerate() {
                pushed[slots[(usize::from(from) + i * step) % facts]] = value;
            }
            // What a host pushes beyond the facts is nothing.
            let beyond = [step as i32; 3];
            resident.push(&[&pushed, &beyond[..step % 4]].concat());
            resident.answer(Ms(1));
            let own: Vec<i32> = slots.iter().map(|slot| pushed[*slot]).collect();
            for (i, guard) in guards.iter().enumerate() {
                let objects = resident.own_blockers() >> i & 1 != 0;
                prop_assert_eq!(objects, guard.objects(&own, false), "guard {} of {:?}", i, own);
            }
        }
    }
}

/// A file that was tampered with is refused before the hot call relies on what compiling made sure of.
#[test]
fn rules_that_are_not_as_they_are_compiled_are_refused() {
    let policy = compiled(
        &[
            When::Test { fact: 0, sum: false, at_least: Some(1), at_most: None, allow: None },
            When::Test { fact: 1, sum: true, at_least: Some(1), at_most: None, allow: None },
        ],
        5,
    )
    .unwrap();
    type Change = fn(&mut Policy);
    let changes: [Change; 3] = [
        |it| it.tests.reverse(),
        |it| it.readers.sums[0] = 0,
        |it| it.sums[0].terms.iter_mut().for_each(|term| term.weight = i32::MIN),
    ];
    assert!(loaded(&policy).is_some());
    for (i, change) in changes.iter().enumerate() {
        let mut changed = policy.clone();
        change(&mut changed);
        assert!(loaded(&changed).is_none(), "change {i}");
    }
}

/// Whoever follows a decision hears of a feature that is only told in it: what it answers is not asked.
#[test]
fn what_no_test_looks_at_is_a_change_as_well() {
    let test = When::Test { fact: 0, sum: false, at_least: Some(1), at_most: None, allow: None };
    let policy = Rc::new(compiled(&[test], 12).unwrap());
    let mut resident = Resident::new(Rc::clone(&policy), History::new(), Ms(0), Salt(0));
    let mut pushed = vec![i32::MIN; policy.facts.len()];
    let mut worked = |resident: &mut Resident, value: Option<i32>| {
        if let Some(value) = value {
            pushed[policy.slot("zz.f009").unwrap()] = value;
        }
        resident.push(&pushed);
        resident.answer(Ms(1));
        resident.worked()
    };
    let before = worked(&mut resident, Some(1));
    assert_eq!(worked(&mut resident, None), before);
    assert_ne!(worked(&mut resident, Some(2)), before);
}

/// "Not: any value at all" is what a policy may say of who is not known.
#[test]
fn outside_of_every_value_is_who_is_not_known() {
    let any =
        When::Test { fact: 0, sum: false, at_least: Some(i64::MIN), at_most: None, allow: None };
    let policy = Rc::new(compiled(&[When::Not(Box::new(any))], 1).unwrap());
    let slot = policy.slot("zz.f000").unwrap();
    let mut resident = Resident::new(Rc::clone(&policy), History::new(), Ms(0), Salt(0));
    for (value, objects) in [(i32::MIN, 1), (0, 0), (i32::MIN, 1), (i32::MAX, 0)] {
        let mut pushed = vec![i32::MIN; policy.facts.len()];
        pushed[slot] = value;
        resident.push(&pushed);
        resident.answer(Ms(1));
        assert_eq!(resident.own_blockers(), objects, "{value}");
    }
}
