//! OpenPGP keys that are trusted.
//!
//! Comes in: a keyring, as `gpg --export` writes it, armored or not; armored ones may follow each
//! other in one text. Goes out: the keys, each with what may be said of it. Like Helm, a keyring
//! may hold private keys, of which the public part is taken, and keys that cannot be understood are
//! passed over as long as one can.

use super::error::KeysError;
use pgp::composed::{PublicOrSecret, SignedPublicKey};
use pgp::types::KeyDetails;
use std::sync::Arc;

/// Keys larger than this together are refused.
const MAX_BYTES: usize = 4 << 20;
const ARMOR: &str = "-----BEGIN PGP ";

/// Trusted keys. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Keyring(Arc<[SignedPublicKey]>);

impl Keyring {
    /// Reads a keyring.
    pub fn read(bytes: &[u8]) -> Result<Self, KeysError> {
        if bytes.len() > MAX_BYTES {
            return Err(KeysError::OpenPgp(format!(
                "they are larger than {MAX_BYTES} bytes"
            )));
        }
        if bytes.trim_ascii().is_empty() {
            return Err(KeysError::NoOpenPgpKey);
        }
        let (mut keys, mut complaint) = (Vec::new(), None);
        for part in parts(bytes) {
            match PublicOrSecret::from_reader_many(part) {
                Ok((found, _)) => {
                    for key in found {
                        match key {
                            Ok(key) => keys.push(public(key)),
                            Err(error) => complaint = complaint.or(Some(error)),
                        }
                    }
                }
                Err(error) => complaint = complaint.or(Some(error)),
            }
        }
        match (keys.is_empty(), complaint) {
            (false, _) => Ok(Self(keys.into())),
            (true, None) => Err(KeysError::NoOpenPgpKey),
            (true, Some(error)) => Err(KeysError::OpenPgp(error.to_string())),
        }
    }

    /// The keys.
    pub fn keys(&self) -> &[SignedPublicKey] {
        &self.0
    }

    /// Each key's fingerprint.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(name).collect()
    }
}

/// A key's fingerprint, and whose it says to be.
pub(crate) fn name(key: &SignedPublicKey) -> String {
    let fingerprint = format!("{:X}", key.fingerprint());
    let user = key.details.users.first();
    let user = user.and_then(|user| user.id.as_str());
    match user {
        Some(user) => format!("{fingerprint} ({user})"),
        None => fingerprint,
    }
}

fn public(key: PublicOrSecret) -> SignedPublicKey {
    match key {
        PublicOrSecret::Public(key) => key,
        PublicOrSecret::Secret(key) => key.to_public_key(),
    }
}

/// Armored keys one by one; what is not armored as it is.
fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec![bytes];
    };
    let mut starts: Vec<usize> = text.match_indices(ARMOR).map(|(at, _)| at).collect();
    if starts.is_empty() {
        return vec![bytes];
    }
    starts.push(text.len());
    let parts = starts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]);
    parts.collect()
}
