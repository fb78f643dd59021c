//! What follows a backslash.
//!
//! Comes in: the pattern behind the backslash. Goes out: a character, a class, or quoted text.

use super::PatternError;
use super::translate::wrong;

/// What a backslash makes.
pub enum Escape<'a> {
    /// This character and no other.
    Literal(char),
    /// One of several characters.
    Class(String),
    /// A place between characters.
    Assertion(String),
    /// `\Q...\E`
    Quoted(&'a str),
}

const INVALID: &str = "invalid escape sequence";

/// Reads an escape that stands outside of a class.
pub fn scan_escape<'a>(rest: &mut &'a str) -> Result<Escape<'a>, PatternError> {
    let assertion = match rest.as_bytes().first() {
        Some(b'A') => r"\A",
        Some(b'z') => r"\z",
        Some(b'b') => r"(?-u:\b)",
        Some(b'B') => r"(?-u:\B)",
        Some(b'Q') => {
            let (quoted, after) = rest[1..].split_once(r"\E").unwrap_or((&rest[1..], ""));
            *rest = after;
            return Ok(Escape::Quoted(quoted));
        }
        _ => return scan_class_escape(rest),
    };
    *rest = &rest[1..];
    Ok(Escape::Assertion(assertion.to_owned()))
}

/// Reads an escape that may stand in a class.
pub fn scan_class_escape<'a>(rest: &mut &'a str) -> Result<Escape<'a>, PatternError> {
    let before = *rest;
    let mut characters = rest.chars();
    let Some(first) = characters.next() else {
        return Err(wrong("trailing backslash at end of expression", ""));
    };
    *rest = characters.as_str();
    let class = match first {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        'w' => "[0-9A-Za-z_]",
        'W' => "[^0-9A-Za-z_]",
        's' => r"[\t\n\x0C\r ]",
        'S' => r"[^\t\n\x0C\r ]",
        'p' | 'P' => return unicode_class(first, before, rest).map(Escape::Class),
        _ => return character(first, before, rest).map(Escape::Literal),
    };
    Ok(Escape::Class(class.to_owned()))
}

/// `\pL`, `\p{Greek}` or `\p{^Greek}`.
fn unicode_class(first: char, before: &str, rest: &mut &str) -> Result<String, PatternError> {
    let invalid = || wrong("invalid character class range", before);
    let (name, after) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}').ok_or_else(invalid)?,
        None => {
            let length = rest.chars().next().ok_or_else(invalid)?.len_utf8();
            rest.split_at(length)
        }
    };
    *rest = after;
    let negated = name.starts_with('^') != (first == 'P');
    let name = name.strip_prefix('^').unwrap_or(name);
    let known = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    match (known, negated) {
        (false, _) => Err(invalid()),
        (true, true) => Ok(format!(r"\P{{{name}}}")),
        (true, false) => Ok(format!(r"\p{{{name}}}")),
    }
}

fn character(first: char, before: &str, rest: &mut &str) -> Result<char, PatternError> {
    let invalid = || wrong(INVALID, before);
    match first {
        '1'..='7' if !rest.starts_with(|next| matches!(next, '0'..='7')) => Err(invalid()),
        '0'..='7' => Ok(octal(first, rest)),
        'x' => hexadecimal(rest).ok_or_else(invalid),
        'a' => Ok('\x07'),
        'f' => Ok('\x0c'),
        'n' => Ok('\n'),
        'r' => Ok('\r'),
        't' => Ok('\t'),
        'v' => Ok('\x0b'),
        other if other.is_ascii() && !other.is_ascii_alphanumeric() => Ok(other),
        _ => Err(invalid()),
    }
}

/// Up to three digits.
fn octal(first: char, rest: &mut &str) -> char {
    let mut code = first.to_digit(8).unwrap_or_default();
    for _ in 0..2 {
        let Some(digit) = rest.chars().next().and_then(|next| next.to_digit(8)) else {
            break;
        };
        code = code * 8 + digit;
        *rest = &rest[1..];
    }
    char::from_u32(code).unwrap_or('\0')
}

/// `\x41` or `\x{263a}`.
fn hexadecimal(rest: &mut &str) -> Option<char> {
    let (digits, after) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => rest.split_at_checked(2)?,
    };
    let digit = |byte: u8| byte.is_ascii_hexdigit();
    if digits.is_empty() || !digits.bytes().all(digit) {
        return None;
    }
    let code = u32::from_str_radix(digits.trim_start_matches('0'), 16).or_else(|_| match digits {
        zeros if zeros.bytes().all(|byte| byte == b'0') => Ok(0),
        _ => Err(()),
    });
    *rest = after;
    char::from_u32(code.ok()?)
}

/// Writes a character so that it means itself, in a class too.
pub fn literal(out: &mut String, character: char) {
    match character.is_ascii_alphanumeric() || !character.is_ascii() {
        true => out.push(character),
        false => out.push_str(&format!(r"\x{{{:x}}}", u32::from(character))),
    }
}
