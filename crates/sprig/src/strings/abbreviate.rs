//! Texts cut short, with three dots where something is missing. Source: goutils, `stringutils.go`.

use crate::arguments::{any, int, text};
use crate::signature::Outcome;
use gotemplate::{Call, Value};

pub(super) fn abbrev(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (width, source) = (int(arguments, 0), text(arguments, 1));
    if width < 4 {
        return Ok(any(arguments, 1).clone());
    }
    Ok(Value::Text(abbreviate(source, 0, width).into()))
}

pub(super) fn abbrevboth(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (left, right, source) = (int(arguments, 0), int(arguments, 1), text(arguments, 2));
    if right < 4 || left > 0 && right < 7 {
        return Ok(any(arguments, 2).clone());
    }
    Ok(Value::Text(abbreviate(source, left, right).into()))
}

/// The part around an offset, no longer than a width of four or more.
fn abbreviate(source: &[u8], offset: i64, width: i64) -> Vec<u8> {
    let length = i64::try_from(source.len()).unwrap_or(i64::MAX);
    if length <= width {
        return source.to_vec();
    }
    let kept = width - 3;
    let mut offset = offset.min(length);
    if length.saturating_sub(offset) < kept {
        offset = length - kept;
    }
    if offset <= 4 {
        return [piece(source, 0, kept), b"..."].concat();
    }
    if width < 7 {
        return Vec::new();
    }
    if offset + kept < length {
        let rest = abbreviate(piece(source, offset, length), 0, kept);
        return [b"...".as_slice(), &rest].concat();
    }
    [b"...".as_slice(), piece(source, length - kept, length)].concat()
}

fn piece(source: &[u8], from: i64, to: i64) -> &[u8] {
    let at = |bound: i64| usize::try_from(bound).unwrap_or(0);
    source.get(at(from)..at(to)).unwrap_or_default()
}
