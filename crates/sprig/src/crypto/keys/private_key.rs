//! A private key of any kind: from PEM, to PEM, and to sign certificates with.

use super::dsa;
use crate::crypto::pem;
use der::zeroize::Zeroizing;
use ed25519_dalek::pkcs8::DecodePrivateKey;
use p256::ecdsa::DerSignature as P256Signature;
use p384::ecdsa::DerSignature as P384Signature;
use p521::ecdsa::DerSignature as P521Signature;
use pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15;
use sha2::Sha256;
use std::sync::Arc;
use thiserror::Error;
use x509_cert::Certificate;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{self, Builder, CertificateBuilder};
use x509_cert::spki::{EncodePublicKey, SubjectPublicKeyInfoOwned};

/// A private key.
pub enum PrivateKey {
    Rsa(Arc<RsaPrivateKey>),
    P256(p256::SecretKey),
    P384(p384::SecretKey),
    P521(p521::SecretKey),
    Ed25519(ed25519_dalek::SigningKey),
    /// Its DER: such a key is only passed on.
    Dsa(Vec<u8>),
}

/// Why there is no key, in sprig's words as far as they are its own.
#[derive(Debug, Error)]
pub enum KeyError {
    #[error("no PEM data in input")]
    NoPem,
    #[error("no private key data in PEM block of type {0}")]
    NoKey(String),
    #[error("invalid private key type {0}")]
    UnknownKind(String),
    #[error("decoding PEM as PKCS#8: {0}")]
    Pkcs8(String),
    #[error("parsing {kind} private key from PEM: {problem}")]
    Parse { kind: &'static str, problem: String },
    #[error("{0}")]
    Generate(String),
    #[error("the key cannot be written: {0}")]
    Write(String),
}

const SUFFIX: &str = " PRIVATE KEY";

impl PrivateKey {
    /// Reads PEM of any kind.
    pub fn from_pem(text: &[u8]) -> Result<Self, KeyError> {
        let (tag, der) = pem::decode(text).ok_or(KeyError::NoPem)?;
        if tag == "PRIVATE KEY" {
            return of_pkcs8(&der).ok_or_else(|| KeyError::Pkcs8("x509: unknown key".into()));
        }
        let unusable = || KeyError::NoKey(tag.clone());
        match tag.strip_suffix(SUFFIX).ok_or_else(unusable)? {
            "RSA" => {
                let key = RsaPrivateKey::from_pkcs1_der(&der);
                let key = key.map_err(|error| parse_error("RSA", error))?;
                Ok(Self::Rsa(Arc::new(key)))
            }
            "EC" => of_sec1(&der).ok_or_else(|| parse_error("EC", "x509: unknown elliptic curve")),
            "DSA" => {
                dsa::parse(&der).map_err(|error| parse_error("DSA", error))?;
                Ok(Self::Dsa(der))
            }
            _ => Err(KeyError::UnknownKind(tag)),
        }
    }

    /// Its PEM.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let written = |error: &dyn std::fmt::Display| KeyError::Write(error.to_string());
        let elliptic = |der: der::Result<Zeroizing<Vec<u8>>>| {
            let der = der.map_err(|error| written(&error))?;
            Ok(pem::encode("EC PRIVATE KEY", &der))
        };
        match self {
            Self::Rsa(key) => {
                let der = key.to_pkcs1_der().map_err(|error| written(&error))?;
                Ok(pem::encode("RSA PRIVATE KEY", der.as_bytes()))
            }
            Self::P256(key) => elliptic(key.to_sec1_der()),
            Self::P384(key) => elliptic(key.to_sec1_der()),
            Self::P521(key) => elliptic(key.to_sec1_der()),
            Self::Ed25519(key) => {
                let der = [PKCS8_OF_ED25519, key.as_bytes()].concat();
                Ok(pem::encode("PRIVATE KEY", &der))
            }
            Self::Dsa(der) => Ok(pem::encode("DSA PRIVATE KEY", der)),
        }
    }

    /// Its public key as certificates carry it; none if none can.
    pub fn public(&self) -> Option<SubjectPublicKeyInfoOwned> {
        let from = |key: &dyn PublicKey| key.info();
        match self {
            Self::Rsa(key) => from(key.as_public_key()),
            Self::P256(key) => from(&key.public_key()),
            Self::P384(key) => from(&key.public_key()),
            Self::P521(key) => from(&key.public_key()),
            Self::Ed25519(key) => from(&key.verifying_key()),
            Self::Dsa(_) => None,
        }
    }

    /// Signs what a builder holds; none if it cannot sign.
    pub fn sign<P: BuilderProfile>(
        &self,
        builder: CertificateBuilder<P>,
    ) -> Option<builder::Result<Certificate>> {
        Some(match self {
            Self::Rsa(key) => {
                let signer = pkcs1v15::SigningKey::<Sha256>::new((**key).clone());
                builder.build::<_, pkcs1v15::Signature>(&signer)
            }
            Self::P256(key) => {
                let signer = p256::ecdsa::SigningKey::from(key);
                builder.build::<_, P256Signature>(&signer)
            }
            Self::P384(key) => {
                let signer = p384::ecdsa::SigningKey::from(key);
                builder.build::<_, P384Signature>(&signer)
            }
            Self::P521(key) => {
                let signer = p521::ecdsa::SigningKey::from(key);
                builder.build::<_, P521Signature>(&signer)
            }
            Self::Ed25519(key) => builder.build::<_, ed25519_dalek::Signature>(key),
            Self::Dsa(_) => return None,
        })
    }
}

/// What stands before the seed in PKCS#8 of an Ed25519 key without its public half, as Go has it.
const PKCS8_OF_ED25519: &[u8] = &[
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// Any public key.
trait PublicKey {
    fn info(&self) -> Option<SubjectPublicKeyInfoOwned>;
}

impl<K: EncodePublicKey> PublicKey for K {
    fn info(&self) -> Option<SubjectPublicKeyInfoOwned> {
        SubjectPublicKeyInfoOwned::from_key(self).ok()
    }
}

fn parse_error(kind: &'static str, problem: impl std::fmt::Display) -> KeyError {
    let problem = problem.to_string();
    KeyError::Parse { kind, problem }
}

fn of_pkcs8(der: &[u8]) -> Option<PrivateKey> {
    let rsa = || {
        let key = RsaPrivateKey::from_pkcs8_der(der).ok()?;
        Some(PrivateKey::Rsa(Arc::new(key)))
    };
    rsa()
        .or_else(|| {
            p256::SecretKey::from_pkcs8_der(der)
                .ok()
                .map(PrivateKey::P256)
        })
        .or_else(|| {
            p384::SecretKey::from_pkcs8_der(der)
                .ok()
                .map(PrivateKey::P384)
        })
        .or_else(|| {
            p521::SecretKey::from_pkcs8_der(der)
                .ok()
                .map(PrivateKey::P521)
        })
        .or_else(|| {
            let key = ed25519_dalek::SigningKey::from_pkcs8_der(der);
            key.ok().map(PrivateKey::Ed25519)
        })
}

fn of_sec1(der: &[u8]) -> Option<PrivateKey> {
    p256::SecretKey::from_sec1_der(der)
        .map(PrivateKey::P256)
        .or_else(|_| p384::SecretKey::from_sec1_der(der).map(PrivateKey::P384))
        .or_else(|_| p521::SecretKey::from_sec1_der(der).map(PrivateKey::P521))
        .ok()
}
