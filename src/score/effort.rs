//! Effort of the journey that leads up to this visit: what the customer had to do, never what they
//! answered.

use crate::decision::{self, Contribution};
use crate::event::Channel;
use crate::event::history::ContactStep;
use crate::history::History;
use crate::journey::{
    Change, Counts, EffortBand, InForce, Journey, Points, Standing, Work, journeys, window, work,
};
use crate::moment::Moment;
use crate::program::Policy;
use crate::program::scores::{EffortPolicy, IndicatorId};
use crate::shape::Set;
use crate::signal::SignalKind;
use crate::unit::{Ms, Permille};
use crate::visit::Visit;
use crate::{Text, text};
use std::rc::Rc;

/// The journey that leads up to a visit, as the history tells it, and what routing and urgency read of the
/// others. It is the same from one page event to the next. Positions are of events in the history that was
/// shown.
#[derive(Debug)]
pub(crate) struct JourneyAtHand {
    /// When it began.
    pub(crate) start: Option<Ms>,
    /// What it is about.
    pub(crate) topic: Option<Text>,
    /// Contacts with a person beyond those that belong to the process.
    pub(crate) repeats: i64,
    /// Beginnings of the customer's contacts with a person on it.
    pub(crate) contacts: Vec<usize>,
    pub(crate) transfers: Vec<usize>,
    /// Beginnings of contacts on other journeys of late.
    pub(crate) elsewhere: Vec<usize>,
    /// The last time the matter was solved, if that is so short ago that being back means it was not.
    pub(crate) returned: Option<usize>,
    /// It was solved, and nothing has happened since.
    pub(crate) solved: bool,
    /// The process changed of late: the event or the place in the policy that says so.
    pub(crate) changed: Option<Text>,
    /// Every step of it.
    pub(crate) events: Vec<usize>,
    counts: Counts,
    /// Indicators of which a source cannot be heard.
    unheard: Set<IndicatorId>,
    /// The process and its version that judge it.
    in_force: Option<(Text, Text)>,
    category: Option<Text>,
    path: Text,
    legs: Vec<Channel>,
    straddles: bool,
}

/// Effort as measured.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) journey: Rc<JourneyAtHand>,
    pub(crate) points: Points,
    pub(crate) index: Permille,
    pub(crate) band: EffortBand,
    contributions: Vec<Contribution>,
    standing: Option<Standing>,
}

impl JourneyAtHand {
    pub(crate) fn find(policy: &Policy, history: &History, moment: &Moment) -> Self {
        let (p, now) = (&policy.scores.effort, moment.now);
        let (units, beside) = work(history, now);
        let all = journeys(policy, units, &beside);
        let journey = at_hand(policy, &all, moment);
        let topic = moment.matter.as_deref().or(journey.and_then(|journey| journey.topic()));
        let changes = Change::all(policy, history);
        let in_force =
            journey.and_then(|j| InForce::at(policy, &changes, j.process, j.version, j.start));
        let span = window(policy, journey.and_then(|journey| journey.process));
        let counts = journey.map_or_else(Counts::default, |journey| {
            Counts::of(p, journey, &all, in_force.as_ref(), span)
        });
        // Anything the source knows may be missing from where it is silent, and from before it is known.
        let from = journey.map_or(now, |journey| journey.start).minus(span);
        let unheard = |id: &IndicatorId| {
            let sources = p.indicators.get(id.as_str()).map_or(&[][..], |it| &it.sources);
            sources.iter().any(|source| history.is_missing(source, from))
        };
        // What is about nothing known may well be about this.
        let elsewhere = all.iter().filter(|other| {
            other.topic().is_some() && !journey.is_some_and(|j| core::ptr::eq(j, *other))
        });
        let elsewhere = elsewhere.flat_map(|other| begun(other, now.minus(span))).collect();
        let recent = now.minus(policy.journeys.recent_change_ms);
        let process = journey.and_then(|journey| journey.process);
        let changed = Change::between(&changes, process, recent, now);
        let changed = changed.map(|change| match change.event {
            Some(event) => history.evidence(event),
            None => text!("policy:/processes/{}/versions/{}", change.process, change.version),
        });
        Self {
            start: journey.map(|journey| journey.start),
            topic: topic.map(Text::from),
            repeats: counts.milli(IndicatorId::RepeatContact) / 1000,
            contacts: journey.into_iter().flat_map(|j| begun(j, Ms::ALWAYS)).collect(),
            transfers: journey.map_or_else(Vec::new, transfers),
            elsewhere,
            returned: topic.and_then(|topic| returned(policy, &all, topic, now)),
            solved: journey.is_some_and(|journey| {
                let last =
                    journey.steps().filter(|step| !step.is_filing()).map(|step| step.at).max();
                journey.solved_as_of(now).is_some_and(|(at, _)| last.is_none_or(|last| last <= at))
            }),
            changed,
            events: journey.into_iter().flat_map(Journey::steps).map(|step| step.event).collect(),
            unheard: IndicatorId::ALL.iter().copied().filter(unheard).collect(),
            in_force: in_force.as_ref().map(|it| (it.process.into(), it.version.into())),
            category: journey.and_then(|journey| journey.category).map(Text::from),
            path: journey.map_or_else(Text::new, Journey::path),
            legs: journey.map_or_else(Vec::new, Journey::legs),
            straddles: journey.is_some_and(|journey| Change::straddled_by(&changes, journey, now)),
            counts,
        }
    }

