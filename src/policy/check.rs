//! What a policy may say and should not: mistakes that no single value shows.

mod conflicts;
mod governance;
mod journeys;
mod life;
mod reach;
mod routes;

pub(crate) use governance::OWNED;
pub(super) use governance::spans;
pub(crate) use life::PEOPLE;
pub(super) use life::life;

use super::Findings;
use super::document::Document;
use crate::decision::ReasonCode;
use crate::event::visit::{PageRole, WishFor};
use crate::event::{HistoryEvent, Purpose, Route};
use crate::json::{join, suggest};
use crate::program::guards::Cap;
use crate::program::scores::IndicatorId;
use crate::program::signals::{RageClick, Signals};
use crate::score::{Intents, StageName};
use crate::shape::{Shape, Wire};
use crate::signal::SignalKind;
use crate::signal::click::SLOTS;
use crate::signal::cursor::TURNS;
use crate::signal::form::FIELDS;
use crate::signal::rage::TIMES;
use crate::signal::scrolling::REVERSALS;
use crate::signal::search::OPENED;
use crate::{Error, ErrorCode, Micros, Text};

pub(super) fn check(document: &Document, findings: &mut Findings) {
    let mut out = Checker { findings };
    out.findings.errors.extend(signals(&document.signals));
    out.outcomes(document);
    out.governance(document);
    out.names(document);
    out.guards(document);
    out.thresholds(document);
    out.promises(document);
    out.routes(document);
    out.effort(document);
    out.processes(document);
    out.phrases(document);
    out.left_out(document);
    out.reach(document);
    out.conflicts(document);
}

/// What the memory of a visit sets bounds to.
pub(super) fn signals(p: &Signals) -> Vec<Error> {
    let rage = |of: fn(&RageClick) -> Option<u8>| p.rage_click.as_ref().and_then(of).map(u32::from);
    let bounds = [
        ("rageClick/minClicks", rage(|p| p.min_clicks), 1, TIMES),
        ("rageClick/minClicksCorroborated", rage(|p| p.min_clicks_corroborated), 1, TIMES),
        (
            "thrashedCursor/minTurns",
            p.thrashed_cursor.as_ref().map(|p| p.min_turns.into()),
            1,
            TURNS,
        ),
        (
            "excessiveScroll/reversals",
            p.excessive_scroll.as_ref().map(|p| p.reversals.into()),
            1,
            REVERSALS,
        ),
        ("pogo/minResults", p.pogo.as_ref().map(|p| p.min_results.into()), 1, OPENED),
        (
            "deadClick/noise/of",
            p.dead_click.as_ref().and_then(|p| p.noise.as_ref()).map(|noise| noise.of.into()),
            1,
            SLOTS,
        ),
        (
            "deadClick/noise/slots",
            p.dead_click.as_ref().and_then(|p| p.noise.as_ref()).map(|n| n.slots.into()),
            1,
            p.dead_click
                .as_ref()
                .and_then(|p| p.noise.as_ref())
                .map_or(SLOTS, |noise| usize::from(noise.of)),
        ),
        ("formAbandon/minFields", p.form_abandon.as_ref().map(|p| p.min_fields.into()), 0, FIELDS),
    ];
    let outside = bounds.into_iter().filter_map(|(place, value, low, high)| {
        let value = value.filter(|value| !(low..=high as u32).contains(value))?;
        Some(
            Error::new(
                ErrorCode::OutOfRange,
                format!("/signals/{place}"),
                format!("{value} is out of range"),
            )
            .hint(format!("from {low} to {high}: a visit remembers no more")),
        )
    });
    let longest = p.hygiene.longest_ms;
    let endless = (!(0..=Micros::LONGEST_MS).contains(&longest.0)).then(|| {
        let message = format!("{} is out of range", longest.0);
        let error = Error::new(ErrorCode::OutOfRange, "/signals/hygiene/longestMs", message);
        error.hint(format!("from 0 to {}: no visit is longer", Micros::LONGEST_MS))
    });
    outside.chain(endless).collect()
}

struct Checker<'a> {
    findings: &'a mut Findings,
}

