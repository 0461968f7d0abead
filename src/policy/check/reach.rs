//! Thresholds that nothing can reach: whatever happens, they change nothing.

use super::Checker;
use crate::ErrorCode;
use crate::policy::document::Document;
use crate::score::Intents;

const WHOLE: i64 = 1000;

impl Checker<'_> {
    pub(super) fn reach(&mut self, document: &Document) {
        self.friction_reach(document);
        self.effort_reach(document);
        let (scores, routes) = (&document.scores, &document.routes);
        let p = &scores.urgency;
        // What is owed and promised adds to the score, not to the class.
        let urgency =
            p.friction.get() * friction_at_most(document) / WHOLE + p.contact_intent.get();
        // Contacts on the matter have no upper bound.
        if p.repeat_contact.get() == 0 {
            self.unreached("/scores/urgency/softAt", p.soft_at.get(), urgency);
        }
        let p = &scores.complexity;
        if p.part.get() == 0 && p.transfer.get() == 0 {
            let most = p.no_article.get().max(p.weak_article.get());
            self.unreached("/scores/complexity/high", p.high.get(), most);
        }
        let p = &scores.intent;
        for (i, name) in Intents::NAMES.iter().enumerate() {
            let cap = i64::from(p.cap);
            let points =
                |it: &Intents| it.list().get(i).map_or(0, |points| i64::from(*points) * cap);
            let most: i64 = p.evidence.iter().map(|(_, it)| points(it)).sum();
            if most > 0 && most < p.min_evidence.get() {
                let message = format!(
                    "`{name}` is never found: all evidence of it is {most} points, {} are needed",
                    p.min_evidence.get()
                );
                let hint = "more points for what shows it, or a lower minEvidence";
                self.warn(ErrorCode::OutOfRange, "/scores/intent/minEvidence", message, hint);
            }
        }
        let thresholds = &routes.thresholds;
        let contact = thresholds.contact_intent.get();
        let grades = document.signals.contact_intent.as_ref().map_or(0, |p| {
            let all = [p.grade_page, p.grade_page_after_trouble, p.grade_page_landing];
            all.iter().chain([&p.grade_direct]).map(|grade| grade.get()).max().unwrap_or(0)
        });
        self.unreached("/routes/thresholds/contactIntent", contact, grades);
    }

    fn friction_reach(&mut self, document: &Document) {
        let most = friction_at_most(document);
        let (t, bands) = (&document.routes.thresholds, &document.scores.friction.bands);
        for (place, from) in [
            ("/routes/thresholds/offerHelp", t.offer_help),
            ("/routes/thresholds/offerHuman", t.offer_human),
            ("/scores/friction/bands/high", bands.high),
        ] {
            self.unreached(place, from.get(), most);
        }
    }

    fn effort_reach(&mut self, document: &Document) {
        let p = &document.scores.effort;
        let points = p.indicators.iter().map(|(_, it)| i64::from(it.points) * i64::from(it.cap));
        let points: i64 = points.sum();
        let most = WHOLE * points / (points + i64::from(p.k)).max(1);
        self.unreached("/scores/effort/high", p.high.get(), most);
        if points < i64::from(p.relative.min_points) {
            let place = "/scores/effort/relative/minPoints";
            self.unreached(place, p.relative.min_points.into(), points);
        }
    }

    fn unreached(&mut self, place: &str, from: i64, most: i64) {
        if from > most {
            let message = format!("it begins at {from}, and no more than {most} can come about");
            let hint = "lower it, or raise the weights it rests on; as it is, it never applies";
            self.warn(ErrorCode::OutOfRange, place, message, hint);
        }
    }
}

/// Every kind of trouble at once, at its worst and just now.
fn friction_at_most(document: &Document) -> i64 {
    let kinds = &document.scores.friction.kinds;
    let kept = kinds
        .iter()
        .fold(WHOLE * WHOLE, |kept, (_, kind)| kept * (WHOLE - kind.weight.get()) / WHOLE);
    // Rounded up: a threshold is only called out of reach when it is.
    WHOLE - kept / WHOLE
}
