//! Do-not-contact. Reasons are kept apart: clearing one never clears another.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::Purpose;
use crate::event::history::Scope;
use crate::{literal, text};

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.suppression else { return };
    let stops = [Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];
    if let Some(absent) = s.blind("suppression") {
        let detail = || (literal!("suppression"), absent.clone());
        let code = ReasonCode::HistoryIncomplete;
        out.object(&stops, GuardId::Suppression, code, None, detail);
    }
    for it in s.history.ledger().suppressions.iter().filter(|it| it.on) {
        if it.until.is_some_and(|until| until <= s.early) {
            continue;
        }
        let code = match it.scope {
            Scope::Person => ReasonCode::Suppressed,
            Scope::Account | Scope::Household => ReasonCode::AccountSuppressed,
        };
        let detail =
            || (text!("suppression.{}", it.reason.as_str()), vec![s.history.evidence(it.event)]);
        out.object(&stops, GuardId::Suppression, code, it.until, detail);
        if p.stops_notices.contains(&it.reason) {
            let notices = [Purpose::ServiceNotice];
            out.object(&notices, GuardId::Suppression, code, it.until, detail);
        }
    }
}
