//! What a hot call answers, in one number.

use crate::event::{Purpose, Route};
use crate::guard::Objections;
use crate::route::Choice;

/// The answer of a hot call in one number: the route in the low byte, then a bit for each purpose
/// that is allowed, then whether the route is live, then what the touch would be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer(u32);

impl Answer {
    const ALLOWED: u32 = 8;
    const LIVE: u32 = 16;
    const PURPOSE: u32 = 20;

    /// No route, nothing allowed.
    pub(super) const SILENCE: Self = Self(0);

    pub(super) fn new(choice: &Choice, objections: &Objections) -> Self {
        let mut bits = choice.route() as u32;
        for purpose in Purpose::ALL {
            if objections.allows(*purpose) {
                bits |= 1 << (Self::ALLOWED + *purpose as u32);
            }
        }
        if let Some(touch) = &choice.touch {
            bits |= u32::from(touch.target.due_by.is_none()) << Self::LIVE;
            bits |= (touch.purpose() as u32 + 1) << Self::PURPOSE;
        }
        Self(bits)
    }

    /// As a number.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The route.
    #[must_use]
    pub fn route(self) -> Route {
        Route::ALL.get((self.0 & 0xff) as usize).copied().unwrap_or(Route::None)
    }

    /// What the touch would be for, `None` for silence: what a host writes into the `touch` event.
    #[must_use]
    pub fn purpose(self) -> Option<Purpose> {
        let code = (self.0 >> Self::PURPOSE & 0xf).checked_sub(1)?;
        Purpose::ALL.get(code as usize).copied()
    }

    /// Whether a touch of this purpose may be made.
    #[must_use]
    pub const fn allows(self, purpose: Purpose) -> bool {
        self.0 & 1 << (Self::ALLOWED + purpose as u32) != 0
    }

    /// Whether the route can take the person right now.
    #[must_use]
    pub const fn is_live(self) -> bool {
        self.0 & 1 << Self::LIVE != 0
    }
}
