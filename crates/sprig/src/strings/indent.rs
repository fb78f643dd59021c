//! The same text many times: as such, and in front of lines.

use crate::arguments::{int, text};
use crate::bounds::check_text;
use crate::panics;
use crate::signature::Outcome;
use gotemplate::{Call, FunctionError, Value};
use memchr::memchr_iter;

pub(super) fn repeat(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let unit = text(arguments, 1);
    let count = count(int(arguments, 0))?;
    check_text(unit.len().saturating_mul(count))?;
    Ok(Value::Text(unit.repeat(count).into()))
}

pub(super) fn indent(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    indented(b"", arguments)
}

pub(super) fn nindent(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    indented(b"\n", arguments)
}

/// The text with spaces in front of every line, empty ones too, after a prefix.
fn indented(prefix: &[u8], arguments: &[Value]) -> Outcome {
    let source = text(arguments, 1);
    let spaces = count(int(arguments, 0))?;
    let lines = memchr_iter(b'\n', source).count() + 1;
    let length = prefix.len() + source.len() + lines.saturating_mul(spaces);
    check_text(length)?;
    let mut result = Vec::with_capacity(length);
    result.extend_from_slice(prefix);
    let mut from = 0;
    for end in memchr_iter(b'\n', source) {
        push_line(&mut result, spaces, &source[from..=end]);
        from = end + 1;
    }
    push_line(&mut result, spaces, &source[from..]);
    Ok(Value::Text(result.into()))
}

fn push_line(result: &mut Vec<u8>, spaces: usize, line: &[u8]) {
    result.resize(result.len() + spaces, b' ');
    result.extend_from_slice(line);
}

fn count(times: i64) -> Result<usize, FunctionError> {
    usize::try_from(times).map_err(|_| panics::negative_repeat())
}
