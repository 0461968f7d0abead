//! Traces: page events with the parameters they are judged by, for tests, bug reports and for
//! comparing rule sets.

use crate::event::VisitEvent;
use crate::id::Salt;
use crate::json;
use crate::program::Signals;
use crate::shape::{Json, record};
use crate::signal::{Report, Signal};
use crate::unit::{Micros, Ms};
use crate::visit::{Quarantined, Tallies, Visit};
use crate::{Mistakes, policy};
use serde_json::Value;

/// Without `until`, verdicts are decided this long after the last event, in ms.
const AFTER: i64 = 60_000;

record! {
    /// Page events and the parameters they are judged by.
    pub struct Trace {
        /// What it shows.
        pub name: Option<String>,
        /// Why it should be so: where the behaviour is documented.
        pub why: Option<String>,
        /// What differs from the parameters of the policy: a merge patch over its `signals`.
        pub signals: Option<Json>,
        /// What happened.
        pub events: Vec<VisitEvent>,
        /// Only what is due by then is decided; a minute after the last event when absent.
        pub until: Option<Micros>,
        /// What is expected, for whoever runs it as a test.
        pub expect: Option<Json>,
    }
}

record! {
    /// What was seen in a trace.
    pub struct Seen {
        /// The signals, in the order in which they became certain.
        pub signals: Vec<Report>,
        /// How many searches there were, when there were any.
        pub searches: Option<u16>,
        /// What was not believed, when there was anything.
        pub quarantined: Option<Quarantined>,
        /// What is counted without being a signal, when there was anything.
        pub tallies: Option<Tallies>,
    }
}

impl Trace {
    /// Reads a trace.
    ///
    /// # Errors
    /// Every mistake, each with a pointer and a hint.
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        Self::from_value(json::parse(text)?)
    }

    pub(crate) fn from_value(value: Value) -> Result<Self, Mistakes> {
        let mut errors = Vec::new();
        let trace = json::read(&value, "", &mut errors);
        Mistakes::unless_none(errors, trace)
    }

    /// The signals by the starter's parameters and the trace's own.
    ///
    /// ```
    /// let trace = tactful::Trace::from_json(r#"{ "events": [
    ///     { "type": "click", "t": 0, "target": "save", "control": "button" } ] }"#)?;
    /// let seen = trace.run()?;
    /// assert_eq!(seen.signals[0].kind, tactful::SignalKind::DeadClick);
    /// assert_eq!(seen.signals[0].decided, tactful::Micros::from_ms(3000));
    /// # Ok::<(), tactful::Mistakes>(())
    /// ```
    ///
    /// # Errors
    /// The mistakes in the trace's own parameters, with pointers below `/signals`.
    pub fn run(&self) -> Result<Seen, Mistakes> {
        self.run_over(&Value::Object(serde_json::Map::new()))
    }

    /// The signals by a policy's parameters (a merge patch over the starter) and the trace's own.
    ///
    /// # Errors
    /// The mistakes in the parameters, with pointers below `/signals`.
    pub fn run_over(&self, patch: &Value) -> Result<Seen, Mistakes> {
        Ok(self.judge(&self.parameters(patch)?))
    }

    /// The parameters it is judged by.
    ///
    /// # Errors
    /// The mistakes in them, with pointers below `/signals`.
    pub fn parameters(&self, patch: &Value) -> Result<Signals, Mistakes> {
        let own = self.signals.as_ref().map(|patch| json::parse(&patch.0)).transpose()?;
        policy::signals(patch, own.as_ref())
    }

    /// The signals by given parameters.
    #[must_use]
    pub fn judge(&self, signals: &Signals) -> Seen {
        let mut visit = Visit::new(Ms(0), Salt(0));
        let mut found: Vec<Signal> = Vec::new();
        let mut told = |signal: &Signal| match found.iter_mut().rev().find(|s| s.is_same(signal)) {
            Some(known) => *known = *signal,
            None => found.push(*signal),
        };
        for event in &self.events {
            visit.track_and(signals, event, &mut told);
        }
        let end = self.until.unwrap_or_else(|| visit.clock().plus_ms(AFTER));
        visit.tick_and(signals, end, &mut told);
        Seen {
            signals: found.iter().map(|signal| signal.report(signals)).collect(),
            searches: Some(visit.searches()).filter(|count| *count > 0),
            quarantined: Some(visit.quarantined()).filter(|q| *q != Quarantined::default()),
            tallies: Some(visit.tallies()).filter(|t| *t != Tallies::default()),
        }
    }
}
