//! Local time from a table of offsets. The host resolves zone names; the core only adds minutes.

mod business;

#[cfg(feature = "studio")]
pub use business::Block;
pub use business::Hours;
pub(crate) use business::after;

use crate::moment::ZoneOffset;
use crate::program::guards::Unit;
use crate::unit::{Ms, Next};

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

/// Tells when the local minute of the day (0) or weekday (1) next becomes one of two numbers or begins anew, and
/// when the zone changes.
pub(crate) fn tell_local(
    zone: &[ZoneOffset],
    at: Ms,
    index: usize,
    [lo, end]: [i64; 2],
    next: &mut Next,
) {
    zone.iter().for_each(|entry| next.tell(entry.from));
    let Some(local) = local(zone, at) else { return };
    let (now, unit, round) = match index {
        0 => (local.minute_of_day, 1, DAY_MINUTES),
        _ => (local.weekday * DAY_MINUTES + local.minute_of_day, DAY_MINUTES, 7 * DAY_MINUTES),
    };
    for turn in [0, lo, end] {
        let turn = turn.saturating_mul(unit);
        if (0..round).contains(&turn) {
            // What it is now comes again a day or a week later.
            let ahead = (turn - now - 1).rem_euclid(round) + 1;
            let minute = at.0.div_euclid(MINUTE) + ahead;
            next.tell(Ms(minute.saturating_mul(MINUTE)));
        }
    }
}

/// Where an instant lies to a daily window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Inside, until then.
    Until(Ms),
    /// Outside, until then.
    From(Ms),
}

/// The daily window from one local minute of the day to another (the next morning when that is
/// earlier), as instants around `at`; `None` when the zone is not known.
///
/// In the gap of a spring change a boundary that does not exist is the first instant after the gap,
/// so a window wholly inside it is empty. In the fold of autumn the window begins at the first and
/// ends at the second occurrence: it is the longer one.
#[must_use]
pub fn window(zone: &[ZoneOffset], at: Ms, from: i64, to: i64) -> Option<Window> {
    let minutes = at.0.div_euclid(MINUTE).saturating_add(offset(zone, at)?);
    let midnight = minutes.div_euclid(DAY_MINUTES) * DAY_MINUTES;
    let night = if to <= from { DAY_MINUTES } else { 0 };
    let windows = (-2..=2).filter_map(|day| {
        let day = midnight + day * DAY_MINUTES;
        // A night that began before the table does is a night all the same.
        let begin = instant(zone, day + from, Ms::min)
            .or_else(|| precedes(zone, day + from).then_some(Ms::ALWAYS))?;
        let end = instant(zone, day + to + night, Ms::max)?;
        (begin < end).then_some((begin, end))
    });
    let mut next = Ms::NEVER;
    for (begin, end) in windows {
        if begin <= at && at < end {
            return Some(Window::Until(end));
        }
        if begin > at {
            next = next.min(begin);
        }
    }
    Some(Window::From(next))
}

/// The current day, week or month on the person's clock: its first instant, where the table reaches
/// back so far, and the first of the next. `None` when the zone is not known. `week_start` counts from Monday.
#[must_use]
pub fn calendar(
    zone: &[ZoneOffset],
    at: Ms,
    unit: Unit,
    week_start: i64,
) -> Option<(Option<Ms>, Ms)> {
    let minutes = at.0.div_euclid(MINUTE).saturating_add(offset(zone, at)?);
    let day = minutes.div_euclid(DAY_MINUTES);
    let (begin, end) = match unit {
        Unit::Day => (day, day + 1),
        Unit::Week => {
            let begin = day - (day + 3 - week_start).rem_euclid(7);
            (begin, begin + 7)
        }
        Unit::Month => month(day),
    };
    let instant = |day: i64| instant(zone, day * DAY_MINUTES, Ms::min);
    Some((instant(begin), instant(end)?))
}

/// The first day of the month a day is in, and that of the next, in days since the epoch. Months are
/// counted from March, so that the day a leap year adds is the last of a year.
fn month(day: i64) -> (i64, i64) {
    let shifted = day + 719_468;
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let index = (5 * of_year + 2) / 153;
    let first = |index: i64| day - of_year + (153 * index + 2) / 5;
    let leap = (year + 1) % 4 == 0 && ((year + 1) % 100 != 0 || (year + 1) % 400 == 0);
    let next = if index == 11 { first(0) + 365 + i64::from(leap) } else { first(index + 1) };
    (first(index), next)
}

