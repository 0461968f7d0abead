//! What happened otherwise: permissions, milestones, wishes, things that had never been, and what the
//! moment tells.

use super::edit::Edit;
use super::search::Search;
use crate::event::history::{Consent, ConsentPurpose, ConsentState, HistoryBody, Milestone};
use crate::event::visit::{VisitBody, Wish, WishFor};
use crate::event::{HistoryEvent, Route, VisitEvent};
use crate::guard::permission;
use crate::moment::HandledBy;
use crate::unit::Truth;
use crate::{Text, literal};

impl Search<'_> {
    /// A permission is given, or taken back.
    pub(super) fn permissions(&mut self) {
        for purpose in ConsentPurpose::ALL {
            let now = self.given.moment.now;
            let found =
                permission(self.given.policy, self.given.history, *purpose, None, (now, now, now));
            let given = found.granted == Truth::Yes;
            let state = if given { ConsentState::Withdrawn } else { ConsentState::Granted };
            let body = HistoryBody::Consent(Consent {
                purpose: *purpose,
                channel: None,
                state,
                effective_at: Some(now),
                expires_at: None,
            });
            let edit = Edit { learn: Some(self.event(body)), ..Edit::default() };
            let words = || format!("permission for {} is {}", purpose.as_str(), state.as_str());
            let mut open = self.open();
            self.attempt(&mut open, &edit, words);
        }
    }

    /// Something is reached that an offer or readiness asks for.
    pub(super) fn milestones(&mut self) {
        let mut names: Vec<(Text, Option<Text>)> =
            ["activated", "featureAsked", "renewed"].map(|name| (name.into(), None)).into();
        for need in self.given.moment.offers.iter().flat_map(|offer| &offer.needs) {
            let (name, what) =
                need.split_once(':').map_or((need.as_str(), None), |it| (it.0, Some(it.1)));
            names.push((name.into(), what.map(Text::from)));
        }
        names.sort_unstable();
        names.dedup();
        for (name, what) in names {
            let body = HistoryBody::Milestone(Milestone { name: name.clone(), what: what.clone() });
            let edit = Edit { learn: Some(self.event(body)), ..Edit::default() };
            let about = what.map_or_else(String::new, |what| format!(" ({what})"));
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("{name}{about} is reached now"));
        }
    }

    /// The person says what they want.
    pub(super) fn wishes(&mut self) {
        for wish in WishFor::ALL {
            let t = self.given.visit.time_of(self.given.moment.now);
            let body = VisitBody::Wish(Wish { r#for: *wish });
            let edit = Edit { say: Some(VisitEvent { t, body }), ..Edit::default() };
            let mut open = self.open();
            let wanted = match wish {
                WishFor::Person => "a person",
                WishFor::Specialist => "somebody who knows this",
                WishFor::Quote => "a quote",
                WishFor::Buy => "to buy",
                WishFor::Callback => "to be called",
                WishFor::NoHelp => "to be left alone",
                WishFor::Article => "something to read",
            };
            self.attempt(&mut open, &edit, || format!("the person wants {wanted}"));
        }
    }

    /// Something had never happened: a case, a touch, a promise, with everything that was said of it.
    pub(super) fn past(&mut self) {
        let mut things: Vec<(String, Vec<Text>)> = Vec::new();
        for event in self.given.history.events() {
            let thing = thing(event);
            match things.iter_mut().find(|(known, _)| *known == thing) {
                Some((_, ids)) => ids.push(event.id.clone()),
                None => things.push((thing, vec![event.id.clone()])),
            }
        }
        for (thing, ids) in things {
            // An id that two sources use says nothing about which of them is meant.
            let named =
                self.given.history.events().iter().filter(|it| ids.contains(&it.id)).count();
            if named != ids.len() {
                continue;
            }
            let edit = Edit { forget: Some(ids), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("without {thing}"));
        }
    }

    /// The moment tells something else.
    pub(super) fn moment(&mut self) {
        let m = self.given.moment;
        let told = [
            ("handledBy", m.handled_by.is_some()),
            ("privacySignal", m.privacy_signal == Some(true)),
            ("automated", m.automated == Some(true)),
            ("clocks", !m.clocks.is_empty()),
            ("language", m.language.is_some()),
            ("wants", !m.wants.is_empty()),
            ("text", m.proposal.as_ref().is_some_and(|it| it.text.is_some())),
        ];
        for (name, _) in told.into_iter().filter(|(_, told)| *told) {
            let edit = Edit { lacks: Some(name.into()), ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || format!("without {name}"));
        }
        if m.handled_by.is_none() {
            let handled_by = Some(HandledBy { route: Route::Human, name: None });
            let edit = Edit { handled_by, ..Edit::default() };
            let mut open = self.open();
            self.attempt(&mut open, &edit, || "a person is on it".to_owned());
        }
    }

    fn event(&self, body: HistoryBody) -> HistoryEvent {
        HistoryEvent {
            id: literal!("what-if"),
            at: self.given.moment.now,
            received_at: None,
            source: literal!("what-if"),
            person: None,
            body,
        }
    }
}

/// What an event is a step of, in words.
fn thing(event: &HistoryEvent) -> String {
    match &event.body {
        HistoryBody::Case(it) => format!("case {}", it.case),
        HistoryBody::Contact(it) => format!("contact {}", it.contact),
        HistoryBody::Touch(it) => format!("touch {}", it.touch),
        HistoryBody::Survey(it) => format!("survey {}", it.survey),
        HistoryBody::Promise(it) => format!("promise {}", it.promise),
        HistoryBody::Incident(it) => format!("incident {}", it.incident),
        HistoryBody::Sensitive(it) => format!("sensitive {}", it.kind.as_str()),
        HistoryBody::Urgent(it) => format!("urgent {}", it.kind.as_str()),
        HistoryBody::Fact(it) => format!("fact {}", it.name),
        HistoryBody::Ask(it) => format!("question {}", it.field),
        HistoryBody::Feed(it) => format!("feed {}", it.feed),
        body => format!("{} {}", body.kind(), event.id),
    }
}
