//! How often, and how soon again. All caps apply; the strictest wins.
//!
//! A sliding window is `(now - W, now]`: at exactly W a touch no longer counts, so the next one is
//! allowed at the time of the n-th newest plus W, to the millisecond. A window of the calendar is the
//! day, week or month on the person's clock; where nobody knows that clock, it slides, longer.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::Purpose;
use crate::history::TouchState;
use crate::program::guards::{Cap, CapScope, Per, Unit, Weekday};
use crate::shape::Set;
use crate::time::calendar;
use crate::unit::Ms;
use crate::{literal, text};

/// What interrupts: a gap is kept between any two of these.
const PROACTIVE: [Purpose; 4] =
    [Purpose::Assist, Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];
const DAY: Ms = Ms(86_400_000);

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    let ttl = s.policy.guards.reservation_ms;
    for touch in &s.history.ledger().touches {
        out.watch(touch.at.plus(ttl));
    }
    for (id, cap) in s.policy.guards.caps.iter() {
        for purpose in &cap.purposes {
            if cap.channels.has(s.channel(*purpose)) {
                check(s, out, id, cap, *purpose);
            }
        }
    }
    gaps(s, out);
}

/// The time a cap looks at.
#[derive(Clone, Copy)]
enum Window {
    /// So long.
    Sliding(Ms),
    /// The unit that ends then.
    Calendar(Ms),
    /// So long, for want of a calendar, but no longer than the unit that ends then.
    Until(Ms, Ms),
    /// This visit.
    Visit,
}

/// The window of a cap and the last instant before it.
fn window(s: &Situation<'_>, cap: &Cap) -> Option<(Window, Ms)> {
    let sliding = |window: Ms| (Window::Sliding(window), s.early.minus(window));
    if let Some(window) = cap.window.sliding_ms {
        return Some(sliding(window));
    }
    if let Some(unit) = cap.window.calendar {
        let p = &s.policy.guards.calendar;
        let first = p.week_start as i64 - Weekday::Mon as i64;
        let longest = longest(unit).plus(p.zone_slack_ms);
        return Some(match calendar(&s.moment.zone, s.early, unit, first) {
            Some((Some(begin), end)) => (Window::Calendar(end), begin.minus(Ms(1))),
            Some((None, end)) => (Window::Until(longest, end), s.early.minus(longest)),
            None => sliding(longest),
        });
    }
    // The instant before the visit: a touch at its very beginning belongs to it.
    let visit = (Window::Visit, s.visit.started_at().minus(Ms(1)));
    (cap.window.visit == Some(true)).then_some(visit)
}

const fn longest(unit: Unit) -> Ms {
    match unit {
        Unit::Day => DAY,
        Unit::Week => Ms(7 * DAY.0),
        Unit::Month => Ms(31 * DAY.0),
    }
}

fn check(s: &Situation<'_>, out: &mut Objections, id: &str, cap: &Cap, purpose: Purpose) {
    let Some((window, from)) = window(s, cap) else { return };
    let name = || text!("caps.{id}");
    // Help on the open page is not withheld because old history is missing; what sells or asks is.
    let asks = matches!(purpose, Purpose::ReachOutHelp | Purpose::Survey | Purpose::Pitch);
    // An invitation to a survey is told as a touch or by itself.
    let told = ["touch", "survey"];
    let told =
        told.get(..1 + usize::from(cap.purposes.contains(&Purpose::Survey))).unwrap_or(&told);
    let since = told.iter().map(|it| s.known_since(it)).max().unwrap_or(Ms::ALWAYS);
    let blind = told.iter().any(|it| s.silent(it).is_some()) || since > from.plus(Ms(1));
    // The window reaches back to what is known one millisecond before it is as long ago.
    let reaches = |window: Ms| since.plus(window).minus(Ms(1));
    match window {
        Window::Sliding(window) => out.watch(reaches(window)),
        Window::Calendar(end) => out.watch(end),
        Window::Until(window, end) => {
            out.watch(reaches(window));
            out.watch(end);
        }
        Window::Visit => {}
    }
    if asks && blind {
        let detail = || (name(), vec![literal!("absent:touches")]);
        out.object(&[purpose], GuardId::Cap, ReasonCode::HistoryIncomplete, None, detail);
    }
    let counted = || {
        let touches = s.history.ledger().touches.iter();
        touches.filter(|touch| {
            touch.at > from
                && s.takes_slot(touch, purpose)
                && (cap.purposes.contains(&touch.purpose)
                    || s.sells(touch) && cap.purposes.contains(&Purpose::Pitch))
                && (touch.channels == Set::default()
                    || touch.channels.iter().any(|channel| cap.channels.has(channel)))
                && (cap.scope != CapScope::Person || s.is_own(touch))
                && same(s, cap.per, purpose, touch)
        })
    };
    if let Window::Sliding(window) | Window::Until(window, _) = window {
        counted().for_each(|touch| out.watch(touch.at.min(s.early).plus(window)));
    }
    let limit = usize::from(cap.limit);
    let count = counted().count();
    if count < limit {
        return;
    }
    // Limit 0 means never: no time will help. A visit has no end that is known in advance.
    let until = newest(counted, limit, &|touch| frees(s, window, touch));
    let until = until.filter(|until| *until != Ms::NEVER);
    let code = match window {
        Window::Visit => ReasonCode::SessionCap,
        _ if purpose == Purpose::Survey => ReasonCode::SurveyFatigue,
        _ => ReasonCode::FrequencyCap,
    };
    out.object(&[purpose], GuardId::Cap, code, until, || {
        let mut evidence = vec![text!("policy:/guards/caps/{id}")];
        // More than the limit: copies that could not hear each other overran it, and it shows.
        evidence.extend(counted().map(|touch| s.history.evidence(touch.event)));
        (name(), evidence)
    });
}

