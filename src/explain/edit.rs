//! A single change to what a decision is made from.

use crate::Text;
use crate::event::history::Value;
use crate::event::{HistoryEvent, Route, VisitEvent};
use crate::history::History;
use crate::moment::{Article, HandledBy, Moment, RouteStatus};
use crate::program::Policy;
use crate::shape::{Table, record};
use crate::unit::Ms;
use crate::visit::Visit;

record! {
    /// A single change, as data: what is not there stays as it is.
    #[derive(Default)]
    pub struct Edit {
        /// Another present. What was known of the desks is then as fresh as it is now.
        pub now: Option<Ms>,
        /// Another status of a route.
        pub route: Option<RouteStatus>,
        /// Another article of that id.
        pub article: Option<Article>,
        /// A person who is on it.
        pub handled_by: Option<HandledBy>,
        /// Features pushed along with the moment.
        pub facts: Option<Table<Value>>,
        /// Something more that is known.
        pub learn: Option<HistoryEvent>,
        /// Events, by id, that never were.
        pub forget: Option<Vec<Text>>,
        /// Something more that happens on the page.
        pub say: Option<VisitEvent>,
        /// What the moment no longer tells, by its name.
        pub lacks: Option<Text>,
    }
}

impl Edit {
    /// The moment with the change.
    #[must_use]
    pub fn moment(&self, moment: &Moment) -> Moment {
        let mut moment = moment.clone();
        if let Some(now) = self.now {
            let passed = now.minus(moment.now);
            moment.now = now;
            moment.routes.iter_mut().for_each(|status| status.as_of = status.as_of.plus(passed));
            moment.clocks.iter_mut().for_each(|clock| *clock = clock.plus(passed));
        }
        if let Some(status) = &self.route {
            moment.routes.retain(|known| known.route != status.route);
            moment.routes.push(status.clone());
        }
        if let Some(article) = &self.article
            && let Some(known) = moment.articles.iter_mut().find(|it| it.id == article.id)
        {
            known.clone_from(article);
        }
        moment.handled_by = self.handled_by.clone().or(moment.handled_by);
        for (name, value) in self.facts.iter().flat_map(Table::iter) {
            moment.facts.insert(name, value.clone());
        }
        match self.lacks.as_deref() {
            Some("handledBy") => moment.handled_by = None,
            Some("privacySignal") => moment.privacy_signal = None,
            Some("automated") => moment.automated = None,
            Some("clocks") => moment.clocks.clear(),
            Some("language") => moment.language = None,
            Some("wants") => moment.wants.clear(),
            Some("articles") => moment.articles.clear(),
            Some("text") => {
                moment.proposal.iter_mut().for_each(|proposal| proposal.text = None);
            }
            _ => {}
        }
        moment
    }

    /// The history with the change.
    #[must_use]
    pub fn history(&self, history: &History) -> History {
        let gone = self.forget.as_deref().unwrap_or_default();
        let mut known = if gone.is_empty() {
            history.clone()
        } else {
            history.only(&|e| !gone.contains(&e.id))
        };
        known.learn(self.learn.clone());
        known
    }

    /// The visit with the change.
    #[must_use]
    pub fn visit(&self, policy: &Policy, visit: &Visit) -> Visit {
        let mut visit = visit.clone();
        if let Some(event) = &self.say {
            visit.track(&policy.signals, event);
        }
        visit
    }
}

impl RouteStatus {
    /// A desk that can take anybody, as known at an instant.
    pub(super) fn ready(route: Route, as_of: Ms) -> Self {
        Self {
            route,
            as_of,
            open: true,
            staffed: Some(true),
            capacity: None,
            next_open_at: None,
            wait_p50_ms: None,
            wait_p80_ms: None,
            skills: Vec::new(),
            languages: Vec::new(),
            completes: Vec::new(),
        }
    }
}
