//! The search for what would change the answer: along each dimension of what a decision is made from,
//! the smallest change that does. Every one is tried with the engine itself.

use super::WouldChange;
use super::edit::Edit;
use super::instants::instants;
use crate::decide::glance;
use crate::decision::{Decision, Urgency};
use crate::event::history::{Consent, ConsentPurpose, ConsentState, HistoryBody, Milestone, Value};
use crate::event::visit::{VisitBody, Wish, WishFor};
use crate::event::{HistoryEvent, Purpose, Route, VisitEvent};
use crate::guard::permission;
use crate::history::History;
use crate::moment::{HandledBy, Moment, RouteStatus};
use crate::program::Policy;
use crate::rule::UNKNOWN;
use crate::score::fact;
use crate::unit::{Ms, Permille, Truth};
use crate::visit::Visit;

/// Instants looked at, at most.
const INSTANTS: usize = 1000;
/// How far ahead time is looked at: as far as any window reaches.
const AHEAD: Ms = Ms(400 * 86_400_000);
/// Waits are looked at up to a day.
const LONGEST_WAIT: i64 = 86_400_000;

pub(super) struct Search<'a> {
    policy: &'a Policy,
    history: &'a History,
    visit: &'a Visit,
    moment: &'a Moment,
    urgency: &'a Urgency,
    route: Route,
    denied: Vec<Purpose>,
    found: Vec<WouldChange>,
}

/// What is still looked for along a dimension.
struct Open {
    route: bool,
    denied: Vec<Purpose>,
}

