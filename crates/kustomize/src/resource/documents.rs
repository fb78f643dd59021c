//! A file of several documents, cut into its parts.
//!
//! Comes in: the bytes of a file of manifests. Goes out: the text of each part and the line it
//! starts on. Kustomize cuts before it parses, by lines that start with `---`, and so do we: it
//! decides where a document ends. Source: kyaml 0.21, kio/byteio_reader.go.

use std::borrow::Cow;

/// One part of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part<'a> {
    /// Its text, the last line ended.
    pub(super) text: &'a str,
    /// The line of the file it starts on, from 1.
    pub(super) line: usize,
}

/// A separator with something else than a comment behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct BadSeparator {
    pub(super) text: String,
    pub(super) line: usize,
}

const SEPARATOR: &str = "\n---";

/// Cuts a text at every line that starts with `---`, but for the first line of a part and the last
/// line of the text: those are left for the YAML parser.
pub(super) fn split(text: &str) -> Result<Vec<Part<'_>>, BadSeparator> {
    let mut parts = Vec::new();
    let (mut start, mut line) = (0, 1);
    while let Some(found) = text[start..].find(SEPARATOR) {
        let end = start + found + 1;
        let Some(length) = text[end..].find('\n') else {
            break;
        };
        let part = &text[start..end];
        let next = line + part.bytes().filter(|byte| *byte == b'\n').count();
        check(&text[end..end + length], next)?;
        parts.push(Part { text: part, line });
        (start, line) = (end + length + 1, next + 1);
    }
    if !text.is_empty() {
        let text = &text[start..];
        parts.push(Part { text, line });
    }
    Ok(parts)
}

fn check(separator: &str, line: usize) -> Result<(), BadSeparator> {
    let rest = separator["---".len()..].trim();
    if rest.is_empty() || rest.starts_with('#') {
        return Ok(());
    }
    let text = separator.trim().to_owned();
    Err(BadSeparator { text, line })
}

/// The text of a file: UTF-8, or UTF-16 that says so, with line ends as Unix has them. `None` if it
/// is neither.
pub(super) fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let text = std::str::from_utf8(bytes).ok()?;
            Some(match text.contains("\r\n") {
                true => text.replace("\r\n", "\n").into(),
                false => text.into(),
            })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let units: Vec<u16> = pairs.map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok().map(Cow::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_dashes_cut_a_text() {
        let cases: &[(&str, &[(&str, usize)])] = &[
            ("", &[]),
            ("a: 1\n", &[("a: 1\n", 1)]),
            ("a: 1\n---\nb: 2", &[("a: 1\n", 1), ("b: 2", 3)]),
            (
                "---\na: 1\n--- # next\nb: 2\n",
                &[("---\na: 1\n", 1), ("b: 2\n", 4)],
            ),
            ("a\n---\n---\nb\n", &[("a\n", 1), ("---\nb\n", 3)]),
            ("a\n---", &[("a\n---", 1)]),
            ("a\n---\n", &[("a\n", 1), ("", 3)]),
            ("t: |\n  x\n  ---\n  y\n", &[("t: |\n  x\n  ---\n  y\n", 1)]),
        ];
        for (text, expected) in cases {
            let parts = split(text).unwrap();
            let found: Vec<_> = parts.iter().map(|part| (part.text, part.line)).collect();
            assert_eq!(&found, expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_but_a_comment_follows_a_separator() {
        let found = split("a: 1\n\n--- {b: 2}\n").unwrap_err();
        assert_eq!((found.text.as_str(), found.line), ("--- {b: 2}", 3));
        assert_eq!(split("a\n-----\nb").unwrap_err().text, "-----");
    }

    #[test]
    fn texts_come_in_several_encodings() {
        assert_eq!(text(b"a\r\nb\rc\n").unwrap(), "a\nb\rc\n");
        assert_eq!(text(b"\xff\xfea\0:\0").unwrap(), "a:");
        assert_eq!(text(b"\xfe\xff\0a").unwrap(), "a");
        assert_eq!(text(b"\xff\xfea"), None);
        assert_eq!(text(b"a\xff"), None);
    }
}
