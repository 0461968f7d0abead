//! Which detector hears of what.

use super::{
    Activity, Closed, EndReason, Findings, FocusState, FormWhat, Key, Micros, Nav, PageRole,
    PageView, Set, Signal, SignalKind, Signals, Stamp, State, VisibilityState, VisitBody, Wish,
};

impl State {
    pub(super) fn dispatch(
        &mut self,
        signals: &Signals,
        t: Micros,
        body: &VisitBody,
        out: &mut Findings,
    ) {
        let happens = Set::<Activity>::default();
        match body {
            VisitBody::Click(click) => {
                self.navigation.touch(t);
                self.scrolling.clear();
                let burst = self.rage.click(signals, &mut self.clicks, t, click, out);
                let chain = self.rage.chain();
                self.clicks.click(signals, t, click, burst, &chain, out);
                self.rage.report(signals, &mut self.clicks, t, out);
            }
            VisitBody::Effect(it) => {
                let what = happens.with(Activity::of(it.cause));
                if what.has(Activity::Input) {
                    self.navigation.touch(t);
                }
                self.activity(signals, t, what, out);
            }
            VisitBody::Scroll(scroll) => {
                // What the page scrolls by itself may answer a click; it says nothing of the person.
                let what = happens.with(Activity::Scroll);
                let chain = self.rage.chain();
                self.clicks.activity(signals, t, what, &chain, out);
                if scroll.user != Some(false) {
                    self.rage.activity(signals, t, what);
                }
                self.navigation.scroll(signals, t, scroll);
                let role = self.navigation.open.map_or(PageRole::Other, |open| open.role);
                let active = self.attention.active(t);
                self.scrolling.scroll(signals, t, active, role, scroll, out);
            }
            VisitBody::Selection(selection) => {
                // Only a beginning: pressing anywhere ends one.
                if selection.nonempty {
                    self.activity(signals, t, happens.with(Activity::Selection), out);
                    self.scrolling.clear();
                }
            }
            VisitBody::Visibility(it) => {
                let hidden = it.state == VisibilityState::Hidden;
                let seen = happens.with(Activity::Visibility);
                let what = if hidden { seen.with(Activity::Hidden) } else { seen };
                self.activity(signals, t, what, out);
                self.attention.hide(t, hidden);
                self.forms.hide(t, hidden);
                if hidden {
                    self.rage.leave(signals, &mut self.clicks, t, out);
                }
            }
            VisitBody::Focus(it) => {
                let moved = happens.with(Activity::Focus);
                let lost = it.state == FocusState::Blur;
                let what = if lost { moved.with(Activity::Blur) } else { moved };
                self.activity(signals, t, what, out);
            }
            VisitBody::Failure(failure) => {
                let chain = self.rage.chain();
                self.errors.error(signals, &mut self.clicks, t, failure, &chain, out);
            }
            VisitBody::PageView(view) => {
                if self.leaves(view) {
                    out.relieved |= self.board.relieve(t, |_| true);
                }
                self.topic = view.topic.unwrap_or(self.topic);
                self.activity(signals, t, happens.with(Activity::PageView), out);
                let role = view.role.unwrap_or(PageRole::Other);
                self.leave_page(signals, t, Some(role), out);
                let landing = !self.navigation.begun;
                let (attention, searches) = (&mut self.attention, &mut self.searches);
                self.navigation.page_view(signals, t, view, attention, searches, out);
                self.contacting.page_view(self.attention.active(t), t, role, landing);
                // Turning back is no new interest in what is there.
                if !matches!(view.nav, Some(Nav::Back | Nav::Bfcache)) {
                    bump(self.roles.get_mut(role as usize));
                    note(self.opened.get_mut(role as usize), t);
                }
            }
            VisitBody::ArticleProgress(it) => {
                if self.navigation.progress(signals, t, it, out) {
                    self.searches.read();
                }
            }
            VisitBody::Search(search) => {
                self.navigation.touch(t);
                self.searches.search(signals, t, search, out);
            }
            VisitBody::ResultOpen(_) => {
                self.searches.opened(signals, t, out);
                self.navigation.result_open();
            }
            VisitBody::Vote(vote) => {
                if vote.helpful {
                    self.helpful = self.helpful.saturating_add(1);
                    self.helped = Stamp::of(t);
                    out.relieved |= self.board.relieve(t, |_| true);
                    // The answer was there, wherever it was read.
                    self.navigation.touch(t);
                    self.searches.opened(signals, t, out);
                }
            }
            VisitBody::Form(form) => {
                self.navigation.touch(t);
                self.forms.form(signals, t, self.attention.active(t), form, out);
                if form.what == FormWhat::Ok {
                    let page = self.page();
                    out.relieved |=
                        self.board.relieve(t, |it| it.target == form.form || it.page == page);
                }
                if form.what == FormWhat::Failed {
                    self.errors.trouble(signals, t, form.form, out);
                }
            }
            VisitBody::ContactIntent(it) => {
                let active = self.attention.active(t);
                self.contacting.intent(signals, t, active, it, out);
            }
            VisitBody::PointerTurns(turns) => self.cursor.turns(signals, t, turns, out),
            VisitBody::Idle(_) => self.attention.idle(t, true),
            VisitBody::Resume(_) => self.attention.idle(t, false),
            VisitBody::PageEnd(end) => {
                self.activity(signals, t, happens.with(Activity::PageEnd), out);
                // A hidden tab may come back; a form in it waits.
                if end.reason == EndReason::Hidden {
                    self.rage.leave(signals, &mut self.clicks, t, out);
                    self.forms.hide(t, true);
                } else {
                    self.leave_page(signals, t, None, out);
                    self.searches.end(signals, t, out);
                    self.contacting.leave();
                }
            }
            VisitBody::Wish(Wish { r#for }) => {
                self.wish = Some(*r#for);
                bump(self.wishes.get_mut(*r#for as usize));
                note(self.wished.get_mut(*r#for as usize), t);
            }
            VisitBody::Cue(cue) => {
                note(self.cues.get_mut(cue.kind as usize), t);
            }
            // The touch it was is in the history, which says where it led.
            VisitBody::Dismiss(it) => {
                let _ = self.closed.push(Closed { touch: it.touch, at: Stamp::of(t) });
            }
        }
    }

    /// Something happened on the page that clicks and bursts need to know.
    fn activity(&mut self, signals: &Signals, t: Micros, what: Set<Activity>, out: &mut Findings) {
        let chain = self.rage.chain();
        self.clicks.activity(signals, t, what, &chain, out);
        self.rage.activity(signals, t, what);
        // What did nothing before does something now.
        if let Some((target, at)) = self.clicks.last_answered() {
            out.relieved |= self.board.relieve(t, |it| it.target == target && it.decided < at);
        }
    }

    /// Whether a page is about something else than what the person had trouble with. Looking for help
    /// with it is not leaving it.
    fn leaves(&self, view: &PageView) -> bool {
        let Some(open) = self.navigation.open else { return false };
        match view.topic {
            Some(topic) if self.topic != Key::NONE => topic != self.topic,
            _ => open.page != view.page && !view.role.is_some_and(PageRole::is_help),
        }
    }

    fn leave_page(
        &mut self,
        signals: &Signals,
        t: Micros,
        to: Option<PageRole>,
        out: &mut Findings,
    ) {
        self.rage.leave(signals, &mut self.clicks, t, out);
        self.clicks.turn_page();
        self.scrolling.clear();
        self.searches.finish(signals, t, out);
        let from = self.navigation.open.map(|open| open.role);
        self.forms.leave(signals, t, self.attention.active(t), from, to, out);
    }

    pub(super) fn next_due(&self, signals: &Signals) -> Option<Micros> {
        [
            self.clicks.next_due(signals),
            self.rage.next_due(signals),
            self.searches.next_due(signals),
            self.attention.next_due(signals),
            self.forms.next_due(signals),
            self.contacting.next_due(signals, &self.attention),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The page that is open.
    pub(super) fn page(&self) -> Key {
        self.navigation.open.map_or(Key::NONE, |open| open.page)
    }

    /// Takes in what was found on a page.
    pub(super) fn post(&mut self, out: &Findings, page: Key, told: &mut dyn FnMut(&Signal)) {
        for finding in out.iter() {
            told(&self.board.post(&finding, finding.page.unwrap_or(page)));
        }
    }

    /// Whether anything that is friction was seen.
    pub(super) fn has_trouble(&self) -> bool {
        SignalKind::ALL.iter().any(|kind| {
            !matches!(
                kind,
                SignalKind::ContactIntent | SignalKind::ArticleRead | SignalKind::TimeOnTask
            ) && self.board.count(*kind) > 0
        })
    }
}

fn note(slot: Option<&mut Stamp>, t: Micros) {
    if let Some(slot) = slot {
        *slot = Stamp::of(t);
    }
}

fn bump(counter: Option<&mut u8>) {
    if let Some(counter) = counter {
        *counter = counter.saturating_add(1);
    }
}
