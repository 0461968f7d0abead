//! Times in which nothing is sold.

use crate::shape::{Note, record};
use crate::unit::{Ms, Permille};

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
        /// Something went wrong between us.
        pub bad_experience: Option<BadExperienceWindow>,
        /// A fault that affects this person.
        pub incident: Option<IncidentWindow>,
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
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
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
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// After a renewal, and while one is negotiated.
    pub struct RenewalWindow {
        /// This long.
        pub for_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// While friction is in its band `high`, or the person is angry, and a while after self-service
    /// that failed.
    pub struct FrictionWindow {
        /// This long after.
        pub cooling_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// After a bad rating, a complaint, a broken promise.
    pub struct BadExperienceWindow {
        /// A rating below this share of its scale is bad.
        pub min_feedback: Permille,
        /// This long.
        pub for_ms: Ms,
        /// Or this long after somebody answered, if that is sooner.
        pub answered_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// While a fault affects this person, and a while after.
    pub struct IncidentWindow {
        /// This long after it ended.
        pub cooling_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// While somebody is in a sensitive moment; its owner clears it.
    pub struct SensitiveWindow {
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// While an identifier that only weak links speak for is tied to several others.
    pub struct IdentityWindow {
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}
