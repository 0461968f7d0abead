//! One vocabulary for everything that happens: [`history`] is durable and about a person, [`visit`]
//! is this session's page events and never outlives it.

pub mod history;
pub mod visit;

pub use history::{HistoryBody, HistoryEvent};
pub use visit::{VisitBody, VisitEvent};

use crate::shape::words;

words! {
    /// Where a contact or touch takes place.
    pub enum Channel {
        /// The organisation's site, outside the help center.
        Web = "web",
        /// The help center.
        HelpCenter = "helpCenter",
        /// An automated conversation.
        Chatbot = "chatbot",
        /// A conversation with a person in writing.
        Chat = "chat",
        /// A telephone call with a person.
        Phone = "phone",
        /// The telephone menu.
        Ivr = "ivr",
        /// E-mail.
        Email = "email",
        /// Text message.
        Sms = "sms",
        /// Notification on a device.
        Push = "push",
        /// A public or private message on a social network.
        Social = "social",
        /// Face to face.
        InPerson = "inPerson",
        /// The organisation's application.
        App = "app",
    }
}

impl Channel {
    /// Whether the person is looking at it right now, so that night is no reason to be silent.
    #[must_use]
    pub const fn is_open_page(self) -> bool {
        matches!(self, Self::Web | Self::HelpCenter | Self::App | Self::Chat | Self::Chatbot)
    }

    /// Whether a person is at the other end.
    #[must_use]
    pub const fn is_assisted(self) -> bool {
        matches!(self, Self::Phone | Self::Chat | Self::Email | Self::InPerson)
    }

    /// Whether the customer helps themselves there.
    #[must_use]
    pub const fn is_self_service(self) -> bool {
        matches!(self, Self::Web | Self::HelpCenter | Self::Chatbot | Self::Ivr | Self::App)
    }
}

words! {
    /// What a touch is for. A property of its approved template, not a flag on a send.
    pub enum Purpose {
        /// The reply to what the person asked.
        Answer = "answer",
        /// A quiet offer of help on the open page.
        Assist = "assist",
        /// What must be said or was requested: security, outage, receipt.
        ServiceNotice = "serviceNotice",
        /// Help offered away from the page, unasked.
        ReachOutHelp = "reachOutHelp",
        /// A question about the experience.
        Survey = "survey",
        /// Anything promotional, newsletters included.
        Pitch = "pitch",
    }
}

words! {
    /// Where a decision leads.
    pub enum Route {
        /// Leave the person alone.
        None = "none",
        /// Say what is known about an incident.
        Status = "status",
        /// Show an article.
        Article = "article",
        /// Offer the automated conversation.
        Chatbot = "chatbot",
        /// Call the person back.
        Callback = "callback",
        /// A person who helps.
        Human = "human",
        /// A person who knows this subject.
        Specialist = "specialist",
        /// The person who sells and renews; only on proof of readiness.
        AccountManager = "accountManager",
        /// Write, and be answered by a stated time.
        MessageForm = "messageForm",
    }
}

words! {
    /// What a promise attached to a touch is about (the three kinds of the playbook).
    pub enum PromiseKind {
        /// An answer sooner than otherwise.
        FasterHelp = "fasterHelp",
        /// The person will know what happens next.
        ClearerNextStep = "clearerNextStep",
        /// What is known is used so that less is asked or shown.
        SmarterPersonalization = "smarterPersonalization",
    }
}

words! {
    /// What a survey measures.
    pub enum SurveyKind {
        /// Customer effort score.
        Ces = "ces",
        /// Customer satisfaction.
        Csat = "csat",
        /// Net promoter score.
        Nps = "nps",
    }
}

words! {
    /// Triggers that make a matter urgent whatever its score.
    pub enum UrgentKind {
        /// Money is at stake.
        Money = "money",
        /// An account or data is at risk.
        Security = "security",
        /// The service is down.
        Outage = "outage",
        /// Something must happen by a date.
        Deadline = "deadline",
        /// Somebody's safety.
        Safety = "safety",
    }
}

words! {
    /// Moments in a life in which nothing is sold and nobody is asked to rate anything.
    pub enum SensitiveKind {
        /// A death.
        Bereavement = "bereavement",
        /// Trouble to pay.
        Hardship = "hardship",
        /// A condition that needs care.
        Vulnerability = "vulnerability",
        /// A legal dispute.
        Legal = "legal",
        /// On the way out.
        Leaving = "leaving",
        /// Under age.
        Minor = "minor",
    }
}
