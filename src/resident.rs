//! A person and a visit kept where decisions are made, so that a decision costs as little as a
//! function call. The law: a cached answer is the fresh one.

mod answer;
mod answers;
mod kept;

pub use answer::Answer;
use answers::Answers;
use kept::Kept;

use crate::decide::{Ground, Past, decide_after};
use crate::decision::Decision;
use crate::event::history::Value;
use crate::event::{HistoryEvent, Purpose, Route, VisitEvent};
use crate::given::Given;
use crate::history::History;
use crate::id::Salt;
use crate::known::Known;
use crate::moment::Moment;
use crate::program::Policy;
use crate::route::{Because, standing};
use crate::rule::Turn;
use crate::unit::{Micros, Ms};
use crate::visit::Visit;
use std::borrow::Cow;
use std::rc::Rc;

/// A person, their visit and the moment, with what was worked out for them.
#[derive(Debug)]
pub struct Resident {
    policy: Rc<Policy>,
    history: History,
    visit: Visit,
    moment: Moment,
    cache: Option<Cached>,
    past: Option<LookedBack>,
    known: Known,
    /// The last answer and which own guards objected, as long as they stay so.
    said: Option<(Answer, u32)>,
    /// When the next page verdict falls.
    due: Option<Micros>,
    worked: u32,
    kept: Kept,
}

/// What was worked out, and as of what.
#[derive(Debug)]
struct Cached {
    from: Ms,
    /// No signal was seen: there is nothing that could fade.
    calm: bool,
    ground: Ground,
    /// What was chosen on it, by what the own rules came to.
    answers: Answers,
}

/// The past as it was read, and until when it stays so.
#[derive(Debug)]
struct LookedBack {
    from: Ms,
    until: Ms,
    past: Rc<Past>,
}

impl LookedBack {
    /// The past as it is at a moment, and until when: the one that is kept, or it is read anew.
    fn at(
        kept: &mut Option<Self>,
        policy: &Policy,
        history: &History,
        moment: &Moment,
    ) -> (Rc<Past>, Ms) {
        let now = moment.now;
        if let Some(known) = kept.as_ref().filter(|it| it.from <= now && now < it.until) {
            return (Rc::clone(&known.past), known.until);
        }
        let past = Past::look_back(policy, history, moment);
        let until = past.until(policy, history, moment);
        *kept = Some(Self { from: now, until, past: Rc::clone(&past) });
        (past, until)
    }
}

impl Cached {
    /// Whether it is what would be worked out now.
    fn holds(&self, policy: &Policy, visit: &Visit, now: Ms) -> bool {
        self.from <= now
            && now < self.ground.until
            && (self.calm || self.ground.scores.still(policy, visit, now))
    }
}

