//! Decides the stories given on the command line: `cargo run --example decide -- story.json`.

use tactful::{Story, policy};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let starter = policy::starter()?;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let story = Story::from_json(&text)?;
        let decision = story.decide(&starter)?;
        println!("{}", decision.to_json());
    }
    Ok(())
}
