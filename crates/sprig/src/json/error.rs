//! Why JSON cannot be read or written, in Go's words.

/// Why JSON cannot be read or written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum JsonError {
    /// The text ends where it must not.
    #[error("unexpected end of JSON input")]
    End,
    /// A character where another one had to be.
    #[error("invalid character {} {context}", shown(*.found))]
    Character {
        /// The byte.
        found: u8,
        /// What was being read.
        context: &'static str,
    },
    /// A number no float can hold.
    #[error("json: cannot unmarshal number {0} into Go value of type float64")]
    Number(String),
    /// A value JSON has no text for.
    #[error("json: unsupported value: {0}")]
    Value(&'static str),
    /// A type JSON has no text for.
    #[error("json: unsupported type: {0}")]
    Type(String),
    /// More than a text may hold: values that hold each other make much of little.
    #[error("json: the text would be too long")]
    Length,
    /// Lists or objects nest deeper than anything does that is not an attack.
    #[error("exceeded max depth")]
    Depth,
}

/// A byte as Go quotes the character of that number.
fn shown(byte: u8) -> String {
    match byte {
        b'\'' => r"'\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        b'\\' => r"'\\'".to_owned(),
        0x07 => r"'\a'".to_owned(),
        0x08 => r"'\b'".to_owned(),
        b'\t' => r"'\t'".to_owned(),
        b'\n' => r"'\n'".to_owned(),
        0x0b => r"'\v'".to_owned(),
        0x0c => r"'\f'".to_owned(),
        b'\r' => r"'\r'".to_owned(),
        ..0x20 | 0x7f => format!(r"'\x{byte:02x}'"),
        0x80..=0xa0 | 0xad => format!(r"'\u{byte:04x}'"),
        _ => format!("'{}'", char::from(byte)),
    }
}
