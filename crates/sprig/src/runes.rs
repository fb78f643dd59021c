//! Texts as Go walks them: by characters, where a byte that is no UTF-8 counts as U+FFFD.

use gotemplate::fmt::{Unit, first_unit, units};

/// What stands for a byte that is no UTF-8.
pub(crate) const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The first character and how many bytes it takes; none at the end.
pub(crate) fn first(bytes: &[u8]) -> Option<(char, usize)> {
    let unit = first_unit(bytes)?;
    Some((unit.char(), unit.width()))
}

/// How many bytes the first character takes; none at the end.
pub(crate) fn width(bytes: &[u8]) -> usize {
    first(bytes).map_or(0, |(_, width)| width)
}

/// All characters.
pub(crate) fn all(bytes: &[u8]) -> impl Iterator<Item = char> {
    units(bytes).map(Unit::char)
}

/// The last character and how many bytes it takes; none if there is none.
pub(crate) fn last(bytes: &[u8]) -> Option<(char, usize)> {
    let length = bytes.len();
    for width in 1..=length.min(4) {
        match first(&bytes[length - width..]) {
            Some((character, taken))
                if taken == width && (width > 1 || character != REPLACEMENT) =>
            {
                return Some((character, width));
            }
            _ => {}
        }
    }
    (length > 0).then_some((REPLACEMENT, 1))
}

/// Each character changed.
pub(crate) fn map(bytes: &[u8], mut change: impl FnMut(char) -> char) -> Vec<u8> {
    let mut changed = Vec::with_capacity(bytes.len());
    for character in all(bytes) {
        push(&mut changed, change(character));
    }
    changed
}

/// Appends a character.
pub(crate) fn push(bytes: &mut Vec<u8>, character: char) {
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}
