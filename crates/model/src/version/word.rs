//! The words of a range: an operator, and a version in which a part may be left open.
//!
//! A word is found in front of a text; what follows is left to the caller, who knows what may.

/// A version as ranges write it: `1`, `1.x`, `v1.2.3-rc.1`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// All of it.
    pub text: &'a str,
    /// The parts between the dots.
    pub major: &'a str,
    pub minor: Option<&'a str>,
    pub patch: Option<&'a str>,
    /// With its dash; empty if there is none.
    pub prerelease: &'a str,
}

impl<'a> Word<'a> {
    /// Takes the longest word from the front of a text.
    pub fn take(text: &'a str) -> Option<(Self, &'a str)> {
        let (major, mut rest) = split_run(text.strip_prefix('v').unwrap_or(text), is_number_like);
        if major.is_empty() {
            return None;
        }
        let minor = take_part(&mut rest);
        let patch = take_part(&mut rest);
        let prerelease = take_identifiers(&mut rest, '-');
        take_identifiers(&mut rest, '+');
        let word = Self {
            text: &text[..text.len() - rest.len()],
            major,
            minor,
            patch,
            prerelease,
        };
        Some((word, rest))
    }
}

/// An operator in front of a text, and the rest; the longest that fits comes first.
pub(super) fn take_operator(text: &str) -> (&'static str, &str) {
    const OPERATORS: [&str; 11] = ["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"];
    OPERATORS
        .iter()
        .find_map(|operator| Some((*operator, text.strip_prefix(operator)?)))
        .unwrap_or(("", text))
}

/// Spaces in front of a text taken off.
pub(super) fn skip_spaces(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

/// What `\s` is in Go.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\x0c' | '\r' | ' ')
}

fn take_part<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (part, after) = split_run(rest.strip_prefix('.')?, is_number_like);
    if part.is_empty() {
        return None;
    }
    *rest = after;
    Some(part)
}

/// Identifiers joined by dots after a sign, the sign included.
fn take_identifiers<'a>(rest: &mut &'a str, sign: char) -> &'a str {
    let whole = *rest;
    let Some(mut after) = whole.strip_prefix(sign) else {
        return "";
    };
    loop {
        let (identifier, next) = split_run(after, |c| c.is_ascii_alphanumeric() || c == '-');
        if identifier.is_empty() {
            break;
        }
        *rest = next;
        match next.strip_prefix('.') {
            Some(next) => after = next,
            None => break,
        }
    }
    &whole[..whole.len() - rest.len()]
}

fn split_run(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// The library's pattern lets a single `|` into a number; what comes of it is no version.
fn is_number_like(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '|' | 'x' | 'X' | '*')
}
