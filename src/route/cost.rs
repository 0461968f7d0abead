//! Expected effort of a way of helping: waiting, doing, and, if it fails, what comes after.

use super::usable::{self, Usable, usable};
use super::{Because, Router};
use crate::decision::ReasonCode;
use crate::event::history::{Contact, ContactStep};
use crate::event::{Channel, Route};
use crate::signal::SignalKind;
use crate::unit::{Ms, Permille};
use crate::{Text, literal, text};

/// Trouble that reading does not mend.
const BROKEN_PAGE: [SignalKind; 5] = [
    SignalKind::RageClick,
    SignalKind::DeadClick,
    SignalKind::ErrorClick,
    SignalKind::RepeatError,
    SignalKind::FormStruggle,
];

/// A way of helping, and what it is expected to cost the person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) route: Route,
    /// In ms, what comes after a failed attempt included.
    pub(super) cost: i64,
    /// Position of the article.
    pub(super) article: Option<usize>,
}

/// Why a way is not open.
pub(super) type Out = (ReasonCode, Vec<Text>);

impl Router<'_> {
    /// Every way of helping that is open; what speaks against the others is said where it is about
    /// this person.
    pub(super) fn ways(&self, because: &mut Because) -> Vec<Way> {
        let mut list = Vec::new();
        for route in [Route::Article, Route::Chatbot, self.desk()] {
            match self.way(route) {
                Ok(way) => list.push(way),
                Err((code, evidence)) => {
                    let own = matches!(
                        code,
                        ReasonCode::AlreadyRead
                            | ReasonCode::FailedSelfService
                            | ReasonCode::OneWay
                    );
                    if own {
                        because.cite(code, || evidence);
                    }
                }
            }
        }
        list
    }

    /// A way of helping, or why it is not open.
    pub(super) fn way(&self, route: Route) -> Result<Way, Out> {
        let s = self.s;
        if let Some(down) = self.step_down(route) {
            return Err(down);
        }
        match route {
            Route::Article => {
                let (article, read_ms) =
                    self.best_article().ok_or_else(|| self.nothing_to_read())?;
                if let Some(failed) = self.failed_self_service() {
                    return Err((ReasonCode::FailedSelfService, failed));
                }
                let cost = self.with_failure(read_ms, self.odds(article), self.person_cost());
                Ok(Way { route, cost, article: Some(article) })
            }
            Route::Chatbot => {
                let wait = match usable(s, route) {
                    Usable::Now(wait) => wait,
                    Usable::Later { why } => {
                        let why = why.unwrap_or(ReasonCode::NobodyAvailable);
                        return Err((why, self.status_of(route)));
                    }
                    Usable::No => return Err((ReasonCode::NobodyAvailable, self.status_of(route))),
                };
                let complex = s.scores.complexity >= s.policy.scores.complexity.high;
                if complex && !usable::completes(s) {
                    return Err((ReasonCode::Complexity, vec!["policy:/scores/complexity".into()]));
                }
                if let Some(failed) = self.bot_failed() {
                    return Err((ReasonCode::FailedSelfService, failed));
                }
                let handling = s.policy.routes.handling.get(route.as_str());
                let (ms, solves) = handling.map_or((Ms(0), 0), |it| (it.ms, it.solves.get()));
                let solves = if usable::completes(s) { Permille::ONE.get() } else { solves };
                let cost = self.with_failure(wait.plus(ms).0, solves, self.person_cost());
                Ok(Way { route, cost, article: None })
            }
            _ => Ok(Way { route, cost: self.person_cost(), article: None }),
        }
    }

    /// Where a route's status is told, or that it is not.
    pub(super) fn status_of(&self, route: Route) -> Vec<Text> {
        let told = self.s.moment.status(route).is_some();
        let place = if told { "moment:" } else { "absent:moment" };
        vec![text!("{place}/routes/{}", route.as_str())]
    }

    /// Why there is no article to offer.
    pub(super) fn nothing_to_read(&self) -> Out {
        let s = self.s;
        let read = s.moment.articles.iter().any(|a| s.visit.read_at(s.visit.key(&a.id)).is_some());
        if read {
            let seen = s.visit.latest(SignalKind::ArticleRead).map(|signal| signal.evidence());
            return (ReasonCode::AlreadyRead, seen.into_iter().collect());
        }
        (ReasonCode::NothingToRead, vec![literal!("absent:moment/articles")])
    }

    /// The share of readers an article helps, here.
    pub(super) fn odds(&self, article: usize) -> i64 {
        let odds = self.s.moment.articles.get(article).map_or(Permille::ZERO, |a| a.solves);
        if self.page_is_broken() {
            odds.get() * self.s.policy.routes.article_on_broken_page.get() / 1000
        } else {
            odds.get()
        }
    }

    /// A person: live, or by a date.
    pub(super) fn person_cost(&self) -> i64 {
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
        let stage = s.scores.stage.0;
        let unread = s.moment.articles.iter().enumerate().filter(|(_, article)| {
            let key = s.visit.key(&article.id);
            // What is open already needs no pointing at.
            let about = s.moment.matter.as_ref().is_none_or(|matter| *matter == article.matter);
            about && s.visit.read_at(key).is_none() && open != Some(key) && article.is_for(stage)
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

    /// Enough attempts to help oneself have failed: here, and before on the matter.
    fn failed_self_service(&self) -> Option<Vec<Text>> {
        let s = self.s;
        let board = s.visit.board();
        let here = usize::from(board.count(SignalKind::ZeroResultSearch)) + s.visit.read().count();
        let before = self.failed(|contact| {
            contact.channel.is_self_service() && contact.channel != Channel::Chatbot
        });
        let most = usize::from(s.policy.routes.max_failed_self_service).max(1);
        if here + before.len() < most {
            return None;
        }
        let mut evidence = self.trouble_evidence();
        let before = before.into_iter().filter(|_| self.told);
        evidence.extend(before.map(|event| s.history.evidence(event)));
        Some(evidence)
    }

    /// The machine has failed on this matter before.
    fn bot_failed(&self) -> Option<Vec<Text>> {
        let failed = self.failed(|contact| contact.channel == Channel::Chatbot);
        (!failed.is_empty())
            .then(|| failed.into_iter().map(|event| self.s.history.evidence(event)).collect())
    }

    /// Contacts on the matter at hand that came to nothing.
    fn failed(&self, counts: impl Fn(&Contact) -> bool) -> Vec<usize> {
        let s = self.s;
        let failed = s.history.contacts().filter(|(_, _, contact)| {
            counts(contact)
                && contact.matter.is_some()
                && contact.matter == s.moment.matter
                && (matches!(contact.step, ContactStep::Escalated | ContactStep::Abandoned)
                    || contact.step == ContactStep::Ended && contact.solved == Some(false))
        });
        failed.map(|(event, ..)| event).collect()
    }
}
