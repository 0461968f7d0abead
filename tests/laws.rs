//! Laws over generated lives: what must hold whatever happened. `TACTFUL_CASES` sets how many are
//! generated (256 by default; the full run uses 100,000).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod given;

use given::{Life, lives};
use proptest::prelude::*;
use std::rc::Rc;
use tactful::event::history::{
    Case, CaseStep, Cleared, Consent, ConsentPurpose, ConsentState, Fact, Feed, FeedStatus,
    HistoryBody, Incident, IncidentStep, Milestone, Outcome, OutcomeKind, Promise as PromiseEvent,
    PromiseStep, Scope, Sensitive, Suppression, SuppressionReason, Switch, Touch, TouchStep, Value,
};
use tactful::event::{PromiseKind, SensitiveKind};
use tactful::{
    Channel, Decision, History, HistoryEvent, Moment, Ms, Policy, Purpose, Resident, Route, Salt,
    Visit, VisitEvent, decide, policy,
};

fn cases() -> ProptestConfig {
    let cases = std::env::var("TACTFUL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn starter() -> Rc<Policy> {
    thread_local!(static STARTER: Rc<Policy> = Rc::new(policy::starter().unwrap()));
    STARTER.with(Rc::clone)
}

fn history(events: &[HistoryEvent]) -> History {
    let mut history = History::new();
    history.learn(events.iter().cloned());
    history
}

fn visit(life: &Life, policy: &Policy) -> Visit {
    let mut visit = Visit::new(life.started_at, Salt(0));
    for event in &life.page {
        visit.track(&policy.signals, event);
    }
    visit
}

fn decided(life: &Life, history: &History) -> Decision {
    let policy = starter();
    decide(&policy, history, &visit(life, &policy), &life.moment)
}

fn event(id: &str, at: Ms, body: HistoryBody) -> HistoryEvent {
    HistoryEvent { id: id.into(), at, received_at: None, source: "law".into(), person: None, body }
}

/// Purposes that sell or ask.
const SELLS_OR_ASKS: [Purpose; 2] = [Purpose::Survey, Purpose::Pitch];

/// After adding `more`, nothing that sells or asks may have become allowed.
fn only_closes(life: &Life, more: HistoryEvent) -> Result<(), TestCaseError> {
    closes(life, more, &SELLS_OR_ASKS)
}

fn closes(life: &Life, more: HistoryEvent, purposes: &[Purpose]) -> Result<(), TestCaseError> {
    let before = decided(life, &history(&life.events));
    let mut events = life.events.clone();
    events.push(more);
    let after = decided(life, &history(&events));
    for purpose in purposes {
        let (was, is) = (before.verdicts.of(*purpose).allowed, after.verdicts.of(*purpose).allowed);
        prop_assert!(was || !is, "{} became allowed", purpose.as_str());
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_touch_has_a_promise_and_silence_has_none(life in lives()) {
        let decision = decided(&life, &history(&life.events));
        prop_assert_eq!(decision.route == Route::None, decision.promise.is_none());
        prop_assert!(decision.because.iter().all(|reason| !reason.evidence.is_empty()));
        prop_assert!(!decision.because.is_empty(), "a decision has a reason");
        if let Some(promise) = &decision.promise {
            prop_assert!(promise.due >= life.moment.now, "promised for the past");
        }
    }

    #[test]
    fn an_answer_is_never_blocked_by_a_guard_of_pitches(life in lives()) {
        let decision = decided(&life, &history(&life.events));
        prop_assert!(decision.verdicts.answer.allowed);
    }

    #[test]
    fn a_route_is_live_only_if_somebody_can_take_the_person(life in lives()) {
        let decision = decided(&life, &history(&life.events));
        let live = decision.target.as_ref().is_some_and(|target| target.due_by.is_none());
        if live && matches!(decision.route, Route::Human | Route::Specialist | Route::Chatbot) {
            let status = life.moment.status(decision.route).expect("live without a status");
            prop_assert!(status.open && status.capacity != Some(0));
            prop_assert!(decision.route == Route::Chatbot || status.staffed == Some(true));
        }
    }

    #[test]
    fn nothing_is_pitched_while_a_case_is_open(life in lives(), at in 0i64..400) {
        let opened = Case {
            case: "law-case".into(), step: CaseStep::Opened, matter: None, category: None, severity: None,
        };
        let mut events = life.events.clone();
        events.push(event("law-1", life.moment.now.minus(Ms(at * 3_600_000)), HistoryBody::Case(opened)));
        let decision = decided(&life, &history(&events));
        prop_assert!(!decision.verdicts.pitch.allowed);
        let asked = decision.because.iter().any(|reason| reason.code.as_str() == "customer_asked");
        prop_assert!(decision.route != Route::AccountManager || asked);
    }

    #[test]
    fn one_more_touch_never_allows_more(life in lives(), hours in 0i64..800, purpose in 0usize..6) {
        let touch = Touch {
            touch: "law-touch".into(), step: TouchStep::Sent, purpose: Purpose::ALL[purpose],
            channel: Channel::Email, route: None, matter: None, offer: None, promise: None,
        };
        let at = life.moment.now.minus(Ms(hours * 3_600_000));
        only_closes(&life, event("law-2", at, HistoryBody::Touch(touch)))?;
    }

    #[test]
    fn a_withdrawal_never_allows_more(life in lives(), purpose in 0usize..4, dated in any::<bool>()) {
        let consent = Consent {
            purpose: ConsentPurpose::ALL[purpose], channel: None, state: ConsentState::Withdrawn,
            effective_at: dated.then_some(life.moment.now), expires_at: None,
        };
        only_closes(&life, event("law-3", life.moment.now, HistoryBody::Consent(consent)))?;
    }

    #[test]
    fn a_suppression_never_allows_more(life in lives()) {
        let suppression = Suppression {
            scope: Scope::Account, reason: SuppressionReason::Asked, state: Switch::On,
            until: None, owner: None,
        };
        only_closes(&life, event("law-4", life.moment.now, HistoryBody::Suppression(suppression)))?;
    }

    #[test]
    fn a_silent_source_never_allows_more(life in lives(), source in 0usize..6) {
        let name = ["cases", "touches", "consents", "milestones", "surveys", "usage"][source];
        let feed = Feed { feed: name.into(), status: FeedStatus::Silent, since: None };
        only_closes(&life, event("law-5", life.moment.now, HistoryBody::Feed(feed)))?;
    }

    #[test]
    fn whatever_goes_wrong_never_allows_more(life in lives(), hours in 0i64..900, which in 0usize..6) {
        // A renewal ends a negotiation: that is its own law.
        let negotiates = life.events.iter().any(|event| matches!(&event.body,
            HistoryBody::Milestone(it) if it.name == "negotiationOpened"));
        let which = if which == 4 && negotiates { 0 } else { which };
        let body = match which {
            0 => HistoryBody::Outcome(Outcome { kind: OutcomeKind::Complaint, matter: None, decision: None }),
            1 => HistoryBody::Incident(Incident {
                incident: "law".into(), step: IncidentStep::Started, topics: Vec::new(), affects: None,
                next_update_at: None,
            }),
            2 => HistoryBody::Sensitive(Sensitive { kind: SensitiveKind::Hardship, step: Cleared::On, by: None }),
            3 => HistoryBody::Promise(PromiseEvent {
                promise: "law".into(), step: PromiseStep::Broken, kind: PromiseKind::FasterHelp, due: None,
                matter: None, touch: None, route: None,
            }),
            4 => HistoryBody::Milestone(Milestone { name: "renewed".into(), what: None }),
            _ => HistoryBody::Case(Case {
                case: "law".into(), step: CaseStep::Reopened, matter: None, category: None, severity: None,
            }),
        };
        // A renewal shows that somebody has been a customer for a while, which a survey may ask about.
        let purposes = if which == 4 { &SELLS_OR_ASKS[1..] } else { &SELLS_OR_ASKS[..] };
        closes(&life, event("law-6", life.moment.now.minus(Ms(hours * 3_600_000)), body), purposes)?;
    }

    #[test]
    fn what_is_no_longer_known_never_allows_more(life in lives(), which in any::<prop::sample::Index>()) {
        let facts: Vec<usize> = (0..life.events.len())
            .filter(|i| matches!(life.events[*i].body, HistoryBody::Fact(_)))
            .collect();
        let before = decided(&life, &history(&life.events));
        let mut events = life.events.clone();
        if !facts.is_empty()
            && let HistoryBody::Fact(fact) = &mut events[facts[which.index(facts.len())]].body
        {
            fact.good_for_ms = Some(Ms(0));
        }
        let mut blind = life.clone();
        blind.moment.zone = Vec::new();
        blind.moment.facts = Default::default();
        let after = decided(&blind, &history(&events));
        for purpose in SELLS_OR_ASKS {
            let (was, is) = (before.verdicts.of(purpose).allowed, after.verdicts.of(purpose).allowed);
            prop_assert!(was || !is, "{} became allowed", purpose.as_str());
        }
    }

    #[test]
    fn a_lower_cap_never_allows_more(life in lives(), cap in 0usize..9, limit in 0u16..3) {
        let mut policy = (*starter()).clone();
        let known = history(&life.events);
        let before = decide(&policy, &known, &visit(&life, &policy), &life.moment);
        if let Some((_, cap)) = policy.guards.caps.iter_mut().nth(cap) {
            cap.limit = cap.limit.min(limit);
        }
        let after = decide(&policy, &known, &visit(&life, &policy), &life.moment);
        for purpose in Purpose::ALL {
            let (was, is) = (before.verdicts.of(*purpose).allowed, after.verdicts.of(*purpose).allowed);
            prop_assert!(was || !is, "{} became allowed", purpose.as_str());
        }
    }

    #[test]
    fn what_two_copies_know_together_allows_no_touch_that_one_of_them_forbids(
        life in lives(), cut in any::<prop::sample::Index>(),
    ) {
        // Touches alone, of one step each: a grant that only one copy knows may well open something.
        let id = |event: &HistoryEvent| match &event.body {
            HistoryBody::Touch(touch) => Some((touch.touch.clone(), touch.step)),
            _ => None,
        };
        let once = |event: &HistoryEvent| id(event).is_some_and(|(own, step)| {
            let same = life.events.iter().filter_map(id).filter(|(other, _)| *other == own);
            step == TouchStep::Sent && same.count() == 1
        });
        let (touches, rest): (Vec<_>, Vec<_>) = life.events.iter().cloned().partition(once);
        let cut = if touches.is_empty() { 0 } else { cut.index(touches.len()) };
        let copy = |touches: &[HistoryEvent]| history(&[&rest[..], touches].concat());
        let (left, right) = (copy(&touches[..cut]), copy(&touches[cut..]));
        let mut both = left.clone();
        both.merge(&right);
        let [left, right, both] = [left, right, both].map(|known| decided(&life, &known));
        for purpose in SELLS_OR_ASKS {
            let allowed = |decision: &Decision| decision.verdicts.of(purpose).allowed;
            prop_assert!(!allowed(&both) || allowed(&left) && allowed(&right));
        }
    }

    #[test]
    fn until_is_when_it_is_over(life in lives()) {
        // What is deferred to an instant is checked again then, and is not deferred to the same again.
        // By one clock: of several, the one that is behind ends a window.
        let life = Life { moment: Moment { clocks: Vec::new(), ..life.moment.clone() }, ..life };
        let known = history(&life.events);
        let first = decided(&life, &known);
        for purpose in SELLS_OR_ASKS {
            let verdict = first.verdicts.of(purpose);
            let timed = verdict.blockers.iter().all(|blocker| blocker.until.is_some());
            let Some(until) = verdict.defer_until.filter(|_| timed && !verdict.allowed) else { continue };
            prop_assert!(until > life.moment.now);
            let mut later = life.clone();
            later.moment.now = until;
            let again = decided(&later, &known);
            let same = again.verdicts.of(purpose).blockers.iter().any(|b| b.until == Some(until));
            prop_assert!(!same, "{} ended and is still there", purpose.as_str());
        }
    }

    #[test]
    fn a_customer_worth_more_is_helped_and_sold_to_alike(life in lives(), worth in 0i64..1000) {
        let fact = Fact { name: "value.percentile".into(), value: Value::Int(worth), good_for_ms: None, matter: None };
        let mut events = life.events.clone();
        events.push(event("law-7", life.moment.now, HistoryBody::Fact(fact)));
        let (before, after) = (decided(&life, &history(&life.events)), decided(&life, &history(&events)));
        prop_assert_eq!(before.route, after.route);
        prop_assert_eq!(before.verdicts, after.verdicts);
    }

    #[test]
    fn more_need_is_never_turned_into_a_pitch(life in lives()) {
        // What a host proposes is its own idea.
        let life = Life { moment: Moment { proposal: None, ..life.moment.clone() }, ..life };
        let calm = Life { page: Vec::new(), ..life.clone() };
        let before = decided(&calm, &history(&life.events));
        let after = decided(&life, &history(&life.events));
        if after.scores.friction.points.get() >= 300 {
            prop_assert!(after.route != Route::AccountManager
                || after.because.iter().any(|r| r.code.as_str() == "customer_asked"));
        }
        prop_assert!(before.scores.friction.points.get() == 0);
    }

    #[test]
    fn order_of_arrival_and_second_deliveries_change_nothing(
        life in lives(), seed in any::<u64>(), again in any::<prop::sample::Index>(),
    ) {
        let mut shuffled = life.events.clone();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        if !life.events.is_empty() {
            shuffled.push(life.events[again.index(life.events.len())].clone());
        }
        prop_assert_eq!(history(&life.events), history(&shuffled));
        // One at a time, as they come in, is the same as all at once.
        let mut one_by_one = History::new();
        for event in shuffled {
            one_by_one.learn([event]);
        }
        prop_assert_eq!(history(&life.events), one_by_one);
    }

    #[test]
    fn merging_two_copies_is_the_fold_of_their_union(life in lives(), cut in any::<prop::sample::Index>()) {
        let cut = if life.events.is_empty() { 0 } else { cut.index(life.events.len()) };
        let (mut left, right) = (history(&life.events[..cut]), history(&life.events[cut..]));
        left.merge(&right);
        prop_assert_eq!(&left, &history(&life.events));
        let mut other = right.clone();
        other.merge(&history(&life.events[..cut]));
        prop_assert_eq!(&left, &other);
    }

    #[test]
    fn what_is_saved_comes_back(life in lives()) {
        let known = history(&life.events);
        prop_assert_eq!(History::restore(&known.save()).unwrap(), known);
    }

    #[test]
    fn what_is_kept_of_a_person_answers_as_if_nothing_were_kept(life in lives(), known in any::<prop::sample::Index>(), steps in prop::collection::vec((prop_oneof![0i64..4000, 0i64..900_000, 0i64..3_000_000_000], 0u8..6), 1..12)) {
        let policy = starter();
        let (before, meanwhile) = life.events.split_at(known.index(life.events.len() + 1));
        let mut resident = Resident::new(Rc::clone(&policy), history(before), life.started_at, Salt(0));
        resident.set_moment(life.moment.clone());
        // A look after every page event, and then as time goes by and the host learns, pushes and tells more.
        let wall = |event: &VisitEvent| life.started_at.plus(Ms(event.t.ms_up()));
        let page = life.page.iter().map(|event| (Some(event), None, wall(event)));
        let mut now = life.page.last().map_or(life.moment.now, wall).max(life.moment.now);
        let later = steps.into_iter().map(|(step, what)| {
            now = now.plus(Ms(step));
            (None, Some(what), now)
        });
        let mut meanwhile = meanwhile.iter();
        let mut facts = vec![i32::MIN; policy.facts.len()];
        for (event, what, now) in page.chain(later) {
            if let Some(event) = event {
                resident.track(event);
            }
            match what {
                Some(0) => resident.learn(meanwhile.next().cloned()),
                Some(1) => {
                    let slot = now.0.rem_euclid(policy.facts.len() as i64) as usize;
                    facts[slot] = now.0.rem_euclid(1000) as i32;
                    resident.push(&facts);
                }
                Some(2) => {
                    let matter = (now.0 % 2 == 0).then(|| "billing".into());
                    resident.set_moment(Moment { matter, now, ..life.moment.clone() });
                }
                _ => {}
            }
            let cached = resident.answer(now);
            let told = resident.decide(now);
            let fresh = decide(&policy, resident.history(), resident.visit(), &resident.whole_moment());
            prop_assert_eq!(told.to_json(), fresh.to_json());
            prop_assert_eq!(cached.route(), fresh.route, "at {}", now.0);
            for purpose in Purpose::ALL {
                prop_assert_eq!(cached.allows(*purpose), fresh.verdicts.of(*purpose).allowed);
            }
            let live = fresh.target.as_ref().is_some_and(|target| target.due_by.is_none());
            prop_assert_eq!(cached.is_live(), live);
        }
    }

    #[test]
    fn what_was_opened_weighs_nothing(life in lives(), opens in 1i64..5_000) {
        // Who was never heard of has become known by any event.
        prop_assume!(history(&life.events).ledger().first.is_some());
        let mut more = life.events.clone();
        for name in ["vanity.emailOpens", "vanity.pageViews", "model.propensity"] {
            let fact = Fact { name: name.into(), value: Value::Int(opens), good_for_ms: None, matter: None };
            more.push(event(name, life.moment.now, HistoryBody::Fact(fact)));
        }
        let told = |events: &[HistoryEvent]| {
            let decision = decided(&life, &history(events));
            let allowed = Purpose::ALL.iter().map(|it| decision.verdicts.of(*it).allowed);
            (decision.route, decision.scores.readiness.proven, allowed.collect::<Vec<_>>())
        };
        prop_assert_eq!(told(&life.events), told(&more));
    }

    #[test]
    fn deciding_twice_gives_the_same_bytes(life in lives()) {
        let known = history(&life.events);
        prop_assert_eq!(decided(&life, &known).to_json(), decided(&life, &known).to_json());
    }

    #[test]
    fn contributions_add_up_to_their_score(life in lives()) {
        let scores = decided(&life, &history(&life.events)).scores;
        let sum = |parts: &[tactful::decision::Contribution]| parts.iter().map(|p| p.points).sum::<i64>();
        prop_assert_eq!(sum(&scores.friction.contributions), scores.friction.points.get());
        prop_assert_eq!(sum(&scores.urgency.contributions), scores.urgency.points.get());
        prop_assert_eq!(sum(&scores.complexity.contributions), scores.complexity.points.get());
        prop_assert!(scores.intent.shares.list().iter().map(|s| u32::from(*s)).sum::<u32>() <= 1000);
    }

    #[test]
    fn survey_answers_never_change_effort(life in lives()) {
        let silent: Vec<HistoryEvent> = life.events.iter()
            .filter(|event| !matches!(event.body, HistoryBody::Survey(_))).cloned().collect();
        let with = decided(&life, &history(&life.events)).scores.effort;
        let without = decided(&life, &history(&silent)).scores.effort;
        prop_assert_eq!(with, without);
    }

    #[test]
    fn shifting_a_visit_in_time_changes_its_signals_by_nothing_but_time(life in lives(), ms in 0i64..60_000) {
        let policy = starter();
        let plain = visit(&life, &policy);
        let mut shifted = Visit::new(life.started_at, Salt(0));
        for event in &life.page {
            let mut event = *event;
            event.t = event.t.plus_ms(ms);
            if let tactful::event::VisitBody::Click(click) = &mut event.body {
                click.down_t = click.down_t.map(|t| t.plus_ms(ms));
            }
            shifted.track(&policy.signals, &event);
        }
        let signals = |visit: &Visit, shift: i64| -> Vec<_> {
            visit.board().recent().map(|s| (s.kind, s.at.plus_ms(-shift), s.count, s.grade)).collect()
        };
        prop_assert_eq!(signals(&plain, 0), signals(&shifted, ms));
    }
}

/// A law about pitches says nothing over lives in which none is ever allowed.
#[test]
fn the_generated_lives_are_not_vacuous() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut pitched, mut helped, mut silent) = (0, 0, 0);
    for _ in 0..400 {
        let life = lives().new_tree(&mut runner).unwrap().current();
        let decision = decided(&life, &history(&life.events));
        pitched += i32::from(decision.verdicts.pitch.allowed);
        silent += i32::from(decision.route == Route::None);
        helped +=
            i32::from(matches!(decision.route, Route::Human | Route::Chatbot | Route::Article));
    }
    assert!(pitched >= 4, "a pitch was allowed {pitched} times");
    assert!(helped >= 40 && silent >= 40, "helped {helped}, silent {silent}");
}
