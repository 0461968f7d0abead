//! What eight other products say they do, done by parameters alone: `examples/presets/` holds their
//! rule sets, `tests/peers/` their documented behaviour as traces, each with its source.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use tactful::{Report, SignalKind, Trace};

/// Signals made with the pointer, which is what these products have.
const POINTER: [SignalKind; 5] = [
    SignalKind::RageClick,
    SignalKind::DeadClick,
    SignalKind::SlowClick,
    SignalKind::ErrorClick,
    SignalKind::ThrashedCursor,
];

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// What a case expects of a signal and the signal does not say.
fn misses(expected: &Value, seen: &Report) -> Option<String> {
    let ms = |t: tactful::Micros| t.0 as f64 / 1000.0;
    let found = serde_json::json!({
        "kind": seen.kind.as_str(), "at": ms(seen.at), "decided": ms(seen.decided),
        "count": seen.count, "responseMs": seen.response_ms, "grade": seen.grade.get(),
    });
    expected.as_object().unwrap().iter().find_map(|(name, wanted)| {
        let same = match (wanted.as_f64(), found[name].as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-6,
            _ => *wanted == found[name],
        };
        (!same).then(|| format!("{name} is {}, not {wanted}", found[name]))
    })
}

#[test]
fn every_preset_is_a_policy() {
    let presets = files("examples/presets");
    assert_eq!(presets.len(), 8);
    for preset in presets {
        let found = tactful::policy::check(&json(&preset).to_string());
        assert!(found.errors.is_empty(), "{}: {:?}", preset.display(), found.errors);
    }
}

#[test]
fn every_documented_behaviour_of_the_peers_can_be_had_by_parameters() {
    let mut cases = 0;
    let mut wrong = Vec::new();
    for file in files("tests/peers") {
        let peer = json(&file);
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let preset = json(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/presets/{name}.json")),
        );
        assert!(peer["source"].is_string(), "{name} names its source");
        for case in peer["cases"].as_array().unwrap() {
            cases += 1;
            let what = format!("{name}: {}", case["name"].as_str().unwrap());
            assert!(case["why"].is_string(), "{what} names its source");
            let trace = Trace::from_json(&case.to_string())
                .unwrap_or_else(|errors| panic!("{what}: {errors:?}"));
            let seen = trace.run_over(&preset).unwrap_or_else(|e| panic!("{what}: {e:?}"));
            let signals: Vec<&Report> =
                seen.signals.iter().filter(|signal| POINTER.contains(&signal.kind)).collect();
            let expected = case["expect"].as_array().unwrap();
            if signals.len() != expected.len() {
                wrong.push(format!("{what}: expected {}, saw {signals:?}", case["expect"]));
                continue;
            }
            let differences = expected.iter().zip(signals).filter_map(|(e, s)| misses(e, s));
            wrong.extend(differences.map(|difference| format!("{what}: {difference}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 60, "{cases} behaviours");
}
