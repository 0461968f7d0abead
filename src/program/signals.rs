//! Parameters of the page signals. A detector that is absent is off.

use crate::event::visit::{Control, FormWhat};
use crate::shape::{record, words};
use crate::unit::{Ms, Permille};

words! {
    /// A behaviour recognised on the page.
    pub enum SignalKind {
        /// The same thing pressed again and again in a short time.
        RageClick = "rageClick",
        /// Something that should react did not.
        DeadClick = "deadClick",
        /// Something reacted, but late.
        SlowClick = "slowClick",
        /// A press was followed by an error.
        ErrorClick = "errorClick",
        /// Errors again on the same target or form.
        RepeatError = "repeatError",
        /// A search without a result.
        ZeroResultSearch = "zeroResultSearch",
        /// The same search in other words.
        SearchRefinement = "searchRefinement",
        /// Back again at once.
        QuickBack = "quickBack",
        /// Trouble in a form that is still open.
        FormStruggle = "formStruggle",
        /// A form begun and left.
        FormAbandon = "formAbandon",
        /// Reached for a way to contact somebody. No friction by itself.
        ContactIntent = "contactIntent",
        /// An article was read. No friction.
        ArticleRead = "articleRead",
    }
}

/// How many kinds of signals there are.
pub const SIGNAL_KINDS: usize = SignalKind::ALL.len();

record! {
    /// Parameters of every page signal.
    pub struct Signals {
        /// What is believed of events.
        pub hygiene: Hygiene,
        /// Rage clicks.
        pub rage_click: Option<RageClick>,
        /// Dead and slow clicks.
        pub dead_click: Option<DeadClick>,
        /// Error clicks.
        pub error_click: Option<ErrorClick>,
        /// Searches.
        pub search: Option<SearchSignals>,
        /// Quick backs.
        pub quick_back: Option<QuickBack>,
        /// Articles read.
        pub article_read: Option<ArticleRead>,
        /// Forms.
        pub form: Option<FormSignals>,
        /// Contact intent.
        pub contact: Option<ContactSignals>,
    }
}

record! {
    /// What is believed of page events; the rest is quarantined and counted.
    pub struct Hygiene {
        /// A visit longer than this is a broken clock.
        pub longest_ms: Ms,
        /// Effects may be told late; events older than the latest by more than this are refused.
        pub late_ms: Ms,
    }
}

record! {
    /// A burst of clicks on one target: four within one second, or three when one of them is
    /// known to be dead or to have failed.
    pub struct RageClick {
        /// Clicks that are rage by themselves.
        pub min_clicks: u8,
        /// Clicks that are rage when one of them is dead or failed.
        pub min_clicks_corroborated: u8,
        /// The span they must fit in, in ms.
        pub window_ms: u32,
        /// The longest gap within a burst, in ms; also how long a burst takes to settle.
        pub chain_gap_ms: u32,
        /// The farthest a click may be from the one before, in CSS pixels.
        pub radius_px: u16,
        /// An own effect within this long is an answer, in ms.
        pub answered_ms: u32,
        /// Controls on which repeating is normal.
        pub controls_skip: Vec<Control>,
        /// Grade when one of them is dead or failed.
        pub grade_corroborated: Permille,
        /// Grade when it is not known yet.
        pub grade_mixed: Permille,
        /// Grade when all of them were answered.
        pub grade_answered: Permille,
    }
}

record! {
    /// A press of something that should react, without an effect.
    pub struct DeadClick {
        /// Controls that are judged.
        pub controls_only: Vec<Control>,
        /// An effect within this long is normal, in ms.
        pub responsive_ms: u32,
        /// Without an effect by then, it is dead, in ms.
        pub decide_ms: u32,
        /// With a request under way, the wait goes on until then, in ms.
        pub pending_ms: u32,
        /// A scroll counts as an effect within this long, in ms.
        pub scroll_ms: u32,
        /// A change of visibility or focus within this long makes the click unjudged, in ms.
        pub wake_ms: u32,
        /// Further dead clicks on a target within this long of one are the same incident, in ms.
        pub dedupe_target_ms: u32,
        /// Grade of a dead click.
        pub grade: Permille,
        /// Grade of a dead link.
        pub grade_link: Permille,
        /// Grade from the second dead click on the same target.
        pub grade_repeated: Permille,
    }
}

record! {
    /// An error shortly after a press.
    pub struct ErrorClick {
        /// How shortly, in ms.
        pub window_ms: u32,
        /// The same fingerprint within this long before the press is background noise, in ms.
        pub noise_ms: u32,
        /// Grade when nothing else happened.
        pub grade: Permille,
        /// Grade when the page reacted as well.
        pub grade_with_effect: Permille,
        /// Errors on one target that are a signal of their own.
        pub repeat_min: u8,
        /// Grade of a repeated error.
        pub grade_repeat: Permille,
        /// Grade of every further one.
        pub grade_repeat_more: Permille,
    }
}

record! {
    /// Searches that do not get anywhere.
    pub struct SearchSignals {
        /// A query that continues the last within this long is the same search, in ms.
        pub merge_ms: u32,
        /// A query that is not continued for this long is finished, in ms.
        pub settle_ms: u32,
        /// A similar query within this long is a refinement, in ms.
        pub refine_ms: u32,
        /// How similar, in percent.
        pub similar_min: u8,
        /// Grade of the first search without results.
        pub grade_zero: Permille,
        /// Grade from the second.
        pub grade_zero_again: Permille,
        /// Grade of a refinement.
        pub grade_refine: Permille,
        /// Added for every further one.
        pub grade_refine_step: Permille,
    }
}

record! {
    /// A page left by "back" as soon as it was seen.
    pub struct QuickBack {
        /// Sooner than this, in ms.
        pub dwell_ms: u32,
        /// Sooner than this it is a weak one, in ms.
        pub weak_dwell_ms: u32,
        /// Having scrolled beyond this share of the page is an interest in it.
        pub scroll_share: Permille,
        /// Grade.
        pub grade: Permille,
        /// Grade of a weak one.
        pub grade_weak: Permille,
    }
}

record! {
    /// An article that was really read.
    pub struct ArticleRead {
        /// Active time at least, in ms.
        pub min_active_ms: u32,
        /// And at least this share of the expected reading time.
        pub min_share: Permille,
        /// And at least this much of it seen, in percent.
        pub min_depth_pct: u8,
    }
}

record! {
    /// Trouble in forms.
    pub struct FormSignals {
        /// What counts as trouble (a refused field, a failed submit).
        pub trouble: Vec<FormWhat>,
        /// That often in one form is struggle.
        pub struggle_min: u8,
        /// Grade of struggle.
        pub grade_struggle: Permille,
        /// Shorter than this it was no attempt, in ms.
        pub min_active_ms: u32,
        /// Grade of leaving it.
        pub grade_abandon: Permille,
        /// Added when there was trouble.
        pub grade_abandon_trouble: Permille,
    }
}

record! {
    /// Reaching for a way to contact somebody.
    pub struct ContactSignals {
        /// That long on the contact page is intent, in ms.
        pub dwell_ms: u32,
        /// Grade of staying there.
        pub grade_page: Permille,
        /// Grade after something was tried in vain.
        pub grade_page_after_trouble: Permille,
        /// Grade of pressing a telephone, mail or chat link.
        pub grade_direct: Permille,
    }
}
