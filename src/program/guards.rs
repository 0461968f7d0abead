//! Parameters of the built-in guards. What is absent is off, and `check` says so.

use crate::event::history::SuppressionReason;
use crate::event::{Channel, Purpose, UrgentKind};
use crate::shape::{Shape, Table, Wire, record, words};
use crate::unit::Ms;
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
    }
}

record! {
    /// Do-not-contact, reasons kept apart.
    pub struct SuppressionGuard {
        /// Reasons that stop even notices.
        pub stops_notices: Vec<SuppressionReason>,
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
    }
}

record! {
    /// The time a cap looks at: exactly one of them.
    pub struct CapWindow {
        /// The last so many ms: at exactly that age a touch no longer counts.
        pub sliding_ms: Option<Ms>,
        /// This visit.
        pub visit: Option<bool>,
    }
}

record! {
    /// No-pitch windows. They compose by union.
    pub struct Windows {
        /// A case is open, or just closed.
        pub open_case: Option<OpenCaseWindow>,
        /// The first weeks.
        pub onboarding: Option<OnboardingWindow>,
        /// Renewed a short while ago.
        pub renewal: Option<RenewalWindow>,
        /// This visit is too hard.
        pub friction: Option<FrictionWindow>,
        /// A moment that calls for tact.
        pub sensitive: Option<SensitiveWindow>,
        /// It is not sure who this is.
        pub identity: Option<IdentityWindow>,
    }
}

record! {
    /// A case is open, or closed less than the cooling time ago.
    pub struct OpenCaseWindow {
        /// After it was closed.
        pub cooling_ms: Ms,
        /// After it was closed and the person said that it is solved.
        pub confirmed_cooling_ms: Ms,
        /// A contact on the same matter within this long opens it again.
        pub recontact_ms: Ms,
    }
}

record! {
    /// The first weeks of an account.
    pub struct OnboardingWindow {
        /// At least this long.
        pub for_ms: Ms,
        /// And until it is activated.
        pub until_activated: bool,
        /// But no longer than this.
        pub max_ms: Ms,
    }
}

record! {
    /// After a renewal, and while one is negotiated.
    pub struct RenewalWindow {
        /// This long.
        pub for_ms: Ms,
    }
}

record! {
    /// While friction is in its band `high`, or the person is angry.
    pub struct FrictionWindow {}
}

record! {
    /// While somebody is in a sensitive moment; its owner clears it.
    pub struct SensitiveWindow {}
}

record! {
    /// While an identifier that only weak links speak for is tied to several others.
    pub struct IdentityWindow {}
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
    }
}

record! {
    /// What is believed of the present.
    pub struct ClockGuard {
        /// Clocks farther apart are not trusted.
        pub max_skew_ms: Ms,
    }
}
