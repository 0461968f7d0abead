//! What routing is told that cannot be meant: hours nobody declared, words for nothing, promises with
//! gaps in them.

use super::Checker;
use crate::event::{PromiseKind, Route};
use crate::json::{join, suggest};
use crate::policy::document::Document;
use crate::{ErrorCode, Text};

/// What a promise may leave open.
const GAPS: [&str; 1] = ["{minutes}"];
/// What may be known of the moment without asking.
const OF_MOMENT: [&str; 3] = ["language", "matter", "country"];

impl Checker<'_> {
    pub(super) fn routes(&mut self, document: &Document) {
        let p = &document.routes;
        self.each("/routes/channels", p.channels.keys(), Route::WORDS);
        for (route, sla) in p.slas.iter() {
            if sla.business_ms.0 < 0 {
                let place = join(&join("/routes/slas", route), "businessMs");
                let hint = "how much open time an answer takes at most";
                self.error(ErrorCode::OutOfRange, &place, "an answer takes time", hint);
            }
            let Some(calendar) = sla.calendar.as_ref() else { continue };
            if !p.calendars.contains_key(calendar) {
                let place = join(&join("/routes/slas", route), "calendar");
                let hint = suggest(calendar, p.calendars.keys().map(Text::as_str));
                self.error(ErrorCode::Dangling, &place, "this calendar is not declared", &hint);
            }
        }
        for (id, _) in p.calendars.iter().filter(|(_, hours)| hours.blocks.is_empty()) {
            let hint = "{ \"mon\": [[\"09:00\", \"17:00\"]] }";
            let place = join(&join("/routes/calendars", id), "open");
            self.warn(ErrorCode::Missing, &place, "it never opens", hint);
        }
        if p.handover.as_ref().is_some_and(|it| it.lapse_ms.min(it.owed_ms) <= it.answer_within_ms)
        {
            let hint = "let it lapse later than it has to be answered";
            let message = "it would be over before it is late";
            self.error(ErrorCode::Conflict, "/routes/handover/lapseMs", message, hint);
        }
        self.questions(document);
        self.gaps(document);
        self.translated(document);
        if let Some(kept) = &document.guards.kept_rate {
            self.each("/guards/keptRate/facts", kept.facts.keys(), PromiseKind::WORDS);
            self.each("/guards/keptRate/reviewed", kept.reviewed.keys(), PromiseKind::WORDS);
        }
    }

    fn questions(&mut self, document: &Document) {
        for (field, question) in document.questions.iter() {
            let place = join("/questions", field);
            if question.why.trim().is_empty() {
                let hint = "say in a sentence what the person gains by answering";
                self.error(ErrorCode::Missing, &join(&place, "why"), "no reason to ask", hint);
            }
            let Some(by) = question.known_by.as_deref() else { continue };
            if !OF_MOMENT.contains(&by) && !document.rules.facts.iter().any(|fact| fact == by) {
                let known = document.rules.facts.iter().map(Text::as_str);
                let hint = suggest(by, known.chain(OF_MOMENT));
                let message = format!("nothing is called `{by}`");
                self.error(ErrorCode::Dangling, &join(&place, "knownBy"), message, &hint);
            }
        }
    }

    /// So with its translations.
    fn translated(&mut self, document: &Document) {
        for (language, words) in document.translations.iter() {
            let promises = words.iter().filter(|(code, _)| code.starts_with("promise:"));
            for (code, words) in promises {
                let filled =
                    GAPS.iter().fold(words.visitor.to_string(), |text, gap| text.replace(gap, ""));
                if filled.contains(['{', '}']) {
                    let place = join(&join("/translations", language), code);
                    let message = "nothing fills this gap in the text";
                    self.error(ErrorCode::Dangling, &place, message, "{minutes} is filled");
                }
            }
        }
    }

    /// A text with a gap that nothing fills is not fit to be shown.
    fn gaps(&mut self, document: &Document) {
        for (route, promise) in document.promises.iter() {
            let instead = promise.instead.as_ref().map(|it| ("instead/text", &it.text));
            let texts = [
                Some(("text", &promise.text)),
                promise.later.as_ref().map(|text| ("later", text)),
                promise.soon.as_ref().map(|text| ("soon", text)),
            ];
            if promise.instead.as_ref().is_some_and(|other| other.kind == promise.kind) {
                let place = format!("{}/instead/kind", join("/promises", route));
                let hint = "a kind that is kept, for example \"clearerNextStep\"";
                self.error(ErrorCode::Conflict, &place, "it is of the kind it replaces", hint);
            }
            for (name, text) in texts.into_iter().flatten().chain(instead) {
                let filled = GAPS.iter().fold(text.to_string(), |text, gap| text.replace(gap, ""));
                if text.trim().is_empty() {
                    let place = format!("{}/{name}", join("/promises", route));
                    self.error(ErrorCode::Missing, &place, "no words", "say what is promised");
                }
                if filled.contains(['{', '}']) {
                    let place = format!("{}/{name}", join("/promises", route));
                    let message = "nothing fills this gap in the text";
                    self.error(ErrorCode::Dangling, &place, message, "{minutes} is filled");
                }
            }
        }
    }
}

/// Whether the engine says something by this code besides the reasons.
pub(super) fn is_said(document: &Document, code: &str) -> bool {
    const SAID: [&str; 13] = [
        "ask",
        "withheld",
        "tried",
        "tried:and",
        "tried:article",
        "tried:bot",
        "tried:contact",
        "tried:deadClick",
        "tried:errorClick",
        "tried:form",
        "tried:rageClick",
        "tried:reading",
        "tried:search",
    ];
    let promised = |route: &str| {
        let (route, variant) = route.split_once(':').unwrap_or((route, ""));
        document.promises.contains_key(route) && ["", "later", "instead"].contains(&variant)
    };
    SAID.contains(&code)
        || code.strip_prefix("ask:").is_some_and(|field| document.questions.contains_key(field))
        || code.strip_prefix("promise:").is_some_and(promised)
}
