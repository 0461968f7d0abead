//! Times of an export as instants: a pattern, and the zone its clocks were set to.

use super::mapping::Time;
use crate::moment::ZoneOffset;
use crate::unit::Ms;
use chrono::{DateTime, NaiveDate};

/// What a zone's name means; an unknown name means nothing.
pub type Zones<'a> = &'a dyn Fn(&str) -> Option<Vec<ZoneOffset>>;

/// How a column's times are read.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    format: Format,
    zone: Vec<ZoneOffset>,
    /// No zone was named: times without one are read as UTC.
    zoneless: bool,
}

#[derive(Clone, Debug)]
enum Format {
    EpochMs,
    EpochSeconds,
    Rfc3339,
    Pattern(Vec<Part>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Milli,
    Literal(char),
}

const PARTS: [(&str, Part); 7] = [
    ("YYYY", Part::Year),
    ("MM", Part::Month),
    ("DD", Part::Day),
    ("HH", Part::Hour),
    ("mm", Part::Minute),
    ("SSS", Part::Milli),
    ("ss", Part::Second),
];

/// An instant and what was peculiar about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) at: i64,
    /// The local time occurs twice; the first was taken.
    pub(super) twice: bool,
    /// The local time does not exist; it was moved forward.
    pub(super) never: bool,
    /// Nobody says of which zone the local time is; it was read as UTC.
    pub(super) assumed: bool,
}

impl Clock {
    /// A clock, or what is wrong with it.
    pub(super) fn new(
        time: Option<&Time>,
        zones: Zones<'_>,
    ) -> Result<Self, (&'static str, String)> {
        let Some(time) = time else {
            return Ok(Self { format: Format::Rfc3339, zone: utc(), zoneless: true });
        };
        let format = match time.format.as_str() {
            "epochMs" => Format::EpochMs,
            "epochSeconds" => Format::EpochSeconds,
            "rfc3339" => Format::Rfc3339,
            pattern => Format::Pattern(
                parts(pattern).ok_or_else(|| ("format", format!("`{pattern}` holds no date")))?,
            ),
        };
        let zone = match time.zone.as_deref() {
            None | Some("UTC" | "Z") => utc(),
            Some(name) => fixed(name)
                .map(|minutes| vec![ZoneOffset { from: Ms(0), offset_minutes: minutes }])
                .or_else(|| zones(name))
                .ok_or_else(|| ("zone", format!("`{name}` is no zone known here")))?,
        };
        Ok(Self { format, zone, zoneless: time.zone.is_none() })
    }

    /// The instant a text means.
    pub(super) fn read(&self, text: &str) -> Option<Read> {
        // Beyond what a calendar can hold it is no time.
        self.parsed(text.trim()).filter(|read| read.at.unsigned_abs() <= Ms::LIMIT.unsigned_abs())
    }

    fn parsed(&self, text: &str) -> Option<Read> {
        let plain = |at| Read { at, twice: false, never: false, assumed: false };
        match &self.format {
            Format::EpochMs => text.parse().ok().map(plain),
            Format::EpochSeconds => {
                let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
                let digits = format!("{rest:0<3}");
                let millis: i64 = digits.get(..3)?.parse().ok()?;
                let seconds: i64 = whole.parse().ok()?;
                let sign = if whole.starts_with('-') { -1 } else { 1 };
                Some(plain(seconds.checked_mul(1000)?.checked_add(sign * millis)?))
            }
            Format::Rfc3339 => match DateTime::parse_from_rfc3339(text) {
                Ok(time) => Some(plain(time.timestamp_millis())),
                // Without an offset it is a local time.
                Err(_) => self.local(&format!("{text}Z").replacen(' ', "T", 1)),
            },
            Format::Pattern(parts) => {
                let local = pattern(parts, text)?;
                Some(self.utc(local))
            }
        }
    }

    fn local(&self, text: &str) -> Option<Read> {
        Some(self.utc(DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis()))
    }

    /// The instant at which a clock of the zone shows `local`.
    fn utc(&self, local: i64) -> Read {
        let offset_at = |utc: i64| -> i64 {
            let past = self.zone.partition_point(|known| known.from.0 <= utc);
            let known = self.zone.get(past.saturating_sub(1));
            known.map_or(0, |known| i64::from(known.offset_minutes) * 60_000)
        };
        // A day before and after, any change between has happened.
        let (before, after) = (offset_at(local - 86_400_000), offset_at(local + 86_400_000));
        let fits = |offset: i64| offset_at(local - offset) == offset;
        let (at, twice, never) = match (fits(before), fits(after)) {
            (true, true) => ((local - before).min(local - after), before != after, false),
            (true, false) => (local - before, false, false),
            (false, true) => (local - after, false, false),
            (false, false) => (local - before, false, true),
        };
        Read { at, twice, never, assumed: self.zoneless }
    }
}

