//! Whether a proposal is what it claims to be. The purpose is the approved template's, not a flag on
//! a send; a host's own text keeps its claim only while it says nothing that sells or begs.

use super::{GuardId, Objections, Situation};
use crate::decision::ReasonCode;
use crate::event::{Purpose, Route};
use crate::shape::Table;
use crate::{Text, literal, text};

pub(super) fn guard(s: &Situation<'_>, out: &mut Objections) {
    let Some(proposal) = &s.moment.proposal else { return };
    let purpose = proposal.purpose;
    let p = &s.policy.guards.phrases;
    let text = proposal.text.as_deref().unwrap_or_default();
    if let Some((list, phrase)) = said(&p.begging, text).filter(|_| purpose == Purpose::Survey) {
        let detail = || {
            let rule = text!("policy:/guards/phrases/begging/{list}");
            (text!("phrases.begging: {phrase}"), vec![literal!("moment:/proposal/text"), rule])
        };
        out.refuse(purpose, GuardId::Purpose, ReasonCode::ScoreBegging, detail);
    }
    if purpose == Purpose::Pitch {
        // An offer needs no disguise; a template that nobody approved, or for something else, is none.
        let named = proposal.template.as_ref();
        let approved =
            |id: &Text| s.policy.templates.get(id).is_some_and(|it| it.purpose == purpose);
        if named.is_some_and(|id| !approved(id)) {
            let detail = || (Text::new(), vec![literal!("moment:/proposal/template")]);
            out.refuse(purpose, GuardId::Purpose, ReasonCode::PurposeMismatch, detail);
        }
        return;
    }
    // Help on the open page is asked for by being there; away from it, it reaches out.
    if purpose == Purpose::Assist && !proposal.channel.is_open_page() {
        let detail = || (Text::new(), vec![literal!("moment:/proposal/channel")]);
        out.refuse(purpose, GuardId::Purpose, ReasonCode::PurposeMismatch, detail);
        out.judge_as(Purpose::ReachOutHelp, purpose);
    }
    let sells = said(&p.promotional, text);
    let incentive = proposal.offer.as_ref().is_some_and(|offer| s.is_incentive(offer));
    let template = proposal.template.as_ref().map(|id| s.policy.templates.get(id));
    // Who has not asked for a seller is sold to.
    let seller = proposal.route == Some(Route::AccountManager) && !s.asks_to_buy();
    let mismatch = match template {
        Some(Some(template)) => template.purpose != purpose,
        Some(None) => true,
        None => false,
    };
    if !mismatch && !incentive && !seller && sells.is_none() {
        return;
    }
    let detail = || {
        let mut evidence = vec![literal!("moment:/proposal")];
        evidence.extend(sells.map(|(list, _)| text!("policy:/guards/phrases/promotional/{list}")));
        let phrase = sells.map(|(_, phrase)| text!("phrases.promotional: {phrase}"));
        let offer = || proposal.offer.as_ref().filter(|_| incentive);
        let name = phrase.or_else(|| offer().map(|offer| text!("offers.{offer}.incentive")));
        (name.unwrap_or_default(), evidence)
    };
    out.refuse(purpose, GuardId::Purpose, ReasonCode::PurposeMismatch, detail);
    // Whatever it is called, it is judged as what it is.
    out.judge_as(Purpose::Pitch, purpose);
}

/// The first phrase that a text says, with the language it is listed under.
fn said<'a>(phrases: &'a Table<Vec<Text>>, text: &str) -> Option<(&'a str, &'a str)> {
    if text.is_empty() {
        return None;
    }
    let text = plain(text);
    let mut all = phrases.iter().flat_map(|(list, all)| all.iter().map(move |each| (list, each)));
    all.find(|(_, phrase)| has(&text, phrase))
        .map(|(list, phrase)| (list.as_str(), phrase.as_str()))
}

/// Lower case, one space between words: as phrases are written in a policy.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// Whether a text has a phrase as whole words: "a 10" is not in "a 100".
fn has(text: &str, phrase: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (phrase.chars().next(), phrase.chars().next_back());
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|after| after.chars().next());
        let within = word(before) && word(first) || word(after) && word(last);
        !within
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_in_any_case_and_spacing() {
        assert!(has(&plain("Please give us\n A  10!"), "a 10"));
        assert!(!has(&plain("a 100 percent"), "a 10"));
        assert!(has(&plain("20% off"), "% off") && !has(&plain("20% offered"), "% off"));
        assert!(has(&plain("HÖCHSTE PUNKTZAHL"), "höchste punktzahl"));
    }
}
