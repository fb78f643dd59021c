//! What is wrong with a version or a range, in the words of Masterminds/semver: charts print them.

/// Why a text is not a version.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VersionError {
    /// It does not look like one.
    #[error("invalid semantic version")]
    Invalid,
    /// It is empty; only the strict reading says so.
    #[error("version string empty")]
    Empty,
    /// A number has something else in it; only the strict reading says so.
    #[error("invalid characters in version")]
    Characters,
    /// A number starts with a zero.
    #[error("version segment starts with 0")]
    LeadingZero,
    /// The build metadata is empty in a part, or has other characters.
    #[error("invalid metadata string")]
    Metadata,
    /// The prerelease is empty in a part, or has other characters.
    #[error("invalid prerelease string")]
    Prerelease,
    /// It is longer than a version ever is.
    #[error("version string is too long (max 256 bytes)")]
    TooLong,
    /// A number does not fit 64 bits.
    #[error("error parsing version segment: strconv.ParseUint: parsing {0:?}: value out of range")]
    Overflow(String),
    /// The same, as the strict reading says it.
    #[error("strconv.ParseUint: parsing {0:?}: value out of range")]
    StrictOverflow(String),
    /// A strict version lacks a number altogether.
    #[error("strconv.ParseUint: parsing \"\": invalid syntax")]
    MissingNumber,
}

/// Why a text is not a range of versions.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RangeError {
    /// It is longer than a range ever is.
    #[error("constraint string is too long (max 512 bytes)")]
    TooLong,
    /// It has too many alternatives.
    #[error("too many constraint groups (max 32)")]
    TooManyGroups,
    /// One of its alternatives does not look like one.
    #[error("improper constraint: {}", quoted(.0))]
    Improper(String),
    /// A condition looks like one, but what it compares with is no version.
    #[error("constraint parser error")]
    Version,
}

/// A text in quotes as Go's `%q` writes it.
fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '\'' => "'".to_owned(),
        '\x07' => "\\a".to_owned(),
        '\x08' => "\\b".to_owned(),
        '\x0b' => "\\v".to_owned(),
        '\x0c' => "\\f".to_owned(),
        _ if c.escape_debug().len() < "\\u{0}".len() => c.escape_debug().to_string(),
        ..='\x7f' => format!("\\x{:02x}", u32::from(c)),
        ..='\u{ffff}' => format!("\\u{:04x}", u32::from(c)),
        _ => format!("\\U{:08x}", u32::from(c)),
    };
    let escaped: String = text.chars().map(escape).collect();
    format!("\"{escaped}\"")
}
