//! Parts of texts, counted in bytes.

use crate::arguments::{any, int, text};
use crate::panics;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

/// The first bytes; the last ones for a negative count.
pub(super) fn trunc(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (count, source) = (int(arguments, 0), text(arguments, 1));
    let amount = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if amount >= source.len() {
        return Ok(any(arguments, 1).clone());
    }
    let kept = match count {
        ..0 => &source[source.len() - amount..],
        _ => &source[..amount],
    };
    Ok(Value::Text(kept.into()))
}

pub(super) fn substr(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (start, end, source) = (int(arguments, 0), int(arguments, 1), text(arguments, 2));
    let length = source.len();
    let from = usize::try_from(start).ok();
    let to = usize::try_from(end).ok().filter(|end| *end <= length);
    let part = match (from, to) {
        (None, Some(end)) => &source[..end],
        (None, None) => return Err(panics::slice_end(end, length)),
        (Some(from), to) => {
            let end = to.unwrap_or(length);
            let part = source.get(from..end);
            part.ok_or_else(|| panics::slice_start(start, end))?
        }
    };
    Ok(Value::Text(part.into()))
}
