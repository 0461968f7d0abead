//! Parameters of what is done with pages: searching, reading, filling in, reaching for contact.

use crate::Text;
use crate::shape::{Note, record};
use crate::unit::{Permille, Share};

record! {
    /// What one search is, and searches that do not get anywhere.
    pub struct SearchSignals {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// A query that continues the last within this long is the same search, in ms.
        pub merge_ms: Option<u32>,
        /// A query that is not continued for this long is finished, in ms; `mergeMs` when absent.
        pub settle_ms: Option<u32>,
        /// A similar query within this long is a refinement, in ms.
        pub refine_ms: Option<u32>,
        /// How similar, from 0 to 1.
        pub similar_min: Option<Share>,
        /// Grade of the first search without results.
        pub grade_zero: Permille,
        /// Grade from the second on one topic.
        pub grade_zero_again: Permille,
        /// Grade of a refinement.
        pub grade_refine: Permille,
        /// Added for every further one.
        pub grade_refine_step: Permille,
    }
}

record! {
    /// A search with results, none of which was opened.
    pub struct NoClickSearch {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Within this long, in ms.
        pub wait_ms: u32,
        /// Grade.
        pub grade: Permille,
    }
}

record! {
    /// Distinct searches for one thing, and no article read.
    pub struct Struggle {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// How many searches.
        pub min_queries: u8,
        /// Grade.
        pub grade: Permille,
    }
}

record! {
    /// A page left by "back" as soon as it was seen.
    pub struct QuickBack {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// At most this much active time, in ms.
        pub dwell_ms: u32,
        /// Up to this much it is a weak one, in ms.
        pub weak_dwell_ms: Option<u32>,
        /// Whether a click, an input or a scroll beyond `scrollShare` makes it none.
        pub require_no_interaction: Option<bool>,
        /// Having scrolled beyond this share of the page is an interest in it.
        pub scroll_share: Option<Permille>,
        /// Grade.
        pub grade: Permille,
        /// Grade of a weak one; as the others when absent.
        pub grade_weak: Option<Permille>,
    }
}

record! {
    /// Different results of one search, each left at once.
    pub struct Pogo {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// How many results, at most 8.
        pub min_results: u8,
        /// Opened within this long, in ms.
        pub window_ms: u32,
        /// Each left before this much active time, in ms.
        pub dwell_ms: u32,
        /// Grade.
        pub grade: Permille,
    }
}

record! {
    /// An article that was really read.
    pub struct ArticleRead {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Active time at least, in ms.
        pub min_active_ms: u32,
        /// And at least this share of the expected reading time.
        pub min_share: Permille,
        /// And at least this much of it seen, in percent.
        pub min_depth_pct: u8,
    }
}

record! {
    /// Trouble in a form that is still open.
    pub struct FormStruggle {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Refusals of one field.
        pub min_invalid: u8,
        /// Or submits that failed.
        pub min_failed: u8,
        /// Grade.
        pub grade: Permille,
    }
}

record! {
    /// A form begun and left unfinished.
    pub struct FormAbandon {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Left sooner than this after the start it was no attempt, in ms.
        pub min_active_ms: u32,
        /// A form with fewer fields touched is a search box or a newsletter.
        pub min_fields: u8,
        /// Untouched for this long it is left, in ms.
        pub idle_ms: u32,
        /// In a tab hidden for this long it is left, in ms.
        pub hidden_ms: u32,
        /// Grade.
        pub grade: Permille,
        /// Refusals that make it worse; one failed submit does as well.
        pub min_invalid: u8,
        /// Added for those.
        pub grade_trouble: Permille,
        /// Returns to a field that make it worse.
        pub min_returns: u8,
        /// Added for those.
        pub grade_returns: Permille,
    }
}

record! {
    /// Reaching for a way to contact somebody.
    pub struct ContactSignals {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// That long on the contact page is intent, in ms.
        pub dwell_ms: u32,
        /// Grade of staying there.
        pub grade_page: Permille,
        /// Grade after something was tried in vain.
        pub grade_page_after_trouble: Permille,
        /// Grade when the visit began there: looking up a number is no wish to talk yet.
        pub grade_page_landing: Permille,
        /// Grade of pressing a telephone, mail or chat link.
        pub grade_direct: Permille,
    }
}

record! {
    /// The same topic or article again.
    pub struct RepeatVisit {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Visits to a topic, this one included; earlier ones as the host's store counts them.
        pub min_sessions: u8,
        /// Grade of those.
        pub grade_sessions: Permille,
        /// Views of one article in this visit.
        pub min_views: u8,
        /// Grade of those.
        pub grade_views: Permille,
    }
}

record! {
    /// Longer on one topic than solving it takes others.
    pub struct TimeOnTask {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Active time, in ms: the site's own 90th percentile of solved visits, once it is known.
        pub active_ms: u32,
        /// Grade.
        pub grade: Permille,
    }
}
