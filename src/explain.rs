//! What stands behind a decision: why the other routes lost, and the smallest single changes that
//! would have led elsewhere. Nothing is changed by looking, and every change that is named has been
//! tried: it was applied, and the same engine decided again.

mod edit;
mod facts;
mod fading;
mod happened;
mod search;

pub use edit::Edit;

use crate::Decision;
use crate::decide::{decide, losing};
use crate::decision::Reason;
use crate::event::{Purpose, Route};
use crate::given::Given;
use crate::history::History;
use crate::moment::Moment;
use crate::program::Policy;
use crate::shape::record;
use crate::unit::Ms;
use crate::visit::Visit;
use search::Search;

record! {
    /// A decision and what stands behind it.
    pub struct Explanation {
        /// The decision, with its reasons, contributions and every blocker.
        pub decision: Decision,
        /// The smallest single changes that would have changed the answer.
        pub would_change: Vec<WouldChange>,
        /// Why the other routes were not taken.
        pub lost: Vec<Lost>,
    }
}

record! {
    /// One change that would have changed the answer.
    pub struct WouldChange {
        /// The change, in words.
        pub change: String,
        /// What the answer would be: a route, or `allowed`.
        pub to: String,
        /// Which answer: `route`, or the purpose whose verdict it is.
        pub of: String,
        /// The change as data: what to edit to see it.
        pub edit: Edit,
    }
}

record! {
    /// A route that was not taken.
    pub struct Lost {
        /// Which.
        pub route: Route,
        /// What it was expected to cost the person, where it could have been taken.
        pub cost_ms: Option<Ms>,
        /// Why it was not.
        pub why: Vec<Reason>,
    }
}

/// Explains a decision: it is [`decide`] itself, and a search around it.
///
/// ```
/// use tactful::{History, Moment, Ms, Salt, Visit, explain, policy};
///
/// let policy = policy::starter()?;
/// let now = Ms(1_790_000_000_000);
/// let visit = Visit::new(now, Salt(0));
/// let found = explain(&policy, &History::new(), &visit, &Moment::at(now));
/// // Nobody asked for anything; if they asked for a person, they would get one.
/// assert!(found.would_change.iter().any(|it| it.to == "human"));
/// # Ok::<(), tactful::Mistakes>(())
/// ```
#[must_use]
pub fn explain(policy: &Policy, history: &History, visit: &Visit, moment: &Moment) -> Explanation {
    let given = Given { policy, history, visit, moment };
    let decision = decide(policy, history, visit, moment);
    // What was denied and may be wanted: what the host proposed, else what it may propose some day.
    let wanted = match &moment.proposal {
        Some(proposal) => vec![proposal.purpose],
        None => vec![Purpose::Survey, Purpose::Pitch],
    };
    let denied = wanted.into_iter().filter(|it| !decision.verdicts.of(*it).allowed).collect();
    let search = Search::new(given, &decision, denied);
    let would_change = search.run();
    let lost = losing(given, &decision);
    Explanation { decision, would_change, lost }
}
