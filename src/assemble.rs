//! Contact logs in, journeys out: an organisation's export, read by a mapping file, becomes cases, the
//! journeys they belong to, and what customers went through in them.
//!
//! The bytes are taken as they come; what is kept grows with the events of cases, not with the file.

mod case;
mod clock;
mod effort;
mod events;
mod journey;
mod log;
mod mapping;
mod measure;
mod plan;
mod rows;

pub use clock::Zones;
pub use events::Events;
pub use mapping::*;

use crate::journey::Change;
use crate::json;
use crate::program::Policy;
use crate::unit::Ms;
use crate::{Error, ErrorCode, Mistakes};
use log::{Log, Names};
use plan::Plan;
use rows::RowReader;
use serde_json::Value;

/// Assembles an export.
///
/// ```
/// use tactful::assemble::{Assembler, Format, Mapping};
/// let mapping = Mapping::from_json(r#"{ "mapping": 1, "id": "desk", "source": "desk",
///     "columns": { "case": "ticket", "activity": "what", "at": "when" },
///     "activities": { "solved": { "type": "case", "step": "resolved" } },
///     "transfers": { "rule": "none" } }"#)?;
/// let mut assembler = Assembler::new(mapping, Format::Csv, &|_| None)?;
/// assembler.push(b"ticket,what,when\n1,opened,2026-03-01T09:00:00Z\n1,solved,2026-03-01T10:00:00Z\n");
/// let found = assembler.finish(false);
/// assert_eq!(found["cases"], 1);
/// assert_eq!(found["cycleMs"]["p50"], 3_600_000.0);
/// # Ok::<(), tactful::Mistakes>(())
/// ```
pub struct Assembler {
    rows: RowReader,
    log: Log,
    policy: Option<Policy>,
    today: Ms,
}

impl Assembler {
    /// Ready for the first byte. `format` is that of the file where the mapping does not say it;
    /// `zones` knows the offsets of zones by name.
    ///
    /// # Errors
    /// What is wrong with the mapping, each with a pointer and a hint.
    pub fn new(mapping: Mapping, format: Format, zones: Zones<'_>) -> Result<Self, Mistakes> {
        let plan = Plan::new(&mapping, zones)
            .map_err(|errors| errors.into_iter().collect::<Mistakes>())?;
        let csv = mapping.csv.as_ref();
        let delimiter = csv.and_then(|csv| csv.delimiter.as_deref()).unwrap_or(",");
        let [delimiter] = delimiter.as_bytes() else {
            let message = format!("`{delimiter}` is not one character");
            let error = Error::new(ErrorCode::OutOfRange, "/csv/delimiter", message);
            return Err(error.hint("one ASCII character, such as ; or a tab").into());
        };
        let header = csv.and_then(|csv| csv.header) != Some(false);
        let format = mapping.format.unwrap_or(format);
        let rows = RowReader::new(plan.columns.clone(), format, *delimiter, header);
        let log = Log::new(mapping, plan);
        Ok(Self { rows, log, policy: None, today: Ms::ALWAYS })
    }

    /// Takes the next piece of the file, wherever it was cut.
    pub fn push(&mut self, bytes: &[u8]) {
        self.rows.push(bytes, &mut self.log);
    }

    /// Rows read so far.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.log.row
    }

    /// The file is over: what came of it. With `case_rows`, a row for each case too.
    #[must_use]
    pub fn finish(mut self, case_rows: bool) -> Value {
        self.rows.end(&mut self.log);
        let (policy, today) = (self.policy, self.today);
        measure::report(self.log, case_rows, |log, done| {
            let policy = policy.as_ref()?;
            let costs = effort::costs(log, done, policy);
            let changes = Change::of_policy(policy);
            let unheard = effort::unheard(log);
            let end = effort::End { of_file: log.last, today };
            Some(effort::report(policy, &costs, &unheard, &changes, end, case_rows))
        })
    }

    /// Says which day it is: what somebody should have looked at by then calibrates nothing. Otherwise the end
    /// of the file says so.
    #[must_use]
    pub const fn today(mut self, now: Ms) -> Self {
        self.today = now;
        self
    }

    /// Measures the effort of journeys too, by the catalogue and the process versions of a policy.
    #[must_use]
    pub fn with_effort(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self.log.effort = true;
        self
    }
}

impl Mapping {
    /// What is wrong beyond single values.
    fn check(&self) -> Vec<Error> {
        Plan::new(self, &|_| Some(Vec::new())).err().unwrap_or_default()
    }

    /// SHA-256 of the mapping in one form.
    fn digest(&self) -> String {
        crate::policy::digest_of(json::write(self))
    }
}
