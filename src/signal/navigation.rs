//! Pages: how one came, how long it was looked at, whether it was read, and how it was left.
//!
//! Time is active time: a tab in the background reads nothing.

use super::{Finding, Findings, SignalKind};
use crate::event::visit::{ArticleProgress, Nav, PageRole, PageView, Scroll};
use crate::id::Key;
use crate::program::Signals;
use crate::unit::{Micros, Permille};

/// Articles remembered as read.
const READ: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenPage {
    pub(crate) page: Key,
    pub(crate) role: PageRole,
    pub(crate) topic: Key,
    pub(crate) since: Micros,
    expected_read_ms: u32,
    entered_forward: bool,
    touched: bool,
    hidden_ms: i64,
    hidden_since: Option<Micros>,
    read: bool,
}

/// The open page and what was read before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Navigation {
    pub(crate) open: Option<OpenPage>,
    read: [Option<(Key, Micros)>; READ],
    next_read: usize,
}

impl Navigation {
    pub(crate) fn page_view(
        &mut self,
        signals: &Signals,
        t: Micros,
        view: &PageView,
        out: &mut Findings,
    ) {
        let nav = view.nav.unwrap_or(Nav::Load);
        if matches!(nav, Nav::Back | Nav::Bfcache) {
            self.quick_back(signals, t, out);
        }
        self.open = Some(OpenPage {
            page: view.page,
            role: view.role.unwrap_or(PageRole::Other),
            topic: view.topic.unwrap_or(Key::NONE),
            since: t,
            expected_read_ms: view.expected_read_ms.unwrap_or(0),
            entered_forward: matches!(nav, Nav::Load | Nav::Push | Nav::Hash),
            touched: false,
            hidden_ms: 0,
            hidden_since: None,
            read: false,
        });
    }

    fn quick_back(&self, signals: &Signals, t: Micros, out: &mut Findings) {
        let (Some(p), Some(left)) = (&signals.quick_back, &self.open) else { return };
        let dwell = left.active_ms(t);
        if !left.entered_forward || left.touched || dwell > i64::from(p.weak_dwell_ms) {
            return;
        }
        let grade = if dwell <= i64::from(p.dwell_ms) { p.grade } else { p.grade_weak };
        out.push(Finding::new(SignalKind::QuickBack, t, t, grade).on(left.page));
    }

    /// The person did something with the page: leaving it is no longer a glance.
    pub(crate) fn touch(&mut self) {
        if let Some(page) = &mut self.open {
            page.touched = true;
        }
    }

    /// Beyond the policy's share of the page, a scroll is an interest in it.
    pub(crate) fn scroll(&mut self, signals: &Signals, scroll: &Scroll) {
        let Some(p) = &signals.quick_back else { return };
        let (seen, height) = (scroll.y.unwrap_or(0), scroll.page_h.unwrap_or(i32::MAX));
        let far = i64::from(seen) * 1000 > i64::from(height) * p.scroll_share.get();
        if scroll.user != Some(false) && far {
            self.touch();
        }
    }

    pub(crate) fn hidden(&mut self, t: Micros, hidden: bool) {
        let Some(page) = &mut self.open else { return };
        if hidden {
            page.hidden_since.get_or_insert(t);
        } else if let Some(since) = page.hidden_since.take() {
            page.hidden_ms = page.hidden_ms.saturating_add(t.since(since).ms());
        }
    }

    pub(crate) fn progress(
        &mut self,
        signals: &Signals,
        t: Micros,
        progress: &ArticleProgress,
        out: &mut Findings,
    ) {
        let (Some(p), Some(open)) = (&signals.article_read, &mut self.open) else { return };
        let page = progress.page.unwrap_or(open.page);
        let share = i64::from(open.expected_read_ms) * p.min_share.get() / 1000;
        let enough = i64::from(p.min_active_ms).max(share);
        if open.read
            || page != open.page
            || open.role != PageRole::Article
            || i64::from(progress.active_ms) < enough
            || progress.depth_pct < p.min_depth_pct
        {
            return;
        }
        open.read = true;
        if let Some(slot) = self.read.get_mut(self.next_read) {
            *slot = Some((page, t));
        }
        self.next_read = (self.next_read + 1) % READ;
        out.push(Finding::new(SignalKind::ArticleRead, t, t, Permille::ONE).on(page));
    }

    /// When an article was read in this visit.
    pub(crate) fn read_at(&self, page: Key) -> Option<Micros> {
        self.read.iter().flatten().find(|(known, _)| *known == page).map(|(_, at)| *at)
    }

    /// The articles read in this visit.
    pub(crate) fn read(&self) -> impl Iterator<Item = (Key, Micros)> + '_ {
        self.read.iter().flatten().copied()
    }
}

impl OpenPage {
    /// Time in view since it came up.
    pub(crate) fn active_ms(&self, t: Micros) -> i64 {
        let hidden_now = self.hidden_since.map_or(0, |since| t.since(since).ms());
        t.since(self.since).ms() - self.hidden_ms - hidden_now
    }
}
