//! Promises: nothing is shown without one, and none is made that cannot be kept.

use crate::decision::{Promised, Target};
use crate::event::Route;
use crate::guard::Cleared;
use crate::moment::Moment;
use crate::program::Policy;
use crate::unit::Ms;

/// A promise that could be kept as of the moment it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Promise {
    route: Route,
    due: Ms,
    /// How long four in five wait, for the words.
    wait: Option<Ms>,
    later: bool,
}

impl Promise {
    /// The promise for help that can begin now; `None` when the policy has none for the route.
    pub(crate) fn live(policy: &Policy, moment: &Moment, route: Route) -> Option<Self> {
        let promise = policy.promises.get(route.as_str())?;
        let wait = moment.status(route).and_then(|s| s.wait_p80_ms.or(s.wait_p50_ms));
        // Four in five wait no longer than p80: a promise may not be shorter than that.
        let span = promise.due_ms.max(wait.unwrap_or_default());
        Some(Self { route, due: moment.now.plus(span), wait, later: false })
    }

    /// The promise for an answer by a date.
    pub(crate) fn by(policy: &Policy, route: Route, due: Ms) -> Option<Self> {
        let promise = policy.promises.get(route.as_str())?;
        promise.later.as_ref()?;
        Some(Self { route, due, wait: None, later: true })
    }

    pub(crate) const fn due(self) -> Ms {
        self.due
    }

    pub(crate) const fn is_later(self) -> bool {
        self.later
    }

    /// In words.
    pub(crate) fn tell(self, policy: &Policy) -> Option<Promised> {
        let promise = policy.promises.get(self.route.as_str())?;
        let text = match (&promise.later, self.later) {
            (Some(later), true) => later,
            _ => &promise.text,
        };
        let span = self.wait.unwrap_or(promise.due_ms).0;
        let minutes = span.saturating_add(59_999).div_euclid(60_000).max(1);
        Some(Promised {
            kind: promise.kind,
            text: text.replace("{minutes}", &minutes.to_string()),
            due: self.due,
            check: promise.check.clone(),
        })
    }
}

/// Something the visitor will see: cleared by the guards, with a promise. There is no other way to
/// make one.
#[derive(Clone, Debug)]
pub(crate) struct Touch {
    cleared: Cleared,
    pub(crate) route: Route,
    pub(crate) promise: Promise,
    pub(crate) target: Target,
}

impl Touch {
    pub(crate) fn new(cleared: Cleared, route: Route, promise: Promise, target: Target) -> Self {
        let due_by = promise.is_later().then(|| promise.due());
        Self { cleared, route, promise, target: Target { due_by, ..target } }
    }

    pub(crate) const fn purpose(&self) -> crate::event::Purpose {
        self.cleared.purpose()
    }
}
