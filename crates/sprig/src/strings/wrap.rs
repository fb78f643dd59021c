//! Lines of a width. Source: goutils, `wordutils.go`.

use crate::arguments::{int, text};
use crate::bounds::check_text;
use crate::signature::Outcome;
use gotemplate::{Call, Value};
use memchr::{memchr, memrchr};

/// Wraps at spaces; what is longer than a line stays whole.
pub(super) fn wrap(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    wrapped(text(arguments, 1), int(arguments, 0), b"\n", false)
}

/// Wraps at spaces and, where there are none, anywhere.
pub(super) fn wrap_with(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let separator = match text(arguments, 1) {
        b"" => b"\n",
        separator => separator,
    };
    wrapped(text(arguments, 2), int(arguments, 0), separator, true)
}

fn wrapped(source: &[u8], width: i64, separator: &[u8], anywhere: bool) -> Outcome {
    let width = usize::try_from(width.max(1)).unwrap_or(usize::MAX);
    let mut result = Vec::with_capacity(source.len());
    let mut rest = source;
    while rest.len() > width {
        if let Some(after) = rest.strip_prefix(b" ") {
            rest = after;
            continue;
        }
        let (line, after) = split_line(rest, width, anywhere);
        check_text(result.len() + line.len() + separator.len())?;
        result.extend_from_slice(line);
        if after.is_some() {
            result.extend_from_slice(separator);
        }
        rest = after.unwrap_or_default();
    }
    result.extend_from_slice(rest);
    Ok(Value::Text(result.into()))
}

/// The next line and what follows it; nothing if this is the last one.
fn split_line(rest: &[u8], width: usize, anywhere: bool) -> (&[u8], Option<&[u8]>) {
    if let Some(space) = memrchr(b' ', &rest[..=width]) {
        return (&rest[..space], Some(&rest[space + 1..]));
    }
    if anywhere {
        return (&rest[..width], Some(&rest[width..]));
    }
    match memchr(b' ', &rest[width..]) {
        Some(space) => (&rest[..width + space], Some(&rest[width + space + 1..])),
        None => (rest, None),
    }
}
