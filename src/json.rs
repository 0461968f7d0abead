//! JSON in and out by shape: every mistake is found, each with its pointer, and what is written is
//! in contract order.

mod write;

pub(crate) use write::write;

use crate::id::{Key, Salt};
use crate::shape::{Field, Shape, Wire};
use crate::wire::{TEXT_LIMIT, Writer};
use crate::{Error, ErrorCode, Micros, Ms};
use serde_json::{Map, Value};

/// As far as integers are exact in JSON.
const EXACT: u64 = 1 << 53;

/// Parses text.
pub(crate) fn parse(text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|e| {
        Error::new(ErrorCode::Syntax, "", format!("line {}, column {}: {e}", e.line(), e.column()))
            .hint("this is not JSON; look for a missing comma, quote or bracket just before it")
    })
}

/// Reads a value by its shape, noting every mistake. `None` exactly when there was one.
pub(crate) fn read<T: Wire>(value: &Value, path: &str, mistakes: &mut Vec<Error>) -> Option<T> {
    let (mut out, before) = (Writer::new(), mistakes.len());
    encode(value, &T::SHAPE, path, &mut out, mistakes);
    if mistakes.len() > before {
        return None;
    }
    match T::from_bytes(&out.done()) {
        Ok(value) => Some(value),
        Err(error) => {
            mistakes.push(error.below(path));
            None
        }
    }
}

