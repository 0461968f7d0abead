//! Guards: laws about when not to. All of them run, every objection is listed, and each says until
//! when its answer holds, so that a cached answer is used only while it is the answer.
//!
//! Unknown denies whatever sells, asks or interrupts. No guard objects to an `answer`: what the
//! person asked for is never withheld.

mod cap;
mod consent;
mod presence;
mod quiet;
mod suppression;
mod window;

pub(crate) use consent::permission;

use crate::decision::{Blocker, Code, ReasonCode, Verdict, Verdicts};
use crate::event::{Channel, Purpose};
use crate::history::{History, TouchState};
use crate::moment::Moment;
use crate::program::Policy;
use crate::readiness::Proved;
use crate::route::Choice;
use crate::rule::OwnRule;
use crate::score::Scores;
use crate::shape::words;
use crate::unit::Ms;
use crate::visit::Visit;

words! {
    /// The built-in guards; the position is the bit in a verdict's mask.
    pub enum GuardId {
        /// Permissions.
        Consent = "consent",
        /// Do-not-contact.
        Suppression = "suppression",
        /// How often.
        Cap = "caps",
        /// How soon.
        MinGap = "minGapMs",
        /// Night.
        QuietHours = "quietHours",
        /// A case is open.
        OpenCase = "windows.openCase",
        /// The first weeks.
        Onboarding = "windows.onboarding",
        /// Just renewed.
        Renewal = "windows.renewal",
        /// This visit is too hard.
        Friction = "windows.friction",
        /// A moment that calls for tact.
        Sensitive = "windows.sensitive",
        /// It is not sure who this is.
        Identity = "windows.identity",
        /// Somebody is on it.
        HandledBy = "handledBy",
        /// Not a person.
        NotAPerson = "automated",
        /// The present is not to be believed.
        Clock = "clock",
        /// The text contradicts its purpose.
        Purpose = "templates",
        /// An own rule.
        Rule = "rules",
        /// No proof of readiness.
        Readiness = "readiness",
        /// No promise could be made.
        Promise = "promises",
    }
}

/// What every guard looks at. Guards read everything, permitted or not: they only close.
pub(crate) struct Situation<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) history: &'a History,
    pub(crate) visit: &'a Visit,
    pub(crate) moment: &'a Moment,
    pub(crate) scores: &'a Scores,
    /// The offer that is on the screen: it is not counted against itself.
    pub(crate) standing: Option<&'a TouchState>,
}

impl Situation<'_> {
    /// The channel a verdict is about: the proposal's for its purpose, else the open page.
    fn channel(&self, purpose: Purpose) -> Channel {
        match &self.moment.proposal {
            Some(proposal) if proposal.purpose == purpose => proposal.channel,
            _ => Channel::Web,
        }
    }

    /// Why not everything about an event type is known: its feed is silent, or it is known only from
    /// some instant on. For guards whose window has no beginning.
    fn blind(&self, event_type: &str) -> Option<Vec<String>> {
        let told = feed(self.policy, self.history, event_type);
        if let Some((true, _, event)) = told {
            return Some(vec![self.history.evidence(event)]);
        }
        let since = self.known_since(event_type);
        (since > Ms::ALWAYS).then(|| vec![format!("absent:{event_type} before {}", since.0)])
    }

    /// The feed that knows an event type and is silent: what it knows is unknown.
    fn silent(&self, event_type: &str) -> Option<usize> {
        silent(self.policy, self.history, event_type)
    }

    /// From when on everything of an event type is known.
    fn known_since(&self, event_type: &str) -> Ms {
        let told = feed(self.policy, self.history, event_type).and_then(|(_, since, _)| since);
        told.unwrap_or(Ms::ALWAYS).max(self.history.known_since())
    }
}

/// The feed that knows an event type, if it cannot be heard.
fn silent(policy: &Policy, history: &History, event_type: &str) -> Option<usize> {
    feed(policy, history, event_type).filter(|(silent, ..)| *silent).map(|(_, _, event)| event)
}

/// The feed that knows an event type: silent, since when, and its event.
fn feed(policy: &Policy, history: &History, event_type: &str) -> Option<(bool, Option<Ms>, usize)> {
    let knows = |source: &str| {
        let source = policy.sources.get(source);
        source.is_some_and(|source| source.knows.iter().any(|known| known == event_type))
    };
    let feeds = history.ledger().feeds.iter().filter(|feed| knows(&feed.feed));
    feeds.map(|feed| (feed.silent, feed.since, feed.event)).max_by_key(|(silent, ..)| *silent)
}

