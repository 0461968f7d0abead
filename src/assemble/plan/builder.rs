//! Reads a mapping into a plan, and finds what is wrong beyond single values.

mod names;

use super::super::case::{Holds, Taken};
use super::super::clock::{Clock, Zones};
use super::super::mapping::{
    Col, Count, EmitType, Mapping, Point, PointName, Rows, Rule, Take, Time,
};
use super::{Counting, Emitted, Plan, Said, Where};
use crate::event::history::{CaseStep, ContactStep, Direction};
use crate::json::join;
use crate::{Error, ErrorCode};

pub(super) struct Builder<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) zones: Zones<'a>,
    pub(super) plan: Plan,
    pub(super) errors: Vec<Error>,
}

impl Builder<'_> {
    fn error(&mut self, code: ErrorCode, path: impl Into<String>, message: String, hint: &str) {
        self.errors.push(Error::new(code, path, message).hint(hint));
    }

    fn column(&mut self, col: &Col) -> usize {
        let own = col.missing.as_ref();
        let known = self.plan.columns.iter().zip(&self.plan.missing);
        let place = known
            .into_iter()
            .position(|(name, missing)| *name == col.column && missing.as_ref() == own);
        place.unwrap_or_else(|| {
            self.plan.columns.push(col.column.clone());
            self.plan.missing.push(own.cloned());
            self.plan.columns.len() - 1
        })
    }

    fn named(&mut self, column: &str) -> usize {
        self.column(&Col { column: column.to_owned(), missing: None })
    }

    fn clock(&mut self, own: Option<&Time>, path: &str) -> Clock {
        let time = own.or(self.mapping.time.as_ref());
        let place = if own.is_some() { format!("{path}/time") } else { "/time".to_owned() };
        match Clock::new(time, self.zones) {
            Ok(clock) => clock,
            Err((field, message)) => {
                let hint = "epochMs, epochSeconds, rfc3339 or a pattern like DD-MM-YYYY HH:mm; \
                            an IANA zone, UTC or +02:00";
                self.error(ErrorCode::OutOfRange, format!("{place}/{field}"), message, hint);
                // What is wrong is told; the rest is looked at as well.
                Clock::new(None, self.zones).unwrap_or_else(|_| unreachable!())
            }
        }
    }

    fn take(&mut self, column: usize, take: Take, holds: Holds, clock: Option<Clock>) -> usize {
        self.plan.taken.push((column, Taken::new(take, holds), clock));
        self.plan.taken.len() - 1
    }

    pub(super) fn build(&mut self) {
        let mapping = self.mapping;
        if mapping.mapping != 1 {
            let message = format!("version {} is not known", mapping.mapping);
            self.error(ErrorCode::OutOfRange, "/mapping", message, "write 1");
        }
        let columns = &mapping.columns;
        self.plan.case = columns.case.as_ref().map(|col| self.column(col));
        self.plan.activity = columns.activity.as_ref().map(|col| self.column(col));
        if let Some(col) = &columns.at {
            let column = self.column(col);
            self.plan.at = Some((column, self.clock(None, "")));
        }
        let keys = [
            &columns.person,
            &columns.account,
            &columns.category,
            &columns.product,
            &columns.process,
            &columns.matter,
        ];
        for (i, col) in keys.into_iter().enumerate() {
            let column = col.as_ref().map(|col| self.column(col));
            if let Some(slot) = self.plan.keys.get_mut(i) {
                *slot = column;
            }
        }
        let mut place = |col: &Option<Col>| col.as_ref().map(|col| self.column(col));
        let (channel, direction) = (place(&columns.channel), place(&columns.direction));
        let (wait, agent) = (place(&columns.wait_ms), place(&columns.agent));
        let agent = agent.map(|column| (column, "agent"));
        let handler = agent.or_else(|| place(&columns.team).map(|column| (column, "team")));
        self.plan.channel = channel;
        self.plan.direction = direction;
        self.plan.wait = wait;
        self.plan.handler = handler;
        for (i, stamp) in mapping.stamps.iter().enumerate() {
            let column = self.named(&stamp.column);
            let clock = self.clock(stamp.time.as_ref(), &format!("/stamps/{i}"));
            self.plan.stamps.push((stamp.step, column, clock));
        }
        self.plan.order = mapping.order.iter().map(|column| self.named(column)).collect();
        for (field, words) in mapping.values.iter() {
            let words = words.iter().map(|(from, to)| (from.clone(), to.clone())).collect();
            self.plan.values.insert(field.clone(), words);
        }
        self.needs();
        self.activities();
        for (name, attribute) in mapping.attributes.iter() {
            let column = self.named(&attribute.column);
            let numeric = attribute.number == Some(true);
            let holds = if numeric { Holds::Number } else { Holds::Text };
            self.take(column, attribute.take, holds, None);
            self.plan.attributes.push(name.clone());
        }
        self.plan.transfers = self.counting("/transfers", &mapping.transfers, Counting::Events);
        if let Some(count) = &mapping.reopens {
            self.plan.reopens = self.counting("/reopens", count, Counting::Events);
        }
        if let Some(count) = &mapping.contacts {
            self.plan.contacts = self.counting("/contacts", count, Counting::Events);
        }
        self.unrecorded();
        self.lifecycle();
        self.names();
    }

    /// What no activity becomes and no rule counts is not recorded: that is not none.
    fn unrecorded(&mut self) {
        let plan = &self.plan;
        let emitted = || plan.activities.values().chain([&plan.otherwise]);
        let asks = emitted().any(|it| it.asked > 0);
        let reopens = emitted().any(|it| it.steps.has(CaseStep::Reopened))
            || plan.stamps.iter().any(|(step, ..)| *step == CaseStep::Reopened);
        if self.mapping.contacts.is_none() && !asks {
            self.plan.contacts = Counting::Unknown;
        }
        if self.mapping.reopens.is_none() && !reopens {
            self.plan.reopens = Counting::Unknown;
        }
    }

    fn needs(&mut self) {
        let mapping = self.mapping;
        let events = self.plan.rows == Rows::Events;
        let missing = |what: bool| !what;
        for (path, lacks, hint) in [
            ("/columns/at", events && missing(self.plan.at.is_some()), "which column says when"),
            (
                "/columns/activity",
                events && missing(self.plan.activity.is_some()),
                "which column says what happened",
            ),
            (
                "/columns/case",
                missing(self.plan.case.is_some() || mapping.case_by.is_some()),
                "which column names the case, or `caseBy`",
            ),
            ("/stamps", !events && mapping.stamps.is_empty(), "which columns hold a case's times"),
        ] {
            if lacks {
                self.error(ErrorCode::Missing, path, "this is missing".to_owned(), hint);
            }
        }
    }

    fn activities(&mut self) {
        let mapping = self.mapping;
        // Which contact steps the counts ask for.
        let wanted = |count: Option<&Count>, default: ContactStep| match count {
            Some(count) if count.rule != Rule::Events => None,
            Some(count) => Some(count.emit.unwrap_or(default)),
            None => None,
        };
        let transfer = wanted(Some(&mapping.transfers), ContactStep::Transferred);
        let reopen = wanted(mapping.reopens.as_ref(), ContactStep::Replied);
        for (activity, emits) in mapping.activities.iter() {
            let mut emitted = Emitted::default();
            for (i, emit) in emits.iter().enumerate() {
                let path = format!("{}/{i}/step", join("/activities", activity));
                match emit.r#type {
                    EmitType::Case => match CaseStep::parse(&emit.step) {
                        Some(step) => emitted.steps = emitted.steps.with(step),
                        None => self.unknown_step(path, &emit.step, CaseStep::WORDS),
                    },
                    EmitType::Contact => match ContactStep::parse(&emit.step) {
                        Some(step) => {
                            let asks = matches!(step, ContactStep::Started | ContactStep::Replied);
                            let asked = asks && emit.direction == Some(Direction::In);
                            emitted.asked += u16::from(asks);
                            emitted.contacts += u16::from(asked);
                            emitted.transfers += u16::from(transfer == Some(step));
                            emitted.reopens += u16::from(reopen == Some(step));
                            emitted.said.push(Said {
                                step,
                                channel: emit.channel,
                                direction: emit.direction,
                                warm: emit.warm == Some(true),
                            });
                        }
                        None => {
                            self.unknown_step(path, &emit.step, ContactStep::WORDS);
                        }
                    },
                }
            }
            let is = |count: Option<&Count>| {
                count.is_some_and(|c| {
                    c.rule == Rule::Activity && c.is.iter().any(|it| it == activity)
                })
            };
            emitted.transfers += u16::from(is(Some(&mapping.transfers)));
            emitted.reopens += u16::from(is(mapping.reopens.as_ref()));
            if mapping.contacts.as_ref().is_some_and(|count| count.rule == Rule::Activity) {
                emitted.contacts = u16::from(is(mapping.contacts.as_ref()));
            }
            if activity == "*" {
                self.plan.otherwise = emitted;
            } else {
                self.plan.activities.insert(activity.clone(), emitted);
            }
        }
        // Activities that only count, and become nothing.
        let otherwise = self.plan.otherwise.clone();
        let mut counted = |count: Option<&Count>, add: &dyn Fn(&mut Emitted)| {
            for activity in
                count.filter(|c| c.rule == Rule::Activity).into_iter().flat_map(|c| &c.is)
            {
                if mapping.activities.contains_key(activity) {
                    continue;
                }
                let known = self.plan.activities.entry(activity.as_str().into());
                add(known.or_insert_with(|| otherwise.clone()));
            }
        };
        counted(Some(&mapping.transfers), &|emitted| emitted.transfers += 1);
        counted(mapping.reopens.as_ref(), &|emitted| emitted.reopens += 1);
        counted(mapping.contacts.as_ref(), &|emitted| emitted.contacts = 1);
    }

    fn unknown_step(&mut self, path: String, step: &str, words: &[&str]) {
        let hint = format!("known: {}", words.join(", "));
        self.error(ErrorCode::UnknownWord, path, format!("`{step}` is no step"), &hint);
    }

    fn counting(&mut self, path: &str, count: &Count, by_events: Counting) -> Counting {
        let column = count.column.clone();
        match (count.rule, column) {
            (Rule::None, _) => Counting::Unknown,
            (Rule::Events | Rule::Activity, _) => by_events,
            (Rule::Change, Some(column)) => {
                let column = self.named(&column);
                self.plan.group = Some((column, count.ignore.clone()));
                Counting::Change
            }
            (Rule::Column, Some(column)) => {
                let column = self.named(&column);
                let take = count.take.unwrap_or(Take::Max);
                Counting::Taken(self.take(column, take, Holds::Count, None), count.missing)
            }
            (Rule::Change | Rule::Column, None) => {
                let message = "this rule needs a column".to_owned();
                let hint = "add \"column\": the name of the column";
                self.error(ErrorCode::Missing, format!("{path}/column"), message, hint);
                Counting::Unknown
            }
        }
    }

    fn lifecycle(&mut self) {
        let own = self.mapping.lifecycle.as_ref();
        let points = [
            ("opened", own.and_then(|l| l.opened.as_ref()), Where::FirstEvent),
            (
                "resolved",
                own.and_then(|l| l.resolved.as_ref()),
                Where::Step(CaseStep::Resolved, true),
            ),
            ("closed", own.and_then(|l| l.closed.as_ref()), Where::Step(CaseStep::Closed, true)),
        ];
        let points = points.map(|(name, point, usual)| match point {
            None => usual,
            Some(point) => self.point(point, &format!("/lifecycle/{name}")),
        });
        self.plan.points = points;
    }

    fn point(&mut self, point: &Point, path: &str) -> Where {
        match (point.event, point.step, &point.column) {
            (Some(PointName::FirstEvent), ..) => Where::FirstEvent,
            (Some(PointName::LastEvent), ..) => Where::LastEvent,
            (_, Some(step), _) => Where::Step(step, point.take != Some(Take::First)),
            (_, _, Some(column)) => {
                let column = self.named(column);
                let clock = self.clock(point.time.as_ref(), path);
                let take = point.take.unwrap_or(Take::Last);
                Where::Taken(self.take(column, take, Holds::Number, Some(clock)))
            }
            _ => {
                let message = "this is no point of a case".to_owned();
                let hint = "\"firstEvent\", \"lastEvent\", { step, take } or { column, take }";
                self.error(ErrorCode::OutOfRange, path, message, hint);
                Where::FirstEvent
            }
        }
    }
}
