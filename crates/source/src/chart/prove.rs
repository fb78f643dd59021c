//! The check that a chart brings the proof that is required of it.
//!
//! Comes in: a version, its archive, and the requirement. Goes out: nothing if it is met, else an
//! error that names the chart, the version, the keys and the reason. The proof lies where Helm and
//! cosign put it: beside the archive, as a layer of its manifest, or behind a tag of its own.

use super::Charts;
use super::address::{Place, printable};
use super::digest::ContentDigest;
use super::error::ChartError;
use super::in_registry::unpulled;
use super::oci::{Registry, RegistryError};
use super::proof::{
    Claim, CosignKeys, Keyring, Keys, Proof, ProofError, RequiredProof, check_cosign,
    check_provenance, now, signature_layers, signature_tag,
};
use super::version::{ChartVersion, Origin};
use super::wish::tag_of;
use crate::Credentials;
use crate::address::unescape;
use model::Version;
use reqwest::Url;
use std::sync::Arc;

/// One question: does this version bring what is required of it?
struct Case<'a> {
    charts: &'a Charts,
    version: &'a ChartVersion,
    required: &'a RequiredProof,
    credentials: &'a Credentials,
    what: String,
}

impl Charts {
    /// Holds a version's archive against what is required of it.
    pub(super) fn prove(
        &self,
        version: &ChartVersion,
        required: &RequiredProof,
        archive: &[u8],
        credentials: &Credentials,
    ) -> Result<(), ChartError> {
        let case = Case {
            charts: self,
            version,
            required,
            credentials,
            what: format!("the proof of {} {}", version.chart, version.version),
        };
        let keys = required.keys().map_err(|error| case.unproven(error))?;
        let key = match (keys, &version.origin) {
            (Keys::Provenance(keyring), Origin::Archive { .. }) => {
                case.file_beside(archive, keyring)
            }
            (Keys::Provenance(keyring), Origin::Manifest(place)) => {
                case.layer(place, archive, keyring)
            }
            (Keys::Cosign(keys), Origin::Manifest(place)) => case.signature(place, keys),
            (Keys::Cosign(_), Origin::Archive { .. }) => {
                Err(case.unproven(ProofError::NotInRepository(Proof::Cosign)))
            }
        }?;
        tracing::debug!(chart = %version.chart, version = %version.version, key, "the proof holds");
        Ok(())
    }
}

impl Case<'_> {
    /// `ARCHIVE.prov` beside the archive.
    fn file_beside(&self, archive: &[u8], keyring: &Keyring) -> Result<String, ChartError> {
        let Origin::Archive { home, urls } = &self.version.origin else {
            return Err(self.missing(Proof::Provenance, "there"));
        };
        let repository = self.charts.repository(home, self.credentials);
        for url in urls.iter().filter(|url| url.scheme() != "oci") {
            match repository.proof(&provenance_of(url), &self.what) {
                Ok(text) => return self.check_provenance(&text, archive, file_name(url), keyring),
                Err(ChartError::Missing { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let looked = urls.iter().map(|url| printable(&provenance_of(url)));
        let looked = looked.collect::<Vec<_>>().join(" or ");
        Err(self.missing(Proof::Provenance, &format!("at {looked}")))
    }

    /// A layer of the chart's own manifest.
    fn layer(
        &self,
        place: &Place,
        archive: &[u8],
        keyring: &Keyring,
    ) -> Result<String, ChartError> {
        let registry = self.charts.registry(place, self.credentials)?;
        let manifest = self
            .charts
            .chart_manifest(&registry, &self.version.digest, &self.what)?;
        let Some(layer) = manifest.provenance else {
            return Err(self.missing(Proof::Provenance, "in its manifest"));
        };
        let text = self.blob(&registry, &layer)?;
        let name = place.path.rsplit('/').next().unwrap_or_default();
        let file = format!("{name}-{}.tgz", tag_of(&self.version.version));
        self.check_provenance(&text, archive, file, keyring)
    }

    fn check_provenance(
        &self,
        text: &[u8],
        archive: &[u8],
        file: String,
        keyring: &Keyring,
    ) -> Result<String, ChartError> {
        let version = &*self.version.version;
        let claim = Claim {
            archive,
            file,
            asked: Some((
                &self.version.chart,
                Version::parse(version).is_ok().then_some(version),
            )),
        };
        let checked = check_provenance(text, &claim, keyring, now());
        checked.map_err(|error| self.unproven(error))
    }

    /// The signatures behind the tag that is named after the manifest's digest.
    fn signature(&self, place: &Place, keys: &CosignKeys) -> Result<String, ChartError> {
        let registry = self.charts.registry(place, self.credentials)?;
        let digest = &self.version.digest;
        let tag = signature_tag(digest);
        let found = registry.manifest(&tag);
        let found = found.map_err(|error| unpulled(place, &self.what, error))?;
        let Some((_, manifest)) = found else {
            return Err(self.missing(Proof::Cosign, &format!("behind the tag {tag}")));
        };
        let layers = signature_layers(&manifest)
            .map_err(|error| self.unproven(ProofError::Malformed(error)))?;
        let mut complaint = None;
        for layer in &layers {
            let statement = self.blob(&registry, &layer.statement)?;
            match check_cosign(&statement, layer, &digest.to_string(), keys) {
                Ok(Some(key)) => return Ok(key),
                Ok(None) => {}
                Err(error) => complaint = complaint.or(Some(error)),
            }
        }
        let trusted = self.required.named_keys();
        let keyless = !layers.is_empty() && layers.iter().all(|layer| layer.is_keyless);
        Err(self.unproven(complaint.unwrap_or(match keyless {
            true => ProofError::Keyless { trusted },
            false => ProofError::NoneFits {
                signatures: layers.len(),
                trusted,
            },
        })))
    }

    fn blob(&self, registry: &Registry<'_>, digest: &ContentDigest) -> Result<Vec<u8>, ChartError> {
        let failed = |error: RegistryError| unpulled(registry.place, &self.what, error);
        let most = self.charts.limits.max_manifest_bytes;
        registry.blob(digest, most).map_err(failed)
    }

    fn missing(&self, proof: Proof, looked: &str) -> ChartError {
        ChartError::NoProof {
            repository: self.version.repository.to_string(),
            chart: self.version.chart.to_string(),
            version: self.version.version.to_string(),
            proof,
            keys: self.required.named_keys().into(),
            looked: looked.into(),
        }
    }

    fn unproven(&self, source: ProofError) -> ChartError {
        ChartError::Unproven {
            repository: self.version.repository.to_string(),
            chart: self.version.chart.to_string(),
            version: self.version.version.to_string(),
            source: Arc::new(source),
        }
    }
}

/// The file that lies beside an archive.
fn provenance_of(url: &Url) -> Url {
    let mut url = url.clone();
    let path = format!("{}.prov", url.path());
    url.set_path(&path);
    url
}

/// What the archive at a URL is called.
fn file_name(url: &Url) -> String {
    unescape(url.path().rsplit('/').next().unwrap_or_default())
}
