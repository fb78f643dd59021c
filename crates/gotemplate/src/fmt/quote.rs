//! Quoting as Go's `strconv.Quote` does.

use super::printable::is_printable;
use super::units::{Unit, units};
use std::io::Write;

/// A text in double quotes, with everything escaped that cannot be seen.
pub fn quote(text: &[u8]) -> Vec<u8> {
    quote_as(text, '"', false)
}

/// The same, with everything escaped that is not ASCII.
pub fn quote_ascii(text: &[u8]) -> Vec<u8> {
    quote_as(text, '"', true)
}

pub(super) fn quote_as(text: &[u8], quote: char, ascii: bool) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(text.len() + 2);
    push(&mut quoted, quote);
    for unit in units(text) {
        match unit {
            Unit::Char(c) => escape(&mut quoted, c, quote, ascii),
            Unit::Byte(byte) => escape_byte(&mut quoted, byte),
        }
    }
    push(&mut quoted, quote);
    quoted
}

pub(super) fn quote_char(c: char, ascii: bool) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(6);
    push(&mut quoted, '\'');
    escape(&mut quoted, c, '\'', ascii);
    push(&mut quoted, '\'');
    quoted
}

fn push(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

fn escape(out: &mut Vec<u8>, c: char, quote: char, ascii: bool) {
    match c {
        '\\' => out.extend_from_slice(b"\\\\"),
        c if c == quote => {
            out.push(b'\\');
            push(out, c);
        }
        c if is_printable(c) && (c.is_ascii() || !ascii) => push(out, c),
        '\x07' => out.extend_from_slice(b"\\a"),
        '\x08' => out.extend_from_slice(b"\\b"),
        '\x0c' => out.extend_from_slice(b"\\f"),
        '\n' => out.extend_from_slice(b"\\n"),
        '\r' => out.extend_from_slice(b"\\r"),
        '\t' => out.extend_from_slice(b"\\t"),
        '\x0b' => out.extend_from_slice(b"\\v"),
        c if c.is_ascii() => escape_byte(out, c as u8),
        c => escape_by_number(out, u32::from(c)),
    }
}

fn escape_byte(out: &mut Vec<u8>, byte: u8) {
    // Writing to memory does not fail.
    let _ = write!(out, "\\x{byte:02x}");
}

fn escape_by_number(out: &mut Vec<u8>, number: u32) {
    // Writing to memory does not fail.
    let _ = match number {
        0..0x10000 => write!(out, "\\u{number:04x}"),
        _ => write!(out, "\\U{number:08x}"),
    };
}

/// Can it stand between backquotes as it is?
pub(super) fn can_backquote(text: &[u8]) -> bool {
    units(text).all(|unit| match unit {
        Unit::Byte(_) | Unit::Char('\u{feff}' | '`' | '\x7f') => false,
        Unit::Char(c) => c >= ' ' || c == '\t',
    })
}
