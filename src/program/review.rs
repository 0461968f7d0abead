//! How a policy is looked after: how often it is looked at again, and how much a log has to show before
//! anything is concluded from it. No decision reads it.

use crate::shape::{Note, record};
use crate::unit::{Ms, Permille};

record! {
    /// How a policy is looked after.
    pub struct ReviewPolicy {
        /// It is looked at again this often; what changed outside and was not looked at for longer stops
        /// calibration.
        pub every_ms: Ms,
        /// Fewer people than this in a log show nothing.
        pub min_people: u16,
        /// A habit is one when this share of the records shows it.
        pub min_share: Permille,
        /// As many systems contribute to what is known, at least.
        pub min_systems: u8,
        /// Outcomes that came in no later than this before the end of a log are news.
        pub outcomes_within_ms: Ms,
        /// A warning is waived no longer than this at a time.
        pub longest_waiver_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}
