//! A policy on standard input, compiled to standard output: what `tactful compile` does, natively.
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    let bytes =
        tactful::policy::compile_bytes(&json).map_err(|mistakes| format!("{mistakes:?}"))?;
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}
