//! Parameters of what is done with the pointer: clicks, bursts, shaking, scrolling.

use super::{Activity, Spans};
use crate::Text;
use crate::event::visit::{Control, Hint, PageRole};
use crate::shape::{Note, Set, record, words};
use crate::unit::Permille;

words! {
    /// How a window bounds a burst.
    pub enum WindowMode {
        /// The clicks fit in it from the first to the last.
        Span = "span",
        /// No gap between two of them is longer.
        Gap = "gap",
    }
}

words! {
    /// How a distance is measured.
    pub enum RadiusMetric {
        /// As the crow flies.
        Euclid = "euclid",
        /// Across plus down.
        Manhattan = "manhattan",
        /// The larger of across and down.
        Chebyshev = "chebyshev",
    }
}

words! {
    /// From where a distance is measured.
    pub enum RadiusFrom {
        /// From the click before.
        Prev = "prev",
        /// Across the box that holds the whole burst.
        BurstBox = "burstBox",
    }
}

words! {
    /// When a reported burst may be followed by another.
    pub enum Rearm {
        /// When it has broken off.
        AfterBreak = "afterBreak",
        /// With the next click.
        Immediate = "immediate",
    }
}

words! {
    /// When a burst is reported.
    pub enum Report {
        /// When no further click belongs to it.
        Settled = "settled",
        /// With the click that is one too many.
        AtThreshold = "atThreshold",
    }
}

words! {
    /// What a reaction is that comes too late to count.
    pub enum LateAs {
        /// Proof that the click was dead.
        DeadClick = "deadClick",
        /// A slow click.
        SlowClick = "slowClick",
    }
}

record! {
    /// A burst of clicks: four within one second, or three when one of them is known to be dead or
    /// to have failed.
    pub struct RageClick {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Clicks that are rage by themselves, at most 8; absent: no number is enough.
        pub min_clicks: Option<u8>,
        /// Clicks that are rage when one of them is dead or failed, at most 8.
        pub min_clicks_corroborated: Option<u8>,
        /// The window, in ms.
        pub window_ms: Option<u32>,
        /// What the window bounds; the span when absent.
        pub window_mode: Option<WindowMode>,
        /// Whether a window that is just full still counts.
        pub window_inclusive: Option<bool>,
        /// Clicks of a burst are less than this apart, in ms.
        pub chain_gap_ms: Option<u32>,
        /// A click outside the window of the one `minClicks - 1` before it begins a new burst.
        pub break_span: Option<bool>,
        /// All on one target.
        pub same_target: Option<bool>,
        /// How far apart, in CSS pixels.
        pub radius_px: Option<u16>,
        /// Measured how; as the crow flies when absent.
        pub radius_metric: Option<RadiusMetric>,
        /// Measured from where; from the click before when absent.
        pub radius_from: Option<RadiusFrom>,
        /// Whether exactly that far is still near.
        pub radius_inclusive: Option<bool>,
        /// What, from the first press on, makes it no rage at all.
        pub veto_on: Set<Activity>,
        /// What makes the count begin anew.
        pub reset_on: Set<Activity>,
        /// Controls whose clicks do not count.
        pub controls_skip: Set<Control>,
        /// The only controls whose clicks count.
        pub controls_only: Option<Set<Control>>,
        /// Controls good for repeating whose clicks do not count.
        pub hints_skip: Set<Hint>,
        /// Whether authors may exclude controls.
        pub honour_opt_out: Option<bool>,
        /// Clicks with a modifier key do not count.
        pub skip_modifiers: Option<bool>,
        /// Clicks made by scripts do not count.
        pub skip_untrusted: Option<bool>,
        /// When another may follow; after a break when absent.
        pub rearm: Option<Rearm>,
        /// When it is reported; when it has settled, if absent.
        pub report: Option<Report>,
        /// Without a click for this long it has settled, in ms; the gap, or else the window, when
        /// absent.
        pub settle_ms: Option<u32>,
        /// A reaction of its own within this long answers a click, in ms.
        pub answered_ms: Option<u32>,
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
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// The only controls that are judged.
        pub controls_only: Option<Set<Control>>,
        /// Controls that are not judged.
        pub controls_skip: Set<Control>,
        /// Controls good for repeating that are not judged.
        pub hints_skip: Set<Hint>,
        /// Whether authors may exclude controls.
        pub honour_opt_out: Option<bool>,
        /// Clicks with a modifier key are not judged.
        pub skip_modifiers: Option<bool>,
        /// Clicks made by scripts are not judged.
        pub skip_untrusted: Option<bool>,
        /// Clicks of other buttons are not judged.
        pub primary_button_only: Option<bool>,
        /// How long after the release each activity is an answer, in ms; absent ones are none.
        pub alive_ms: Option<Spans>,
        /// Whether an answer at the very end of its span counts, before the release and after it.
        pub alive_inclusive: Option<bool>,
        /// An activity this long before the press makes the click unjudged, in ms.
        pub before_ms: Option<Spans>,
        /// Whether one at the very beginning of that span counts.
        pub before_inclusive: Option<bool>,
        /// How long after the press what happens before the release counts, in ms; all of it when
        /// absent.
        pub since_down_ms: Option<u32>,
        /// What the person does that excuses a click however late.
        pub user_alive: Set<Activity>,
        /// What excuses every click of the burst it falls in.
        pub chain_veto_on: Set<Activity>,
        /// Without an answer by then, it is dead, in ms after the release; never when absent.
        pub decide_ms: Option<u32>,
        /// What an activity is that comes after its span and before the decision; nothing when
        /// absent. Looking around or away never makes a click slow.
        pub late_as: Option<LateAs>,
        /// What makes a verdict impossible.
        pub cancel_on: Set<Activity>,
        /// Whether a click on something else makes it impossible too.
        pub cancel_on_other_action: Option<bool>,
        /// A click this soon after a judged one on the same target is part of it, in ms.
        pub dedupe_target_ms: Option<u32>,
        /// A dead click this soon after another one anywhere is not told, in ms.
        pub dedupe_any_ms: Option<u32>,
        /// A later answer is slow, in ms.
        pub responsive_ms: Option<u32>,
        /// With a request under way the wait goes on until then, in ms.
        pub pending_ms: Option<u32>,
        /// When a page that changes by itself is no witness.
        pub noise: Option<Noise>,
        /// Grade of a dead click.
        pub grade: Permille,
        /// Grade of a dead link.
        pub grade_link: Permille,
        /// Grade from the second dead click on the same target in one page view.
        pub grade_repeated: Permille,
    }
}

