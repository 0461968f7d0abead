//! Answers that were given, by what the organisation's own rules came to: choosing anew costs a hundred times
//! as much as looking here.

use super::Answer;
use crate::rule::Turn;

/// So many places there are at most; real rules come to a handful of turns.
const PLACES: usize = 512;

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

    /// Forgets all of them, and keeps the room.
    pub(super) fn clear(&mut self) {
        self.places.fill(None);
        self.taken = 0;
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
        let room = (self.places.len() * 2).max(16);
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
