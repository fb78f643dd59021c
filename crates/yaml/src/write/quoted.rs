//! Text on one line, or folded: plain, in single and in double quotes.
//!
//! Comes in: text and whether it may be folded. Goes out: the text, folded at single spaces once
//! the line is full, escaped where its quotes ask for it.

use super::analysis::{is_break, is_printable};
use super::sheet::Sheet;
use std::fmt::Write;

/// Whether text may go on in a next line.
#[derive(Clone, Copy, PartialEq)]
pub enum Folding {
    /// Yes, indented so far.
    At(usize),
    /// No: it is a key.
    Never,
}

impl Folding {
    /// Folds at a space if the line is full.
    fn fold(self, sheet: &mut Sheet) -> bool {
        match self {
            Self::At(indent) if sheet.is_full() => {
                sheet.line(indent);
                true
            }
            _ => false,
        }
    }
}

/// Text as it is.
pub fn plain(sheet: &mut Sheet, text: &str, folding: Folding) {
    for (at, char) in text.char_indices() {
        if !(is_lone_space(text, at) && folding.fold(sheet)) {
            sheet.put_char(char);
        }
    }
}

/// Text in single quotes.
pub fn single(sheet: &mut Sheet, text: &str, indent: usize, folding: Folding) {
    sheet.put("'");
    let mut after_break = false;
    for (at, char) in text.char_indices() {
        if is_break(char) {
            sheet.put_break(char);
            after_break = true;
            continue;
        }
        if std::mem::take(&mut after_break) {
            sheet.line(indent);
        }
        if char == '\'' {
            sheet.put("'");
        }
        let inside = at > 0 && at + 1 < text.len();
        if !(inside && is_lone_space(text, at) && folding.fold(sheet)) {
            sheet.put_char(char);
        }
    }
    sheet.put("'");
}

/// Text in double quotes, with everything unprintable escaped.
pub fn double(sheet: &mut Sheet, text: &str, folding: Folding) {
    // go-yaml asks whether the text, not the character, is a byte order mark.
    let starts_with_mark = text.starts_with('\u{feff}');
    sheet.put("\"");
    for (at, char) in text.char_indices() {
        if starts_with_mark || is_escaped(char) {
            sheet.put(&escape(char));
        } else if !fold_quoted(sheet, text, at, folding) {
            sheet.put_char(char);
        }
    }
    sheet.put("\"");
}

/// Text as it stands between double quotes on one line.
pub fn escape_all(text: &str) -> String {
    let starts_with_mark = text.starts_with('\u{feff}');
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match starts_with_mark || is_escaped(char) {
            true => escaped.push_str(&escape(char)),
            false => escaped.push(char),
        }
    }
    escaped
}

fn is_escaped(char: char) -> bool {
    is_break(char) || !is_printable(char) || matches!(char, '"' | '\\')
}

fn fold_quoted(sheet: &mut Sheet, text: &str, at: usize, folding: Folding) -> bool {
    let starts_spaces = is_space(text, at) && !text[..at].ends_with(' ');
    let inside = at > 0 && at + 1 < text.len();
    if !(starts_spaces && inside && folding.fold(sheet)) {
        return false;
    }
    if is_space(text, at + 1) {
        sheet.put("\\"); // Or the reader would take the next space for indentation.
    }
    true
}

fn is_lone_space(text: &str, at: usize) -> bool {
    is_space(text, at) && !text[..at].ends_with(' ') && !is_space(text, at + 1)
}

fn is_space(text: &str, at: usize) -> bool {
    text.as_bytes().get(at) == Some(&b' ')
}

fn escape(char: char) -> String {
    let short = match char {
        '\0' => "\\0",
        '\x07' => "\\a",
        '\x08' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\x0b' => "\\v",
        '\x0c' => "\\f",
        '\r' => "\\r",
        '\x1b' => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{85}' => "\\N",
        '\u{a0}' => "\\_",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        _ => return by_code(u32::from(char)),
    };
    short.to_owned()
}

fn by_code(code: u32) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = match code {
        0..=0xff => write!(text, "\\x{code:02X}"),
        0x100..=0xffff => write!(text, "\\u{code:04X}"),
        _ => write!(text, "\\U{code:08X}"),
    };
    text
}