impl Checker<'_> {
    fn error(&mut self, code: ErrorCode, path: &str, message: impl Into<String>, hint: &str) {
        self.findings.errors.push(Error::new(code, path, message).hint(hint));
    }

    fn warn(&mut self, code: ErrorCode, path: &str, message: impl Into<String>, hint: &str) {
        self.findings.warnings.push(Error::new(code, path, message).hint(hint));
    }

    fn outcomes(&mut self, document: &Document) {
        let count = document.outcomes.len();
        if !(3..=5).contains(&count) {
            self.error(
                ErrorCode::OutOfRange,
                "/outcomes",
                format!(
                    "{count} outcomes say what a better experience is; three to five are needed"
                ),
                "one number can be gamed, six are nobody's priority",
            );
        }
    }

    /// Keys of collections that must be names of something.
    fn names(&mut self, document: &Document) {
        let known_routes = Route::WORDS;
        let (scores, help) = (&document.scores, &document.routes);
        self.each("/scores/friction/kinds", scores.friction.kinds.keys(), SignalKind::WORDS);
        self.each("/scores/effort/indicators", scores.effort.indicators.keys(), IndicatorId::WORDS);
        self.each("/guards/minGapMs", document.guards.min_gap_ms.keys(), Purpose::WORDS);
        self.each("/routes/handling", help.handling.keys(), known_routes);
        self.each("/routes/slas", help.slas.keys(), known_routes);
        self.each("/promises", document.promises.keys(), known_routes);
        let codes = ReasonCode::WORDS;
        let unknown =
            |code: &&Text| !codes.contains(&code.as_str()) && !routes::is_said(document, code);
        for code in document.words.keys().filter(unknown) {
            let own = document.rules.guards.iter().chain(&document.rules.routes);
            if !own.into_iter().any(|rule| rule.code == *code) {
                let hint = suggest(code, codes.iter().copied());
                self.warn(
                    ErrorCode::Dangling,
                    &join("/words", code),
                    "no reason has this code",
                    &hint,
                );
            }
        }
        for code in codes.iter().filter(|code| !document.words.contains_key(code)) {
            let hint = "the visitor would see the code itself";
            self.warn(ErrorCode::Missing, &join("/words", code), "no words for this reason", hint);
        }
        for (language, words) in document.translations.iter() {
            let unknown = |code: &&Text| {
                !document.words.contains_key(code) && !routes::is_said(document, code)
            };
            for code in words.keys().filter(unknown) {
                let place = join(&join("/translations", language), code);
                let hint = suggest(code, document.words.keys().map(Text::as_str));
                self.warn(ErrorCode::Dangling, &place, "nothing is said by this code", &hint);
            }
        }
        for what in scores.intent.evidence.keys() {
            self.evidence(what);
        }
        self.each("/scores/intent/stages", scores.intent.stages.keys(), &Intents::NAMES);
        self.each("/scores/stage/goodForMs", scores.stage.good_for_ms.keys(), StageName::WORDS);
        for (id, indicator) in scores.effort.indicators.iter() {
            for (i, source) in indicator.sources.iter().enumerate() {
                if document.sources.contains_key(source) {
                    continue;
                }
                let place = format!("{}/sources/{i}", join("/scores/effort/indicators", id));
                let hint = suggest(source, document.sources.keys().map(Text::as_str));
                self.error(ErrorCode::Dangling, &place, "this source is not declared", &hint);
            }
        }
        let Shape::Tagged(_, kinds) = HistoryEvent::SHAPE else { return };
        for (name, source) in document.sources.iter() {
            for (i, known) in source.knows.iter().enumerate() {
                if !kinds.iter().any(|(kind, _)| kind == known) {
                    let place = format!("{}/knows/{i}", join("/sources", name));
                    let hint = suggest(known, kinds.iter().map(|(kind, _)| *kind));
                    self.error(ErrorCode::UnknownWord, &place, "no such type of event", &hint);
                }
            }
        }
    }

    fn each<'a>(&mut self, path: &str, keys: impl Iterator<Item = &'a Text>, known: &[&str]) {
        for key in keys.filter(|key| !known.contains(&key.as_str())) {
            let hint = suggest(key, known.iter().copied());
            let message = format!("`{key}` is not known here");
            self.error(ErrorCode::UnknownField, &join(path, key), message, &hint);
        }
    }

    fn evidence(&mut self, what: &str) {
        let known = match what.split_once(':') {
            Some(("page", name)) => PageRole::WORDS.contains(&name),
            Some(("signal", name)) => SignalKind::WORDS.contains(&name),
            Some(("wish", name)) => WishFor::WORDS.contains(&name),
            Some(("vote", name)) => name == "helpful",
            Some(("case", name)) => name == "open",
            Some(("search", name)) => name == "any",
            Some(("stage", name)) => StageName::WORDS.contains(&name),
            // Milestones are named by who records them.
            Some(("milestone", name)) => !name.is_empty(),
            _ => false,
        };
        if !known {
            let hint = "page:<role>, signal:<kind>, wish:<for>, search:any, vote:helpful, case:open, \
                 milestone:<name> or stage:<name>";
            let place = join("/scores/intent/evidence", what);
            self.error(ErrorCode::UnknownField, &place, "nothing shows this", hint);
        }
    }

    fn guards(&mut self, document: &Document) {
        for (id, cap) in document.guards.caps.iter() {
            let place = format!("{}/window", join("/guards/caps", id));
            let (sliding, visit) = (cap.window.sliding_ms, cap.window.visit == Some(true));
            let windows = [sliding.is_some(), visit, cap.window.calendar.is_some()];
            if windows.into_iter().filter(|window| *window).count() != 1 {
                let hint = "{ \"slidingMs\": 604800000 }, { \"calendar\": \"week\" } or { \"visit\": true }";
                self.error(ErrorCode::Conflict, &place, "a cap looks at exactly one window", hint);
            }
            if sliding.is_some_and(|span| span.0 <= 0) {
                let place = format!("{place}/slidingMs");
                let hint = "for never, set the limit to 0; for no cap, set it to null";
                self.error(ErrorCode::OutOfRange, &place, "a window has a length", hint);
            }
            if cap.purposes.contains(&Purpose::Answer) {
                let place = format!("{}/purposes", join("/guards/caps", id));
                let hint = "leave `answer` out";
                self.error(ErrorCode::Conflict, &place, "an answer is never withheld", hint);
            }
        }
        for (id, quiet) in document.guards.quiet_hours.iter() {
            if quiet.from == quiet.to {
                let place = join("/guards/quietHours", id);
                let hint = "quiet all day is a cap of 0 on these channels";
                self.error(ErrorCode::Conflict, &place, "it begins when it ends", hint);
            }
        }
        for rule in document.rules.guards.iter().filter(|r| r.blocks.has(Purpose::Answer)) {
            let place = format!("{}/blocks", join("/guards/rules", &rule.id));
            let hint = "leave `answer` out";
            self.error(ErrorCode::Conflict, &place, "an answer is never withheld", hint);
        }
    }

    fn thresholds(&mut self, document: &Document) {
        let t = &document.routes.thresholds;
        for (leave, enter, name) in [
            (t.withdraw_human, t.offer_human, "withdrawHuman"),
            (t.withdraw_help, t.offer_help, "withdrawHelp"),
        ] {
            if leave > enter {
                let place = format!("/routes/thresholds/{name}");
                let message = "an offer would be withdrawn before it is made";
                let hint = "leave below where you enter, so that offers do not flicker";
                self.error(ErrorCode::Conflict, &place, message, hint);
            }
        }
        let bands = &document.scores.friction.bands;
        if bands.raised > bands.high {
            let hint = "raised comes before high";
            let place = "/scores/friction/bands";
            self.error(ErrorCode::Conflict, place, "the bands are out of order", hint);
        }
    }

    fn promises(&mut self, document: &Document) {
        for route in Route::ALL.iter().filter(|route| **route != Route::None) {
            let name = route.as_str();
            if !document.promises.contains_key(name) {
                let hint = "no promise, no touch: this route will never be taken";
                let place = join("/promises", name);
                self.warn(ErrorCode::Missing, &place, "this route promises nothing", hint);
            }
        }
        for (route, promise) in document.promises.iter() {
            let dated = promise.later.is_some();
            if dated && !document.routes.slas.contains_key(route) {
                let hint =
                    "{ \"routes\": { \"slas\": { \"human\": { \"businessMs\": 14400000 } } } }";
                let place = join("/routes/slas", route);
                self.warn(ErrorCode::Missing, &place, "nothing says by when this answers", hint);
            }
        }
    }

    /// Guards an organisation left out: allowed, and worth two looks.
    fn left_out(&mut self, document: &Document) {
        let (guards, windows) = (&document.guards, &document.guards.windows);
        let present = [
            ("/guards/consent", guards.consent.is_some()),
            ("/guards/suppression", guards.suppression.is_some()),
            ("/guards/clock", guards.clock.is_some()),
            ("/guards/caps", !guards.caps.is_empty()),
            ("/guards/quietHours", !guards.quiet_hours.is_empty()),
            ("/guards/windows/openCase", windows.open_case.is_some()),
            ("/guards/windows/onboarding", windows.onboarding.is_some()),
            ("/guards/windows/renewal", windows.renewal.is_some()),
            ("/guards/windows/friction", windows.friction.is_some()),
            ("/guards/windows/sensitive", windows.sensitive.is_some()),
            ("/readiness", document.readiness.is_some()),
        ];
        // Entry by entry the same can be done.
        for purpose in [Purpose::Pitch, Purpose::Survey, Purpose::ReachOutHelp] {
            let limited = |cap: &Cap| cap.purposes.contains(&purpose);
            if !guards.caps.is_empty() && !guards.caps.iter().any(|(_, cap)| limited(cap)) {
                let message = format!("nothing limits how often: `{}`", purpose.as_str());
                let hint = "a cap with this purpose; an approval must say so otherwise";
                self.warn(ErrorCode::Missing, "/guards/caps", message, hint);
            }
        }
        for (place, _) in present.iter().filter(|(_, there)| !there) {
            let hint = "without it nothing of the kind is checked; an approval must say so";
            self.warn(ErrorCode::Missing, place, "this guard is left out", hint);
        }
    }
}
