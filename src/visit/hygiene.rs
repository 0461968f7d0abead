//! What is believed of page events. The rest is counted by reason and changes nothing else.

use super::Visit;
use crate::event::visit::{Flag, VisitBody, VisitEvent};
use crate::program::signals::Hygiene;
use crate::shape::record;
use crate::unit::Micros;

record! {
    /// Why events were not believed, and how many.
    #[derive(Copy, Default)]
    pub struct Quarantined {
        /// Before the visit, or days into it.
        pub absurd_time: u32,
        /// A place, share or size that cannot be.
        pub absurd_value: u32,
        /// Released before it was pressed: a clock was set back.
        pub clock_step: u32,
        /// Exactly the same event again.
        pub duplicate: u32,
        /// Long before an event already seen; of what a person does, a second: it is told again.
        pub out_of_order: u32,
        /// Input made by scripts. Clicks are taken in, and parameters say what they count for; nothing else
        /// is.
        pub untrusted: u32,
    }
}

impl Visit {
    /// Counts input that no person made and that was not taken in.
    pub fn distrust(&mut self) {
        let counts = &mut self.state.quarantined;
        counts.untrusted = counts.untrusted.saturating_add(1);
    }

    /// Whether an event is believed; if not, the reason is counted.
    pub(super) fn believes(&mut self, p: &Hygiene, event: &VisitEvent, own: u64) -> bool {
        let state = &mut self.state;
        let counts = &mut state.quarantined;
        let t = event.t;
        let pressed_later =
            matches!(event.body, VisitBody::Click(click) if click.down_t.is_some_and(|at| at > t));
        // The page may well react twice in one instant, and tell it late. A person does nothing twice; what
        // they do is told in order, but for a second: a browser's stamps are not all made at one time. Input that
        // waited for a busy page comes after what the page did meanwhile, and is compared with input alone.
        let own = own as u16;
        let latest = state.input.max(state.told);
        let input = event.body.is_input();
        let (behind, again) = match event.body {
            VisitBody::Effect(_) => (false, false),
            _ if input => {
                let behind = state.input.since(t).ms() > p.done_late_ms.0;
                // What is newer than all was told by nobody yet.
                let known = || state.lately.iter().any(|known| *known == own);
                (behind, t <= state.input && known())
            }
            _ => (t < state.told, t == state.told && state.saying == own),
        };
        let reason = if t < Micros(0) || t.ms() > p.longest_ms.0 {
            Some(&mut counts.absurd_time)
        // Against what was told, not the clock: looking ahead must not make the visit deaf.
        } else if latest.since(t).ms() > p.late_ms.0 || behind {
            Some(&mut counts.out_of_order)
        } else if pressed_later {
            Some(&mut counts.clock_step)
        } else if absurd(p, &event.body) {
            Some(&mut counts.absurd_value)
        } else if again {
            Some(&mut counts.duplicate)
        } else {
            None
        };
        if let Some(count) = reason {
            *count = count.saturating_add(1);
            return false;
        }
        if matches!(event.body, VisitBody::Click(click) if click.flags.has(Flag::Untrusted)) {
            counts.untrusted = counts.untrusted.saturating_add(1);
        }
        if input {
            state.input = state.input.max(t);
            state.lately.push(own);
        } else if !matches!(event.body, VisitBody::Effect(_)) {
            (state.told, state.saying) = (t, own);
        }
        true
    }
}

/// Whether a value is none a page could have measured.
fn absurd(p: &Hygiene, body: &VisitBody) -> bool {
    let far =
        |px: Option<i32>| px.is_some_and(|px| px.unsigned_abs() > p.farthest_px.unsigned_abs());
    match body {
        VisitBody::Click(click) => far(click.x) || far(click.y),
        VisitBody::Scroll(scroll) => {
            far(scroll.y)
                || far(scroll.page_h)
                || far(scroll.view_h)
                || scroll.page_h.is_some_and(|height| height < 0)
                || scroll.view_h.is_some_and(|height| height < 0)
        }
        VisitBody::ArticleProgress(progress) => progress.depth_pct > 100,
        VisitBody::Search(search) => search.sim_prev.is_some_and(|sim| sim > 100),
        _ => false,
    }
}
