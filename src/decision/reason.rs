//! Reason codes: the closed list, and those of a policy's own rules.

use crate::Text;
use crate::shape::{Shape, Wire, words};
use crate::wire::{Reader, Writer};

/// A reason code: one of ours, or one of a policy's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// From the closed list.
    Known(ReasonCode),
    /// From a rule of the policy.
    Own(Text),
}

impl Code {
    /// The code as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(code) => code.as_str(),
            Self::Own(code) => code,
        }
    }
}

impl Wire for Code {
    const SHAPE: Shape = Shape::Text;
    fn put(&self, out: &mut Writer) {
        out.text(self.as_str());
    }
    fn get(from: &mut Reader<'_>) -> Self {
        let text = from.text();
        ReasonCode::parse(text).map_or_else(|| Self::Own(text.into()), Self::Known)
    }
}

words! {
    /// Every reason the engine can give. Plain words for each are in the policy (`words`), because
    /// they are translated and owned by people; here stands what a code means. Extended when
    /// needed, never renamed.
    pub enum ReasonCode {
        /// Somebody of the account or household does not want to be contacted.
        AccountSuppressed = "account_suppressed",
        /// The article was read already.
        AlreadyRead = "already_read",
        /// The person asked for a person.
        AskedForPerson = "asked_for_person",
        /// A recent bad experience.
        BadExperience = "bad_experience",
        /// Behaviour says more than a survey would.
        BehaviourOverSurvey = "behaviour_over_survey",
        /// The invited were not drawn by chance.
        BiasedSample = "biased_sample",
        /// The automated conversation can finish this matter.
        BotCompletes = "bot_completes",
        /// A promise was not kept.
        BrokenPromise = "broken_promise",
        /// The clocks disagree.
        ClockUntrusted = "clock_untrusted",
        /// The matter takes special knowledge.
        Complexity = "complexity",
        /// A permission ran out.
        ConsentExpired = "consent_expired",
        /// A permission was taken back or refused.
        ConsentWithdrawn = "consent_withdrawn",
        /// The person reached for a way to contact somebody.
        ContactIntent = "contact_intent",
        /// What is on the screen stays there.
        Continuity = "continuity",
        /// The person asked for exactly this.
        CustomerAsked = "customer_asked",
        /// Helping oneself did not work.
        FailedSelfService = "failed_self_service",
        /// Often enough for this period.
        FrequencyCap = "frequency_cap",
        /// This visit is hard going.
        Friction = "friction",
        /// The right article is open or at hand.
        GoodArticle = "good_article",
        /// Kept quiet at random, to learn what help is worth.
        HeldOut = "held_out",
        /// The journey has cost too much already.
        HighEffort = "high_effort",
        /// What is known does not reach back far enough.
        HistoryIncomplete = "history_incomplete",
        /// A person is on it.
        HumanAlreadyHandling = "human_already_handling",
        /// It is not clear who this is.
        IdentityUncertain = "identity_uncertain",
        /// A known fault explains it.
        KnownOutage = "known_outage",
        /// The wait is long.
        LongWait = "long_wait",
        /// The visit goes well.
        LowFriction = "low_friction",
        /// Too soon after the last touch.
        MinGap = "min_gap",
        /// Nothing to help with.
        NoNeed = "no_need",
        /// Another way is expected to cost the person less.
        MoreEffort = "more_effort",
        /// No guard objects to what was proposed.
        NoObjection = "no_objection",
        /// No promise could be made.
        NoPromise = "no_promise",
        /// Nobody can take the person now.
        NobodyAvailable = "nobody_available",
        /// Not a person.
        NotAPerson = "not_a_person",
        /// The offer is not for this person.
        NotForThisPerson = "not_for_this_person",
        /// Nobody asked for it.
        NotAskedFor = "not_asked_for",
        /// Nothing written about it is at hand.
        NothingToRead = "nothing_to_read",
        /// Not in the sample.
        NotSampled = "not_sampled",
        /// The person closed this offer.
        OfferDismissed = "offer_dismissed",
        /// The first weeks.
        OnboardingWindow = "onboarding_window",
        /// The policy is on trial: it decides, and does not act.
        OnTrial = "on_trial",
        /// They have come farther already, and are not sent back.
        OneWay = "one_way",
        /// Several contacts, one matter.
        OneJourney = "one_journey",
        /// A case is open, or just closed.
        OpenCase = "open_case",
        /// The browser asks not to be profiled.
        PrivacySignal = "privacy_signal",
        /// The procedure changed.
        ProcessVersion = "process_version",
        /// Using what is known is not permitted.
        ProfilingDenied = "profiling_denied",
        /// Promises of this kind are not kept often enough.
        PromiseKeptRate = "promise_kept_rate",
        /// The text or offer contradicts its purpose.
        PurposeMismatch = "purpose_mismatch",
        /// Night.
        QuietHours = "quiet_hours",
        /// Every proof of readiness holds.
        Readiness = "readiness",
        /// A proof of readiness is missing.
        ReadinessNotProven = "readiness_not_proven",
        /// Renewed a short while ago.
        RecentRenewal = "recent_renewal",
        /// Back with a matter that was closed.
        Recontact = "recontact",
        /// More contacts than the matter should take.
        RepeatContact = "repeat_contact",
        /// Gave up on the same form again and again.
        RepeatedAbandonment = "repeated_abandonment",
        /// The text begs for a score.
        ScoreBegging = "score_begging",
        /// A moment that calls for tact.
        SensitiveMoment = "sensitive_moment",
        /// Different matters, each of its own.
        SeparateIssues = "separate_issues",
        /// Often enough for this visit.
        SessionCap = "session_cap",
        /// Nobody with the needed skill or language.
        SkillMismatch = "skill_mismatch",
        /// What is known about a route is too old.
        StaleStatus = "stale_status",
        /// This person does not want to be contacted.
        Suppressed = "suppressed",
        /// A question about the whole relationship, right after a single contact.
        SurveyKind = "survey_kind",
        /// Asked for an opinion a short while ago.
        SurveyFatigue = "survey_fatigue",
        /// Passed from one to the next.
        Transfers = "transfers",
        /// Handed over to a person, and nobody has answered.
        Unanswered = "unanswered",
        /// The system that knows the cases is silent.
        UnknownCaseStatus = "unknown_case_status",
        /// No permission on record.
        UnknownConsent = "unknown_consent",
        /// The person's local time is not known.
        UnknownTimeZone = "unknown_time_zone",
        /// It cannot wait.
        Urgency = "urgency",
    }
}
