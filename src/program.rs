//! What an organisation promised, ready to run: tables, intervals and masks. It never sees JSON;
//! `policy` (feature `studio`) compiles a readable policy into this.

pub mod guards;
pub mod journeys;
pub mod release;
pub mod review;
pub mod routes;
pub mod scores;
pub mod signals;

use crate::event::{PromiseKind, Purpose};
use crate::rule::{OwnRule, REACH, Readers, Slot, Sum, Test};
use crate::shape::{Table, Wire, record};
use crate::unit::Ms;
use crate::wire::{Reader, Writer};
use crate::{Error, ErrorCode, Text};

pub use guards::Guards;
pub use journeys::{JourneyPolicy, Process};
pub use release::{Approval, Release, Standing, Status};
pub use review::ReviewPolicy;
pub use routes::{HandoffPolicy, QuestionPolicy, ReadinessPolicy, Routes};
pub use scores::ScorePolicy;
pub use signals::Signals;

/// First bytes of every compiled policy.
const MAGIC: &[u8; 4] = b"TCTF";
/// Version of the binary form. Another version is refused, never guessed at.
const FORMAT: u8 = 7;

record! {
    /// A compiled policy: the only form the runtime loads.
    pub struct Policy {
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
        /// Sources and the event types each of them knows.
        pub sources: Table<Source>,
        /// Names of the facts it reads; the position is the slot a host pushes into.
        pub facts: Vec<Text>,
        /// How many of them, from the first, built-in stages read too.
        pub own_facts: u16,
        /// What the rules' tests look at, after the facts.
        pub slots: Vec<Slot>,
        /// Own weighted sums.
        pub sums: Vec<Sum>,
        /// Every test of every rule, once, in the order of the slots they look at.
        pub tests: Vec<Test>,
        /// Who reads which slots.
        pub readers: Readers,
        /// Own guards, all of them run.
        pub guard_rules: Vec<OwnRule>,
        /// Own routes, the first that matches wins.
        pub route_rules: Vec<OwnRule>,
        /// Parameters of the page signals.
        pub signals: Signals,
        /// Parameters of the scores.
        pub scores: ScorePolicy,
        /// Service processes and their versions.
        pub processes: Table<Process>,
        /// How contacts become journeys.
        pub journeys: JourneyPolicy,
        /// Parameters of the built-in guards.
        pub guards: Guards,
        /// Parameters of routing.
        pub routes: Routes,
        /// The promise each route carries, by route.
        pub promises: Table<PromisePolicy>,
        /// Questions that may be asked, by field.
        pub questions: Table<QuestionPolicy>,
        /// Offers that need a word more than their template.
        pub offers: Table<guards::OfferPolicy>,
        /// For whom an offer is not, by its id: its audience, turned round.
        pub audiences: Vec<OwnRule>,
        /// Approved templates.
        pub templates: Table<Template>,
        /// What proves readiness; absent, nothing is demanded.
        pub readiness: Option<ReadinessPolicy>,
        /// How it is looked after.
        pub review: ReviewPolicy,
        /// Plain words for every reason code.
        pub words: Table<Words>,
        /// The same in other languages, by their BCP 47 tags.
        pub translations: Table<Table<Words>>,
    }
}

record! {
    /// A source and the event types it knows: while it is silent, they are unknown.
    pub struct Source {
        /// Event types.
        pub knows: Vec<Text>,
    }
}

record! {
    /// The promise a route carries.
    pub struct PromisePolicy {
        /// What it is about.
        pub kind: PromiseKind,
        /// The words shown; `{minutes}` is the wait four in five do not exceed.
        pub text: Text,
        /// The words shown when the route is not live and answers by a date.
        pub later: Option<Text>,
        /// The words shown while nobody knows how long it takes: no wait is made up.
        pub soon: Option<Text>,
        /// What is promised instead, while this kind is not kept often enough.
        pub instead: Option<Instead>,
        /// Due after this long, unless the wait says longer or an SLA says when.
        pub due_ms: Ms,
        /// The event that shows it was kept.
        pub check: Text,
    }
}

record! {
    /// A promise that can be kept while the usual one is not.
    pub struct Instead {
        /// What it is about.
        pub kind: PromiseKind,
        /// The words shown.
        pub text: Text,
    }
}

record! {
    /// An approved template. The purpose is its property, not a flag on a send.
    pub struct Template {
        /// What it is for.
        pub purpose: Purpose,
    }
}

record! {
    /// Plain words for a reason code.
    pub struct Words {
        /// For the visitor.
        pub visitor: Text,
        /// For staff.
        pub staff: Text,
    }
}

impl Policy {
    /// The binary form: magic, format version, the content with its length, and beside it what may change
    /// while the content stays as it was approved.
    #[must_use]
    pub fn to_compiled(&self, release: &Release) -> Vec<u8> {
        let mut content = Writer::new();
        self.put(&mut content);
        let content = content.done();
        let mut out = Writer::new();
        out.raw(MAGIC);
        out.byte(FORMAT);
        out.count(content.len());
        out.raw(&content);
        release.put(&mut out);
        out.done()
    }

