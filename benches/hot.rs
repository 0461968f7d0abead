//! What is done again and again, natively: `cargo bench --bench hot` times it. `count WORK TIMES` does it so
//! often and nothing else, for whoever counts instructions (`tests/costs`); `names` says what there is.

#![allow(clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

#[path = "hot/work.rs"]
mod work;

use divan::{Bencher, black_box};
use work::{WORK, Work};

#[divan::bench(args = WORK)]
fn resident(bencher: Bencher, what: &str) {
    let mut work = Work::new();
    bencher.bench_local(|| black_box(work.run(what)));
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).map(String::as_str) == Some("names") {
        return println!("{}", WORK.join(" "));
    }
    if args.get(1).map(String::as_str) == Some("count") {
        let (what, times) = (&args[2], args[3].parse().expect("how often"));
        let mut work = Work::new();
        let sum: u64 = (0u32..times).map(|_| u64::from(work.run(what))).sum();
        println!("{sum}");
        return;
    }
    divan::main();
}
