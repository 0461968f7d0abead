//! How far an article was read: active time and depth, without forcing a layout per event.

use crate::event::visit::ArticleProgress;
use crate::id::Key;
use web_sys::{Document, Window};

/// Without any input for this long nobody is reading, in ms.
pub(super) const IDLE: f64 = 30_000.0;

/// Reading of the open page, if it is an article.
#[derive(Default)]
pub(super) struct Progress {
    article: bool,
    active_ms: f64,
    depth_pct: u8,
    counted_to: f64,
    /// Whether it was out of sight since then.
    hidden: bool,
    last_input: f64,
    reported: Option<(u32, u8)>,
}

impl Progress {
    pub(super) fn begin(&mut self, stamp: f64, article: bool, hidden: bool) {
        *self = Self { article, counted_to: stamp, last_input: stamp, hidden, ..Self::default() };
    }

    /// The person did something.
    pub(super) fn input(&mut self, stamp: f64) {
        self.last_input = stamp;
    }

    /// Counts up to now and reports, if there is news. To be called whenever the page goes out of sight and comes back:
    /// which of the two it was until now is what was so the last time.
    pub(super) fn report(
        &mut self,
        stamp: f64,
        window: &Window,
        document: &Document,
        page: Key,
    ) -> Option<ArticleProgress> {
        if !self.article {
            return None;
        }
        let until = stamp.min(self.last_input + IDLE);
        if !core::mem::replace(&mut self.hidden, document.hidden()) {
            self.active_ms += (until - self.counted_to).max(0.0);
        }
        self.counted_to = stamp;
        let height = document.document_element().map_or(0, |root| root.scroll_height());
        let view = window.inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(0.0);
        let seen = window.scroll_y().unwrap_or(0.0) + view;
        let depth = if height > 0 { seen * 100.0 / f64::from(height) } else { 100.0 };
        self.depth_pct = self.depth_pct.max(depth.clamp(0.0, 100.0) as u8);
        let news = (self.active_ms as u32, self.depth_pct);
        if self.reported == Some(news) {
            return None;
        }
        self.reported = Some(news);
        let (active_ms, depth_pct) = news;
        Some(ArticleProgress { page: Some(page), active_ms, depth_pct, end: None })
    }
}
