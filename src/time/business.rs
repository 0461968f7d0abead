//! Business time: the hours somebody is there, in several blocks a day, through the night, without
//! holidays, on the clock of the place.

use super::{DAY_MINUTES, MINUTE, Window, instant, offset};
use crate::moment::ZoneOffset;
use crate::shape::record;
use crate::unit::Ms;

/// Days looked ahead: beyond, nobody can say when it opens.
const HORIZON: i64 = 800;

record! {
    /// When a desk is open, compiled.
    pub struct Hours {
        /// Offsets of its zone from UTC.
        pub zone: Vec<ZoneOffset>,
        /// Its blocks, in the order of the week.
        pub blocks: Vec<Block>,
        /// Local days since the epoch on which no block begins, in order.
        pub holidays: Vec<i32>,
    }
}

record! {
    /// One block of hours. It belongs to the day on which it begins.
    #[derive(Copy)]
    pub struct Block {
        /// Monday is 0.
        pub day: u8,
        /// Minutes after local midnight.
        pub from: u16,
        /// Minutes after the same midnight; beyond 1440 on the next day.
        pub to: u16,
    }
}

/// Something else that keeps closed: where an instant lies to it.
type Closed<'a> = &'a dyn Fn(Ms) -> Window;

impl Hours {
    /// The next stretch of open time that ends after an instant; `None` when none is known.
    #[must_use]
    pub fn next(&self, at: Ms) -> Option<(Ms, Ms)> {
        let minutes = at.0.div_euclid(MINUTE).saturating_add(offset(&self.zone, at)?);
        // A block of the day before may reach into this one.
        let first = minutes.div_euclid(DAY_MINUTES) - 1;
        (first..first + HORIZON).find_map(|day| {
            let today = self.blocks.iter().filter(|block| i64::from(block.day) == weekday(day));
            let open = !self.holidays.iter().any(|holiday| i64::from(*holiday) == day);
            today.filter(|_| open).find_map(|block| {
                let local = |minute: u16| day * DAY_MINUTES + i64::from(minute);
                let begin = instant(&self.zone, local(block.from), Ms::min)?;
                let end = instant(&self.zone, local(block.to), Ms::max)?;
                (begin < end && at < end).then_some((begin, end))
            })
        })
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self, at: Ms) -> bool {
        self.next(at).is_some_and(|(begin, _)| begin <= at)
    }
}

