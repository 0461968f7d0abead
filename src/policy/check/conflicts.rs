//! Windows, caps and hours that contradict each other: each is right by itself, and together one of
//! them means nothing, or nobody can do what they ask.

use super::Checker;
use crate::ErrorCode;
use crate::event::{Purpose, Route};
use crate::json::join;
use crate::policy::document::Document;
use crate::program::guards::{Cap, CapScope, QuietHours};
use crate::time::{Block, Hours};

const MINUTE: i64 = 60_000;
const DAY_MINUTES: u16 = 1440;
const WEEK: i64 = 7 * 86_400_000;

impl Checker<'_> {
    pub(super) fn conflicts(&mut self, document: &Document) {
        self.orders(document);
        self.caps(document);
        self.pauses(document);
        self.desks(document);
    }

    /// Spans of which one is for less than the other.
    fn orders(&mut self, document: &Document) {
        let w = &document.guards.windows;
        let base = "/guards/windows";
        let pairs = [
            w.onboarding.as_ref().map(|it| {
                (it.for_ms, it.max_ms, "onboarding/forMs", "it lasts longer than maxMs allows")
            }),
            w.open_case.as_ref().map(|it| {
                let message = "a confirmed solution would keep quiet longer than any other";
                (it.confirmed_cooling_ms, it.cooling_ms, "openCase/confirmedCoolingMs", message)
            }),
            w.bad_experience.as_ref().map(|it| {
                let message = "an answer would make it last longer than none";
                (it.answered_ms, it.for_ms, "badExperience/answeredMs", message)
            }),
        ];
        for (short, long, place, message) in pairs.into_iter().flatten() {
            if short > long {
                let hint = "no longer than the span it shortens";
                self.warn(ErrorCode::Conflict, &format!("{base}/{place}"), message, hint);
            }
        }
        let thresholds = &document.routes.thresholds;
        if thresholds.offer_help > thresholds.offer_human {
            let message = "a person would be offered before any other help";
            let hint =
                "offerHuman is for trouble that other help has not solved: no lower than offerHelp";
            self.warn(ErrorCode::Conflict, "/routes/thresholds/offerHuman", message, hint);
        }
    }

    /// Caps that another one keeps from ever being reached.
    fn caps(&mut self, document: &Document) {
        let caps = &document.guards.caps;
        for (id, cap) in caps.iter() {
            let mut others = caps.iter().filter(|(other, _)| *other != id);
            // Of two that say the same, the second is too much.
            let over = others
                .find(|(other, over)| covers(over, cap) && (!covers(cap, over) || *other < id));
            let Some((other, _)) = over else { continue };
            let message = format!("`{other}` is reached before it, whatever happens");
            let hint = "remove one, or give it a limit that the other leaves open";
            self.warn(ErrorCode::Conflict, &join("/guards/caps", id), message, hint);
        }
    }

    /// A pause so long that a cap of the same purpose is never reached.
    fn pauses(&mut self, document: &Document) {
        let guards = &document.guards;
        for (id, cap) in guards.caps.iter() {
            let (Some(span), [purpose]) = (cap.window.sliding_ms, cap.purposes.as_slice()) else {
                continue;
            };
            // A pause is the person's own, and notices keep none from one another.
            let apart = cap.scope == CapScope::Person && *purpose != Purpose::ServiceNotice;
            if !apart || span.0 <= 0 {
                continue;
            }
            let Some(gap) = guards.min_gap_ms.get(purpose.as_str()).filter(|gap| gap.0 > 0) else {
                continue;
            };
            // Touches a gap apart, the first of them just within the window.
            let fit = (span.0 - 1) / gap.0 + 1;
            if i64::from(cap.limit) > fit {
                let message = format!(
                    "no more than {fit} fit into it: there are {} ms between two of them",
                    gap.0
                );
                let place = format!("{}/limit", join("/guards/caps", id));
                let hint = "see /guards/minGapMs: the pause is the stricter of the two";
                self.warn(ErrorCode::Conflict, &place, message, hint);
            }
        }
    }

    /// Desks at which nobody can do what is promised of them.
    fn desks(&mut self, document: &Document) {
        let routes = &document.routes;
        for (route, sla) in routes.slas.iter() {
            let hours = sla.calendar.as_ref().and_then(|it| Some((it, routes.calendars.get(it)?)));
            let Some((id, hours)) = hours.filter(|(_, hours)| !hours.blocks.is_empty()) else {
                continue;
            };
            let place = join("/routes/calendars", id);
            let minutes = |block: &Block| i64::from(block.to - block.from);
            let longest = hours.blocks.iter().map(minutes).max().unwrap_or(0) * MINUTE;
            let live = routes.channels.get(route).is_some_and(|it| !it.live.is_empty());
            let handling = routes.handling.get(route).filter(|_| live).map(|it| it.ms.0);
            if let Some(needed) = handling.filter(|needed| *needed > longest) {
                let message = format!(
                    "nobody can take `{route}` live here: it takes {needed} ms, and the desk is open for {longest} at most"
                );
                let hint = "longer blocks or another calendar in /routes/slas; if it is only answered later, no live channels in /routes/channels";
                self.warn(ErrorCode::Conflict, &format!("{place}/open"), message, hint);
            }
            let weekly = hours.blocks.iter().map(minutes).sum::<i64>() * MINUTE;
            let takes =
                i128::from(sla.business_ms.0) * i128::from(WEEK) / i128::from(weekly.max(1));
            if takes > i128::from(routes.owed_ms.0) {
                let message = format!(
                    "with {} open hours a week the answer is due after more than {} days, when it is no longer counted as owed",
                    weekly / MINUTE / 60,
                    routes.owed_ms.0 / 86_400_000
                );
                let hint = "longer hours, a shorter answer, or a longer /routes/owedMs";
                let place = format!("{}/businessMs", join("/routes/slas", route));
                self.warn(ErrorCode::Conflict, &place, message, hint);
            }
            self.called(document, route, id, hours);
        }
    }

    /// A desk that calls people, open only while calls keep quiet.
    fn called(&mut self, document: &Document, route: &str, id: &str, hours: &Hours) {
        let later = document.routes.channels.get(route).map(|it| it.later.as_slice());
        let later = later.filter(|it| !it.is_empty());
        for (name, quiet) in document.guards.quiet_hours.iter() {
            let by = later.is_some_and(|by| by.iter().all(|it| quiet.channels.contains(it)));
            let within = |block: &Block| is_quiet(quiet, block.from, block.to);
            if by && route != Route::None.as_str() && hours.blocks.iter().all(within) {
                let message = format!(
                    "`{route}` can only be kept while `{name}` keeps quiet, for people in the same zone"
                );
                let hint =
                    "other hours, another channel in /routes/channels, or shorter quiet hours";
                let place = format!("{}/open", join("/routes/calendars", id));
                self.warn(ErrorCode::Conflict, &place, message, hint);
            }
        }
    }
}

