//! Texts taken apart and put together.

use crate::arguments::{any, int, text};
use crate::bounds::{check_items, check_text};
use crate::runes;
use crate::signature::Outcome;
use crate::strval::strslice;
use gotemplate::{Call, ElementType, FunctionError, List, Map, Text, Value};
use memchr::memmem;

/// Parts by number, under the keys `_0`, `_1` and so on.
pub(super) fn split(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let parts = parts(text(arguments, 1), text(arguments, 0), usize::MAX)?;
    Ok(numbered(parts))
}

/// The same, but no more than so many parts.
pub(super) fn splitn(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let most = usize::try_from(int(arguments, 1)).unwrap_or(usize::MAX);
    let parts = parts(text(arguments, 2), text(arguments, 0), most)?;
    Ok(numbered(parts))
}

pub(super) fn split_list(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let parts = parts(text(arguments, 1), text(arguments, 0), usize::MAX)?;
    Ok(List::texts(parts).into())
}

pub(super) fn to_strings(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let value = any(arguments, 0);
    if value
        .as_list()
        .is_some_and(|list| list.element_type() == ElementType::Text)
    {
        return Ok(value.clone());
    }
    Ok(List::texts(strslice(value)).into())
}

pub(super) fn join(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (separator, parts) = (text(arguments, 0), strslice(any(arguments, 1)));
    let between = separator.len().saturating_mul(parts.len());
    let length = parts.iter().map(Text::len).sum::<usize>() + between;
    check_text(length)?;
    let mut joined = Vec::with_capacity(length);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            joined.extend_from_slice(separator);
        }
        joined.extend_from_slice(part.as_bytes());
    }
    Ok(Value::Text(joined.into()))
}

/// The parts between separators, no more than so many; an empty separator parts characters.
fn parts<'a>(
    source: &'a [u8],
    separator: &[u8],
    most: usize,
) -> Result<Vec<&'a [u8]>, FunctionError> {
    let mut parts = Vec::new();
    let mut rest = source;
    if most == 0 || separator.is_empty() && source.is_empty() {
        return Ok(parts);
    }
    while parts.len() + 1 < most {
        let Some((end, next)) = cut(rest, separator) else {
            break;
        };
        check_items(parts.len())?;
        parts.push(&rest[..end]);
        rest = &rest[next..];
    }
    parts.push(rest);
    Ok(parts)
}

/// Where the first part ends and where the next begins.
fn cut(rest: &[u8], separator: &[u8]) -> Option<(usize, usize)> {
    if separator.is_empty() {
        let end = runes::width(rest);
        return (end < rest.len()).then_some((end, end));
    }
    let end = memmem::find(rest, separator)?;
    Some((end, end + separator.len()))
}

fn numbered(parts: Vec<&[u8]>) -> Value {
    let entry = |(number, part): (usize, &[u8])| {
        let key = Text::from(format!("_{number}"));
        (key, Value::Text(part.into()))
    };
    let entries = parts.into_iter().enumerate().map(entry);
    Map::of(ElementType::Text, None, entries.collect()).into()
}
