//! A decision of a policy on trial: measured as always, and nothing to act upon.

use crate::decision::{Blocker, Code, Decision, Reason, ReasonCode, Verdict};
use crate::event::Route;
use crate::guard::plain_words;
use crate::literal;
use crate::program::Policy;

impl Decision {
    /// The decision with everything taken out that a host could act upon: what a policy in shadow gives.
    #[must_use]
    pub fn withheld(mut self, policy: &Policy, language: Option<&str>) -> Self {
        let code = Code::Known(ReasonCode::OnTrial);
        let words = plain_words(policy, ReasonCode::OnTrial.as_str(), language);
        let evidence = vec![literal!("policy:/status")];
        let refuse = |verdict: &mut Verdict| {
            verdict.allowed = false;
            verdict.blockers.push(Blocker {
                code: code.clone(),
                words: words.clone(),
                evidence: evidence.clone(),
                guard: literal!("status"),
                until: None,
            });
        };
        let all = &mut self.verdicts;
        [
            &mut all.answer,
            &mut all.assist,
            &mut all.service_notice,
            &mut all.reach_out_help,
            &mut all.survey,
            &mut all.pitch,
        ]
        .into_iter()
        .for_each(refuse);
        self.because = vec![Reason { code: code.clone(), words: words.clone(), evidence }];
        self.route = Route::None;
        self.also = None;
        self.target = None;
        self.promise = None;
        self.handoff = None;
        self.ask = None;
        self
    }
}
