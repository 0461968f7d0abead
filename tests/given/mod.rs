//! Generated lives: what is known, what happens on the page, and the moment.

use proptest::prelude::*;
use tactful::event::history::{
    Ask, AskStep, Case, CaseStep, Cleared, Consent, ConsentPurpose, ConsentState, Contact,
    ContactStep, Fact, Feed, FeedStatus, HistoryBody, Incident, IncidentStep, Milestone, Promise,
    PromiseStep, Scope, Sensitive, Suppression, SuppressionReason, Survey, SurveyStep, Switch,
    Touch, TouchStep, Urgent, Value,
};
use tactful::event::visit::{
    ArticleProgress, Cause, Click, Control, Effect, ErrorClass, Failure, Form, FormWhat, Nav,
    PageRole, PageView, Search, VisitBody, Wish, WishFor,
};
use tactful::event::{PromiseKind, SensitiveKind, SurveyKind, UrgentKind};
use tactful::moment::{Article, Offer, Proposal, RouteStatus, ZoneOffset};
use tactful::{
    Channel, HistoryEvent, Key, Micros, Moment, Ms, Permille, Purpose, Route, Text, VisitEvent,
};

/// A moment in September 2026.
pub const NOW: Ms = Ms(1_789_552_800_000);
const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// Everything a decision is made of.
#[derive(Clone, Debug)]
pub struct Life {
    pub events: Vec<HistoryEvent>,
    pub started_at: Ms,
    pub page: Vec<VisitEvent>,
    pub moment: Moment,
}

fn pick<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(|i| all[i])
}

fn matter() -> impl Strategy<Value = Option<Text>> {
    prop_oneof![Just(None), Just(Some("export".into())), Just(Some("invoice".into()))]
}

fn body() -> impl Strategy<Value = HistoryBody> {
    prop_oneof![
        3 => (0..3u8, pick(CaseStep::ALL), matter()).prop_map(|(id, step, matter)| {
            HistoryBody::Case(Case { case: format!("case-{id}").into(), step, matter, category: None, severity: None })
        }),
        4 => (pick(ConsentPurpose::ALL), pick(&[ConsentState::Granted, ConsentState::Granted, ConsentState::Withdrawn]), prop::option::of(-100i64..900))
            .prop_map(|(purpose, state, hours)| {
                let expires_at = hours.map(|hours| NOW.plus(Ms(hours * HOUR)));
                HistoryBody::Consent(Consent { purpose, channel: None, state, effective_at: None, expires_at })
            }),
        1 => (pick(&["touches", "cases", "consents", "milestones"]), pick(FeedStatus::ALL), prop::option::of(0i64..900))
            .prop_map(|(feed, status, hours)| {
                HistoryBody::Feed(Feed { feed: feed.into(), status, since: hours.map(|h| NOW.minus(Ms(h * HOUR))) })
            }),
        1 => (pick(SuppressionReason::ALL), pick(Switch::ALL)).prop_map(|(reason, state)| {
            HistoryBody::Suppression(Suppression { scope: Scope::Person, reason, state, until: None, owner: None })
        }),
        3 => (0..4u8, pick(TouchStep::ALL), pick(Purpose::ALL), pick(Channel::ALL), pick(Route::ALL), matter())
            .prop_map(|(id, step, purpose, channel, route, matter)| {
                HistoryBody::Touch(Touch {
                    touch: format!("touch-{id}").into(), step, purpose, channel, route: Some(route), matter,
                    offer: None, promise: None,
                })
            }),
        3 => pick(&["accountCreated", "activated", "renewed", "negotiationOpened", "limitHit", "limitHit"])
            .prop_map(|name| {
                HistoryBody::Milestone(Milestone { name: name.into(), what: Some("seats".into()) })
            }),
        3 => (pick(&["usage.activeDays28", "usage.activeDaysPrev28", "plan.seats", "plan.seatsUsed", "value.percentile"]), 0..30i64)
            .prop_map(|(name, value)| {
                HistoryBody::Fact(Fact { name: name.into(), value: Value::Int(value), good_for_ms: Some(Ms(90 * 24 * HOUR)), matter: None })
            }),
        2 => (0..3u8, pick(ContactStep::ALL), pick(Channel::ALL), matter()).prop_map(|(id, step, channel, matter)| {
            HistoryBody::Contact(Contact {
                contact: format!("contact-{id}").into(), step, channel, direction: None, matter, category: None,
                product: None, process: None, process_version: None, agent: None, team: None,
                wait_ms: None, warm: None, solved: None, article: None,
            })
        }),
        1 => (pick(SurveyStep::ALL), 0..8u16).prop_map(|(step, score)| {
            HistoryBody::Survey(Survey {
                survey: "survey-1".into(), kind: SurveyKind::Ces, step, score: Some(score), of: None,
                matter: None, sampled: None, invited_by: None,
            })
        }),
        2 => (pick(&["goal", "email", "seats"]), pick(AskStep::ALL)).prop_map(|(field, step)| {
            let value = (step == AskStep::Answered).then(|| "known".into());
            HistoryBody::Ask(Ask { field: field.into(), step, value })
        }),
        1 => (pick(UrgentKind::ALL), pick(Cleared::ALL), matter()).prop_map(|(kind, step, matter)| {
            HistoryBody::Urgent(Urgent { kind, step, matter, due: None, by: None })
        }),
        1 => (pick(SensitiveKind::ALL), pick(Cleared::ALL)).prop_map(|(kind, step)| {
            HistoryBody::Sensitive(Sensitive { kind, step, by: None })
        }),
        1 => (pick(IncidentStep::ALL), 0..100i64).prop_map(|(step, hours)| {
            HistoryBody::Incident(Incident {
                incident: "incident-1".into(), step, topics: Vec::new(), affects: None,
                next_update_at: Some(NOW.plus(Ms((hours - 50) * HOUR))),
            })
        }),
        1 => (pick(PromiseStep::ALL), 0..100i64).prop_map(|(step, hours)| {
            HistoryBody::Promise(Promise {
                promise: "promise-1".into(), step, kind: PromiseKind::FasterHelp,
                due: Some(NOW.minus(Ms((hours - 50) * HOUR))), matter: None, touch: None, route: None,
            })
        }),
    ]
}

