//! The answer, with everything it stands on.

use crate::Error;
use crate::event::{Channel, PromiseKind, Purpose, Route};
use crate::score::{EffortBand, Intents, StageName, UrgencyClass};
use crate::shape::{Shape, Wire, record, words};
use crate::unit::{Ms, Permille, Truth};
use crate::wire::{Reader, Writer};

record! {
    /// What to do for this person now, why, and with which promise.
    pub struct Decision {
        /// Hash of everything the decision was made of: equal inputs, equal id.
        pub id: String,
        /// The moment's present.
        pub at: Ms,
        /// The policy that decided.
        pub policy: PolicyRef,
        /// Version of the engine.
        pub engine: String,
        /// The one route.
        pub route: Route,
        /// Ways that stay visible beside it.
        pub also: Option<Vec<Route>>,
        /// What the route leads to.
        pub target: Option<Target>,
        /// What was measured.
        pub scores: Scores,
        /// For every purpose: allowed, or every blocker.
        pub verdicts: Verdicts,
        /// What the person is promised; absent only when the route is `none`.
        pub promise: Option<Promised>,
        /// What the next one needs to know.
        pub handoff: Option<Handoff>,
        /// At most one useful question.
        pub ask: Option<Question>,
        /// Reasons, strongest first.
        pub because: Vec<Reason>,
        /// In the randomized quiet share of a review.
        pub held_out: Option<bool>,
    }
}

record! {
    /// Which policy, exactly.
    pub struct PolicyRef {
        /// Its id.
        pub id: String,
        /// Its version.
        pub version: String,
        /// SHA-256 of its canonical JSON.
        pub digest: String,
    }
}

record! {
    /// What the route leads to.
    #[derive(Default)]
    pub struct Target {
        /// The article.
        pub article: Option<String>,
        /// The team.
        pub team: Option<String>,
        /// The offer.
        pub offer: Option<String>,
        /// The channel.
        pub channel: Option<Channel>,
        /// Not live: by this instant. Nothing may render a live chat while it is set.
        pub due_by: Option<Ms>,
    }
}

record! {
    /// Everything that was measured.
    pub struct Scores {
        /// What the person came for.
        pub intent: Intent,
        /// How hard this visit is.
        pub friction: Score,
        /// How much it cannot wait.
        pub urgency: Urgency,
        /// How much knowledge it takes.
        pub complexity: Score,
        /// Worth to the organisation; kept apart from need.
        pub value: Score,
        /// How hard the whole journey is.
        pub effort: Effort,
        /// Where the relationship stands.
        pub stage: Stage,
        /// Whether an expansion may be talked about.
        pub readiness: Readiness,
    }
}

record! {
    /// What the person came for; several at once, the rest unknown.
    pub struct Intent {
        /// The clear first, or `unknown`.
        pub top: String,
        /// Shares in permille; what is missing to 1000 is unknown.
        pub shares: Intents,
    }
}

record! {
    /// A score 0..=1000 that says what it is made of.
    pub struct Score {
        /// The score.
        pub points: Permille,
        /// Its band in the policy.
        pub band: String,
        /// Definition and version.
        pub definition: String,
        /// What added how much; they add up to the points.
        pub contributions: Vec<Contribution>,
    }
}

record! {
    /// One part of a score.
    pub struct Contribution {
        /// What.
        pub code: String,
        /// How much.
        pub points: i64,
        /// What it rests on.
        pub evidence: Vec<String>,
    }
}

record! {
    /// A score of urgency with its class.
    pub struct Urgency {
        /// The score.
        pub points: Permille,
        /// Its band in the policy.
        pub band: String,
        /// Definition and version.
        pub definition: String,
        /// What added how much.
        pub contributions: Vec<Contribution>,
        /// A hard trigger, a soft score, or nothing.
        pub class: UrgencyClass,
    }
}

record! {
    /// Customer effort of the journey, never computed from surveys.
    pub struct Effort {
        /// Raw points.
        pub points: i64,
        /// Absolute index.
        pub index: Permille,
        /// Its band; unknown when too little can be seen.
        pub band: EffortBand,
        /// Share of the indicators whose sources can be heard.
        pub coverage: Permille,
        /// Too little coverage to call anything low.
        pub partial: bool,
        /// Points if the silent sources had nothing, and if they had the most.
        pub range: Vec<i64>,
        /// The journey it is about.
        pub journey: Option<String>,
        /// Definition and version.
        pub definition: String,
        /// The version of the process in force when the journey began.
        pub process_version: Option<String>,
    }
}

record! {
    /// Where the relationship stands.
    pub struct Stage {
        /// Its name.
        pub name: StageName,
        /// Since when this is known.
        pub as_of: Option<Ms>,
    }
}

