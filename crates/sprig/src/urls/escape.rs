//! Percent signs: which bytes need them depends on the part of the URL.

use super::parse::UrlError;

/// A part of a URL.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Path,
    Host,
    /// Of an IPv6 address.
    Zone,
    User,
    Fragment,
}

impl Part {
    fn needs_escape(self, byte: u8) -> bool {
        let plain: &[u8] = match self {
            Self::Path => b"$&+,-./:;=@_~",
            Self::Host | Self::Zone => b"!\"$&'()*+,-.:;<=>[]_~",
            Self::User => b"$&+,-.;=_~",
            Self::Fragment => b"!$&()*+,-./:;=?@_~",
        };
        !byte.is_ascii_alphanumeric() && !plain.contains(&byte)
    }
}

/// A text with percent signs where the part needs them.
pub(super) fn escape(source: &[u8], part: Part) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(source.len());
    for byte in source {
        match part.needs_escape(*byte) {
            true => escaped.extend_from_slice(format!("%{byte:02X}").as_bytes()),
            false => escaped.push(*byte),
        }
    }
    escaped
}

/// A text without percent signs.
pub(super) fn unescape(source: &[u8], part: Part) -> Result<Vec<u8>, UrlError> {
    let mut plain = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        if *byte == b'%' {
            plain.push(escaped_byte(&source[at..], part)?);
            at += 3;
            continue;
        }
        let in_host = matches!(part, Part::Host | Part::Zone);
        if in_host && byte.is_ascii() && part.needs_escape(*byte) {
            return Err(UrlError::HostCharacter(vec![*byte]));
        }
        plain.push(*byte);
        at += 1;
    }
    Ok(plain)
}

/// The byte behind `%xy`. Hosts may only escape what is not ASCII, and the percent sign.
fn escaped_byte(source: &[u8], part: Part) -> Result<u8, UrlError> {
    let shown = &source[..source.len().min(3)];
    let refused = || UrlError::Escape(shown.to_vec());
    let digit = |at: usize| char::from(*shown.get(at)?).to_digit(16);
    let (high, low) = digit(1).zip(digit(2)).ok_or_else(refused)?;
    let byte = u8::try_from(high * 16 + low).map_err(|_| refused())?;
    let allowed = match part {
        _ if shown == b"%25" => true,
        Part::Host => byte >= 0x80,
        Part::Zone => byte == b' ' || !Part::Host.needs_escape(byte),
        _ => true,
    };
    allowed.then_some(byte).ok_or_else(refused)
}
