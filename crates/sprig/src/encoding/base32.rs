//! Base32 as Go decodes it: line breaks anywhere, bits left over ignored, padding a must.
//!
//! In: bytes. Out: bytes, or Go's words on where the text is wrong. Source: Go 1.26,
//! encoding/base32/base32.go (decode).

use data_encoding::BASE32;

pub fn encode(bytes: &[u8]) -> Vec<u8> {
    BASE32.encode(bytes).into_bytes()
}

pub fn decode(text: &[u8]) -> Vec<u8> {
    let breaks = |c: &u8| matches!(c, b'\n' | b'\r');
    let text: Vec<u8> = text.iter().copied().filter(|c| !breaks(c)).collect();
    try_decode(&text)
        .unwrap_or_else(|at| format!("illegal base32 data at input byte {at}").into_bytes())
}

fn try_decode(text: &[u8]) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    let mut start = 0;
    while start < text.len() {
        let length = group_length(text, start)?;
        push_group(&mut out, &text[start..start + length]);
        if length < 8 {
            break;
        }
        start += 8;
    }
    Ok(out)
}

/// How many characters of a group of eight are no padding.
fn group_length(text: &[u8], start: usize) -> Result<usize, usize> {
    for length in 0..8 {
        let at = start + length;
        // Short of padding: Go names where the group begins.
        let c = text.get(at).ok_or(start)?;
        let behind = text.len() - at - 1;
        if *c == b'=' && length >= 2 && behind < 8 {
            return padded(text, at, length);
        }
        value(*c).ok_or(at)?;
    }
    Ok(8)
}

fn padded(text: &[u8], at: usize, length: usize) -> Result<usize, usize> {
    let behind = &text[at + 1..];
    if behind.len() + length < 7 {
        return Err(text.len());
    }
    let padding = behind.iter().take(7 - length);
    if let Some(other) = padding.into_iter().position(|c| *c != b'=') {
        return Err(at + other);
    }
    // No whole byte ends behind one, three or six characters.
    match length {
        3 | 6 => Err(at),
        length => Ok(length),
    }
}

fn value(c: u8) -> Option<u8> {
    match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'2'..=b'7' => Some(c - b'2' + 26),
        _ => None,
    }
}

fn push_group(out: &mut Vec<u8>, group: &[u8]) {
    let values = group.iter().filter_map(|c| value(*c));
    let bits = values.fold(0_u64, |bits, value| bits << 5 | u64::from(value));
    let whole = group.len() * 5 / 8;
    let aligned = bits << (64 - group.len() * 5);
    out.extend_from_slice(&aligned.to_be_bytes()[..whole]);
}
