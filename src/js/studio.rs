//! Policies and stories as real JavaScript objects.

use super::thrown;
use crate::assemble::{Assembler, Events, Format, Mapping};
use crate::unit::Ms;
use crate::{Edit, Error, ErrorCode, Mistakes, Policy, Story, Trace, json, policy};
use js_sys::Array;
use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

pub(super) fn from_js(value: JsValue) -> Result<Value, Mistakes> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let hint = "plain objects, lists, text, numbers and booleans";
        Error::new(ErrorCode::WrongType, "", error.to_string()).hint(hint).into()
    })
}

pub(super) fn to_js(value: &Value) -> Result<JsValue, JsValue> {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&plain).map_err(JsValue::from)
}

/// Every mistake, as a list to throw.
pub(super) fn all(errors: Mistakes) -> JsValue {
    errors.iter().map(thrown).collect::<Array>().into()
}

fn compiled(patch: JsValue) -> Result<Policy, Mistakes> {
    policy::compile_value(&from_js(patch)?)
}

/// Compiles a policy (a merge patch over the starter).
///
/// # Errors
/// A list of every mistake.
#[wasm_bindgen]
pub fn compile(patch: JsValue) -> Result<Vec<u8>, JsValue> {
    from_js(patch).and_then(|patch| policy::bytes_of(&patch)).map_err(all)
}

/// Checks a policy: `{ errors, warnings, waived }`; with the present, `now`, also what is overdue.
///
/// # Errors
/// When it is no plain object.
#[wasm_bindgen]
pub fn check(patch: JsValue, now: Option<f64>) -> Result<JsValue, JsValue> {
    let patch = from_js(patch).map_err(all)?;
    let findings = policy::checked(&patch, now.map(|now| Ms(now as i64)));
    let told = |error: &Error| {
        json!({
            "code": error.code().as_str(),
            "path": error.path(),
            "message": error.message(),
            "hint": error.how_to_mend(),
        })
    };
    let list = |errors: &[Error]| -> Value { errors.iter().map(told).collect() };
    let waived = findings.waived.iter().map(|it| {
        json!({ "id": it.id, "warning": told(&it.warning), "by": it.by, "why": it.why, "until": it.until.0 })
    });
    to_js(&json!({
        "errors": list(&findings.errors),
        "warnings": list(&findings.warnings),
        "waived": waived.collect::<Vec<_>>(),
    }))
}

/// A policy as a whole, with its digest: `{ policy, digest }`.
///
/// # Errors
/// A list of every mistake.
#[wasm_bindgen]
pub fn whole(patch: JsValue) -> Result<JsValue, JsValue> {
    let patch = from_js(patch).map_err(all)?;
    let digest = policy::compile_value(&patch).map_err(all)?.digest;
    to_js(&json!({ "policy": policy::merged(&patch), "digest": digest }))
}

/// The starter policy.
///
/// # Errors
/// Never; the starter is part of the module.
#[wasm_bindgen]
pub fn starter() -> Result<JsValue, JsValue> {
    to_js(&json::parse(policy::STARTER).map_err(|error| thrown(&error))?)
}

/// The signals of a trace: `{ signals, searches?, … }`.
///
/// # Errors
/// A list of every mistake in the trace or its parameters.
#[wasm_bindgen]
pub fn signals(trace: JsValue, patch: JsValue) -> Result<JsValue, JsValue> {
    let seen = from_js(trace).and_then(Trace::from_value).and_then(|trace| {
        if patch.is_undefined() || patch.is_null() {
            trace.run()
        } else {
            trace.run_over(&from_js(patch)?)
        }
    });
    to_js(&json::write(&seen.map_err(all)?))
}

/// Assembles an export or contract events, piece by piece.
#[wasm_bindgen]
pub struct Assembly {
    inner: Option<Input>,
}

enum Input {
    Export(Box<Assembler>),
    Events(Box<Events>),
}

