//! Time until something happens, when for some it has not happened yet.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// A Kaplan-Meier curve: one entry for each distinct time, of events and of censorings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Times, ascending.
    pub times: Vec<f64>,
    /// How many were at risk just before.
    pub at_risk: Vec<u64>,
    /// For how many it happened.
    pub events: Vec<u64>,
    /// How many were lost sight of; those with an event at the same time count as before.
    pub censored: Vec<u64>,
    /// The share for which it has not happened, after the events.
    pub survival: Vec<f64>,
    /// The lower end of its log-log interval; none while there was no event, and at 0.
    pub low: Vec<Option<f64>>,
    /// The upper end.
    pub high: Vec<Option<f64>>,
    /// The first time by which it has happened for half of them.
    pub median: Option<f64>,
}

/// The Kaplan-Meier estimate of `times` with `events` (false: lost sight of then). `None` of nothing.
///
/// ```
/// use tactful::stats::{kaplan_meier, time_quantile};
/// let curve = kaplan_meier(&[1.0, 2.0, 3.0, 4.0], &[true, false, true, true], 0.95).unwrap();
/// assert_eq!(curve.survival, [0.75, 0.75, 0.375, 0.0]);
/// assert_eq!(time_quantile(&curve, 0.5), Some(3.0));
/// ```
#[must_use]
pub fn kaplan_meier(times: &[f64], events: &[bool], level: f64) -> Option<Curve> {
    let mut order: Vec<(f64, bool)> = times.iter().copied().zip(events.iter().copied()).collect();
    order.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let z = Normal::standard().inverse_cdf(f64::midpoint(1.0, level));
    let mut curve = Curve::default();
    let (mut at_risk, mut survival, mut greenwood) = (order.len() as u64, 1.0f64, 0.0f64);
    for group in order.chunk_by(|(a, _), (b, _)| a == b) {
        let happened = group.iter().filter(|(_, event)| *event).count() as u64;
        let (n, d) = (at_risk as f64, happened as f64);
        survival *= 1.0 - d / n;
        greenwood += if happened == at_risk { 0.0 } else { d / (n * (n - d)) };
        let (low, high) = log_log(survival, greenwood, z).unzip();
        curve.times.push(group.first().map_or(0.0, |(time, _)| *time));
        curve.at_risk.push(at_risk);
        curve.events.push(happened);
        curve.censored.push(group.len() as u64 - happened);
        curve.survival.push(survival);
        curve.low.push(low);
        curve.high.push(high);
        at_risk -= group.len() as u64;
    }
    curve.median = time_quantile(&curve, 0.5);
    (!curve.times.is_empty()).then_some(curve)
}

/// Exponential Greenwood: an interval that stays between 0 and 1.
fn log_log(survival: f64, greenwood: f64, z: f64) -> Option<(f64, f64)> {
    if survival <= 0.0 || survival >= 1.0 {
        return None;
    }
    let (log, spread) = (survival.ln(), greenwood.sqrt());
    let at = |sign: f64| (-((-log).ln() + sign * z * spread / -log).exp()).exp();
    let (a, b) = (at(1.0), at(-1.0));
    Some((a.min(b), a.max(b)))
}

/// Survival at a time: 1 before the first, the last value after the last.
#[must_use]
pub fn survival_at(curve: &Curve, time: f64) -> f64 {
    let past = curve.times.partition_point(|known| *known <= time);
    past.checked_sub(1).and_then(|i| curve.survival.get(i)).copied().unwrap_or(1.0)
}

/// The first time by which it has happened for the share `q`, if it ever has.
#[must_use]
pub fn time_quantile(curve: &Curve, q: f64) -> Option<f64> {
    // Products of shares may miss a round number by a rounding error.
    let left = 1.0 - q + 1e-12;
    let place = curve.survival.iter().position(|survival| *survival <= left)?;
    curve.times.get(place).copied()
}

/// The log-rank test of two arms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// The statistic, with one degree of freedom.
    pub chi2: f64,
    /// Two-sided.
    pub p_value: f64,
}

/// Whether two arms take equally long. `None` when nothing happened, or nothing could differ.
#[must_use]
pub fn log_rank(
    times_a: &[f64],
    events_a: &[bool],
    times_b: &[f64],
    events_b: &[bool],
) -> Option<LogRank> {
    let arm = |times: &[f64], events: &[bool], a: bool| -> Vec<(f64, bool, bool)> {
        times.iter().zip(events).map(|(time, event)| (*time, *event, a)).collect()
    };
    let mut all = arm(times_a, events_a, true);
    all.extend(arm(times_b, events_b, false));
    all.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
    let (mut n, mut n_a) = (all.len() as f64, times_a.len() as f64);
    let (mut difference, mut variance) = (0.0, 0.0);
    for group in all.chunk_by(|(a, ..), (b, ..)| a == b) {
        let count = |of: &dyn Fn(bool, bool) -> bool| {
            group.iter().filter(|(_, event, a)| of(*event, *a)).count() as f64
        };
        let (d, d_a) = (count(&|event, _| event), count(&|event, a| event && a));
        if n > 1.0 {
            let share = n_a / n;
            difference += d_a - d * share;
            variance += d * share * (1.0 - share) * (n - d) / (n - 1.0);
        }
        n -= group.len() as f64;
        n_a -= count(&|_, a| a);
    }
    if variance <= 0.0 {
        return None;
    }
    let chi2 = difference * difference / variance;
    let p_value = ChiSquared::new(1.0).ok()?.sf(chi2);
    Some(LogRank { chi2, p_value })
}
