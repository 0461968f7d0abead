//! What the organisation itself wants: a touch the host proposes, and its own routes.

use super::{Because, Cause, Choice, Router, is_answered_by_a_person, rank};
use crate::decision::ReasonCode;
use crate::event::{Purpose, Route};
use crate::text;

impl Router<'_> {
    /// May *this* touch be made? If not, silence, unless the visit itself shows a need.
    pub(super) fn proposed(&self, because: &mut Because) -> Option<Choice> {
        let proposal = self.s.moment.proposal.as_ref()?;
        let route = proposal.route.unwrap_or(match proposal.purpose {
            Purpose::Pitch => Route::AccountManager,
            Purpose::Survey => Route::None,
            _ => Route::Article,
        });
        let purpose = proposal.purpose;
        // What they closed in this visit is not proposed again.
        let helps = matches!(purpose, Purpose::Assist | Purpose::Answer);
        if helps && rank(route) >= self.closed(because) {
            return Some(Choice::silence());
        }
        let needs_proof = route == Route::AccountManager && purpose == Purpose::Pitch;
        let proven = !needs_proof || self.proved.key.is_some();
        let clear = self.objections.clear(purpose).is_some() && !self.objections.refuses(purpose);
        if clear && proven {
            if route == Route::None {
                because.cite(ReasonCode::NoObjection, || vec!["moment:/proposal".into()]);
                return Some(Choice::silence());
            }
            if needs_proof {
                because.cite(ReasonCode::Readiness, || vec!["moment:/proposal".into()]);
            } else {
                because.cite(ReasonCode::NoObjection, || vec!["moment:/proposal".into()]);
            }
            let granted = self.grant(purpose, route, because);
            if granted.as_ref().is_none_or(|choice| choice.touch.is_none()) {
                because.cite(ReasonCode::NoPromise, || vec!["policy:/promises".into()]);
                return Some(Choice { without_promise: true, ..Choice::silence() });
            }
            return granted;
        }
        for (code, evidence) in self.objections.cited(purpose) {
            because.cite(code, || evidence);
        }
        if self.need().is_none() {
            because.cite(ReasonCode::NoNeed, || vec!["absent:need".into()]);
            return Some(Choice::silence());
        }
        None
    }

    /// The first of the organisation's own routes that holds and may be taken.
    pub(super) fn own_rule(&self, because: &mut Because) -> Option<Choice> {
        for (i, rule) in self.rules.iter().enumerate() {
            let Some(route) = rule.route.filter(|_| rule.holds(self.bits)) else { continue };
            // No rule leads round what protects people: what was closed, who needs tact or waits for us,
            // what has failed.
            let person = is_answered_by_a_person(route);
            let tactless = !person && (self.is_sensitive() || self.owed());
            let closed = rank(route) >= self.closed(&mut Because::wanted(false));
            let choice = match route {
                // Whom we owe is not silenced.
                Route::None if self.owed() => None,
                Route::None => Some(Choice::silence()),
                // The key to the account manager is a proof, whoever asks for the door.
                Route::AccountManager => self.pitch(because).filter(|_| self.need().is_none()),
                _ if tactless || closed || self.way(route).is_err() => None,
                _ => {
                    self.live(Purpose::Assist, route).or_else(|| self.later(Purpose::Assist, route))
                }
            };
            if let Some(choice) = choice {
                let evidence = || vec![text!("policy:/routes/rules/{}", rule.id)];
                because.push(Cause::Rule(i), evidence);
                return Some(choice);
            }
        }
        None
    }
}
