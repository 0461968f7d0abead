//! What the one who takes over needs, so that nothing is asked twice.

use crate::decision::{Answered, Handoff, Promised};
use crate::event::history::{AskStep, ConsentPurpose, HistoryBody};
use crate::event::{HistoryEvent, Route};
use crate::guard::{Situation, permission};
use crate::history::History;
use crate::moment::Moment;
use crate::score::EffortBand;
use crate::signal::SignalKind;
use crate::unit::Truth;
use crate::visit::Visit;

/// Lines a person reads before saying hello.
const LINES: usize = 5;

/// The packet for a route on which somebody else takes over; its history is what may be shown.
/// Without permission to profile, `values` is false: what was answered is not passed on, only that it
/// was, so that it is not asked again.
pub(crate) fn handoff(
    s: &Situation<'_>,
    values: bool,
    route: Route,
    promise: Option<&Promised>,
) -> Option<Handoff> {
    let Situation { policy, history, visit, moment, scores, .. } = *s;
    let taken_over = matches!(
        route,
        Route::Human
            | Route::Specialist
            | Route::Callback
            | Route::MessageForm
            | Route::AccountManager
    );
    if !taken_over {
        return None;
    }
    let answered = answered(history);
    let known = |field: &String| answered.iter().any(|answer| answer.field == *field);
    let refused = refused(history);
    let mut do_not_ask: Vec<String> = answered.iter().map(|answer| answer.field.clone()).collect();
    do_not_ask.extend(refused.iter().filter(|field| !known(field)).cloned());
    let open = moment.wants.iter().filter(|w| !do_not_ask.contains(w)).cloned().collect::<Vec<_>>();
    Some(Handoff {
        matter: scores.effort.topic.clone(),
        timeline: timeline(history, visit, &scores.effort.events),
        tried: tried(visit, moment),
        answered: if values { answered } else { Vec::new() },
        open,
        promise: promise.map(|promise| promise.text.clone()),
        consent: ConsentPurpose::ALL
            .iter()
            .filter(|p| {
                permission(policy, history, **p, None, (s.moment.now, s.early, s.late)).granted
                    == Truth::Yes
            })
            .map(|purpose| purpose.as_str().to_owned())
            .collect(),
        effort: match scores.effort.band {
            EffortBand::Unknown => format!("unknown ({} points)", scores.effort.points.total),
            band => format!("{} ({} points)", band.as_str(), scores.effort.points.total),
        },
        language: moment.language.clone(),
        do_not_ask,
    })
}

/// The latest answer to each question, secrets excepted.
fn answered(history: &History) -> Vec<Answered> {
    let mut answers: Vec<Answered> = Vec::new();
    for event in asks(history) {
        let HistoryBody::Ask(ask) = &event.body else { continue };
        let Some(value) = ask.value.as_ref().filter(|_| ask.step == AskStep::Answered) else {
            continue;
        };
        answers.retain(|known| known.field != ask.field);
        answers.push(Answered {
            field: ask.field.clone(),
            value: redact(value),
            at: event.at,
            source: event.source.clone(),
        });
    }
    answers
}

fn refused(history: &History) -> Vec<String> {
    let mut fields = Vec::new();
    for event in asks(history) {
        if let HistoryBody::Ask(ask) = &event.body
            && ask.step == AskStep::Refused
            && !fields.contains(&ask.field)
        {
            fields.push(ask.field.clone());
        }
    }
    fields
}

fn asks(history: &History) -> impl Iterator<Item = &HistoryEvent> {
    history.ledger().asks.iter().filter_map(|event| history.events().get(*event))
}

/// Long runs of digits are card or account numbers: nobody who helps needs them in a packet.
fn redact(value: &str) -> String {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if digits >= 12 { "(withheld)".to_owned() } else { value.to_owned() }
}

/// What happened, latest last: on the journey at hand where there is one, else altogether.
fn timeline(history: &History, visit: &Visit, journey: &[usize]) -> Vec<String> {
    let mut lines: Vec<(crate::unit::Ms, String)> = Vec::new();
    for (i, event) in history.events().iter().enumerate() {
        let about = matches!(event.body, HistoryBody::Contact(_) | HistoryBody::Case(_));
        if about && !journey.is_empty() && !journey.contains(&i) {
            continue;
        }
        let line = match &event.body {
            HistoryBody::Contact(c) => {
                format!("contact {} by {}", c.step.as_str(), c.channel.as_str())
            }
            HistoryBody::Case(c) => format!("case {} {}", c.case, c.step.as_str()),
            HistoryBody::Promise(p) => format!("promise {} {}", p.promise, p.step.as_str()),
            _ => continue,
        };
        lines.push((event.at, line));
    }
    for signal in visit.board().recent() {
        let line = format!("{} (seen {} times)", signal.kind.as_str(), signal.count);
        lines.push((visit.wall(signal.at), line));
    }
    lines.sort_by_key(|(at, _)| *at);
    let skip = lines.len().saturating_sub(LINES);
    lines.into_iter().skip(skip).map(|(_, line)| line).collect()
}

/// What the visitor tried in this visit, in words for whoever takes over.
fn tried(visit: &Visit, moment: &Moment) -> Vec<String> {
    let mut tried = Vec::new();
    for (page, _) in visit.read() {
        let article = moment.articles.iter().find(|article| visit.key(&article.id) == page);
        tried.push(article.map_or_else(
            || "read an article".to_owned(),
            |article| format!("read the article {}", article.id),
        ));
    }
    let count = |kind| visit.board().count(kind);
    let mut add = |times: u16, one: &str, many: &str| match times {
        0 => {}
        1 => tried.push(one.to_owned()),
        _ => tried.push(format!("{many} ({times} times)")),
    };
    add(visit.searches(), "searched the help center", "searched the help center");
    add(
        count(SignalKind::DeadClick),
        "pressed a control that did nothing",
        "pressed controls that did nothing",
    );
    add(count(SignalKind::ErrorClick), "ran into an error", "ran into errors");
    add(
        count(SignalKind::FormStruggle),
        "could not get a form through",
        "could not get forms through",
    );
    if count(SignalKind::RageClick) > 0 && count(SignalKind::DeadClick) == 0 {
        tried.push("pressed the same control again and again".to_owned());
    }
    tried
}
