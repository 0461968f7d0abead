//! Contact intent: reaching for a way to talk to somebody. It is no friction; it is a wish that
//! routing may make easier and never replaces.

use super::{Finding, Findings, SignalKind};
use crate::event::visit::{How, PageRole};
use crate::id::Key;
use crate::program::Signals;
use crate::unit::Micros;

/// Since when the contact page is open, until it was reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contacting {
    waiting: Option<Micros>,
}

impl Contacting {
    pub(crate) fn intent(&mut self, signals: &Signals, t: Micros, how: How, out: &mut Findings) {
        let Some(p) = &signals.contact else { return };
        match how {
            How::ContactPage => {
                self.waiting.get_or_insert(t);
            }
            How::ChatClose => {}
            How::Tel | How::Mailto | How::ChatOpen | How::FormOpen | How::Callback => {
                out.push(
                    Finding::new(SignalKind::ContactIntent, t, t, p.grade_direct).on(Key::NONE),
                );
            }
        }
    }

    pub(crate) fn page_view(&mut self, t: Micros, role: PageRole) {
        self.waiting = (role == PageRole::Contact).then_some(t);
    }

    pub(crate) fn tick(
        &mut self,
        signals: &Signals,
        t: Micros,
        troubled: bool,
        out: &mut Findings,
    ) {
        let (Some(p), Some(due)) = (&signals.contact, self.next_due(signals)) else { return };
        if due <= t {
            let grade = if troubled { p.grade_page_after_trouble } else { p.grade_page };
            out.push(Finding::new(SignalKind::ContactIntent, due, due, grade));
            self.waiting = None;
        }
    }

    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        let p = signals.contact.as_ref()?;
        self.waiting.map(|since| since.plus_ms(i64::from(p.dwell_ms)))
    }
}
