//! Active time: time in view with somebody there. A tab in the background reads nothing, and wall
//! time makes page visits of days.

use super::click::micros;
use super::{Finding, Findings, SignalKind};
use crate::id::Key;
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::Micros;

record! {
    /// Time spent on a topic.
    #[derive(Copy)]
    pub struct Spent {
        /// On which.
        pub topic: Key,
        /// When it was first opened.
        pub first: Micros,
        /// Active time so far, up to when it was last left.
        pub active: Micros,
        /// It was told.
        pub told: bool,
    }
}

record! {
    /// Whether somebody is there, and on what the time goes.
    #[derive(Default)]
    pub struct Attention {
        /// The tab is hidden.
        pub hidden: bool,
        /// Nothing was done for a while.
        pub idle: bool,
        /// Counted up to here.
        pub since: Micros,
        /// Active time until then.
        pub active: Micros,
        /// The topic of the open page.
        pub topic: Key,
        /// Active time when it was opened.
        pub topic_since: Micros,
        /// Time by topic.
        pub spent: Ring<Spent, 4>,
    }
}

impl Attention {
    /// Active time at `t`; only differences of it mean anything.
    pub(crate) fn active(&self, t: Micros) -> Micros {
        let more = if self.away() { 0 } else { t.since(self.since).0.max(0) };
        Micros(self.active.0.saturating_add(more))
    }

    /// When `span` ms of active time will have passed since it was `from`, if somebody is there.
    pub(crate) fn due(&self, from: Micros, span: u32) -> Option<Micros> {
        let left = micros(span).saturating_sub(self.active.since(from).0).max(0);
        (!self.away()).then(|| Micros(self.since.0.saturating_add(left)))
    }

    fn away(&self) -> bool {
        self.hidden || self.idle
    }

    fn count(&mut self, t: Micros) {
        self.active = self.active(t);
        self.since = self.since.max(t);
    }

    pub(crate) fn hide(&mut self, t: Micros, hidden: bool) {
        self.count(t);
        self.hidden = hidden;
    }

    pub(crate) fn idle(&mut self, t: Micros, idle: bool) {
        self.count(t);
        self.idle = idle;
    }

    /// A page on a topic came up.
    pub(crate) fn turn(&mut self, t: Micros, topic: Key) {
        self.count(t);
        let gone = self.active.since(self.topic_since);
        if let Some(spent) = self.spent.iter_mut().find(|spent| spent.topic == self.topic) {
            spent.active = Micros(spent.active.0.saturating_add(gone.0));
        }
        self.topic = topic;
        self.topic_since = self.active;
        if topic != Key::NONE && !self.spent.iter().any(|spent| spent.topic == topic) {
            self.spent.push(Spent { topic, first: t, active: Micros(0), told: false });
        }
    }

    pub(crate) fn tick(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let (Some(p), Some(due)) = (&signals.time_on_task, self.next_due(signals)) else { return };
        let topic = self.topic;
        let long = |spent: &&mut Spent| spent.topic == topic && !spent.told && due <= t;
        if let Some(spent) = self.spent.iter_mut().find(long) {
            spent.told = true;
            out.push(Finding::new(SignalKind::TimeOnTask, spent.first, due, p.grade).on(topic));
        }
    }

    /// When the time on the open topic becomes long.
    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.time_on_task.as_ref()?;
        let on = |spent: &&Spent| spent.topic == self.topic && !spent.told;
        let spent = self.spent.iter().find(on).filter(|_| self.topic != Key::NONE)?;
        // Longer than that, not just as long.
        let due = self.due(self.topic_since.since(spent.active), p.active_ms)?;
        Some(Micros(due.0.saturating_add(1)))
    }
}
