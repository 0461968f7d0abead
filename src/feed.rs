//! Whether a source can be heard: while it is silent, what it knows is unknown, and before it is
//! complete nobody can say.

use crate::history::History;
use crate::program::Policy;
use crate::unit::Ms;

/// The feed that knows an event type: whether it is silent, since when it is complete, and its event.
pub(crate) fn feed(
    policy: &Policy,
    history: &History,
    event_type: &str,
) -> Option<(bool, Option<Ms>, usize)> {
    let knows = |source: &str| {
        let source = policy.sources.get(source);
        source.is_some_and(|source| source.knows.iter().any(|known| known == event_type))
    };
    let feeds = history.ledger().feeds.iter().filter(|feed| knows(&feed.feed));
    feeds.map(|feed| (feed.silent, feed.since, feed.event)).max_by_key(|(silent, ..)| *silent)
}

/// The event that says that the feed which knows an event type cannot be heard.
pub(crate) fn silent(policy: &Policy, history: &History, event_type: &str) -> Option<usize> {
    feed(policy, history, event_type).filter(|(silent, ..)| *silent).map(|(_, _, event)| event)
}

/// From when on everything of an event type is known.
pub(crate) fn known_since(policy: &Policy, history: &History, event_type: &str) -> Ms {
    let told = feed(policy, history, event_type).and_then(|(_, since, _)| since);
    told.unwrap_or(Ms::ALWAYS).max(history.known_since())
}
