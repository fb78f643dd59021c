//! `!!binary`: base64 to text.
//!
//! Comes in: base64, in lines or not. Goes out: the text it encodes. Bytes that are no UTF-8 become
//! U+FFFD one by one, as they do when Go writes them into JSON.

use crate::read::Problem;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

/// Padding is demanded, left-over bits are not looked at: Go's `StdEncoding`.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The text that base64 stands for.
pub fn decode(text: &str) -> Result<String, Problem> {
    let lines = text.replace(['\r', '\n'], "");
    let bytes = ENGINE.decode(lines).map_err(|_| Problem::InvalidBase64)?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| replaced(error.as_bytes())))
}

fn replaced(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_decodes_to_text() {
        assert_eq!(decode("aGk=").as_deref(), Ok("hi"));
        assert_eq!(decode("aG\nk=\n").as_deref(), Ok("hi"));
        assert_eq!(decode("4oI=").as_deref(), Ok("\u{fffd}\u{fffd}"));
        assert_eq!(decode("aGk"), Err(Problem::InvalidBase64));
    }
}
