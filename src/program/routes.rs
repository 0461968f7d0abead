//! Parameters of routing and of readiness.

use crate::Text;
use crate::event::history::ConsentPurpose;
use crate::event::{Channel, Route};
use crate::shape::{Note, Table, Wire, record};
use crate::time::Hours;
use crate::unit::{Ms, Permille};
use crate::wire::Writer;

record! {
    /// Parameters of routing.
    pub struct Routes {
        /// When help is offered, and when a person.
        pub thresholds: Thresholds,
        /// What it takes, by route.
        pub handling: Table<Handling>,
        /// What a failed attempt costs on top of what comes after.
        pub penalty_ms: Ms,
        /// What an answer by a date costs, as effort.
        pub later_ms: Ms,
        /// What remains of an article's odds when the trouble is the page itself (rage, dead or
        /// error clicks, forms): reading does not mend a button.
        pub article_on_broken_page: Permille,
        /// A status older than this is not believed.
        pub status_fresh_ms: Ms,
        /// An offer stays at least this long.
        pub dwell_ms: Ms,
        /// And until the reason for it has been gone this long.
        pub settle_ms: Ms,
        /// Failed attempts on a matter after which self-service is not offered again.
        pub max_failed_self_service: u8,
        /// By when an answer is due, by route.
        pub slas: Table<Sla>,
        /// When desks are open.
        pub calendars: Table<Hours>,
        /// On which channels a route takes place, by route.
        pub channels: Table<ChannelFit>,
        /// When the wait for a person is long, and reading may come first.
        pub long_wait: Option<LongWait>,
        /// Where four in five wait longer than this, a desk is not live: it answers by a date.
        pub longest_wait_ms: Ms,
        /// Who has waited this long is taken by whoever is free, with the skill or without. The language
        /// is never given up.
        pub relax_skill_ms: Option<Ms>,
        /// In one visit the route changes at most this often, except upwards.
        pub max_changes: Option<u8>,
        /// A promise that was not kept is a need of its own for this long, unless the matter is solved.
        pub owed_ms: Ms,
        /// Who takes what has been passed round in a circle.
        pub loop_owner: Option<Text>,
        /// What the packet for whoever takes over holds.
        pub handoff: HandoffPolicy,
        /// How much may be asked.
        pub asking: Asking,
        /// How long a handover waits for an answer.
        pub handover: Option<HandoverPolicy>,
        /// The skill a matter or a kind of urgency takes.
        pub skills: Table<Text>,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

impl Routes {
    /// What of routing guards, scores and own rules read, and what keeps secrets: part of the guardrails.
    pub(super) fn guardrails(&self, out: &mut Writer) {
        // Every field is named: whoever adds one decides on which side it is.
        let Self {
            thresholds: _,
            handling: _,
            penalty_ms: _,
            later_ms: _,
            article_on_broken_page: _,
            dwell_ms: _,
            max_failed_self_service: _,
            slas: _,
            calendars: _,
            channels: _,
            long_wait: _,
            relax_skill_ms: _,
            max_changes: _,
            loop_owner: _,
            asking: _,
            skills: _,
            source: _,
            status_fresh_ms,
            settle_ms,
            longest_wait_ms,
            owed_ms,
            handoff,
            handover,
        } = self;
        status_fresh_ms.put(out);
        settle_ms.put(out);
        longest_wait_ms.put(out);
        owed_ms.put(out);
        handoff.put(out);
        handover.put(out);
    }
}

record! {
    /// A contact that was passed on to a person, or waits for one.
    pub struct HandoverPolicy {
        /// Channels on which somebody waits for the answer.
        pub channels: Vec<Channel>,
        /// Nobody has answered after this long: somebody else has to, more urgently.
        pub answer_within_ms: Ms,
        /// Answered, and no end told: it is over after this long, and automation may speak again.
        pub lapse_ms: Ms,
        /// Never answered, it is a need of its own for this long.
        pub owed_ms: Ms,
    }
}

record! {
    /// Where on the friction scale something begins or ends.
    pub struct Thresholds {
        /// Help is offered.
        pub offer_help: Permille,
        /// Help is offered to somebody whose journey has cost more than usual.
        pub offer_help_raised: Permille,
        /// A person is offered.
        pub offer_human: Permille,
        /// The offer of a person is withdrawn.
        pub withdraw_human: Permille,
        /// The offer of other help is withdrawn.
        pub withdraw_help: Permille,
        /// Contact intent from this grade on is a need of its own.
        pub contact_intent: Permille,
    }
}

record! {
    /// What helping this way takes.
    pub struct Handling {
        /// The person's time.
        pub ms: Ms,
        /// The share of matters it solves.
        pub solves: Permille,
    }
}

record! {
    /// By when an answer is due.
    pub struct Sla {
        /// After this much open time.
        pub business_ms: Ms,
        /// Whose hours; always open where absent.
        pub calendar: Option<Text>,
        /// Time in which the customer has been asked something and has not answered does not count.
        pub pauses: Option<bool>,
    }
}

record! {
    /// Channels of a route, the best first. One on which the person does not want to be reached is
    /// passed over.
    pub struct ChannelFit {
        /// While somebody can take them now.
        pub live: Vec<Channel>,
        /// For an answer by a date.
        pub later: Vec<Channel>,
    }
}

record! {
    /// When reading comes before waiting.
    pub struct LongWait {
        /// Four in five wait longer than nobody should: this.
        pub over_ms: Ms,
        /// The article helps at least so many.
        pub article_odds: Permille,
    }
}

record! {
    /// What the packet for whoever takes over holds.
    pub struct HandoffPolicy {
        /// Lines of what happened.
        pub lines: u8,
        /// Things tried that the visitor is reminded of.
        pub tried: u8,
        /// An answer with so many digits or more may be a card number, and is withheld if it passes their
        /// check.
        pub secret_digits: u8,
        /// So is an answer with one of these words in it, or in the name of its field.
        pub secret_words: Vec<Text>,
    }
}

record! {
    /// How much may be asked.
    pub struct Asking {
        /// Questions in one visit, at most.
        pub per_visit: u8,
        /// Who would rather not say is not asked again for this long.
        pub refusal_ms: Ms,
    }
}

record! {
    /// A question that may be asked, by the field it fills.
    pub struct QuestionPolicy {
        /// Smaller comes first.
        pub order: i32,
        /// Why it helps the person that they answer, in their words.
        pub why: Text,
        /// Routes whose next step needs it; any when empty.
        pub routes: Vec<Route>,
        /// Matters that need it; any when empty.
        pub matters: Vec<Text>,
        /// An answer older than this is asked for again.
        pub good_for_ms: Option<Ms>,
        /// Nobody is asked what is known: a fact, or `language`, `matter`, `country` of the moment.
        pub known_by: Option<Text>,
        /// Only with this permission.
        pub needs: Option<ConsentPurpose>,
        /// It says who somebody is: the only question while things are pressing.
        pub identifies: Option<bool>,
    }
}

record! {
    /// What proves that an expansion may be talked about.
    pub struct ReadinessPolicy {
        /// Definition and version.
        pub definition: Text,
        /// Days of the last 28 the product was used on, at least.
        pub min_active_days: u8,
        /// The fall against the 28 days before, at most.
        pub max_fall: Permille,
        /// An own action that shows the need is fresh for this long.
        pub need_ms: Ms,
        /// Hits of a limit that show a need.
        pub limit_hits: u8,
        /// The lowest share of the scale feedback may have.
        pub min_feedback: Permille,
        /// Different kinds of evidence, at least.
        pub min_kinds: u8,
        /// Evidence older than this is stale.
        pub evidence_ms: Ms,
        /// What outcomes of such offers have shown, once there are enough of them.
        pub calibration: Option<Calibration>,
        /// Questions that were put and not answered stand against an offer for this long.
        pub open_question_ms: Ms,
        /// Rules alone suffice while there are no outcomes to calibrate on; who signed that.
        pub rule_only: Option<RuleOnly>,
        /// Where its numbers come from, or "judgement".
        pub source: Option<Note>,
    }
}

record! {
    /// What outcomes have shown of offers to people like this one, measured on held-out data.
    pub struct Calibration {
        /// How many such offers were followed up.
        pub offers: u32,
        /// Fewer than this say nothing.
        pub min_offers: u32,
        /// The lower bound (90 %) of the share that was accepted.
        pub accepted: Permille,
        /// It has to be at least this.
        pub min_accepted: Permille,
        /// The upper bound (90 %) of the share that complained or unsubscribed.
        pub harmed: Permille,
        /// It may be at most this.
        pub max_harmed: Permille,
    }
}

record! {
    /// Signed permission to do without calibration.
    pub struct RuleOnly {
        /// Who.
        pub approved_by: Text,
        /// What remains of the starter's pitch caps meanwhile.
        pub cap_share: Permille,
    }
}
