//! What may change about a policy while what it says stays as it was approved.

use super::Policy;
use crate::Text;
use crate::shape::{record, words};
use crate::unit::Ms;

words! {
    /// Where a policy is in its life.
    pub enum Status {
        /// Being written: nothing loads it, unless the host says that it runs what nobody approved.
        Draft = "draft",
        /// On trial: it decides and records, and never acts.
        Shadow = "shadow",
        /// Released: it acts, once its approvals are verified.
        Live = "live",
    }
}

record! {
    /// Where a policy is in its life, and who approved it.
    pub struct Release {
        /// Where it is.
        pub status: Status,
        /// Who approved it.
        pub approvals: Vec<Approval>,
    }
}

record! {
    /// An approval: a person's signature under exactly this policy as it was compiled.
    pub struct Approval {
        /// Who.
        pub by: Text,
        /// In which role.
        pub role: Text,
        /// When.
        pub at: Ms,
        /// Id of the policy that was approved.
        pub policy: Text,
        /// Digest of the policy that was approved.
        pub digest: Text,
        /// SHA-256 of the compiled content that was approved.
        pub compiled: Text,
        /// SHA-256 of its guardrails: while they stay the same, a later version of the same policy needs no
        /// new approval of them.
        pub guardrails: Text,
        /// Ed25519 signature of all this, in base64.
        pub signature: Text,
    }
}

record! {
    /// What a policy says of itself, for whoever decides whether it may act.
    pub struct Standing {
        /// Its id.
        pub id: Text,
        /// Its version.
        pub version: Text,
        /// SHA-256 of the canonical JSON it was compiled from.
        pub digest: Text,
        /// From when it is in force; absent, always.
        pub effective_from: Option<Ms>,
        /// By when it must be looked at again.
        pub review_due: Option<Ms>,
        /// Where it is in its life.
        pub status: Status,
        /// Who approved it, as it says.
        pub approvals: Vec<Approval>,
    }
}

impl Standing {
    /// Of a policy and its release.
    #[must_use]
    pub fn of(policy: &Policy, release: &Release) -> Self {
        Self {
            id: policy.id.clone(),
            version: policy.version.clone(),
            digest: policy.digest.clone(),
            effective_from: policy.effective_from,
            review_due: policy.review_due,
            status: release.status,
            approvals: release.approvals.clone(),
        }
    }
}
