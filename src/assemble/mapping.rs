//! The mapping file: what a row of an export is, what its times mean and what counts as a transfer,
//! said once, as data.

use crate::Mistakes;
use crate::event::Channel;
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::json;
use crate::shape::{Json, Table, record, words};
use crate::unit::{Ms, Share};
use serde_json::{Map, Value, json};

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

record! {
    /// A column, and what means "no value" in it.
    pub struct Col {
        /// Its name in the header.
        pub column: String,
        /// Instead of the file's own list.
        pub missing: Option<Vec<String>>,
    }
}

record! {
    /// How times are written.
    pub struct Time {
        /// `epochMs`, `epochSeconds`, `rfc3339` or a pattern of `YYYY MM DD HH mm ss SSS`.
        pub format: String,
        /// An IANA name, `UTC` or a fixed offset like `+02:00`.
        pub zone: Option<String>,
    }
}

record! {
    /// How columns are separated.
    pub struct CsvFormat {
        /// A comma when absent.
        pub delimiter: Option<String>,
        /// Whether the first row names the columns; it does when absent.
        pub header: Option<bool>,
    }
}

record! {
    /// Which column is which field of the contract.
    pub struct Columns {
        /// The case.
        pub case: Option<Col>,
        /// What happened.
        pub activity: Option<Col>,
        /// When.
        pub at: Option<Col>,
        /// The customer.
        pub person: Option<Col>,
        /// The account.
        pub account: Option<Col>,
        /// The category.
        pub category: Option<Col>,
        /// The product.
        pub product: Option<Col>,
        /// The process.
        pub process: Option<Col>,
        /// Who worked on it.
        pub agent: Option<Col>,
        /// In which team.
        pub team: Option<Col>,
        /// By which channel.
        pub channel: Option<Col>,
        /// In which direction.
        pub direction: Option<Col>,
        /// About what.
        pub matter: Option<Col>,
        /// How long it waited.
        pub wait_ms: Option<Col>,
    }
}

record! {
    /// A time of a case in a column of its own.
    pub struct Stamp {
        /// Which step it is.
        pub step: CaseStep,
        /// The column.
        pub column: String,
        /// How it is written, if differently.
        pub time: Option<Time>,
    }
}

record! {
    /// The event a row becomes.
    pub struct Emit {
        /// What kind.
        pub r#type: EmitType,
        /// Its step: of a case or of a contact.
        pub step: String,
        /// The channel.
        pub channel: Option<Channel>,
        /// The direction.
        pub direction: Option<Direction>,
        /// Whether a transfer came with an accepted handoff.
        pub warm: Option<bool>,
    }
}

record! {
    /// Cases out of rows that do not name any.
    pub struct CaseBy {
        /// Rows of one key belong together.
        pub key: Vec<String>,
        /// Unless more time than this lies between them.
        pub window_ms: Option<Ms>,
    }
}

record! {
    /// A point in the life of a case: `event`, `step` or `column`.
    pub struct Point {
        /// The first or last event.
        pub event: Option<PointName>,
        /// A step of the case.
        pub step: Option<CaseStep>,
        /// A column with a time.
        pub column: Option<String>,
        /// Which of several.
        pub take: Option<Take>,
        /// How it is written, if differently.
        pub time: Option<Time>,
    }
}

record! {
    /// Points of a case, where they are not the usual ones.
    pub struct Lifecycle {
        /// The first event, when absent.
        pub opened: Option<Point>,
        /// The last resolved step, when absent.
        pub resolved: Option<Point>,
        /// The last closed step, when absent.
        pub closed: Option<Point>,
    }
}

record! {
    /// One value for a case.
    pub struct Attribute {
        /// The column.
        pub column: String,
        /// Which of its values.
        pub take: Take,
        /// Whether it is a number.
        pub number: Option<bool>,
    }
}

record! {
    /// The source's own counter, to compare with.
    pub struct Check {
        /// The attribute that holds it.
        pub attribute: String,
    }
}