fn events() -> impl Strategy<Value = Vec<HistoryEvent>> {
    // Weeks and months ago, some of it dated later, and some of it just now.
    let when = prop_oneof![
        3 => (-200i64..9000).prop_map(|hours| hours * HOUR),
        1 => (0i64..200).prop_map(|minutes| minutes * MINUTE),
    ];
    prop::collection::vec((0..40u8, when, body()), 0..24).prop_map(|list| {
        let mut events: Vec<HistoryEvent> = Vec::new();
        for (id, ago, body) in list {
            let id = format!("event-{id}");
            // Versions of one event are a law of their own; here ids are unique.
            if events.iter().all(|event| event.id != id) {
                let at = NOW.minus(Ms(ago));
                events.push(HistoryEvent {
                    id: id.into(),
                    at,
                    received_at: None,
                    source: "life".into(),
                    person: None,
                    body,
                });
            }
        }
        events
    })
}

/// Half of the customers are ready and willing, so that a law about pitches is about something.
fn ready() -> Vec<HistoryEvent> {
    let known = |id: &str, days: i64, body| HistoryEvent {
        id: id.into(),
        at: NOW.minus(Ms(days * 24 * HOUR)),
        received_at: None,
        source: "crm".into(),
        person: None,
        body,
    };
    let milestone = |name: &str| {
        HistoryBody::Milestone(Milestone { name: name.into(), what: Some("seats".into()) })
    };
    let fact = |name: &str, value| {
        HistoryBody::Fact(Fact {
            name: name.into(),
            value: Value::Int(value),
            good_for_ms: None,
            matter: None,
        })
    };
    let mut list = vec![
        known("created", 400, milestone("accountCreated")),
        known("activated", 390, milestone("activated")),
        known("hit-1", 9, milestone("limitHit")),
        known("hit-2", 4, milestone("limitHit")),
        known("active", 1, fact("usage.activeDays28", 22)),
        known("before", 1, fact("usage.activeDaysPrev28", 22)),
    ];
    for purpose in ConsentPurpose::ALL {
        let consent = Consent {
            purpose: *purpose,
            channel: None,
            state: ConsentState::Granted,
            effective_at: None,
            expires_at: None,
        };
        list.push(known(purpose.as_str(), 380, HistoryBody::Consent(consent)));
    }
    list
}

