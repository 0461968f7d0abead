//! What the person reached for or said.

use crate::event::{SensitiveKind, UrgentKind};
use crate::id::Key;
use crate::shape::{record, words};
use crate::unit::Ms;

words! {
    /// How the person reached for contact.
    pub enum How {
        /// Opened the contact page.
        ContactPage = "contactPage",
        /// A telephone link.
        Tel = "tel",
        /// An e-mail link.
        Mailto = "mailto",
        /// Opened a chat.
        ChatOpen = "chatOpen",
        /// Closed a chat.
        ChatClose = "chatClose",
        /// Opened a form to write.
        FormOpen = "formOpen",
        /// Asked to be called.
        Callback = "callback",
    }
}

record! {
    /// The person reached for a way to contact somebody.
    #[derive(Copy)]
    pub struct ContactIntent {
        /// How.
        pub how: How,
        /// The matter it is about.
        pub topic: Option<Key>,
    }
}

words! {
    /// What the person said they want.
    pub enum WishFor {
        /// A person.
        Person = "person",
        /// A specialist.
        Specialist = "specialist",
        /// A price.
        Quote = "quote",
        /// To buy.
        Buy = "buy",
        /// To be called.
        Callback = "callback",
        /// To be left alone.
        NoHelp = "noHelp",
        /// To read.
        Article = "article",
    }
}

record! {
    /// The person said what they want.
    #[derive(Copy)]
    pub struct Wish {
        /// What.
        pub r#for: WishFor,
    }
}

record! {
    /// An offer was closed.
    #[derive(Copy)]
    pub struct Dismiss {
        /// Which.
        pub touch: Key,
    }
}

words! {
    /// What a phrase the page recognised says. Only the kind travels.
    pub enum CueKind {
        /// Anger.
        Anger = "anger",
        /// A complaint.
        Complaint = "complaint",
        /// As [`UrgentKind::Money`].
        Money = "money",
        /// As [`UrgentKind::Security`].
        Security = "security",
        /// As [`UrgentKind::Outage`].
        Outage = "outage",
        /// As [`UrgentKind::Deadline`].
        Deadline = "deadline",
        /// As [`UrgentKind::Safety`].
        Safety = "safety",
        /// As [`SensitiveKind::Bereavement`].
        Bereavement = "bereavement",
        /// As [`SensitiveKind::Hardship`].
        Hardship = "hardship",
        /// As [`SensitiveKind::Vulnerability`].
        Vulnerability = "vulnerability",
        /// As [`SensitiveKind::Legal`].
        Legal = "legal",
        /// As [`SensitiveKind::Leaving`].
        Leaving = "leaving",
        /// As [`SensitiveKind::Minor`].
        Minor = "minor",
    }
}

impl CueKind {
    /// The trigger of urgency it stands for, if any.
    #[must_use]
    pub const fn urgent(self) -> Option<UrgentKind> {
        Some(match self {
            Self::Money => UrgentKind::Money,
            Self::Security => UrgentKind::Security,
            Self::Outage => UrgentKind::Outage,
            Self::Deadline => UrgentKind::Deadline,
            Self::Safety => UrgentKind::Safety,
            _ => return None,
        })
    }

    /// The sensitive moment it stands for, if any.
    #[must_use]
    pub const fn sensitive(self) -> Option<SensitiveKind> {
        Some(match self {
            Self::Bereavement => SensitiveKind::Bereavement,
            Self::Hardship => SensitiveKind::Hardship,
            Self::Vulnerability => SensitiveKind::Vulnerability,
            Self::Legal => SensitiveKind::Legal,
            Self::Leaving => SensitiveKind::Leaving,
            Self::Minor => SensitiveKind::Minor,
            _ => return None,
        })
    }
}

record! {
    /// The page recognised one of the policy's phrases.
    #[derive(Copy)]
    pub struct Cue {
        /// What it says.
        pub kind: CueKind,
        /// The matter it is about.
        pub matter: Option<Key>,
        /// By when.
        pub due: Option<Ms>,
    }
}