    /// Loads the binary form. Whether it was approved is the host's to verify, with its own cryptography.
    ///
    /// # Errors
    /// `Corrupt` when the bytes are not a compiled policy of this format version.
    pub fn from_compiled(bytes: &[u8]) -> Result<(Self, Release), Error> {
        let mut from = Reader::new(bytes);
        if from.raw(MAGIC.len()) != MAGIC {
            return Err(Error::new(ErrorCode::Corrupt, "", "this is not a compiled policy")
                .hint("compile the JSON policy first, with `tactful compile`"));
        }
        let format = from.byte();
        if format != FORMAT {
            return Err(Error::new(
                ErrorCode::Corrupt,
                "",
                format!("compiled for format {format}, this engine reads {FORMAT}"),
            )
            .hint("compile the policy again with the tools of this version"));
        }
        let length = from.int_in(0, i64::from(u32::MAX));
        let mut content = Reader::new(from.raw(usize::try_from(length).unwrap_or(usize::MAX)));
        let policy = Self::get(&mut content);
        content.end()?;
        if !policy.can_run() {
            return Err(Error::new(
                ErrorCode::Corrupt,
                "",
                "its rules are not as they are compiled",
            ));
        }
        let release = Release::get(&mut from);
        from.end().map(|()| (policy, release))
    }

    /// What keeps people from being disturbed, as bytes to be signed by whoever answers for it: the guards
    /// and all that they read, own rules and promises included. Left out is how help is worded, asked for and
    /// routed. Made from the compiled content itself, so that nobody can claim other guardrails than those
    /// that run.
    #[must_use]
    pub fn guardrails(&self) -> Vec<u8> {
        // Every field is named: whoever adds one decides on which side it is.
        let Self {
            id: _,
            version: _,
            digest: _,
            effective_from: _,
            review_due: _,
            route_rules: _,
            questions: _,
            words: _,
            translations: _,
            routes,
            sources,
            facts,
            own_facts,
            slots,
            sums,
            tests,
            readers,
            guard_rules,
            signals,
            scores,
            processes,
            journeys,
            guards,
            promises,
            offers,
            audiences,
            templates,
            readiness,
            review,
        } = self;
        let mut out = Writer::new();
        routes.guardrails(&mut out);
        sources.put(&mut out);
        facts.put(&mut out);
        own_facts.put(&mut out);
        slots.put(&mut out);
        sums.put(&mut out);
        tests.put(&mut out);
        readers.put(&mut out);
        guard_rules.put(&mut out);
        signals.put(&mut out);
        scores.put(&mut out);
        processes.put(&mut out);
        journeys.put(&mut out);
        guards.put(&mut out);
        promises.put(&mut out);
        offers.put(&mut out);
        audiences.put(&mut out);
        templates.put(&mut out);
        readiness.put(&mut out);
        review.put(&mut out);
        out.done()
    }

    /// Whether built-in stages read the fact of a slot, not only the organisation's rules.
    #[must_use]
    pub fn reads_itself(&self, slot: usize) -> bool {
        slot < usize::from(self.own_facts)
    }

    /// Plain words for a reason code in a language, in its plainer form (`es` for `es-MX`), or else in
    /// the policy's own.
    #[must_use]
    pub fn words_in(&self, code: &str, language: Option<&str>) -> Option<&Words> {
        let exact = language.and_then(|tag| self.translations.get(tag)?.get(code));
        let plainer = || {
            let (base, _) = language?.split_once('-')?;
            self.translations.get(base)?.get(code)
        };
        exact.or_else(plainer).or_else(|| self.words.get(code))
    }

    /// What to say for a code: the words of a language where it has them, else `otherwise`.
    #[must_use]
    pub fn said<'a>(&'a self, code: &str, language: Option<&str>, otherwise: &'a str) -> &'a str {
        self.words_in(code, language).map_or(otherwise, |words| &words.visitor)
    }

    /// Whether what the hot call relies on is true.
    fn can_run(&self) -> bool {
        self.tests.is_sorted_by_key(|test| test.slot)
            && self.readers == Readers::of(&self.sums, &self.tests)
            && self.sums.iter().all(|sum| sum.reach() <= REACH)
    }

    /// What a test looks at, where that is neither a fact nor a sum.
    pub(crate) fn slot_of(&self, test: &Test) -> Option<&Slot> {
        let place = usize::from(test.slot).checked_sub(self.facts.len() + self.sums.len())?;
        self.slots.get(place)
    }

    /// The slot of a pushed fact, `None` when this policy knows no such fact.
    #[must_use]
    pub fn slot(&self, fact: &str) -> Option<usize> {
        self.facts.iter().position(|name| name == fact)
    }
}
