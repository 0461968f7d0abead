//! What a page or an edge worker needs: a policy, people, their visits.

use super::thrown;
use super::view::{busy, give, take};
use crate::id::{Key, Salt};
use crate::program::release::{Release, Standing};
use crate::program::{Policy, Source};
use crate::resident::Resident;
use crate::shape::Wire;
use crate::unit::Ms;
use crate::wire::TEXT_LIMIT;
use crate::{Error, ErrorCode, History, HistoryEvent, Micros, Moment, Visit, VisitEvent};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The key of a name.
#[wasm_bindgen]
pub fn key(name: &str, salt: u32) -> u32 {
    Key::of(name, Salt(salt)).0
}

/// A salt for visits whose host gave none: keys of two visits cannot be joined.
///
/// # Errors
/// When the host has no source of randomness; the caller then has to name a salt.
#[wasm_bindgen]
pub fn salt() -> Result<u32, JsValue> {
    getrandom::u32().map_err(|error| {
        thrown(&Error::new(ErrorCode::Missing, "/salt", error.to_string()).hint("give a salt"))
    })
}

/// A loaded policy.
#[wasm_bindgen]
pub struct Engine {
    pub(super) policy: Rc<Policy>,
    release: Release,
}

#[wasm_bindgen]
impl Engine {
    /// Loads a compiled policy.
    ///
    /// # Errors
    /// `{ code, path, message, hint }`.
    #[wasm_bindgen(constructor)]
    pub fn new(compiled: &[u8]) -> Result<Engine, JsValue> {
        let (policy, release) = Policy::from_compiled(compiled).map_err(|error| thrown(&error))?;
        Ok(Self { policy: Rc::new(policy), release })
    }

    /// What the policy says of itself, left in the view; its length.
    pub fn standing(&self) -> usize {
        give(&Standing::of(&self.policy, &self.release).to_bytes())
    }

    /// What keeps people from being disturbed, as it runs, left in the view; its length.
    pub fn guardrails(&self) -> usize {
        give(&self.policy.guardrails())
    }

    /// The policy's digest.
    pub fn digest(&self) -> String {
        self.policy.digest.to_string()
    }

    /// Plain words for a reason code, for the visitor and for staff, a line each; nothing for a code
    /// that has none.
    pub fn words(&self, code: &str, language: Option<String>) -> Option<String> {
        let words = self.policy.words_in(code, language.as_deref())?;
        Some(format!("{}\n{}", words.visitor, words.staff))
    }

    /// The slot of a pushed fact, -1 when the policy knows none of that name.
    pub fn slot(&self, fact: &str) -> i32 {
        self.policy.slot(fact).and_then(|slot| i32::try_from(slot).ok()).unwrap_or(-1)
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.policy.facts.len()
    }

    /// Codes of the organisation's own guards, in order, one a line: the bits of `ownBlockers`.
    pub fn own_guards(&self) -> String {
        let codes: Vec<&str> =
            self.policy.guard_rules.iter().map(|rule| rule.code.as_str()).collect();
        codes.join("\n")
    }

    /// Names of the sources that know an event type, one a line.
    pub fn sources(&self, event_type: &str) -> String {
        let knows = |source: &Source| source.knows.iter().any(|it| it == event_type);
        let names: Vec<&str> = self
            .policy
            .sources
            .iter()
            .filter(|(_, it)| knows(it))
            .map(|(name, _)| name.as_str())
            .collect();
        names.join("\n")
    }