/// One objection.
#[derive(Clone, Debug)]
struct Objection {
    purpose: Purpose,
    code: Code,
    words: Option<String>,
    guard: String,
    until: Option<Ms>,
    evidence: Vec<String>,
}

/// Every objection, as masks and, for a full decision, in words.
#[derive(Clone, Debug)]
pub(crate) struct Objections {
    blocked: [u32; Purpose::ALL.len()],
    timed: [Option<Ms>; Purpose::ALL.len()],
    until: Ms,
    now: Ms,
    /// Own guards that object, a bit each, in order.
    own: u32,
    list: Option<Vec<Objection>>,
}

impl Objections {
    fn new(now: Ms, full: bool) -> Self {
        Self {
            blocked: [0; Purpose::ALL.len()],
            timed: [None; Purpose::ALL.len()],
            until: Ms::NEVER,
            now,
            own: 0,
            list: full.then(Vec::new),
        }
    }

    /// Objects to purposes. `detail` gives the guard's own name and the evidence, and runs only when
    /// somebody wants to know.
    pub(crate) fn object(
        &mut self,
        purposes: &[Purpose],
        guard: GuardId,
        code: ReasonCode,
        until: Option<Ms>,
        detail: impl Fn() -> (String, Vec<String>),
    ) {
        self.mark(purposes, guard, until);
        if self.list.is_some() {
            let (name, evidence) = detail();
            let guard = if name.is_empty() { guard.as_str().to_owned() } else { name };
            self.write(purposes, (Code::Known(code), None), guard, until, &evidence);
        }
    }

    // Apart from the generic part, which is compiled once for every guard.
    #[inline(never)]
    fn write(
        &mut self,
        purposes: &[Purpose],
        (code, words): (Code, Option<String>),
        guard: String,
        until: Option<Ms>,
        evidence: &[String],
    ) {
        for purpose in purposes {
            if let Some(list) = &mut self.list {
                list.push(Objection {
                    purpose: *purpose,
                    code: code.clone(),
                    words: words.clone(),
                    guard: guard.clone(),
                    until,
                    evidence: evidence.to_vec(),
                });
            }
        }
    }

    /// Runs the organisation's own guards: all of them.
    pub(crate) fn apply_rules(&mut self, policy: &Policy, bits: &[u64]) {
        for (i, rule) in policy.guard_rules.iter().enumerate() {
            if rule.holds(bits) {
                self.own |= 1u32.checked_shl(u32::try_from(i).unwrap_or(u32::MAX)).unwrap_or(0);
                self.object_own(rule);
            }
        }
    }

    /// Which of the first 32 own guards object, a bit each.
    pub(crate) const fn own(&self) -> u32 {
        self.own
    }

    fn object_own(&mut self, rule: &OwnRule) {
        self.mark(&rule.blocks, GuardId::Rule, None);
        if self.list.is_some() {
            let evidence = [format!("policy:/guards/rules/{}", rule.id)];
            let reason = (Code::Own(rule.code.clone()), Some(rule.words.clone()));
            self.write(&rule.blocks, reason, format!("rules.{}", rule.id), None, &evidence);
        }
    }

    /// A pitch takes proof of readiness.
    pub(crate) fn require_readiness(&mut self, policy: &Policy, proved: &Proved) {
        if proved.key.is_none() && policy.readiness.is_some() {
            let detail = || (String::new(), proved.missing());
            let code = ReasonCode::ReadinessNotProven;
            self.object(&[Purpose::Pitch], GuardId::Readiness, code, None, detail);
        }
    }

    /// No promise, no touch.
    pub(crate) fn require_promise(&mut self, choice: &Choice) {
        if choice.without_promise {
            let purposes = [Purpose::Answer, Purpose::Assist, Purpose::Pitch];
            let detail = || (String::new(), vec!["policy:/promises".to_owned()]);
            self.object(&purposes, GuardId::Promise, ReasonCode::NoPromise, None, detail);
        }
    }

