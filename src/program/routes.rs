//! Parameters of routing and of readiness.

use crate::shape::{Table, record};
use crate::unit::{Ms, Permille};

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
        /// By when an answer is due, by route: `{ businessMs }`.
        pub slas: Table<Sla>,
        /// How long a handover waits for an answer.
        pub handover: Option<HandoverPolicy>,
        /// The skill a matter or a kind of urgency takes.
        pub skills: Table<String>,
    }
}

record! {
    /// A contact that was passed on to a person, or waits for one.
    pub struct HandoverPolicy {
        /// Nobody has answered after this long: somebody else has to, more urgently.
        pub answer_within_ms: Ms,
        /// Without any end told, it is over after this long, and automation may speak again.
        pub lapse_ms: Ms,
    }
}

record! {
    /// Where on the friction scale something begins or ends.
    pub struct Thresholds {
        /// Help is offered.
        pub offer_help: Permille,
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
        /// After this long.
        pub business_ms: Ms,
    }
}

record! {
    /// What proves that an expansion may be talked about.
    pub struct ReadinessPolicy {
        /// Definition and version.
        pub definition: String,
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
        /// Rules alone suffice while there are no outcomes to calibrate on; who signed that.
        pub rule_only: Option<RuleOnly>,
    }
}

record! {
    /// Signed permission to do without calibration.
    pub struct RuleOnly {
        /// Who.
        pub approved_by: String,
        /// What remains of the starter's pitch caps meanwhile.
        pub cap_share: Permille,
    }
}