/// When so much open time has passed since an instant; without hours, it is always open. What is
/// `closed` besides does not count. `None` when nobody can say.
pub(crate) fn after(
    hours: Option<&Hours>,
    from: Ms,
    span: Ms,
    closed: &[Closed<'_>],
) -> Option<Ms> {
    let (mut at, mut left) = (from, span.0);
    // Each round leaves a stretch behind: a block, a night, a pause.
    for _ in 0..4 * HORIZON {
        let (begin, mut end) = match hours {
            Some(hours) => hours.next(at)?,
            None => (at, Ms::NEVER),
        };
        at = at.max(begin);
        let mut shut = None;
        for closed in closed {
            match closed(at) {
                Window::Until(until) => shut = shut.max(Some(until)),
                Window::From(next) => end = end.min(next),
            }
        }
        if let Some(until) = shut {
            at = until;
            continue;
        }
        let open = end.minus(at).0;
        if left <= open {
            return Some(at.plus(Ms(left)));
        }
        left -= open;
        at = end;
    }
    None
}

/// Monday is 0; the epoch was a Thursday.
const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    /// Epoch milliseconds of 2026, by day of the year.
    const fn utc(day: i64, hour: i64, minute: i64) -> Ms {
        Ms(1_767_225_600_000 + ((day * 24 + hour) * 60 + minute) * 60_000)
    }

    fn hours(zone: &[(Ms, i32)], blocks: &[(u8, u16, u16)], holidays: &[i32]) -> Hours {
        let offset =
            |(from, minutes): &(Ms, i32)| ZoneOffset { from: *from, offset_minutes: *minutes };
        Hours {
            zone: zone.iter().map(offset).collect(),
            blocks: blocks
                .iter()
                .map(|(day, from, to)| Block { day: *day, from: *from, to: *to })
                .collect(),
            holidays: holidays.to_vec(),
        }
    }

    fn weekdays(from: u16, to: u16) -> Vec<(u8, u16, u16)> {
        (0..5).map(|day| (day, from * 60, to * 60)).collect()
    }

    #[test]
    fn an_hour_on_friday_evening_ends_on_monday_morning() {
        let office = hours(&[(Ms(0), 0)], &weekdays(9, 17), &[]);
        let due = |from, hours| after(Some(&office), from, Ms(hours * HOUR), &[]);
        // 9 January 2026 is a Friday.
        assert_eq!(due(utc(8, 16, 30), 1), Some(utc(11, 9, 30)));
        assert_eq!(due(utc(6, 10, 0), 2), Some(utc(6, 12, 0)));
        assert_eq!(due(utc(6, 7, 0), 2), Some(utc(6, 11, 0)));
        assert_eq!(due(utc(6, 16, 0), 1), Some(utc(6, 17, 0)), "to the minute is in time");
    }

    #[test]
    fn the_clocks_change_between_friday_and_monday() {
        // New York: EST until 8 March 2026 07:00Z, then EDT.
        let zone = [(Ms(0), -300), (utc(66, 7, 0), -240)];
        let office = hours(&zone, &weekdays(9, 17), &[]);
        let due = after(Some(&office), utc(64, 21, 30), Ms(HOUR), &[]);
        assert_eq!(due, Some(utc(67, 13, 30)));
    }

    #[test]
    fn a_lunch_break_a_night_shift_and_a_holiday() {
        let lunch = [(0, 9 * 60, 12 * 60), (0, 13 * 60, 17 * 60)];
        let office = hours(&[(Ms(0), 0)], &lunch, &[]);
        // 12 January 2026 is a Monday.
        assert_eq!(after(Some(&office), utc(11, 11, 30), Ms(HOUR), &[]), Some(utc(11, 13, 30)));
        assert!(!office.is_open(utc(11, 12, 0)) && office.is_open(utc(11, 13, 0)));
        let night = hours(&[(Ms(0), 0)], &[(0, 22 * 60, 30 * 60)], &[]);
        assert!(night.is_open(utc(12, 5, 59)) && !night.is_open(utc(12, 6, 0)));
        assert_eq!(after(Some(&night), utc(12, 5, 30), Ms(HOUR), &[]), Some(utc(18, 22, 30)));
        let monday = i32::try_from(utc(11, 0, 0).0 / (24 * HOUR)).unwrap_or(0);
        let closed = hours(&[(Ms(0), 0)], &weekdays(9, 17), &[monday]);
        assert_eq!(after(Some(&closed), utc(8, 16, 30), Ms(HOUR), &[]), Some(utc(12, 9, 30)));
    }

    #[test]
    fn waiting_for_the_customer_does_not_count() {
        let office = hours(&[(Ms(0), 0)], &weekdays(9, 17), &[]);
        let (asked, answered) = (utc(6, 11, 0), utc(6, 15, 0));
        let paused = |at: Ms| match at {
            at if at < asked => Window::From(asked),
            at if at < answered => Window::Until(answered),
            _ => Window::From(Ms::NEVER),
        };
        let due = after(Some(&office), utc(6, 10, 0), Ms(2 * HOUR), &[&paused]);
        assert_eq!(due, Some(utc(6, 16, 0)));
    }

    #[test]
    fn a_desk_that_never_opens_promises_nothing() {
        assert_eq!(after(Some(&hours(&[(Ms(0), 0)], &[], &[])), Ms(0), Ms(HOUR), &[]), None);
        assert_eq!(after(None, Ms(5), Ms(HOUR), &[]), Some(Ms(5 + HOUR)));
    }
}
