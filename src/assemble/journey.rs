//! Cases that belong together: the same customer came back with the same thing.

/// What a journey rule needs to know of a case.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) case: usize,
    /// Equal for cases of one key.
    pub(super) key: u32,
    pub(super) start: i64,
    pub(super) end: i64,
}

/// A journey: its cases, in order of their beginnings.
#[derive(Clone, Debug, Default)]
pub(super) struct Journey {
    pub(super) cases: Vec<usize>,
    pub(super) start: i64,
    pub(super) end: i64,
}

impl Journey {
    /// Longer than anybody would call one matter: a chain of chance.
    pub(super) fn is_chained(&self, most_ms: i64, most_cases: usize) -> bool {
        self.end - self.start > most_ms || self.cases.len() > most_cases
    }
}

/// Journeys of cases that are sorted by key, beginning and id: a case joins the one before when it
/// begins at most `window` after all of that has ended.
pub(super) fn journeys(spans: &[Span], window: i64) -> Vec<Journey> {
    let mut journeys: Vec<Journey> = Vec::new();
    let mut key: Option<u32> = None;
    for span in spans {
        let open = journeys
            .last_mut()
            .filter(|open| key == Some(span.key) && span.start.saturating_sub(open.end) <= window);
        match open {
            Some(open) => {
                open.cases.push(span.case);
                open.end = open.end.max(span.end);
            }
            None => {
                journeys.push(Journey { cases: vec![span.case], start: span.start, end: span.end })
            }
        }
        key = Some(span.key);
    }
    journeys
}

/// Sessions of sorted times: a pause longer than `gap` begins a new one.
pub(super) fn sessions(times: &[i64], gap: i64) -> usize {
    let pauses = times.iter().zip(times.iter().skip(1)).filter(|(a, b)| *b - *a > gap).count();
    pauses + usize::from(!times.is_empty())
}
