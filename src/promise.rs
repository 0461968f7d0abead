//! Promises: nothing is shown without one, and none is made that cannot be kept.

use crate::decision::{Promised, Target};
use crate::event::{Purpose, Route};
use crate::guard::{Cleared, Situation};
use crate::program::Policy;
use crate::text;
use crate::unit::Ms;

/// A promise that could be kept as of the moment it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Promise {
    route: Route,
    due: Ms,
    /// How long four in five wait, for the words.
    wait: Option<Ms>,
    later: bool,
    /// The usual one is not kept often enough.
    instead: bool,
}

impl Promise {
    /// The promise for help that can begin now; `None` when none can be made for the route.
    pub(crate) fn live(s: &Situation<'_>, route: Route) -> Option<Self> {
        let promise = s.policy.promises.get(route.as_str())?;
        let status = s.moment.status(route);
        // Four in five wait no longer than p80: a promise may not be shorter than that. What half of them
        // wait is no promise.
        let wait = status.and_then(|status| status.wait_p80_ms);
        let span = promise.due_ms.max(wait.unwrap_or_default());
        let due = s.moment.now.plus(span);
        Some(Self { route, due, wait, later: false, instead: instead(s, route)? })
    }

    /// The promise for an answer by a date.
    pub(crate) fn by(s: &Situation<'_>, route: Route, due: Ms) -> Option<Self> {
        s.policy.promises.get(route.as_str())?.later.as_ref()?;
        Some(Self { route, due, wait: None, later: true, instead: instead(s, route)? })
    }

    pub(crate) const fn due(self) -> Ms {
        self.due
    }

    pub(crate) const fn is_later(self) -> bool {
        self.later
    }

    /// Whether another had to be made than usual.
    pub(crate) const fn is_instead(self) -> bool {
        self.instead
    }

    /// In words, in the person's language where the policy has them. `tried` is what they have tried
    /// already: whoever answers refers to it.
    pub(crate) fn tell(
        self,
        policy: &Policy,
        language: Option<&str>,
        tried: Option<&str>,
    ) -> Option<Promised> {
        let promise = policy.promises.get(self.route.as_str())?;
        let other = promise.instead.as_ref().filter(|_| self.instead);
        let (variant, text) = match (other, &promise.later, &promise.soon) {
            (Some(other), ..) => (":instead", &other.text),
            (None, Some(later), _) if self.later => (":later", later),
            (None, _, Some(soon)) if self.wait.is_none() => (":soon", soon),
            _ => ("", &promise.text),
        };
        let code = format!("promise:{}{variant}", self.route.as_str());
        let text = policy.said(&code, language, text);
        let span = self.wait.unwrap_or(promise.due_ms).0;
        let minutes = span.saturating_add(59_999).div_euclid(60_000).max(1);
        let text = text.replace("{minutes}", &minutes.to_string());
        Some(Promised {
            kind: other.map_or(promise.kind, |other| other.kind),
            text: tried.map_or_else(|| text.as_str().into(), |tried| text!("{tried} {text}")),
            due: self.due,
            check: promise.check.clone(),
        })
    }
}

/// Whether the usual promise of a route has to be replaced; `None` when nothing can replace it.
fn instead(s: &Situation<'_>, route: Route) -> Option<bool> {
    let promise = s.policy.promises.get(route.as_str())?;
    if !s.not_kept.has(promise.kind) {
        return Some(false);
    }
    // However badly we keep our word, nobody is left without help: this one can be kept.
    promise.instead.as_ref().map(|_| true)
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

    pub(crate) const fn purpose(&self) -> Purpose {
        self.cleared.purpose()
    }
}