record! {
    /// Whether an expansion may be talked about: a proof, not a score.
    pub struct Readiness {
        /// Every proof holds.
        pub proven: bool,
        /// Each, with what it rests on.
        pub proofs: Vec<Proof>,
    }
}

record! {
    /// One conjunct of readiness.
    pub struct Proof {
        /// Its name.
        pub proof: String,
        /// Whether it holds; unknown is not proven.
        pub holds: Truth,
        /// What it rests on, or what is missing.
        pub evidence: Vec<String>,
    }
}

record! {
    /// One verdict for each purpose.
    pub struct Verdicts {
        /// Replies to what the person asked.
        pub answer: Verdict,
        /// Quiet offers on the open page.
        pub assist: Verdict,
        /// What must be said.
        pub service_notice: Verdict,
        /// Help away from the page, unasked.
        pub reach_out_help: Verdict,
        /// Questions about the experience.
        pub survey: Verdict,
        /// Anything promotional.
        pub pitch: Verdict,
    }
}

impl Verdicts {
    /// The verdict for a purpose.
    #[must_use]
    pub const fn of(&self, purpose: Purpose) -> &Verdict {
        match purpose {
            Purpose::Answer => &self.answer,
            Purpose::Assist => &self.assist,
            Purpose::ServiceNotice => &self.service_notice,
            Purpose::ReachOutHelp => &self.reach_out_help,
            Purpose::Survey => &self.survey,
            Purpose::Pitch => &self.pitch,
        }
    }
}

record! {
    /// Whether a touch of this purpose may be made.
    pub struct Verdict {
        /// No guard objects.
        pub allowed: bool,
        /// The latest end of the timed blockers; then everything is checked again.
        pub defer_until: Option<Ms>,
        /// Every guard that objects.
        pub blockers: Vec<Blocker>,
    }
}

record! {
    /// A guard that objects.
    pub struct Blocker {
        /// Why.
        pub code: Code,
        /// In plain words, for the visitor.
        pub words: String,
        /// What it rests on.
        pub evidence: Vec<String>,
        /// Which guard of the policy.
        pub guard: String,
        /// When it stops objecting by itself.
        pub until: Option<Ms>,
    }
}

record! {
    /// A reason for the route.
    pub struct Reason {
        /// Why.
        pub code: Code,
        /// In plain words, for the visitor.
        pub words: String,
        /// What it rests on.
        pub evidence: Vec<String>,
    }
}

record! {
    /// What is promised along with a touch.
    pub struct Promised {
        /// What it is about.
        pub kind: PromiseKind,
        /// The words shown.
        pub text: String,
        /// By when.
        pub due: Ms,
        /// The event that shows it was kept.
        pub check: String,
    }
}

record! {
    /// What the one who takes over needs, so that nothing is asked twice.
    pub struct Handoff {
        /// The matter.
        pub matter: Option<String>,
        /// What happened, at most five lines, latest last.
        pub timeline: Vec<String>,
        /// What was tried without success.
        pub tried: Vec<String>,
        /// What the person already answered.
        pub answered: Vec<Answered>,
        /// Questions still open.
        pub open: Vec<String>,
        /// What the person was promised.
        pub promise: Option<String>,
        /// What they permitted.
        pub consent: Vec<String>,
        /// How hard it has been.
        pub effort: String,
        /// Their language.
        pub language: Option<String>,
        /// Fields that must not be asked again.
        pub do_not_ask: Vec<String>,
    }
}

record! {
    /// An answer the person gave before.
    pub struct Answered {
        /// The field.
        pub field: String,
        /// The answer.
        pub value: String,
        /// When.
        pub at: Ms,
        /// To whom.
        pub source: String,
    }
}

record! {
    /// One useful question.
    pub struct Question {
        /// The field it fills.
        pub field: String,
        /// Why it helps now.
        pub why: String,
    }
}

/// A reason code: one of ours, or one of a policy's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// From the closed list.
    Known(ReasonCode),
    /// From a rule of the policy.
    Own(String),
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
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        let text = from.text()?;
        Ok(ReasonCode::ALL
            .iter()
            .find(|code| code.as_str() == text)
            .map_or_else(|| Self::Own(text.to_owned()), |code| Self::Known(*code)))
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
        /// No promise could be made.
        NoPromise = "no_promise",
        /// Nobody can take the person now.
        NobodyAvailable = "nobody_available",
        /// Not a person.
        NotAPerson = "not_a_person",
        /// The offer is not for this person.
        NotForThisPerson = "not_for_this_person",
        /// Not in the sample.
        NotSampled = "not_sampled",
        /// The person closed this offer.
        OfferDismissed = "offer_dismissed",
        /// The first weeks.
        OnboardingWindow = "onboarding_window",
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
        /// Asked for an opinion a short while ago.
        SurveyFatigue = "survey_fatigue",
        /// Passed from one to the next.
        Transfers = "transfers",
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
