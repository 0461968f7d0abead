//! Parameters of the scores: weights, half-lives, bands. All of them are judgement until an
//! organisation calibrates them on its own outcomes.

use crate::Text;
use crate::score::{Intents, StageName};
use crate::shape::{Note, Table, record, words};
use crate::unit::{Ms, Permille};

record! {
    /// Parameters of every score.
    pub struct ScorePolicy {
        /// Friction of the visit.
        pub friction: FrictionPolicy,
        /// What the person came for.
        pub intent: IntentPolicy,
        /// How much it cannot wait.
        pub urgency: UrgencyPolicy,
        /// How much knowledge it takes.
        pub complexity: ComplexityPolicy,
        /// Worth to the organisation.
        pub value: ValuePolicy,
        /// Effort of the journey.
        pub effort: EffortPolicy,
        /// Where the relationship stands.
        pub stage: StagePolicy,
    }
}

record! {
    /// `1 - product(1 - weight * grade * decay)` over the kinds of signals.
    pub struct FrictionPolicy {
        /// Definition and version, cited with every score.
        pub definition: Text,
        /// By signal kind.
        pub kinds: Table<FrictionKind>,
        /// Where the bands begin.
        pub bands: FrictionBands,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// What one kind of signal weighs.
    pub struct FrictionKind {
        /// The most it can add to an easy visit.
        pub weight: Permille,
        /// It weighs half after this long.
        pub half_life_ms: Ms,
        /// As long as the person has not got through and has not left the topic, it weighs half only
        /// after this long.
        pub stuck_half_life_ms: Option<Ms>,
    }
}

record! {
    /// Where the bands of friction begin; below is `low`.
    pub struct FrictionBands {
        /// Hard going.
        pub raised: Permille,
        /// Too hard.
        pub high: Permille,
    }
}

record! {
    /// Evidence points for intents.
    pub struct IntentPolicy {
        /// Definition and version.
        pub definition: Text,
        /// By what was seen: `page:<role>`, `signal:<kind>`, `wish:<for>`, `search:any`,
        /// `vote:helpful`, `case:open`, `milestone:<name>`, `stage:<name>`. Points for each occurrence.
        pub evidence: Table<Intents>,
        /// A milestone is evidence for this long.
        pub milestone_ms: Ms,
        /// Intents that take a stage of the relationship, by name.
        pub stages: Table<Vec<StageName>>,
        /// One thing seen is no intent: so many it takes, unless the person said it.
        pub min_pieces: u8,
        /// Occurrences that count.
        pub cap: u8,
        /// Below this many points nothing is called top.
        pub min_evidence: Permille,
        /// Nor when the second is this close.
        pub margin: Permille,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Soft urgency; hard triggers need no points.
    pub struct UrgencyPolicy {
        /// Definition and version.
        pub definition: Text,
        /// Share of the friction score that counts.
        pub friction: Permille,
        /// Points for an unkept promise.
        pub broken_promise: Permille,
        /// Points for each contact on the matter beyond the first.
        pub repeat_contact: Permille,
        /// Share of the grade of contact intent that counts.
        pub contact_intent: Permille,
        /// Points for having been passed on without an answer.
        pub unanswered: Permille,
        /// From here it is urgent, softly.
        pub soft_at: Permille,
        /// A deadline presses from so long before it, and no more once it has passed.
        pub deadline_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// What makes a matter complex.
    pub struct ComplexityPolicy {
        /// Definition and version.
        pub definition: Text,
        /// Points for each contract or party beyond the first (fact `matter.parts`).
        pub part: Permille,
        /// Points for each transfer so far.
        pub transfer: Permille,
        /// Points where articles are at hand and none is about the matter.
        pub no_article: Permille,
        /// Points where the best article about the matter helps fewer than `article_odds` of its readers.
        pub weak_article: Permille,
        /// See `weak_article`.
        pub article_odds: Permille,
        /// From here a specialist is the better choice.
        pub high: Permille,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Worth to the organisation. No guard and no help reads it.
    pub struct ValuePolicy {
        /// Definition and version.
        pub definition: Text,
        /// The fact it is, in permille.
        pub fact: Text,
        /// From here the band is `high`.
        pub high: Permille,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Where the relationship stands, by milestones.
    pub struct StagePolicy {
        /// Definition and version.
        pub definition: Text,
        /// How long a milestone says where it stands, by the stage; older, nobody can say.
        pub good_for_ms: Table<Ms>,
        /// A contract that ends within this long (fact `contract.renewsAt`) is about to be renewed.
        pub renews_within_ms: Ms,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Customer effort of the journey: `points * min(count, cap)` summed over the indicators.
    pub struct EffortPolicy {
        /// Definition and version.
        pub definition: Text,
        /// By [`IndicatorId`].
        pub indicators: Table<Indicator>,
        /// The absolute index is 1000 R / (R + k).
        pub k: u32,
        /// Below this coverage the score is partial, and no benchmark is used.
        pub min_coverage: Permille,
        /// On the absolute index the band `raised` begins here.
        pub raised: Permille,
        /// On the absolute index the band `high` begins here.
        pub high: Permille,
        /// Where the bands begin among the journeys of a benchmark.
        pub relative: RelativeBands,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// Bands on the rank among the journeys of the same process version.
    pub struct RelativeBands {
        /// The band `raised` begins here.
        pub raised: Permille,
        /// The band `high` begins here.
        pub high: Permille,
        /// But nothing is `high` below so many points: where all is easy, somebody is last.
        pub min_points: u16,
    }
}

words! {
    /// What adds to the effort of a journey.
    pub enum IndicatorId {
        /// Contacts the customer made with a person, beyond those that belong to the process.
        RepeatContact = "repeatContact",
        /// Back to work after it was resolved.
        Reopen = "reopen",
        /// A supervisor asked for, a complaint.
        EscalationOrComplaint = "escalationOrComplaint",
        /// The next contact was on another channel; after self-service only if that had failed, or
        /// within `withinMs`.
        ChannelSwitch = "channelSwitch",
        /// Passed on, and told again.
        TransferCold = "transferCold",
        /// Passed on with an accepted handoff.
        TransferWarm = "transferWarm",
        /// Within `withinMs` after something of the same category was resolved.
        NextIssue = "nextIssue",
        /// Asked although it was answered or known.
        RepeatInfo = "repeatInfo",
        /// Self-service that failed, or led to a contact with a person.
        SelfserveFail = "selfserveFail",
        /// Waiting, in doublings of `perMs`.
        Wait = "wait",
        /// From the beginning to the end, in doublings of the target.
        Elapsed = "elapsed",
        /// Pressed in vain or into an error, in this visit.
        UiFriction = "uiFriction",
    }
}

record! {
    /// One indicator of effort.
    pub struct Indicator {
        /// What it counts, in words.
        pub counts: Note,
        /// In what.
        pub unit: Note,
        /// Points for each occurrence.
        pub points: u16,
        /// Occurrences that count.
        pub cap: u16,
        /// The sources that know it, all of them needed; none for what the visit itself shows.
        pub sources: Vec<Text>,
        /// How soon one thing must follow another.
        pub within_ms: Option<Ms>,
        /// What is doubled.
        pub per_ms: Option<Ms>,
    }
}
