//! Shares and how sure they are.

use statrs::distribution::{ContinuousCDF, Normal};

/// Both ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Wilson's score interval of `x` out of `n`. `None` of nothing.
///
/// ```
/// let interval = tactful::stats::wilson(8, 10, 0.95).unwrap();
/// assert!((interval.low - 0.490_162_5).abs() < 1e-6 && (interval.high - 0.943_317_8).abs() < 1e-6);
/// ```
#[must_use]
pub fn wilson(x: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || x > n {
        return None;
    }
    let z = Normal::standard().inverse_cdf(f64::midpoint(1.0, level));
    let (x, n) = (x as f64, n as f64);
    let center = (x + z * z / 2.0) / (n + z * z);
    let half = z / (n + z * z) * (x * (n - x) / n + z * z / 4.0).sqrt();
    // At the ends the formula is 0 and 1 but for rounding.
    let low = if x == 0.0 { 0.0 } else { center - half };
    let high = if x == n { 1.0 } else { center + half };
    Some(Interval { low, high })
}
