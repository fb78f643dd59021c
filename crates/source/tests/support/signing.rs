//! People who sign charts, with keys made for a test.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::{EncodePublicKey as _, LineEnding};
use pgp::composed::{KeyType, SecretKeyParamsBuilder, SignedSecretKey};
use pgp::ser::Serialize as _;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use source::{ContentDigest, RequiredProof};
use std::sync::Arc;

/// Somebody with an OpenPGP key.
pub struct Signer {
    pub name: &'static str,
    key: SignedSecretKey,
}

impl Signer {
    pub fn new(name: &'static str) -> Self {
        let random = StdRng::seed_from_u64(name.len() as u64);
        let mut wanted = SecretKeyParamsBuilder::default();
        wanted
            .key_type(KeyType::Ed25519Legacy)
            .can_certify(true)
            .can_sign(true)
            .primary_user_id(format!("{name} <{name}@example.org>"));
        let key = wanted.build().unwrap().generate(random).unwrap();
        Self { name, key }
    }

    /// The private key, as a keyring of Helm's.
    pub fn private(&self) -> Vec<u8> {
        self.key.to_bytes().unwrap()
    }

    /// The public key, as `gpg --armor --export` shows it.
    pub fn public(&self) -> String {
        let public = self.key.to_public_key();
        public.to_armored_string(Default::default()).unwrap()
    }

    /// A provenance by this key is required.
    pub fn required(&self) -> Option<Arc<RequiredProof>> {
        let proof = RequiredProof::new("provenance", self.public().as_bytes());
        Some(Arc::new(proof))
    }
}

/// Somebody with a pair of cosign's keys.
pub struct Cosigner(SigningKey);

impl Cosigner {
    pub fn new(number: u8) -> Self {
        Self(SigningKey::from_slice(&[number; 32]).unwrap())
    }

    /// What `cosign generate-key-pair` writes as `cosign.pub`.
    pub fn public(&self) -> String {
        let key = self.0.verifying_key();
        key.to_public_key_pem(LineEnding::LF).unwrap()
    }

    /// A signature by this key is required.
    pub fn required(&self) -> Option<Arc<RequiredProof>> {
        let proof = RequiredProof::new("cosign", self.public().as_bytes());
        Some(Arc::new(proof))
    }

    /// The statement about a digest, and its signature.
    pub fn sign(&self, digest: &ContentDigest) -> (String, String) {
        let statement = format!(
            r#"{{"critical":{{"identity":{{"docker-reference":"r/app"}},"image":{{"docker-manifest-digest":"{digest}"}},"type":"cosign container image signature"}},"optional":null}}"#
        );
        let signature: DerSignature = self.0.sign(statement.as_bytes());
        (statement, STANDARD.encode(signature.as_bytes()))
    }
}
