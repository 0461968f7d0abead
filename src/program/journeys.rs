//! How contacts become journeys, and what a journey of a process is expected to cost.

use crate::shape::{Note, Table, record};
use crate::unit::Ms;

record! {
    /// How contacts become journeys.
    pub struct JourneyPolicy {
        /// A contact joins a journey that ended at most this long ago. Part of every metric's name.
        pub window_ms: Ms,
        /// A journey longer than this is flagged: a chain of chance.
        pub chained_ms: Ms,
        /// So is one of more contacts than this.
        pub chained_contacts: u16,
        /// A process that changed less than this ago is cited.
        pub recent_change_ms: Ms,
        /// A benchmark of fewer journeys is not used.
        pub min_benchmark: u16,
        /// A journey enters a benchmark this long after it was resolved.
        pub mature_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// A service process and what it was at different times.
    pub struct Process {
        /// A window of its own.
        pub window_ms: Option<Ms>,
        /// What its journeys cost whatever the version; only where its owner says that they compare.
        pub benchmark: Option<Benchmark>,
        /// Its versions.
        pub versions: Table<Version>,
    }
}

record! {
    /// A version of a process. A journey is judged by the one in force when it began.
    pub struct Version {
        /// Contacts that belong to it; only those beyond are repeats.
        pub normal_contacts: u16,
        /// How long it should take.
        pub target_ms: Option<Ms>,
        /// How long it should take by category.
        pub targets: Table<Ms>,
        /// What its journeys cost.
        pub benchmark: Option<Benchmark>,
        /// In force from; from always when absent.
        pub effective_from: Option<Ms>,
        /// In force until; until the next when absent.
        pub until: Option<Ms>,
    }
}

record! {
    /// What journeys cost, as `tactful assemble` counts it.
    pub struct Benchmark {
        /// When it was counted.
        pub as_of: Option<Ms>,
        /// By `category/channel`, by `category`, and `all`.
        pub groups: Table<Group>,
    }
}

record! {
    /// The resolved journeys of one group.
    pub struct Group {
        /// Points, and how many journeys cost that.
        pub histogram: Table<u32>,
        /// What was still to come after the contacts so far (`phone>email`).
        pub after: Table<Remaining>,
    }
}

record! {
    /// Points that were still to come.
    pub struct Remaining {
        /// Of so many journeys.
        pub journeys: u32,
        /// On average, rounded down.
        pub mean: u16,
        /// One in ten had no more than this.
        pub low: u16,
        /// Nine in ten had no more than this.
        pub high: u16,
    }
}
