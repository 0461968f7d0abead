//! The JSON Schema of a policy as an organisation writes it: a merge patch over the starter. Generated
//! from the types that read it, so that an editor knows what the reader knows.

use super::calendar::CalendarDoc;
use super::document::{FactDoc, Head, OutcomeDoc, RuleDoc, SumDoc};
use crate::json;
use crate::program::guards::OfferPolicy;
use crate::program::{
    Guards, JourneyPolicy, Process, PromisePolicy, QuestionPolicy, ReadinessPolicy, ReviewPolicy,
    Routes, ScorePolicy, Signals, Source, Template, Words,
};
use crate::shape::{Field, Shape, Table, Wire};
use serde_json::{Map, Value, json};

/// As far as integers are exact in JSON: a bound beyond it says nothing.
const EXACT: i64 = 1 << 53;

/// The sections of a document, with what each is about.
const SECTIONS: [(&str, Shape, &str); 17] = [
    ("facts", <Table<FactDoc> as Wire>::SHAPE, "Facts the policy reads, with their units."),
    ("sources", <Table<Source> as Wire>::SHAPE, "Which system knows which events."),
    (
        "outcomes",
        <Table<OutcomeDoc> as Wire>::SHAPE,
        "The three to five outcomes that say what better means.",
    ),
    ("signals", Signals::SHAPE, "Parameters of the page signals."),
    ("scores", ScorePolicy::SHAPE, "Weights, half-lives and bands of the scores."),
    ("processes", <Table<Process> as Wire>::SHAPE, "Service procedures and their versions."),
    ("journeys", JourneyPolicy::SHAPE, "How contacts are put together into journeys."),
    ("guards", Guards::SHAPE, "Laws about when not to."),
    ("routes", Routes::SHAPE, "How help is chosen."),
    ("promises", <Table<PromisePolicy> as Wire>::SHAPE, "What is promised, by route."),
    ("questions", <Table<QuestionPolicy> as Wire>::SHAPE, "What may be asked, and why."),
    ("offers", <Table<OfferPolicy> as Wire>::SHAPE, "What the house can suggest."),
    (
        "templates",
        <Table<Template> as Wire>::SHAPE,
        "Approved messages; the purpose is a property of each.",
    ),
    ("readiness", ReadinessPolicy::SHAPE, "What proves that more would help."),
    ("review", ReviewPolicy::SHAPE, "How the policy is looked after."),
    ("words", <Table<Words> as Wire>::SHAPE, "Why, in plain words, by reason code."),
    ("translations", <Table<Table<Words>> as Wire>::SHAPE, "The same in other languages."),
];

/// What has a reader of its own: where, what, and what it is about.
const APART: [(&str, &str, Shape, &str); 4] = [
    ("/scores", "sums", <Table<SumDoc> as Wire>::SHAPE, "Own weighted sums, usable in rules."),
    ("/routes", "calendars", <Table<CalendarDoc> as Wire>::SHAPE, "When desks are open."),
    ("/guards", "rules", <Table<RuleDoc> as Wire>::SHAPE, "The organisation's own laws."),
    (
        "/routes",
        "rules",
        <Table<RuleDoc> as Wire>::SHAPE,
        "The organisation's own ways of choosing help.",
    ),
];

