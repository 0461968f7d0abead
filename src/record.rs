//! Records: a decision with everything it was made from, one line of a log. The same decision can be
//! made again on any machine, by the same policy or by another.

mod audit;
mod diff;
mod harm;
mod replay;

pub use audit::{Audit, Host};
pub use diff::Diff;
pub use replay::Replay;

use crate::lines::Lines;
use crate::{Decision, Error, ErrorCode, Mistakes, Policy, Salt, Story, json};
use serde_json::{Map, Value, json};

/// The form of a record, in its member `record`.
const FORM: u64 = 1;
/// How many of a kind are named in a report; all are counted.
const NAMED: usize = 5;

/// A decision, and everything it was made from: a [`Story`] without a name and a policy, the salt of the
/// visit's keys, the groups the host puts the person into (no stage reads them), and the decision as it was.
///
/// ```
/// use tactful::{Story, policy, record::Record};
/// let starter = policy::starter().unwrap();
/// let story = Story::from_json(r#"{ "name": "-", "person": "ada", "history": [], "moment": { "now": 0 } }"#).unwrap();
/// let line = Record::of(&story, &starter, &[("region", "north")]).unwrap().to_json();
/// let record = Record::from_json(&line).unwrap();
/// assert_eq!(record.decide(&starter).unwrap().to_json(), record.decided().to_string());
/// ```
#[derive(Clone, Debug)]
pub struct Record {
    given: Story,
    salt: Salt,
    groups: Vec<(String, String)>,
    decided: Value,
}

impl Record {
    /// Decides a story by a policy and keeps the decision with it.
    ///
    /// # Errors
    /// The mistakes in the story's own policy: a record has none, its policy is named by its digest.
    pub fn of(story: &Story, policy: &Policy, groups: &[(&str, &str)]) -> Result<Self, Mistakes> {
        let given = Story { why: None, policy: None, expect: None, ..story.clone() };
        let decided = json::write(&given.decide(policy)?);
        let groups = groups.iter().map(|(name, group)| ((*name).into(), (*group).into())).collect();
        Ok(Self { given, salt: Salt(0), groups, decided })
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Every mistake, each with a pointer and a hint.
    pub fn from_json(line: &str) -> Result<Self, Mistakes> {
        let Value::Object(mut line) = json::parse(line)? else {
            return Err(wrong("", "a record is an object").into());
        };
        let mut errors = Vec::new();
        if line.remove("record") != Some(FORM.into()) {
            errors.push(wrong("/record", "this is no record of this form").hint("record: 1"));
        }
        let decided = line.remove("decision").filter(Value::is_object);
        if decided.is_none() {
            errors.push(wrong("/decision", "the decision is missing"));
        }
        let groups = groups(line.remove("groups"), &mut errors);
        let salt = line.remove("salt").map_or(Some(0), |it| it.as_u64()?.try_into().ok());
        if salt.is_none() {
            errors.push(wrong("/salt", "a salt is a whole number of 32 bits"));
        }
        for own in ["name", "why", "policy", "expect"] {
            if line.remove(own).is_some() {
                let place = format!("/{own}");
                errors.push(wrong(&place, "this is of a story, not of a record"));
            }
        }
        let name = decided.as_ref().and_then(|it| it.get("id")?.as_str()).unwrap_or("record");
        line.insert("name".into(), name.into());
        let given = Story::recorded(Value::Object(line)).map_err(|more| errors.extend(more)).ok();
        let (salt, decided) = (Salt(salt.unwrap_or_default()), decided.unwrap_or_default());
        let record = given.map(|given| Self { given, salt, groups, decided });
        Mistakes::unless_none(errors, record)
    }

    /// The line of a log, without its end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut line = Map::new();
        line.insert("record".into(), FORM.into());
        if !self.groups.is_empty() {
            let groups = self.groups.iter().map(|(name, group)| (name.clone(), json!(group)));
            line.insert("groups".into(), Value::Object(groups.collect()));
        }
        if self.salt.0 != 0 {
            line.insert("salt".into(), self.salt.0.into());
        }
        if let Value::Object(mut given) = json::write(&self.given) {
            given.shift_remove("name");
            line.append(&mut given);
        }
        line.insert("decision".into(), self.decided.clone());
        Value::Object(line).to_string()
    }

    /// The decision as it was made.
    #[must_use]
    pub const fn decided(&self) -> &Value {
        &self.decided
    }

    /// Makes the decision again.
    ///
    /// # Errors
    /// Never: a record has no policy of its own.
    pub fn decide(&self, policy: &Policy) -> Result<Decision, Mistakes> {
        self.given.decide_salted(policy, self.salt)
    }

    /// The policy that decided: its `id`, `version` or `digest`.
    fn by(&self, part: &str) -> Option<&str> {
        self.decided.get("policy")?.get(part)?.as_str()
    }

    fn digest(&self) -> &str {
        self.by("digest").unwrap_or_default()
    }
}

fn wrong(path: &str, message: &str) -> Error {
    Error::new(ErrorCode::WrongType, path, message)
}

fn groups(value: Option<Value>, errors: &mut Vec<Error>) -> Vec<(String, String)> {
    let groups = match value {
        None => return Vec::new(),
        Some(Value::Object(groups)) => groups,
        Some(_) => {
            errors.push(wrong("/groups", "groups are named: { \"region\": \"north\" }"));
            return Vec::new();
        }
    };
    let group = |(name, value): (String, Value)| match value {
        Value::String(group) => Some((name, group)),
        _ => {
            errors.push(wrong(&json::join("/groups", &name), "a group is a word"));
            None
        }
    };
    groups.into_iter().filter_map(group).collect()
}

/// What is made of the records of a log.
trait Study {
    /// Takes a record with its number, from 1.
    fn take(&mut self, number: u32, record: &Record);
}

/// A log as its bytes come: what is made of its records, and the lines that are none.
struct Log<S> {
    lines: Lines,
    taken: Taken,
    study: S,
}

#[derive(Default)]
struct Taken {
    rows: u32,
    bad: u64,
    /// The first of them.
    named: Vec<Value>,
}

impl<S: Study> Log<S> {
    fn new(study: S) -> Self {
        Self { lines: Lines::default(), taken: Taken::default(), study }
    }

    fn push(&mut self, bytes: &[u8]) {
        let Self { lines, taken, study } = self;
        lines.push(bytes, |line| taken.line(line, study));
    }

    fn end(&mut self) {
        let Self { lines, taken, study } = self;
        lines.end(|line| taken.line(line, study));
    }
}

impl Taken {
    /// Reads a line.
    fn line(&mut self, line: &[u8], study: &mut impl Study) {
        self.rows = self.rows.saturating_add(1);
        let text = core::str::from_utf8(line).map_err(|_| wrong("", "this is not UTF-8").into());
        match text.and_then(Record::from_json) {
            Ok(it) => study.take(self.rows, &it),
            Err(mistakes) => {
                self.bad += 1;
                if self.named.len() < NAMED {
                    let error = mistakes.to_string();
                    self.named.push(json!({ "record": self.rows, "error": error }));
                }
            }
        }
    }

    /// Lines that were records.
    fn records(&self) -> u64 {
        u64::from(self.rows) - self.bad
    }

    fn report(&self) -> Value {
        json!({ "count": self.bad, "named": self.named })
    }
}
