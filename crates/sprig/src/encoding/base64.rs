//! Base64 as Go decodes it: line breaks anywhere, bits left over ignored, padding a must.
//!
//! In: bytes. Out: bytes, or Go's words on where the text is wrong. Source: Go 1.26,
//! encoding/base64/base64.go (decodeQuantum).

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, PAD, STANDARD};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    PAD.with_decode_allow_trailing_bits(true),
);

pub fn encode(bytes: &[u8]) -> Vec<u8> {
    STANDARD.encode(bytes).into_bytes()
}

pub fn decode(text: &[u8]) -> Vec<u8> {
    try_decode(text).unwrap_or_else(|at| fault(at).into_bytes())
}

/// Go's words on a fault at an offset.
pub fn fault(at: usize) -> String {
    format!("illegal base64 data at input byte {at}")
}

/// The bytes, or the offset Go names.
pub fn try_decode(text: &[u8]) -> Result<Vec<u8>, usize> {
    let decoded = match text.iter().any(is_break) {
        false => LENIENT.decode(text),
        true => {
            let joined: Vec<u8> = text.iter().copied().filter(|c| !is_break(c)).collect();
            LENIENT.decode(joined)
        }
    };
    decoded.map_err(|_| wrong_at(text))
}

fn is_break(c: &u8) -> bool {
    matches!(c, b'\n' | b'\r')
}

/// Where Go finds the fault in a text that has one.
fn wrong_at(text: &[u8]) -> usize {
    let mut in_group = 0;
    for (at, c) in text.iter().enumerate() {
        match c {
            b'\n' | b'\r' => {}
            b'=' if in_group < 2 => return at,
            b'=' => return after_padding(text, at, in_group),
            c if c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/') => {
                in_group = (in_group + 1) % 4;
            }
            _ => return at,
        }
    }
    // The last group is short; its line breaks are not counted.
    text.len() - in_group
}

/// Two characters want two signs of padding, three want one, and nothing may follow.
fn after_padding(text: &[u8], first: usize, in_group: usize) -> usize {
    let next = |from: usize| {
        let rest = text[from..].iter();
        from + rest.take_while(|c| is_break(c)).count()
    };
    let mut at = next(first + 1);
    if in_group == 2 {
        match text.get(at) {
            None => return text.len(),
            Some(b'=') => at = next(at + 1),
            Some(_) => return at - 1,
        }
    }
    at
}
