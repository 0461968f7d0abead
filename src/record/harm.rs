//! What a changed decision does to the person: taken away or given, later or sooner, more contact or
//! less. An estimate: it counts decisions, not what would have come of them.

use crate::decision::Decision;
use crate::event::{Purpose, Route};
use crate::unit::Ms;

/// Something that a changed decision means for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    /// What it is called in a report.
    pub(super) name: &'static str,
    /// How much later or sooner, where it is about time.
    pub(super) ms: i64,
}

/// In this order they are reported; first what harms.
pub(super) const EFFECTS: [(&str, bool); 9] = [
    ("helpWithdrawn", true),
    ("lessHelp", true),
    ("laterHelp", true),
    ("contactedMore", true),
    ("soldInTrouble", true),
    ("helpGiven", false),
    ("moreHelp", false),
    ("soonerHelp", false),
    ("contactedLess", false),
];

/// Purposes that come to the person instead of the other way round.
const UNASKED: [Purpose; 3] = [Purpose::ReachOutHelp, Purpose::Survey, Purpose::Pitch];

/// What the change from one decision to another does to the person.
pub(super) fn effects(old: &Decision, new: &Decision) -> Vec<Effect> {
    let mut found = Vec::new();
    let mut add = |name, ms| found.push(Effect { name, ms });
    match (help(old.route), help(new.route)) {
        (Some(_), None) => add("helpWithdrawn", 0),
        (None, Some(_)) => add("helpGiven", 0),
        (Some(was), Some(is)) if is < was => add("lessHelp", 0),
        (Some(was), Some(is)) if is > was => add("moreHelp", 0),
        (Some(_), Some(_)) => {
            let later = wait(new).minus(wait(old)).0;
            if later > 0 {
                add("laterHelp", later);
            } else if later < 0 {
                add("soonerHelp", later.saturating_neg());
            }
        }
        (None, None) => {}
    }
    let allowed = |decision: &Decision, purpose| decision.verdicts.of(purpose).allowed;
    let became =
        |now: bool| UNASKED.iter().any(|it| allowed(new, *it) == now && allowed(old, *it) != now);
    if became(true) {
        add("contactedMore", 0);
    }
    if became(false) {
        add("contactedLess", 0);
    }
    let sold = allowed(new, Purpose::Pitch) && !allowed(old, Purpose::Pitch);
    // By either: a policy that no longer sees trouble has not ended it.
    if sold && (in_trouble(old) || in_trouble(new)) {
        add("soldInTrouble", 0);
    }
    found
}

/// How much of a person's attention a way of helping is; none where it is no help.
fn help(route: Route) -> Option<u8> {
    match route {
        Route::None | Route::AccountManager => None,
        Route::Status | Route::Article => Some(0),
        Route::Chatbot => Some(1),
        Route::MessageForm => Some(2),
        Route::Callback | Route::Human | Route::Specialist => Some(3),
    }
}

/// How long until the help, as promised; nothing when it begins at once.
fn wait(decision: &Decision) -> Ms {
    let due = decision.target.as_ref().and_then(|target| target.due_by);
    due.map_or(Ms(0), |due| due.minus(decision.at))
}

fn in_trouble(decision: &Decision) -> bool {
    let scores = &decision.scores;
    scores.friction.band.as_str() != "low" || scores.urgency.class.as_str() != "none"
}
