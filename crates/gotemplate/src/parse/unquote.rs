//! Takes the quotes off texts and characters, as Go's `strconv.Unquote` does.
//!
//! Comes in: a literal with its quotes. Goes out: the bytes it stands for, which `\xff` may make
//! something that is no UTF-8; none if the literal is broken.

use crate::fmt::{first_unit, units};

/// The bytes of `"..."` or `` `...` ``.
pub(super) fn unquote(literal: &[u8]) -> Option<Vec<u8>> {
    match literal {
        [b'`', inner @ .., b'`'] => {
            let kept = inner.iter().filter(|byte| **byte != b'\r');
            Some(kept.copied().collect())
        }
        [b'"', inner @ .., b'"'] => unquote_inner(inner),
        _ => None,
    }
}

fn unquote_inner(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(rest.len());
    while let Some(end) = memchr::memchr(b'\\', rest) {
        push_valid(&mut text, &rest[..end]);
        let (character, tail) = escape(&rest[end..], b'"')?;
        character.write(&mut text);
        rest = tail;
    }
    push_valid(&mut text, rest);
    Some(text)
}

/// Adds a text; bytes that are no UTF-8 become U+FFFD, one each.
fn push_valid(out: &mut Vec<u8>, text: &[u8]) {
    match std::str::from_utf8(text) {
        Ok(_) => out.extend_from_slice(text),
        Err(_) => {
            for unit in units(text) {
                Escaped::Char(unit.char()).write(out);
            }
        }
    }
}

/// The number of the character in `'...'`.
pub(super) fn unquote_char(literal: &[u8]) -> Result<u32, Malformed> {
    let inner = &literal[1..];
    let (number, tail) = match inner {
        [b'\'', ..] | [] => return Err(Malformed::Syntax),
        [b'\\', ..] => {
            let (character, tail) = escape(inner, b'\'').ok_or(Malformed::Syntax)?;
            (character.number(), tail)
        }
        _ => {
            let unit = first_unit(inner).ok_or(Malformed::Syntax)?;
            (u32::from(unit.char()), &inner[unit.width()..])
        }
    };
    match tail {
        b"'" => Ok(number),
        _ => Err(Malformed::Length),
    }
}

/// What is wrong with a character literal.
pub(super) enum Malformed {
    Syntax,
    /// It is more than one character.
    Length,
}

/// What an escape stands for.
enum Escaped {
    Char(char),
    Byte(u8),
}

impl Escaped {
    fn number(&self) -> u32 {
        match self {
            Self::Char(c) => u32::from(*c),
            Self::Byte(byte) => u32::from(*byte),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Self::Byte(byte) => out.push(*byte),
        }
    }
}

/// Reads an escape, of which the backslash comes first.
fn escape(text: &[u8], quote: u8) -> Option<(Escaped, &[u8])> {
    let (letter, rest) = text.get(1..)?.split_first()?;
    let simple = |byte| Some((Escaped::Byte(byte), rest));
    match letter {
        b'a' => simple(7),
        b'b' => simple(8),
        b'f' => simple(12),
        b'n' => simple(b'\n'),
        b'r' => simple(b'\r'),
        b't' => simple(b'\t'),
        b'v' => simple(11),
        b'\\' => simple(b'\\'),
        b'\'' | b'"' if *letter == quote => simple(quote),
        b'x' => {
            let (number, rest) = digits(rest, 2, 16)?;
            Some((Escaped::Byte(u8::try_from(number).ok()?), rest))
        }
        b'u' | b'U' => {
            let length = if *letter == b'u' { 4 } else { 8 };
            let (number, rest) = digits(rest, length, 16)?;
            Some((Escaped::Char(char::from_u32(number)?), rest))
        }
        b'0'..=b'7' => {
            let (number, rest) = digits(&text[1..], 3, 8)?;
            Some((Escaped::Byte(u8::try_from(number).ok()?), rest))
        }
        _ => None,
    }
}

fn digits(text: &[u8], many: usize, base: u32) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(many)?;
    let mut number: u32 = 0;
    for digit in digits {
        let digit = char::from(*digit).to_digit(base)?;
        number = number.checked_mul(base)?.checked_add(digit)?;
    }
    Some((number, rest))
}
