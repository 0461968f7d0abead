//! Many people asked in one call: an edge worker or a job that looks after thousands of sessions.

use super::runtime::{BUSY, Engine, Person};
use crate::program::Policy;
use crate::resident::Resident;
use crate::unit::Ms;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// People of one policy, in order.
#[wasm_bindgen]
pub struct Batch {
    policy: Rc<Policy>,
    people: Vec<Rc<RefCell<Resident>>>,
    /// How many features the policy reads of each of them.
    width: usize,
    facts: Vec<i32>,
    answers: Vec<u32>,
}

#[wasm_bindgen]
impl Batch {
    /// Nobody yet.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine) -> Batch {
        let policy = Rc::clone(&engine.policy);
        let width = engine.slots();
        Self { policy, people: Vec::new(), width, facts: Vec::new(), answers: Vec::new() }
    }

    /// One more; `false` for somebody of another policy.
    pub fn add(&mut self, person: &Person) -> bool {
        if !person.resident.try_borrow().is_ok_and(|it| it.is_under(&self.policy)) {
            return false;
        }
        self.people.push(Rc::clone(&person.resident));
        self.facts.resize(self.people.len() * self.width, i32::MIN);
        self.answers.push(BUSY);
        true
    }

    /// Where the features are that the host computes itself: of one person after the other, by slot.
    pub fn facts(&mut self) -> *mut i32 {
        self.facts.as_mut_ptr()
    }

    /// Where the answers are: the number of [`Person::answer`] for each.
    pub fn answers(&self) -> *const u32 {
        self.answers.as_ptr()
    }

    /// Asks everybody.
    pub fn decide(&mut self, now: f64) {
        let mut facts = self.facts.as_slice();
        for (person, answer) in self.people.iter().zip(&mut self.answers) {
            let (own, others) = facts.split_at_checked(self.width).unwrap_or_default();
            facts = others;
            *answer = person.try_borrow_mut().map_or(BUSY, |mut resident| {
                resident.push(own);
                resident.answer(Ms(now as i64)).bits()
            });
        }
    }
}
