//! Pages, articles, searches and forms.

use crate::id::Key;
use crate::shape::{record, words};

words! {
    /// What a page is for.
    pub enum PageRole {
        /// None of those below.
        Other = "other",
        /// The entrance.
        Home = "home",
        /// A list of articles.
        Category = "category",
        /// An article.
        Article = "article",
        /// Results of a search.
        SearchResults = "searchResults",
        /// Ways to contact somebody.
        Contact = "contact",
        /// The state of the service.
        Status = "status",
        /// What things cost.
        Pricing = "pricing",
        /// Bills.
        Billing = "billing",
        /// Changing the plan.
        PlanChange = "planChange",
        /// Ending the contract.
        Cancel = "cancel",
        /// First steps.
        Onboarding = "onboarding",
        /// Other customers.
        Community = "community",
        /// One's own settings.
        Account = "account",
        /// Paying.
        Checkout = "checkout",
        /// The application itself.
        App = "app",
    }
}

impl PageRole {
    /// Whether people look for help there.
    #[must_use]
    pub const fn is_help(self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::Category
                | Self::Article
                | Self::SearchResults
                | Self::Contact
                | Self::Status
                | Self::Community
        )
    }
}

words! {
    /// How a page was reached.
    pub enum Nav {
        /// Loaded.
        Load = "load",
        /// A link within the application.
        Push = "push",
        /// The address changed in place.
        Replace = "replace",
        /// Back.
        Back = "back",
        /// Forward.
        Forward = "forward",
        /// Another fragment.
        Hash = "hash",
        /// Restored as it was.
        Bfcache = "bfcache",
    }
}

record! {
    /// A page, or a view of an application, came up.
    #[derive(Copy)]
    pub struct PageView {
        /// Which; equal to an article's id, it is that article.
        pub page: Key,
        /// What it is for; `other` when absent.
        pub role: Option<PageRole>,
        /// How it was reached; `load` when absent.
        pub nav: Option<Nav>,
        /// The matter it is about.
        pub topic: Option<Key>,
        /// How long reading it takes.
        pub expected_read_ms: Option<u32>,
        /// Visits to this topic in the last seven days, as the host's own store counts them; only
        /// with consent to store.
        pub earlier_sessions: Option<u8>,
    }
}

record! {
    /// How far an article was read.
    #[derive(Copy)]
    pub struct ArticleProgress {
        /// Which; the open page when absent.
        pub page: Option<Key>,
        /// Active time on it.
        pub active_ms: u32,
        /// How much of it came into view, in percent.
        pub depth_pct: u8,
        /// The last report of this page view.
        pub end: Option<bool>,
    }
}

record! {
    /// A search and how many results it had. The query stays in the page.
    #[derive(Copy)]
    pub struct Search {
        /// Likeness to the last query, 0..100, computed in the page.
        pub sim_prev: Option<u8>,
        /// It only continues the last query.
        pub extends_prev: Option<bool>,
        /// Words in it.
        pub len_tokens: Option<u8>,
        /// How many results it had.
        pub results: u16,
        /// The collection searched.
        pub scope: Option<u16>,
    }
}

record! {
    /// A result was opened.
    #[derive(Copy)]
    pub struct ResultOpen {
        /// Its position, from 1.
        pub rank: Option<u8>,
        /// The page it leads to.
        pub page: Option<Key>,
    }
}

record! {
    /// "Did this help?" was answered.
    #[derive(Copy)]
    pub struct Vote {
        /// Which page; the open one when absent.
        pub page: Option<Key>,
        /// It did.
        pub helpful: bool,
    }
}

words! {
    /// What happened in a form.
    pub enum FormWhat {
        /// It came into view.
        View = "view",
        /// A field was touched.
        Start = "start",
        /// A field was left filled.
        FieldDone = "fieldDone",
        /// A field was entered again.
        FieldReturn = "fieldReturn",
        /// A field was refused.
        Invalid = "invalid",
        /// It was sent.
        Submit = "submit",
        /// It got through.
        Ok = "ok",
        /// It did not get through.
        Failed = "failed",
        /// It was emptied.
        Reset = "reset",
    }
}

record! {
    /// Something happened in a form.
    #[derive(Copy)]
    pub struct Form {
        /// Which.
        pub form: Key,
        /// The step of a form with several.
        pub step: Option<u8>,
        /// What.
        pub what: FormWhat,
        /// The field it is about.
        pub field: Option<Key>,
    }
}

words! {
    /// Why a page ended.
    pub enum EndReason {
        /// Hidden.
        Hidden = "hidden",
        /// Unloaded.
        Unload = "unload",
        /// Frozen.
        Freeze = "freeze",
    }
}

record! {
    /// The page was left.
    #[derive(Copy)]
    pub struct PageEnd {
        /// Why.
        pub reason: EndReason,
    }
}
