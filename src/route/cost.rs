//! Expected effort of a way of helping: waiting, doing, and, if it fails, what comes after.

use super::usable::{Usable, usable};
use super::{Because, Router};
use crate::decision::ReasonCode;
use crate::event::history::{ContactStep, HistoryBody};
use crate::event::{Channel, Route};
use crate::signal::SignalKind;
use crate::unit::{Ms, Permille};

/// Trouble that reading does not mend.
const BROKEN_PAGE: [SignalKind; 5] = [
    SignalKind::RageClick,
    SignalKind::DeadClick,
    SignalKind::ErrorClick,
    SignalKind::RepeatError,
    SignalKind::FormStruggle,
];

impl Router<'_> {
    /// Every way of helping that is open, with what it is expected to cost in ms, and the article.
    pub(super) fn candidates(&self, because: &mut Because) -> Vec<(i64, Route, Option<usize>)> {
        let s = self.s;
        let after = self.person_cost();
        let mut list = Vec::new();
        if let Some((article, read_ms)) = self.best_article() {
            let failed = self.failed_self_service(because);
            if !failed {
                let odds = s.moment.articles.get(article).map_or(Permille::ZERO, |a| a.solves);
                let odds = if self.page_is_broken() {
                    odds.get() * s.policy.routes.article_on_broken_page.get() / 1000
                } else {
                    odds.get()
                };
                let cost = self.with_failure(read_ms, odds, after);
                list.push((cost, Route::Article, Some(article)));
            }
        } else if s.moment.articles.iter().any(|a| s.visit.read_at(s.visit.key(&a.id)).is_some()) {
            because.cite(ReasonCode::AlreadyRead, || {
                s.visit
                    .latest(SignalKind::ArticleRead)
                    .map(|signal| signal.evidence())
                    .into_iter()
                    .collect()
            });
        }
        if let (Usable::Now(wait), false) = (usable(s, Route::Chatbot), self.bot_failed(because))
            && let Some(handling) = s.policy.routes.handling.get(Route::Chatbot.as_str())
        {
            let doing = wait.plus(handling.ms).0;
            let cost = self.with_failure(doing, handling.solves.get(), after);
            list.push((cost, Route::Chatbot, None));
        }
        list.push((after, self.desk(), None));
        list
    }

    /// A person: live, or by a date.
    fn person_cost(&self) -> i64 {
        let p = &self.s.policy.routes;
        let desk = self.desk();
        let handling = p.handling.get(desk.as_str());
        let (ms, solves) = handling.map_or((Ms(0), 1000), |h| (h.ms, h.solves.get()));
        let wait = match usable(self.s, desk) {
            Usable::Now(wait) => wait,
            _ => match usable(self.s, Route::Human) {
                Usable::Now(wait) => wait,
                _ => p.later_ms,
            },
        };
        self.with_failure(wait.plus(ms).0, solves, p.later_ms.0)
    }

    fn with_failure(&self, doing: i64, solves: i64, after: i64) -> i64 {
        let fails = (1000 - solves).max(0);
        let again = after.saturating_add(self.s.policy.routes.penalty_ms.0);
        doing.saturating_add(again.saturating_mul(fails) / 1000)
    }

    /// The article most likely to help that was not read yet, and how long reading it takes.
    pub(super) fn best_article(&self) -> Option<(usize, i64)> {
        let s = self.s;
        let open = s.visit.open_page().map(|(page, ..)| page);
        let unread = s.moment.articles.iter().enumerate().filter(|(_, article)| {
            let key = s.visit.key(&article.id);
            // What is open already needs no pointing at.
            s.visit.read_at(key).is_none() && open != Some(key)
        });
        let (i, article) =
            unread.max_by_key(|(i, article)| (article.solves, core::cmp::Reverse(*i)))?;
        let usual = s.policy.routes.handling.get(Route::Article.as_str()).map(|h| h.ms);
        Some((i, article.read_ms.or(usual).unwrap_or_default().0))
    }

    /// The trouble is the page itself.
    fn page_is_broken(&self) -> bool {
        BROKEN_PAGE.iter().any(|kind| self.s.visit.board().count(*kind) > 0)
    }

    /// Enough attempts to help oneself have failed.
    fn failed_self_service(&self, because: &mut Because) -> bool {
        let board = self.s.visit.board();
        let read = self.s.visit.read().count();
        let failed = usize::from(board.count(SignalKind::ZeroResultSearch)) + read;
        let most = usize::from(self.s.policy.routes.max_failed_self_service);
        if failed < most.max(1) {
            return false;
        }
        because.cite(ReasonCode::FailedSelfService, || self.trouble_evidence());
        true
    }

    /// The machine has failed on this matter before.
    fn bot_failed(&self, because: &mut Because) -> bool {
        let s = self.s;
        let failed = s.history.ledger().contacts.iter().find(|event| {
            s.history.events().get(**event).is_some_and(|e| {
                let HistoryBody::Contact(c) = &e.body else { return false };
                c.channel == Channel::Chatbot
                    && c.matter.is_some()
                    && c.matter == s.moment.matter
                    && (matches!(c.step, ContactStep::Escalated | ContactStep::Abandoned)
                        || c.step == ContactStep::Ended && c.solved == Some(false))
            })
        });
        if let Some(event) = failed {
            because.cite(ReasonCode::FailedSelfService, || vec![s.history.evidence(*event)]);
        }
        failed.is_some()
    }
}
