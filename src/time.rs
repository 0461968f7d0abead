//! Local time from a table of offsets. The host resolves zone names; the core only adds minutes.

use crate::moment::ZoneOffset;
use crate::unit::Ms;

const MINUTE: i64 = 60_000;
const DAY_MINUTES: i64 = 1440;

/// A local time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// Minutes since local midnight.
    pub minute_of_day: i64,
    /// 0 Monday .. 6 Sunday.
    pub weekday: i64,
}

/// Minutes ahead of UTC at an instant; `None` when the table does not reach that far back.
#[must_use]
pub fn offset(zone: &[ZoneOffset], at: Ms) -> Option<i64> {
    zone.iter().rev().find(|entry| entry.from <= at).map(|entry| i64::from(entry.offset_minutes))
}

/// The local time of an instant, `None` when the zone is not known.
#[must_use]
pub fn local(zone: &[ZoneOffset], at: Ms) -> Option<Local> {
    let minutes = at.0.div_euclid(MINUTE).saturating_add(offset(zone, at)?);
    let days = minutes.div_euclid(DAY_MINUTES);
    // The epoch was a Thursday.
    Some(Local {
        minute_of_day: minutes.rem_euclid(DAY_MINUTES),
        weekday: (days + 3).rem_euclid(7),
    })
}

/// The first instant after `at` when the local clock reaches `minute_of_day`.
///
/// In the gap of a spring change that minute does not exist: the first instant after the gap is
/// taken. In the fold of autumn it exists twice: the later one is taken, so that a quiet window is
/// the longer one.
#[must_use]
pub fn next_local(zone: &[ZoneOffset], at: Ms, minute_of_day: i64) -> Option<Ms> {
    let now = offset(zone, at)?;
    let local_minutes = at.0.div_euclid(MINUTE).saturating_add(now);
    let midnight = local_minutes.div_euclid(DAY_MINUTES) * DAY_MINUTES;
    (0..=2).find_map(|day| {
        let wanted = midnight + day * DAY_MINUTES + minute_of_day;
        instant(zone, wanted, at).filter(|instant| *instant > at)
    })
}

/// The instant of a local wall-clock time given in minutes since the local epoch.
fn instant(zone: &[ZoneOffset], wanted: i64, near: Ms) -> Option<Ms> {
    let fits = |offset: i64| {
        let instant = Ms((wanted - offset) * MINUTE);
        (self::offset(zone, instant) == Some(offset)).then_some(instant)
    };
    let exact = zone.iter().filter_map(|entry| fits(i64::from(entry.offset_minutes))).max();
    exact.or_else(|| {
        // Inside a gap: the transition itself.
        let reached = zone.iter().map(|entry| entry.from).filter(|from| *from > near);
        reached.min_by_key(|from| {
            let ahead = offset(zone, *from).unwrap_or(0);
            (from.0.div_euclid(MINUTE) + ahead - wanted).abs()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(entries: &[(i64, i32)]) -> Vec<ZoneOffset> {
        entries.iter().map(|(from, m)| ZoneOffset { from: Ms(*from), offset_minutes: *m }).collect()
    }

    /// Epoch milliseconds of a UTC instant of 2026, by day of the year.
    const fn utc(day: i64, hour: i64, minute: i64) -> i64 {
        1_767_225_600_000 + ((day * 24 + hour) * 60 + minute) * 60_000
    }

    #[test]
    fn a_quiet_night_is_two_hours_shorter_in_spring_than_in_autumn() {
        // New York: EST until 8 March 2026 07:00Z, then EDT until 1 November 06:00Z.
        let new_york = zone(&[(0, -300), (utc(66, 7, 0), -240), (utc(304, 6, 0), -300)]);
        let spring = Ms(utc(66, 2, 0));
        assert_eq!(local(&new_york, spring).unwrap().minute_of_day, 21 * 60);
        assert_eq!(next_local(&new_york, spring, 8 * 60), Some(Ms(utc(66, 12, 0))));
        let autumn = Ms(utc(304, 1, 0));
        assert_eq!(local(&new_york, autumn).unwrap().minute_of_day, 21 * 60);
        assert_eq!(next_local(&new_york, autumn, 8 * 60), Some(Ms(utc(304, 13, 0))));
    }

    #[test]
    fn kathmandu_is_a_quarter_of_an_hour_off_the_half() {
        let kathmandu = zone(&[(0, 345)]);
        let begin = Ms(utc(120, 15, 15));
        assert_eq!(local(&kathmandu, begin).unwrap().minute_of_day, 21 * 60);
        assert_eq!(next_local(&kathmandu, begin, 8 * 60), Some(Ms(utc(121, 2, 15))));
    }

    #[test]
    fn before_the_table_begins_nothing_is_known() {
        assert_eq!(local(&zone(&[(1000, 0)]), Ms(999)), None);
        assert_eq!(local(&[], Ms(0)), None);
    }
}