    #[inline(never)]
    fn mark(&mut self, purposes: &[Purpose], guard: GuardId, until: Option<Ms>) {
        for purpose in purposes {
            if let Some(mask) = self.blocked.get_mut(*purpose as usize) {
                *mask |= 1 << guard as u32;
            }
            if let (Some(slot), Some(until)) = (self.timed.get_mut(*purpose as usize), until) {
                *slot = Some(slot.map_or(until, |known| known.max(until)));
                self.watch(until);
            }
        }
    }

    /// The answer may change at this instant.
    pub(crate) fn watch(&mut self, at: Ms) {
        if at > self.now {
            self.until = self.until.min(at);
        }
    }

    /// Until when every guard's answer holds.
    pub(crate) const fn until(&self) -> Ms {
        self.until
    }

    /// Which guards object to a purpose, as bits of [`GuardId`].
    pub(crate) fn mask(&self, purpose: Purpose) -> u32 {
        self.blocked.get(purpose as usize).copied().unwrap_or(u32::MAX)
    }

    /// Codes and evidence of what objects to a purpose, for a full decision.
    pub(crate) fn cited(&self, purpose: Purpose) -> Vec<(ReasonCode, Vec<String>)> {
        let mine = self.list.iter().flatten().filter(|objection| objection.purpose == purpose);
        mine.filter_map(|o| match &o.code {
            Code::Known(code) => Some((*code, o.evidence.clone())),
            Code::Own(_) => None,
        })
        .collect()
    }

    /// Permission for one touch of this purpose; nothing else makes one.
    pub(crate) fn clear(&self, purpose: Purpose) -> Option<Cleared> {
        (self.mask(purpose) == 0).then_some(Cleared(purpose))
    }

    /// Every verdict, with every blocker. Evidence for which `hidden` holds is not named: guards read
    /// what profiling permission withholds, and nobody else learns of it through them.
    pub(crate) fn tell(
        &self,
        policy: &Policy,
        hidden: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Verdicts {
        Verdicts {
            answer: self.verdict(policy, Purpose::Answer, hidden),
            assist: self.verdict(policy, Purpose::Assist, hidden),
            service_notice: self.verdict(policy, Purpose::ServiceNotice, hidden),
            reach_out_help: self.verdict(policy, Purpose::ReachOutHelp, hidden),
            survey: self.verdict(policy, Purpose::Survey, hidden),
            pitch: self.verdict(policy, Purpose::Pitch, hidden),
        }
    }

    fn verdict(
        &self,
        policy: &Policy,
        purpose: Purpose,
        hidden: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Verdict {
        let mine = self.list.iter().flatten().filter(|objection| objection.purpose == purpose);
        Verdict {
            allowed: self.mask(purpose) == 0,
            defer_until: self.timed.get(purpose as usize).copied().flatten(),
            blockers: mine
                .map(|o| Blocker {
                    code: o.code.clone(),
                    words: o.words.clone().unwrap_or_else(|| plain_words(policy, o.code.as_str())),
                    evidence: shown(&o.evidence, hidden),
                    guard: o.guard.clone(),
                    until: o.until,
                })
                .collect(),
        }
    }
}

/// Evidence without what permission withholds.
pub(crate) fn shown(
    evidence: &[String],
    hidden: &dyn Fn(&str) -> Option<&'static str>,
) -> Vec<String> {
    let name = |cited: &String| hidden(cited).map_or_else(|| cited.clone(), str::to_owned);
    let mut list: Vec<String> = evidence.iter().map(name).collect();
    list.dedup();
    list
}

/// Plain words for the visitor.
pub(crate) fn plain_words(policy: &Policy, code: &str) -> String {
    policy.words.get(code).map_or_else(|| code.to_owned(), |words| words.visitor.clone())
}

/// A purpose that no guard objects to. Only [`Objections::clear`] makes it, and no touch is built
/// without it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cleared(Purpose);

impl Cleared {
    pub(crate) const fn purpose(self) -> Purpose {
        self.0
    }
}

/// Runs every built-in guard.
pub(crate) fn guard(s: &Situation<'_>, full: bool) -> Objections {
    let mut out = Objections::new(s.moment.now, full);
    consent::guard(s, &mut out);
    suppression::guard(s, &mut out);
    cap::guard(s, &mut out);
    quiet::guard(s, &mut out);
    window::guard(s, &mut out);
    presence::guard(s, &mut out);
    out
}