impl Resident {
    /// A person about whom `history` is known, in a visit that begins at `started_at`.
    #[must_use]
    pub fn new(policy: Rc<Policy>, history: History, started_at: Ms, salt: Salt) -> Self {
        let known = Known::of(&policy);
        Self {
            policy,
            history,
            visit: Visit::new(started_at, salt),
            moment: Moment::at(started_at),
            cache: None,
            past: None,
            known,
            said: None,
            due: None,
            worked: 0,
            kept: Kept::default(),
        }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Whether this is the very policy they are looked after by.
    #[must_use]
    pub fn is_under(&self, policy: &Rc<Policy>) -> bool {
        Rc::ptr_eq(&self.policy, policy)
    }

    /// What is known.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// The offer that stands in this visit, shown and neither taken up nor closed: where it leads, what for,
    /// and the id of its touch.
    pub fn offered(&self) -> Option<(Route, Purpose, &str)> {
        let touch = standing(&self.history, &self.visit)?;
        Some((touch.route?, touch.purpose, &touch.touch))
    }

    /// What is happening.
    #[must_use]
    pub const fn visit(&self) -> &Visit {
        &self.visit
    }

    /// The moment as last told.
    #[must_use]
    pub const fn moment(&self) -> &Moment {
        &self.moment
    }

    /// Learns durable events.
    pub fn learn(&mut self, events: impl IntoIterator<Item = HistoryEvent>) {
        self.history.learn(events);
        self.forget_all();
    }

    /// Takes another copy of what is known.
    pub fn merge(&mut self, other: &History) {
        self.history.merge(other);
        self.forget_all();
    }

    /// Begins a visit; the one before ends. What is known stays.
    pub fn begin(&mut self, started_at: Ms, salt: Salt) {
        self.resume(Visit::new(started_at, salt));
    }

    /// Keeps the page events from now on, for a record.
    pub fn keep_events(&mut self) {
        self.kept.begin();
    }

    /// The page events in the order they came; `None` where they were not kept, or are too many.
    #[must_use]
    pub fn kept_events(&self) -> Option<&[VisitEvent]> {
        self.kept.events()
    }

    /// Goes on with a visit that was saved; the one before ends.
    pub fn resume(&mut self, visit: Visit) {
        self.moment = Moment::at(visit.started_at());
        self.visit = visit;
        self.due = self.visit.next_due(&self.policy.signals);
        self.kept = Kept::default();
        self.forget_all();
    }

    /// Decides page verdicts that are due by `now`.
    pub fn tick(&mut self, now: Ms) {
        // In this order: a visit is large, and most have nothing due.
        let Some(due) = self.due else { return };
        let t = self.visit.time_of(now);
        if due <= t {
            if self.visit.tick(&self.policy.signals, t) {
                self.forget();
            }
            self.due = self.visit.next_due(&self.policy.signals);
        }
    }

    /// Which of the organisation's own guards objected in the last answer, a bit each; guards
    /// beyond the thirty-second are in the full decision only.
    #[must_use]
    pub fn own_blockers(&self) -> u32 {
        self.said.map_or(0, |(_, own)| own)
    }

    /// Takes a page event.
    pub fn track(&mut self, event: &VisitEvent) {
        let taken = self.visit.events();
        if self.visit.track(&self.policy.signals, event) {
            self.forget();
        }
        self.due = self.visit.next_due(&self.policy.signals);
        // What was not believed made no difference, and a record of it could not be read.
        if self.visit.events() != taken {
            self.kept.push(event);
        }
    }

    /// Counts input that no person made and that was not taken in.
    pub fn distrust(&mut self) {
        self.visit.distrust();
    }

    /// Takes a new moment. One that differs in nothing but the time changes nothing but the time.
    pub fn set_moment(&mut self, moment: Moment) {
        let mut before = core::mem::replace(&mut self.moment, moment);
        before.now = self.moment.now;
        if before != self.moment {
            self.forget_all();
        }
    }

    /// How often something was worked out, or came out otherwise: as long as it stays the same, so does
    /// everything a decision tells but the time.
    #[must_use]
    pub const fn worked(&self) -> u32 {
        self.worked
    }

    /// Takes the host's own features by slot, `i32::MIN` for unknown.
    pub fn push(&mut self, facts: &[i32]) {
        // What built-in stages read changes more than the rules.
        if self.known.push(&self.policy, facts) {
            self.forget_all();
        }
    }

    /// Decides at `now`, without reasons.
    pub fn answer(&mut self, now: Ms) -> Answer {
        self.moment.now = now;
        self.tick(now);
        if !self.cache.as_ref().is_some_and(|it| it.holds(&self.policy, &self.visit, now)) {
            self.work_out(now);
        }
        // What was written may be told although no test looks at it: a question it answers is not asked.
        if let Some(turned) = self.known.evaluate(&self.policy) {
            self.worked = self.worked.wrapping_add(1);
            self.said = self.said.filter(|_| !turned);
        }
        match self.said {
            Some((answer, _)) => answer,
            None => self.choose(),
        }
    }

    /// Chooses by what the organisation's own rules come to, or knows what was chosen then.
    fn choose(&mut self) -> Answer {
        let Some(cache) = &mut self.cache else { return Answer::SILENCE };
        let (turn, own) = Turn::of(&self.policy, self.known.bits());
        let known = turn.and_then(|turn| cache.answers.get(turn));
        let answer = known.unwrap_or_else(|| {
            let (policy, history) = (&self.policy, &self.history);
            let given = Given { policy, history, visit: &self.visit, moment: &self.moment };
            let because = &mut Because::wanted(false);
            let (objections, choice) = cache.ground.answer(given, &self.known, because);
            let answer = Answer::new(&choice, &objections);
            if let Some(turn) = turn {
                cache.answers.keep(turn, answer);
            }
            answer
        });
        self.said = Some((answer, own));
        answer
    }

    /// Nothing that was worked out is true any more.
    fn forget_all(&mut self) {
        self.past = None;
        self.forget();
    }

    /// What was worked out of the visit is not true any more; its memory is used again.
    fn forget(&mut self) {
        if let Some(cache) = &mut self.cache {
            cache.ground.until = Ms::ALWAYS;
        }
    }

    /// Works out what does not depend on the organisation's own rules, and reads what they look at.
    fn work_out(&mut self, now: Ms) {
        self.visit.tick(&self.policy.signals, self.visit.time_of(now));
        self.due = self.visit.next_due(&self.policy.signals);
        let (policy, history) = (&self.policy, &self.history);
        let moment = whole(policy, &self.moment, self.known.pushed());
        let (past, until) = LookedBack::at(&mut self.past, policy, history, &moment);
        let given = Given { policy, history, visit: &self.visit, moment: &moment };
        let mut ground = Ground::survey(given, &past, false);
        ground.until = ground.until.min(until);
        drop(moment);
        self.known.read(policy, ground.seen(history), &self.moment, &ground.scores);
        self.said = None;
        self.worked = self.worked.wrapping_add(1);
        let mut answers = self.cache.take().map(|it| it.answers).unwrap_or_default();
        answers.clear();
        let calm = self.visit.board().recent().next().is_none();
        self.cache = Some(Cached { from: now, calm, ground, answers });
    }

    /// The full decision at `now`. It is [`decide`](crate::decide()) itself, so explaining cannot differ.
    pub fn decide(&mut self, now: Ms) -> Decision {
        self.moment.now = now;
        let (policy, history) = (&self.policy, &self.history);
        let moment = whole(policy, &self.moment, self.known.pushed());
        let (past, _) = LookedBack::at(&mut self.past, policy, history, &moment);
        decide_after(Given { policy, history, visit: &self.visit, moment: &moment }, &past)
    }

    /// The moment with the pushed features as facts, as a record would hold it.
    #[must_use]
    pub fn whole_moment(&self) -> Cow<'_, Moment> {
        whole(&self.policy, &self.moment, self.known.pushed())
    }
}

