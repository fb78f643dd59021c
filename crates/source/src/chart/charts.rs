//! All charts: find a version, fetch its archive.
//!
//! Comes in: addresses and credentials of many apps. Goes out: versions and bytes. However many ask
//! for the same at the same time, a server is asked once; what was fetched is kept on disk. All calls
//! block; call them from a thread that may wait.

use super::address::{ChartAddress, ChartAddressError, Home, Place};
use super::digest::ContentDigest;
use super::error::ChartError;
use super::identity::identity;
use super::indexes::Indexes;
use super::limits::ChartLimits;
use super::oci::{Registry, Tokens};
use super::repository::HelmRepository;
use super::shelf::Shelf;
use super::version::{ChartVersion, Origin};
use crate::address::HttpAddress;
use crate::flight::Flights;
use crate::remote::{Caller, Network};
use crate::{AddressError, Credentials};
use model::Digest;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// The file that says a process works here.
pub(crate) const LOCK: &str = "lock";

/// The charts this process reads, kept under one folder.
pub struct Charts {
    /// Held as long as we live: two processes must not clean each other's files.
    _lock: File,
    pub(super) shelf: Shelf,
    network: Network,
    pub(super) limits: ChartLimits,
    indexes: Indexes,
    tokens: Tokens,
    /// By content and by who asks for it.
    fetches: Flights<(ContentDigest, Digest), Fetched>,
    /// By content, by who asks, and by what is required.
    proofs: Flights<(ContentDigest, Digest, Digest), Result<(), ChartError>>,
}

/// What those who fetch together share.
type Fetched = Result<Arc<[u8]>, ChartError>;

/// Why the folder for charts cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenChartsError {
    /// It cannot be made or written.
    #[error("the folder for charts {folder:?} cannot be used")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// Another process works in it.
    #[error("the folder for charts {0:?} is in use by another process; give each its own")]
    InUse(PathBuf),
}

impl Charts {
    /// Opens the folder that holds charts, making it if need be.
    pub fn new(folder: impl Into<PathBuf>, limits: ChartLimits) -> Result<Self, OpenChartsError> {
        let folder = folder.into();
        let failed = |source| OpenChartsError::Folder {
            folder: folder.clone(),
            source,
        };
        fs::create_dir_all(&folder).map_err(failed)?;
        let lock = File::create(folder.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(OpenChartsError::InUse(folder)),
            Err(fs::TryLockError::Error(source)) => return Err(failed(source)),
        }
        Ok(Self {
            _lock: lock,
            shelf: Shelf::open(folder.clone(), limits.cache_bytes).map_err(failed)?,
            network: Network::new().map_err(failed)?,
            limits,
            indexes: Indexes::default(),
            tokens: Tokens::default(),
            fetches: Flights::default(),
            proofs: Flights::default(),
        })
    }

    /// Finds the version that is asked for, by Helm's rules: the one that is spelled just so, or
    /// else the newest in the range. The server is asked, so what is found is what is published now.
    pub fn resolve(
        &self,
        address: &ChartAddress,
        credentials: &Credentials,
    ) -> Result<ChartVersion, ChartError> {
        let wished = address.version.trim();
        match Home::parse(&address.repository, &address.chart)? {
            Home::Http(home) => {
                let repository = self.repository(&home, credentials);
                self.resolve_in_index(&repository, &address.chart, wished)
            }
            Home::Registry(place) => {
                let registry = self.registry(&place, credentials)?;
                self.resolve_tag(&registry, &address.chart, wished)
            }
        }
    }

    /// The bytes of a version's archive, as they were published. Where the credentials require a
    /// proof, they are given only if it holds.
    pub fn fetch(
        &self,
        version: &ChartVersion,
        credentials: &Credentials,
    ) -> Result<Arc<[u8]>, ChartError> {
        let bytes = self.published(version, credentials)?;
        let Some(required) = &credentials.proof else {
            return Ok(bytes);
        };
        let who = identity(credentials, version.origin.http());
        let key = (version.digest.clone(), who, required.fingerprint());
        self.proofs
            .share(key, || self.prove(version, required, &bytes, credentials))?;
        Ok(bytes)
    }

    fn published(
        &self,
        version: &ChartVersion,
        credentials: &Credentials,
    ) -> Result<Arc<[u8]>, ChartError> {
        let who = identity(credentials, version.origin.http());
        let key = (version.digest.clone(), who);
        self.fetches.share(key, || match &version.origin {
            Origin::Archive { home, urls } => {
                if let Some(bytes) = self.shelf.content(&version.digest)? {
                    return Ok(bytes.into());
                }
                let repository = self.repository(home, credentials);
                let what = named(&version.chart, &version.version);
                self.download(&repository, urls, Some(&version.digest), &what)
            }
            Origin::Manifest(place) => {
                let registry = self.registry(place, credentials)?;
                let what = format!("version {}", version.version);
                self.pull_layer(&registry, &version.digest, &what)
            }
        })
    }

    /// Finds a version and fetches it: what a chart's dependency needs.
    pub fn pull(
        &self,
        address: &ChartAddress,
        credentials: &Credentials,
    ) -> Result<(ChartVersion, Arc<[u8]>), ChartError> {
        let version = self.resolve(address, credentials)?;
        let bytes = self.fetch(&version, credentials)?;
        Ok((version, bytes))
    }

    pub(super) fn repository<'a>(
        &'a self,
        address: &'a HttpAddress,
        credentials: &'a Credentials,
    ) -> HelmRepository<'a> {
        HelmRepository {
            address,
            credentials,
            network: &self.network,
            shelf: &self.shelf,
            limits: &self.limits,
            indexes: &self.indexes,
        }
    }

    pub(super) fn registry<'a>(
        &'a self,
        place: &'a Place,
        credentials: &'a Credentials,
    ) -> Result<Registry<'a>, ChartError> {
        let base = place.registry(credentials.plain_http).ok_or_else(|| {
            let why = "its host cannot be read".to_owned();
            ChartAddressError::Url(AddressError::Malformed(place.to_string(), why))
        })?;
        let who = identity(credentials, None);
        let parts = [base.as_str(), &place.path].map(str::as_bytes);
        let key = Digest::of_parts(parts.into_iter().chain([who.as_bytes().as_slice()]));
        Ok(Registry {
            caller: Caller {
                network: &self.network,
                credentials,
                connect_timeout: self.limits.connect_timeout,
                timeout: self.limits.timeout,
            },
            place,
            base,
            tokens: &self.tokens,
            key,
            limits: &self.limits,
        })
    }
}

/// What is fetched, in words for an error.
pub(super) fn named(chart: &str, version: &str) -> String {
    format!("{chart} {version}")
}

/// The error for a wish that is no version.
pub(super) fn no_version_text(repository: String, chart: &str, wished: &str) -> ChartError {
    ChartError::Version {
        repository,
        chart: chart.to_owned(),
        version: wished.to_owned(),
    }
}
