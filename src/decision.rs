//! The answer, with everything it stands on.

mod reason;

pub use reason::{Code, ReasonCode};

use crate::Text;
use crate::event::{Channel, PromiseKind, Purpose, Route};
use crate::score::{EffortBand, Intents, Level, StageName, UrgencyClass};
use crate::shape::record;
use crate::unit::{Ms, Permille, Truth};

record! {
    /// What to do for this person now, why, and with which promise.
    pub struct Decision {
        /// Hash of everything the decision was made of: equal inputs, equal id.
        pub id: Text,
        /// The moment's present.
        pub at: Ms,
        /// The policy that decided.
        pub policy: PolicyRef,
        /// Version of the engine.
        pub engine: Text,
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
        pub id: Text,
        /// Its version.
        pub version: Text,
        /// SHA-256 of its canonical JSON.
        pub digest: Text,
    }
}

record! {
    /// What the route leads to.
    #[derive(Default)]
    pub struct Target {
        /// The article.
        pub article: Option<Text>,
        /// The team.
        pub team: Option<Text>,
        /// The offer.
        pub offer: Option<Text>,
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
        pub top: Text,
        /// Shares in permille; what is missing to 1000 is unknown.
        pub shares: Intents,
        /// Definition and version.
        pub definition: Text,
        /// Evidence points, `<intent>:<what was seen>`: the shares of an intent add up from its own,
        /// scaled down where all together exceed 1000.
        pub contributions: Vec<Contribution>,
    }
}

record! {
    /// A score 0..=1000 that says what it is made of.
    pub struct Score {
        /// The score.
        pub points: Permille,
        /// Its band in the policy.
        pub band: Text,
        /// Definition and version.
        pub definition: Text,
        /// What added how much; they add up to the points.
        pub contributions: Vec<Contribution>,
    }
}

record! {
    /// One part of a score.
    pub struct Contribution {
        /// What.
        pub code: Text,
        /// How much.
        pub points: i64,
        /// What it rests on.
        pub evidence: Vec<Text>,
    }
}

record! {
    /// A score of urgency with its class.
    pub struct Urgency {
        /// The score.
        pub points: Permille,
        /// Its band in the policy.
        pub band: Text,
        /// Definition and version.
        pub definition: Text,
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
        pub journey: Option<Text>,
        /// Definition and version.
        pub definition: Text,
        /// The version of the process in force when the journey began.
        pub process_version: Option<Text>,
        /// What added how much; they add up to the points.
        pub contributions: Vec<Contribution>,
        /// The channels the customer took so far, one after the other.
        pub legs: Vec<Channel>,
        /// Where it stands among journeys of the same process version.
        pub benchmark: Option<Standing>,
        /// What it will have cost when it is over, where enough others went the same way.
        pub predicted: Option<Predicted>,
        /// Its process changed while it was under way.
        pub straddles: Option<bool>,
    }
}

record! {
    /// A journey among others.
    pub struct Standing {
        /// What it was compared with.
        pub level: Level,
        /// How many journeys that were.
        pub journeys: u32,
        /// The share of them that cost less, those that cost as much counted half.
        pub rank: Permille,
    }
}

record! {
    /// Points a journey will have cost, as others that went the same way so far did.
    pub struct Predicted {
        /// On average.
        pub points: i64,
        /// One in ten cost no more.
        pub low: i64,
        /// Nine in ten cost no more.
        pub high: i64,
        /// How many went the same way.
        pub journeys: i64,
    }
}

record! {
    /// Where the relationship stands.
    pub struct Stage {
        /// Its name.
        pub name: StageName,
        /// Since when this is known.
        pub as_of: Option<Ms>,
        /// Definition and version.
        pub definition: Text,
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
        pub proof: Text,
        /// Whether it holds; unknown is not proven.
        pub holds: Truth,
        /// What it rests on, or what is missing.
        pub evidence: Vec<Text>,
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
        pub words: Text,
        /// What it rests on.
        pub evidence: Vec<Text>,
        /// Which guard of the policy.
        pub guard: Text,
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
        pub words: Text,
        /// What it rests on.
        pub evidence: Vec<Text>,
    }
}

record! {
    /// What is promised along with a touch.
    pub struct Promised {
        /// What it is about.
        pub kind: PromiseKind,
        /// The words shown.
        pub text: Text,
        /// By when.
        pub due: Ms,
        /// The event that shows it was kept.
        pub check: Text,
    }
}

record! {
    /// What the one who takes over needs, so that nothing is asked twice.
    pub struct Handoff {
        /// The matter.
        pub matter: Option<Text>,
        /// What happened, at most five lines, latest last.
        pub timeline: Vec<Text>,
        /// What was tried without success.
        pub tried: Vec<Text>,
        /// What the person already answered.
        pub answered: Vec<Answered>,
        /// Questions still open.
        pub open: Vec<Text>,
        /// What the person was promised.
        pub promise: Option<Text>,
        /// What they permitted.
        pub consent: Vec<Text>,
        /// How hard it has been.
        pub effort: Text,
        /// Their language.
        pub language: Option<Text>,
        /// Fields that must not be asked again.
        pub do_not_ask: Vec<Text>,
    }
}

record! {
    /// An answer the person gave before.
    pub struct Answered {
        /// The field.
        pub field: Text,
        /// The answer.
        pub value: Text,
        /// When.
        pub at: Ms,
        /// To whom.
        pub source: Text,
    }
}

record! {
    /// One useful question.
    pub struct Question {
        /// The field it fills.
        pub field: Text,
        /// Why it helps now.
        pub why: Text,
    }
}
