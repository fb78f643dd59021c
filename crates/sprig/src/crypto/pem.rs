//! PEM: text with a type around Base64 lines of 64 characters.

use pem::{EncodeConfig, LineEnding, Pem};

/// A block as Go writes it.
pub fn encode(kind: &str, bytes: &[u8]) -> String {
    let config = EncodeConfig::new().set_line_ending(LineEnding::LF);
    pem::encode_config(&Pem::new(kind, bytes), config)
}

/// The type and the bytes of the first block of a text.
pub fn decode(text: &[u8]) -> Option<(String, Vec<u8>)> {
    let block = pem::parse(text).ok()?;
    Some((block.tag().to_owned(), block.into_contents()))
}
