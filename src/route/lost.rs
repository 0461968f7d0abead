//! Why the routes that were not taken were not, by the same tests that choose.

use super::usable::{self, Usable};
use super::{Because, Router, rank};
use crate::decision::{Decision, ReasonCode};
use crate::event::visit::WishFor;
use crate::event::{Purpose, Route};
use crate::unit::Ms;
use crate::{Text, literal};

/// A route that was not taken: what it was expected to cost, and why.
pub(crate) struct Lost {
    pub(crate) route: Route,
    pub(crate) cost: Option<Ms>,
    pub(crate) why: Vec<(ReasonCode, Vec<Text>)>,
}

impl Router<'_> {
    /// Every route but the one taken.
    pub(crate) fn lost(&self, decision: &Decision) -> Vec<Lost> {
        let others = Route::ALL.iter().copied().filter(|route| *route != decision.route);
        others.map(|route| self.why_not(route, decision)).collect()
    }

    fn why_not(&self, route: Route, decision: &Decision) -> Lost {
        let mut lost = Lost { route, cost: None, why: Vec::new() };
        // What led to the route that was taken is what speaks against a route that could be had too.
        let led = || {
            decision.because.iter().find_map(|reason| match &reason.code {
                crate::Code::Known(code) => Some((*code, reason.evidence.clone())),
                crate::Code::Own(_) => None,
            })
        };
        let needed = self.need().is_some() || decision.route != Route::None;
        match route {
            Route::None => lost.why.extend(led()),
            Route::AccountManager => {
                lost.why = self.objections.cited(Purpose::Pitch);
                if lost.why.is_empty() {
                    lost.why.extend(led());
                }
            }
            Route::Status if self.incident().is_none() => {
                let code = ReasonCode::NoNeed;
                lost.why.push((code, vec![literal!("absent:incident")]));
            }
            Route::Status => lost.why.extend(led()),
            Route::Callback if self.s.visit.wishes(WishFor::Callback) > 0 => {
                lost.why.push((ReasonCode::NoPromise, vec!["policy:/routes/slas/callback".into()]));
            }
            Route::Callback | Route::MessageForm => {
                lost.why.push((ReasonCode::NotAskedFor, vec![literal!("absent:wish")]));
            }
            _ if !needed => {
                lost.why.push((ReasonCode::NoNeed, vec![literal!("absent:need")]));
            }
            _ => self.why_not_help(route, decision, &mut lost),
        }
        if lost.why.is_empty() {
            lost.why.push((ReasonCode::NoNeed, vec![literal!("absent:need")]));
        }
        lost
    }

    fn why_not_help(&self, route: Route, decision: &Decision, lost: &mut Lost) {
        let mut unheard = Because::wanted(true);
        if rank(route) >= self.closed(&mut unheard) {
            lost.why.extend(unheard.into_list().into_iter().filter_map(|(cause, evidence)| {
                match cause {
                    super::Cause::Known(code) => Some((code, evidence)),
                    super::Cause::Rule(_) => None,
                }
            }));
        }
        if self.objections.clear(Purpose::Assist).is_none() {
            lost.why.extend(self.objections.cited(Purpose::Assist));
        }
        match self.way(route) {
            Err(why) => lost.why.push(why),
            Ok(way) => {
                lost.cost = Some(Ms(self.cost_of(route, way.cost)));
                if let Usable::Later { why: Some(why) } = usable::usable(self.s, route) {
                    lost.why.push((why, self.status_of(route)));
                }
            }
        }
        if !lost.why.is_empty() {
            return;
        }
        // It could have been had: it cost more, or something decided without comparing.
        let taken = self.way(decision.route).ok().map(|way| self.cost_of(decision.route, way.cost));
        let more = lost.cost.zip(taken).is_some_and(|(Ms(cost), taken)| cost > taken);
        let forced = decision.because.iter().find_map(|reason| match &reason.code {
            crate::Code::Known(code) if decides_alone(*code) => {
                Some((*code, reason.evidence.clone()))
            }
            _ => None,
        });
        let costs = || (ReasonCode::MoreEffort, vec![literal!("policy:/routes/handling")]);
        lost.why.push(forced.filter(|_| !more).unwrap_or_else(costs));
    }

    /// What a desk would cost, which is not the one that would be chosen.
    fn cost_of(&self, route: Route, cost: i64) -> i64 {
        let handling = |route: Route| {
            self.s.policy.routes.handling.get(route.as_str()).map_or(0, |handling| handling.ms.0)
        };
        match route {
            Route::Human | Route::Specialist if route != self.desk() => {
                cost + handling(route) - handling(self.desk())
            }
            _ => cost,
        }
    }
}

/// Reasons that choose a route without comparing it with others.
const fn decides_alone(code: ReasonCode) -> bool {
    matches!(
        code,
        ReasonCode::AskedForPerson
            | ReasonCode::CustomerAsked
            | ReasonCode::Urgency
            | ReasonCode::HumanAlreadyHandling
            | ReasonCode::KnownOutage
            | ReasonCode::SensitiveMoment
            | ReasonCode::BrokenPromise
            | ReasonCode::HighEffort
            | ReasonCode::Continuity
            | ReasonCode::Friction
    )
}
