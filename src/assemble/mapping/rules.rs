//! What is asked of the cases: journeys, sessions, times, shares and drivers.

use super::words::{End, Over, PointName, Weight};
use crate::shape::{Json, record};
use crate::unit::{Ms, Share};

record! {
    /// How the process is documented to run.
    pub struct Documented {
        /// Activities a case may begin with.
        pub starts: Vec<String>,
        /// Activities it may end with.
        pub ends: Vec<String>,
        /// What may directly follow what.
        pub follows: Vec<Follows>,
    }
}

record! {
    /// One activity that may directly follow another.
    pub struct Follows {
        /// The one.
        pub from: String,
        /// The other.
        pub to: String,
        /// How long it should take at most.
        pub target_ms: Option<Ms>,
    }
}

record! {
    /// Cases that belong together because the same customer came back with the same thing.
    pub struct JourneyRule {
        /// Its name.
        pub name: String,
        /// What must be the same.
        pub key: Vec<String>,
        /// Where a case ends.
        pub end: End,
        /// Windows, in days.
        pub windows_days: Vec<u32>,
    }
}

record! {
    /// Rows without a long pause between them.
    pub struct Session {
        /// Its name.
        pub name: String,
        /// What must be the same.
        pub key: Vec<String>,
        /// A longer pause begins a new one.
        pub gap_ms: Ms,
    }
}

record! {
    /// Time between two points of a case.
    pub struct Duration {
        /// Its name.
        pub name: String,
        /// From.
        pub from: PointName,
        /// To.
        pub to: PointName,
        /// By an attribute, or by the `year` of the beginning.
        pub by: Option<String>,
    }
}

record! {
    /// Time until a point, of cases in which it may not have come yet.
    pub struct TimeTo {
        /// Its name.
        pub name: String,
        /// From.
        pub from: PointName,
        /// To.
        pub to: PointName,
        /// What is known by then; the last time in the file when absent.
        pub as_of: Option<Ms>,
        /// Survival at these spans.
        pub survival_at_ms: Vec<Ms>,
        /// By an attribute, or by the `year` of the beginning.
        pub by: Option<String>,
    }
}

record! {
    /// Solved at the first contact.
    pub struct FirstContact {
        /// Of which cases.
        pub over: Over,
        /// And not come back within this, in days.
        pub window_days: Option<u32>,
        /// By which journey rule; the first when absent.
        pub journey: Option<String>,
    }
}

record! {
    /// A share of cases.
    pub struct ShareRule {
        /// Its name.
        pub name: String,
        /// The attribute.
        pub attribute: String,
        /// What it is for those that count.
        pub is: Json,
        /// By another attribute.
        pub by: Option<String>,
    }
}

record! {
    /// Drivers that carry most of something.
    pub struct ParetoRule {
        /// Its name.
        pub name: String,
        /// The attribute whose values are the drivers.
        pub by: String,
        /// What they are weighed by.
        pub value: Weight,
        /// The attribute, when that is one.
        pub attribute: Option<String>,
        /// The share to be carried; 0.8 when absent.
        pub threshold: Option<Share>,
    }
}
