//! Permissions. The valid record is the one effective last; at the same instant the stricter wins;
//! what ran out or was never given is unknown, and unknown denies whatever sells or asks.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::history::{ConsentPurpose, ConsentState};
use crate::event::{Channel, Purpose};
use crate::feed::silent;
use crate::history::{ConsentGiven, History};
use crate::program::Policy;
use crate::unit::{Ms, Truth};
use crate::{Text, literal, text};
use core::cmp::Reverse;

/// What the record says about one permission.
pub(crate) struct Permission {
    pub(crate) granted: Truth,
    expired: bool,
    event: Option<usize>,
    /// When the answer may change.
    pub(crate) next: Ms,
}

/// The present, and the earliest and the latest clock that is trusted.
pub(crate) type Clocks = (Ms, Ms, Ms);

/// Looks a permission up, by the earliest and the latest clock that is trusted; `channel` is `None`
/// where it is not bound to one. While the source of
/// permissions is silent a grant may have been taken back, and is unknown.
pub(crate) fn permission(
    policy: &Policy,
    history: &History,
    purpose: ConsentPurpose,
    channel: Option<Channel>,
    (now, early, late): Clocks,
) -> Permission {
    let about = || {
        history.ledger().consents.iter().filter(|record| {
            record.purpose == purpose
                && (record.channel.is_none() || channel.is_none() || record.channel == channel)
        })
    };
    // Effective last; at one instant a refusal, then what ends first.
    let rank = |record: &ConsentGiven| {
        let refused = record.state == ConsentState::Withdrawn;
        (record.effective, refused, Reverse(record.expires.unwrap_or(Ms::NEVER)))
    };
    let mut next = Ms::NEVER;
    let mut valid: Option<&ConsentGiven> = None;
    for record in about() {
        for boundary in [Some(record.effective), record.expires].into_iter().flatten() {
            if boundary > now {
                next = next.min(boundary);
            }
        }
        let refused = record.state == ConsentState::Withdrawn;
        // By the clock that keeps it closed: a grant holds once all of them say so, a refusal at once.
        let clock = if refused { late } else { early };
        if record.effective > clock && !record.undated {
            continue;
        }
        // Whoever took it back on an unknown day did not mean what was given before that was written down.
        let taken_back = || about().any(|it| it.undated && it.at >= record.at);
        if !refused && taken_back() {
            continue;
        }
        if valid.is_none_or(|known| rank(record) > rank(known)) {
            valid = Some(record);
        }
    }
    let expired = valid.and_then(|record| record.expires).is_some_and(|until| late >= until);
    let quiet = silent(policy, history, "consent");
    let granted = match valid {
        Some(record) if record.state == ConsentState::Withdrawn => Truth::No,
        Some(_) if !expired && quiet.is_none() => Truth::Yes,
        _ => Truth::Unknown,
    };
    let event = quiet.filter(|_| granted == Truth::Unknown);
    Permission {
        granted,
        expired: expired && quiet.is_none(),
        event: event.or_else(|| valid.map(|record| record.event)),
        next,
    }
}

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    let Some(p) = &s.policy.guards.consent else { return };
    let needed = [
        (Purpose::ReachOutHelp, ConsentPurpose::Service, true),
        (Purpose::Survey, ConsentPurpose::Survey, true),
        (Purpose::Pitch, ConsentPurpose::Marketing, true),
        (Purpose::Pitch, ConsentPurpose::Profiling, p.pitch_needs_profiling),
    ];
    for (purpose, consent, demanded) in needed {
        if demanded {
            demand(s, out, purpose, consent);
        }
    }
    if s.moment.privacy_signal == Some(true) {
        let detail = || (Text::new(), vec![literal!("moment:/privacySignal")]);
        out.object(&[Purpose::Pitch], GuardId::Consent, ReasonCode::PrivacySignal, None, detail);
    }
}

fn demand(s: &Situation<'_>, out: &mut Objections, purpose: Purpose, consent: ConsentPurpose) {
    let bound = consent != ConsentPurpose::Profiling;
    let channel = bound.then(|| s.channel(purpose));
    let found = permission(s.policy, s.history, consent, channel, (s.moment.now, s.early, s.late));
    out.watch(found.next);
    let code = match found.granted {
        Truth::Yes => return,
        Truth::No if consent == ConsentPurpose::Profiling => ReasonCode::ProfilingDenied,
        Truth::No => ReasonCode::ConsentWithdrawn,
        Truth::Unknown if found.expired => ReasonCode::ConsentExpired,
        Truth::Unknown => ReasonCode::UnknownConsent,
    };
    out.object(&[purpose], GuardId::Consent, code, None, || {
        let absent = || text!("absent:consent/{}", consent.as_str());
        let event = found.event.map(|event| s.history.evidence(event));
        (text!("consent.{}", consent.as_str()), vec![event.unwrap_or_else(absent)])
    });
}
