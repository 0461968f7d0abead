//! The page events of a visit in the order they came, for whoever records.

use crate::event::VisitEvent;

/// So many are kept at most; most visits have hundreds.
const MOST: usize = 20_000;

/// The page events that are kept.
#[derive(Debug, Default)]
pub(super) enum Kept {
    /// Nobody records.
    #[default]
    None,
    /// All of them.
    All(Vec<VisitEvent>),
    /// There were too many: what is not whole is no record, nor does one begin in the middle.
    TooMany,
}

impl Kept {
    /// Keeps them from now on.
    pub(super) fn begin(&mut self) {
        if matches!(self, Self::None) {
            *self = Self::All(Vec::new());
        }
    }

    pub(super) fn push(&mut self, event: &VisitEvent) {
        if let Self::All(events) = self {
            events.push(*event);
            if events.len() > MOST {
                *self = Self::TooMany;
            }
        }
    }

    pub(super) fn events(&self) -> Option<&[VisitEvent]> {
        match self {
            Self::All(events) => Some(events),
            Self::None | Self::TooMany => None,
        }
    }
}