    /// A person, from nothing or from what was saved.
    ///
    /// # Errors
    /// When what was saved is something else, or somebody else's.
    pub fn person(&self, id: &str, saved: Option<Vec<u8>>) -> Result<Person, JsValue> {
        if id.len() > TEXT_LIMIT {
            let message = format!("{} bytes are too many", id.len());
            let error = Error::new(ErrorCode::TooLarge, "/id", message);
            return Err(thrown(&error.hint(format!("at most {TEXT_LIMIT} bytes"))));
        }
        let history = match saved {
            None => History::new(),
            Some(bytes) => History::restore(&bytes).map_err(|error| thrown(&error))?,
        };
        if let Some(other) = history.person().filter(|person| *person != id) {
            let message = format!("this was saved for `{other}`");
            let hint = "to join two identifiers, merge the copies and learn an identity event";
            let error = Error::new(ErrorCode::Conflict, "/saved", message).hint(hint);
            return Err(thrown(&error));
        }
        let history = history.of(id);
        let resident = Resident::new(Rc::clone(&self.policy), history, Ms(0), Salt(0));
        let slots = vec![i32::MIN; self.policy.facts.len() + 1];
        Ok(Person { resident: Rc::new(RefCell::new(resident)), slots })
    }
}

/// A person and the visit they are in.
#[wasm_bindgen]
pub struct Person {
    pub(super) resident: Rc<RefCell<Resident>>,
    /// The pushed facts by slot, and after them which own guards objected: what crosses without a call.
    slots: Vec<i32>,
}

/// No answer: somebody called in from within a call.
pub(super) const BUSY: u32 = u32::MAX;

impl Person {
    fn with<T>(&self, run: impl FnOnce(&mut Resident) -> T) -> Result<T, JsValue> {
        self.resident.try_borrow_mut().map(|mut resident| run(&mut resident)).map_err(|_| busy())
    }
}

#[wasm_bindgen]
impl Person {
    /// Learns the events in the view.
    ///
    /// # Errors
    /// When the bytes are no events.
    pub fn learn(&self, len: usize) -> Result<(), JsValue> {
        let events: Vec<HistoryEvent> = take(len)?;
        // All or none: what is swallowed may be somebody's "no".
        for (i, event) in events.iter().enumerate() {
            if let Some(error) = event.nameless(&format!("/{i}")) {
                return Err(thrown(&error));
            }
        }
        self.with(|resident| resident.learn(events))
    }

    /// Takes a saved copy of the same person.
    ///
    /// # Errors
    /// When it is something else.
    pub fn merge(&self, saved: &[u8]) -> Result<(), JsValue> {
        let other = History::restore(saved).map_err(|error| thrown(&error))?;
        self.with(|resident| resident.merge(&other))
    }

