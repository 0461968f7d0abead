//! Excessive scrolling: up and down a long page without finding what is looked for.

use super::click::micros;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{PageRole, Scroll};
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::Micros;

/// The most changes of direction a policy may ask for.
pub(crate) const REVERSALS: usize = 8;

record! {
    /// A change of direction.
    #[derive(Copy)]
    pub struct Reversal {
        /// When.
        pub at: Micros,
        /// In active time.
        pub active: Micros,
    }
}

record! {
    /// The stroke under way and the last changes of direction.
    #[derive(Default)]
    pub struct Scrolling {
        /// Where the stroke under way began, in CSS pixels.
        pub from: Option<i32>,
        /// Where it is.
        pub y: i32,
        /// Whether it goes down.
        pub down: bool,
        /// Changes of direction after strokes long enough.
        pub reversals: Ring<Reversal, REVERSALS>,
        /// It was told; nothing more of it is news.
        pub told: bool,
    }
}

impl Scrolling {
    pub(crate) fn scroll(
        &mut self,
        signals: &Signals,
        t: Micros,
        active: Micros,
        role: PageRole,
        scroll: &Scroll,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.excessive_scroll else { return };
        let (Some(y), Some(view)) = (scroll.y, scroll.view_h) else { return };
        let high = i64::from(scroll.page_h.unwrap_or(0));
        let long = high >= i64::from(view) * i64::from(p.min_views);
        if scroll.user == Some(false) || !long || p.roles_skip.has(role) {
            return;
        }
        let Some(from) = self.from else {
            (self.from, self.y) = (Some(y), y);
            return;
        };
        let down = y > self.y;
        if y != self.y && down != self.down {
            let stroke = i64::from(self.y.abs_diff(from));
            // The first stroke has no direction before it.
            if stroke * 1000 >= i64::from(view) * p.stroke_share.get() && stroke > 0 {
                self.reversals.push(Reversal { at: t, active });
            } else if stroke > 0 {
                // A short stroke is a look around, not a search: counting begins anew.
                self.reversals.clear();
            }
            (self.from, self.down) = (Some(self.y), down);
        }
        self.y = y;
        let needed = usize::from(p.reversals).max(1);
        let Some(first) = self.reversals.back(needed - 1) else { return };
        if !self.told && active.since(first.active).0 <= micros(p.window_ms) {
            self.told = true;
            let mut finding = Finding::new(SignalKind::ExcessiveScroll, first.at, t, p.grade);
            finding.count = u16::from(p.reversals);
            out.push(finding);
        }
    }

    /// The person did something with what was found, or another page came.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
