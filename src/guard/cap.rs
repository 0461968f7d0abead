//! How often, and how soon again. All caps apply; the strictest wins.
//!
//! A sliding window is `(now - W, now]`: at exactly W a touch no longer counts, so the next one is
//! allowed at the time of the n-th newest plus W, to the millisecond.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::Purpose;
use crate::history::TouchState;
use crate::program::guards::{Cap, Per};
use crate::unit::Ms;

/// What interrupts: a gap is kept between any two of these.
const PROACTIVE: [Purpose; 4] =
    [Purpose::Assist, Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    for (id, cap) in s.policy.guards.caps.iter() {
        for purpose in &cap.purposes {
            if cap.channels.has(s.channel(*purpose)) {
                check(s, out, id, cap, *purpose);
            }
        }
    }
    gaps(s, out);
}

fn check(s: &Situation<'_>, out: &mut Objections, id: &str, cap: &Cap, purpose: Purpose) {
    let now = s.moment.now;
    let name = || format!("caps.{id}");
    let from = match (cap.window.sliding_ms, cap.window.visit) {
        (Some(window), _) => now.minus(window),
        // The instant before the visit: a touch at its very beginning belongs to it.
        (None, Some(true)) => s.visit.started_at().minus(Ms(1)),
        (None, _) => return,
    };
    // Help on the open page is not withheld because old history is missing; what sells or asks is.
    let asks = matches!(purpose, Purpose::ReachOutHelp | Purpose::Survey | Purpose::Pitch);
    let blind = s.silent("touch").is_some() || s.known_since("touch") > from.plus(Ms(1));
    if let Some(window) = cap.window.sliding_ms {
        out.watch(s.known_since("touch").plus(window));
    }
    if asks && blind {
        let detail = || (name(), vec!["absent:touches".to_owned()]);
        out.object(&[purpose], GuardId::Cap, ReasonCode::HistoryIncomplete, None, detail);
    }
    let mut counted: Vec<&TouchState> = s
        .history
        .ledger()
        .touches
        .iter()
        .filter(|touch| {
            touch.counts()
                && touch.at > from
                && cap.purposes.contains(&touch.purpose)
                && cap.channels.has(touch.channel)
                && s.standing.is_none_or(|standing| standing.touch != touch.touch)
                && same(s, cap.per, purpose, touch)
        })
        .collect();
    counted.sort_unstable_by_key(|touch| (core::cmp::Reverse(touch.at), touch.event));
    for touch in &counted {
        if let Some(window) = cap.window.sliding_ms {
            out.watch(touch.at.min(now).plus(window));
        }
    }
    let limit = usize::from(cap.limit);
    if counted.len() < limit {
        return;
    }
    // Limit 0 means never: no time will help. A visit has no end that is known in advance.
    let until = limit.checked_sub(1).and_then(|last| {
        let window = cap.window.sliding_ms?;
        counted.get(last).map(|touch| touch.at.min(now).plus(window))
    });
    let code = if cap.window.sliding_ms.is_some() {
        ReasonCode::FrequencyCap
    } else {
        ReasonCode::SessionCap
    };
    out.object(&[purpose], GuardId::Cap, code, until, || {
        let mut evidence = vec![format!("policy:/guards/caps/{id}")];
        evidence.extend(counted.iter().map(|touch| s.history.evidence(touch.event)));
        (name(), evidence)
    });
}

/// Whether a touch falls under the same part of a cap as the one considered.
fn same(s: &Situation<'_>, per: Option<Per>, purpose: Purpose, touch: &TouchState) -> bool {
    match per {
        // The kind of a survey is not known from its touch: it counts for every kind.
        None | Some(Per::Kind) => true,
        Some(Per::Matter | Per::Subject) => touch.matter == s.moment.matter,
        Some(Per::Channel) => touch.channel == s.channel(purpose),
    }
}

fn gaps(s: &Situation<'_>, out: &mut Objections) {
    for (name, gap) in s.policy.guards.min_gap_ms.iter() {
        let Some(purpose) = Purpose::parse(name) else { continue };
        let last = s
            .history
            .ledger()
            .touches
            .iter()
            .filter(|touch| {
                touch.counts()
                    && PROACTIVE.contains(&touch.purpose)
                    // An offer on the page keeps its distance from its like only: help that was
                    // sent yesterday is no reason to leave somebody alone with a broken button.
                    && (purpose != Purpose::Assist || touch.purpose == Purpose::Assist)
                    && s.standing.is_none_or(|standing| standing.touch != touch.touch)
            })
            .max_by_key(|touch| touch.at);
        let Some(last) = last else { continue };
        let until = last.at.min(s.moment.now).plus(*gap);
        if until > s.moment.now {
            out.object(&[purpose], GuardId::MinGap, ReasonCode::MinGap, Some(until), || {
                (format!("minGapMs.{name}"), vec![s.history.evidence(last.event)])
            });
        }
    }
}
