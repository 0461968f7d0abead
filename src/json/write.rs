//! JSON out, by shape and in contract order.

use super::parse;
use crate::shape::{Field, Json, Shape, Wire};
use crate::wire::{LIST_LIMIT, Reader};
use serde_json::{Map, Number, Value};

/// Writes a value by its shape. Absent options are left out.
pub(crate) fn write<T: Wire>(value: &T) -> Value {
    let bytes = value.to_bytes();
    decode(&T::SHAPE, &mut Reader::new(&bytes))
}

fn decode(shape: &Shape, from: &mut Reader<'_>) -> Value {
    match shape {
        Shape::Bool => Value::Bool(from.byte() != 0),
        Shape::Int { .. } | Shape::Ms | Shape::Key => Value::from(from.int()),
        Shape::VisitTime => {
            let micros = from.int();
            if micros % 1000 == 0 {
                Value::from(micros / 1000)
            } else {
                Number::from_f64(micros as f64 / 1000.0).map_or(Value::Null, Value::Number)
            }
        }
        Shape::Text => Value::from(from.text()),
        Shape::Share => {
            Number::from_f64(from.int() as f64 / 1000.0).map_or(Value::Null, Value::Number)
        }
        Shape::Note => Value::Null,
        Shape::Truth => match from.byte() {
            0 => Value::Bool(false),
            1 => Value::Bool(true),
            _ => Value::from("unknown"),
        },
        Shape::Value => match from.byte() {
            0 => Value::Bool(false),
            1 => Value::Bool(true),
            2 => Value::from(from.int()),
            _ => Value::from(from.text()),
        },
        Shape::Json => parse(&Json::get(from).0).unwrap_or_default(),
        Shape::Clock => {
            let minutes = from.int();
            Value::from(format!("{:02}:{:02}", minutes / 60, minutes % 60))
        }
        Shape::Words(words) => {
            Value::from(words.get(usize::from(from.byte())).copied().unwrap_or_default())
        }
        Shape::Maybe(inner) => {
            if from.byte() == 0 {
                Value::Null
            } else {
                decode(inner, from)
            }
        }
        Shape::AllOr(inner) => {
            if from.byte() == 0 {
                Value::from("all")
            } else {
                decode(inner, from)
            }
        }
        Shape::List(inner) | Shape::OneOrMore(inner) => {
            let count = from.count(LIST_LIMIT);
            (0..count).map(|_| decode(inner, from)).collect()
        }
        Shape::Table(inner) => {
            let mut map = Map::new();
            for _ in 0..from.count(LIST_LIMIT) {
                let id = from.text().to_owned();
                map.insert(id, decode(inner, from));
            }
            Value::Object(map)
        }
        Shape::Record(fields) => {
            let mut map = Map::new();
            decode_fields(fields, from, &mut map);
            Value::Object(map)
        }
        Shape::Tagged(common, kinds) => {
            let code = usize::from(from.byte());
            let mut map = Map::new();
            if let Some((name, Shape::Record(fields))) = kinds.get(code) {
                map.insert("type".to_owned(), Value::from(*name));
                decode_fields(common, from, &mut map);
                decode_fields(fields, from, &mut map);
            }
            Value::Object(map)
        }
    }
}

fn decode_fields(fields: &[Field], from: &mut Reader<'_>, map: &mut Map<String, Value>) {
    for field in fields {
        let value = decode(&field.shape, from);
        if !(value.is_null() && matches!(field.shape, Shape::Maybe(_) | Shape::Note)) {
            map.insert(field.outside(), value);
        }
    }
}
