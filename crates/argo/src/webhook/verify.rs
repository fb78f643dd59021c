//! Proofs that a sender knows the secret.
//!
//! Comes in: what was sent, and the secret. Goes out: yes or no, in a time that does not tell how
//! much of it was right.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Is it the body's HMAC-SHA256 in hex?
pub(super) fn is_signed(body: &[u8], secret: &str, signature: &str) -> bool {
    let Some(signature) = from_hex(signature) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}

/// Are the texts the same? Their digests are compared, so that lengths do not show either.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (
        Sha256::digest(one.as_bytes()),
        Sha256::digest(other.as_bytes()),
    );
    one.as_slice().ct_eq(other.as_slice()).into()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| digit.try_into().ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(
        digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_signature_holds_and_others_do_not() {
        // RFC 4231, test case 2.
        let (body, secret) = (b"what do ya want for nothing?", "Jefe");
        let right = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(is_signed(body, secret, right));
        for wrong in ["", "5b", "zz", &right[2..], &right.replace('5', "6")] {
            assert!(!is_signed(body, secret, wrong), "{wrong}");
        }
    }
}
