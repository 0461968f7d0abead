//! Forms: trouble while they are open, abandonment when they are left.

use super::{Finding, Findings, SignalKind};
use crate::event::visit::{Form, FormWhat, PageRole};
use crate::id::Key;
use crate::program::Signals;
use crate::shape::{Ring, record};
use crate::unit::{Micros, Permille};

/// Forms followed at once.
const FORMS: usize = 4;
/// Fields of each that are told apart; the most a policy may ask for.
pub(crate) const FIELDS: usize = 6;

record! {
    /// A field that was touched.
    #[derive(Copy)]
    pub struct Field {
        /// Which.
        pub field: Key,
        /// How often it was refused.
        pub invalid: u8,
    }
}

record! {
    /// A form somebody has begun to fill in.
    #[derive(Copy)]
    pub struct OpenForm {
        /// Which.
        pub form: Key,
        /// When the first field was touched.
        pub started: Option<Micros>,
        /// In active time.
        pub active: Micros,
        /// When anything happened in it.
        pub last: Micros,
        /// The fields touched.
        pub fields: Ring<Field, FIELDS>,
        /// Refusals altogether.
        pub invalid: u8,
        /// Submits that failed.
        pub failed: u8,
        /// Fields gone back to.
        pub returns: u8,
        /// It was told to be a struggle.
        pub told: bool,
        /// It was sent, and nothing was refused since.
        pub sent: bool,
        /// It got through, or was told to be left.
        pub done: bool,
    }
}

record! {
    /// The forms of the page.
    #[derive(Default)]
    pub struct Forms {
        /// Oldest first.
        pub open: Ring<OpenForm, FORMS>,
        /// Since when the tab is hidden.
        pub hidden: Option<Micros>,
        /// Forms left for an article they suggested.
        pub deflected: u16,
    }
}

impl Forms {
    pub(crate) fn form(
        &mut self,
        signals: &Signals,
        t: Micros,
        active: Micros,
        event: &Form,
        out: &mut Findings,
    ) {
        if !self.open.iter().any(|known| known.form == event.form) {
            self.open.push(OpenForm::new(event.form, t));
        }
        let Some(form) = self.open.iter_mut().find(|known| known.form == event.form) else {
            return;
        };
        // Begun again after it got through, or was given up for left.
        if form.done && matches!(event.what, FormWhat::Start | FormWhat::FieldReturn) {
            *form = OpenForm::new(event.form, t);
        }
        form.last = t;
        if form.started.is_none() && !matches!(event.what, FormWhat::View | FormWhat::Ok) {
            (form.started, form.active) = (Some(t), active);
        }
        form.sent = match event.what {
            FormWhat::Submit => true,
            FormWhat::Invalid | FormWhat::Failed | FormWhat::Start | FormWhat::FieldReturn => false,
            _ => form.sent,
        };
        let touched = event.field.filter(|field| form.fields.iter().all(|f| f.field != *field));
        if let Some(field) = touched {
            form.fields.push(Field { field, invalid: 0 });
        }
        match event.what {
            FormWhat::Ok | FormWhat::Reset => {
                *form =
                    OpenForm { done: event.what == FormWhat::Ok, ..OpenForm::new(form.form, t) };
            }
            FormWhat::Invalid => {
                form.invalid = form.invalid.saturating_add(1);
                let field = form.fields.iter_mut().find(|f| Some(f.field) == event.field);
                if let Some(field) = field {
                    field.invalid = field.invalid.saturating_add(1);
                }
                form.struggle(signals, t, out);
            }
            FormWhat::Failed => {
                form.failed = form.failed.saturating_add(1);
                form.struggle(signals, t, out);
            }
            FormWhat::FieldReturn => form.returns = form.returns.saturating_add(1),
            FormWhat::View | FormWhat::Start | FormWhat::FieldDone | FormWhat::Submit => {}
        }
    }

