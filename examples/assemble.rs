//! Assembles natively: `cargo run --release --example assemble EVENTS [MAPPING] [--plain]`. Without a
//! mapping EVENTS are contract events; `--plain` leaves effort out of an export.

use std::error::Error;
use std::fs::{File, read_to_string};
use std::io::Read;
use tactful::assemble::{Assembler, Events, Format, Mapping};
use tactful::policy;

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let (events, mapping) = match files.as_slice() {
        [events] => (events, None),
        [events, mapping] => (events, Some(mapping)),
        _ => return Err("EVENTS and, for an export, MAPPING, please".into()),
    };
    let found = if let Some(mapping) = mapping {
        let mapping = Mapping::from_json(&read_to_string(mapping)?)?;
        let ndjson = events.ends_with(".ndjson") || events.ends_with(".jsonl");
        let format = if ndjson { Format::Ndjson } else { Format::Csv };
        let mut assembler = Assembler::new(mapping, format, &tactful::all_offsets)?;
        if !flags.iter().any(|flag| flag == "--plain") {
            assembler = assembler.with_effort(policy::starter()?);
        }
        pieces(events, |piece| assembler.push(piece))?;
        assembler.finish(false)
    } else {
        let mut assembler = Events::new(policy::starter()?);
        pieces(events, |piece| assembler.push(piece))?;
        assembler.finish(false)
    };
    println!("{found}");
    Ok(())
}

/// A file, piece by piece: what is kept grows with cases, not with bytes.
fn pieces(path: &str, mut take: impl FnMut(&[u8])) -> std::io::Result<()> {
    let mut file = File::open(path)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(()),
            read => take(piece.get(..read).unwrap_or_default()),
        }
    }
}
