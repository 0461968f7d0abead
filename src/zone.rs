//! Zone names as tables of offsets. Natively they come out of a database of zones; in JavaScript the
//! host's `Intl` knows them and tells each before it is needed. Both cover the same span, and a test
//! compares them.

use crate::moment::ZoneOffset;

/// The offsets of a zone since 1970 and for decades to come; `None` for an unknown name.
pub(crate) fn named(name: &str) -> Option<Vec<ZoneOffset>> {
    #[cfg(feature = "tz")]
    return database::all_offsets(name);
    #[cfg(not(feature = "tz"))]
    return told::offsets(name);
}

#[cfg(feature = "tz")]
pub use database::all_offsets;
#[cfg(feature = "tz")]
pub(crate) use database::offsets;
#[cfg(all(feature = "js", not(feature = "tz")))]
pub(crate) use told::tell;

/// Zones the host has told of.
#[cfg(not(feature = "tz"))]
mod told {
    use crate::moment::ZoneOffset;
    use crate::shape::Table;
    use std::cell::RefCell;

    thread_local! {
        static TOLD: RefCell<Table<Vec<ZoneOffset>>> = RefCell::default();
    }

    #[cfg(feature = "js")]
    pub(crate) fn tell(name: &str, offsets: Vec<ZoneOffset>) {
        TOLD.with(|told| told.borrow_mut().insert(name, offsets));
    }

    pub(super) fn offsets(name: &str) -> Option<Vec<ZoneOffset>> {
        TOLD.with(|told| told.borrow().get(name).cloned())
    }
}

#[cfg(feature = "tz")]
mod database {
    use crate::moment::ZoneOffset;
    use crate::unit::Ms;
    use chrono::{DateTime, Offset, TimeZone};
    use chrono_tz::Tz;

    const HOUR: i64 = 3_600_000;
    const DAY: i64 = 24 * HOUR;
    /// As far back as any window looks.
    const BACK: i64 = 400 * DAY;
    /// As far ahead as anything is deferred (to the end of a month) from a page that stands open.
    const AHEAD: i64 = 62 * DAY;

    /// The offsets of an IANA zone around `now`, `None` for an unknown name.
    pub(crate) fn offsets(name: &str, now: Ms) -> Option<Vec<ZoneOffset>> {
        between(name, now.0.saturating_sub(BACK), now.0.saturating_add(AHEAD))
    }

    /// The offsets of an IANA zone since 1970 and for decades to come: for files of any age.
    #[must_use]
    pub fn all_offsets(name: &str) -> Option<Vec<ZoneOffset>> {
        between(name, 0, 100 * 366 * DAY)
    }

    fn between(name: &str, first: i64, last: i64) -> Option<Vec<ZoneOffset>> {
        let zone: Tz = name.parse().ok()?;
        let minutes = |at: i64| {
            let utc = DateTime::from_timestamp_millis(at)?.naive_utc();
            Some(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc() / 60)
        };
        // Whole days, so that the table does not depend on the time of day it was made for.
        let (first, last) = (first.div_euclid(DAY) * DAY, last.div_euclid(DAY) * DAY);
        let mut current = minutes(first)?;
        let mut table = vec![ZoneOffset { from: Ms(first), offset_minutes: current }];
        let mut day = first;
        while day < last {
            let next = day + DAY;
            let after = minutes(next)?;
            if after != current {
                // The change is somewhere in this day: halve until the minute is found.
                let (mut low, mut high) = (day, next);
                while high - low > 60_000 {
                    let middle = (low + (high - low) / 2).div_euclid(60_000) * 60_000;
                    if minutes(middle)? == current { low = middle } else { high = middle }
                }
                current = after;
                table.push(ZoneOffset { from: Ms(high), offset_minutes: current });
            }
            day = next;
        }
        Some(table)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn berlin_changes_twice_a_year() {
            let now = Ms(1_790_000_000_000); // September 2026
            let table = offsets("Europe/Berlin", now).unwrap();
            let changes: Vec<(i64, i32)> =
                table.iter().map(|z| (z.from.0, z.offset_minutes)).collect();
            assert!(
                changes.contains(&(1_774_746_000_000, 120)),
                "29 March 2026 01:00Z: {changes:?}"
            );
            assert!(offsets("Europe/Nowhere", now).is_none());
        }
    }
}
