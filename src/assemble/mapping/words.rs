//! The words of a mapping file.

use crate::shape::words;

words! {
    /// How a file is written.
    pub enum Format {
        /// Columns separated by a character (RFC 4180).
        Csv = "csv",
        /// One flat JSON object a line.
        Ndjson = "ndjson",
    }
}

words! {
    /// What a row is.
    pub enum Rows {
        /// Something that happened in a case.
        Events = "events",
        /// A whole case, with a column for each of its times.
        Cases = "cases",
    }
}

words! {
    /// Which value of a column stands for the case.
    pub enum Take {
        /// The first that is not missing.
        First = "first",
        /// The last that is not missing.
        Last = "last",
        /// The largest.
        Max = "max",
        /// The smallest.
        Min = "min",
        /// All of them together.
        Sum = "sum",
        /// How many there are.
        Count = "count",
    }
}

words! {
    /// A point in the life of a case.
    pub enum PointName {
        /// When it was opened.
        Opened = "opened",
        /// When it was solved.
        Resolved = "resolved",
        /// When it was closed.
        Closed = "closed",
        /// Its first event.
        FirstEvent = "firstEvent",
        /// Its last event.
        LastEvent = "lastEvent",
    }
}

words! {
    /// Where a case ends, for whoever comes back.
    pub enum End {
        /// With its last event.
        LastEvent = "lastEvent",
        /// With its last resolution; without one, its last event.
        LastResolved = "lastResolved",
        /// With its last closing; without one, its last event.
        LastClosed = "lastClosed",
    }
}

words! {
    /// How a source records something that is counted.
    pub enum Rule {
        /// By contact events of a step.
        Events = "events",
        /// By rows with one of some activities.
        Activity = "activity",
        /// By a column whose value changes from one row to the next.
        Change = "change",
        /// By a counter of its own.
        Column = "column",
        /// Not at all: unknown, and the coverage says so.
        None = "none",
    }
}

words! {
    /// Which cases a share is of.
    pub enum Over {
        /// Those that were solved.
        Resolved = "resolved",
        /// Those that were closed.
        Closed = "closed",
        /// All of them.
        Cases = "cases",
    }
}

words! {
    /// What kind of event a row becomes.
    pub enum EmitType {
        /// A step of a case.
        Case = "case",
        /// A step of a contact.
        Contact = "contact",
    }
}

words! {
    /// What drivers are weighed by.
    pub enum Weight {
        /// The number of cases.
        Cases = "cases",
        /// Transfers.
        Transfers = "transfers",
        /// Reopenings.
        Reopens = "reopens",
        /// Events.
        Events = "events",
        /// An attribute of the case.
        Attribute = "attribute",
    }
}
