//! A file's bytes as UTF-8: files that start with the mark of UTF-16 are turned into it.

use std::sync::Arc;

/// A text and the size of the file it came from.
pub(super) struct Text {
    pub text: Arc<[u8]>,
    pub bytes: u64,
}

impl Text {
    pub fn of(bytes: Arc<[u8]>) -> Self {
        let size = bytes.len() as u64;
        let text = match &*bytes {
            [0xff, 0xfe, rest @ ..] => decoded(rest, u16::from_le_bytes).into(),
            [0xfe, 0xff, rest @ ..] => decoded(rest, u16::from_be_bytes).into(),
            _ => bytes,
        };
        Self { text, bytes: size }
    }
}

fn decoded(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    text.collect::<String>().into_bytes()
}
