//! A message that is signed in clear text, as OpenPGP writes it.
//!
//! Comes in: a file. Goes out: the text that is signed, and its signatures. What stands around the
//! message is passed over, as Helm does.
//!
//! Source: RFC 9580, 7; ProtonMail's go-crypto, openpgp/clearsign.

use super::error::ProofError;
use pgp::composed::CleartextSignedMessage;
use pgp::packet::Signature;

const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const END: &str = "\n-----END PGP SIGNATURE-----";

/// A signed text.
pub(crate) struct SignedText {
    message: CleartextSignedMessage,
    /// What is signed, its lines ended by CR and LF.
    pub signed: String,
}

impl SignedText {
    /// Reads the first message of a file.
    pub fn read(file: &[u8]) -> Result<Self, ProofError> {
        let text = std::str::from_utf8(file).map_err(|_| ProofError::NoBlock)?;
        let block = block(text).ok_or(ProofError::NoBlock)?;
        let (message, _) = CleartextSignedMessage::from_string(block)
            .map_err(|error| ProofError::Malformed(error.to_string()))?;
        let signed = message.signed_text();
        Ok(Self { message, signed })
    }

    /// The signatures under it.
    pub fn signatures(&self) -> &[Signature] {
        self.message.signatures()
    }

    /// The text with plain line ends.
    pub fn plain(&self) -> String {
        self.signed.replace("\r\n", "\n")
    }
}

/// The message without what stands before and behind it.
fn block(text: &str) -> Option<&str> {
    let start = match text.starts_with(BEGIN) {
        true => 0,
        false => text.find(&format!("\n{BEGIN}"))? + 1,
    };
    let end = text[start..].find(END)? + start + END.len();
    Some(&text[start..end])
}
