//! Pages: how one came, how long it was looked at, whether it was read, and how it was left.

use super::attention::Attention;
use super::click::micros;
use super::search::Searches;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{ArticleProgress, Nav, PageRole, PageView, Scroll};
use crate::id::Key;
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::{Micros, Permille};

/// Articles remembered as read or viewed.
const ARTICLES: usize = 5;

record! {
    /// The page that is open.
    #[derive(Copy)]
    pub struct OpenPage {
        /// Which.
        pub page: Key,
        /// What for.
        pub role: PageRole,
        /// About what.
        pub topic: Key,
        /// Since when.
        pub since: Micros,
        /// In active time.
        pub active: Micros,
        /// How long reading it takes, in ms.
        pub expected_read_ms: u32,
        /// By a link, not by turning back.
        pub forward: bool,
        /// As the result of a search.
        pub result: bool,
        /// Something was done on it, or it was said to help.
        pub touched: bool,
        /// It was read.
        pub read: bool,
    }
}

record! {
    /// An article and a time.
    #[derive(Copy)]
    pub struct Article {
        /// Which.
        pub page: Key,
        /// When it was read, or first seen.
        pub at: Micros,
        /// How often.
        pub count: u8,
    }
}

record! {
    /// The open page and what was seen before.
    #[derive(Default)]
    pub struct Navigation {
        /// The open page.
        pub open: Option<OpenPage>,
        /// Articles read.
        pub read: Ring<Article, ARTICLES>,
        /// Articles seen.
        pub seen: Ring<Article, ARTICLES>,
        /// A result was opened; its page is still to come.
        pub result: bool,
        /// Some page was open before.
        pub begun: bool,
        /// The topic that was told to come again.
        pub told_topic: Key,
    }
}

impl Navigation {
    pub(crate) fn page_view(
        &mut self,
        signals: &Signals,
        t: Micros,
        view: &PageView,
        attention: &mut Attention,
        searches: &mut Searches,
        out: &mut Findings,
    ) {
        let nav = view.nav.unwrap_or(Nav::Load);
        let turned_back = matches!(nav, Nav::Back | Nav::Bfcache);
        // A document that was put away and comes back knows nothing of the page that was left for it.
        let itself = nav == Nav::Bfcache && self.open.is_some_and(|open| open.page == view.page);
        if turned_back && !itself {
            self.back(signals, t, attention, searches, out);
        }
        let role = view.role.unwrap_or(PageRole::Other);
        let topic = view.topic.unwrap_or(Key::NONE);
        let forward = matches!(nav, Nav::Load | Nav::Push | Nav::Hash);
        let listed = self.open.is_some_and(|open| open.role == PageRole::SearchResults);
        let result = forward && (core::mem::take(&mut self.result) || listed);
        if role == PageRole::Article && forward {
            searches.opened(signals, t, out);
        }
        if !turned_back {
            self.again(signals, t, view, role, out);
        }
        attention.turn(t, topic);
        self.open = Some(OpenPage {
            page: view.page,
            role,
            topic,
            since: t,
            active: attention.active(t),
            expected_read_ms: view.expected_read_ms.unwrap_or(0),
            forward,
            result,
            touched: false,
            read: false,
        });
        self.begun = true;
    }

    /// "Back" from the open page.
    fn back(
        &self,
        signals: &Signals,
        t: Micros,
        attention: &Attention,
        searches: &mut Searches,
        out: &mut Findings,
    ) {
        let Some(left) = self.open.filter(|left| left.forward) else { return };
        let dwell = attention.active(t).since(left.active).0;
        if let Some(p) = signals.pogo.as_ref().filter(|_| left.result && !left.read)
            && dwell < micros(p.dwell_ms)
        {
            searches.bounce(signals, t, left.page, left.since, out);
        }
        let Some(p) = &signals.quick_back else { return };
        if p.require_no_interaction == Some(true) && left.touched {
            return;
        }
        let weak = p.weak_dwell_ms.is_some_and(|ms| dwell <= micros(ms));
        let grade = if dwell <= micros(p.dwell_ms) {
            p.grade
        } else if weak {
            p.grade_weak.unwrap_or(p.grade)
        } else {
            return;
        };
        out.push(Finding::new(SignalKind::QuickBack, t, t, grade).on(left.page));
    }

    /// The same article in this visit, or the same topic in several.
    fn again(
        &mut self,
        signals: &Signals,
        t: Micros,
        view: &PageView,
        role: PageRole,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.repeat_visit else { return };
        let sessions = view.earlier_sessions.map_or(0, |earlier| u16::from(earlier) + 1);
        let told = self.told_topic;
        let often = sessions >= u16::from(p.min_sessions);
        if let Some(topic) = view.topic.filter(|topic| often && *topic != told) {
            // Going on with it is no news.
            self.told_topic = topic;
            let mut finding =
                Finding::new(SignalKind::RepeatVisit, t, t, p.grade_sessions).on(topic);
            finding.count = sessions;
            finding.page = Some(view.page);
            out.push(finding);
        }
        if role != PageRole::Article {
            return;
        }
        let Some(seen) = self.seen.iter_mut().find(|seen| seen.page == view.page) else {
            self.seen.push(Article { page: view.page, at: t, count: 1 });
            return;
        };
        seen.count = seen.count.saturating_add(1);
        if seen.count >= p.min_views {
            let mut finding = Finding::new(SignalKind::RepeatVisit, seen.at, t, p.grade_views);
            finding.same = seen.count > p.min_views;
            finding.page = Some(view.page);
            out.push(finding.on(view.page).times(seen.count));
        }
    }

    /// A result was opened; the page that comes next is it.
    pub(crate) fn result_open(&mut self) {
        self.result = true;
    }

    /// Something was done on the page, or said about it; what is told late was done on the one before.
    pub(crate) fn touch(&mut self, t: Micros) {
        if let Some(open) = self.open.as_mut().filter(|open| open.since <= t) {
            open.touched = true;
        }
    }

    pub(crate) fn scroll(&mut self, signals: &Signals, t: Micros, scroll: &Scroll) {
        let Some(share) = signals.quick_back.as_ref().and_then(|p| p.scroll_share) else { return };
        let (Some(y), Some(height)) = (scroll.y, scroll.page_h) else { return };
        if i64::from(y) * 1000 > i64::from(height) * share.get() {
            self.touch(t);
        }
    }

    /// How far the open article was read; whether that was enough.
    pub(crate) fn progress(
        &mut self,
        signals: &Signals,
        t: Micros,
        progress: &ArticleProgress,
        out: &mut Findings,
    ) -> bool {
        let (Some(p), Some(open)) = (&signals.article_read, &mut self.open) else { return false };
        let page = progress.page.unwrap_or(open.page);
        let share = i64::from(open.expected_read_ms) * p.min_share.get() / 1000;
        let enough = i64::from(p.min_active_ms).max(share);
        if open.read
            || page != open.page
            || open.role != PageRole::Article
            || i64::from(progress.active_ms) < enough
            || progress.depth_pct < p.min_depth_pct
        {
            return false;
        }
        open.read = true;
        self.read.push(Article { page, at: t, count: 1 });
        out.push(Finding::new(SignalKind::ArticleRead, t, t, Permille::ONE).on(page));
        true
    }

    /// When an article was read in this visit.
    pub(crate) fn read_at(&self, page: Key) -> Option<Micros> {
        self.read.iter().find(|known| known.page == page).map(|known| known.at)
    }
}
