//! The mapping file: what a row of an export is, what its times mean and what counts as a transfer,
//! said once, as data.

use crate::Mistakes;
mod rules;
mod words;

pub use rules::*;
pub use words::*;

use crate::event::Channel;
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::json;
use crate::shape::{Table, record};
use crate::unit::Ms;
use serde_json::{Map, Value, json};

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
        /// The last resolved step, when absent; none, if the case was reopened after it.
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
        /// How the process should run.
        pub documented: Option<Documented>,
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