record! {
    /// A page that changes by itself: a mutation in that many of the slots before a press that no
    /// other click explains. Then mutations answer nothing, and a click that only they could have
    /// answered gets no verdict.
    pub struct Noise {
        /// How many of them.
        pub slots: u8,
        /// Of how many.
        pub of: u8,
        /// How long each is, in ms.
        pub slot_ms: u32,
    }
}

record! {
    /// An answer that came late; its grade is the delay as a share of `deadClick.decideMs`.
    pub struct SlowClick {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Grade when a request was all that came.
        pub grade_pending: Permille,
    }
}

record! {
    /// An error shortly after a press.
    pub struct ErrorClick {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// How shortly, in ms.
        pub window_ms: Option<u32>,
        /// Whether one at the very end counts, of a window or of a life.
        pub window_inclusive: Option<bool>,
        /// Instead of a window: a click lives until the page has been idle for this long, in ms, and
        /// an error is the fault of every living click.
        pub idle_ms: Option<u32>,
        /// But at the latest this long after the press, in ms.
        pub max_ms: Option<u32>,
        /// The only controls that are judged.
        pub controls_only: Option<Set<Control>>,
        /// Controls that are not judged.
        pub controls_skip: Set<Control>,
        /// Whether authors may exclude controls.
        pub honour_opt_out: Option<bool>,
        /// Clicks with a modifier key are not judged.
        pub skip_modifiers: Option<bool>,
        /// Clicks made by scripts are not judged.
        pub skip_untrusted: Option<bool>,
        /// Whether a click on something else ends it.
        pub cancel_on_other_action: Option<bool>,
        /// The same fingerprint this long before the press is background noise, in ms.
        pub noise_ms: Option<u32>,
        /// Grade when nothing else happened.
        pub grade: Permille,
        /// Grade when the page reacted as well.
        pub grade_with_effect: Permille,
    }
}

record! {
    /// Errors or failed submits again on one target: their rate, not their number.
    pub struct RepeatError {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// How many.
        pub min_errors: u8,
        /// One this long after the last begins a new count, in ms.
        pub window_ms: u32,
        /// Grade.
        pub grade: Permille,
        /// Grade of every further one.
        pub grade_more: Permille,
    }
}

record! {
    /// The pointer shaken to and fro. Frustrated people move slower rather than faster, so this is
    /// weak evidence and off in the starter.
    pub struct ThrashedCursor {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Turns on one axis, at most 20.
        pub min_turns: u16,
        /// Less than this apart, the first from the last, in ms; also how long it takes to settle.
        pub window_ms: u32,
        /// Shorter strokes are a tremor, in CSS pixels.
        pub min_stroke_px: Option<u16>,
        /// Grade; that of weak evidence when absent.
        pub grade: Option<Permille>,
    }
}

record! {
    /// A long page scrolled up and down without finding anything.
    pub struct ExcessiveScroll {
        /// The definition's name and version.
        pub definition: Option<Text>,
        /// Where the numbers come from.
        pub source: Note,
        /// Changes of direction, at most 8.
        pub reversals: u8,
        /// Within this much active time, in ms.
        pub window_ms: u32,
        /// A stroke is at least this share of the view.
        pub stroke_share: Permille,
        /// The page is at least this many views high.
        pub min_views: u8,
        /// Roles of pages that are made for going up and down.
        pub roles_skip: Set<PageRole>,
        /// Grade.
        pub grade: Permille,
    }
}
