//! A full decision, told from what the stages found.

use super::Ground;
use crate::Text;
use crate::ask::Asks;
use crate::decision::{Code, Decision, PolicyRef, Reason};
use crate::event::Purpose;
use crate::given::Given;
use crate::guard::{Objections, plain_words, shown};
use crate::handoff::{handoff, reminder};
use crate::history::History;
use crate::id::{hash, hex};
use crate::route::{Because, Cause, Choice};
use crate::rule::OwnRule;
use crate::shape::Wire;
use crate::wire::Writer;

/// What a full decision is told from.
pub(super) struct Account<'a> {
    pub(super) given: Given<'a>,
    pub(super) ground: &'a Ground,
    pub(super) objections: &'a Objections,
}

impl Account<'_> {
    pub(super) fn tell(&self, choice: &Choice, because: Because) -> Decision {
        let Self { given, ground, .. } = self;
        let Given { policy, moment, .. } = *given;
        let route = choice.route();
        let scores = &ground.scores;
        let s = ground.situation(*given);
        let language = moment.language.as_deref();
        let touch = choice.touch.as_ref();
        // An offer is about something else than what was tried.
        let helps = touch.is_some_and(|touch| touch.purpose() != Purpose::Pitch);
        let tried = helps.then(|| reminder(&s)).flatten();
        let promise =
            touch.and_then(|touch| touch.promise.tell(policy, language, tried.as_deref()));
        Decision {
            id: self.id(),
            at: moment.now,
            policy: PolicyRef {
                id: policy.id.clone(),
                version: policy.version.clone(),
                digest: policy.digest.clone(),
            },
            engine: env!("CARGO_PKG_VERSION").into(),
            route,
            also: (!choice.also.is_empty()).then(|| choice.also.clone()),
            target: choice.touch.as_ref().map(|touch| touch.target.clone()),
            scores: scores.tell(policy, ground.proved.tell()),
            verdicts: self
                .objections
                .tell((policy, moment.language.as_deref()), &|id| self.hides(id)),
            handoff: handoff(&s, ground.past.profiled, route, promise.as_ref()),
            promise,
            ask: Asks::of(&s).question(self.objections, route, choice.needed),
            because: self.reasons(because),
            held_out: None,
        }
    }

    /// Routes that were not taken, told like everything else.
    #[cfg(feature = "studio")]
    pub(super) fn lost(&self, lost: &[crate::route::Lost]) -> Vec<crate::explain::Lost> {
        let language = self.given.moment.language.as_deref();
        let told = lost.iter().map(|it| crate::explain::Lost {
            route: it.route,
            cost_ms: it.cost,
            why: it
                .why
                .iter()
                .map(|(code, evidence)| Reason {
                    code: Code::Known(*code),
                    words: plain_words(self.given.policy, code.as_str(), language),
                    evidence: shown(evidence, &|id| self.hides(id)),
                })
                .collect(),
        });
        told.collect()
    }

    /// What to name instead of evidence that is an event which permission, or a link, withholds.
    fn hides(&self, evidence: &str) -> Option<&'static str> {
        let find = |history: &History| history.events().iter().any(|e| e.id == evidence);
        let shown = self.ground.past.shown.as_ref()?;
        if find(shown) || !find(self.given.history) {
            return None;
        }
        let who = self.ground.past.who(self.given.history);
        let mut named = self.given.history.events().iter().filter(|event| event.id == evidence);
        let foreign = named.all(|event| !self.given.history.is_about(&who, event));
        Some(if foreign { "absent:identity" } else { "absent:consent/profiling" })
    }

    fn reasons(&self, because: Because) -> Vec<Reason> {
        let told = because.into_list().into_iter().map(|(cause, evidence)| match cause {
            Cause::Known(code) => Reason {
                code: Code::Known(code),
                words: plain_words(
                    self.given.policy,
                    code.as_str(),
                    self.given.moment.language.as_deref(),
                ),
                evidence: shown(&evidence, &|id| self.hides(id)),
            },
            Cause::Rule(i) => {
                let rule = self.given.policy.route_rules.get(i);
                let text = |get: fn(&OwnRule) -> &Text| {
                    rule.map_or_else(Text::new, |rule| get(rule).clone())
                };
                Reason { code: Code::Own(text(|r| &r.code)), words: text(|r| &r.words), evidence }
            }
        });
        told.collect()
    }

    /// Hash of everything the decision was made of.
    fn id(&self) -> Text {
        let mut out = Writer::new();
        out.text(&self.given.policy.digest);
        self.given.visit.started_at().put(&mut out);
        self.given.visit.digest().put(&mut out);
        self.given.moment.put(&mut out);
        self.ground.past.content(self.given.history).put(&mut out);
        hex(hash(out.so_far(), 0)).into()
    }
}
