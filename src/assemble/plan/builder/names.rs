//! The names that rules use: a misspelt one would be a key that everybody shares, or no key at all.

use super::super::{KEYS, Plan};
use super::Builder;
use crate::event::Channel;
use crate::event::history::Direction;
use crate::json::{join, suggest};
use crate::{ErrorCode, Text};

/// What is read in the contract's words beside [`KEYS`] and attributes.
const WORDED: [&str; 9] =
    ["case", "activity", "at", "agent", "team", "channel", "direction", "waitMs", "group"];

impl Builder<'_> {
    /// Every name of a key or attribute that is used somewhere.
    pub(super) fn names(&mut self) {
        let mapping = self.mapping;
        let mut used: Vec<(String, String)> = Vec::new();
        let by_case = mapping.case_by.iter().map(|rule| ("/caseBy".to_owned(), &rule.key));
        let journeys = mapping.journeys.iter().enumerate();
        let journeys = journeys.map(|(i, rule)| (format!("/journeys/{i}"), &rule.key));
        let sessions = mapping.sessions.iter().enumerate();
        let sessions = sessions.map(|(i, rule)| (format!("/sessions/{i}"), &rule.key));
        for (path, key) in by_case.chain(journeys).chain(sessions) {
            if key.is_empty() {
                let message = "without a key everybody is one".to_owned();
                let hint = "what must be the same, such as [\"person\"]";
                self.error(ErrorCode::Missing, format!("{path}/key"), message, hint);
            }
            let names = key.iter().enumerate();
            used.extend(names.map(|(k, name)| (format!("{path}/key/{k}"), name.clone())));
        }
        for (i, rule) in mapping.pareto.iter().enumerate() {
            used.push((format!("/pareto/{i}/by"), rule.by.clone()));
            used.extend(rule.attribute.iter().map(|a| (format!("/pareto/{i}/value"), a.clone())));
        }
        for (i, rule) in mapping.shares.iter().enumerate() {
            used.push((format!("/shares/{i}/attribute"), rule.attribute.clone()));
            used.extend(rule.by.iter().map(|by| (format!("/shares/{i}/by"), by.clone())));
        }
        let by = |by: &Option<String>| by.clone().filter(|by| by != "year");
        for (i, rule) in mapping.durations.iter().enumerate() {
            used.extend(by(&rule.by).map(|by| (format!("/durations/{i}/by"), by)));
        }
        for (i, rule) in mapping.time_to.iter().enumerate() {
            used.extend(by(&rule.by).map(|by| (format!("/timeTo/{i}/by"), by)));
        }
        let check = mapping.transfers.check.as_ref();
        used.extend(check.map(|c| ("/transfers/check/attribute".to_owned(), c.attribute.clone())));
        for (path, name) in used {
            if self.plan.key(&name).is_none() {
                let attributes = self.plan.attributes.iter().map(Text::as_str);
                let hint = suggest(&name, KEYS.iter().copied().chain(attributes));
                let message = format!("`{name}` is no key or attribute");
                self.error(ErrorCode::UnknownWord, path, message, &hint);
            }
        }
        let journey = mapping.first_contact.as_ref().and_then(|rule| rule.journey.as_ref());
        if let Some(name) = journey.filter(|name| mapping.journeys.iter().all(|j| j.name != **name))
        {
            let message = format!("there is no journey rule `{name}`");
            let hint = suggest(name, mapping.journeys.iter().map(|j| j.name.as_str()));
            self.error(ErrorCode::UnknownWord, "/firstContact/journey", message, &hint);
        }
        self.words();
        let parts =
            |plan: &Plan, keys: &[String]| keys.iter().filter_map(|key| plan.key(key)).collect();
        const DAY: i64 = 86_400_000;
        self.plan.case_by = mapping.case_by.as_ref().map(|rule| {
            (parts(&self.plan, &rule.key), rule.window_ms.map_or(7 * DAY, |window| window.0))
        });
        self.plan.sessions = mapping
            .sessions
            .iter()
            .map(|rule| (parts(&self.plan, &rule.key), rule.gap_ms.0))
            .collect();
    }

    /// The fields whose values are translated, and the words of those that have a closed list.
    fn words(&mut self) {
        for (field, words) in self.mapping.values.iter() {
            let path = join("/values", field);
            if self.plan.key(field).is_none() && !WORDED.contains(&field.as_str()) {
                let attributes = self.plan.attributes.iter().map(Text::as_str);
                let hint = suggest(field, WORDED.into_iter().chain(KEYS).chain(attributes));
                let message = format!("`{field}` is no field that is read");
                self.error(ErrorCode::UnknownWord, path.clone(), message, &hint);
            }
            let known = match field.as_str() {
                "channel" => Channel::WORDS,
                "direction" => Direction::WORDS,
                _ => continue,
            };
            for (from, to) in words.iter() {
                if let Some(to) = to.as_deref().filter(|to| !known.contains(to)) {
                    let hint = suggest(to, known.iter().copied());
                    let message = format!("`{to}` is no {field}");
                    self.error(ErrorCode::UnknownWord, join(&path, from), message, &hint);
                }
            }
        }
    }
}
