//! Classes in brackets.
//!
//! Comes in: the pattern behind `[`. Goes out: the same class with every character spelled so that
//! it means nothing but itself: to Go a bracket, `&&`, `--` or `~~` in a class is text.

use super::PatternError;
use super::escape::{Escape, literal, scan_class_escape};
use super::translate::wrong;

const NAMES: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
];

/// Reads a class up to its closing bracket.
pub fn scan_class(rest: &mut &str, out: &mut String) -> Result<(), PatternError> {
    let before = *rest;
    out.push('[');
    if let Some(after) = rest.strip_prefix('^') {
        *rest = after;
        out.push('^');
    }
    let mut first = true;
    while first || !rest.starts_with(']') {
        first = false;
        if rest.is_empty() {
            return Err(wrong("missing closing ]", before));
        }
        scan_member(rest, out)?;
    }
    *rest = &rest[1..];
    out.push(']');
    Ok(())
}

fn scan_member(rest: &mut &str, out: &mut String) -> Result<(), PatternError> {
    if let Some(name) = scan_name(rest)? {
        out.push_str(&name);
        return Ok(());
    }
    let before = *rest;
    let low = match scan_character(rest)? {
        Escape::Literal(character) => character,
        Escape::Class(class) | Escape::Assertion(class) => {
            out.push_str(&class);
            return Ok(());
        }
        Escape::Quoted(_) => return Err(wrong("invalid escape sequence", before)),
    };
    literal(out, low);
    scan_range(low, rest, out)
}

/// The end of a range, if there is one: `[a-]` is an a or a hyphen.
fn scan_range(low: char, rest: &mut &str, out: &mut String) -> Result<(), PatternError> {
    let before = *rest;
    match rest.strip_prefix('-') {
        Some(after) if !after.starts_with(']') && !after.is_empty() => *rest = after,
        _ => return Ok(()),
    }
    let high = match scan_character(rest)? {
        Escape::Literal(high) if high >= low => high,
        _ => return Err(wrong("invalid character class range", before)),
    };
    out.push('-');
    literal(out, high);
    Ok(())
}

fn scan_character<'a>(rest: &mut &'a str) -> Result<Escape<'a>, PatternError> {
    let mut characters = rest.chars();
    let Some(first) = characters.next() else {
        return Err(wrong("missing closing ]", ""));
    };
    *rest = characters.as_str();
    match first {
        '\\' => scan_class_escape(rest),
        other => Ok(Escape::Literal(other)),
    }
}

/// `[:alpha:]` or `[:^alpha:]`.
fn scan_name(rest: &mut &str) -> Result<Option<String>, PatternError> {
    let Some((name, after)) = rest
        .strip_prefix("[:")
        .and_then(|text| text.split_once(":]"))
    else {
        return Ok(None);
    };
    if !NAMES.contains(&name.strip_prefix('^').unwrap_or(name)) {
        return Err(wrong("invalid character class range", rest));
    }
    *rest = after;
    Ok(Some(format!("[:{name}:]")))
}
