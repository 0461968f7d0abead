//! What is too secret to be passed on, by the name of the field or by how the value looks.

use crate::program::HandoffPolicy;
use core::ops::RangeInclusive;

/// Digits of a payment card, at most (ISO/IEC 7812).
const CARD: usize = 19;
/// Characters of an IBAN (ISO 13616).
const IBAN: RangeInclusive<usize> = 15..=34;

/// Whether an answer is a password, a card or an account.
pub(super) fn is_secret(p: &HandoffPolicy, field: &str, value: &str) -> bool {
    let secret = |word: &String| p.secret_words.iter().any(|it| it == word);
    let whole = words(field).concat();
    secret(&whole)
        || words(field).iter().any(secret)
        || words(value).iter().any(secret)
        || has_card(value, usize::from(p.secret_digits))
        || has_iban(value)
}

/// The words of a name or a text, in lower case; `camelCase` is two.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_is_lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && before_is_lower {
            words.push(String::new());
        }
        before_is_lower = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Digits in groups, some of which together pass the check of card numbers (Luhn): an expiry and a code may stand
/// beside them. A number is written in groups of four or more, but for its last. What begins with a plus is called.
fn has_card(value: &str, least: usize) -> bool {
    let is_card = |digits: &[u32], ends: &[usize]| {
        let lengths = ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| to - from);
        lengths.rev().skip(1).all(|length| length >= 4) && luhn(digits)
    };
    let mut run = Run::default();
    let mut dialled = false;
    for c in value.chars().chain([END]) {
        match c.to_digit(10) {
            Some(digit) => run.add(digit),
            None if joins(c) => run.part(),
            None => {
                if run.ends(least..=CARD, is_card) && !dialled {
                    return true;
                }
                dialled = c == '+';
            }
        }
    }
    false
}

/// What no text has.
const END: char = '\0';

/// What people write between the groups of one number: spaces, points and dashes of any kind.
fn joins(c: char) -> bool {
    matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}') || c.is_whitespace()
}

/// Digits or letters that belong together, in groups.
struct Run<T> {
    all: Vec<T>,
    /// Where groups end, and the first begins.
    parts: Vec<usize>,
}

impl<T> Default for Run<T> {
    fn default() -> Self {
        Self { all: Vec::new(), parts: vec![0] }
    }
}

impl<T> Run<T> {
    fn add(&mut self, one: T) {
        self.all.push(one);
    }

    /// A group is over, if it has begun.
    fn part(&mut self) {
        if self.parts.last() != Some(&self.all.len()) {
            self.parts.push(self.all.len());
        }
    }

    /// The run is over: whether some of its groups, so long together, are it.
    fn ends(&mut self, long: RangeInclusive<usize>, is: impl Fn(&[T], &[usize]) -> bool) -> bool {
        self.part();
        let Self { all, parts } = core::mem::take(self);
        parts.iter().enumerate().any(|(i, from)| {
            let ends = parts.iter().enumerate().skip(i + 1);
            let mut ends = ends.take_while(|(_, to)| *to - from <= *long.end());
            ends.any(|(j, to)| {
                let stretch = all.get(*from..*to).zip(parts.get(i..=j));
                to - from >= *long.start() && stretch.is_some_and(|(all, ends)| is(all, ends))
            })
        })
    }
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| match (i % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The form of an IBAN by itself, or its check digits within a text.
fn has_iban(value: &str) -> bool {
    let is_iban = |account: &[char], _: &[usize]| is_account(account) && checks(account);
    let mut run = Run::default();
    for c in value.chars().chain([END]) {
        if c.is_ascii_alphanumeric() {
            run.add(c.to_ascii_uppercase());
        } else if joins(c) {
            run.part();
        } else if run.ends(IBAN, is_iban) {
            return true;
        }
    }
    let compact: Vec<char> = value.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = value.split_whitespace().map(|part| part.chars().collect()).chain([compact]);
    parts.any(|part: Vec<char>| {
        let letters = part.iter().filter(|c| c.is_ascii_uppercase()).count();
        IBAN.contains(&part.len()) && is_account(&part) && letters * 2 < part.len()
    })
}

/// Two letters, two digits, and more of both.
fn is_account(part: &[char]) -> bool {
    let Some(([a, b, c, d], rest)) = part.split_first_chunk() else { return false };
    [a, b].iter().all(|c| c.is_ascii_uppercase())
        && [c, d].iter().all(|c| c.is_ascii_digit())
        && rest.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// The check digits of an account are right (ISO 7064): with the first four at the end it is 1 modulo 97.
fn checks(account: &[char]) -> bool {
    let (first, rest) = account.split_at(account.len().min(4));
    let digits = rest.iter().chain(first).filter_map(|c| c.to_digit(36));
    digits.fold(0, |sum, digit| (sum * if digit > 9 { 100 } else { 10 } + digit) % 97) == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;

    fn policy() -> HandoffPolicy {
        let words = ["pin", "password", "securitycode"].map(str::to_owned);
        HandoffPolicy {
            lines: 5,
            tried: 3,
            secret_digits: 13,
            secret_words: words.iter().map(Text::from).collect(),
        }
    }

    #[test]
    fn secrets_are_found_and_nothing_else() {
        for (field, value) in [
            ("pin", "4711"),
            ("newPassword", "x"),
            ("securityCode", "737"),
            ("notes", "my password is hunter2"),
            ("card", "4111 1111 1111 1111"),
            ("notes", "it is 4111-1111-1111-1111, thanks"),
            ("account", "DE02 1203 0000 0000 2020 51"),
            ("account", "DE02120300000000202051"),
            ("notes", "4111 1111 1111 1111 12/27 737"),
            ("notes", "4111111111111111 1227"),
            ("notes", "room 12 4111 1111 1111 1111"),
            ("notes", "4111.1111.1111.1111"),
            ("notes", "4111\u{a0}1111\u{a0}1111\u{a0}1111"),
            ("notes", "4111–1111–1111–1111"),
            ("notes", "please pay it back to DE02 1203 0000 0000 2020 51"),
            ("notes", "DE02 1203 0000 0000 2020 51, Deutsche Kreditbank"),
            ("notes", "to de02120300000000202051."),
            ("notes", "4111 1111\n1111 1111"),
            ("notes", "3782 822463 10005"),
            ("notes", "DE02 1203 0000\r\n0000 2020 51"),
            ("notes", "GB29 NWBK 6016 1331 9268 19 is mine"),
        ] {
            assert!(is_secret(&policy(), field, value), "{field}: {value}");
        }
        for (field, value) in [
            ("shippingAddress", "Hafenstr. 12"),
            ("opinion", "fine"),
            ("phone", "+49 1511 23456789"),
            ("invoice", "123456789012345"),
            ("goal", "finish 3 rosters by 2026"),
            ("reference", "AB12-2026-0001"),
            ("reference", "AB12-2026-0001-0002"),
            ("goal", "from 12.03.2026 to 19.04.2026, or 12.03.2026 19.04.2026"),
            ("reference", "my case AB12 2026 0001 0002 0004 is still open"),
            ("goal", "move 1200, 1300 and 1400 people to plan 25 by 2027"),
        ] {
            assert!(!is_secret(&policy(), field, value), "{field}: {value}");
        }
    }
}