#[wasm_bindgen]
impl Assembly {
    /// Ready for the first byte: of an export, read by a mapping, or of contract events where there is
    /// none. `zones` holds the offsets of the zones the mapping names; effort is measured by the
    /// starter policy with `patch` over it.
    ///
    /// # Errors
    /// A list of every mistake in the mapping or the policy.
    #[wasm_bindgen(constructor)]
    pub fn new(
        mapping: JsValue,
        format: &str,
        zones: JsValue,
        patch: JsValue,
    ) -> Result<Assembly, JsValue> {
        let absent = |value: &JsValue| value.is_undefined() || value.is_null();
        let policy = if absent(&patch) { policy::starter() } else { compiled(patch) };
        let policy = policy.map_err(all)?;
        if absent(&mapping) {
            return Ok(Self { inner: Some(Input::Events(Box::new(Events::new(policy)))) });
        }
        let zones = from_js(zones).map_err(all)?;
        let table = |name: &str| {
            let mut mistakes = Vec::new();
            json::read(zones.get(name)?, "", &mut mistakes)
        };
        let format = Format::parse(format).unwrap_or(Format::Csv);
        let mapping = from_js(mapping).and_then(Mapping::from_value).map_err(all)?;
        let inner = Assembler::new(mapping, format, &table).map_err(all)?;
        Ok(Self { inner: Some(Input::Export(Box::new(inner.with_effort(policy)))) })
    }

    /// Takes the next piece of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.inner {
            None => {}
            Some(Input::Export(export)) => export.push(bytes),
            Some(Input::Events(events)) => events.push(bytes),
        }
    }

    /// Rows read so far.
    pub fn rows(&self) -> u32 {
        match &self.inner {
            None => 0,
            Some(Input::Export(export)) => export.rows(),
            Some(Input::Events(events)) => events.rows(),
        }
    }

    /// The file is over: what came of it, as it is looked at `now`.
    ///
    /// # Errors
    /// Never.
    pub fn finish(&mut self, case_rows: bool, now: Option<f64>) -> Result<JsValue, JsValue> {
        let today = now.map_or(Ms::ALWAYS, |now| Ms(now as i64));
        let found = match self.inner.take() {
            None => Value::Null,
            Some(Input::Export(export)) => export.today(today).finish(case_rows),
            Some(Input::Events(events)) => events.today(today).finish(case_rows),
        };
        to_js(&found)
    }
}

/// A story with a single change, as an explanation names it.
///
/// # Errors
/// A list of every mistake in the story or the change.
#[wasm_bindgen]
pub fn changed(story: JsValue, edit: JsValue) -> Result<JsValue, JsValue> {
    let read = || {
        let story = Story::from_value(from_js(story)?)?;
        let mut mistakes = Vec::new();
        let edit = json::read(&from_js(edit)?, "/edit", &mut mistakes);
        let edit: Edit = Mistakes::unless_none(mistakes, edit)?;
        Ok(story.with(&edit))
    };
    to_js(&json::write(&read().map_err(all)?))
}

/// Explains the decision of a story: `{ decision, wouldChange, lost }`.
///
/// # Errors
/// A list of every mistake in the story or its policy.
#[wasm_bindgen]
pub fn explain(story: JsValue, patch: JsValue) -> Result<JsValue, JsValue> {
    let base = base(patch);
    let found = base.and_then(|base| Story::from_value(from_js(story)?)?.explain(&base));
    to_js(&json::write(&found.map_err(all)?))
}

/// Tells of a zone that a policy may name: a list of `{ from, offsetMinutes }`.
///
/// # Errors
/// When it is no such list.
#[wasm_bindgen]
pub fn zone(name: &str, offsets: JsValue) -> Result<(), JsValue> {
    let offsets = from_js(offsets).map_err(all)?;
    let mut mistakes = Vec::new();
    let table = json::read(&offsets, "/zone", &mut mistakes);
    let table = Mistakes::unless_none(mistakes, table).map_err(all)?;
    #[cfg(not(feature = "tz"))]
    crate::zone::tell(name, table);
    #[cfg(feature = "tz")]
    let _: (&str, Vec<crate::moment::ZoneOffset>) = (name, table);
    Ok(())
}

/// The policy of a patch over the starter; the starter itself where there is none.
pub(super) fn base(patch: JsValue) -> Result<Policy, Mistakes> {
    if patch.is_undefined() || patch.is_null() { policy::starter() } else { compiled(patch) }
}

/// Decides a story: `{ decision, differences }`, the differences from what it expects.
///
/// # Errors
/// A list of every mistake in the story or its policy.
#[wasm_bindgen]
pub fn story(story: JsValue, patch: JsValue) -> Result<JsValue, JsValue> {
    let result = base(patch).and_then(|base| {
        let story = Story::from_value(from_js(story)?)?;
        Ok((story.decide(&base)?, story.test(&base)?))
    });
    let (decision, differences) = result.map_err(all)?;
    to_js(&json!({ "decision": json::write(&decision), "differences": differences }))
}
