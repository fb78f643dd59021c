//! Public keys whose pairs may sign with cosign.
//!
//! Comes in: PEM texts, one after the other, as `cosign generate-key-pair` writes them. Goes out: keys of
//! ECDSA on the curve P-256, each with a name for errors.

use super::error::KeysError;
use crate::chart::digest::ContentDigest;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{DerSignature, VerifyingKey};
use p256::pkcs8::{DecodePublicKey as _, EncodePublicKey as _};
use std::sync::Arc;

const BEGIN: &str = "-----BEGIN ";
const KEY: &str = "-----BEGIN PUBLIC KEY-----";
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----";

/// Trusted keys. Cheap to clone.
#[derive(Clone)]
pub(crate) struct CosignKeys(Arc<[CosignKey]>);

/// One of them.
pub(crate) struct CosignKey {
    key: VerifyingKey,
    /// The digest of the key, by which others write it down too.
    pub name: String,
}

impl CosignKeys {
    /// Reads keys.
    pub fn read(text: &[u8]) -> Result<Self, KeysError> {
        let text = std::str::from_utf8(text).map_err(|error| KeysError::Pem(error.to_string()))?;
        let mut starts: Vec<usize> = text.match_indices(BEGIN).map(|(at, _)| at).collect();
        match (starts.is_empty(), text.trim().is_empty()) {
            (true, true) => return Err(KeysError::NoCosignKey),
            (true, false) => return Err(KeysError::Pem("no PEM text begins there".to_owned())),
            (false, _) => starts.push(text.len()),
        }
        let parts = starts.windows(2).map(|pair| &text[pair[0]..pair[1]]);
        let keys: Vec<CosignKey> = parts.map(CosignKey::read).collect::<Result<_, _>>()?;
        Ok(Self(keys.into()))
    }

    /// The key that made a signature of these bytes, if one did.
    pub fn signer(&self, bytes: &[u8], signature: &[u8]) -> Option<&CosignKey> {
        let signature = DerSignature::try_from(signature).ok()?;
        let made = |key: &&CosignKey| key.key.verify(bytes, &signature).is_ok();
        self.0.iter().find(made)
    }

    /// What they are called.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|key| key.name.clone()).collect()
    }
}

impl CosignKey {
    fn read(pem: &str) -> Result<Self, KeysError> {
        if pem.starts_with(CERTIFICATE) {
            return Err(KeysError::Certificate);
        }
        if !pem.starts_with(KEY) {
            let kind = pem.lines().next().unwrap_or_default();
            return Err(KeysError::Pem(format!("{kind:?} begins no public key")));
        }
        let key =
            VerifyingKey::from_public_key_pem(pem.trim_end()).map_err(|error| match error {
                p256::pkcs8::spki::Error::OidUnknown { .. } => KeysError::Curve,
                error => KeysError::Pem(error.to_string()),
            })?;
        let encoded = key.to_public_key_der();
        let encoded = encoded.map_err(|error| KeysError::Pem(error.to_string()))?;
        Ok(Self {
            name: ContentDigest::of(encoded.as_bytes()).to_string(),
            key,
        })
    }
}
