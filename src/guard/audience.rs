//! For whom an offer is not: who is not in its audience, and the loyal, where it is for new customers
//! only.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::Purpose;
use crate::readiness::Proved;
use crate::unit::Ms;
use crate::{Text, text};

/// What the loyal would resent, in what a host proposes.
pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    if let (Some(p), Some((since, _))) = (&s.policy.guards.fairness, s.account_since()) {
        out.watch(since.plus(p.new_for_ms));
    }
    let Some(proposal) = &s.moment.proposal else { return };
    let Some(offer) = proposal.offer.as_ref().filter(|offer| resented(s, offer)) else { return };
    refuse(out, proposal.purpose, offer);
}

/// Audiences are an organisation's own conditions: they are known once its rules are.
pub(super) fn apply(s: &Situation<'_>, out: &mut Objections, proved: &mut Proved, bits: &[u64]) {
    let excluded = |offer: &str| {
        let audience = s.policy.audiences.iter().find(|rule| rule.id == *offer);
        audience.is_some_and(|rule| rule.holds(bits))
    };
    let proposal = s.moment.proposal.as_ref();
    if let Some((proposal, offer)) =
        proposal.and_then(|it| Some((it, it.offer.as_ref()?))).filter(|(_, it)| excluded(it))
    {
        refuse(out, proposal.purpose, offer);
    }
    let Some(key) = &mut proved.key else { return };
    let fitting = key.offers;
    for (i, offer) in s.moment.offers.iter().enumerate().take(64) {
        if excluded(&offer.id) || resented(s, &offer.id) {
            key.offers &= !(1 << i);
        }
    }
    // Every offer that would have met the need is somebody else's.
    if fitting != 0 && key.offers == 0 {
        proved.key = None;
        let lost = s.moment.offers.iter().enumerate().take(64);
        let mut lost = lost.filter(|(i, _)| fitting & (1 << i) != 0);
        if let Some((_, offer)) = lost.next() {
            object(out, Purpose::Pitch, &offer.id);
        }
    }
}

/// For new customers only, and this is an old one, or may be. Of whom nothing is known is new.
fn resented(s: &Situation<'_>, offer: &str) -> bool {
    let Some(p) = &s.policy.guards.fairness else { return false };
    let only_new = s.policy.offers.get(offer).is_some_and(|it| it.new_customers_only == Some(true));
    let old =
        |(since, event): (Ms, Option<usize>)| event.is_none() || s.late >= since.plus(p.new_for_ms);
    only_new && s.account_since().is_some_and(old)
}

fn refuse(out: &mut Objections, purpose: Purpose, offer: &str) {
    out.refuse(purpose, GuardId::Audience, ReasonCode::NotForThisPerson, || named(offer));
}

fn object(out: &mut Objections, purpose: Purpose, offer: &str) {
    let code = ReasonCode::NotForThisPerson;
    out.object(&[purpose], GuardId::Audience, code, None, || named(offer));
}

fn named(offer: &str) -> (Text, Vec<Text>) {
    (text!("offers.{offer}"), vec![text!("policy:/offers/{offer}")])
}