    /// What is known, to be kept by the host.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn save(&self) -> Result<Vec<u8>, JsValue> {
        self.with(|resident| resident.history().save())
    }

    /// Begins a visit; the one before ends.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn begin(&self, started_at: f64, salt: u32) -> Result<(), JsValue> {
        self.with(|resident| resident.begin(Ms(started_at as i64), Salt(salt)))
    }

    /// Goes on with a visit that was saved; when it began and its salt, or nothing.
    ///
    /// # Errors
    /// When it is something else.
    pub fn resume(&self, saved: &[u8]) -> Result<Vec<f64>, JsValue> {
        let visit = Visit::restore(saved).map_err(|error| thrown(&error))?;
        let known = vec![visit.started_at().0 as f64, f64::from(visit.salt().0)];
        self.with(|resident| resident.resume(visit))?;
        Ok(known)
    }

    /// Takes the page event in the view.
    ///
    /// # Errors
    /// When the bytes are no event.
    pub fn track(&self, len: usize) -> Result<(), JsValue> {
        let event: VisitEvent = take(len)?;
        self.with(|resident| resident.track(&event))
    }

    /// Takes the moment in the view.
    ///
    /// # Errors
    /// When the bytes are no moment.
    pub fn moment(&self, len: usize) -> Result<(), JsValue> {
        let moment: Moment = take(len)?;
        self.with(|resident| resident.set_moment(moment))
    }

    /// Where the pushed facts are, as 32-bit integers by slot. After the last of them stands which of the
    /// organisation's own guards objected in the last answer, a bit each.
    pub fn slots(&mut self) -> *mut i32 {
        self.slots.as_mut_ptr()
    }

    /// The hot call: route and flags for `now` (see [`crate::Answer`]), with the pushed facts; [`BUSY`]
    /// from within a call. A number alone: a result would cross as a list, which costs as much again.
    pub fn answer(&mut self, now: f64) -> u32 {
        let Ok(mut resident) = self.resident.try_borrow_mut() else { return BUSY };
        let Some((own, facts)) = self.slots.split_last_mut() else { return BUSY };
        resident.push(facts);
        let answer = resident.answer(Ms(now as i64));
        *own = resident.own_blockers().cast_signed();
        answer.bits()
    }

    /// A number that stays the same as long as a decision tells the same but for the time.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn worked(&self) -> Result<u32, JsValue> {
        self.with(|resident| resident.worked())
    }

    /// The offer that stands in this visit, shown and neither taken up nor closed: its route, its purpose and
    /// its touch.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn offered(&self) -> Result<Option<String>, JsValue> {
        self.with(|resident| {
            let (route, purpose, touch) = resident.offered()?;
            Some(format!("{} {} {touch}", route.as_str(), purpose.as_str()))
        })
    }

    /// The full decision for `now`, left in the view; its length. Of a policy that does not act it is
    /// withheld.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn decide(&mut self, now: f64, acts: bool) -> Result<usize, JsValue> {
        let mut resident = self.resident.try_borrow_mut().map_err(|_| busy())?;
        let (_, facts) = self.slots.split_last().ok_or_else(busy)?;
        resident.push(facts);
        let mut decision = resident.decide(Ms(now as i64));
        if !acts {
            decision = decision.withheld(resident.policy(), resident.moment().language.as_deref());
        }
        Ok(give(&decision.to_bytes()))
    }

    /// The moment as it was decided at, with the features of the host, left in the view; its length.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn told(&self) -> Result<usize, JsValue> {
        self.with(|resident| give(&resident.whole_moment().to_bytes()))
    }

    /// Keeps the page events of the visit from now on.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn keep_events(&self) -> Result<(), JsValue> {
        self.with(Resident::keep_events)
    }

    /// The page events in the order they came, left in the view; their length, 0 where they are not kept.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn visit_events(&self) -> Result<usize, JsValue> {
        self.with(|resident| {
            resident.kept_events().map_or(0, |events| give(&events.to_vec().to_bytes()))
        })
    }

    /// Whether nothing was forgotten of what was learned.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn knows_all(&self) -> Result<bool, JsValue> {
        self.with(|resident| resident.history().known_since() == Ms::ALWAYS)
    }

    /// The durable events that are known, left in the view; their length.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn events(&self) -> Result<usize, JsValue> {
        self.with(|resident| give(&resident.history().events().to_vec().to_bytes()))
    }

    /// The last few signals, left in the view; their length.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn signals(&self, now: f64) -> Result<usize, JsValue> {
        self.with(|resident| {
            resident.tick(Ms(now as i64));
            let (visit, policy) = (resident.visit(), resident.policy());
            let reports = visit.board().recent().map(|signal| signal.report(&policy.signals));
            give(&reports.collect::<Vec<_>>().to_bytes())
        })
    }

    /// When the next verdict falls, in ms since the visit began; infinity when none is open.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn next_due(&self) -> Result<f64, JsValue> {
        self.with(|resident| {
            let due = resident.visit().next_due(&resident.policy().signals);
            due.map_or(f64::INFINITY, |due: Micros| due.ms_up() as f64)
        })
    }

    /// What was not believed of page events, left in the view; its length.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn quarantined(&self) -> Result<usize, JsValue> {
        self.with(|resident| give(&resident.visit().quarantined().to_bytes()))
    }

    /// What is counted without being a signal, left in the view; its length.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn tallies(&self) -> Result<usize, JsValue> {
        self.with(|resident| give(&resident.visit().tallies().to_bytes()))
    }

    /// The visit, to be kept by the host until the next page load.
    ///
    /// # Errors
    /// Only from within a call.
    pub fn save_visit(&self) -> Result<Vec<u8>, JsValue> {
        self.with(|resident| resident.visit().save())
    }
}
