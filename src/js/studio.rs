//! Policies and stories as real JavaScript objects.

use super::thrown;
use crate::assemble::{Assembler, Format, Mapping};
use crate::{Error, ErrorCode, Mistakes, Policy, Story, Trace, json, policy};
use js_sys::Array;
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

fn from_js(value: JsValue) -> Result<Value, Mistakes> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let hint = "plain objects, lists, text, numbers and booleans";
        Error::new(ErrorCode::WrongType, "", error.to_string()).hint(hint).into()
    })
}

fn to_js(value: &Value) -> Result<JsValue, JsValue> {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&plain).map_err(JsValue::from)
}

/// Every mistake, as a list to throw.
fn all(errors: Mistakes) -> JsValue {
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
    compiled(patch).map(|policy| policy.to_compiled()).map_err(all)
}

/// Checks a policy: `{ errors, warnings }`.
///
/// # Errors
/// When it is no plain object.
#[wasm_bindgen]
pub fn check(patch: JsValue) -> Result<JsValue, JsValue> {
    let patch = from_js(patch).map_err(all)?;
    let findings = policy::check(&patch.to_string());
    let list = |errors: &[Error]| -> Value {
        errors
            .iter()
            .map(|error| {
                serde_json::json!({
                    "code": error.code().as_str(),
                    "path": error.path(),
                    "message": error.message(),
                    "hint": error.how_to_mend(),
                })
            })
            .collect()
    };
    to_js(&serde_json::json!({
        "errors": list(&findings.errors),
        "warnings": list(&findings.warnings),
    }))
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

/// Assembles an export, piece by piece.
#[wasm_bindgen]
pub struct Assembly {
    inner: Option<Assembler>,
}

#[wasm_bindgen]
impl Assembly {
    /// Ready for the first byte. `zones` holds the offsets of the zones the mapping names.
    ///
    /// # Errors
    /// A list of every mistake in the mapping.
    #[wasm_bindgen(constructor)]
    pub fn new(mapping: JsValue, format: &str, zones: JsValue) -> Result<Assembly, JsValue> {
        let zones = from_js(zones).map_err(all)?;
        let table = |name: &str| {
            let mut mistakes = Vec::new();
            json::read(zones.get(name)?, "", &mut mistakes)
        };
        let format = Format::parse(format).unwrap_or(Format::Csv);
        let mapping = from_js(mapping).and_then(Mapping::from_value).map_err(all)?;
        let inner = Assembler::new(mapping, format, &table).map_err(all)?;
        Ok(Self { inner: Some(inner) })
    }

    /// Takes the next piece of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.inner.iter_mut().for_each(|inner| inner.push(bytes));
    }

    /// Rows read so far.
    pub fn rows(&self) -> u32 {
        self.inner.as_ref().map_or(0, Assembler::rows)
    }

    /// The file is over: what came of it.
    ///
    /// # Errors
    /// Never.
    pub fn finish(&mut self, case_rows: bool) -> Result<JsValue, JsValue> {
        let found = self.inner.take().map_or(Value::Null, |inner| inner.finish(case_rows));
        to_js(&found)
    }
}

/// Decides a story: `{ decision, differences }`, the differences from what it expects.
///
/// # Errors
/// A list of every mistake in the story or its policy.
#[wasm_bindgen]
pub fn story(story: JsValue, patch: JsValue) -> Result<JsValue, JsValue> {
    let base =
        if patch.is_undefined() || patch.is_null() { policy::starter() } else { compiled(patch) };
    let result = base.and_then(|base| {
        let story = Story::from_value(from_js(story)?)?;
        Ok((story.decide(&base)?, story.test(&base)?))
    });
    let (decision, differences) = result.map_err(all)?;
    to_js(&serde_json::json!({ "decision": json::write(&decision), "differences": differences }))
}