    /// With what this visit adds.
    pub(super) fn measure(
        self: Rc<Self>,
        policy: &Policy,
        history: &History,
        visit: &Visit,
        full: bool,
    ) -> Measured {
        let p = &policy.scores.effort;
        let mut counts = self.counts.clone();
        seen_here(&mut counts, visit);
        let points = Points::of(p, &counts, |id, _| self.unheard.has(id));
        let judged = self.in_force.as_ref().filter(|_| points.coverage >= p.min_coverage);
        let standing = judged.and_then(|(process, version)| {
            let in_force = InForce::of(policy, process, version);
            Standing::find(policy, &in_force, self.category.as_deref(), &self.path, points.total)
        });
        Measured {
            index: points.index(p),
            band: points.band(p, standing.as_ref(), self.topic.is_some()),
            contributions: if full {
                contributions(history, visit, &points, &counts)
            } else {
                Vec::new()
            },
            standing,
            points,
            journey: self,
        }
    }
}

/// The journey a visit goes on with: the latest on the matter that the host names, else the only one
/// that is open.
fn at_hand<'a, 'b>(
    policy: &Policy,
    all: &'b [Journey<'a>],
    moment: &Moment,
) -> Option<&'b Journey<'a>> {
    let mut open = all.iter().filter(|journey| journey.is_open(policy, moment.now));
    match moment.matter.as_deref() {
        Some(matter) => open.rfind(|journey| journey.topic() == Some(matter)),
        None => open.next().filter(|_| open.next().is_none()),
    }
}

/// What this visit adds by itself.
fn seen_here(counts: &mut Counts, visit: &Visit) {
    for id in IndicatorId::ALL {
        for kind in here(*id) {
            counts.add(*id, i64::from(visit.board().count(*kind)), []);
        }
    }
}

/// The signals of a visit that an indicator counts.
fn here(id: IndicatorId) -> &'static [SignalKind] {
    match id {
        IndicatorId::SelfserveFail => &[SignalKind::ZeroResultSearch, SignalKind::FormAbandon],
        IndicatorId::UiFriction => &[SignalKind::RageClick, SignalKind::ErrorClick],
        _ => &[],
    }
}

/// Beginnings of a journey's contacts with a person after an instant.
fn begun<'b>(journey: &'b Journey<'_>, after: Ms) -> impl Iterator<Item = usize> + 'b {
    let contacts = journey.contacts().filter(move |unit| unit.start > after);
    contacts.filter_map(|unit| unit.steps.first()).map(|step| step.event)
}

fn transfers(journey: &Journey<'_>) -> Vec<usize> {
    let passed = journey.steps().filter(
        |step| matches!(step.work, Work::Contact(it) if it.step == ContactStep::Transferred),
    );
    passed.map(|step| step.event).collect()
}

/// The last resolution of a matter, while coming back means that it was none.
fn returned(policy: &Policy, all: &[Journey<'_>], topic: &str, now: Ms) -> Option<usize> {
    let within = policy.guards.windows.open_case.as_ref()?.recontact_ms;
    let on_topic = all.iter().filter(|journey| journey.topic() == Some(topic));
    let (at, event) = on_topic.filter_map(|journey| journey.solved_as_of(now)).max()?;
    (now.minus(at) <= within).then_some(event)
}

fn contributions(
    history: &History,
    visit: &Visit,
    points: &Points,
    counts: &Counts,
) -> Vec<Contribution> {
    let parts = points.parts.iter().map(|(id, points)| {
        let learned = counts.events(*id).iter().map(|event| history.evidence(*event));
        let seen = here(*id).iter().filter_map(|kind| visit.latest(*kind));
        let evidence = learned.chain(seen.map(|signal| signal.evidence())).collect();
        Contribution { code: id.as_str().into(), points: *points, evidence }
    });
    parts.collect()
}

impl Measured {
    pub(super) fn tell(self, p: &EffortPolicy) -> decision::Effort {
        let compared = self.standing.as_ref().map_or("absolute", |_| "relative");
        let points = self.points.total;
        let remaining = self.standing.as_ref().and_then(|standing| standing.remaining);
        decision::Effort {
            points,
            index: self.index,
            band: self.band,
            coverage: self.points.coverage,
            partial: self.points.coverage < p.min_coverage,
            range: vec![points, points + self.points.hidden],
            journey: self.journey.topic.clone(),
            definition: text!("{} {compared}", p.definition),
            process_version: self.journey.in_force.as_ref().map(|(_, version)| version.clone()),
            contributions: self.contributions,
            legs: self.journey.legs.clone(),
            benchmark: self.standing.map(|standing| decision::Standing {
                level: standing.level,
                journeys: standing.journeys,
                rank: standing.rank,
            }),
            predicted: remaining.map(|[mean, low, high, journeys]| decision::Predicted {
                points: points + mean,
                low: points + low,
                high: points + high,
                journeys,
            }),
            straddles: self.journey.straddles.then_some(true),
        }
    }
}
