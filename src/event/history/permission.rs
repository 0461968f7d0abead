//! What a person permits, and when they are not to be contacted.

use crate::Text;
use crate::event::Channel;
use crate::shape::{record, words};
use crate::unit::Ms;

words! {
    /// What a permission is for.
    pub enum ConsentPurpose {
        /// Help and notices beyond the conversation the person opened.
        Service = "service",
        /// Anything promotional.
        Marketing = "marketing",
        /// Being asked about the experience.
        Survey = "survey",
        /// Using what is known about the person.
        Profiling = "profiling",
    }
}

words! {
    /// Given or taken back.
    pub enum ConsentState {
        /// Given.
        Granted = "granted",
        /// Taken back, or refused.
        Withdrawn = "withdrawn",
    }
}

record! {
    /// A permission given or taken back.
    pub struct Consent {
        /// What it is for.
        pub purpose: ConsentPurpose,
        /// The channel it is about; all when absent.
        pub channel: Option<Channel>,
        /// Given or taken back.
        pub state: ConsentState,
        /// From when it holds; a grant from `at`, a withdrawal without it from always.
        pub effective_at: Option<Ms>,
        /// Until when it holds; after that it is unknown.
        pub expires_at: Option<Ms>,
    }
}

words! {
    /// Whom a suppression covers.
    pub enum Scope {
        /// This person.
        Person = "person",
        /// Everybody of the account.
        Account = "account",
        /// Everybody of the household.
        Household = "household",
    }
}

words! {
    /// Why somebody is not contacted. Clearing one reason never clears another.
    pub enum SuppressionReason {
        /// They asked.
        Asked = "asked",
        /// The address does not work.
        Bounced = "bounced",
        /// They complained.
        Complaint = "complaint",
        /// The law.
        Legal = "legal",
        /// Somebody's judgement.
        Manual = "manual",
    }
}

words! {
    /// On or off.
    pub enum Switch {
        /// In force.
        On = "on",
        /// Ended.
        Off = "off",
    }
}

record! {
    /// A wish, or duty, not to contact.
    pub struct Suppression {
        /// Whom it covers.
        pub scope: Scope,
        /// Why.
        pub reason: SuppressionReason,
        /// On or off.
        pub state: Switch,
        /// When it ends by itself.
        pub until: Option<Ms>,
        /// Who answers for it, and takes it back; taken back by nobody in particular, it is whoever has set it.
        pub owner: Option<Text>,
    }
}