fn whole<'a>(policy: &Policy, moment: &'a Moment, pushed: &[i32]) -> Cow<'a, Moment> {
    if pushed.iter().all(|value| *value == i32::MIN) {
        return Cow::Borrowed(moment);
    }
    let mut moment = moment.clone();
    for (name, value) in policy.facts.iter().zip(pushed) {
        if *value != i32::MIN {
            moment.facts.insert(name, Value::Int(i64::from(*value)));
        }
    }
    Cow::Owned(moment)
}

#[cfg(all(test, feature = "studio"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::event::Route;
    use crate::event::visit::{Cause, Effect, VisitBody};

    /// An organisation's own rules over a feature of its own.
    const RULES: &str = r#"{ "facts": { "own.x": { "unit": "permille" } },
        "guards": { "rules": { "g": { "order": 1, "code": "g", "when": { "what": "fact:own.x", "atLeast": 500 }, "blocks": ["pitch"], "words": "-" } } },
        "routes": { "rules": { "r": { "order": 1, "code": "r", "when": { "what": "fact:own.x", "atLeast": 800 }, "route": "messageForm", "words": "-" } } } }"#;

    #[test]
    fn a_hot_answer_allocates_nothing() {
        let policy = Rc::new(crate::policy::compile(RULES).unwrap());
        let slot = policy.slot("own.x").unwrap();
        let now = Ms(1_000_000);
        let mut resident = Resident::new(Rc::clone(&policy), History::new(), Ms(0), Salt(0));
        let mut facts = vec![i32::MIN; policy.facts.len()];
        let mut ask = |resident: &mut Resident, value: i32, t: i64| {
            if let Some(fact) = facts.get_mut(slot) {
                *fact = value;
            }
            resident.push(&facts);
            let body = VisitBody::Effect(Effect { cause: Cause::Mutation });
            resident.track(&VisitEvent { t: Micros(t), body });
            resident.answer(now)
        };
        let routes = [0, 600, 900].map(|value| ask(&mut resident, value, 1).route());
        assert_eq!(routes, [Route::None, Route::None, Route::MessageForm]);
        let used = allocation_counter::measure(|| {
            for i in 0..1000 {
                ask(&mut resident, i, 2 + i64::from(i));
            }
        });
        assert_eq!(used.count_total, 0);
    }
}
