//! Proofs of origin that somebody may require of a chart.
//!
//! Comes in: a version and the kind of proof. Goes out: an error, for no kind can be checked yet. A
//! chart whose signature is required is better refused than believed; the error says whether there is
//! a signature at all.

use super::Charts;
use super::error::ChartError;
use super::oci::Manifest;
use super::version::{ChartVersion, Origin};
use crate::Credentials;
use reqwest::Url;
use std::fmt;

/// A kind of proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// Helm's provenance file, signed with PGP.
    Provenance,
    /// A signature of Sigstore's cosign.
    Cosign,
    /// A signature of Notary's notation.
    Notation,
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Provenance => "provenance file (PGP)",
            Self::Cosign => "cosign signature",
            Self::Notation => "notation signature",
        })
    }
}

impl Charts {
    /// Requires a proof of where a version comes from.
    pub fn require(
        &self,
        version: &ChartVersion,
        proof: Proof,
        credentials: &Credentials,
    ) -> Result<(), ChartError> {
        let (repository, chart) = (version.repository.to_string(), version.chart.to_string());
        let version_text = version.version.to_string();
        if proof == Proof::Provenance && !self.has_provenance(version, credentials)? {
            return Err(ChartError::NoProof {
                repository,
                chart,
                version: version_text,
                proof,
            });
        }
        Err(ChartError::Unproven {
            repository,
            chart,
            version: version_text,
            proof,
        })
    }

    fn has_provenance(
        &self,
        version: &ChartVersion,
        credentials: &Credentials,
    ) -> Result<bool, ChartError> {
        let what = format!("the provenance of {} {}", version.chart, version.version);
        match &version.origin {
            Origin::Manifest(place) => {
                let registry = self.registry(place, credentials)?;
                let manifest = self.manifest(&registry, &version.digest, &what)?;
                Ok(matches!(manifest, Manifest::Chart(layer) if layer.provenance.is_some()))
            }
            Origin::Archive { home, urls } => {
                let repository = self.repository(home, credentials);
                for url in urls.iter().filter_map(provenance_of) {
                    match repository.archive(&url, &what) {
                        Ok(_) => return Ok(true),
                        Err(ChartError::Missing { .. }) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(false)
            }
        }
    }
}

/// The file that lies beside an archive.
fn provenance_of(url: &Url) -> Option<Url> {
    let mut url = url.clone();
    let path = format!("{}.prov", url.path());
    url.set_path(&path);
    matches!(url.scheme(), "http" | "https").then_some(url)
}
