//! The digest of published content, as indexes and registries write it.

use sha2::{Digest as _, Sha256, Sha512};
use std::fmt;

/// `sha256:…` or `sha512:…`: by it bytes are known, wherever they come from.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentDigest {
    algorithm: Algorithm,
    hex: Box<str>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Algorithm {
    Sha256,
    Sha512,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    fn digest(self, bytes: &[u8]) -> Box<str> {
        match self {
            Self::Sha256 => hex(&Sha256::digest(bytes)),
            Self::Sha512 => hex(&Sha512::digest(bytes)),
        }
    }
}

impl ContentDigest {
    /// The SHA-256 of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let algorithm = Algorithm::Sha256;
        Self {
            algorithm,
            hex: algorithm.digest(bytes),
        }
    }

    /// The digest that a SHA-256 over some bytes came to.
    pub(crate) fn of_sha256(bytes: &[u8]) -> Self {
        Self {
            algorithm: Algorithm::Sha256,
            hex: hex(bytes),
        }
    }

    /// Reads a digest. Without an algorithm it is SHA-256, as in a Helm index.
    pub fn parse(text: &str) -> Option<Self> {
        let (algorithm, hex, length) = match text.split_once(':') {
            None => (Algorithm::Sha256, text, 64),
            Some(("sha256", hex)) => (Algorithm::Sha256, hex, 64),
            Some(("sha512", hex)) => (Algorithm::Sha512, hex, 128),
            Some(_) => return None,
        };
        let well_formed = hex.len() == length && hex.bytes().all(|b| b.is_ascii_hexdigit());
        well_formed.then(|| Self {
            algorithm,
            hex: hex.to_ascii_lowercase().into(),
        })
    }

    /// Is it the digest of these bytes?
    pub fn fits(&self, bytes: &[u8]) -> bool {
        self.algorithm.digest(bytes) == self.hex
    }

    /// The digest that these bytes have, by the same algorithm.
    pub(crate) fn of_same_kind(&self, bytes: &[u8]) -> Self {
        Self {
            algorithm: self.algorithm,
            hex: self.algorithm.digest(bytes),
        }
    }

    /// A file name of its own.
    pub(crate) fn file_name(&self) -> String {
        format!("{}-{}", self.algorithm.name(), self.hex)
    }
}

fn hex(bytes: &[u8]) -> Box<str> {
    use fmt::Write;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.name(), self.hex)
    }
}

impl fmt::Debug for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digest of no bytes at all.
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn both_spellings_of_an_index_mean_the_same() {
        let bare = ContentDigest::parse(EMPTY).unwrap();
        assert_eq!(
            bare,
            ContentDigest::parse(&format!("sha256:{EMPTY}")).unwrap()
        );
        assert_eq!(bare, ContentDigest::parse(&EMPTY.to_uppercase()).unwrap());
        assert_eq!(bare, ContentDigest::of(b""));
        assert_eq!(bare.to_string(), format!("sha256:{EMPTY}"));
        assert!(bare.fits(b"") && !bare.fits(b" "));
    }

    #[test]
    fn other_texts_are_no_digests() {
        for text in [
            "",
            "sha256:",
            "abc",
            "md5:00",
            &EMPTY[1..],
            &format!("sha512:{EMPTY}"),
        ] {
            assert!(ContentDigest::parse(text).is_none(), "{text}");
        }
        let long = ContentDigest::parse(&format!("sha512:{EMPTY}{EMPTY}")).unwrap();
        assert!(!long.fits(b""));
        assert!(long.of_same_kind(b"").fits(b""));
    }
}
