//! **tactful decides, in the page or at the edge, how to help a customer, and when to leave them
//! alone.**
//!
//! Four inputs, one answer: [`decide`] takes what was promised ([`Policy`]), what is known
//! ([`History`]), what is happening ([`Visit`]) and the [`Moment`], and gives a [`Decision`] with its
//! promise and its reasons. It is pure: no clock, no randomness, no I/O, integers only, so every
//! decision replays bit for bit on another machine.
//!
//! ```
//! # #[cfg(feature = "studio")] {
//! use tactful::{Route, Story, policy};
//!
//! // Somebody presses a dead button five times; a person is on duty.
//! let story = Story::from_json(r#"{
//!   "name": "a button that does nothing", "person": "ada", "history": [],
//!   "visit": { "startedAt": 1000000, "events": [
//!     { "type": "pageView", "t": 0, "page": "account", "role": "account" },
//!     { "type": "click", "t": 9000, "target": "export", "control": "button" },
//!     { "type": "click", "t": 9200, "target": "export", "control": "button" },
//!     { "type": "click", "t": 9400, "target": "export", "control": "button" },
//!     { "type": "click", "t": 9600, "target": "export", "control": "button" }] },
//!   "moment": { "now": 1011000, "routes": [
//!     { "route": "human", "asOf": 1011000, "open": true, "staffed": true, "waitP80Ms": 120000 }] }
//! }"#).unwrap();
//! let decision = story.decide(&policy::starter().unwrap()).unwrap();
//! assert_eq!(decision.route, Route::Human);
//! assert!(decision.promise.is_some(), "no touch without a promise");
//! # }
//! ```
// The core: what neither JavaScript nor a document is needed for.
#![cfg_attr(not(any(feature = "js", feature = "studio")), deny(clippy::float_arithmetic))]
#![cfg_attr(not(feature = "studio"), allow(dead_code))]

/// The example of the README, so that it stays true.
#[cfg(all(doctest, feature = "studio"))]
#[doc = include_str!("../README.md")]
struct Readme;

mod ask;
mod decide;
pub mod decision;
mod error;
pub mod event;
mod feed;
mod given;
mod guard;
mod handoff;
pub mod history;
mod id;
pub mod identity;
mod journey;
mod known;
pub mod moment;
mod order;
pub mod program;
mod promise;
mod readiness;
mod resident;
mod route;
pub mod rule;
pub mod score;
pub mod shape;
pub mod signal;
mod time;
pub mod unit;
mod visit;
pub mod wire;

#[cfg(feature = "studio")]
pub mod assemble;
#[cfg(feature = "studio")]
mod explain;
#[cfg(feature = "studio")]
mod json;
#[cfg(feature = "studio")]
mod lines;
#[cfg(feature = "studio")]
pub mod policy;
#[cfg(feature = "studio")]
pub mod record;
#[cfg(feature = "studio")]
pub mod stats;
#[cfg(feature = "studio")]
mod story;
#[cfg(feature = "studio")]
mod trace;
#[cfg(feature = "studio")]
mod zone;

#[cfg(feature = "js")]
mod js;

/// Text that is shared: what is known of somebody is told of in events, in what they add up to and in reasons, and
/// a copy is a count. A pointer wide, so that a field that is empty costs no more.
pub use arcstr::ArcStr as Text;
pub(crate) use arcstr::{format as text, literal};

pub use decide::decide;
pub use decision::{Code, Decision, Reason, ReasonCode, Verdict, Verdicts};
pub use error::{Error, ErrorCode, Mistakes};
pub use event::{Channel, HistoryEvent, Purpose, Route, VisitEvent};
pub use history::History;
pub use id::{Key, Salt};
pub use moment::Moment;
pub use program::Policy;
pub use resident::{Answer, Resident};
pub use signal::{Report, Signal, SignalKind};
pub use unit::{Micros, Ms, Permille, Truth};
pub use visit::{Quarantined, Tallies, Visit};

#[cfg(feature = "studio")]
pub use explain::{Edit, Explanation, Lost, WouldChange, explain};
#[cfg(feature = "studio")]
pub use story::{Expect, Story};
#[cfg(feature = "studio")]
pub use trace::{Seen, Trace};
#[cfg(feature = "tz")]
pub use zone::all_offsets;
