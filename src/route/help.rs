//! Help that is needed: the way that is expected to cost the person least.

use super::cost::Way;
use super::need::Need;
use super::usable::{self, Usable};
use super::{Because, Choice, Router, rank};
use crate::decision::ReasonCode;
use crate::event::{Purpose, Route};
use crate::guard::GuardId;

impl Router<'_> {
    pub(super) fn is_sensitive(&self) -> bool {
        self.objections.objects(Purpose::Pitch, GuardId::Sensitive)
    }

    /// Help that is needed, by the least expected effort.
    pub(super) fn needed(&self, because: &mut Because) -> Option<Choice> {
        let need = self.need()?;
        for (code, evidence) in self.need_reasons() {
            because.cite(code, || evidence);
        }
        let limit = self.closed(because);
        if self.objections.clear(Purpose::Assist).is_none() {
            for (code, evidence) in self.objections.cited(Purpose::Assist) {
                because.cite(code, || evidence);
            }
            return None;
        }
        if let Some(stays) = self.stays(need, because) {
            return Some(stays);
        }
        let way = self.best_way(need, limit, because)?;
        let (route, article) = match self.enough_changes(way.route) {
            None => (way.route, way.article),
            // It has changed often enough: what was shown last, or nothing.
            Some((last, event)) => {
                because.cite(ReasonCode::SessionCap, || vec![self.s.history.evidence(event)]);
                let last = self.live(Purpose::Assist, last);
                return last.or_else(|| Some(Choice::silence()));
            }
        };
        if let Some(article) = article
            && let Some(reading) = self.live(Purpose::Assist, Route::Article)
        {
            because.cite(ReasonCode::GoodArticle, || vec![format!("moment:/articles/{article}")]);
            return Some(reading);
        }
        // An article for which nothing may be promised is none.
        let route = if article.is_some() { self.desk() } else { route };
        Some(self.help(Purpose::Assist, route, because))
    }

    /// The way of the least expected effort below a rank; a person where one is needed.
    fn best_way(&self, need: Need, limit: u8, because: &mut Because) -> Option<Way> {
        let desk = self.desk();
        let person = Way { route: desk, cost: self.person_cost(), article: None };
        // In a sensitive moment nobody is sent to read or to a machine, nor is who waited for us.
        if self.is_sensitive() || self.owed() {
            if self.is_sensitive() {
                let cited = self.objections.cited(Purpose::Pitch);
                let code = ReasonCode::SensitiveMoment;
                let evidence = cited.into_iter().find(|(cited, _)| *cited == code);
                because.cite(code, || evidence.map_or_else(Vec::new, |(_, evidence)| evidence));
            }
            return Some(person).filter(|way| rank(way.route) < limit);
        }
        if need == Need::Person && rank(desk) < limit {
            return Some(self.instead_of_waiting(&person, because).unwrap_or(person));
        }
        let ways = self.ways(because).into_iter();
        let allowed = ways.filter(|way| rank(way.route) < limit);
        allowed.min_by_key(|way| (way.cost, rank(way.route)))
    }

    /// Where the wait is long and an article is likely to help and cheaper, it comes first, the person
    /// one step away.
    fn instead_of_waiting(&self, person: &Way, because: &mut Because) -> Option<Way> {
        let long = self.s.policy.routes.long_wait.as_ref()?;
        let waits = matches!(usable::usable(self.s, person.route), Usable::Now(_));
        if !waits || !self.is_long(person.route) {
            return None;
        }
        because.cite(ReasonCode::LongWait, || self.status_of(person.route));
        let article = self.way(Route::Article).ok()?;
        let helps = self.odds(article.article?) >= long.article_odds.get();
        (helps && article.cost <= person.cost).then_some(article)
    }
}
