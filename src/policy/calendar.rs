//! Calendars as they are written: the name of a zone, blocks of hours by weekday, holidays.

use super::document::Head;
use crate::json::{join, suggest};
use crate::moment::ZoneOffset;
use crate::program::guards::{Clock, Weekday};
use crate::shape::{Table, record};
use crate::time::{Block, Hours};
use crate::unit::Ms;
use crate::zone;
use crate::{Error, ErrorCode};
use chrono::{Datelike, NaiveDate};

const DAY: i64 = 86_400_000;
/// Offsets are kept from so long before a policy takes effect, as far back as any window looks.
const BEFORE: Ms = Ms(400 * DAY);
/// To so long after; later, the last offset holds.
const AFTER: Ms = Ms(731 * DAY);
/// Minutes of a day.
const DAY_MINUTES: u16 = 1440;
/// Years a holiday of every year is written down for.
const YEARS: core::ops::RangeInclusive<i32> = 2000..=2100;

record! {
    /// A calendar as it is written.
    pub struct CalendarDoc {
        /// The name of its zone (IANA).
        pub zone: String,
        /// Blocks by weekday, each `["09:00", "17:00"]`; one that ends before it begins goes on into the
        /// next morning.
        pub open: Table<Vec<Vec<Clock>>>,
        /// Days it is closed: `"2026-12-25"`, or `"12-25"` for every year.
        pub holidays: Vec<String>,
    }
}

/// Compiles calendars; what is wrong is noted.
pub(super) fn compile(
    calendars: &Table<CalendarDoc>,
    head: &Head,
    errors: &mut Vec<Error>,
) -> Table<Hours> {
    let mut compiled = Table::default();
    for (id, calendar) in calendars.iter() {
        let place = join("/routes/calendars", id);
        let mut reader = Reader { place, errors };
        let hours = Hours {
            zone: reader.zone(&calendar.zone, head.effective_from),
            blocks: reader.blocks(&calendar.open),
            holidays: reader.holidays(&calendar.holidays),
        };
        compiled.insert(id, hours);
    }
    compiled
}

struct Reader<'a> {
    place: String,
    errors: &'a mut Vec<Error>,
}

impl Reader<'_> {
    fn error(&mut self, code: ErrorCode, below: &str, message: String, hint: &str) {
        let place = format!("{}{below}", self.place);
        self.errors.push(Error::new(code, place, message).hint(hint));
    }

    fn zone(&mut self, name: &str, effective: Option<Ms>) -> Vec<ZoneOffset> {
        let Some(all) = zone::named(name) else {
            let hint = "a name of the IANA zone database, for example \"Europe/Berlin\"";
            self.error(
                ErrorCode::UnknownWord,
                "/zone",
                format!("no zone is called `{name}`"),
                hint,
            );
            return Vec::new();
        };
        let Some(from) = effective.map(|at| at.minus(BEFORE)) else { return all };
        let until = from.plus(BEFORE).plus(AFTER);
        let begun = all.iter().rposition(|entry| entry.from <= from).unwrap_or(0);
        let mut kept: Vec<ZoneOffset> =
            all.into_iter().skip(begun).filter(|entry| entry.from < until).collect();
        if let Some(first) = kept.first_mut() {
            first.from = first.from.max(from);
        }
        kept
    }

    fn blocks(&mut self, open: &Table<Vec<Vec<Clock>>>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (day, list) in open.iter() {
            let Some(weekday) = Weekday::parse(day) else {
                let hint = suggest(day, Weekday::WORDS.iter().copied());
                let message = format!("`{day}` is no day of the week");
                self.error(ErrorCode::UnknownField, &join("/open", day), message, &hint);
                continue;
            };
            for (i, block) in list.iter().enumerate() {
                let below = format!("/open/{day}/{i}");
                let [from, to] = block.as_slice() else {
                    let message = format!("{} times of day make no block", block.len());
                    self.error(ErrorCode::OutOfRange, &below, message, "[\"09:00\", \"17:00\"]");
                    continue;
                };
                if from == to {
                    let hint = "all day is [\"00:00\", \"24:00\"]";
                    let message = "it begins when it ends".to_owned();
                    self.error(ErrorCode::Conflict, &below, message, hint);
                    continue;
                }
                let night = if to.0 < from.0 { DAY_MINUTES } else { 0 };
                blocks.push(Block { day: weekday as u8, from: from.0, to: to.0 + night });
            }
        }
        blocks.sort_unstable_by_key(|block| (block.day, block.from));
        let overlap = blocks.windows(2).find_map(|pair| match pair {
            [a, b] if a.day == b.day && b.from < a.to => Some(*a),
            _ => None,
        });
        if let Some(block) = overlap {
            let day = Weekday::ALL.get(usize::from(block.day)).map_or("", |day| day.as_str());
            let message = "two blocks of a day overlap".to_owned();
            self.error(ErrorCode::Conflict, &join("/open", day), message, "make them one block");
        }
        blocks
    }

    fn holidays(&mut self, list: &[String]) -> Vec<i32> {
        let epoch = NaiveDate::default().num_days_from_ce();
        let mut days = Vec::new();
        for (i, text) in list.iter().enumerate() {
            let before = days.len();
            let once = text.parse::<NaiveDate>().ok();
            days.extend(once.map(|date| date.num_days_from_ce() - epoch));
            if once.is_none() && text.len() == 5 {
                let every = YEARS.filter_map(|year| format!("{year}-{text}").parse().ok());
                days.extend(every.map(|date: NaiveDate| date.num_days_from_ce() - epoch));
            }
            if days.len() == before {
                let hint = "\"2026-12-25\", or \"12-25\" for every year";
                let message = format!("`{text}` is no date");
                self.error(ErrorCode::OutOfRange, &format!("/holidays/{i}"), message, hint);
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}
