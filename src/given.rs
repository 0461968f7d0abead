//! What a decision is made from, as every stage is handed it.

use crate::history::History;
use crate::moment::Moment;
use crate::program::Policy;
use crate::visit::Visit;

/// What a decision is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) policy: &'a Policy,
    /// All that is known, or as far as the stage may read it.
    pub(crate) history: &'a History,
    pub(crate) visit: &'a Visit,
    pub(crate) moment: &'a Moment,
}

impl<'a> Given<'a> {
    /// The same for who may read only so much.
    pub(crate) const fn reading(self, history: &'a History) -> Self {
        Self { history, ..self }
    }
}
