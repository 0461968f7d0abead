//! Statistics as plain functions: exact definitions, no rounding, `None` where nothing is defined.
//!
//! Every function is checked against another library in `tests/crosscheck/`. Sorting is stable,
//! ties are averaged, intervals are two-sided.

mod concentration;
mod process;
mod proportion;
mod sample;
mod survival;

pub use concentration::{Pareto, pareto};
pub use process::{Conformance, Edge, Map, Variant, conformance, process_map};
pub use proportion::{Evidence, Interval, evidence, wilson};
pub use sample::{mean, pearson, quantile, quantile_sorted};
pub use survival::{Curve, LogRank, kaplan_meier, log_rank, survival_at, time_quantile};

/// The confidence level where none is named.
pub const LEVEL: f64 = 0.95;
