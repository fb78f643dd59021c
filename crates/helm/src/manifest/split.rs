//! A rendered file, cut into its documents.
//!
//! Comes in: the text of one file. Goes out: its documents in order. This is no YAML parsing: any
//! line that starts with three dashes ends a document, even inside a block of text, and what
//! follows the dashes on their line belongs to the next one. Source: Helm 4.2,
//! pkg/release/v1/util/manifest.go; Helm 3, pkg/releaseutil/manifest.go.

use crate::Dialect;
use regex::Regex;
use std::sync::LazyLock;

/// Helm 3 takes all white space around the dashes with them.
static OLD_SEPARATOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[\t\n\f\r ]*\n)---[\t\n\f\r ]*").ok());

/// The documents of a text, blank ones left out.
pub fn split(text: &str, dialect: Dialect) -> Vec<&str> {
    match dialect {
        Dialect::V4 => split_at_lines(text.trim_start()),
        Dialect::V3 => split_with_white_space(text.trim()),
    }
}

fn split_at_lines(text: &str) -> Vec<&str> {
    let mut documents = Vec::new();
    let (mut start, mut line) = (0, 0);
    loop {
        if text[line..].starts_with("---") {
            documents.push(&text[start..line]);
            let rest = text[line + 3..].trim_start_matches([' ', '\t']);
            start = text.len() - rest.len();
        }
        match memchr::memchr(b'\n', &text.as_bytes()[line..]) {
            Some(at) => line += at + 1,
            None => break,
        }
    }
    documents.push(&text[start..]);
    let documents = documents.into_iter().map(str::trim_start);
    documents.filter(|document| !document.is_empty()).collect()
}

fn split_with_white_space(text: &str) -> Vec<&str> {
    let Some(separator) = &*OLD_SEPARATOR else {
        return vec![text];
    };
    let documents = separator
        .split(text)
        .filter(|document| !document.is_empty());
    documents.map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::Dialect;

    #[test]
    fn documents_end_at_dashes_that_start_a_line() {
        for (text, new, old) in [
            ("", &[][..], &[][..]),
            ("a: 1\n\n", &["a: 1\n\n"], &["a: 1"]),
            (
                "--- # x\na: 1\n---\n\n  b: 2",
                &["# x\na: 1\n", "b: 2"],
                &["# x\na: 1", "b: 2"],
            ),
            (
                "a: 1\n---b: 2\n----\n",
                &["a: 1\n", "b: 2\n", "-\n"],
                &["a: 1", "b: 2", "-"],
            ),
            (
                "a: |\n  x\n--- y\n ---\n",
                &["a: |\n  x\n", "y\n ---\n"],
                &["a: |\n  x", "y\n ---"],
            ),
            ("---\n---\na\n---\n", &["a\n"], &["---\na"]),
        ] {
            assert_eq!(split(text, Dialect::V4), new, "{text:?}");
            assert_eq!(split(text, Dialect::V3), old, "{text:?}");
        }
    }
}