record! {
    /// How something is counted.
    pub struct Count {
        /// By which rule.
        pub rule: Rule,
        /// The contact step that counts; `transferred` when absent.
        pub emit: Option<ContactStep>,
        /// The activities that count.
        pub is: Vec<String>,
        /// The column that changes or counts.
        pub column: Option<String>,
        /// Values that are no change.
        pub ignore: Vec<String>,
        /// Which value of a counter; the largest when absent.
        pub take: Option<Take>,
        /// What a missing counter means.
        pub missing: Option<i64>,
        /// A second opinion.
        pub check: Option<Check>,
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

record! {
    /// What an export means.
    pub struct Mapping {
        /// The version of this form: 1.
        pub mapping: u32,
        /// Its id.
        pub id: String,
        /// The name of the feed.
        pub source: String,
        /// How the file is written; by its name when absent.
        pub format: Option<Format>,
        /// How columns are separated.
        pub csv: Option<CsvFormat>,
        /// Values that mean "no value"; the empty one when absent.
        pub missing: Option<Vec<String>>,
        /// What a row is; an event when absent.
        pub rows: Option<Rows>,
        /// Which column is which.
        pub columns: Columns,
        /// How times are written.
        pub time: Option<Time>,
        /// Times of a case, when a row is one.
        pub stamps: Vec<Stamp>,
        /// What breaks equal times: columns, or the place in the file when there are none.
        pub order: Vec<String>,
        /// What activities become.
        pub activities: Table<Vec<Emit>>,
        /// Values in the source's own words.
        pub values: Table<Table<Option<String>>>,
        /// Cases out of rows that do not name any.
        pub case_by: Option<CaseBy>,
        /// Points of a case.
        pub lifecycle: Option<Lifecycle>,
        /// Values of a case.
        pub attributes: Table<Attribute>,
        /// How transfers are recorded.
        pub transfers: Count,
        /// How reopenings are.
        pub reopens: Option<Count>,
        /// How contacts of the customer are.
        pub contacts: Option<Count>,
        /// Who came back with what.
        pub journeys: Vec<JourneyRule>,
        /// Rows without a long pause.
        pub sessions: Vec<Session>,
        /// Times between points.
        pub durations: Vec<Duration>,
        /// Times until a point that may not have come.
        pub time_to: Vec<TimeTo>,
        /// Solved at the first contact.
        pub first_contact: Option<FirstContact>,
        /// Shares of cases.
        pub shares: Vec<ShareRule>,
        /// Drivers.
        pub pareto: Vec<ParetoRule>,
    }
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Every mistake, each with a pointer and a hint.
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        Self::from_value(json::parse(text)?)
    }

    pub(crate) fn from_value(mut value: Value) -> Result<Self, Mistakes> {
        spell_out(&mut value);
        let mut errors = Vec::new();
        let mapping: Option<Self> = json::read(&value, "", &mut errors);
        errors.extend(mapping.iter().flat_map(Self::check));
        Mistakes::unless_none(errors, mapping)
    }
}

/// Several things may be written shorter than they are; everything is read in one form.
fn spell_out(value: &mut Value) {
    let Some(map) = value.as_object_mut() else { return };
    let each = |map: &mut Map<String, Value>, key: &str, change: &dyn Fn(&mut Value)| {
        if let Some(inside) = map.get_mut(key).and_then(Value::as_object_mut) {
            inside.values_mut().for_each(change);
        }
    };
    each(map, "columns", &|column| {
        if column.is_string() {
            *column = json!({ "column": column.take() });
        }
    });
    each(map, "activities", &|emits| match emits {
        Value::Null => *emits = json!([]),
        Value::Object(_) => *emits = json!([emits.take()]),
        _ => {}
    });
    each(map, "lifecycle", &|point| {
        if point.is_string() {
            *point = json!({ "event": point.take() });
        }
    });
    if map.get("order").is_some_and(|order| order == "fileOrder") {
        map.shift_remove("order");
    }
    for pareto in map.get_mut("pareto").and_then(Value::as_array_mut).into_iter().flatten() {
        let attribute = pareto.pointer("/value/attribute").cloned();
        if let (Some(attribute), Some(pareto)) = (attribute, pareto.as_object_mut()) {
            pareto.insert("value".to_owned(), json!("attribute"));
            pareto.insert("attribute".to_owned(), attribute);
        }
    }
}
