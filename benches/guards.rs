//! What all guards for all purposes cost, natively: `make bench-guards`. A decision without cache, on a
//! person of whom nothing is known, 200 events, and 200 events in a lasting visit where the answer is
//! kept.

#![allow(clippy::indexing_slicing)]

use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;
use tactful::event::history::{HistoryBody, Touch, TouchStep};
use tactful::{Channel, History, HistoryEvent, Moment, Ms, Purpose, Resident, Salt, policy};

const HOUR: i64 = 3_600_000;

fn history(events: i64) -> History {
    let mut history = History::new().of("ada");
    let purposes = [Purpose::Pitch, Purpose::Survey, Purpose::ReachOutHelp, Purpose::ServiceNotice];
    history.learn((0..events).map(|i| HistoryEvent {
        id: format!("e{i}").into(),
        at: Ms(i * HOUR),
        received_at: None,
        source: "s".into(),
        person: None,
        body: HistoryBody::Touch(Touch {
            touch: format!("t{i}").into(),
            step: TouchStep::Sent,
            purpose: purposes.iter().copied().cycle().nth(i as usize).unwrap_or(Purpose::Pitch),
            channel: Channel::Email,
            route: None,
            matter: None,
            offer: None,
            promise: None,
        }),
    }));
    history
}

/// Median nanoseconds of one run, of many rounds.
fn nanoseconds(mut run: impl FnMut()) -> f64 {
    let round = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..200).for_each(|_| run());
        start.elapsed().as_nanos() as f64 / 200.0
    };
    let mut rounds: Vec<f64> = (0..101).map(|_| round(&mut run)).collect();
    rounds.sort_by(f64::total_cmp);
    rounds[50]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = Rc::new(policy::starter()?);
    let now = Ms(200 * HOUR);
    let resident = |events| Resident::new(Rc::clone(&policy), history(events), now, Salt(0));
    let anew = |resident: &mut Resident| {
        nanoseconds(|| {
            resident.set_moment(Moment::at(now));
            black_box(resident.answer(now));
        })
    };
    let (none, many) = (anew(&mut resident(0)), anew(&mut resident(200)));
    let mut kept = resident(200);
    kept.answer(now);
    let kept = nanoseconds(|| {
        black_box(kept.answer(now));
    });
    println!("| all guards, scores and the route | ns | x kept |\n| --- | ---: | ---: |");
    for (what, ns) in
        [("anew, nothing known", none), ("anew, 200 events", many), ("kept, 200 events", kept)]
    {
        println!("| {what} | {ns:.0} | {:.1} |", ns / kept);
    }
    Ok(())
}
