//! What may be known: the history that permission shows, and the values that rules read.

mod slot;
mod values;

pub(crate) use values::Known;

use crate::Text;
use crate::event::HistoryEvent;
use crate::event::history::{ConsentPurpose, HistoryBody};
use crate::guard::{clocks, permission};
use crate::history::History;
use crate::identity::Identities;
use crate::moment::Moment;
use crate::program::Policy;
use crate::unit::Truth;

/// Without permission to profile, scorers, readiness and routing see only what helping with the
/// matter at hand needs: the taint is by construction, there is nothing else to read.
/// Nor do they see what may be somebody else's.
pub(crate) fn permitted(
    policy: &Policy,
    history: &History,
    who: &Identities<'_>,
    moment: &Moment,
) -> Permitted {
    let foreign = |event: &HistoryEvent| {
        let link = matches!(event.body, HistoryBody::Identity(_));
        !link && !history.is_about(who, event)
    };
    let theirs =
        history.events().iter().any(foreign).then(|| history.only(&|event| !foreign(event)));
    let seen = theirs.as_ref().unwrap_or(history);
    let asked = policy.guards.consent.is_some();
    let granted =
        permission(policy, seen, ConsentPurpose::Profiling, None, clocks(policy, moment)).granted;
    let signal = moment.privacy_signal == Some(true);
    let profiled = !asked || granted == Truth::Yes && !signal;
    let shown = if profiled { theirs } else { Some(at_hand_only(seen, moment)) };
    Permitted { shown, profiled }
}

/// What may be shown.
pub(crate) struct Permitted {
    /// The history as far as it may be; `None`: all of it.
    pub(crate) shown: Option<History>,
    /// Whether permission to profile was given.
    pub(crate) profiled: bool,
}

/// What helping with the matter at hand needs.
fn at_hand_only(history: &History, moment: &Moment) -> History {
    let at_hand = |matter: &Option<Text>| matter.is_some() && *matter == moment.matter;
    // By what an event is about as a whole: later steps often do not repeat the matter.
    let ledger = history.ledger();
    let case = |id: &Text| ledger.cases.iter().any(|c| c.case == *id && at_hand(&c.matter));
    let promise =
        |id: &Text| ledger.promises.iter().any(|p| p.promise == *id && at_hand(&p.matter));
    let mut contacts: Vec<&Text> = Vec::new();
    for event in history.events() {
        if let HistoryBody::Contact(it) = &event.body
            && at_hand(&it.matter)
        {
            contacts.push(&it.contact);
        }
    }
    history.only(&|event| match &event.body {
        HistoryBody::Contact(it) => contacts.contains(&&it.contact),
        HistoryBody::Case(it) => case(&it.case),
        HistoryBody::Promise(it) => promise(&it.promise),
        HistoryBody::Outcome(it) => at_hand(&it.matter),
        // What presses without being about any matter is about the person's safety or money: to act on it
        // is no profile.
        HistoryBody::Urgent(it) => it.matter.is_none() || at_hand(&it.matter),
        // What was shown, permitted and asked, and what affects everybody, is no profile.
        HistoryBody::Touch(_)
        | HistoryBody::Consent(_)
        | HistoryBody::Feed(_)
        | HistoryBody::Identity(_)
        | HistoryBody::Process(_)
        | HistoryBody::Incident(_)
        | HistoryBody::Ask(_) => true,
        _ => false,
    })
}