impl Open {
    fn is_done(&self) -> bool {
        !self.route && self.denied.is_empty()
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        history: &'a History,
        visit: &'a Visit,
        moment: &'a Moment,
        decision: &'a Decision,
        denied: Vec<Purpose>,
    ) -> Self {
        let urgency = &decision.scores.urgency;
        let (route, found) = (decision.route, Vec::new());
        Self { policy, history, visit, moment, urgency, route, denied, found }
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

    fn open(&self) -> Open {
        Open { route: true, denied: self.denied.clone() }
    }

    /// The answer with a change, and when it may change again by itself.
    fn try_out(&self, edit: &Edit) -> (Route, [bool; Purpose::ALL.len()], Option<Ms>) {
        let moment = edit.moment(self.moment);
        let visit = edit.visit(self.policy, self.visit);
        if edit.learn.is_none() && edit.forget.is_none() {
            return glance(self.policy, self.history, &visit, &moment);
        }
        glance(self.policy, &edit.history(self.history), &visit, &moment)
    }

    /// Tries a change; what it flips is noted once a dimension.
    fn attempt(&mut self, open: &mut Open, edit: &Edit, change: impl Fn() -> String) -> Option<Ms> {
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
        let signals = &self.policy.signals;
        let mut visit = self.visit.clone();
        visit.tick(signals, visit.time_of(self.moment.now));
        let mut queue = instants(self.policy, self.history, &visit, self.moment, self.urgency);
        queue.extend(self.moment.routes.iter().filter_map(|status| status.next_open_at));
        queue.extend(glance(self.policy, self.history, self.visit, self.moment).2);
        // What ends by another of the clocks ends as much later, or sooner.
        let apart = self.moment.clocks.iter().map(|clock| self.moment.now.minus(*clock));
        let apart: Vec<Ms> = apart.chain([Ms(0)]).collect();
        let by_all = |at: Ms| apart.iter().map(move |span| at.plus(*span));
        let mut queue: Vec<Ms> = queue.into_iter().flat_map(by_all).collect();
        let (from, until) = (self.moment.now, self.moment.now.plus(AHEAD));
        let mut last = from;
        for _ in 0..INSTANTS {
            let next = queue.iter().copied().filter(|at| *at > last && *at <= until).min();
            let Some(now) = next.filter(|_| !open.is_done()) else { break };
            last = now;
            // A verdict that falls meanwhile is friction of its own.
            let t = visit.time_of(now);
            if visit.next_due(signals).is_some_and(|due| due <= t) {
                visit.tick(signals, t);
                let then = Moment { now, ..self.moment.clone() };
                queue.extend(instants(self.policy, self.history, &visit, &then, self.urgency));
            }
            let edit = Edit { now: Some(now), ..Edit::default() };
            let next = self.attempt(&mut open, &edit, || format!("it is {}", told(now)));
            queue.extend(next.into_iter().flat_map(by_all));
        }
    }

    /// Somebody is there who was not, or is not who was.
    fn desks(&mut self) {
        for route in [Route::Human, Route::Specialist, Route::Chatbot] {
            let mut open = self.open();
            let now = self.moment.now;
            let known = self.moment.status(route);
            let ready = RouteStatus { route, as_of: now, ..RouteStatus::ready(route, now) };
            let ready = known.map_or(ready.clone(), |known| RouteStatus {
                open: true,
                staffed: Some(true),
                capacity: known.capacity.filter(|room| *room > 0),
                as_of: now,
                ..known.clone()
            });
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
        for status in &self.moment.routes {
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
        for article in &self.moment.articles {
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
        if !self.moment.articles.is_empty() {
            let edit = Edit { lacks: Some("articles".to_owned()), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || "there is no article".to_owned());
        }
    }

    /// A fact is otherwise: the nearest value that anything compares it with.
    fn facts(&mut self) {
        for name in self.policy.facts.clone() {
            let known = fact(self.policy, self.history, self.moment, &name).map(|(value, _)| value);
            let mut values = self.bounds(&name);
            values.retain(|value| Some(*value) != known && *value > UNKNOWN);
            values.sort_unstable_by_key(|value| {
                (value.saturating_sub(known.unwrap_or(0)).unsigned_abs(), *value)
            });
            values.dedup();
            let mut open = self.open();
            for value in values {
                if open.is_done() {
                    break;
                }
                let mut facts = crate::shape::Table::default();
                facts.insert(&name, Value::Int(value));
                let edit = Edit { facts: Some(facts), ..Edit::default() };
                self.attempt(&mut open, &edit, || format!("{name} is {value}"));
            }
        }
    }

    /// Values on both sides of everything a fact is compared with.
    fn bounds(&self, name: &str) -> Vec<i64> {
        let policy = self.policy;
        let value =
            |name: &str| fact(self.policy, self.history, self.moment, name).map(|(value, _)| value);
        let Some(slot) = policy.facts.iter().position(|known| known == name) else {
            return Vec::new();
        };
        let sides = |lo: i64, hi: i64| {
            [lo, hi, lo.saturating_sub(1), hi.saturating_add(1)]
                .into_iter()
                .filter(|it| it.unsigned_abs() < 1 << 52)
                .collect::<Vec<_>>()
        };
        let mut list = Vec::new();
        for test in &policy.tests {
            let at = usize::from(test.slot);
            if at == slot {
                list.extend(sides(test.lo, test.hi));
            }
            // A sum of facts: what this one has to be, the others as they are.
            let sum = at.checked_sub(policy.facts.len()).and_then(|i| policy.sums.get(i));
            let Some(sum) = sum else { continue };
            let Some(own) = sum.terms.iter().find(|term| usize::from(term.slot) == slot) else {
                continue;
            };
            let rest = sum.terms.iter().filter(|term| usize::from(term.slot) != slot);
            let rest: Option<i64> = rest
                .map(|term| {
                    let name = policy.facts.get(usize::from(term.slot))?;
                    Some(value(name)?.saturating_mul(i64::from(term.weight)))
                })
                .sum();
            let (Some(rest), weight) = (rest, i64::from(own.weight)) else { continue };
            for bound in sides(test.lo, test.hi).into_iter().filter(|_| weight != 0) {
                let exact = (bound.saturating_mul(i64::from(sum.per)) - rest).div_euclid(weight);
                list.extend([exact - 1, exact, exact + 1]);
            }
        }
        list.extend(self.own_bounds(name, &value));
        list
    }

    /// Values that built-in stages compare a fact with.
    fn own_bounds(&self, name: &str, value: &dyn Fn(&str) -> Option<i64>) -> Vec<i64> {
        let policy = self.policy;
        let ready = policy.readiness.as_ref();
        let kept = policy.guards.kept_rate.as_ref();
        let floor = kept.map_or(0, |it| it.floor.get());
        match name {
            "usage.activeDays28" => ready.map_or_else(Vec::new, |p| {
                let was = value("usage.activeDaysPrev28").unwrap_or(28);
                let kept = (was * (1000 - p.max_fall.get()) + 999).div_euclid(1000);
                vec![
                    0,
                    1,
                    i64::from(p.min_active_days),
                    i64::from(p.min_active_days) - 1,
                    kept,
                    kept - 1,
                ]
            }),
            "usage.activeDaysPrev28" => ready.map_or_else(Vec::new, |p| {
                let days = value("usage.activeDays28").unwrap_or(0);
                let most = days * 1000 / (1000 - p.max_fall.get()).max(1);
                vec![i64::from(p.min_active_days), i64::from(p.min_active_days) - 1, most, most + 1]
            }),
            "plan.seats" => value("plan.seatsUsed").map_or_else(Vec::new, |n| vec![n, n + 1]),
            "plan.seatsUsed" => value("plan.seats").map_or_else(Vec::new, |n| vec![n, n - 1]),
            // Each more adds its points: at most as many as make the whole.
            "matter.parts" => (1..=1000 / policy.scores.complexity.part.get().max(1) + 2).collect(),
            "contract.renewsAt" => {
                let (now, span) = (self.moment.now.0, policy.scores.stage.renews_within_ms.0);
                vec![now - 1, now, now + span, now + span + 1]
            }
            _ if kept.is_some_and(|it| it.facts.iter().any(|(_, fact)| fact == name)) => {
                vec![floor, floor - 1]
            }
            _ => Vec::new(),
        }
    }

    /// A permission is given, or taken back.
    fn permissions(&mut self) {
        for purpose in ConsentPurpose::ALL {
            let now = self.moment.now;
            let found = permission(self.policy, self.history, *purpose, None, (now, now, now));
            let given = found.granted == Truth::Yes;
            let state = if given { ConsentState::Withdrawn } else { ConsentState::Granted };
            let body = HistoryBody::Consent(Consent {
                purpose: *purpose,
                channel: None,
                state,
                effective_at: Some(now),
                expires_at: None,
            });
            let edit = Edit { learn: Some(self.event(body)), ..Edit::default() };
            let words = || format!("permission for {} is {}", purpose.as_str(), state.as_str());
            let mut open = self.open();
            self.attempt(&mut open, &edit, words);
        }
    }

    /// Something is reached that an offer or readiness asks for.
    fn milestones(&mut self) {
        let mut names: Vec<(String, Option<String>)> =
            ["activated", "featureAsked", "renewed"].map(|name| (name.to_owned(), None)).into();
        for need in self.moment.offers.iter().flat_map(|offer| &offer.needs) {
            let (name, what) =
                need.split_once(':').map_or((need.as_str(), None), |it| (it.0, Some(it.1)));
            names.push((name.to_owned(), what.map(str::to_owned)));
        }
        names.sort_unstable();
        names.dedup();
        for (name, what) in names {
            let body = HistoryBody::Milestone(Milestone { name: name.clone(), what: what.clone() });
            let edit = Edit { learn: Some(self.event(body)), ..Edit::default() };
            let about = what.map_or_else(String::new, |what| format!(" ({what})"));
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("{name}{about} is reached now"));
        }
    }

    /// The person says what they want.
    fn wishes(&mut self) {
        for wish in WishFor::ALL {
            let t = self.visit.time_of(self.moment.now);
            let body = VisitBody::Wish(Wish { r#for: *wish });
            let edit = Edit { say: Some(VisitEvent { t, body }), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("the person asks for {}", wish.as_str()));
        }
    }

    /// Something had never happened: a case, a touch, a promise, with everything that was said of it.
    fn past(&mut self) {
        let mut things: Vec<(String, Vec<String>)> = Vec::new();
        for event in self.history.events() {
            let thing = thing(event);
            match things.iter_mut().find(|(known, _)| *known == thing) {
                Some((_, ids)) => ids.push(event.id.clone()),
                None => things.push((thing, vec![event.id.clone()])),
            }
        }
        for (thing, ids) in things {
            // An id that two sources use says nothing about which of them is meant.
            let named = self.history.events().iter().filter(|it| ids.contains(&it.id)).count();
            if named != ids.len() {
                continue;
            }
            let edit = Edit { forget: Some(ids), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("without {thing}"));
        }
    }

    /// The moment tells something else.
    fn moment(&mut self) {
        let m = self.moment;
        let told = [
            ("handledBy", m.handled_by.is_some()),
            ("privacySignal", m.privacy_signal == Some(true)),
            ("automated", m.automated == Some(true)),
            ("clocks", !m.clocks.is_empty()),
            ("language", m.language.is_some()),
            ("wants", !m.wants.is_empty()),
            ("text", m.proposal.as_ref().is_some_and(|it| it.text.is_some())),
        ];
        for (name, _) in told.into_iter().filter(|(_, told)| *told) {
            let edit = Edit { lacks: Some(name.to_owned()), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("without {name}"));
        }
        if m.handled_by.is_none() {
            let handled_by = Some(HandledBy { route: Route::Human, name: None });
            let edit = Edit { handled_by, ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || "a person is on it".to_owned());
        }
    }

    fn event(&self, body: HistoryBody) -> HistoryEvent {
        HistoryEvent {
            id: "what-if".to_owned(),
            at: self.moment.now,
            received_at: None,
            source: "what-if".to_owned(),
            person: None,
            body,
        }
    }
}

/// What an event is a step of, in words.
fn thing(event: &HistoryEvent) -> String {
    match &event.body {
        HistoryBody::Case(it) => format!("case {}", it.case),
        HistoryBody::Contact(it) => format!("contact {}", it.contact),
        HistoryBody::Touch(it) => format!("touch {}", it.touch),
        HistoryBody::Survey(it) => format!("survey {}", it.survey),
        HistoryBody::Promise(it) => format!("promise {}", it.promise),
        HistoryBody::Incident(it) => format!("incident {}", it.incident),
        HistoryBody::Sensitive(it) => format!("sensitive {}", it.kind.as_str()),
        HistoryBody::Urgent(it) => format!("urgent {}", it.kind.as_str()),
        HistoryBody::Fact(it) => format!("fact {}", it.name),
        HistoryBody::Ask(it) => format!("question {}", it.field),
        HistoryBody::Feed(it) => format!("feed {}", it.feed),
        body => format!("{} {}", body.kind(), event.id),
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
