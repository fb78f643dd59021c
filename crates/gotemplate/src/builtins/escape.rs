//! `html`, `js` and `urlquery`.

use crate::fmt::{Unit, is_printable, sprint, units};
use crate::function::{Call, FunctionError};
use crate::value::Value;
use std::borrow::Cow;
use std::io::Write;

type Result = std::result::Result<Value, FunctionError>;

pub(super) fn html(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let text = text_of(arguments);
    let mut out = Vec::with_capacity(text.len());
    for byte in text.iter() {
        match byte {
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            byte => out.push(*byte),
        }
    }
    Ok(Value::text(out))
}

pub(super) fn js(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let text = text_of(arguments);
    let is_plain = |byte: &u8| (b' '..0x80).contains(byte) && !b"\\'\"<>&=".contains(byte);
    if text.iter().all(is_plain) {
        return Ok(Value::text(text.into_owned()));
    }
    let mut out = Vec::with_capacity(text.len() * 2);
    for unit in units(&text) {
        let c = unit.char();
        // Writing to memory does not fail.
        let _ = match c {
            '\\' | '\'' | '"' => write!(out, "\\{c}"),
            '<' | '>' | '&' | '=' => write!(out, "\\u{:04X}", u32::from(c)),
            '\0'..' ' => write!(out, "\\u{:04X}", u32::from(c)),
            c if c.is_ascii() || is_printable(c) => match unit {
                Unit::Char(c) => write!(out, "{c}"),
                Unit::Byte(byte) => out.write_all(&[byte]),
            },
            c => write!(out, "\\u{:04X}", u32::from(c)),
        };
    }
    Ok(Value::text(out))
}

pub(super) fn urlquery(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let text = text_of(arguments);
    let mut out = Vec::with_capacity(text.len());
    for byte in text.iter() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(*byte),
            b' ' => out.push(b'+'),
            byte => {
                // Writing to memory does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Ok(Value::text(out))
}

/// The only argument if it is a text, or all of them printed.
fn text_of(arguments: &[Value]) -> Cow<'_, [u8]> {
    if let [Value::Text(text)] = arguments {
        return Cow::Borrowed(text.as_bytes());
    }
    let shown = arguments.iter().map(|argument| match argument {
        Value::Nil => Value::from("<no value>"),
        argument => argument.clone(),
    });
    Cow::Owned(sprint(&shown.collect::<Vec<_>>()))
}
