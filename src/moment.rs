//! The moment a decision is about: the clock, the place, who is on duty, what is at hand.

use crate::Text;
use crate::event::history::Value;
use crate::event::{Channel, Purpose, Route, SurveyKind};
use crate::score::StageName;
use crate::shape::{Table, record};
use crate::unit::{Ms, Permille};

record! {
    /// Everything about the present that the host knows and the engine cannot: there is no hidden
    /// clock, so a decision replays exactly.
    #[derive(Default)]
    pub struct Moment {
        /// The present.
        pub now: Ms,
        /// Other clocks the host trusts; more than the policy's skew apart, none is trusted.
        pub clocks: Vec<Ms>,
        /// The person's offsets from UTC, in order; empty means the zone is not known.
        pub zone: Vec<ZoneOffset>,
        /// ISO 3166-1 alpha-2, when the zone is not known.
        pub country: Option<Text>,
        /// Who and what is on duty.
        pub routes: Vec<RouteStatus>,
        /// A person is on it right now.
        pub handled_by: Option<HandledBy>,
        /// Articles that fit what the person is at.
        pub articles: Vec<Article>,
        /// Offers that could be made.
        pub offers: Vec<Offer>,
        /// The person's language (BCP 47).
        pub language: Option<Text>,
        /// The matter the page is about, when the host knows it.
        pub matter: Option<Text>,
        /// Questions the page is about to ask.
        pub wants: Vec<Text>,
        /// "May *this* touch be made?"
        pub proposal: Option<Proposal>,
        /// Global Privacy Control.
        pub privacy_signal: Option<bool>,
        /// The host's own verdict that this is not a person.
        pub automated: Option<bool>,
        /// Features the host computed itself and pushes; they win over facts of the history.
        pub facts: Table<Value>,
    }
}

record! {
    /// From an instant on, local time is so many minutes ahead of UTC.
    #[derive(Copy)]
    pub struct ZoneOffset {
        /// First instant it holds.
        pub from: Ms,
        /// Minutes ahead of UTC, -1080..=1080.
        pub offset_minutes: i32,
    }
}

record! {
    /// Whether a way of helping can take the person.
    pub struct RouteStatus {
        /// Which.
        pub route: Route,
        /// When this was known; older than the policy's freshness, it is not believed.
        pub as_of: Ms,
        /// Open by its hours.
        pub open: bool,
        /// Somebody is there.
        pub staffed: Option<bool>,
        /// How many more can be taken; not limited when absent.
        pub capacity: Option<u32>,
        /// When it opens next.
        pub next_open_at: Option<Ms>,
        /// Half of the people wait no longer than this.
        pub wait_p50_ms: Option<Ms>,
        /// Four in five wait no longer than this; what a promise may be built on.
        pub wait_p80_ms: Option<Ms>,
        /// What it can deal with.
        pub skills: Vec<Text>,
        /// Languages it speaks.
        pub languages: Vec<Text>,
        /// Matters it can finish by itself.
        pub completes: Vec<Text>,
    }
}

record! {
    /// A person who is on it right now.
    pub struct HandledBy {
        /// Where.
        pub route: Route,
        /// Who.
        pub name: Option<Text>,
    }
}

record! {
    /// An article that could be shown.
    pub struct Article {
        /// Its id; a page view with this id is this article.
        pub id: Text,
        /// What it is about.
        pub matter: Text,
        /// The share of its readers it helps.
        pub solves: Permille,
        /// How long reading it takes.
        pub read_ms: Option<Ms>,
        /// What it is called, for the words the visitor reads.
        pub title: Option<Text>,
        /// The stages it is written for; any when empty.
        pub stages: Vec<StageName>,
    }
}

impl Article {
    /// Whether it is for somebody at this stage. Where nobody knows the stage, nothing says that it is
    /// not.
    #[must_use]
    pub fn is_for(&self, stage: StageName) -> bool {
        self.stages.is_empty() || stage == StageName::Unknown || self.stages.contains(&stage)
    }
}

record! {
    /// An offer that could be made.
    pub struct Offer {
        /// Its id.
        pub id: Text,
        /// Milestones that show the need it meets (`name` or `name:what`).
        pub needs: Vec<Text>,
        /// Its template.
        pub template: Option<Text>,
    }
}

record! {
    /// A touch the host would like to make.
    pub struct Proposal {
        /// What for, as the host claims.
        pub purpose: Purpose,
        /// Where.
        pub channel: Channel,
        /// Where it leads.
        pub route: Option<Route>,
        /// What it offers.
        pub offer: Option<Text>,
        /// Its approved template, which decides the purpose.
        pub template: Option<Text>,
        /// The host's own text: the only text that enters.
        pub text: Option<Text>,
        /// When it is a survey.
        pub survey: Option<ProposedSurvey>,
    }
}

record! {
    /// The survey a proposal asks for.
    pub struct ProposedSurvey {
        /// What it measures.
        pub kind: SurveyKind,
        /// Drawn by chance.
        pub sampled: Option<bool>,
        /// Who chose the person.
        pub invited_by: Option<Text>,
    }
}

impl Moment {
    /// A moment at `now` of which nothing else is known.
    #[must_use]
    pub fn at(now: Ms) -> Self {
        Self { now, ..Self::default() }
    }

    /// The status of a route, if the host gave one.
    #[must_use]
    pub fn status(&self, route: Route) -> Option<&RouteStatus> {
        self.routes.iter().find(|status| status.route == route)
    }
}
