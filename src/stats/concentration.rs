//! Whether few drivers carry most of it: a test, not an assumption.

/// The shortest list of drivers that carries a share of the total.
#[derive(Clone, Debug, PartialEq)]
pub struct Pareto {
    /// Their names, largest first.
    pub vital_few: Vec<String>,
    /// What they carry.
    pub covered: f64,
    /// Their number as a share of the drivers that carry anything.
    pub share: f64,
    /// Whether they are at most a fifth of them.
    pub holds: bool,
}

/// The vital few of `values` that carry `threshold` of the total. `None` when the total is 0.
///
/// ```
/// let few = tactful::stats::pareto(&[("a".into(), 90.0), ("b".into(), 10.0)], 0.8).unwrap();
/// assert_eq!((few.vital_few, few.share, few.holds), (vec!["a".to_owned()], 0.5, false));
/// ```
#[must_use]
pub fn pareto(values: &[(String, f64)], threshold: f64) -> Option<Pareto> {
    let total: f64 = values.iter().map(|(_, value)| value).sum();
    if total <= 0.0 {
        return None;
    }
    let mut order: Vec<&(String, f64)> = values.iter().collect();
    order.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    let enough = threshold * total - 1e-9 * total;
    let mut covered = 0.0;
    let mut vital_few = Vec::new();
    for (name, value) in order {
        if covered >= enough && !vital_few.is_empty() {
            break;
        }
        covered += value;
        vital_few.push(name.clone());
    }
    let drivers = values.iter().filter(|(_, value)| *value > 0.0).count();
    let share = vital_few.len() as f64 / drivers as f64;
    Some(Pareto { vital_few, covered, share, holds: share <= 0.2 })
}
