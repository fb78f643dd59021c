//! Floats as go-yaml recognises them.
//!
//! Comes in: text without underscores. Goes out: the float. One too large for 64 bits is text.

use super::Resolved;

/// Text that starts with a point, which Go's `strconv` alone judges: it takes underscores between
/// digits.
pub fn go(text: &str) -> Option<f64> {
    if !text.contains('_') {
        return finite(text);
    }
    let between_digits = |at: usize| {
        let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + 1..]);
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        is_digit(before.last()) && is_digit(after.first())
    };
    let allowed = text.match_indices('_').all(|(at, _)| between_digits(at));
    allowed.then(|| finite(&text.replace('_', "")))?
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|float: &f64| float.is_finite())
}

/// `1.5`, `1.`, `-.5e3`: YAML's decimal form.
pub fn yaml(text: &str) -> Option<Resolved> {
    if !has_form(text.as_bytes()) {
        return None;
    }
    finite(text).map(Resolved::Float)
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn has_form(text: &[u8]) -> bool {
    let rest = without_sign(text);
    let (whole, rest) = split_digits(rest);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest),
        _ => (0, rest),
    };
    if whole + fraction == 0 {
        return false;
    }
    match rest {
        [] => true,
        [b'e' | b'E', exponent @ ..] => {
            let (digits, rest) = split_digits(without_sign(exponent));
            digits > 0 && rest.is_empty()
        }
        _ => false,
    }
}

fn without_sign(text: &[u8]) -> &[u8] {
    match text {
        [b'+' | b'-', rest @ ..] => rest,
        _ => text,
    }
}

fn split_digits(text: &[u8]) -> (usize, &[u8]) {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits, &text[digits..])
}
