//! Texts in JSON: escaped and unescaped.

use super::JsonError;
use crate::runes;

/// Appends a text in quotes; `html` escapes what a browser could take for markup.
pub(super) fn write(out: &mut Vec<u8>, source: &[u8], html: bool) {
    out.push(b'"');
    let mut from = 0;
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        if is_plain(*byte, html) {
            at += 1;
            continue;
        }
        let (character, width) = runes::first(&source[at..]).unwrap_or((runes::REPLACEMENT, 1));
        if let Some(escape) = escape(character, width) {
            out.extend_from_slice(&source[from..at]);
            out.extend_from_slice(escape.as_bytes());
            from = at + width;
        }
        at += width;
    }
    out.extend_from_slice(&source[from..]);
    out.push(b'"');
}

fn is_plain(byte: u8, html: bool) -> bool {
    match byte {
        b'"' | b'\\' => false,
        b'<' | b'>' | b'&' => !html,
        _ => (0x20..0x80).contains(&byte),
    }
}

/// What stands for a character; none if it stands for itself.
fn escape(character: char, width: usize) -> Option<String> {
    Some(match character {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        ..='\x7f' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(character)),
        runes::REPLACEMENT if width == 1 => "\\ufffd".to_owned(),
        _ => return None,
    })
}

/// Reads the rest of a text, behind its first quote; gives it and how far it went.
pub(super) fn read(source: &[u8]) -> Result<(Vec<u8>, usize), JsonError> {
    let mut text = Vec::new();
    let mut at = 0;
    loop {
        match source.get(at) {
            None => return Err(JsonError::End),
            Some(b'"') => return Ok((text, at + 1)),
            Some(b'\\') => at += read_escape(&source[at..], &mut text)?,
            Some(found @ ..0x20) => {
                let (found, context) = (*found, "in string literal");
                return Err(JsonError::Character { found, context });
            }
            Some(_) => {
                let (character, width) = runes::first(&source[at..]).unwrap_or(('"', 1));
                runes::push(&mut text, character);
                at += width;
            }
        }
    }
}

/// Reads an escape; gives how many bytes it took. Inside of it, Go takes the end for a space.
fn read_escape(source: &[u8], text: &mut Vec<u8>) -> Result<usize, JsonError> {
    let simple = match source.get(1).unwrap_or(&b' ') {
        b'u' => return read_unicode(source, text),
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        same @ (b'\\' | b'/' | b'"') => *same,
        found => {
            let (found, context) = (*found, "in string escape code");
            return Err(JsonError::Character { found, context });
        }
    };
    text.push(simple);
    Ok(2)
}

/// Reads `\u1234`, and a second one where both make one character.
fn read_unicode(source: &[u8], text: &mut Vec<u8>) -> Result<usize, JsonError> {
    let first = hexadecimal(&source[2..])?;
    if let (0xd800..0xdc00, Some(rest)) = (first, source[6..].strip_prefix(b"\\u")) {
        let second = hexadecimal(rest)?;
        if let 0xdc00..0xe000 = second {
            let joined = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            runes::push(text, char::from_u32(joined).unwrap_or(runes::REPLACEMENT));
            return Ok(12);
        }
    }
    runes::push(text, char::from_u32(first).unwrap_or(runes::REPLACEMENT));
    Ok(6)
}

fn hexadecimal(source: &[u8]) -> Result<u32, JsonError> {
    let mut number = 0;
    for at in 0..4 {
        let found = *source.get(at).unwrap_or(&b' ');
        let context = "in \\u hexadecimal character escape";
        let digit = char::from(found).to_digit(16);
        number = number * 16 + digit.ok_or(JsonError::Character { found, context })?;
    }
    Ok(number)
}
