//! The six dimensions of infrastructure that measuring effort stands on. It takes the third level of
//! each; most organisations have that of one.

use super::Look;
use super::level::{Area, least, most};
use serde_json::Value;

impl Look<'_> {
    pub(super) fn infrastructure(&self) -> Vec<Value> {
        [
            self.formality(),
            self.capture(),
            self.structure(),
            self.accessibility(),
            self.maintenance(),
            self.integration(),
        ]
        .map(Area::report)
        .into()
    }

    fn formality(&self) -> Area {
        let p = &self.given.policy;
        let owned = self.said("/owners/scores").is_some() && self.said("/owners/guards").is_some();
        let defined = !p.scores.effort.indicators.is_empty();
        let processes = !p.processes.is_empty()
            && p.processes.iter().all(|(_, process)| !process.versions.is_empty());
        Area::new(
            "formality",
            "Formality: definitions are written down",
            "process owners",
            "one standard for every line of service",
        )
        .policy(
            1,
            "what counts as effort is defined",
            defined,
            "/scores/effort/indicators",
            "indicators with what they count",
        )
        .policy(2, "definitions have owners", owned, "/owners", "a role for scores and guards")
        .policy(
            3,
            "it is said since when they hold",
            p.effective_from.is_some(),
            "/effectiveFrom",
            "a date from which this is in force",
        )
        .policy(
            3,
            "procedures are documented with what is normal in them",
            processes,
            "/processes",
            "each process with its versions and normalContacts",
        )
    }

    fn capture(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let contacts = seen.contacts.matter.whole;
        let channels = u64::try_from(seen.contacts.channels.len()).unwrap_or(u64::MAX);
        Area::new(
            "capture",
            "Capture: every contact is recorded",
            "service operations",
            "coverage of effort",
        )
        .log(
            1,
            "contacts are recorded",
            least(self.has_log(), contacts, 1, "contacts"),
            "learn contact events",
        )
        .log(
            2,
            "from more than one channel",
            least(self.has_log(), channels, 2, "channels"),
            "phone, e-mail and chat alike",
        )
        .log(
            2,
            "with what happened on the way",
            least(self.has_log(), seen.contacts.way, 1, "waits and handovers"),
            "waitMs, warm: how long it took and how it was passed on",
        )
        .log(
            3,
            "so that effort can be seen whole",
            most(seen.covered, p.review.min_share, "records cover effort"),
            "see /sources: which are silent, and which know nothing",
        )
    }

    fn structure(&self) -> Area {
        let (seen, share) = (self.seen, self.given.policy.review.min_share);
        let contacts = &seen.contacts;
        Area::new(
            "structure",
            "Structure: the same fields everywhere",
            "data engineering",
            "contacts that can be joined",
        )
        .log(
            1,
            "contacts say what they are about",
            most(contacts.matter, share, "contacts name their matter"),
            "a matter or a category on every contact",
        )
        .log(
            2,
            "and which procedure they belong to",
            most(contacts.process, share, "contacts name their process"),
            "process, and processVersion where it is known",
        )
        .log(
            3,
            "and who worked on them",
            most(contacts.staff, share, "contacts name an agent or a team"),
            "agent or team",
        )
        .log(
            3,
            "and what was solved",
            most(seen.of_people(&seen.resolved), share, "people had something solved"),
            "cases as resolved, contacts as solved",
        )
    }

    fn accessibility(&self) -> Area {
        let (seen, p) = (self.seen, &self.given.policy);
        let systems = u64::try_from(seen.systems().len()).unwrap_or(u64::MAX);
        let silent = seen.silent();
        let heard = (
            self.has_log().then_some(silent.is_empty()),
            format!("{} sources silent", silent.len()),
        );
        Area::new(
            "accessibility",
            "Accessibility: every system can be read",
            "data engineering",
            "sources that are heard",
        )
        .log(1, "a system can be read", least(self.has_log(), systems, 1, "systems"), "connect one")
        .log(
            2,
            "all that contribute can be read",
            least(self.has_log(), systems, p.review.min_systems.into(), "systems"),
            "contact center, CRM, surveys, process tools: /review/minSystems",
        )
        .log(
            3,
            "none of them is silent",
            heard,
            "see why it is silent; unknown is not none",
        )
    }

    fn maintenance(&self) -> Area {
        let p = &self.given.policy;
        let unknown = self.seen.unknown.len();
        let reviewed = (
            self.has_log().then_some(unknown == 0),
            format!("{unknown} announced versions of processes are not defined"),
        );
        let mut versions = p.processes.iter().flat_map(|(_, it)| it.versions.iter());
        let dated = versions.any(|(_, version)| version.effective_from.is_some());
        Area::new(
            "maintenance",
            "Maintenance: kept up with what changes",
            "process owners",
            "changes that were looked at in time",
        )
        .policy(1, "it is said when to look again", p.review_due.is_some(), "/reviewDue", "a date")
        .policy(
            2,
            "procedures have dated versions",
            dated,
            "/processes",
            "effectiveFrom of each version",
        )
        .policy(
            3,
            "nothing is overdue",
            self.is_in_time(),
            "/reviewDue",
            "look at it, and set the next date",
        )
        .log(
            3,
            "a new procedure is defined when it comes",
            reviewed,
            "define the announced versions under /processes",
        )
    }

    fn integration(&self) -> Area {
        let (seen, share) = (self.seen, self.given.policy.review.min_share);
        let people = u64::try_from(seen.people.len()).unwrap_or(u64::MAX);
        Area::new(
            "integration",
            "Integration: one customer in all systems",
            "data engineering",
            "journeys that join",
        )
        .log(
            1,
            "people have an identifier",
            least(self.has_log(), people, 1, "people"),
            "a person on every record",
        )
        .log(
            2,
            "systems share it",
            most(seen.joined(), share, "people are known to more than one system"),
            "learn identity events that link what systems call them",
        )
        .log(
            3,
            "it is clear who somebody is",
            most(seen.certain, share, "records are sure who it is"),
            "replace weak links by strong ones",
        )
    }
}
