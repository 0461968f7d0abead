//! Answers that were given, by what the organisation's own rules came to: choosing anew costs a hundred times
//! as much as looking here.

use super::Answer;
use crate::rule::Turn;

/// So many places there are at most; real rules come to a handful of turns.
const PLACES: usize = 512;
/// And so many at least, once there is one.
const FEWEST: usize = 16;

/// The answers given on one ground: each turn at its place or, where that is taken, at the next free one. At
/// most a quarter of the places are, so that nearly always it is its own.
#[derive(Debug, Default)]
pub(super) struct Answers {
    places: Vec<Option<(Turn, Answer)>>,
    taken: usize,
}

impl Answers {
    pub(super) fn get(&self, turn: Turn) -> Option<Answer> {
        let own = turn.spread() & self.places.len().wrapping_sub(1);
        match self.places.get(own) {
            Some(Some((known, answer))) if *known == turn => Some(*answer),
            Some(Some(_)) => self.places.get(self.place(turn)?)?.map(|(_, answer)| answer),
            _ => None,
        }
    }

    pub(super) fn keep(&mut self, turn: Turn, answer: Answer) {
        if self.taken * 4 >= self.places.len() {
            self.grow();
        }
        if let Some(place) = self.place(turn).and_then(|at| self.places.get_mut(at)) {
            self.taken += usize::from(place.is_none());
            *place = Some((turn, answer));
        }
    }

    /// Forgets all of them, and keeps the room unless hardly any of it was taken.
    pub(super) fn clear(&mut self) {
        if self.places.len() > FEWEST && self.taken * 32 < self.places.len() {
            *self = Self::default();
        } else if self.taken > 0 {
            self.places.fill(None);
            self.taken = 0;
        }
    }

    /// Where a turn is, or may be put.
    fn place(&self, turn: Turn) -> Option<usize> {
        let last = self.places.len().checked_sub(1)?;
        let from = turn.spread();
        let mut places = (0..=last).map(|step| (from + step) & last);
        places.find(|at| match self.places.get(*at) {
            Some(Some((known, _))) => *known == turn,
            _ => true,
        })
    }

    /// Twice the room, or an end of it: then the newest is worth more than the oldest.
    fn grow(&mut self) {
        let room = (self.places.len() * 2).max(FEWEST);
        if room > PLACES {
            return self.clear();
        }
        let before = core::mem::replace(&mut self.places, vec![None; room]);
        self.taken = 0;
        for (turn, answer) in before.into_iter().flatten() {
            self.keep(turn, answer);
        }
    }
}

#[cfg(all(test, feature = "studio"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::event::Route;
    use crate::{History, Ms, Resident, Salt};
    use std::rc::Rc;

    /// More turns than are kept, and each is answered by the first of its routes.
    #[test]
    fn however_many_turns_there_are_each_has_its_own_answer() {
        const ROUTES: i32 = 9;
        let fact = |i: i32| format!(r#""own.f{i}": {{ "unit": "-" }}"#);
        let rule = |i: i32| {
            let route = if i % 2 == 0 { "messageForm" } else { "none" };
            format!(
                r#""r{i}": {{ "order": {i}, "code": "r{i}", "when": {{ "what": "fact:own.f{i}", "atLeast": 1 }}, "route": "{route}", "words": "-" }}"#
            )
        };
        let list =
            |each: &dyn Fn(i32) -> String| (0..ROUTES).map(each).collect::<Vec<_>>().join(",");
        let patch = format!(
            r#"{{ "facts": {{ {} }}, "routes": {{ "rules": {{ {} }} }} }}"#,
            list(&fact),
            list(&rule)
        );
        let policy = Rc::new(crate::policy::compile(&patch).unwrap());
        let slots: Vec<usize> =
            (0..ROUTES).map(|i| policy.slot(&format!("own.f{i}")).unwrap()).collect();
        let now = Ms(1_000_000);
        let mut resident = Resident::new(Rc::clone(&policy), History::new(), Ms(0), Salt(0));
        // Twice, so that what was kept is asked as well.
        for turn in (0..1 << ROUTES).chain(0..1 << ROUTES) {
            let mut facts = vec![i32::MIN; policy.facts.len()];
            for (i, slot) in slots.iter().enumerate() {
                if let Some(fact) = facts.get_mut(*slot) {
                    *fact = turn >> i & 1;
                }
            }
            resident.push(&facts);
            let wanted = match turn.trailing_zeros() {
                first if turn != 0 && first % 2 == 0 => Route::MessageForm,
                _ => Route::None,
            };
            assert_eq!(resident.answer(now).route(), wanted, "{turn:b}");
        }
    }
}
