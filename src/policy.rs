//! Policies as people write and own them: JSON, merged over a complete starter, checked with every
//! mistake at once, compiled into what the runtime loads.

mod calendar;
mod check;
mod clause;
mod condition;
mod document;
mod rules;
mod schema;
mod sections;
mod slot;

use crate::json;
use crate::program::Signals;
use crate::unit::Ms;
use crate::{Error, ErrorCode, Mistakes, Policy, Text};
pub(crate) use check::{OWNED, PEOPLE};
use document::Document;
pub use schema::schema;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The starter policy: complete, every number with its meaning in the documentation of its type.
pub const STARTER: &str = include_str!("policy/starter.json");

thread_local! {
    static STARTER_SIGNALS: Value =
        json::parse(STARTER).ok().and_then(|it| it.get("signals").cloned()).unwrap_or_default();
}

/// What `check` found: mistakes stop a policy, warnings do not.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Every mistake, in document order.
    pub errors: Vec<Error>,
    /// What is allowed and probably not meant.
    pub warnings: Vec<Error>,
    /// Warnings somebody answers for, for a while.
    pub waived: Vec<Waived>,
}

impl Findings {
    fn only(error: Error) -> Self {
        Self { errors: vec![error], ..Self::default() }
    }
}

/// A warning that was waived.
#[derive(Clone, Debug)]
pub struct Waived {
    /// The waiver's id in the policy.
    pub id: Text,
    /// What is warned of.
    pub warning: Error,
    /// Who answers for it.
    pub by: Text,
    /// Why.
    pub why: Text,
    /// Until when.
    pub until: Ms,
}

/// The starter, compiled.
///
/// # Errors
/// Never, as long as the starter in the crate passes its own check, which the tests see to.
pub fn starter() -> Result<Policy, Mistakes> {
    compile_value(&Value::Object(serde_json::Map::new()))
}

/// Compiles a policy: a JSON Merge Patch (RFC 7396) over the starter.
///
/// # Errors
/// Every mistake in it, each with a pointer into the merged policy and a hint.
///
/// ```
/// let stricter = r#"{ "id": "acme", "guards": { "caps": { "pitchWeek": { "limit": 0 } } } }"#;
/// assert!(tactful::policy::compile(stricter).is_ok());
///
/// let errors = tactful::policy::compile(r#"{ "guards": { "caps": { "pitchWeek": { "limit": -1 } } } }"#)
///     .unwrap_err();
/// assert_eq!(errors[0].path(), "/guards/caps/pitchWeek/limit");
/// ```
pub fn compile(patch: &str) -> Result<Policy, Mistakes> {
    compile_value(&json::parse(patch)?)
}

/// Checks a policy without compiling it.
#[must_use]
pub fn check(patch: &str) -> Findings {
    json::parse(patch).map_or_else(Findings::only, |patch| checked(&patch, None))
}

/// Checks a policy at an instant: also what is overdue by then.
#[must_use]
pub fn check_at(patch: &str, now: Ms) -> Findings {
    json::parse(patch).map_or_else(Findings::only, |patch| checked(&patch, Some(now)))
}

pub(crate) fn checked(patch: &Value, now: Option<Ms>) -> Findings {
    if let Err(error) = is_object(patch) {
        return Findings::only(error);
    }
    let mut findings = Findings::default();
    let merged = merged(patch);
    if let Some(document) = Document::read(&merged, patch, &mut findings) {
        check::life(document, &merged, now, &mut findings);
    }
    findings
}

/// A policy, read whole, and the document it was read from.
pub(crate) fn document(patch: &Value) -> Result<(Document, Value), Mistakes> {
    is_object(patch)?;
    let merged = merged(patch);
    let mut findings = Findings::default();
    let document = Document::read(&merged, patch, &mut findings);
    Mistakes::unless_none(findings.errors, document).map(|document| (document, merged))
}

pub(crate) fn compile_value(patch: &Value) -> Result<Policy, Mistakes> {
    document(patch).map(|(document, merged)| document.compile(&digest(&merged)))
}

/// A policy as the bytes the runtime loads.
///
/// # Errors
/// Every mistake in it, as of [`compile`].
pub fn compile_bytes(patch: &str) -> Result<Vec<u8>, Mistakes> {
    bytes_of(&json::parse(patch)?)
}

pub(crate) fn bytes_of(patch: &Value) -> Result<Vec<u8>, Mistakes> {
    let (document, merged) = document(patch)?;
    let release = document.release();
    Ok(document.compile(&digest(&merged)).to_compiled(&release))
}

/// The parameters of the page signals of a policy, with another patch over them.
pub(crate) fn signals(patch: &Value, own: Option<&Value>) -> Result<Signals, Mistakes> {
    is_object(patch)?;
    let mut section = match patch.as_object() {
        // Many traces are judged by the starter: its section alone is read then.
        Some(none) if none.is_empty() => STARTER_SIGNALS.with(Clone::clone),
        _ => merged(patch).get("signals").cloned().unwrap_or_default(),
    };
    if let Some(own) = own {
        merge(&mut section, own);
    }
    let mut errors = Vec::new();
    let signals: Option<Signals> = json::read(&section, "/signals", &mut errors);
    errors.extend(signals.iter().flat_map(check::signals));
    Mistakes::unless_none(errors, signals)
}

fn is_object(patch: &Value) -> Result<(), Error> {
    if patch.is_object() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::WrongType, "", "a policy is an object")
        .hint("write what differs from the starter: { \"id\": … }"))
}

/// The starter with a patch applied.
pub(crate) fn merged(patch: &Value) -> Value {
    let mut policy = json::parse(STARTER).unwrap_or_default();
    merge(&mut policy, patch);
    // For editors; no part of what is decided.
    if let Some(map) = policy.as_object_mut() {
        map.shift_remove("$schema");
    }
    policy
}

/// RFC 7396: objects merge, `null` removes, everything else replaces.
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, change) in changes {
        if change.is_null() {
            target.shift_remove(key);
        } else {
            merge(target.entry(key).or_insert(Value::Null), change);
        }
    }
}

/// What may change while the policy stays the one that was approved.
const BESIDE: [&str; 4] = ["status", "approvals", "changeLog", "findings"];

/// SHA-256 of the canonical merged JSON without what may change beside it.
pub(crate) fn digest(merged: &Value) -> String {
    let sections = merged.as_object().into_iter().flatten();
    let kept = sections.filter(|(name, _)| !BESIDE.contains(&name.as_str()));
    digest_of(Value::Object(kept.map(|(name, it)| (name.clone(), it.clone())).collect()))
}

/// SHA-256 of a document in canonical form: keys sorted, no white space.
pub(crate) fn digest_of(mut content: Value) -> String {
    content.sort_all_objects();
    sha256(content.to_string().as_bytes())
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
