//! Help that is needed: the way that is expected to cost the person least.

use super::cost::Way;
use super::need::Need;
use super::usable::{self, Usable};
use super::{Because, Choice, Router, rank};
use crate::decision::ReasonCode;
use crate::event::{Purpose, Route};
use crate::guard::GuardId;
use crate::text;

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
            // It has changed often enough: what was shown last, if that is still to be had.
            Some((last, event)) => {
                because.cite(ReasonCode::SessionCap, || vec![self.s.history.evidence(event)]);
                let open = rank(last) < limit && self.way(last).is_ok();
                let last = Some(last).filter(|_| open);
                let stays = last.and_then(|last| {
                    self.live(Purpose::Assist, last).or_else(|| self.later(Purpose::Assist, last))
                });
                if stays.is_some() {
                    return stays;
                }
                (way.route, way.article)
            }
        };
        if let Some(article) = article
            && let Some(reading) = self.live(Purpose::Assist, Route::Article)
        {
            because.cite(ReasonCode::GoodArticle, || vec![text!("moment:/articles/{article}")]);
            return Some(reading);
        }
        // An article for which nothing may be promised is none.
        let route = if article.is_some() { self.desk_below(self.desk(), limit)? } else { route };
        Some(self.help(Purpose::Assist, route, limit, because))
    }

    /// The way of the least expected effort below a rank; a person where one is needed.
    fn best_way(&self, need: Need, limit: u8, because: &mut Because) -> Option<Way> {
        let person = self.desk_below(self.desk(), limit).map(|route| Way {
            route,
            cost: self.person_cost(),
            article: None,
        });
        // In a sensitive moment nobody is sent to read or to a machine, nor is who waited for us.
        if self.is_sensitive() || self.owed() {
            if self.is_sensitive() {
                let cited = self.objections.cited(Purpose::Pitch);
                let code = ReasonCode::SensitiveMoment;
                let evidence = cited.into_iter().find(|(cited, _)| *cited == code);
                because.cite(code, || evidence.map_or_else(Vec::new, |(_, evidence)| evidence));
            }
            return person;
        }
        if let (Need::Person, Some(person)) = (need, person) {
            let other = self.instead_of_waiting(&person, because);
            return Some(other.or_else(|| self.finishes_it(&person, because)).unwrap_or(person));
        }
        let ways = self.ways(because).into_iter().chain(person);
        let allowed = ways.filter(|way| rank(way.route) < limit);
        allowed.min_by_key(|way| (way.cost, rank(way.route)))
    }

    /// While nobody is there, a conversation that can finish the matter is better than a date.
    fn finishes_it(&self, person: &Way, because: &mut Because) -> Option<Way> {
        let there = |route| matches!(usable::usable(self.s, route), Usable::Now(_));
        if there(person.route) || there(Route::Human) || !usable::completes(self.s) {
            return None;
        }
        let bot = self.way(Route::Chatbot).ok().filter(|bot| bot.cost < person.cost)?;
        because.cite(ReasonCode::NobodyAvailable, || self.status_of(person.route));
        because.cite(ReasonCode::BotCompletes, || self.status_of(Route::Chatbot));
        Some(bot)
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
