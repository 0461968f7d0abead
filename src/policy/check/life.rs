//! What is wrong with the life of a policy: who approved it, whether it was looked at in time, and what
//! is done otherwise for a while.

use crate::json::{join, suggest};
use crate::policy::document::{Document, SECTIONS, Waiver};
use crate::policy::{Findings, Waived, sha256};
use crate::program::{Policy, Release, Status};
use crate::unit::Ms;
use crate::{Error, ErrorCode, Text};
use serde_json::Value;

/// Two people, so that nobody releases alone.
pub(crate) const PEOPLE: usize = 2;
/// Places at which only the present shows that something is wrong.
const DATED: [&str; 3] = ["/reviewDue", "/findings", "/waivers"];

/// What is known of its life; `now` only if the host tells.
pub(in crate::policy) fn life(
    document: Document,
    merged: &Value,
    now: Option<Ms>,
    findings: &mut Findings,
) {
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
    owned(&document, merged, findings);
    definitions(merged, findings);
    let waivers: Vec<(Text, Waiver)> =
        document.head.waivers.iter().map(|(id, it)| (id.clone(), it.clone())).collect();
    let longest = document.review.longest_waiver_ms;
    let release = document.release();
    let signed = release.status == Status::Live || !release.approvals.is_empty();
    // What does not compile can be nobody's to approve.
    if signed && findings.errors.is_empty() {
        approvals(&release, &document.compile(&super::super::digest(merged)), findings);
    }
    waive(&waivers, longest, now, findings);
}

/// Every signal and score cites a definition: other numbers under the same name are another thing.
fn definitions(merged: &Value, findings: &mut Findings) {
    let starter = super::super::merged(&Value::Object(serde_json::Map::new()));
    for section in ["signals", "scores"] {
        let named = merged.get(section).and_then(Value::as_object).into_iter().flatten();
        for (name, ours) in named {
            let known = starter.get(section).and_then(|it| it.get(name)).unwrap_or(&Value::Null);
            let numbers = |it: &Value| {
                let mut it = it.as_object().cloned().unwrap_or_default();
                it.retain(|name, _| name != "definition" && name != "source");
                it
            };
            let cited =
                |it: &Value| it.get("definition").and_then(Value::as_str).map(str::to_owned);
            let (definition, place) = (cited(ours), format!("/{section}/{name}/definition"));
            let own = numbers(ours) != numbers(known);
            if own && definition.is_some() && definition == cited(known) {
                let message = format!(
                    "the numbers are not those of `{}`, which is cited with them",
                    definition.unwrap_or_default()
                );
                let hint = format!("a name and version of your own, like `{name}@acme-1`");
                findings.warnings.push(Error::new(ErrorCode::Conflict, place, message).hint(&hint));
            }
        }
    }
}

/// Signatures are for the host to verify; here it is seen whether they can be of this.
fn approvals(release: &Release, policy: &Policy, findings: &mut Findings) {
    let guardrails = sha256(&policy.guardrails());
    let mut people = Vec::new();
    for (i, approval) in release.approvals.iter().enumerate() {
        let exactly = approval.digest == policy.digest;
        if exactly && !people.contains(&approval.by.as_str()) {
            people.push(&approval.by);
        }
        if !exactly && (approval.guardrails != guardrails || approval.policy != policy.id) {
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
        let names: Vec<&str> = part.split('.').collect();
        // A section that was left out keeps its owner.
        if !SECTIONS.contains(&part.as_str()) && !is_there(merged, &names) {
            let section = names.first().copied().unwrap_or_default();
            let hint = suggest(section, SECTIONS.iter().copied());
            let hint = format!("{hint} (a section, or a part of one: `scores.effort`)");
            let place = join("/owners", part);
            let message = format!("the policy has no `{part}`");
            findings.warnings.push(Error::new(ErrorCode::Dangling, place, message).hint(hint));
        }
    }
}

/// Whether names lead somewhere; some of them have dots of their own.
fn is_there(value: &Value, names: &[&str]) -> bool {
    names.is_empty()
        || (1..=names.len()).any(|n| {
            let (name, rest) = names.split_at(n);
            value.get(name.join(".")).is_some_and(|below| is_there(below, rest))
        })
}

/// Takes out of the warnings what somebody answers for.
fn waive(waivers: &[(Text, Waiver)], longest: Ms, now: Option<Ms>, findings: &mut Findings) {
    let mut more = Vec::new();
    let mut covered: Vec<&str> = Vec::new();
    for (id, waiver) in waivers {
        let place = join("/waivers", id);
        let mut warn = |code, name: &str, message: String, hint: &str| {
            more.push(Error::new(code, format!("{place}/{name}"), message).hint(hint));
        };
        let of = |warning: &&Error| warning.path() == waiver.of;
        let Some(warning) = findings.warnings.iter().find(of) else {
            // What depends on the present is not seen without it.
            let unseen = now.is_none() && DATED.iter().any(|part| waiver.of.starts_with(part));
            if !unseen {
                let hint = "remove it: it would hide what is not there yet";
                warn(
                    ErrorCode::Dangling,
                    "of",
                    format!("nothing is warned of at `{}`", waiver.of),
                    hint,
                );
            }
            continue;
        };
        if now.is_some_and(|now| waiver.until <= now) {
            let message = format!("`{}` waived this for a while that is over", waiver.by);
            warn(
                ErrorCode::Overdue,
                "until",
                message,
                "do as the warning says, or answer for it anew",
            );
            continue;
        }
        if now.is_some_and(|now| waiver.until.minus(now) > longest) {
            let message = format!("this is for longer than {} days", longest.0 / 86_400_000);
            let hint = "no longer than /review/longestWaiverMs; what is right for ever is a change of the policy";
            warn(ErrorCode::OutOfRange, "until", message, hint);
        }
        covered.push(&waiver.of);
        findings.waived.push(Waived {
            id: id.clone(),
            warning: warning.clone(),
            by: waiver.by.clone(),
            why: waiver.why.clone(),
            until: waiver.until,
        });
    }
    findings.warnings.retain(|warning| !covered.contains(&warning.path()));
    findings.warnings.extend(more);
}
