//! `some_words` as `SomeWords`. Source: xstrings, `convert.go`.

use super::word::is_connector;
use crate::arguments::text;
use crate::letters::{is_upper, to_lower, to_upper};
use crate::runes;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

/// Joined words, each starting with an upper case letter. Connectors in front stay, and one less
/// than there are where several follow each other.
pub(super) fn camelcase(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut characters = runes::all(text(arguments, 0));
    let mut result = Vec::new();
    let Some(first) = push_leading(&mut result, &mut characters) else {
        return Ok(Value::Text(result.into()));
    };
    let mut upper_run = is_upper(first);
    let mut previous = to_upper(first);
    for character in characters {
        let mut current = character;
        if is_connector(previous) {
            if is_connector(current) {
                runes::push(&mut result, previous);
            } else {
                upper_run = is_upper(current);
                current = to_upper(current);
            }
        } else {
            upper_run = upper_run && is_upper(current);
            if upper_run {
                current = to_lower(current);
            }
            runes::push(&mut result, previous);
        }
        previous = current;
    }
    runes::push(&mut result, previous);
    Ok(Value::Text(result.into()))
}

/// Copies the connectors in front; gives the first other character, if there is one.
fn push_leading(result: &mut Vec<u8>, characters: &mut impl Iterator<Item = char>) -> Option<char> {
    for character in characters {
        if !is_connector(character) {
            return Some(character);
        }
        runes::push(result, character);
    }
    repeat_last(result);
    None
}

/// Of connectors alone the library writes the last one twice.
fn repeat_last(result: &mut Vec<u8>) {
    if let Some((character, _)) = runes::last(result) {
        runes::push(result, character);
    }
}