/// A daily window in a country whose zones lie between two offsets: on while it is on in any of them.
/// `None` when that is always.
#[must_use]
pub fn window_anywhere((least, most): (i64, i64), at: Ms, from: i64, to: i64) -> Option<Window> {
    let night = if to <= from { DAY_MINUTES } else { 0 };
    // It begins first where clocks are ahead, and ends last where they are behind.
    let (begin, end) = (from - most, to + night - least);
    if end - begin >= DAY_MINUTES {
        return None;
    }
    let since = (at.0 - begin * MINUTE).rem_euclid(DAY_MINUTES * MINUTE);
    let left = (end - begin) * MINUTE - since;
    Some(if left > 0 {
        Window::Until(Ms(at.0.saturating_add(left)))
    } else {
        Window::From(Ms(at.0.saturating_add(DAY_MINUTES * MINUTE - since)))
    })
}

/// Whether a local time lies before all that a table knows.
fn precedes(zone: &[ZoneOffset], wanted: i64) -> bool {
    zone.first().is_some_and(|first| {
        Ms((wanted - i64::from(first.offset_minutes)).saturating_mul(MINUTE)) < first.from
    })
}

/// The instant of a local wall-clock time in minutes since the local epoch; `pick` chooses in a fold.
fn instant(zone: &[ZoneOffset], wanted: i64, pick: fn(Ms, Ms) -> Ms) -> Option<Ms> {
    let mut found: Option<Ms> = None;
    for (i, entry) in zone.iter().enumerate() {
        let until = zone.get(i + 1).map_or(Ms::NEVER, |next| next.from);
        let exact = Ms((wanted - i64::from(entry.offset_minutes)).saturating_mul(MINUTE));
        if entry.from <= exact && exact < until {
            found = Some(found.map_or(exact, |known| pick(known, exact)));
        }
    }
    found.or_else(|| {
        // Inside a gap: the clock jumps over it at this very instant.
        zone.windows(2).find_map(|pair| {
            let [before, after] = pair else { return None };
            let local = |offset: i32| after.from.0.div_euclid(MINUTE) + i64::from(offset);
            let jumped =
                local(before.offset_minutes) <= wanted && wanted < local(after.offset_minutes);
            jumped.then_some(after.from)
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

    const EVENING: i64 = 21 * 60;
    const MORNING: i64 = 8 * 60;

    #[test]
    fn a_quiet_night_is_two_hours_shorter_in_spring_than_in_autumn() {
        // New York: EST until 8 March 2026 07:00Z, then EDT until 1 November 06:00Z.
        let new_york = zone(&[(0, -300), (utc(66, 7, 0), -240), (utc(304, 6, 0), -300)]);
        for (begin, end) in [(utc(66, 2, 0), utc(66, 12, 0)), (utc(304, 1, 0), utc(304, 13, 0))] {
            let night = |at| window(&new_york, Ms(at), EVENING, MORNING);
            assert_eq!(night(begin), Some(Window::Until(Ms(end))));
            assert_eq!(night(begin - 1), Some(Window::From(Ms(begin))));
            assert_eq!(night(end - 1), Some(Window::Until(Ms(end))));
            assert!(matches!(night(end), Some(Window::From(_))));
        }
    }

    #[test]
    fn kathmandu_is_a_quarter_of_an_hour_off_the_half() {
        let begin = Ms(utc(120, 15, 15));
        let night = window(&zone(&[(0, 345)]), begin, EVENING, MORNING);
        assert_eq!(night, Some(Window::Until(Ms(utc(121, 2, 15)))));
    }

    #[test]
    fn berlin_folds_into_a_longer_and_gaps_into_an_empty_window() {
        // CET until 29 March 2026 01:00Z, CEST until 25 October 01:00Z.
        let berlin = zone(&[(0, 60), (utc(87, 1, 0), 120), (utc(297, 1, 0), 60)]);
        let two_to_three = |at| window(&berlin, Ms(at), 2 * 60, 3 * 60);
        assert_eq!(two_to_three(utc(297, 0, 0)), Some(Window::Until(Ms(utc(297, 2, 0)))));
        assert_eq!(two_to_three(utc(297, 1, 30)), Some(Window::Until(Ms(utc(297, 2, 0)))));
        assert!(
            matches!(two_to_three(utc(87, 1, 0)), Some(Window::From(_))),
            "02:00 does not exist"
        );
        // A night that ends inside the fold does not open between its two mornings.
        let early = |at| window(&berlin, Ms(at), EVENING, 2 * 60 + 30);
        for at in [utc(296, 19, 0), utc(297, 0, 45), utc(297, 1, 10)] {
            assert_eq!(early(at), Some(Window::Until(Ms(utc(297, 1, 30)))));
        }
    }

    #[test]
    fn before_the_table_begins_nothing_is_known() {
        assert_eq!(local(&zone(&[(1000, 0)]), Ms(999)), None);
        assert_eq!(local(&[], Ms(0)), None);
        assert_eq!(window(&[], Ms(0), EVENING, MORNING), None);
    }
}
