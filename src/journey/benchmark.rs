//! Where a journey stands among those of the same process version, and what is still to come.

use super::InForce;
use crate::program::Policy;
use crate::program::journeys::{Benchmark, Group};
use crate::shape::words;
use crate::unit::Permille;

words! {
    /// What a journey was compared with.
    pub enum Level {
        /// The same category, begun on the same channel.
        Channel = "channel",
        /// The same category.
        Category = "category",
        /// All journeys of the version.
        Version = "version",
        /// All journeys of the process, because its owner says that they compare.
        Process = "process",
    }
}

/// A journey among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) level: Level,
    /// How many it was compared with.
    pub(crate) journeys: u32,
    /// Mid-percentile rank.
    pub(crate) rank: Permille,
    /// Mean, lowest and highest tenth of what was still to come, and for how many.
    pub(crate) remaining: Option<[i64; 4]>,
}

impl Standing {
    /// Looks for the closest benchmark that is large enough; never one of another version.
    pub(crate) fn find<'p>(
        policy: &'p Policy,
        in_force: &InForce<'p>,
        category: Option<&str>,
        path: &str,
        points: i64,
    ) -> Option<Self> {
        let least = u32::from(policy.journeys.min_benchmark);
        let of_process = policy.processes.get(in_force.process)?.benchmark.as_ref();
        let of_version = in_force.terms.and_then(|terms| terms.benchmark.as_ref());
        let entry = path.split('>').next().unwrap_or_default();
        let group = |benchmark: Option<&'p Benchmark>, key: &str| -> Option<(&'p Group, u32)> {
            let group = benchmark?.groups.get(key)?;
            let journeys = group.histogram.iter().map(|(_, n)| *n).fold(0, u32::saturating_add);
            (journeys >= least).then_some((group, journeys))
        };
        let category = category.unwrap_or_default();
        let found = [
            (Level::Channel, of_version, format!("{category}/{entry}")),
            (Level::Category, of_version, category.to_owned()),
            (Level::Version, of_version, "all".to_owned()),
            (Level::Process, of_process, "all".to_owned()),
        ];
        let (level, (group, journeys)) = found
            .into_iter()
            .find_map(|(level, benchmark, key)| Some((level, group(benchmark, &key)?)))?;
        let remaining = group.after.get(path).filter(|rest| rest.journeys >= least).map(|rest| {
            [rest.mean.into(), rest.low.into(), rest.high.into(), rest.journeys.into()]
        });
        Some(Self { level, journeys, rank: rank(group, points), remaining })
    }
}

/// The share of journeys that cost less, those that cost as much counted half.
fn rank(group: &Group, points: i64) -> Permille {
    let (mut below, mut equal, mut all) = (0i64, 0i64, 0i64);
    for (cost, journeys) in group.histogram.iter() {
        let (cost, journeys) = (cost.parse::<i64>().unwrap_or(0), i64::from(*journeys));
        all += journeys;
        below += if cost < points { journeys } else { 0 };
        equal += if cost == points { journeys } else { 0 };
    }
    Permille::new(1000 * (2 * below + equal) / (2 * all).max(1))
}
