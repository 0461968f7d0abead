//! What holds for every trail of contacts. `TACTFUL_CASES` sets how many are generated.

use crate::given::{MATTER, NOW, trails};
use proptest::prelude::*;
use std::rc::Rc;
use tactful::event::history::{Feed, FeedStatus, HistoryBody};
use tactful::score::EffortBand;
use tactful::{
    Decision, History, HistoryEvent, Moment, Ms, Policy, Purpose, Resident, Salt, Visit, decide,
    policy,
};

fn cases() -> ProptestConfig {
    let cases = std::env::var("TACTFUL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Whoever permits nothing shows nothing, and there would be no effort to speak of.
fn open() -> Rc<Policy> {
    thread_local!(static OPEN: Rc<Policy> = Rc::new(policy::compile(
        r#"{ "guards": { "consent": null },
             "processes": { "support": { "versions": { "v1": { "normalContacts": 1, "benchmark": {
                 "groups": { "all": { "histogram": { "0": 20, "40": 10, "90": 10 } } } } } } } } }"#,
    ).unwrap()));
    OPEN.with(Rc::clone)
}

fn history(events: &[HistoryEvent]) -> History {
    let mut history = History::new();
    history.learn(events.iter().cloned());
    history
}

fn decided(history: &History) -> Decision {
    decided_at(history, NOW)
}

fn decided_at(history: &History, now: Ms) -> Decision {
    let mut moment = Moment::at(now);
    moment.matter = Some(MATTER.into());
    decide(&open(), history, &Visit::new(now, Salt(0)), &moment)
}

fn is_survey(event: &HistoryEvent) -> bool {
    matches!(event.body, HistoryBody::Survey(_))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_order_any_copy_any_split_gives_the_same_bytes(
        events in trails(3, 40),
        order in prop::collection::vec((any::<prop::sample::Index>(), 0..4usize), 1..60),
        capacity in 1usize..40,
    ) {
        let mut whole = History::with_capacity(capacity);
        whole.learn(events.iter().cloned());
        // Four copies learn parts of it in some order, repeats included; each is saved and restored,
        // and all are merged.
        let mut copies = vec![History::with_capacity(capacity); 4];
        let every = (0..events.len()).map(|i| (i, i % 4));
        let again = order.iter().map(|(i, copy)| (i.index(events.len()), *copy));
        for (i, copy) in again.chain(every) {
            copies[copy].learn([events[i].clone()]);
        }
        let mut merged = History::with_capacity(capacity);
        for copy in copies.iter().rev() {
            merged.merge(&History::restore(&copy.save()).unwrap());
        }
        prop_assert_eq!(merged.save(), whole.save());
        prop_assert_eq!(merged.known_since(), whole.known_since());
    }

    #[test]
    fn versions_of_an_event_settle_on_the_same_one(
        events in trails(2, 40), other in trails(2, 40), order in any::<prop::sample::Index>(), received in 0i64..3,
    ) {
        // A second delivery under the same key says something else, and came later, or not.
        let mut versions: Vec<HistoryEvent> = events.clone();
        versions.extend(other.into_iter().map(|event| HistoryEvent { received_at: Some(Ms(received)), ..event }));
        let mut turned = versions.clone();
        turned.rotate_left(order.index(versions.len()));
        turned.extend(versions.iter().take(3).cloned());
        prop_assert_eq!(history(&versions).save(), history(&turned).save());
    }

    #[test]
    fn effort_never_falls_when_more_of_the_journey_happens(events in trails(3, 6)) {
        let mut before = 0;
        for n in 1..=events.len() {
            let now = decided_at(&history(&events[..n]), events[n - 1].at).scores.effort.points;
            prop_assert!(now >= before, "event {n} made {before} points {now}");
            before = now;
        }
    }

    #[test]
    fn what_is_kept_of_a_person_answers_as_if_nothing_were_kept(
        events in trails(3, 40), named in any::<bool>(),
        steps in prop::collection::vec(prop_oneof![0i64..4000, 0i64..800_000_000], 1..12),
    ) {
        let mut resident = Resident::new(open(), history(&events), NOW, Salt(0));
        let mut moment = Moment::at(NOW);
        moment.matter = named.then(|| MATTER.into());
        resident.set_moment(moment);
        let mut now = NOW;
        for step in steps {
            now = now.plus(Ms(step));
            let (cached, told) = (resident.answer(now), resident.decide(now));
            let fresh = decide(resident.policy(), resident.history(), resident.visit(), resident.moment());
            prop_assert_eq!(told.to_json(), fresh.to_json(), "{} ms later", now.minus(NOW).0);
            prop_assert_eq!(cached.route(), fresh.route);
            for purpose in Purpose::ALL {
                prop_assert_eq!(cached.allows(*purpose), fresh.verdicts.of(*purpose).allowed);
            }
        }
    }

    #[test]
    fn contributions_are_the_points(events in trails(3, 40)) {
        let effort = decided(&history(&events)).scores.effort;
        let sum: i64 = effort.contributions.iter().map(|part| part.points).sum();
        prop_assert_eq!(sum, effort.points);
        prop_assert!(effort.points <= 438 && effort.range[0] == effort.points);
        prop_assert!(effort.contributions.iter().all(|part| !part.evidence.is_empty()));
    }

    #[test]
    fn a_removed_feed_never_lowers_the_band(events in trails(3, 40), contacts in any::<bool>()) {
        let (feed, kind) = if contacts { ("contacts", "contact") } else { ("cases", "case") };
        let gone = |event: &HistoryEvent| match event.body {
            HistoryBody::Contact(_) => kind == "contact",
            HistoryBody::Case(_) => kind == "case",
            _ => false,
        };
        let mut left: Vec<HistoryEvent> = events.iter().filter(|e| !gone(e)).cloned().collect();
        left.push(HistoryEvent {
            id: "silent".into(), at: NOW, received_at: None, source: feed.into(), person: None,
            body: HistoryBody::Feed(Feed { feed: feed.into(), status: FeedStatus::Silent, since: None }),
        });
        let (all, some) = (decided(&history(&events)), decided(&history(&left)));
        let (all, some) = (all.scores.effort, some.scores.effort);
        prop_assert!(matches!(some.band, EffortBand::Unknown | EffortBand::High), "{:?}", some.band);
        prop_assert!(some.coverage.get() < 1000);
        // Without its cases a journey may fall apart, and what is left of it is easier by itself.
        let kept = !contacts || some.range[1] >= all.points;
        prop_assert!(kept, "the range holds what was lost");
    }

    #[test]
    fn no_survey_changes_a_byte_of_effort(events in trails(3, 40), turn in any::<prop::sample::Index>()) {
        let effort = |events: &[HistoryEvent]| decided(&history(events)).scores.effort;
        let told = effort(&events);
        let without: Vec<HistoryEvent> = events.iter().filter(|e| !is_survey(e)).cloned().collect();
        prop_assert_eq!(&effort(&without), &told, "without surveys");
        let mut inverted = events.clone();
        for event in &mut inverted {
            if let HistoryBody::Survey(survey) = &mut event.body {
                survey.score = survey.score.map(|score| 10 - score);
            }
        }
        prop_assert_eq!(&effort(&inverted), &told, "with the opposite answers");
        let places: Vec<usize> = (0..events.len()).filter(|i| is_survey(&events[*i])).collect();
        let mut permuted = events.clone();
        for (k, place) in places.iter().enumerate() {
            let from = places[(k + turn.index(places.len())) % places.len()];
            permuted[*place].body = events[from].body.clone();
        }
        prop_assert_eq!(&effort(&permuted), &told, "with answers exchanged");
    }
}

#[test]
fn the_generated_trails_are_not_vacuous() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut codes, mut bands) =
        (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for i in 0..2000 {
        let events = trails(1 + i % 3, 40).new_tree(&mut runner).unwrap().current();
        let effort = decided(&history(&events)).scores.effort;
        codes.extend(effort.contributions.into_iter().map(|part| part.code));
        bands.insert(effort.band.as_str());
    }
    assert_eq!(bands.len(), 3, "{bands:?}");
    let visit_only = codes.contains("uiFriction");
    assert!(codes.len() >= 11 && !visit_only, "{codes:?}");
}
