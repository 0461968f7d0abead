//! What is wrong with the life of a policy: who approved it, whether it was looked at in time, and what
//! is done otherwise for a while.

use crate::json::{join, suggest};
use crate::policy::document::{Document, SECTIONS};
use crate::policy::{Digests, Findings, Waived};
use crate::program::Status;
use crate::unit::Ms;
use crate::{Error, ErrorCode};
use serde_json::Value;

/// Two people, so that nobody releases alone.
const PEOPLE: usize = 2;

/// What is known of its life; `now` only if the host tells.
pub(in crate::policy) fn life(
    document: &Document,
    merged: &Value,
    now: Option<Ms>,
    findings: &mut Findings,
) {
    approvals(document, &Digests::of(merged), findings);
    if let (Some(due), Some(now)) = (document.head.review_due, now)
        && due <= now
    {
        let message = "it should have been looked at by then";
        let hint = "look at it, say so in the change log, and set the next date; until then nothing is calibrated by it, and its guards go on";
        findings.warnings.push(Error::new(ErrorCode::Overdue, "/reviewDue", message).hint(hint));
    }
    for (id, finding) in document.head.findings.iter().filter(|(_, it)| it.done.is_none()) {
        if now.is_some_and(|now| finding.due <= now) {
            let message = format!("`{}` was to mend this by then: {}", finding.owner, finding.what);
            let hint = "say when it was done, or agree on another date";
            let place = format!("{}/due", join("/findings", id));
            findings.warnings.push(Error::new(ErrorCode::Overdue, place, message).hint(hint));
        }
    }
    owned(document, merged, findings);
    waive(document, now, findings);
}

/// Signatures are for the host to verify; here it is seen whether they can be of this.
fn approvals(document: &Document, digests: &Digests, findings: &mut Findings) {
    let release = document.release();
    let mut people = Vec::new();
    for (i, approval) in release.approvals.iter().enumerate() {
        let exactly = approval.digest == digests.policy;
        if exactly && !people.contains(&approval.by.as_str()) {
            people.push(&approval.by);
        }
        if !exactly && approval.guardrails != digests.guardrails {
            let message = format!("the policy was changed after `{}` approved it", approval.by);
            let hint = "let them see the difference and approve again, or remove it";
            let place = format!("/approvals/{i}");
            findings.warnings.push(Error::new(ErrorCode::Conflict, place, message).hint(hint));
        }
    }
    if release.status == Status::Live && people.len() < PEOPLE {
        let message =
            format!("it is live, and {} of {PEOPLE} people approved exactly this", people.len());
        let hint =
            "tactful approve POLICY --key FILE --by NAME --role ROLE; no host loads it before";
        findings.warnings.push(Error::new(ErrorCode::Missing, "/approvals", message).hint(hint));
    }
}

/// An owner of nothing.
fn owned(document: &Document, merged: &Value, findings: &mut Findings) {
    for (part, _) in document.head.owners.iter() {
        let there = merged.pointer(&format!("/{}", part.replace('.', "/"))).is_some();
        // A section that was left out keeps its owner.
        if !there && !SECTIONS.contains(&part.as_str()) {
            let section = part.split('.').next().unwrap_or_default();
            let hint = suggest(section, SECTIONS.iter().copied());
            let hint = format!("{hint} (a section, or a part of one: `scores.effort`)");
            let place = join("/owners", part);
            let message = format!("the policy has no `{part}`");
            findings.warnings.push(Error::new(ErrorCode::Dangling, place, message).hint(hint));
        }
    }
}

/// Takes out of the warnings what somebody answers for.
fn waive(document: &Document, now: Option<Ms>, findings: &mut Findings) {
    let mut more = Vec::new();
    for (id, waiver) in document.head.waivers.iter() {
        let place = join("/waivers", id);
        let of = |warning: &Error| warning.path() == waiver.of;
        if !findings.warnings.iter().any(of) {
            let message = format!("nothing is warned of at `{}`", waiver.of);
            let hint = "remove it: it would hide what is not there yet";
            let place = format!("{place}/of");
            more.push(Error::new(ErrorCode::Dangling, place, message).hint(hint));
            continue;
        }
        if now.is_some_and(|now| waiver.until <= now) {
            let message = format!("`{}` waived this for a while that is over", waiver.by);
            let hint = "do as the warning says, or answer for it anew";
            let place = format!("{place}/until");
            more.push(Error::new(ErrorCode::Overdue, place, message).hint(hint));
            continue;
        }
        let (waived, kept) = findings.warnings.drain(..).partition(of);
        findings.warnings = kept;
        findings.waived.extend(Vec::into_iter(waived).map(|warning| Waived {
            id: id.clone(),
            warning,
            by: waiver.by.clone(),
            why: waiver.why.clone(),
            until: waiver.until,
        }));
    }
    findings.warnings.extend(more);
}
