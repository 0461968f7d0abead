//! Generated trails: what a customer went through, contact by contact, with surveys in between.

use proptest::prelude::*;
use tactful::event::SurveyKind;
use tactful::event::history::{
    Ask, AskStep, Case, CaseStep, Contact, ContactStep, Direction, HistoryBody, Outcome,
    OutcomeKind, Survey, SurveyStep,
};
use tactful::{Channel, HistoryEvent, Ms};

/// A moment in September 2026.
pub const NOW: Ms = Ms(1_789_552_800_000);
const HOUR: i64 = 3_600_000;
const MATTERS: [&str; 3] = ["export", "invoice", "seats"];

fn pick<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(|i| all[i])
}

/// A contact keeps its channel and its matter through all its steps.
fn contact(id: usize, matters: usize) -> impl Strategy<Value = HistoryBody> {
    let waits = prop::option::of(0..90 * 60_000i64);
    let channel = Channel::ALL[id * 5 % Channel::ALL.len()];
    let direction = (id % 7 == 6).then_some(Direction::Out);
    (pick(ContactStep::ALL), waits, any::<Option<bool>>(), prop::option::of(Just(false))).prop_map(
        move |(step, wait, warm, solved)| {
            HistoryBody::Contact(Contact {
                contact: format!("contact-{id}").into(),
                step,
                channel,
                direction,
                // Some calls are about nothing in particular.
                matter: (id < 11).then(|| MATTERS[id % matters].into()),
                category: Some("account".into()),
                product: None,
                process: Some("support".into()),
                process_version: None,
                agent: None,
                team: None,
                wait_ms: wait.map(Ms),
                warm,
                solved,
                article: None,
            })
        },
    )
}

fn body(matters: usize) -> impl Strategy<Value = HistoryBody> {
    prop_oneof![
        8 => (0..14usize).prop_flat_map(move |id| contact(id, matters)),
        3 => (0..3usize, pick(CaseStep::ALL)).prop_map(move |(id, step)| {
            let matter = Some(MATTERS[id % matters].into());
            HistoryBody::Case(Case {
                case: format!("case-{id}").into(), step, matter, category: None, severity: None,
            })
        }),
        2 => (pick(&["iban", "seats"]), pick(AskStep::ALL)).prop_map(|(field, step)| {
            HistoryBody::Ask(Ask { field: field.into(), step, value: None })
        }),
        1 => (0..matters).prop_map(|i| {
            let matter = Some(MATTERS[i].into());
            HistoryBody::Outcome(Outcome { kind: OutcomeKind::Complaint, matter, decision: None })
        }),
        3 => (0..9u8, pick(SurveyKind::ALL), pick(SurveyStep::ALL), 0..11u16, 0..matters).prop_map(
            |(id, kind, step, score, i)| {
                HistoryBody::Survey(Survey {
                    survey: format!("survey-{id}").into(), kind, step, score: Some(score), of: None,
                    matter: Some(MATTERS[i].into()), sampled: None, invited_by: None,
                })
            }
        ),
    ]
}

/// Up to 24 events on up to `matters` matters, up to `hours` apart, ending now. Up to 6, all of it is
/// within one window and no journey begins anew.
pub fn trails(matters: usize, hours: i64) -> impl Strategy<Value = Vec<HistoryEvent>> {
    prop::collection::vec((0..hours * HOUR, body(matters)), 1..24).prop_map(|list| {
        let list: Vec<(i64, HistoryBody)> = list
            .into_iter()
            .map(|(gap, body)| match body {
                HistoryBody::Contact(_) | HistoryBody::Case(_) => (gap, body),
                _ => (gap / 8, body),
            })
            .collect();
        let length: i64 = list.iter().map(|(gap, _)| gap).sum();
        let mut at = NOW.minus(Ms(length));
        let events = list.into_iter().enumerate().map(|(i, (gap, body))| {
            at = at.plus(Ms(gap));
            let id = format!("event-{i:02}");
            HistoryEvent {
                id: id.into(),
                at,
                received_at: None,
                source: "trail".into(),
                person: None,
                body,
            }
        });
        events.collect()
    })
}

/// The matter of the first.
pub const MATTER: &str = MATTERS[0];