/// When a touch gives its slot back.
fn frees(s: &Situation<'_>, window: Window, touch: &TouchState) -> Ms {
    let end = match window {
        Window::Sliding(window) => touch.at.min(s.early).plus(window),
        Window::Calendar(end) => end,
        Window::Until(window, end) => touch.at.min(s.early).plus(window).min(end),
        Window::Visit => Ms::NEVER,
    };
    let lapses = touch.at.plus(s.policy.guards.reservation_ms);
    if touch.confirmed { end } else { end.min(lapses) }
}

/// When the n-th last of them gives its slot back, without a list: at every one the next is looked for.
fn newest<'a, I: Iterator<Item = &'a TouchState>>(
    touches: impl Fn() -> I,
    n: usize,
    frees: &dyn Fn(&TouchState) -> Ms,
) -> Option<Ms> {
    let mut last: Option<(Ms, usize)> = None;
    for _ in 0..n {
        let ends = touches().map(|touch| (frees(touch), touch.event));
        last = Some(ends.filter(|end| last.is_none_or(|last| *end < last)).max()?);
    }
    last.map(|(end, _)| end)
}

/// Whether a touch falls under the same part of a cap as the one considered.
fn same(s: &Situation<'_>, per: Option<Per>, purpose: Purpose, touch: &TouchState) -> bool {
    match per {
        None => true,
        // A survey of a kind that nobody told counts for every kind.
        Some(Per::Kind) => {
            let asked = s.moment.proposal.as_ref().and_then(|p| p.survey.as_ref());
            touch.survey.zip(asked).is_none_or(|(kind, asked)| kind == asked.kind)
        }
        // Nobody told what about: it may have been about the same.
        Some(Per::Matter | Per::Subject) => {
            let told = touch.matter.as_ref().zip(s.moment.matter.as_ref());
            told.is_none_or(|(one, other)| one == other)
        }
        // Nobody told where: it may have been here.
        Some(Per::Channel) => {
            touch.channels == Set::default() || touch.channels.has(s.channel(purpose))
        }
    }
}

fn gaps(s: &Situation<'_>, out: &mut Objections) {
    for (name, gap) in s.policy.guards.min_gap_ms.iter() {
        let Some(purpose) = Purpose::parse(name) else { continue };
        let touches = s.history.ledger().touches.iter().filter(|touch| {
            s.takes_slot(touch, purpose)
                && PROACTIVE.contains(&touch.purpose)
                // An offer on the page keeps its distance from its like only: help that was sent
                // yesterday is no reason to leave somebody alone with a broken button.
                && (purpose != Purpose::Assist || touch.purpose == Purpose::Assist)
                && s.is_own(touch)
        });
        let ends = touches.map(|touch| (frees(s, Window::Sliding(*gap), touch), touch.event));
        let Some((until, event)) = ends.max() else { continue };
        if until > s.early {
            out.object(&[purpose], GuardId::MinGap, ReasonCode::MinGap, Some(until), || {
                (text!("minGapMs.{name}"), vec![s.history.evidence(event)])
            });
        }
    }
}