/// `path` with one more step, escaped as RFC 6901 says.
pub(crate) fn join(path: &str, step: &str) -> String {
    format!("{path}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// The known word most like a wrong one, if any is.
pub(crate) fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let close = known.map(|word| (strsim::osa_distance(wrong, word), word));
    close
        .filter(|(far, word)| *far <= word.len().min(wrong.len()).max(3) / 3)
        .min()
        .map(|(_, word)| word)
}

/// A hint that names the nearest known word, else all of them.
pub(crate) fn suggest<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(wrong, known.clone()) {
        Some(word) => format!("did you mean `{word}`?"),
        None if known.clone().next().is_none() => "nothing of the kind is declared".to_owned(),
        None => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn wrong(value: &Value, wanted: &str, path: &str) -> Error {
    let message = format!("this is {}, it should be {wanted}", kind(value));
    Error::new(ErrorCode::WrongType, path, message).hint(format!("write {wanted}"))
}

fn encode(value: &Value, shape: &Shape, path: &str, out: &mut Writer, mistakes: &mut Vec<Error>) {
    match (shape, value) {
        (Shape::Bool, Value::Bool(value)) => out.byte(u8::from(*value)),
        (Shape::Int { min, max }, Value::Number(number)) => match number.as_i64() {
            Some(int) if (min..=max).contains(&&int) => out.int(int),
            _ => mistakes.push(
                Error::new(ErrorCode::OutOfRange, path, format!("{number} is out of range"))
                    .hint(format!("an integer from {min} to {max}")),
            ),
        },
        (Shape::Ms, _) => instant(value, path, out, mistakes),
        (Shape::VisitTime, Value::Number(number)) => match number.as_f64() {
            Some(ms) if (0.0..=Micros::LONGEST_MS as f64).contains(&ms) => {
                out.int((ms * 1000.0 + 0.5).floor() as i64)
            }
            _ => mistakes.push(
                Error::new(ErrorCode::OutOfRange, path, format!("{number} is no time in a visit"))
                    .hint("milliseconds since the visit began, at most thirty days"),
            ),
        },
        (Shape::Text, Value::String(text)) => {
            if text.len() > TEXT_LIMIT {
                let message = format!("{} bytes are too many", text.len());
                mistakes.push(
                    Error::new(ErrorCode::TooLarge, path, message)
                        .hint(format!("at most {TEXT_LIMIT} bytes")),
                );
            }
            out.text(text);
        }
        (Shape::Key, Value::String(name)) => out.int(i64::from(Key::of(name, Salt(0)).0)),
        (Shape::Key, Value::Number(number)) => match number.as_u64().map(u32::try_from) {
            Some(Ok(key)) => out.int(i64::from(key)),
            _ => mistakes.push(Error::new(ErrorCode::OutOfRange, path, "a key has 32 bits")),
        },
        (Shape::Truth, _) => out.byte(match value {
            Value::Bool(false) => 0,
            Value::Bool(true) => 1,
            _ => 2,
        }),
        (Shape::Value, Value::Bool(value)) => out.byte(u8::from(*value)),
        (Shape::Value, Value::Number(number)) => match number.as_i64() {
            Some(int) if int.abs_diff(0) <= EXACT => {
                out.byte(2);
                out.int(int);
            }
            _ => mistakes.push(
                Error::new(ErrorCode::OutOfRange, path, format!("{number} is no exact integer"))
                    .hint("facts are integers in the unit the policy declares; use a smaller unit"),
            ),
        },
        (Shape::Value, Value::String(text)) => {
            out.byte(3);
            out.text(text);
        }
        (Shape::Json, _) => {
            let text = value.to_string();
            out.count(text.len());
            out.raw(text.as_bytes());
        }
        (Shape::Clock, Value::String(text)) => match clock(text) {
            Some(minutes) => out.int(minutes),
            None => mistakes.push(
                Error::new(ErrorCode::OutOfRange, path, format!("`{text}` is no time of day"))
                    .hint("write it as \"HH:MM\", from 00:00 to 24:00"),
            ),
        },
        (Shape::Share, Value::Number(number)) => {
            match number.as_f64().map(|share| share * 1000.0) {
                Some(share)
                    if (0.0..=1000.0).contains(&share) && (share - share.round()).abs() < 1e-6 =>
                {
                    out.int(share.round() as i64);
                }
                _ => mistakes.push(
                    Error::new(ErrorCode::OutOfRange, path, format!("{number} is no share"))
                        .hint("a number from 0 to 1 with at most three decimals"),
                ),
            }
        }
        (Shape::Note, Value::String(_)) => {}
        (Shape::Words(words), Value::String(text)) => {
            match words.iter().position(|word| word == text) {
                Some(code) => out.byte(u8::try_from(code).unwrap_or(u8::MAX)),
                None => mistakes.push(
                    Error::new(ErrorCode::UnknownWord, path, format!("`{text}` is not known here"))
                        .hint(suggest(text, words.iter().copied())),
                ),
            }
        }
        (Shape::Maybe(_), Value::Null) => out.byte(0),
        (Shape::AllOr(_), Value::String(all)) if all == "all" => out.byte(0),
        (Shape::Maybe(inner) | Shape::AllOr(inner), _) => {
            out.byte(1);
            encode(value, inner, path, out, mistakes);
        }
        (Shape::OneOrMore(inner), Value::Array(list)) if !list.is_empty() => {
            encode(value, &Shape::List(inner), path, out, mistakes);
        }
        (Shape::OneOrMore(inner), value) if !value.is_array() => {
            out.count(1);
            encode(value, inner, path, out, mistakes);
        }
        (Shape::List(inner), Value::Array(list)) => {
            out.count(list.len());
            for (i, value) in list.iter().enumerate() {
                encode(value, inner, &format!("{path}/{i}"), out, mistakes);
            }
        }
        (Shape::Table(inner), Value::Object(map)) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(id, _)| id.as_str());
            out.count(entries.len());
            for (id, value) in entries {
                out.text(id);
                encode(value, inner, &join(path, id), out, mistakes);
            }
        }
        (Shape::Record(fields), Value::Object(map)) => {
            object(map, &[fields], None, path, out, mistakes);
        }
        (Shape::Tagged(common, kinds), Value::Object(map)) => {
            tagged(map, common, kinds, path, out, mistakes);
        }
        _ => mistakes.push(wrong(value, wanted(shape), path)),
    }
}

fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bool => "true or false",
        Shape::Int { .. } => "an integer",
        Shape::Ms | Shape::VisitTime => "a time in milliseconds",
        Shape::Text | Shape::Words(_) => "text",
        Shape::Key => "a name or its 32-bit key",
        Shape::Share => "a number from 0 to 1",
        Shape::Note => "text",
        Shape::Truth => "true, false or \"unknown\"",
        Shape::Value => "a boolean, an integer or text",
        Shape::Clock => "a time of day, \"HH:MM\"",
        Shape::List(_) => "a list",
        Shape::OneOrMore(_) => "one, or a list of at least one",
        Shape::AllOr(_) => "\"all\" or a list",
        Shape::Json | Shape::Maybe(_) => "something else",
        Shape::Table(_) | Shape::Record(_) | Shape::Tagged(..) => "an object",
    }
}

fn instant(value: &Value, path: &str, out: &mut Writer, mistakes: &mut Vec<Error>) {
    let found = match value {
        Value::Number(number) => number.as_i64().filter(|ms| (-Ms::LIMIT..=Ms::LIMIT).contains(ms)),
        Value::String(text) => {
            chrono::DateTime::parse_from_rfc3339(text).ok().map(|t| t.timestamp_millis())
        }
        _ => None,
    };
    match found {
        Some(ms) => out.int(ms),
        None => mistakes.push(
            Error::new(ErrorCode::WrongType, path, format!("{value} is no time"))
                .hint("integer milliseconds (UTC epoch), or RFC 3339 like 2026-03-08T09:30:00Z"),
        ),
    }
}

fn clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |s: &str| (s.len() == 2).then(|| s.parse::<i64>().ok()).flatten();
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let minute = hours * 60 + minutes;
    ((0..60).contains(&minutes) && (0..=1440).contains(&minute)).then_some(minute)
}

fn tagged(
    map: &Map<String, Value>,
    common: &[Field],
    kinds: &[(&'static str, Shape)],
    path: &str,
    out: &mut Writer,
    mistakes: &mut Vec<Error>,
) {
    let known = || kinds.iter().map(|(name, _)| *name);
    let Some(Value::String(tag)) = map.get("type") else {
        mistakes.push(
            Error::new(ErrorCode::Missing, join(path, "type"), "an event says what it is")
                .hint(format!("one of: {}", known().collect::<Vec<_>>().join(", "))),
        );
        return;
    };
    let Some(code) = known().position(|name| name == tag) else {
        let message = format!("`{tag}` is no event");
        mistakes.push(
            Error::new(ErrorCode::UnknownWord, join(path, "type"), message)
                .hint(suggest(tag, known())),
        );
        return;
    };
    out.byte(u8::try_from(code).unwrap_or(u8::MAX));
    if let Some((_, Shape::Record(fields))) = kinds.get(code) {
        object(map, &[common, fields], Some("type"), path, out, mistakes);
    }
}

fn object(
    map: &Map<String, Value>,
    groups: &[&[Field]],
    tag: Option<&str>,
    path: &str,
    out: &mut Writer,
    mistakes: &mut Vec<Error>,
) {
    let fields = || groups.iter().flat_map(|group| group.iter());
    for field in fields() {
        let name = field.outside();
        let place = join(path, &name);
        match (map.get(&name), &field.shape) {
            (Some(value), shape) => encode(value, shape, &place, out, mistakes),
            (None, Shape::Maybe(_)) => out.byte(0),
            (None, Shape::Note) => {}
            (None, Shape::List(_) | Shape::Table(_)) => out.count(0),
            (None, _) => mistakes.push(
                Error::new(ErrorCode::Missing, place, format!("`{name}` is missing"))
                    .hint(format!("add it: {}", wanted(&field.shape))),
            ),
        }
    }
    let names: Vec<String> = fields().map(|field| field.outside()).collect();
    for key in map.keys() {
        // Notes of other tools pass: what begins with x is nobody's mistake.
        let other = key.starts_with('x') || tag == Some(key.as_str());
        if !other && !names.contains(key) {
            mistakes.push(
                Error::new(
                    ErrorCode::UnknownField,
                    join(path, key),
                    format!("`{key}` is not known"),
                )
                .hint(suggest(key, names.iter().map(String::as_str))),
            );
        }
    }
}
