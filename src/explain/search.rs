//! The search for what would change the answer: along each dimension of what a decision is made from,
//! the smallest change that does. Every one is tried with the engine itself.

use super::WouldChange;
use super::edit::Edit;
use super::fading::fading;
use crate::decide::{decide, glance};
use crate::decision::{Decision, Urgency};
use crate::event::{Purpose, Route};
use crate::given::Given;
use crate::literal;
use crate::moment::{Moment, RouteStatus};
use crate::unit::{Ms, Permille};

/// Instants looked at, at most.
const INSTANTS: usize = 1000;
/// How far ahead time is looked at: as far as any window reaches.
const AHEAD: Ms = Ms(400 * 86_400_000);
/// Waits are looked at up to a day.
const LONGEST_WAIT: i64 = 86_400_000;

pub(super) struct Search<'a> {
    pub(super) given: Given<'a>,
    urgency: &'a Urgency,
    route: Route,
    denied: Vec<Purpose>,
    found: Vec<WouldChange>,
}

/// What is still looked for along a dimension.
pub(super) struct Open {
    route: bool,
    denied: Vec<Purpose>,
}

impl Open {
    pub(super) fn is_done(&self) -> bool {
        !self.route && self.denied.is_empty()
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(given: Given<'a>, decision: &'a Decision, denied: Vec<Purpose>) -> Self {
        let urgency = &decision.scores.urgency;
        Self { given, urgency, route: decision.route, denied, found: Vec::new() }
    }

    pub(super) fn run(mut self) -> Vec<WouldChange> {
        self.time();
        self.desks();
        self.waits();
        self.articles();
        self.facts();
        self.permissions();
        self.milestones();
        self.wishes();
        self.past();
        self.moment();
        self.found
    }

    pub(super) fn open(&self) -> Open {
        Open { route: true, denied: self.denied.clone() }
    }

    /// The answer with a change, and when it may change again by itself.
    fn try_out(&self, edit: &Edit) -> (Route, [bool; Purpose::ALL.len()], Ms) {
        let Given { policy, history, visit, moment } = self.given;
        let (visit, moment) = (&edit.visit(policy, visit), &edit.moment(moment));
        if edit.learn.is_none() && edit.forget.is_none() {
            return glance(Given { policy, history, visit, moment });
        }
        glance(Given { policy, history: &edit.history(history), visit, moment })
    }

    /// Tries a change; what it flips is noted once a dimension.
    pub(super) fn attempt(
        &mut self,
        open: &mut Open,
        edit: &Edit,
        change: impl Fn() -> String,
    ) -> Ms {
        let (route, allowed, next) = self.try_out(edit);
        let mut note = |of: &str, to: &str| {
            self.found.push(WouldChange {
                change: change(),
                to: to.to_owned(),
                of: of.to_owned(),
                edit: edit.clone(),
            });
        };
        if open.route && route != self.route {
            open.route = false;
            note("route", route.as_str());
        }
        open.denied.retain(|purpose| {
            let flips = allowed.get(*purpose as usize) == Some(&true);
            if flips {
                note(purpose.as_str(), "allowed");
            }
            !flips
        });
        next
    }

    /// The earliest instant at which waiting is enough.
    fn time(&mut self) {
        let mut open = self.open();
        let Given { policy, history, moment, .. } = self.given;
        let signals = &policy.signals;
        let mut visit = self.given.visit.clone();
        visit.tick(signals, visit.time_of(moment.now));
        let mut queue = fading(Given { visit: &visit, ..self.given }, self.urgency);
        queue.push(glance(self.given).2);
        // What ends by another of the clocks ends as much later, or sooner.
        let apart = moment.clocks.iter().map(|clock| moment.now.minus(*clock));
        let apart: Vec<Ms> = apart.chain([Ms(0)]).collect();
        let by_all = |at: Ms| apart.iter().map(move |span| at.plus(*span));
        let mut queue: Vec<Ms> = queue.into_iter().flat_map(by_all).collect();
        let (from, until) = (moment.now, moment.now.plus(AHEAD));
        let mut last = from;
        for _ in 0..INSTANTS {
            let next = queue.iter().copied().filter(|at| *at > last && *at <= until).min();
            let Some(now) = next.filter(|_| !open.is_done()) else { break };
            last = now;
            // A verdict that falls meanwhile is friction of its own.
            let t = visit.time_of(now);
            if visit.next_due(signals).is_some_and(|due| due <= t) {
                visit.tick(signals, t);
                let then = Moment { now, ..moment.clone() };
                // And what it adds to urgency, friction need no longer.
                let urgency = decide(policy, history, &visit, &then).scores.urgency;
                let given = Given { policy, history, visit: &visit, moment: &then };
                queue.extend(fading(given, &urgency));
            }
            let edit = Edit { now: Some(now), ..Edit::default() };
            let next = self.attempt(&mut open, &edit, || format!("it is {}", told(now)));
            queue.extend(by_all(next));
        }
    }

    /// Somebody is there who was not, or is not who was.
    fn desks(&mut self) {
        for route in [Route::Human, Route::Specialist, Route::Chatbot] {
            let mut open = self.open();
            let now = self.given.moment.now;
            let known = self.given.moment.status(route);
            let ready = known.map_or_else(
                || RouteStatus::ready(route, now),
                |known| RouteStatus {
                    open: true,
                    staffed: Some(true),
                    capacity: known.capacity.filter(|room| *room > 0),
                    as_of: now,
                    ..known.clone()
                },
            );
            let gone = RouteStatus { open: false, staffed: Some(false), ..ready.clone() };
            for (status, what) in [(ready, "can take people now"), (gone, "takes nobody now")] {
                if known == Some(&status) {
                    continue;
                }
                let edit = Edit { route: Some(status), ..Edit::default() };
                self.attempt(&mut open, &edit, || format!("{} {what}", route.as_str()));
            }
        }
    }

    /// Waiting takes longer, or not as long.
    fn waits(&mut self) {
        for status in &self.given.moment.routes {
            let half = status.wait_p50_ms.or(status.wait_p80_ms).unwrap_or_default().0;
            let most = status.wait_p80_ms.unwrap_or(Ms(half)).0;
            // Half of the people wait so long, and most of them.
            type With<'b> = &'b dyn Fn(i64) -> (i64, i64);
            let by_half: With<'_> = &|wait| (wait, most.max(wait));
            let by_most: With<'_> = &|wait| (half.min(wait), wait);
            for (who, now, with) in [("half", half, by_half), ("four in five", most, by_most)] {
                let edit = |wait: i64| {
                    let (p50, p80) = with(wait);
                    let waits = (Some(Ms(p50)), Some(Ms(p80)));
                    let (wait_p50_ms, wait_p80_ms) = waits;
                    let route = RouteStatus { wait_p50_ms, wait_p80_ms, ..status.clone() };
                    Edit { route: Some(route), ..Edit::default() }
                };
                for limit in [LONGEST_WAIT, 0] {
                    let flips = |wait: i64| self.try_out(&edit(wait)).0 != self.route;
                    let Some(wait) = nearest(now, limit, &flips) else { continue };
                    let mut open = Open { route: true, denied: Vec::new() };
                    let words =
                        || format!("{who} wait {} s for {}", wait / 1000, status.route.as_str());
                    self.attempt(&mut open, &edit(wait), words);
                }
            }
        }
    }

    /// An article helps more of its readers, or fewer.
    fn articles(&mut self) {
        for article in &self.given.moment.articles {
            let edit = |solves: i64| {
                let article =
                    crate::moment::Article { solves: Permille::new(solves), ..article.clone() };
                Edit { article: Some(article), ..Edit::default() }
            };
            for limit in [0, 1000] {
                let flips = |solves: i64| self.try_out(&edit(solves)).0 != self.route;
                let Some(solves) = nearest(article.solves.get(), limit, &flips) else { continue };
                let mut open = Open { route: true, denied: Vec::new() };
                let words = || format!("the article {} helps {solves} of 1000 readers", article.id);
                self.attempt(&mut open, &edit(solves), words);
            }
        }
        if !self.given.moment.articles.is_empty() {
            let edit = Edit { lacks: Some(literal!("articles")), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || "there is no article".to_owned());
        }
    }
}

/// The value nearest to `from`, towards `limit`, for which something holds, where it goes on holding
/// beyond.
fn nearest(from: i64, limit: i64, holds: &dyn Fn(i64) -> bool) -> Option<i64> {
    if from == limit || !holds(limit) {
        return None;
    }
    let (mut no, mut yes) = (from, limit);
    while (yes - no).abs() > 1 {
        let middle = no + (yes - no) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    Some(yes)
}

/// An instant in words.
fn told(at: Ms) -> String {
    chrono::DateTime::from_timestamp_millis(at.0).map_or_else(
        || at.0.to_string(),
        |it| it.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
    )
}