fn page_body() -> impl Strategy<Value = VisitBody> {
    prop_oneof![
        6 => (0..3u32, pick(&[Control::Button, Control::Link, Control::Checkbox, Control::None])).prop_map(|(target, control)| {
            VisitBody::Click(Click { down_t: None, x: Some(100), y: Some(100), target: Key(target + 1), control: Some(control), hint: None, flags: tactful::shape::Set::default() })
        }),
        2 => pick(Cause::ALL).prop_map(|cause| VisitBody::Effect(Effect { cause })),
        1 => (0..3u32).prop_map(|fp| VisitBody::Failure(Failure { class: ErrorClass::Script, fp: Some(Key(fp)) })),
        2 => (0..3u32, pick(PageRole::ALL), pick(Nav::ALL)).prop_map(|(page, role, nav)| {
            VisitBody::PageView(PageView { page: Key(page + 10), role: Some(role), nav: Some(nav), topic: None, earlier_sessions: None, expected_read_ms: Some(60_000) })
        }),
        1 => (0..90_000u32, 0..=100u8).prop_map(|(active_ms, depth_pct)| {
            VisitBody::ArticleProgress(ArticleProgress { page: None, active_ms, depth_pct, end: None })
        }),
        2 => (0..3u16, 0..=100u8, any::<bool>()).prop_map(|(results, sim, extends)| {
            VisitBody::Search(Search { sim_prev: Some(sim), extends_prev: Some(extends), len_tokens: Some(2), results, scope: None })
        }),
        2 => (0..2u32, pick(FormWhat::ALL), 0..3u32).prop_map(|(form, what, field)| {
            VisitBody::Form(Form { form: Key(form + 20), step: None, what, field: Some(Key(field + 30)) })
        }),
        1 => pick(WishFor::ALL).prop_map(|wish| VisitBody::Wish(Wish { r#for: wish })),
    ]
}

fn page() -> impl Strategy<Value = Vec<VisitEvent>> {
    prop::collection::vec((0i64..1_500_000, page_body()), 0..40).prop_map(|list| {
        let mut t = Micros(0);
        list.into_iter()
            .map(|(gap, body)| {
                t = Micros(t.0 + gap);
                VisitEvent { t, body }
            })
            .collect()
    })
}

fn routes() -> impl Strategy<Value = Vec<RouteStatus>> {
    prop::collection::vec(
        (
            pick(&[Route::Human, Route::Chatbot, Route::Specialist]),
            any::<bool>(),
            any::<Option<bool>>(),
            prop::option::of(0..3u32),
            0i64..90,
            // A long wait changes what comes first.
            pick(&[200_000i64, 1_200_000]),
        )
            .prop_map(|(route, open, staffed, capacity, age, wait)| RouteStatus {
                route,
                as_of: NOW.minus(Ms(age * 1000)),
                open,
                staffed,
                capacity,
                next_open_at: Some(NOW.plus(Ms(9 * HOUR))),
                wait_p50_ms: Some(Ms(60_000)),
                wait_p80_ms: Some(Ms(wait)),
                skills: Vec::new(),
                languages: Vec::new(),
                completes: Vec::new(),
            }),
        0..4,
    )
}

fn moments() -> impl Strategy<Value = Moment> {
    (
        routes(),
        matter(),
        prop::option::of(pick(&[100i64, 600, 900])),
        any::<bool>(),
        prop::collection::vec(-400_000i64..400_000, 0..2),
        prop::option::of((pick(Purpose::ALL), pick(Channel::ALL))),
        // A table may begin in the middle of a night, or only later.
        prop_oneof![Just(-NOW.0), -20 * HOUR..20 * HOUR],
        prop::collection::vec(pick(&["goal", "email", "seats", "phone"]), 0..3),
    )
        .prop_map(|(routes, matter, article, zone, clocks, proposal, known, wants)| Moment {
            wants: wants.into_iter().map(Text::from).collect(),
            proposal: proposal.map(|(purpose, channel)| Proposal {
                purpose,
                channel,
                route: None,
                offer: None,
                template: None,
                text: None,
                survey: None,
            }),
            routes,
            matter,
            clocks: clocks.into_iter().map(|skew| NOW.plus(Ms(skew))).collect(),
            articles: article.map_or_else(Vec::new, |solves| {
                vec![Article {
                    id: "export-data".into(),
                    matter: "export".into(),
                    solves: Permille::new(solves),
                    read_ms: None,
                    title: None,
                    stages: Vec::new(),
                }]
            }),
            offers: vec![Offer {
                id: "more".into(),
                needs: vec!["limitHit".into()],
                template: None,
            }],
            zone: if zone {
                vec![ZoneOffset { from: NOW.plus(Ms(known)), offset_minutes: 120 }]
            } else {
                Vec::new()
            },
            ..Moment::at(NOW)
        })
}

/// Any life.
pub fn lives() -> impl Strategy<Value = Life> {
    (events(), any::<bool>(), page(), moments()).prop_map(|(mut events, willing, page, moment)| {
        if willing {
            events.extend(ready());
        }
        // The visit ends at the moment of the decision.
        let length = page.last().map_or(0, |event| event.t.ms_up());
        Life { events, started_at: NOW.minus(Ms(length + 1)), page, moment }
    })
}
