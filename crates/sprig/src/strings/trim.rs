//! Texts without their ends.

use crate::arguments::{any, text};
use crate::runes;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

pub(super) fn trim(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let source = text(arguments, 0);
    Ok(same_or(arguments, 0, between(source, char::is_whitespace)))
}

/// Without any of some characters at both ends.
pub(super) fn trim_all(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (cutset, source) = (text(arguments, 0), text(arguments, 1));
    let cutset: Vec<char> = runes::all(cutset).collect();
    Ok(same_or(
        arguments,
        1,
        between(source, |c| cutset.contains(&c)),
    ))
}

pub(super) fn trim_suffix(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (suffix, source) = (text(arguments, 0), text(arguments, 1));
    let kept = source.strip_suffix(suffix).unwrap_or(source);
    Ok(same_or(arguments, 1, kept))
}

pub(super) fn trim_prefix(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (prefix, source) = (text(arguments, 0), text(arguments, 1));
    let kept = source.strip_prefix(prefix).unwrap_or(source);
    Ok(same_or(arguments, 1, kept))
}

/// Without white space anywhere. The library takes each byte for a character: where it removes
/// anything, what is not ASCII comes out garbled.
pub(super) fn nospace(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let source = text(arguments, 0);
    let characters = || source.iter().map(|byte| char::from(*byte));
    if !characters().any(char::is_whitespace) {
        return Ok(any(arguments, 0).clone());
    }
    let kept: String = characters().filter(|c| !c.is_whitespace()).collect();
    Ok(Value::Text(kept.into()))
}

fn between(mut source: &[u8], unwanted: impl Fn(char) -> bool) -> &[u8] {
    while let Some((character, width)) = runes::first(source) {
        if !unwanted(character) {
            break;
        }
        source = &source[width..];
    }
    while let Some((character, width)) = runes::last(source) {
        if !unwanted(character) {
            break;
        }
        source = &source[..source.len() - width];
    }
    source
}

/// The argument itself where nothing was taken off: no copy.
fn same_or(arguments: &[Value], at: usize, kept: &[u8]) -> Value {
    if kept.len() == text(arguments, at).len() {
        return any(arguments, at).clone();
    }
    Value::Text(kept.into())
}
