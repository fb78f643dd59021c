//! Charts in registries: from a wish to a manifest, and from the manifest to its layer.
//!
//! Comes in: a place in a registry and a wish. Goes out: a version with the digest of its manifest,
//! and the archive the manifest names.

use super::Charts;
use super::address::Place;
use super::charts::no_version_text;
use super::digest::ContentDigest;
use super::error::ChartError;
use super::oci::{ChartLayer, Manifest, ManifestError, Registry, RegistryError};
use super::version::{ChartVersion, Origin};
use super::wish::{TagWish, Wish, newest, version_of};
use crate::remote::RemoteError;
use model::Version;
use std::sync::Arc;

/// How many manifests of a list are looked into.
const MAX_LISTED: usize = 16;

impl Charts {
    pub(super) fn resolve_tag(
        &self,
        registry: &Registry<'_>,
        chart: &str,
        wished: &str,
    ) -> Result<ChartVersion, ChartError> {
        let place = registry.place;
        let name = match chart {
            "" => place.path.rsplit('/').next().unwrap_or_default(),
            chart => chart,
        };
        let wish =
            TagWish::of(wished).ok_or_else(|| no_version_text(place.to_string(), name, wished))?;
        let (version, digest) = match wish {
            TagWish::Digest(digest) => (digest.to_string(), digest),
            TagWish::Tag(tag) => {
                let digest = registry
                    .digest(&tag)
                    .map_err(|error| unpulled(place, &format!("version {wished}"), error))?;
                let none = || self.no_such_tag(registry, name, wished);
                (wished.to_owned(), digest.ok_or_else(none)?)
            }
            TagWish::Range(range) => self.newest_tag(registry, name, wished, &range)?,
        };
        Ok(ChartVersion {
            repository: place.to_string().into(),
            chart: name.into(),
            version: version.into(),
            digest,
            deprecated: false,
            origin: Origin::Manifest(place.clone()),
        })
    }

    fn newest_tag(
        &self,
        registry: &Registry<'_>,
        chart: &str,
        wished: &str,
        range: &Wish<'_>,
    ) -> Result<(String, ContentDigest), ChartError> {
        let failed = |error| unpulled(registry.place, "the tags", error);
        let tags = registry.tags().map_err(failed)?;
        let tags = sorted_tags(tags.unwrap_or_default());
        let none = || ChartError::NoVersion {
            repository: registry.place.to_string(),
            chart: chart.to_owned(),
            version: wished.to_owned(),
            newest: newest(tags.iter().map(|(version, _)| version)),
        };
        let picked = range.pick(&tags, |(version, _)| version);
        let (version, tag) = picked.ok_or_else(none)?;
        let digest = registry.digest(tag).map_err(failed)?;
        Ok((version.original.clone(), digest.ok_or_else(none)?))
    }

    /// The error for a tag that is not there, with those that are if the registry tells them.
    fn no_such_tag(&self, registry: &Registry<'_>, chart: &str, wished: &str) -> ChartError {
        let tags = registry.tags().unwrap_or_default().unwrap_or_default();
        let tags = sorted_tags(tags);
        ChartError::NoVersion {
            repository: registry.place.to_string(),
            chart: chart.to_owned(),
            version: wished.to_owned(),
            newest: newest(tags.iter().map(|(version, _)| version)),
        }
    }

    /// The chart behind a manifest.
    pub(super) fn pull_layer(
        &self,
        registry: &Registry<'_>,
        digest: &ContentDigest,
        what: &str,
    ) -> Result<Arc<[u8]>, ChartError> {
        let failed = |error| unpulled(registry.place, what, error);
        let layer = self.chart_manifest(registry, digest, what)?;
        if let Some(bytes) = self.shelf.content(&layer.archive)? {
            return Ok(bytes.into());
        }
        let limit = self.limits.max_chart_bytes;
        if layer.bytes > limit {
            return Err(failed(RemoteError::TooLarge { limit }.into()));
        }
        tracing::debug!(place = %registry.place, digest = %layer.archive, "fetching a chart");
        let bytes = registry.blob(&layer.archive, limit).map_err(failed)?;
        self.shelf.keep_content(&layer.archive, &bytes)?;
        Ok(bytes.into())
    }

    /// The layers of the chart behind a digest, which may be that of a list.
    pub(super) fn chart_manifest(
        &self,
        registry: &Registry<'_>,
        digest: &ContentDigest,
        what: &str,
    ) -> Result<ChartLayer, ChartError> {
        let mut manifest = self.manifest(registry, digest, what)?;
        if let Manifest::List(listed) = &manifest {
            manifest = self.listed(registry, listed, what)?;
        }
        match manifest {
            Manifest::Chart(layers) => Ok(layers),
            Manifest::List(_) => {
                let none = ManifestError::List(0);
                Err(unpulled(registry.place, what, none.into()))
            }
        }
    }

    fn manifest(
        &self,
        registry: &Registry<'_>,
        digest: &ContentDigest,
        what: &str,
    ) -> Result<Manifest, ChartError> {
        let failed = |error| unpulled(registry.place, what, error);
        let bytes = match self.shelf.content(digest)? {
            Some(bytes) => bytes,
            None => {
                let found = registry.manifest(&digest.to_string()).map_err(failed)?;
                let gone = || failed(RegistryError::Gone(format!("manifest {digest}")));
                let (_, bytes) = found.ok_or_else(gone)?;
                self.shelf.keep_content(digest, &bytes)?;
                bytes
            }
        };
        Manifest::read(&bytes).map_err(|error| failed(error.into()))
    }

    /// The first chart in a list of manifests.
    fn listed(
        &self,
        registry: &Registry<'_>,
        listed: &[ContentDigest],
        what: &str,
    ) -> Result<Manifest, ChartError> {
        for digest in listed.iter().take(MAX_LISTED) {
            if let Ok(chart @ Manifest::Chart(_)) = self.manifest(registry, digest, what) {
                return Ok(chart);
            }
        }
        let none = ManifestError::List(listed.len());
        Err(unpulled(registry.place, what, none.into()))
    }
}

/// Versions with what they compare by and their tags, the newest first; other tags are left out.
fn sorted_tags(tags: Vec<String>) -> Vec<(Version, String)> {
    let version = |tag: String| Some((Version::parse(&version_of(&tag)).ok()?, tag));
    let mut sorted: Vec<_> = tags.into_iter().filter_map(version).collect();
    sorted.sort_by(|a, b| b.0.cmp(&a.0));
    sorted
}

pub(super) fn unpulled(place: &Place, what: &str, error: RegistryError) -> ChartError {
    let (repository, what) = (place.to_string(), what.to_owned());
    match error {
        RegistryError::Remote(RemoteError::TooLarge { limit }) => ChartError::TooLarge {
            repository,
            what,
            limit,
        },
        source => ChartError::Registry {
            repository,
            what,
            source: Arc::new(source),
        },
    }
}
