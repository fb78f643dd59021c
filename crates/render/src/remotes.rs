//! What a source takes from elsewhere, and the record of it.
//!
//! In: addresses of repositories, files and charts that a source names. Out: trees, bytes and what
//! Helm prints, each repository resolved once per render, and a note of which commit that was: a
//! render is only the same as long as every address leads where it led.

use crate::{Charts, Inputs, chart_run};
use ::helm::chart::{Limits, unpack};
use kustomize::load::{ChartRun, ChartWish, Elsewhere, ElsewhereError, RepositoryAddress};
use model::{Digest, MemoryTree, Revision, SourceTree, TreePath};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Gets what lies elsewhere. Calls may block.
pub trait Remotes: Send + Sync {
    /// The commit an address leads to now.
    fn resolve(&self, address: &RepositoryAddress) -> Result<Revision, ElsewhereError>;

    /// The repository at that commit.
    fn tree(
        &self,
        address: &RepositoryAddress,
        revision: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError>;

    /// The content of a file on the web.
    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError>;

    /// The version of a chart that an address leads to now.
    fn chart_version(&self, address: &ChartAddress) -> Result<ChartVersion, ElsewhereError> {
        let _ = address;
        Err(ElsewhereError::Off)
    }

    /// The archive of that version.
    fn chart(
        &self,
        address: &ChartAddress,
        version: &ChartVersion,
    ) -> Result<Arc<[u8]>, ElsewhereError> {
        let _ = (address, version);
        Err(ElsewhereError::Off)
    }
}

/// A chart of a Helm repository or registry.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ChartAddress {
    /// The repository, as the chart that needs it names it.
    pub repository: String,
    /// The chart.
    pub name: String,
    /// A version, or a range of versions.
    pub version: String,
}

/// What the address of a chart leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChartVersion {
    /// The exact version.
    pub version: String,
    /// The digest its repository gives for the archive; may be empty.
    pub digest: String,
}

/// Nothing lies elsewhere: every wish is refused, with what to do about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRemotes;

impl Remotes for NoRemotes {
    fn resolve(&self, _: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        Err(ElsewhereError::Off)
    }

    fn tree(
        &self,
        _: &RepositoryAddress,
        _: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        Err(ElsewhereError::Off)
    }

    fn file(&self, _: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        Err(ElsewhereError::Off)
    }
}

/// Something from elsewhere that went into a render.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RemoteInput {
    /// A repository, and the commit its address led to.
    Repository {
        /// Its address.
        address: Box<RepositoryAddress>,
        /// The commit.
        revision: Revision,
    },
    /// A file, and the digest of its content.
    File {
        /// Its address.
        url: String,
        /// Of its content.
        digest: Digest,
    },
    /// A chart, and the version its address led to.
    Chart {
        /// Its address.
        address: Box<ChartAddress>,
        /// The version.
        version: ChartVersion,
    },
}

impl RemoteInput {
    /// May it be another one the next time? A whole commit id stays what it is.
    pub fn moves(&self) -> bool {
        match self {
            Self::Repository { address, revision } => *address.reference != *revision.0,
            Self::Chart { address, version } => address.version != version.version,
            Self::File { .. } => true,
        }
    }

    /// Is it still what it was? What cannot be reached is not known to be.
    pub(crate) fn still(&self, remotes: &dyn Remotes) -> bool {
        !self.moves()
            || match self {
                Self::Repository { address, revision } => {
                    remotes.resolve(address).is_ok_and(|now| now == *revision)
                }
                Self::Chart { address, version } => remotes
                    .chart_version(address)
                    .is_ok_and(|now| now == *version),
                Self::File { url, digest } => remotes
                    .file(url)
                    .is_ok_and(|bytes| Digest::of(&bytes) == *digest),
            }
    }
}

impl Inputs {
    /// Does the render follow something that may change without a commit to its own repository?
    pub fn moves(&self) -> bool {
        self.elsewhere.iter().any(RemoteInput::moves)
    }

