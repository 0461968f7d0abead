//! Offsets of zones by name, one JSON line each: what the tests compare with the host's `Intl`.

use tactful::Story;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let zones = [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "UTC",
        "Pacific/Auckland",
        "America/Sao_Paulo",
        "Asia/Kolkata",
    ];
    for now in [1_789_552_800_000i64, 1_804_204_800_000] {
        for zone in zones {
            let text = format!(
                r#"{{ "name": "z", "person": "p", "history": [], "moment": {{ "now": {now}, "zone": "{zone}" }} }}"#
            );
            let story = Story::from_json(&text)?;
            let table: Vec<String> = story
                .moment
                .zone
                .iter()
                .map(|z| format!(r#"{{"from":{},"offsetMinutes":{}}}"#, z.from.0, z.offset_minutes))
                .collect();
            println!(r#"{{"zone":"{zone}","now":{now},"table":[{}]}}"#, table.join(","));
        }
    }
    Ok(())
}
