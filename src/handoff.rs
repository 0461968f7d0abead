//! What the one who takes over needs, so that nothing is asked twice.

use crate::ask::Asks;
use crate::decision::{Handoff, Promised};
use crate::event::Route;
use crate::event::history::{ConsentPurpose, Direction, HistoryBody};
use crate::guard::Situation;
use crate::history::History;
use crate::score::EffortBand;
use crate::signal::SignalKind;
use crate::visit::Visit;
use crate::{Text, text};

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
    let asks = Asks::of(s);
    let lines = usize::from(policy.routes.handoff.lines);
    Some(Handoff {
        matter: scores.effort.journey.topic.clone(),
        timeline: timeline(history, visit, &scores.effort.journey.events, lines),
        tried: tried(s).into_iter().map(|it| it.said(s, Reader::Staff).into()).collect(),
        answered: if values { asks.answered() } else { Vec::new() },
        open: asks.open(),
        promise: promise.map(|promise| promise.text.clone()),
        consent: ConsentPurpose::ALL
            .iter()
            .filter(|purpose| s.may(**purpose))
            .map(|purpose| purpose.as_str().into())
            .collect(),
        effort: match scores.effort.band {
            EffortBand::Unknown => text!("unknown ({} points)", scores.effort.points.total),
            band => text!("{} ({} points)", band.as_str(), scores.effort.points.total),
        },
        language: moment.language.clone(),
        do_not_ask: asks.settled(),
    })
}

/// What happened, latest last: on the journey at hand where there is one, else altogether.
fn timeline(history: &History, visit: &Visit, journey: &[usize], most: usize) -> Vec<Text> {
    let mut lines: Vec<(crate::unit::Ms, Text)> = Vec::new();
    for (i, event) in history.events().iter().enumerate() {
        let about = matches!(event.body, HistoryBody::Contact(_) | HistoryBody::Case(_));
        if about && !journey.is_empty() && !journey.contains(&i) {
            continue;
        }
        let line = match &event.body {
            HistoryBody::Contact(c) => {
                text!("contact {} by {}", c.step.as_str(), c.channel.as_str())
            }
            HistoryBody::Case(c) => text!("case {} {}", c.case, c.step.as_str()),
            HistoryBody::Promise(p) => text!("promise {} {}", p.promise, p.step.as_str()),
            _ => continue,
        };
        lines.push((event.at, line));
    }
    for signal in visit.board().recent() {
        let line = text!("{} (seen {} times)", signal.kind.as_str(), signal.count);
        lines.push((visit.wall(signal.at), line));
    }
    crate::order::sort(&mut lines, |a, b| a.0.cmp(&b.0));
    let skip = lines.len().saturating_sub(most);
    lines.into_iter().skip(skip).map(|(_, line)| line).collect()
}

/// Who reads what was tried.
#[derive(Clone, Copy)]
enum Reader {
    Visitor,
    Staff,
}

/// Something the person tried, as a code of the policy's words.
struct Tried {
    code: &'static str,
    /// The name of what it was, where it has one.
    name: Option<Text>,
    times: u16,
}

impl Tried {
    fn said(&self, s: &Situation<'_>, reader: Reader) -> String {
        // Whoever takes over reads the words of the house, whatever language the visitor speaks.
        let language = match reader {
            Reader::Visitor => s.moment.language.as_deref(),
            Reader::Staff => None,
        };
        let words = s.policy.words_in(self.code, language);
        let text = words.map_or(self.code, |words| match reader {
            Reader::Visitor => &words.visitor,
            Reader::Staff => &words.staff,
        });
        let name = self.name.as_deref().unwrap_or_default();
        let text = text.replace("{name}", name).replace("{times}", &self.times.to_string());
        text.trim_end().to_owned()
    }
}

/// What the visitor is reminded of: "You have already …". Nothing where nothing was tried.
pub(crate) fn reminder(s: &Situation<'_>) -> Option<String> {
    let mut tried = tried(s);
    let most = usize::from(s.policy.routes.handoff.tried);
    tried.drain(..tried.len().saturating_sub(most));
    let said: Vec<String> = tried.iter().map(|it| it.said(s, Reader::Visitor)).collect();
    let language = s.moment.language.as_deref();
    let and = s.policy.words_in("tried:and", language)?;
    let frame = s.policy.words_in("tried", language)?;
    (!said.is_empty()).then(|| {
        let joined = said.join(&format!(" {} ", and.visitor));
        frame.visitor.replace("{tried}", &joined)
    })
}

/// What the person tried: on the journey so far, and in this visit.
fn tried(s: &Situation<'_>) -> Vec<Tried> {
    let (visit, board) = (s.visit, s.visit.board());
    let mut list = Vec::new();
    let mut add = |code, times: u16, name: Option<Text>| {
        if times > 0 {
            list.push(Tried { code, name, times });
        }
    };
    let contacts = s.scores.effort.journey.events.iter().filter_map(|event| {
        match &s.history.events().get(*event)?.body {
            HistoryBody::Contact(it) if it.direction != Some(Direction::Out) => Some(it),
            _ => None,
        }
    });
    let mut talks: Vec<&str> = Vec::new();
    let mut bots: Vec<&str> = Vec::new();
    for contact in contacts {
        let list = match contact.channel {
            crate::Channel::Chatbot => &mut bots,
            channel if channel.is_self_service() => continue,
            _ => &mut talks,
        };
        if !list.contains(&contact.contact.as_str()) {
            list.push(&contact.contact);
        }
    }
    let many = |list: &[&str]| u16::try_from(list.len()).unwrap_or(u16::MAX);
    add("tried:bot", many(&bots), None);
    add("tried:contact", many(&talks), None);
    add("tried:search", visit.searches(), None);
    for (page, _) in visit.read() {
        let article = s.moment.articles.iter().find(|article| visit.key(&article.id) == page);
        let name = article.map(|it| it.title.clone().unwrap_or_else(|| it.id.clone()));
        let code = if name.is_some() { "tried:article" } else { "tried:reading" };
        add(code, 1, name);
    }
    add("tried:deadClick", board.count(SignalKind::DeadClick), None);
    add("tried:errorClick", board.count(SignalKind::ErrorClick), None);
    add("tried:form", board.count(SignalKind::FormStruggle), None);
    if board.count(SignalKind::DeadClick) == 0 {
        add("tried:rageClick", board.count(SignalKind::RageClick), None);
    }
    list
}
