//! Helm's provenance files.
//!
//! Comes in: the file, the archive it is about, and the keys that are trusted. Goes out: who signed
//! it, or why it proves nothing. Beyond what Helm checks, the chart and the version that were signed
//! must be those asked for: an index could otherwise pass off an old version as a new one.
//!
//! Source: Helm 4.2, pkg/provenance/sign.go.

use super::certificate::{Certificate, Standing};
use super::cleartext::SignedText;
use super::error::ProofError;
use super::keyring::{Keyring, name};
use crate::chart::digest::ContentDigest;
use crate::chart::proof::one_of;
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::Signature;
use serde_json::Value;

/// What a provenance file has to say.
pub(crate) struct Claim<'a> {
    pub archive: &'a [u8],
    /// What the archive is called.
    pub file: String,
    /// The chart and the version asked for; the version is nothing where a tag or digest was.
    pub asked: Option<(&'a str, Option<&'a str>)>,
}

/// What is signed: the chart's own description, and sums of files.
struct Statement {
    chart: Value,
    files: Value,
}

/// Between the description and the sums.
const PARTS: &str = "\n...\n";

impl<'a> Claim<'a> {
    /// About a file of which nothing is known but its name.
    pub fn of_file(archive: &'a [u8], file: &str) -> Self {
        Self {
            archive,
            file: file.to_owned(),
            asked: None,
        }
    }
}

/// Holds a claim against the file; gives who signed it.
pub(crate) fn check(
    file: &[u8],
    claim: &Claim<'_>,
    keyring: &Keyring,
    now: u64,
) -> Result<String, ProofError> {
    let text = SignedText::read(file)?;
    let key = signer(&text, keyring, now)?;
    let statement = Statement::read(&text.plain())?;
    statement.is_about(claim, &key)?;
    statement.holds(claim, &key)?;
    Ok(key)
}

/// Who signed it. The first signature that names a trusted key decides.
fn signer(text: &SignedText, keyring: &Keyring, now: u64) -> Result<String, ProofError> {
    for signature in text.signatures() {
        for key in keyring.keys() {
            let certificate = Certificate::new(key, now);
            if let Some((checked, standing)) = certificate.check(signature, text.signed.as_bytes())
            {
                let key = name(key);
                checked.map_err(|error| ProofError::Signature {
                    key: key.clone(),
                    reason: error.to_string(),
                })?;
                good(&key, standing)?;
                return timely(key, signature, certificate.is_over(signature));
            }
        }
    }
    Err(ProofError::UnknownKey {
        issuer: issuer(text.signatures()),
        trusted: one_of(&keyring.keys().iter().map(name).collect::<Vec<_>>()),
    })
}

fn good(key: &str, standing: Standing) -> Result<(), ProofError> {
    let why = match standing {
        Standing::Good => return Ok(()),
        Standing::Revoked => "is revoked",
        Standing::Expired => "expired, or is of the future",
    };
    let key = key.to_owned();
    Err(ProofError::Key { key, why })
}

fn timely(key: String, signature: &Signature, is_over: bool) -> Result<String, ProofError> {
    let hash = signature.hash_alg();
    let weak = [
        HashAlgorithm::Md5,
        HashAlgorithm::Sha1,
        HashAlgorithm::Ripemd160,
    ];
    match hash {
        Some(hash) if weak.contains(&hash) => Err(ProofError::Hash {
            key,
            hash: hash.to_string(),
        }),
        _ if is_over => Err(ProofError::Expired { key }),
        _ => Ok(key),
    }
}

/// The key that a signature says it is by.
fn issuer(signatures: &[Signature]) -> String {
    let said = |signature: &Signature| {
        let prints = signature.issuer_fingerprint();
        let fingerprint = prints.first().map(|print| format!("{print:X}"));
        fingerprint.or_else(|| {
            Some(
                signature
                    .issuer_key_id()
                    .first()?
                    .to_string()
                    .to_uppercase(),
            )
        })
    };
    let said = signatures.iter().find_map(said);
    said.unwrap_or_else(|| "of nobody".to_owned())
}

impl Statement {
    fn read(text: &str) -> Result<Self, ProofError> {
        let malformed = |error: String| ProofError::Malformed(error);
        let mut parts = text.split(PARTS);
        let (Some(chart), Some(sums)) = (parts.next(), parts.next()) else {
            return Err(malformed(
                "message block must have at least two parts".into(),
            ));
        };
        let read = |part: &str| {
            yaml::read_first(part.as_bytes(), &yaml::Limits::default())
                .map_err(|error| malformed(error.to_string()))
        };
        let mut sums = read(sums)?;
        Ok(Self {
            chart: read(chart).unwrap_or_default(),
            files: sums.get_mut("files").map(Value::take).unwrap_or_default(),
        })
    }

    fn said(&self, field: &str) -> &str {
        let text = self.chart.get(field).and_then(Value::as_str);
        text.unwrap_or_default()
    }

    /// Is it the chart that was asked for?
    fn is_about(&self, claim: &Claim<'_>, key: &str) -> Result<(), ProofError> {
        let Some((chart, version)) = claim.asked else {
            return Ok(());
        };
        let signed = (self.said("name"), self.said("version"));
        match signed.0 == chart && version.is_none_or(|version| version == signed.1) {
            true => Ok(()),
            false => Err(ProofError::Other {
                key: key.to_owned(),
                signed: format!("{:?} in version {:?}", signed.0, signed.1),
            }),
        }
    }

    /// Is it this very archive?
    fn holds(&self, claim: &Claim<'_>, key: &str) -> Result<(), ProofError> {
        // A registry may be asked by a tag that the archive is not called after.
        let own = format!("{}-{}.tgz", self.said("name"), self.said("version"));
        let own = claim.asked.is_some().then_some(own);
        let names = std::iter::once(&claim.file).chain(&own);
        let sum = names
            .filter_map(|name| self.files.get(name))
            .find_map(Value::as_str);
        let (file, key) = (claim.file.clone(), key.to_owned());
        let Some(signed) = sum else {
            return Err(ProofError::NoSum { file, key });
        };
        let found = ContentDigest::of(claim.archive).to_string();
        match signed == found {
            true => Ok(()),
            false => Err(ProofError::Sum {
                file,
                key,
                signed: signed.to_owned(),
                found,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
