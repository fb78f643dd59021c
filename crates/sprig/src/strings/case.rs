//! Upper and lower case, one character for one.

use crate::arguments::text;
use crate::letters::{is_digit, is_letter, is_lower, is_title, is_upper};
use crate::letters::{to_lower, to_title, to_upper};
use crate::runes;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

pub(super) fn upper(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let source = text(arguments, 0);
    if source.is_ascii() {
        return Ok(Value::Text(source.to_ascii_uppercase().into()));
    }
    Ok(Value::Text(runes::map(source, to_upper).into()))
}

pub(super) fn lower(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let source = text(arguments, 0);
    if source.is_ascii() {
        return Ok(Value::Text(source.to_ascii_lowercase().into()));
    }
    Ok(Value::Text(runes::map(source, to_lower).into()))
}

/// Each letter after a separator as a title has it.
pub(super) fn title(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut previous = ' ';
    let change = |c| {
        let changed = if is_separator(previous) {
            to_title(c)
        } else {
            c
        };
        previous = c;
        changed
    };
    Ok(Value::Text(runes::map(text(arguments, 0), change).into()))
}

/// The first letter of each word in lower case.
pub(super) fn untitle(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut starts = true;
    let change = |c: char| {
        let first = starts && !c.is_whitespace();
        starts = c.is_whitespace();
        if first { to_lower(c) } else { c }
    };
    Ok(Value::Text(runes::map(text(arguments, 0), change).into()))
}

pub(super) fn swapcase(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut after_space = true;
    let change = |c: char| {
        let cased = is_upper(c) || is_title(c) || is_lower(c);
        let starts = std::mem::replace(&mut after_space, !cased && c.is_whitespace());
        match c {
            _ if is_upper(c) || is_title(c) => to_lower(c),
            _ if is_lower(c) && starts => to_title(c),
            _ if is_lower(c) => to_upper(c),
            _ => c,
        }
    };
    Ok(Value::Text(runes::map(text(arguments, 0), change).into()))
}

/// The first letter of each word. The library takes each byte for a character.
pub(super) fn initials(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut after_space = true;
    let starts = |c: &char| {
        let space = c.is_whitespace();
        std::mem::replace(&mut after_space, space) && !space
    };
    let characters = text(arguments, 0).iter().map(|byte| char::from(*byte));
    Ok(Value::Text(
        characters.filter(starts).collect::<String>().into(),
    ))
}

fn is_separator(c: char) -> bool {
    match c {
        '_' => false,
        ..='\x7f' => !c.is_ascii_alphanumeric(),
        _ => !is_letter(c) && !is_digit(c) && c.is_whitespace(),
    }
}
