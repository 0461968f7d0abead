//! Objections: everything that speaks against a touch, as masks and, for a full decision, in words.

use super::{GuardId, Situation, audience};
use crate::decision::{Blocker, Code, ReasonCode, Verdict, Verdicts};
use crate::event::Purpose;
use crate::program::Policy;
use crate::readiness::Proved;
use crate::route::Choice;
use crate::rule::OwnRule;
use crate::unit::Ms;
use crate::{Text, literal, text};

/// One objection.
#[derive(Clone, Debug)]
struct Objection {
    purpose: Purpose,
    code: Code,
    words: Option<Text>,
    guard: Text,
    until: Option<Ms>,
    evidence: Vec<Text>,
}

/// Every objection, as masks and, for a full decision, in words.
#[derive(Clone, Debug)]
pub(crate) struct Objections {
    blocked: [u32; Purpose::ALL.len()],
    timed: [Option<Ms>; Purpose::ALL.len()],
    until: Ms,
    now: Ms,
    /// What the host proposes may not be made as it is: what we would offer ourselves still may.
    refused: Option<Purpose>,
    list: Option<Vec<Objection>>,
}

impl Objections {
    pub(super) fn new(now: Ms, full: bool) -> Self {
        Self {
            blocked: [0; Purpose::ALL.len()],
            timed: [None; Purpose::ALL.len()],
            until: Ms::NEVER,
            now,
            refused: None,
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
        detail: impl Fn() -> (Text, Vec<Text>),
    ) {
        self.mark(purposes, guard, until);
        if self.list.is_some() {
            let (name, evidence) = detail();
            let guard = if name.is_empty() { guard.as_str().into() } else { name };
            self.write(purposes, (Code::Known(code), None), guard, until, &evidence);
        }
    }

    /// Objects to what the host proposes, as it is proposed, and to nothing else of that purpose.
    pub(super) fn refuse(
        &mut self,
        purpose: Purpose,
        guard: GuardId,
        code: ReasonCode,
        detail: impl Fn() -> (Text, Vec<Text>),
    ) {
        self.refused = Some(purpose);
        if self.list.is_some() {
            let (name, evidence) = detail();
            let guard = if name.is_empty() { guard.as_str().into() } else { name };
            self.write(&[purpose], (Code::Known(code), None), guard, None, &evidence);
        }
    }

    /// Whether the proposal of this purpose may not be made as it is.
    pub(crate) fn refuses(&self, purpose: Purpose) -> bool {
        self.refused == Some(purpose)
    }

    /// Whether a touch of this purpose may be made; what is proposed, if that is its purpose.
    pub(crate) fn allows(&self, purpose: Purpose) -> bool {
        self.mask(purpose) == 0 && !self.refuses(purpose)
    }

    // Apart from the generic part, which is compiled once for every guard.
    #[inline(never)]
    fn write(
        &mut self,
        purposes: &[Purpose],
        (code, words): (Code, Option<Text>),
        guard: Text,
        until: Option<Ms>,
        evidence: &[Text],
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
        for rule in policy.guard_rules.iter().filter(|rule| rule.holds(bits)) {
            self.object_own(rule);
        }
    }

    fn object_own(&mut self, rule: &OwnRule) {
        for purpose in rule.blocks.iter() {
            self.mark(&[purpose], GuardId::Rule, None);
            if self.list.is_some() {
                let evidence = [text!("policy:/guards/rules/{}", rule.id)];
                let reason = (Code::Own(rule.code.clone()), Some(rule.words.clone()));
                self.write(&[purpose], reason, text!("rules.{}", rule.id), None, &evidence);
            }
        }
    }

    /// A pitch takes proof of readiness.
    pub(crate) fn require_readiness(&mut self, policy: &Policy, proved: &Proved) {
        if proved.key.is_none() && policy.readiness.is_some() {
            let detail = || (Text::new(), proved.missing());
            let code = ReasonCode::ReadinessNotProven;
            self.object(&[Purpose::Pitch], GuardId::Readiness, code, None, detail);
        }
    }

    /// No promise, no touch.
    pub(crate) fn require_promise(&mut self, choice: &Choice, proposed: Option<Purpose>) {
        if let (true, Some(purpose)) = (choice.without_promise, proposed) {
            let detail = || (Text::new(), vec![literal!("policy:/promises")]);
            self.refuse(purpose, GuardId::Promise, ReasonCode::NoPromise, detail);
        } else if choice.without_promise {
            let purposes = [Purpose::Answer, Purpose::Assist, Purpose::Pitch];
            let detail = || (Text::new(), vec![literal!("policy:/promises")]);
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

    /// What objects to another purpose objects to this proposal as well: it is that, whatever it is called.
    pub(super) fn judge_as(&mut self, what: Purpose, purpose: Purpose) {
        if let Some(list) = &mut self.list {
            let own: Vec<Objection> = list
                .iter()
                .filter(|objection| objection.purpose == what)
                .map(|objection| Objection { purpose, ..objection.clone() })
                .collect();
            list.extend(own);
        }
    }

    /// An offer whose audience this person is not in.
    pub(crate) fn apply_audiences(&mut self, s: &Situation<'_>, proved: &mut Proved, bits: &[u64]) {
        audience::apply(s, self, proved, bits);
    }

    /// Which guards object to a purpose, as bits of [`GuardId`].
    pub(crate) fn mask(&self, purpose: Purpose) -> u32 {
        self.blocked.get(purpose as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whether a guard objects to a purpose.
    pub(crate) fn objects(&self, purpose: Purpose, guard: GuardId) -> bool {
        self.mask(purpose) & 1 << guard as u32 != 0
    }

    /// Codes and evidence of what objects to a purpose, for a full decision.
    pub(crate) fn cited(&self, purpose: Purpose) -> Vec<(ReasonCode, Vec<Text>)> {
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
        speech: Speech<'_>,
        hidden: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Verdicts {
        Verdicts {
            answer: self.verdict(speech, Purpose::Answer, hidden),
            assist: self.verdict(speech, Purpose::Assist, hidden),
            service_notice: self.verdict(speech, Purpose::ServiceNotice, hidden),
            reach_out_help: self.verdict(speech, Purpose::ReachOutHelp, hidden),
            survey: self.verdict(speech, Purpose::Survey, hidden),
            pitch: self.verdict(speech, Purpose::Pitch, hidden),
        }
    }

    fn verdict(
        &self,
        speech: Speech<'_>,
        purpose: Purpose,
        hidden: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Verdict {
        let mine = self.list.iter().flatten().filter(|objection| objection.purpose == purpose);
        Verdict {
            allowed: self.allows(purpose),
            defer_until: self.timed.get(purpose as usize).copied().flatten(),
            blockers: mine
                .map(|o| Blocker {
                    code: o.code.clone(),
                    words: o
                        .words
                        .clone()
                        .unwrap_or_else(|| plain_words(speech.0, o.code.as_str(), speech.1)),
                    evidence: shown(&o.evidence, hidden),
                    guard: o.guard.clone(),
                    until: o.until,
                })
                .collect(),
        }
    }
}

/// The words of a policy, in the language of the person where it has them.
pub(crate) type Speech<'a> = (&'a Policy, Option<&'a str>);

/// Evidence without what permission withholds.
pub(crate) fn shown(evidence: &[Text], hidden: &dyn Fn(&str) -> Option<&'static str>) -> Vec<Text> {
    let name = |cited: &Text| hidden(cited).map_or_else(|| cited.clone(), Text::from);
    let mut list: Vec<Text> = evidence.iter().map(name).collect();
    list.dedup();
    list
}

/// Plain words for the visitor.
pub(crate) fn plain_words(policy: &Policy, code: &str, language: Option<&str>) -> Text {
    let words = policy.words_in(code, language);
    words.map_or_else(|| code.into(), |words| words.visitor.clone())
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
