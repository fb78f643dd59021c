//! Hyphen ranges: `1.0 - 2.0` becomes `>= 1.0, <= 2.0 ` before anything else is read.

use super::word::{Word, is_space, skip_spaces};

/// The text with its hyphen ranges written out.
pub(super) fn hyphen_ranges(text: &str) -> String {
    let mut written = text.to_owned();
    let mut rest = text;
    while let Some((found, low, high, after)) = find(rest) {
        let comparisons = format!(">= {low}, <= {high} ");
        written = written.replacen(found, &comparisons, 1);
        rest = after;
    }
    written
}

/// The first range with the spaces around it, its ends, and what follows.
fn find(text: &str) -> Option<(&str, &str, &str, &str)> {
    if !text.contains('-') {
        return None;
    }
    let mut starts = text.char_indices().map(|(at, _)| at);
    starts.find_map(|at| {
        let start = &text[at..];
        let (low, after) = Word::take(skip_spaces(start))?;
        let after = spaces(after)?.strip_prefix('-')?;
        let (high, after) = Word::take(spaces(after)?)?;
        let after = skip_spaces(after);
        let found = &start[..start.len() - after.len()];
        Some((found, low.text, high.text, after))
    })
}

/// What follows one space or more.
fn spaces(text: &str) -> Option<&str> {
    text.starts_with(is_space).then(|| skip_spaces(text))
}