/// The schema, JSON Schema 2020-12. Everything may be left out, and `null` removes.
///
/// ```
/// let schema = tactful::policy::schema();
/// let cap = &schema["$defs"]["guards.caps"];
/// assert_eq!(cap["properties"]["limit"]["type"], serde_json::json!(["integer", "null"]));
/// ```
#[must_use]
pub fn schema() -> Value {
    let starter = json::parse(super::STARTER).unwrap_or_default();
    let mut maker = Maker { starter: &starter, defs: Map::new() };
    let mut root = maker.patch(&Head::SHAPE, "");
    for (name, shape, about) in SECTIONS {
        maker.add(&mut root, "", name, &shape, about);
    }
    for (place, name, shape, about) in APART {
        maker.add(&mut root, place, name, &shape, about);
    }
    for (def, name) in [("guards.rules", "when"), ("routes.rules", "when"), ("offers", "audience")]
    {
        let condition = json!({ "anyOf": [{ "$ref": "#/$defs/condition" }, { "type": "null" }] });
        if let Some(def) = maker.defs.get_mut(def) {
            put(def, "", name, with(condition, "When it applies."));
        }
    }
    let editor = json!({ "type": "string" });
    put(&mut root, "", "$schema", with(editor, "For the editor: where this schema is."));
    maker.defs.insert("condition".into(), condition());
    let mut schema = Map::new();
    let form = "https://json-schema.org/draft/2020-12/schema";
    let title = "A tactful policy: what differs from the starter; null removes";
    schema.insert("$schema".into(), form.into());
    schema.insert("title".into(), title.into());
    if let Value::Object(mut root) = root {
        schema.append(&mut root);
    }
    schema.insert("$defs".into(), Value::Object(maker.defs));
    Value::Object(schema)
}

/// Typed data, not a language.
fn condition() -> Value {
    let own = json!({ "$ref": "#/$defs/condition" });
    json!({
        "description": "all, any or not over comparisons; a comparison names what it looks at.",
        "type": "object",
        "properties": {
            "all": { "type": "array", "items": own },
            "any": { "type": "array", "items": own },
            "not": own,
            "what": { "type": "string", "description": "A score, fact:…, age:…, count:…, local:… or route:…" },
            "atLeast": { "type": "integer" },
            "atMost": { "type": "integer" },
            "is": { "type": ["boolean", "integer", "string"] },
            "unknown": { "enum": ["deny", "allow"], "description": "The side it takes when what it looks at is not known." },
        },
        "additionalProperties": false,
    })
}

/// Adds a property to the object at a place of the policy.
fn put(root: &mut Value, place: &str, name: &str, schema: Value) {
    let place = place.replace('/', "/properties/") + "/properties";
    if let Some(properties) = root.pointer_mut(&place).and_then(Value::as_object_mut) {
        properties.insert(name.into(), schema);
    }
}

/// Says something more in a schema.
fn set(schema: &mut Value, what: &str, value: impl Into<Value>) {
    if let Some(map) = schema.as_object_mut() {
        map.insert(what.into(), value.into());
    }
}

fn with(mut schema: Value, about: &str) -> Value {
    if !about.trim().is_empty() {
        set(&mut schema, "description", about.trim());
    }
    schema
}

/// `null` removes what is there.
fn nullable(mut schema: Value) -> Value {
    let Some(map) = schema.as_object_mut() else { return schema };
    if let Some(kind) = map.get_mut("type") {
        match kind {
            Value::Array(kinds) => kinds.push("null".into()),
            kind => *kind = json!([kind.clone(), "null"]),
        }
    } else if let Some(Value::Array(words)) = map.get_mut("enum") {
        words.push(Value::Null);
    } else if let Some(Value::Array(ways)) = map.get_mut("anyOf") {
        ways.push(json!({ "type": "null" }));
    }
    schema
}

/// Makes schemas of parts of a patch, with what the starter says there as the default.
struct Maker<'a> {
    starter: &'a Value,
    /// What tables hold, described once.
    defs: Map<String, Value>,
}

