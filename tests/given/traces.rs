//! Generated page events, about every signal.

use proptest::prelude::*;
use tactful::event::visit::{
    ArticleProgress, Axis, Cause, Click, Control, Effect, EndReason, ErrorClass, Failure, Flag,
    Focus, FocusState, Form, FormWhat, Hint, Idle, Nav, PageEnd, PageRole, PageView, PointerTurns,
    ResultOpen, Resume, Scroll, Search, Selection, Visibility, VisibilityState, VisitBody, Vote,
};
use tactful::{Key, Micros, VisitEvent};

/// One of a list.
pub fn pick<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(|i| all[i])
}

/// A click somewhere.
pub fn click() -> impl Strategy<Value = VisitBody> {
    let controls = &[Control::Button, Control::Link, Control::Submit, Control::None];
    let flags = prop_oneof![
        9 => Just(None),
        1 => pick(Flag::ALL).prop_map(Some),
    ];
    (0..3u32, pick(controls), 0..60i32, pick(Hint::ALL), flags).prop_map(
        |(target, control, x, hint, flag)| {
            VisitBody::Click(Click {
                down_t: None,
                x: Some(x),
                y: Some(100),
                target: Key(target + 1),
                control: Some(control),
                hint: Some(hint),
                flags: flag.into_iter().collect(),
            })
        },
    )
}

fn effect() -> impl Strategy<Value = VisitBody> {
    pick(Cause::ALL).prop_map(|cause| VisitBody::Effect(Effect { cause }))
}

/// Anything that happens on a page.
pub fn body() -> impl Strategy<Value = VisitBody> {
    prop_oneof![
        12 => click(),
        6 => effect(),
        2 => (0..5_000i32).prop_map(|y| VisitBody::Scroll(Scroll { y: Some(y), page_h: Some(5_000), view_h: Some(800), user: None })),
        1 => any::<bool>().prop_map(|nonempty| VisitBody::Selection(Selection { nonempty })),
        1 => pick(VisibilityState::ALL).prop_map(|state| VisitBody::Visibility(Visibility { state })),
        1 => pick(FocusState::ALL).prop_map(|state| VisitBody::Focus(Focus { state })),
        2 => (pick(Axis::ALL), 1..5u8).prop_map(|(axis, n)| VisitBody::PointerTurns(PointerTurns { axis, n, stroke_px: Some(80) })),
        2 => (0..3u32).prop_map(|fp| VisitBody::Failure(Failure { class: ErrorClass::Script, fp: Some(Key(fp)) })),
        3 => (0..4u32, pick(PageRole::ALL), pick(Nav::ALL), prop::option::of(0..4u8)).prop_map(|(page, role, nav, earlier_sessions)| {
            VisitBody::PageView(PageView { page: Key(page + 10), role: Some(role), nav: Some(nav), topic: Some(Key(page % 2 + 50)), earlier_sessions, expected_read_ms: None })
        }),
        1 => (0..90_000u32).prop_map(|active_ms| VisitBody::ArticleProgress(ArticleProgress { page: None, active_ms, depth_pct: 80, end: None })),
        3 => (0..3u16, 0..=100u8, any::<bool>()).prop_map(|(results, sim, extends)| {
            VisitBody::Search(Search { sim_prev: Some(sim), extends_prev: Some(extends), len_tokens: None, results, scope: None })
        }),
        1 => (0..4u32).prop_map(|page| VisitBody::ResultOpen(ResultOpen { rank: Some(1), page: Some(Key(page + 10)) })),
        1 => any::<bool>().prop_map(|helpful| VisitBody::Vote(Vote { page: None, helpful })),
        4 => (0..2u32, pick(FormWhat::ALL), 0..3u32).prop_map(|(form, what, field)| {
            VisitBody::Form(Form { form: Key(form + 20), step: None, what, field: Some(Key(field + 30)) })
        }),
        1 => any::<bool>().prop_map(|idle| if idle { VisitBody::Idle(Idle {}) } else { VisitBody::Resume(Resume {}) }),
        1 => pick(EndReason::ALL).prop_map(|reason| VisitBody::PageEnd(PageEnd { reason })),
    ]
}

/// Page events in order, mostly close together, some minutes apart; clicks with a press before them,
/// and some of them again and again.
pub fn traces() -> impl Strategy<Value = Vec<VisitEvent>> {
    let gap = prop_oneof![
        8 => 0i64..600_000,
        2 => 600_000i64..5_000_000,
        1 => 5_000_000i64..400_000_000,
    ];
    let again = prop_oneof![5 => Just((0, 0)), 1 => (2..6, 50_000i64..350_000)];
    let step = (gap, 0i64..400_000, body(), again);
    prop::collection::vec(step, 1..28).prop_map(|list| {
        let mut t = Micros(1_000_000);
        let mut events = Vec::new();
        for (gap, held, mut body, (times, pause)) in list {
            let repeats = match body {
                VisitBody::Click(_) | VisitBody::Form(_) => times,
                VisitBody::Scroll(_) => 2 * times,
                _ => 0,
            };
            let mut happens = |gap: i64, held: i64| {
                t = Micros(t.0 + gap);
                match &mut body {
                    VisitBody::Click(click) => click.down_t = Some(Micros(t.0 - held.min(gap))),
                    VisitBody::Scroll(scroll) => scroll.y = scroll.y.map(|y| 5_000 - y),
                    _ => {}
                }
                events.push(VisitEvent { t, body });
            };
            happens(gap, held);
            (0..repeats).for_each(|_| happens(pause, held.min(pause / 2)));
            if let VisitBody::Search(_) = body {
                // Results opened and left one after the other.
                for page in 0..times {
                    let view = |page: u32, nav| PageView {
                        page: Key(page + 10),
                        role: Some(PageRole::Article),
                        nav: Some(nav),
                        topic: None,
                        earlier_sessions: None,
                        expected_read_ms: None,
                    };
                    let opened = ResultOpen { rank: None, page: None };
                    for body in [
                        VisitBody::ResultOpen(opened),
                        VisitBody::PageView(view(page as u32, Nav::Push)),
                        VisitBody::PageView(view(40, Nav::Back)),
                    ] {
                        t = Micros(t.0 + pause);
                        events.push(VisitEvent { t, body });
                    }
                }
            }
        }
        events
    })
}
