//! What a rule may look at besides facts and sums: scores, ages, counters, local time, routes.

use super::rules::narrow;
use crate::event::{Purpose, Route};
use crate::rule::{Slot, SlotKind};
use crate::score::{SCORE_NAMES, WORD_NAMES};
use crate::unit::Ms;

/// A slot that is not a fact or a sum.
pub(super) fn named(what: &str) -> Option<Slot> {
    let slot = |kind, index: usize, name: &str, window_ms| {
        Some(Slot { kind, index: narrow(index), name: name.into(), window_ms: Ms(window_ms) })
    };
    if let Some(index) = SCORE_NAMES.iter().position(|name| *name == what) {
        return slot(SlotKind::Score, index, "", 0);
    }
    if let Some(index) = WORD_NAMES.iter().position(|name| *name == what) {
        return slot(SlotKind::Word, index, "", 0);
    }
    let (family, name) = what.split_once(':')?;
    match family {
        "age" => {
            let purpose = name.strip_prefix("touch.");
            let known = purpose.is_none_or(|purpose| Purpose::WORDS.contains(&purpose));
            known.then(|| slot(SlotKind::Age, 0, name, 0)).flatten()
        }
        "local" => {
            let index = ["minuteOfDay", "weekday"].iter().position(|known| *known == name)?;
            slot(SlotKind::Local, index, "", 0)
        }
        "route" => {
            let (route, field) = name.split_once('.')?;
            let route = Route::WORDS.iter().position(|known| *known == route)?;
            let fields = ["usable", "waitP50Ms", "waitP80Ms"];
            let field = fields.iter().position(|known| *known == field)?;
            slot(SlotKind::Route, route * 4 + field, "", 0)
        }
        "count" => {
            let (counted, window) = name.split_once('@')?;
            let named = counted.strip_prefix("milestones.").is_some_and(|name| !name.is_empty());
            if named || ["contacts", "cases"].contains(&counted) {
                return slot(SlotKind::Events, 0, counted, span(window)?);
            }
            let purpose = counted.strip_prefix("touches.")?;
            let index = Purpose::WORDS.iter().position(|known| *known == purpose)?;
            slot(SlotKind::Count, index, "", span(window)?)
        }
        _ => None,
    }
}

/// `7d`, `24h`, `10m` in milliseconds.
fn span(text: &str) -> Option<i64> {
    let unit = match text.chars().last()? {
        'd' => 86_400_000,
        'h' => 3_600_000,
        'm' => 60_000,
        _ => return None,
    };
    let count: i64 = text.get(..text.len() - 1)?.parse().ok()?;
    (0..=3650).contains(&count).then(|| count * unit)
}