fn utc() -> Vec<ZoneOffset> {
    vec![ZoneOffset { from: Ms(i64::MIN), offset_minutes: 0 }]
}

/// Minutes of an offset like `+02:00`.
fn fixed(name: &str) -> Option<i32> {
    let (sign, rest) = match name.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut rest = pattern;
    let mut parts = Vec::new();
    'next: while !rest.is_empty() {
        for (word, part) in PARTS {
            if let Some(after) = rest.strip_prefix(word) {
                parts.push(part);
                rest = after;
                continue 'next;
            }
        }
        let c = rest.chars().next()?;
        parts.push(Part::Literal(c));
        rest = rest.get(c.len_utf8()..)?;
    }
    [Part::Year, Part::Month, Part::Day].iter().all(|need| parts.contains(need)).then_some(parts)
}

/// The local time a text shows, in ms since 1970 as if it were UTC.
fn pattern(parts: &[Part], text: &str) -> Option<i64> {
    let mut rest = text;
    let (mut year, mut month, mut day) = (0, 1, 1);
    let (mut hour, mut minute, mut second, mut milli) = (0, 0, 0, 0);
    for part in parts {
        if let Part::Literal(c) = part {
            rest = rest.strip_prefix(*c)?;
            continue;
        }
        let most = match part {
            Part::Year => 4,
            Part::Milli => 3,
            _ => 2,
        };
        // Exports write 1/2/2024 as often as 01/02/2024.
        let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, after) = rest.split_at_checked(length)?;
        let value: u32 = digits.parse().ok()?;
        rest = after;
        match part {
            Part::Year => year = i32::try_from(value).ok()?,
            Part::Month => month = value,
            Part::Day => day = value,
            Part::Hour => hour = value,
            Part::Minute => minute = value,
            Part::Second => second = value,
            Part::Milli => milli = value,
            Part::Literal(_) => {}
        }
    }
    let time = NaiveDate::from_ymd_opt(year, month, day)?
        .and_hms_milli_opt(hour, minute, second, milli)?;
    rest.is_empty().then(|| time.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(format: &str, zone: Option<&str>) -> Clock {
        let time = Time { format: format.into(), zone: zone.map(Into::into) };
        // Half a year each, as in Central Europe in 2024.
        let berlin = |name: &str| {
            (name == "Europe/Berlin").then(|| {
                let at = |from, offset_minutes| ZoneOffset { from: Ms(from), offset_minutes };
                vec![at(0, 60), at(1_711_846_800_000, 120), at(1_729_990_800_000, 60)]
            })
        };
        Clock::new(Some(&time), &berlin).unwrap()
    }

    #[test]
    fn patterns_are_read_in_their_zone() {
        let read = |text: &str| clock("DD-MM-YYYY HH:mm", Some("Europe/Berlin")).read(text);
        assert_eq!(read("01-07-2024 12:00").unwrap().at, 1_719_828_000_000);
        assert_eq!(read("1-7-2024 12:00").unwrap().at, 1_719_828_000_000);
        assert_eq!(read("32-07-2024 12:00"), None);
        assert_eq!(read("01-07-2024 12:00 Uhr"), None);
    }

    #[test]
    fn the_hour_that_comes_twice_is_the_first_and_the_one_that_never_comes_moves_on() {
        let clock = clock("YYYY-MM-DD HH:mm", Some("Europe/Berlin"));
        let twice = clock.read("2024-10-27 02:30").unwrap();
        assert_eq!((twice.at, twice.twice), (1_729_989_000_000, true));
        let never = clock.read("2024-03-31 02:30").unwrap();
        assert_eq!((never.at, never.never), (1_711_848_600_000, true));
    }

    #[test]
    fn only_a_time_that_says_no_zone_is_assumed_to_be_of_one() {
        let assumed = |format: &str, zone, text| clock(format, zone).read(text).unwrap().assumed;
        assert!(assumed("rfc3339", None, "2026-03-01 09:00:00"));
        assert!(assumed("YYYY-MM-DD", None, "2026-03-01"));
        assert!(!assumed("rfc3339", None, "2026-03-01T09:00:00+01:00"));
        assert!(!assumed("rfc3339", Some("UTC"), "2026-03-01 09:00:00"));
        assert!(!assumed("epochMs", None, "0"));
        let unsaid = super::Clock::new(None, &|_| None).unwrap();
        assert!(unsaid.read("2026-03-01T09:00:00").unwrap().assumed);
    }

    #[test]
    fn an_offset_in_the_value_wins() {
        let clock = clock("rfc3339", Some("Europe/Berlin"));
        assert_eq!(clock.read("2024-07-01T12:00:00+00:00").unwrap().at, 1_719_835_200_000);
        assert_eq!(clock.read("2024-07-01 12:00:00").unwrap().at, 1_719_828_000_000);
        assert_eq!(super::Clock::new(None, &|_| None).unwrap().read("soon"), None);
    }
}