/// Whether one cap closes no later than another, whatever happens.
fn covers(over: &Cap, cap: &Cap) -> bool {
    let window = match (over.window.sliding_ms, cap.window.sliding_ms) {
        (Some(over), Some(own)) => over >= own,
        (None, None) => {
            over.window.calendar == cap.window.calendar && over.window.visit == cap.window.visit
        }
        _ => false,
    };
    let apart = over.per.is_none() || over.per == cap.per;
    let sound = |cap: &Cap| cap.window.sliding_ms.is_none_or(|span| span.0 > 0);
    !cap.purposes.is_empty()
        && sound(over)
        && sound(cap)
        && window
        && apart
        && over.scope == cap.scope
        && over.limit <= cap.limit
        && over.channels.include(&cap.channels)
        && cap.purposes.iter().all(|purpose| over.purposes.contains(purpose))
}

/// Whether it is quiet from one time of day to another, minutes after midnight.
fn is_quiet(quiet: &QuietHours, from: u16, to: u16) -> bool {
    let (begins, ends) = (quiet.from.0, quiet.to.0);
    let night = if ends < begins { DAY_MINUTES } else { 0 };
    let holds = |shift: u16| begins <= from + shift && to + shift <= ends + night;
    holds(0) || holds(DAY_MINUTES)
}
