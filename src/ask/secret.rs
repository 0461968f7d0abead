//! What is too secret to be passed on, by the name of the field or by how the value looks.

use crate::program::HandoffPolicy;

/// Digits of a payment card, at most (ISO/IEC 7812).
const CARD: usize = 19;
/// Characters of an IBAN (ISO 13616).
const IBAN: core::ops::RangeInclusive<usize> = 15..=34;

/// Whether an answer is a password, a card or an account.
pub(super) fn is_secret(p: &HandoffPolicy, field: &str, value: &str) -> bool {
    let secret = |word: &String| p.secret_words.contains(word);
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

/// A run of digits that passes the check of card numbers (Luhn). What begins with a plus is called.
fn has_card(value: &str, least: usize) -> bool {
    let mut run: Vec<u32> = Vec::new();
    let mut dialled = false;
    for c in value.chars().chain(['\n']) {
        match c.to_digit(10) {
            Some(digit) => run.push(digit),
            None if matches!(c, ' ' | '-') => {}
            None => {
                if !dialled && (least..=CARD).contains(&run.len()) && luhn(&run) {
                    return true;
                }
                run.clear();
                dialled = c == '+';
            }
        }
    }
    false
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

/// Two letters, two digits and a long account.
fn has_iban(value: &str) -> bool {
    let compact: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let parts = value.split_whitespace().map(str::to_owned).chain([compact]);
    parts.into_iter().any(|part| {
        let mut chars = part.chars();
        let country = chars.by_ref().take(2).filter(char::is_ascii_uppercase).count() == 2;
        let check = chars.by_ref().take(2).filter(char::is_ascii_digit).count() == 2;
        let rest: Vec<char> = chars.collect();
        let digits = rest.iter().filter(|c| c.is_ascii_digit()).count();
        country
            && check
            && IBAN.contains(&part.chars().count())
            && rest.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
            && digits * 2 > rest.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> HandoffPolicy {
        let words = ["pin", "password", "securitycode"].map(str::to_owned);
        HandoffPolicy { lines: 5, tried: 3, secret_digits: 13, secret_words: words.to_vec() }
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
        ] {
            assert!(!is_secret(&policy(), field, value), "{field}: {value}");
        }
    }
}