    /// May the render be another one where the destination cluster can do other things?
    pub fn follows_the_cluster(&self) -> bool {
        self.capabilities.is_some()
    }
}

/// Gets what lies elsewhere and notes it.
pub struct RecordedRemotes<'a> {
    remotes: &'a dyn Remotes,
    charts: &'a Charts,
    seen: Mutex<BTreeMap<String, RemoteInput>>,
    /// A chart of a kustomization was rendered.
    templated: AtomicBool,
}

impl<'a> RecordedRemotes<'a> {
    /// Nothing is noted yet.
    pub fn new(remotes: &'a dyn Remotes, charts: &'a Charts) -> Self {
        Self {
            remotes,
            charts,
            seen: Mutex::default(),
            templated: AtomicBool::new(false),
        }
    }

    /// Was a chart of a kustomization rendered?
    pub(crate) fn has_templated(&self) -> bool {
        self.templated.load(Ordering::Relaxed)
    }

    /// All that was noted.
    pub(crate) fn into_inputs(self) -> Vec<RemoteInput> {
        let seen = self.seen.into_inner();
        let seen = seen.unwrap_or_else(PoisonError::into_inner);
        seen.into_values().collect()
    }

    fn seen(&self) -> MutexGuard<'_, BTreeMap<String, RemoteInput>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn resolve(&self, address: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        let key = format!("{}#{}", address.url(), address.reference);
        if let Some(RemoteInput::Repository { revision, .. }) = self.seen().get(&key) {
            return Ok(revision.clone());
        }
        let revision = self.remotes.resolve(address)?;
        let input = RemoteInput::Repository {
            address: Box::new(address.clone()),
            revision: revision.clone(),
        };
        self.seen().insert(key, input);
        Ok(revision)
    }

    /// The archive of a chart.
    pub(crate) fn archive(&self, address: &ChartAddress) -> Result<Arc<[u8]>, ElsewhereError> {
        let version = self.remotes.chart_version(address)?;
        let key = format!(
            "{} {} {}",
            address.repository, address.name, address.version
        );
        let input = RemoteInput::Chart {
            address: Box::new(address.clone()),
            version: version.clone(),
        };
        self.seen().insert(key, input);
        self.remotes.chart(address, &version)
    }
}

impl Elsewhere for RecordedRemotes<'_> {
    fn repository(
        &self,
        address: &RepositoryAddress,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let revision = self.resolve(address)?;
        self.remotes.tree(address, &revision)
    }

    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        let bytes = self.remotes.file(url)?;
        let input = RemoteInput::File {
            url: url.to_owned(),
            digest: Digest::of(&bytes),
        };
        self.seen().insert(url.to_owned(), input);
        Ok(bytes)
    }

    fn chart(&self, wish: &ChartWish) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let archive = self.archive(&ChartAddress {
            repository: wish.repository.clone(),
            name: wish.name.clone(),
            version: wish.version.clone(),
        })?;
        Ok(Arc::new(unpacked(&archive)?))
    }

    fn template(&self, run: &ChartRun<'_>) -> Result<Arc<[u8]>, ElsewhereError> {
        self.templated.store(true, Ordering::Relaxed);
        let printed = chart_run::print(run, self.charts);
        let printed = printed.map_err(|error| ElsewhereError::Chart(Box::new(error)))?;
        Ok(printed.into_bytes().into())
    }
}

/// The files of an archive, as they would lie on disk.
fn unpacked(archive: &[u8]) -> Result<MemoryTree, ElsewhereError> {
    let files = unpack(archive, &Limits::default());
    let mut tree = MemoryTree::new();
    for file in files.map_err(|error| ElsewhereError::Chart(Box::new(error)))? {
        let path = TreePath::parse(&file.name);
        let path = path.map_err(|error| ElsewhereError::Chart(Box::new(error)))?;
        tree.write(&path, &file.data);
    }
    Ok(tree)
}
