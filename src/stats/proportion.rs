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

/// How much a number of cases can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Too few to say anything: not the same as fine.
    TooFew,
    /// A hint.
    Indicative,
    /// Enough to be reported.
    Reportable,
}

impl Evidence {
    /// As a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooFew => "tooFew",
            Self::Indicative => "indicative",
            Self::Reportable => "reportable",
        }
    }
}

/// What `n` cases can carry where `least` are needed; from three times as many it is reportable.
///
/// ```
/// use tactful::stats::{Evidence, evidence};
/// assert_eq!([evidence(29, 30), evidence(30, 30), evidence(90, 30)],
///     [Evidence::TooFew, Evidence::Indicative, Evidence::Reportable]);
/// ```
#[must_use]
pub const fn evidence(n: u64, least: u64) -> Evidence {
    if n < least {
        Evidence::TooFew
    } else if n < least.saturating_mul(3) {
        Evidence::Indicative
    } else {
        Evidence::Reportable
    }
}
