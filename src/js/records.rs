//! Logs of records in JavaScript: piece by piece, as their bytes come.

use super::studio::{all, base, from_js, to_js};
use crate::record::{Audit, Diff, Host, Record, Replay};
use crate::unit::Ms;
use crate::{Mistakes, Story};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

/// A log on its way: replayed, decided by two policies, or audited.
#[wasm_bindgen]
pub struct LogReading {
    inner: Option<Reading>,
}

enum Reading {
    Replay(Box<Replay>),
    Diff(Box<Diff>),
    Audit(Box<Audit>),
}

#[wasm_bindgen]
impl LogReading {
    /// Makes every decision again, by the starter or any of a list of policies.
    ///
    /// # Errors
    /// A list of every mistake in a policy.
    pub fn replay(patches: Vec<JsValue>) -> Result<LogReading, JsValue> {
        let policies: Result<Vec<_>, Mistakes> = patches.into_iter().map(base).collect();
        let mut policies = policies.map_err(all)?;
        policies.push(base(JsValue::UNDEFINED).map_err(all)?);
        Ok(Self { inner: Some(Reading::Replay(Box::new(Replay::new(policies)))) })
    }

    /// Decides everything by two policies.
    ///
    /// # Errors
    /// A list of every mistake in a policy.
    pub fn diff(old: JsValue, new: JsValue) -> Result<LogReading, JsValue> {
        let diff = Diff::new(base(old).map_err(all)?, base(new).map_err(all)?);
        Ok(Self { inner: Some(Reading::Diff(Box::new(diff))) })
    }

    /// Looks at how well a policy is looked after.
    ///
    /// # Errors
    /// A list of every mistake in the policy.
    pub fn audit(patch: JsValue) -> Result<LogReading, JsValue> {
        let patch = if patch.is_undefined() {
            Value::Object(Map::new())
        } else {
            from_js(patch).map_err(all)?
        };
        let audit = Audit::of(patch).map_err(all)?;
        Ok(Self { inner: Some(Reading::Audit(Box::new(audit))) })
    }

    /// Takes the next piece of the log.
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.inner {
            None => {}
            Some(Reading::Replay(it)) => it.push(bytes),
            Some(Reading::Diff(it)) => it.push(bytes),
            Some(Reading::Audit(it)) => it.push(bytes),
        }
    }

    /// Records read so far.
    pub fn rows(&self) -> u32 {
        match &self.inner {
            None => 0,
            Some(Reading::Replay(it)) => it.rows(),
            Some(Reading::Diff(it)) => it.rows(),
            Some(Reading::Audit(it)) => it.rows(),
        }
    }

    /// The log is over: what came of it.
    ///
    /// # Errors
    /// Never.
    pub fn finish(&mut self, now: Option<f64>, approved: Option<bool>) -> Result<JsValue, JsValue> {
        let found = match self.inner.take() {
            None => Value::Null,
            Some(Reading::Replay(it)) => it.finish(),
            Some(Reading::Diff(it)) => it.finish(),
            Some(Reading::Audit(it)) => {
                it.finish(Host { now: now.map(|now| Ms(now as i64)), approved })
            }
        };
        to_js(&found)
    }
}

/// Decides a story and keeps the decision with everything it was made from: a line of a log.
///
/// # Errors
/// A list of every mistake in the story or the policy.
#[wasm_bindgen]
pub fn record(story: JsValue, patch: JsValue, groups: JsValue) -> Result<String, JsValue> {
    let made = || {
        let policy = base(patch)?;
        let story = Story::from_value(from_js(story)?)?;
        let groups = if groups.is_undefined() { Value::Null } else { from_js(groups)? };
        let named = groups.as_object().into_iter().flatten();
        let named: Vec<_> =
            named.filter_map(|(name, it)| Some((name.as_str(), it.as_str()?))).collect();
        Ok(Record::of(&story, &policy, &named)?.to_json())
    };
    made().map_err(all)
}
