//! Parameters of the built-in guards. What is absent is off, and `check` says so.

mod windows;

pub use windows::{
    BadExperienceWindow, FrictionWindow, IdentityWindow, IncidentWindow, OnboardingWindow,
    OpenCaseWindow, RenewalWindow, SensitiveWindow, Windows,
};

use crate::Text;
use crate::event::history::SuppressionReason;
use crate::event::{Channel, Purpose, SurveyKind, UrgentKind};
use crate::shape::{Note, Shape, Table, Wire, record, words};
use crate::unit::{Ms, Permille};
use crate::wire::{Reader, Writer};

record! {
    /// Parameters of every built-in guard.
    pub struct Guards {
        /// Permissions.
        pub consent: Option<ConsentGuard>,
        /// Do-not-contact.
        pub suppression: Option<SuppressionGuard>,
        /// How often.
        pub caps: Table<Cap>,
        /// How soon after the last proactive touch, by purpose.
        pub min_gap_ms: Table<Ms>,
        /// When nothing is sold.
        pub windows: Windows,
        /// When it is night.
        pub quiet_hours: Table<QuietHours>,
        /// The present itself.
        pub clock: Option<ClockGuard>,
        /// A reserved touch that was never shown gives its slot back after this long.
        pub reservation_ms: Ms,
        /// How days, weeks and months are counted.
        pub calendar: Calendar,
        /// When not to ask.
        pub survey: Option<SurveyGuard>,
        /// What a text may not say, by language.
        pub phrases: Phrases,
        /// What the loyal would resent.
        pub fairness: Option<FairnessGuard>,
        /// What has not been kept is not promised again.
        pub kept_rate: Option<KeptRateGuard>,
    }
}

record! {
    /// How days, weeks and months are counted on the person's clock.
    pub struct Calendar {
        /// The day a week begins on.
        pub week_start: Weekday,
        /// Where nobody knows the person's clock, a unit is taken this much longer and slides.
        pub zone_slack_ms: Ms,
    }
}

words! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

record! {
    /// When not to ask somebody for their opinion.
    pub struct SurveyGuard {
        /// The share of people who are asked at all, drawn by hash before anything is known.
        pub sample_share: Permille,
        /// Not this soon after any feedback.
        pub after_feedback_ms: Ms,
        /// Not in the first days of an account.
        pub min_account_ms: Ms,
        /// Once for each journey.
        pub per_journey: bool,
        /// Kinds that ask about the whole relationship.
        pub relationship_kinds: Vec<SurveyKind>,
        /// They are not asked this soon after a single contact, case or purchase.
        pub after_transaction_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Phrases by language, in lower case. They are looked for as whole words, whatever the language.
    pub struct Phrases {
        /// What makes a text promotional.
        pub promotional: Table<Vec<Text>>,
        /// What begs for a score.
        pub begging: Table<Vec<Text>>,
    }
}

record! {
    /// Offers that are better for those who were not loyal.
    pub struct FairnessGuard {
        /// Somebody is a new customer for this long.
        pub new_for_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// What an organisation knows of an offer of its own.
    pub struct OfferPolicy {
        /// It is paid for by the organisation: a discount, a voucher, a present. It counts as a pitch
        /// whatever it is called.
        pub incentive: Option<bool>,
        /// Only new customers get it.
        pub new_customers_only: Option<bool>,
    }
}

record! {
    /// A kind of promise that is not kept often enough is not made until somebody has looked into it.
    pub struct KeptRateGuard {
        /// The share that has to be kept.
        pub floor: Permille,
        /// Of the last so many of a kind.
        pub last: u16,
        /// Fewer say nothing.
        pub least: u16,
        /// Facts that say the share for all customers, by kind.
        pub facts: Table<Text>,
        /// Looked into, by kind: what was due before counts no more.
        pub reviewed: Table<Ms>,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

impl Guards {
    /// How far clocks may differ and still be believed.
    #[must_use]
    pub fn max_skew(&self) -> Ms {
        self.clock.as_ref().map_or(Ms(0), |clock| clock.max_skew_ms)
    }
}

record! {
    /// Permissions: unknown denies what sells or asks.
    pub struct ConsentGuard {
        /// A pitch also needs permission to use what is known.
        pub pitch_needs_profiling: bool,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Do-not-contact, reasons kept apart.
    pub struct SuppressionGuard {
        /// Reasons that stop even notices.
        pub stops_notices: Vec<SuppressionReason>,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

words! {
    /// Whose touches a cap counts.
    pub enum CapScope {
        /// The person's.
        Person = "person",
        /// The account's, as far as the host tells.
        Account = "account",
        /// The household's, as far as the host tells.
        Household = "household",
    }
}

words! {
    /// What a cap keeps apart.
    pub enum Per {
        /// Each kind of survey.
        Kind = "kind",
        /// Each matter.
        Matter = "matter",
        /// Each subject of a notice.
        Subject = "subject",
        /// Each channel.
        Channel = "channel",
    }
}

/// Some channels, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channels(Option<Vec<Channel>>);

impl Channels {
    /// Whether a channel is meant.
    #[must_use]
    pub fn has(&self, channel: Channel) -> bool {
        self.0.as_ref().is_none_or(|some| some.contains(&channel))
    }

    /// Whether all channels of another are meant.
    #[cfg(feature = "studio")]
    pub(crate) fn include(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some(some)) => some.iter().all(|channel| self.has(*channel)),
        }
    }
}

impl Wire for Channels {
    const SHAPE: Shape = Shape::AllOr(&<Vec<Channel>>::SHAPE);
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(Option::get(from))
    }
}

record! {
    /// At most so many touches in a window.
    pub struct Cap {
        /// Whose.
        pub scope: CapScope,
        /// Which purposes count, and are stopped.
        pub purposes: Vec<Purpose>,
        /// Which channels.
        pub channels: Channels,
        /// How many; 0 means never.
        pub limit: u16,
        /// What is kept apart.
        pub per: Option<Per>,
        /// In which time.
        pub window: CapWindow,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// The time a cap looks at: exactly one of them.
    pub struct CapWindow {
        /// The last so many ms: at exactly that age a touch no longer counts.
        pub sliding_ms: Option<Ms>,
        /// This visit.
        pub visit: Option<bool>,
        /// The current day, week or month on the person's clock.
        pub calendar: Option<Unit>,
    }
}

words! {
    /// A unit of the calendar.
    pub enum Unit {
        /// From midnight to midnight.
        Day = "day",
        /// Seven days from the day weeks begin on.
        Week = "week",
        /// From the first to the last.
        Month = "month",
    }
}

words! {
    /// Whose clock is meant.
    pub enum ZoneOf {
        /// The person's.
        Person = "person",
    }
}

/// A time of day in minutes since midnight, `"HH:MM"` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(pub u16);

impl Wire for Clock {
    const SHAPE: Shape = Shape::Clock;
    fn put(&self, out: &mut Writer) {
        out.int(i64::from(self.0));
    }
    fn get(from: &mut Reader<'_>) -> Self {
        Self(u16::get(from))
    }
}

record! {
    /// When it is night. The open page is never quiet.
    pub struct QuietHours {
        /// Where.
        pub channels: Vec<Channel>,
        /// From this time of day.
        pub from: Clock,
        /// To this; earlier than `from`, it is the next morning.
        pub to: Clock,
        /// On whose clock.
        pub zone: ZoneOf,
        /// Notices of these kinds may wake somebody.
        pub except: Vec<UrgentKind>,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// What is believed of the present.
    pub struct ClockGuard {
        /// Clocks farther apart are not trusted.
        pub max_skew_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}
