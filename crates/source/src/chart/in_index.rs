//! Charts in Helm repositories: from a wish to an entry of the index, and from the entry to bytes.
//!
//! Comes in: a repository and a wish. Goes out: a version with its digest, and the archive from the
//! first of the named places that gives the right one.

use super::Charts;
use super::address::{Place, printable};
use super::charts::{named, no_version_text};
use super::digest::ContentDigest;
use super::error::ChartError;
use super::index::Entry;
use super::indexes::Read;
use super::repository::HelmRepository;
use super::version::{ChartVersion, Origin};
use super::wish::{Wish, newest};
use crate::near::names_like;
use model::Digest;
use reqwest::Url;
use std::sync::Arc;

impl Charts {
    pub(super) fn resolve_in_index(
        &self,
        repository: &HelmRepository<'_>,
        chart: &str,
        wished: &str,
    ) -> Result<ChartVersion, ChartError> {
        let home = || printable(&repository.address.url);
        let read = repository.index()?;
        let versions = read
            .index
            .versions(chart)
            .map_err(|source| ChartError::Index {
                repository: home(),
                source: Arc::new(source),
            })?;
        let versions = versions.ok_or_else(|| ChartError::NoChart {
            repository: home(),
            chart: chart.to_owned(),
            near: names_like(chart, read.index.names().into_iter()),
        })?;
        let wish = Wish::of(wished).ok_or_else(|| no_version_text(home(), chart, wished))?;
        let entry = wish.pick(&versions, |entry| &entry.version);
        let entry = entry.ok_or_else(|| ChartError::NoVersion {
            repository: home(),
            chart: chart.to_owned(),
            version: wished.to_owned(),
            newest: newest(versions.iter().map(|entry| &entry.version)),
        })?;
        self.found(repository, chart, entry, &read)
    }

    fn found(
        &self,
        repository: &HelmRepository<'_>,
        chart: &str,
        entry: &Entry,
        read: &Read,
    ) -> Result<ChartVersion, ChartError> {
        let home = printable(&repository.address.url);
        let urls = repository.places(&entry.urls);
        if urls.is_empty() {
            return Err(ChartError::NoUrl {
                repository: home,
                chart: chart.to_owned(),
                version: entry.version.original.clone(),
            });
        }
        let digest = self.digest(repository, chart, entry, &urls, read)?;
        Ok(ChartVersion {
            repository: home.into(),
            chart: chart.into(),
            version: entry.version.original.as_str().into(),
            digest,
            deprecated: entry.deprecated,
            origin: Origin::Archive {
                home: repository.address.clone(),
                urls,
            },
        })
    }

    /// What the content of an entry is known by.
    fn digest(
        &self,
        repository: &HelmRepository<'_>,
        chart: &str,
        entry: &Entry,
        urls: &[Url],
        read: &Read,
    ) -> Result<ContentDigest, ChartError> {
        match &*entry.digest {
            "" => self.undigested(repository, chart, entry, urls, read),
            text => ContentDigest::parse(text).ok_or_else(|| ChartError::DigestText {
                repository: printable(&repository.address.url),
                chart: chart.to_owned(),
                version: entry.version.original.clone(),
                found: text.to_owned(),
            }),
        }
    }

    /// The digest of an archive whose index names none: that of its bytes, looked at once for each
    /// state of the index.
    fn undigested(
        &self,
        repository: &HelmRepository<'_>,
        chart: &str,
        entry: &Entry,
        urls: &[Url],
        read: &Read,
    ) -> Result<ContentDigest, ChartError> {
        let parts = [
            read.digest(),
            chart,
            &entry.version.original,
            urls[0].as_str(),
        ];
        let note = Digest::of_parts(parts.map(str::as_bytes));
        if let Some(digest) = self.shelf.noted(&note)?
            && self.shelf.content(&digest)?.is_some()
        {
            return Ok(digest);
        }
        let what = named(chart, &entry.version.original);
        let bytes = self.download(repository, urls, None, &what)?;
        let digest = ContentDigest::of(&bytes);
        self.shelf.note(&note, &digest)?;
        Ok(digest)
    }

    /// Fetches an archive from the first place that gives the right one.
    pub(super) fn download(
        &self,
        repository: &HelmRepository<'_>,
        urls: &[Url],
        expected: Option<&ContentDigest>,
        what: &str,
    ) -> Result<Arc<[u8]>, ChartError> {
        let mut failure = None;
        for url in urls {
            match self.download_from(repository, url, expected, what) {
                Ok(bytes) => return Ok(bytes.into()),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        Err(failure.unwrap_or_else(|| ChartError::NoUrl {
            repository: printable(&repository.address.url),
            chart: what.to_owned(),
            version: String::new(),
        }))
    }

    fn download_from(
        &self,
        repository: &HelmRepository<'_>,
        url: &Url,
        expected: Option<&ContentDigest>,
        what: &str,
    ) -> Result<Vec<u8>, ChartError> {
        tracing::debug!(url = %printable(url), "fetching a chart");
        let bytes = match url.scheme() {
            "oci" => self.layer_at(repository, url, what)?,
            _ => repository.archive(url, what)?,
        };
        let found = match expected {
            Some(expected) => expected.of_same_kind(&bytes),
            None => ContentDigest::of(&bytes),
        };
        match expected {
            Some(expected) if *expected != found => Err(ChartError::Digest {
                repository: printable(&repository.address.url),
                what: what.to_owned(),
                expected: expected.clone(),
                found,
            }),
            _ => {
                self.shelf.keep_content(&found, &bytes)?;
                Ok(bytes)
            }
        }
    }

    /// An index may send us to a registry: `oci://host/path/chart:tag`.
    fn layer_at(
        &self,
        repository: &HelmRepository<'_>,
        url: &Url,
        what: &str,
    ) -> Result<Vec<u8>, ChartError> {
        let text = url.as_str().trim_start_matches("oci://");
        let (path, tag) = match text.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, tag),
            _ => (text, ""),
        };
        let place = Place::parse(path, "")?;
        let stranger = repository.credentials.without_secrets();
        let credentials = match repository.may_be_shown_to(url) {
            true => repository.credentials,
            false => &stranger,
        };
        let registry = self.registry(&place, credentials)?;
        let version = self.resolve_tag(&registry, "", tag)?;
        let bytes = self.pull_layer(&registry, &version.digest, what)?;
        Ok(bytes.to_vec())
    }
}
