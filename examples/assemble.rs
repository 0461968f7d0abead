//! Assembles an export natively: `cargo run --release --example assemble EVENTS MAPPING`.

use std::error::Error;
use std::fs::{File, read_to_string};
use std::io::Read;
use tactful::assemble::{Assembler, Format, Mapping};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(events), Some(mapping)) = (args.next(), args.next()) else {
        return Err("EVENTS and MAPPING, please".into());
    };
    let mapping = Mapping::from_json(&read_to_string(mapping)?)?;
    let ndjson = events.ends_with(".ndjson") || events.ends_with(".jsonl");
    let format = if ndjson { Format::Ndjson } else { Format::Csv };
    let mut assembler = Assembler::new(mapping, format, &tactful::all_offsets)?;
    let mut file = File::open(events)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        assembler.push(piece.get(..read).unwrap_or_default());
    }
    println!("{}", assembler.finish(false));
    Ok(())
}
