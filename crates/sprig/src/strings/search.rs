//! Texts in texts.

use crate::arguments::{any, text};
use crate::bounds::check_text;
use crate::runes;
use crate::signature::Outcome;
use gotemplate::{Call, FunctionError, Value};
use memchr::memmem;

pub(super) fn contains(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let found = memmem::find(text(arguments, 1), text(arguments, 0));
    Ok(Value::Bool(found.is_some()))
}

pub(super) fn has_prefix(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(
        text(arguments, 1).starts_with(text(arguments, 0)),
    ))
}

pub(super) fn has_suffix(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(
        text(arguments, 1).ends_with(text(arguments, 0)),
    ))
}

pub(super) fn replace(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (old, new, source) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    if old == new || memmem::find(source, old).is_none() {
        return Ok(any(arguments, 2).clone());
    }
    Ok(Value::Text(replace_all(source, old, new)?.into()))
}

/// Every occurrence replaced; an empty text occurs around every character.
fn replace_all(source: &[u8], old: &[u8], new: &[u8]) -> Result<Vec<u8>, FunctionError> {
    let mut result = Vec::with_capacity(source.len());
    let mut from = 0;
    let mut push = |until: usize, next: usize| {
        check_text(result.len() + (until - from) + new.len())?;
        result.extend_from_slice(&source[from..until]);
        result.extend_from_slice(new);
        from = next;
        Ok::<_, FunctionError>(())
    };
    if old.is_empty() {
        let mut at = 0;
        push(at, at)?;
        while at < source.len() {
            at += runes::width(&source[at..]);
            push(at, at)?;
        }
    } else {
        for at in memmem::find_iter(source, old) {
            push(at, at + old.len())?;
        }
    }
    result.extend_from_slice(&source[from..]);
    Ok(result)
}