impl Maker<'_> {
    fn add(&mut self, root: &mut Value, place: &str, name: &str, shape: &Shape, about: &str) {
        let schema = self.patch(shape, &format!("{place}/{name}"));
        put(root, place, name, nullable(with(schema, about)));
    }

    /// Any part may be left out. Below a list things are whole, because a patch replaces lists.
    fn patch(&mut self, shape: &Shape, at: &str) -> Value {
        match shape {
            Shape::Record(fields) => {
                let property = |field: &Field| {
                    let name = field.outside();
                    let at = format!("{at}/{name}");
                    let mut schema = nullable(with(self.patch(&field.shape, &at), field.about));
                    let own = self.starter.pointer(&at).filter(|own| !own.is_object());
                    if let Some(own) = own {
                        set(&mut schema, "default", own.clone());
                    }
                    (name, schema)
                };
                object(fields.iter().map(property).collect(), &[])
            }
            Shape::Table(inner) => self.table(inner, at),
            Shape::Maybe(inner) => self.patch(inner, at),
            _ => whole(shape),
        }
    }

    /// What has ids: described once, and for each id of the starter by what it says there.
    fn table(&mut self, inner: &Shape, at: &str) -> Value {
        let name = at.trim_start_matches('/').replace('/', ".");
        // Numbers of a part are not those of the starter's ids: no default there.
        let each = nullable(self.patch(inner, &format!("{at}/-")));
        let mut table = object(Map::new(), &[]);
        let own = self.starter.pointer(at).and_then(Value::as_object);
        if !matches!(inner, Shape::Record(_)) {
            set(&mut table, "additionalProperties", each);
            if let Some(own) = own {
                set(&mut table, "default", Value::Object(own.clone()));
            }
            return table;
        }
        let each_is = json!({ "$ref": format!("#/$defs/{name}") });
        let known = own.into_iter().flatten().map(|(id, own)| {
            let mut known = each_is.clone();
            set(&mut known, "default", own.clone());
            (id.clone(), known)
        });
        set(&mut table, "properties", Value::Object(known.collect()));
        set(&mut table, "additionalProperties", each_is);
        self.defs.insert(name, each);
        table
    }
}

/// The schema of a value as it is.
fn whole(shape: &Shape) -> Value {
    match shape {
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Int { min, max } => {
            let mut schema = json!({ "type": "integer" });
            if *min > -EXACT {
                set(&mut schema, "minimum", json!(min));
            }
            if *max < EXACT {
                set(&mut schema, "maximum", json!(max));
            }
            schema
        }
        Shape::Ms | Shape::VisitTime => json!({ "anyOf": [
            { "type": "integer", "description": "Milliseconds" },
            { "type": "string", "format": "date-time" },
        ] }),
        Shape::Text | Shape::Note => json!({ "type": "string" }),
        Shape::Key => json!({ "type": ["string", "integer"] }),
        Shape::Truth => json!({ "enum": [true, false, "unknown"] }),
        Shape::Value => json!({ "type": ["boolean", "integer", "string"] }),
        Shape::Json => json!({ "type": ["object", "array", "string", "number", "boolean"] }),
        Shape::OneOrMore(inner) => json!({ "anyOf": [
            whole(inner), { "type": "array", "items": whole(inner), "minItems": 1 },
        ] }),
        Shape::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Shape::Clock => json!({ "type": "string", "pattern": "^([01][0-9]|2[0-4]):[0-5][0-9]$" }),
        Shape::AllOr(inner) => json!({ "anyOf": [{ "const": "all" }, whole(inner)] }),
        Shape::Words(words) => json!({ "enum": words }),
        Shape::Maybe(inner) => nullable(whole(inner)),
        Shape::List(inner) => json!({ "type": "array", "items": whole(inner) }),
        Shape::Table(inner) => {
            let mut table = object(Map::new(), &[]);
            set(&mut table, "additionalProperties", whole(inner));
            table
        }
        Shape::Record(fields) => {
            let needed = |field: &&Field| {
                !matches!(field.shape, Shape::Maybe(_) | Shape::List(_) | Shape::Note)
            };
            let required: Vec<String> = fields.iter().filter(needed).map(Field::outside).collect();
            let property =
                |field: &Field| (field.outside(), with(whole(&field.shape), field.about));
            object(fields.iter().map(property).collect(), &required)
        }
        // Events have no place in a policy.
        Shape::Tagged(..) => json!({ "type": "object" }),
    }
}

fn object(properties: Map<String, Value>, required: &[String]) -> Value {
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        set(&mut schema, "required", json!(required));
    }
    set(&mut schema, "additionalProperties", false);
    schema
}
