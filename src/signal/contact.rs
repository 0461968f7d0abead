//! Contact intent: reaching for a way to talk to somebody. It is no friction; it is a wish that
//! routing may make easier and never replaces.

use super::attention::Attention;
use super::{Finding, Findings, SignalKind};
use crate::event::visit::{ContactIntent, How, PageRole};
use crate::id::Key;
use crate::program::Signals;
use crate::shape::record;
use crate::unit::Micros;

record! {
    /// Since when the contact page is open, until it was reported.
    #[derive(Default)]
    pub struct Contacting {
        /// Since when.
        pub waiting: Option<Micros>,
        /// In active time.
        pub active: Micros,
        /// The visit began there.
        pub landing: bool,
    }
}

impl Contacting {
    pub(crate) fn intent(
        &mut self,
        signals: &Signals,
        t: Micros,
        active: Micros,
        intent: &ContactIntent,
        out: &mut Findings,
    ) {
        let Some(p) = &signals.contact_intent else { return };
        match intent.how {
            How::ContactPage => {
                if self.waiting.is_none() {
                    (self.waiting, self.active) = (Some(t), active);
                }
            }
            How::ChatClose => {}
            How::Tel | How::Mailto | How::ChatOpen | How::FormOpen | How::Callback => {
                let finding = Finding::new(SignalKind::ContactIntent, t, t, p.grade_direct);
                out.push(finding.on(intent.topic.unwrap_or(Key::NONE)));
            }
        }
    }

    pub(crate) fn page_view(&mut self, active: Micros, t: Micros, role: PageRole, landing: bool) {
        self.waiting = (role == PageRole::Contact).then_some(t);
        (self.active, self.landing) = (active, landing);
    }

    /// The page is gone.
    pub(crate) fn leave(&mut self) {
        self.waiting = None;
    }

    pub(crate) fn tick(
        &mut self,
        signals: &Signals,
        t: Micros,
        attention: &Attention,
        troubled: bool,
        out: &mut Findings,
    ) {
        let (Some(p), Some(due)) = (&signals.contact_intent, self.next_due(signals, attention))
        else {
            return;
        };
        if let Some(since) = self.waiting.filter(|_| due <= t) {
            let grade = if troubled {
                p.grade_page_after_trouble
            } else if self.landing {
                p.grade_page_landing
            } else {
                p.grade_page
            };
            out.push(Finding::new(SignalKind::ContactIntent, since, due, grade));
            self.waiting = None;
        }
    }

    pub(crate) fn next_due(&self, signals: &Signals, attention: &Attention) -> Option<Micros> {
        let p = signals.contact_intent.as_ref()?;
        self.waiting.and(attention.due(self.active, p.dwell_ms))
    }
}
