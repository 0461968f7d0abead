//! What has been asked, and what may be: nothing twice, one useful question at a time, and none before
//! help while things are hard.

mod secret;

use crate::decision::{Answered, Question};
use crate::event::Purpose;
use crate::event::Route;
use crate::event::history::{AskStep, Value};
use crate::guard::{GuardId, Objections, Situation};
use crate::program::QuestionPolicy;
use crate::score::UrgencyClass;
use crate::unit::Ms;
use crate::{Text, text};

/// The questions of a situation, asked and answered before.
pub(crate) struct Asks<'a> {
    s: &'a Situation<'a>,
}

impl<'a> Asks<'a> {
    pub(crate) const fn of(s: &'a Situation<'a>) -> Self {
        Self { s }
    }

    fn policy(&self, field: &str) -> Option<&'a QuestionPolicy> {
        self.s.policy.questions.get(field)
    }

    /// Whether an answer of an instant is still good.
    fn is_good(&self, field: &str, at: Ms) -> bool {
        let good = self.policy(field).and_then(|p| p.good_for_ms);
        good.is_none_or(|span| at.plus(span) > self.s.moment.now)
    }

    /// The latest answer to each question that is still good, and what is known without asking.
    pub(crate) fn answered(&self) -> Vec<Answered> {
        let mut answers: Vec<Answered> = Vec::new();
        let told = self.s.history.asks().filter(|(_, _, ask)| ask.step == AskStep::Answered);
        for (event, at, ask) in told {
            answers.retain(|known| known.field != ask.field);
            let Some(value) = ask.value.as_ref().filter(|_| self.is_good(&ask.field, at)) else {
                continue;
            };
            let source = self.s.history.events().get(event).map(|it| it.source.clone());
            answers.push(Answered {
                field: ask.field.clone(),
                value: self.redact(&ask.field, value),
                at,
                source: source.unwrap_or_default(),
            });
        }
        // What the page is about to ask, and needs not.
        for field in &self.s.moment.wants {
            if answers.iter().any(|known| known.field == *field) {
                continue;
            }
            if let Some((value, at, source)) = self.known(field) {
                let value = self.redact(field, &value);
                answers.push(Answered { field: field.clone(), value, at, source });
            }
        }
        answers
    }

    /// What is known of a field without asking: a fact, or the moment.
    fn known(&self, field: &str) -> Option<(Text, Ms, Text)> {
        let (s, by) = (self.s, self.policy(field)?.known_by.as_deref()?);
        let moment = s.moment;
        let here = |value: &Option<Text>| Some((value.clone()?, moment.now, text!("moment:/{by}")));
        match by {
            "language" => return here(&moment.language),
            "matter" => return here(&moment.matter),
            "country" => return here(&moment.country),
            _ => {}
        }
        let text = |value: &Value| match value {
            Value::Bool(value) => text!("{value}"),
            Value::Int(value) => text!("{value}"),
            Value::Text(value) => value.clone(),
        };
        if let Some(value) = moment.facts.get(by) {
            return Some((text(value), moment.now, text!("moment:/facts/{by}")));
        }
        let fact = s.history.ledger().facts.iter().find(|fact| fact.name == by)?;
        let source = s.history.events().get(fact.event).map(|it| it.source.clone());
        fact.is_fresh(moment.now).then(|| (text(&fact.value), fact.at, source.unwrap_or_default()))
    }

    /// Fields nobody asks: answered, known, or rather not said.
    pub(crate) fn settled(&self) -> Vec<Text> {
        let mut fields: Vec<Text> = self.answered().into_iter().map(|it| it.field).collect();
        // Answered is answered, whether or not anybody wrote down what.
        let told = || self.s.history.asks();
        let answered = told()
            .filter(|(_, at, ask)| ask.step == AskStep::Answered && self.is_good(&ask.field, *at));
        let since = self.s.moment.now.minus(self.s.policy.routes.asking.refusal_ms);
        let refused = told().filter(|(_, at, ask)| ask.step == AskStep::Refused && *at > since);
        for (_, _, ask) in answered.chain(refused) {
            if !fields.contains(&ask.field) {
                fields.push(ask.field.clone());
            }
        }
        fields
    }

    /// What was put to the person and not answered since, or is about to be and is not known.
    pub(crate) fn open(&self) -> Vec<Text> {
        let settled = self.settled();
        self.s.moment.wants.iter().filter(|field| !settled.contains(field)).cloned().collect()
    }

    /// The one question that helps now, of those the page is about to ask.
    pub(crate) fn question(
        &self,
        objections: &Objections,
        route: Route,
        needed: bool,
    ) -> Option<Question> {
        let s = self.s;
        // Whoever is in good hands is asked by them. Help comes before questions.
        let handled = s.moment.handled_by.is_some() || s.moment.automated == Some(true);
        if handled || needed && route == Route::None {
            return None;
        }
        let here = |at: Ms| at >= s.visit.started_at();
        let told = self.s.history.asks();
        let asked: Vec<&str> = told
            .filter(|(_, at, ask)| ask.step == AskStep::Asked && here(*at))
            .map(|(_, _, ask)| ask.field.as_str())
            .collect();
        if asked.len() >= usize::from(s.policy.routes.asking.per_visit) {
            return None;
        }
        let pressing = s.scores.friction_is_high(s.policy)
            || s.scores.urgency_class == UrgencyClass::Hard
            || objections.objects(Purpose::Pitch, GuardId::Sensitive);
        let fits = |field: &Text| {
            let Some(p) = self.policy(field) else { return !pressing };
            (!pressing || p.identifies == Some(true))
                && (p.routes.is_empty() || p.routes.contains(&route))
                && (p.matters.is_empty()
                    || s.moment.matter.as_ref().is_some_and(|it| p.matters.contains(it)))
                && p.needs.is_none_or(|needs| s.may(needs))
        };
        let open = self.open();
        let useful = open.iter().filter(|field| !asked.contains(&field.as_str()) && fits(field));
        let order = |field: &&Text| self.policy(field).map_or(i32::MAX, |p| p.order);
        let field = useful.min_by_key(order)?;
        let code = format!("ask:{field}");
        let own = self.policy(field).map(|p| p.why.as_str());
        let language = s.moment.language.as_deref();
        let why = match own {
            Some(why) => s.policy.said(&code, language, why),
            None => s.policy.said("ask", language, "ask"),
        };
        Some(Question { field: field.clone(), why: why.into() })
    }

    /// Cards, accounts and passwords: nobody who helps needs them in a packet.
    fn redact(&self, field: &str, value: &str) -> Text {
        if secret::is_secret(&self.s.policy.routes.handoff, field, value) {
            let language = self.s.moment.language.as_deref();
            return self.s.policy.said("withheld", language, "withheld").into();
        }
        value.into()
    }
}
