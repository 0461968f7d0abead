//! Decides the stories given on the command line: `cargo run --example decide -- story.json`.

use tactful::{Story, policy};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let starter = policy::starter().map_err(|errors| format!("{errors:?}"))?;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let story = Story::from_json(&text).map_err(|errors| format!("{path}: {errors:?}"))?;
        let decision = story.decide(&starter).map_err(|errors| format!("{path}: {errors:?}"))?;
        println!("{}", decision.to_json());
    }
    Ok(())
}
