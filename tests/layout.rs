//! `pkg/layout.js` is the shapes of the crate as data, so that JavaScript has no second definition.
//! `TACTFUL_WRITE=1 cargo test --test layout` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::path::Path;
use tactful::shape::{Field, Shape, Wire};
use tactful::signal::Report;
use tactful::{Decision, HistoryEvent, Moment, VisitEvent};

fn fields(list: &[Field], out: &mut String) {
    out.push('[');
    for (i, field) in list.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        write!(out, "{comma}['{}',", field.outside()).unwrap();
        shape(&field.shape, out);
        out.push(']');
    }
    out.push(']');
}

fn one(tag: &str, inner: &Shape, out: &mut String) {
    write!(out, "['{tag}',").unwrap();
    shape(inner, out);
    out.push(']');
}

fn shape(it: &Shape, out: &mut String) {
    match it {
        Shape::Bool => out.push_str("'bool'"),
        Shape::Int { min, max } => write!(out, "['int',{min},{max}]").unwrap(),
        Shape::Ms => out.push_str("'ms'"),
        Shape::VisitTime => out.push_str("'time'"),
        Shape::Text => out.push_str("'text'"),
        Shape::Key => out.push_str("'key'"),
        Shape::Truth => out.push_str("'truth'"),
        Shape::Share | Shape::Note => unreachable!("only policies hold these"),
        Shape::Value => out.push_str("'value'"),
        Shape::Words(words) => {
            out.push_str("['words'");
            words.iter().for_each(|word| write!(out, ",'{word}'").unwrap());
            out.push(']');
        }
        Shape::Maybe(inner) => one("maybe", inner, out),
        Shape::List(inner) => one("list", inner, out),
        Shape::Table(inner) => one("table", inner, out),
        Shape::Record(list) => {
            out.push_str("['record',");
            fields(list, out);
            out.push(']');
        }
        Shape::Tagged(common, kinds) => {
            out.push_str("['tagged',");
            fields(common, out);
            out.push_str(",[");
            for (kind, shape) in *kinds {
                write!(out, "\n  ['{kind}',").unwrap();
                if let Shape::Record(list) = shape {
                    fields(list, out);
                }
                out.push_str("],");
            }
            out.push_str("]]");
        }
        Shape::Json | Shape::Clock | Shape::AllOr(_) | Shape::OneOrMore(_) => {
            panic!("only policies and stories have these, and they do not cross as bytes")
        }
    }
}

#[test]
fn the_layout_in_the_package_is_the_one_of_the_crate() {
    let mut out = String::from(
        "// The shapes of what crosses, generated from the crate's types by `make layout`. Do not edit.\n",
    );
    for (name, it) in [
        ("HISTORY_EVENT", HistoryEvent::SHAPE),
        ("VISIT_EVENT", VisitEvent::SHAPE),
        ("MOMENT", Moment::SHAPE),
        ("DECISION", Decision::SHAPE),
        ("SIGNAL", Report::SHAPE),
        ("QUARANTINED", tactful::Quarantined::SHAPE),
        ("TALLIES", tactful::Tallies::SHAPE),
        ("STANDING", tactful::program::Standing::SHAPE),
    ] {
        write!(out, "export const {name} = ").unwrap();
        shape(&it, &mut out);
        out.push_str(";\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/layout.js");
    if std::env::var_os("TACTFUL_WRITE").is_some() {
        std::fs::write(&path, &out).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == out, "pkg/layout.js is stale: run `make layout`");
}
