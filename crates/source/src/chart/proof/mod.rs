//! Proofs of origin that somebody may require of charts.
//!
//! Comes in: a kind of proof and public keys, as somebody wrote them. Goes out: a [`RequiredProof`],
//! which [`Charts::fetch`](super::Charts::fetch) holds every archive against before it hands it out.
//! What cannot be read as a requirement lets nothing through: a typing mistake must not switch a
//! check off.
//!
//! Source: Helm 4.2, pkg/provenance, pkg/downloader; cosign 2, specs/SIGNATURE_SPEC.md.

mod certificate;
mod cleartext;
mod cosign;
mod cosign_keys;
mod error;
mod keyring;
mod provenance;
mod signature_manifest;

pub(super) use cosign::check as check_cosign;
pub(super) use cosign_keys::CosignKeys;
pub use error::{KeysError, ProofError};
pub(super) use keyring::Keyring;
pub(super) use provenance::{Claim, check as check_provenance};
pub(super) use signature_manifest::{signature_layers, signature_tag};

use model::Digest;
use std::fmt;
use std::time::SystemTime;

/// A kind of proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// Helm's provenance file, signed with OpenPGP.
    Provenance,
    /// A signature that Sigstore's cosign made with a pair of keys.
    Cosign,
}

impl Proof {
    /// Reads the word for it.
    fn parse(word: &str) -> Option<Self> {
        match word {
            "provenance" => Some(Self::Provenance),
            "cosign" => Some(Self::Cosign),
            _ => None,
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Provenance => "provenance file (OpenPGP)",
            Self::Cosign => "cosign signature",
        })
    }
}

/// What every chart must bring, and the keys that may have signed it.
#[derive(Clone)]
pub struct RequiredProof {
    keys: Result<Keys, KeysError>,
    stated: Digest,
}

/// The keys, by the kind of proof they are for.
#[derive(Clone)]
pub(super) enum Keys {
    Provenance(Keyring),
    Cosign(CosignKeys),
}

impl RequiredProof {
    /// Reads a requirement: `provenance` with OpenPGP keys, armored or not, or `cosign` with the PEM
    /// texts of public keys. One that makes no sense is a requirement that no chart meets.
    pub fn new(kind: &str, keys: &[u8]) -> Self {
        let read = match Proof::parse(kind.trim()) {
            Some(Proof::Provenance) => Keyring::read(keys).map(Keys::Provenance),
            Some(Proof::Cosign) => CosignKeys::read(keys).map(Keys::Cosign),
            None => Err(KeysError::Kind(kind.trim().to_owned())),
        };
        Self {
            keys: read,
            stated: Digest::of_parts([kind.trim().as_bytes(), keys]),
        }
    }

    /// Stands for the kind and the keys.
    pub fn fingerprint(&self) -> Digest {
        self.stated
    }

    /// The keys, if they and the kind could be read.
    pub(super) fn keys(&self) -> Result<&Keys, ProofError> {
        self.keys.as_ref().map_err(|error| error.clone().into())
    }

    /// The keys, in words for an error.
    pub(super) fn named_keys(&self) -> String {
        match &self.keys {
            Ok(Keys::Provenance(keyring)) => one_of(&keyring.names()),
            Ok(Keys::Cosign(keys)) => one_of(&keys.names()),
            Err(_) => "no key".to_owned(),
        }
    }
}

/// Holds an archive against the provenance file that lies beside it, as `helm verify` does; gives who
/// signed it. `file` is the archive's name.
pub fn check_archive(
    archive: &[u8],
    provenance: &[u8],
    file: &str,
    keyring: &[u8],
) -> Result<String, ProofError> {
    let claim = Claim::of_file(archive, file);
    check_provenance(provenance, &claim, &Keyring::read(keyring)?, now())
}

impl PartialEq for RequiredProof {
    fn eq(&self, other: &Self) -> bool {
        self.stated == other.stated
    }
}

impl fmt::Debug for RequiredProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequiredProof by {}", self.named_keys())
    }
}

/// How many keys an error names.
const MAX_NAMED: usize = 3;

/// `the key A`, or `one of the keys A, B, C and 2 more`.
fn one_of(names: &[String]) -> String {
    match names {
        [one] => format!("the key {one}"),
        names => {
            let shown = names.len().min(MAX_NAMED);
            let more = match names.len() - shown {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("one of the keys {}{more}", names[..shown].join(", "))
        }
    }
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
