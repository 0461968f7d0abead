//! Forms: trouble while they are open, abandonment when they are left.

use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Form, FormWhat};
use crate::id::Key;
use crate::program::Signals;
use crate::unit::{Micros, Permille};

/// Forms followed at once.
const OPEN: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct OpenForm {
    form: Key,
    started: Option<Micros>,
    first_field: Key,
    several_fields: bool,
    troubles: u8,
    done: bool,
}

/// The forms of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    open: [Option<OpenForm>; OPEN],
    next: usize,
}

impl Forms {
    pub(crate) fn form(&mut self, signals: &Signals, t: Micros, event: &Form, out: &mut Findings) {
        let Some(p) = &signals.form else { return };
        if !self.open.iter().flatten().any(|known| known.form == event.form) {
            if let Some(slot) = self.open.get_mut(self.next) {
                *slot = Some(OpenForm {
                    form: event.form,
                    started: None,
                    first_field: Key::NONE,
                    several_fields: false,
                    troubles: 0,
                    done: false,
                });
            }
            self.next = (self.next + 1) % OPEN;
        }
        let Some(form) = self.open.iter_mut().flatten().find(|known| known.form == event.form)
        else {
            return;
        };
        if !matches!(event.what, FormWhat::View | FormWhat::Ok) {
            form.started.get_or_insert(t);
        }
        if let Some(field) = event.field {
            if form.first_field == Key::NONE {
                form.first_field = field;
            }
            form.several_fields |= form.first_field != field;
        }
        if matches!(event.what, FormWhat::Ok | FormWhat::Reset) {
            form.done = event.what == FormWhat::Ok;
            form.troubles = 0;
        }
        if p.trouble.contains(&event.what) {
            form.troubles = form.troubles.saturating_add(1);
            if form.troubles >= p.struggle_min {
                let mut finding =
                    Finding::new(SignalKind::FormStruggle, t, t, p.grade_struggle).on(form.form);
                finding.same = form.troubles > p.struggle_min;
                out.push(finding);
            }
        }
    }

    /// The page is left: what was begun and not finished was abandoned.
    pub(crate) fn leave(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let Some(p) = &signals.form else { return };
        for form in self.open.iter_mut().filter_map(Option::take) {
            let Some(started) = form.started else { continue };
            // One field is a search box or a newsletter, and a glance is no attempt.
            let attempt =
                form.several_fields && t.since(started).ms() >= i64::from(p.min_active_ms);
            if form.done || !attempt {
                continue;
            }
            let more = if form.troubles > 0 { p.grade_abandon_trouble.get() } else { 0 };
            let grade = Permille::new(p.grade_abandon.get() + more);
            out.push(Finding::new(SignalKind::FormAbandon, started, t, grade).on(form.form));
        }
    }
}