    /// The page is left: what was begun and not finished was abandoned, unless the contact form was
    /// left for an article. That may well have been its own suggestion, and it is no failure.
    pub(crate) fn leave(
        &mut self,
        signals: &Signals,
        t: Micros,
        active: Micros,
        from: Option<PageRole>,
        to: Option<PageRole>,
        out: &mut Findings,
    ) {
        let deflected = from == Some(PageRole::Contact) && to == Some(PageRole::Article);
        for form in self.open.iter_mut() {
            if deflected && form.started.is_some() && !form.done {
                self.deflected = self.deflected.saturating_add(1);
                form.done = true;
            }
            // The next page is what a form that was sent leads to.
            form.done |= form.sent;
            form.abandon(signals, t, active, out);
        }
        self.open.clear();
    }

    pub(crate) fn hide(&mut self, t: Micros, hidden: bool) {
        self.hidden = hidden.then(|| self.hidden.unwrap_or(t));
    }

    pub(crate) fn tick(
        &mut self,
        signals: &Signals,
        t: Micros,
        active: Micros,
        out: &mut Findings,
    ) {
        let hidden = self.hidden;
        for form in self.open.iter_mut() {
            if form.due(signals, hidden).is_some_and(|due| due <= t) {
                form.abandon(signals, t, active, out);
                form.done = true;
            }
        }
    }

    /// When a form is given up for left.
    pub(crate) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        self.open.iter().filter_map(|form| form.due(signals, self.hidden)).min()
    }
}

impl OpenForm {
    fn new(form: Key, t: Micros) -> Self {
        Self {
            form,
            started: None,
            active: Micros(0),
            last: t,
            fields: Ring::default(),
            invalid: 0,
            failed: 0,
            returns: 0,
            told: false,
            sent: false,
            done: false,
        }
    }

    fn due(&self, signals: &Signals, hidden: Option<Micros>) -> Option<Micros> {
        let p = signals.form_abandon.as_ref()?;
        let started = self.started.filter(|_| !self.done)?;
        let idle = self.last.plus_ms(i64::from(p.idle_ms));
        let hidden = hidden.map(|since| since.plus_ms(i64::from(p.hidden_ms)));
        // Not before it could have been an attempt at all.
        let attempt = started.plus_ms(i64::from(p.min_active_ms));
        hidden.into_iter().chain([idle]).min().map(|due| due.max(attempt))
    }

    fn struggle(&mut self, signals: &Signals, t: Micros, out: &mut Findings) {
        let Some(p) = &signals.form_struggle else { return };
        let refused = self.fields.iter().map(|field| field.invalid).max().unwrap_or(0);
        // A page that does not say which field was refused has one for all of them.
        let named: u8 = self.fields.iter().fold(0, |sum, f| sum.saturating_add(f.invalid));
        let refused = refused.max(self.invalid.saturating_sub(named));
        if refused >= p.min_invalid || self.failed >= p.min_failed {
            let began = self.started.unwrap_or(t);
            let mut finding = Finding::new(SignalKind::FormStruggle, began, t, p.grade);
            finding.same = core::mem::replace(&mut self.told, true);
            out.push(finding.on(self.form).times(refused.saturating_add(self.failed)));
        }
    }

    fn abandon(&self, signals: &Signals, t: Micros, active: Micros, out: &mut Findings) {
        let (Some(p), Some(started)) = (&signals.form_abandon, self.started) else { return };
        let fields = self.fields.iter().count();
        let long = active.since(self.active).0 >= super::click::micros(p.min_active_ms);
        if self.done || !long || fields < usize::from(p.min_fields) {
            return;
        }
        let trouble = self.invalid >= p.min_invalid || self.failed > 0;
        let returns = self.returns >= p.min_returns;
        let more = |worse: bool, grade: Permille| if worse { grade.get() } else { 0 };
        let grade = p.grade.get() + more(trouble, p.grade_trouble) + more(returns, p.grade_returns);
        let finding = Finding::new(SignalKind::FormAbandon, started, t, Permille::new(grade));
        out.push(finding.on(self.form));
    }
}
