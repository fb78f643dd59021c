//! Why the tree of a commit could not be had.

use crate::AddressError;
use crate::remote::RemoteError;
use std::io;
use std::sync::Arc;

/// Why the tree of a commit could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The URL is refused.
    #[error("the repository cannot be read")]
    Address(#[from] AddressError),
    /// The revision is no commit id.
    #[error("{0:?} is no commit id; resolve it first")]
    Revision(String),
    /// The server did not give it.
    #[error("fetching commit {commit} ({reference}) from {repository} failed")]
    Remote {
        /// The repository, without passwords.
        repository: String,
        /// The reference that led to the commit.
        reference: String,
        /// The commit.
        commit: String,
        /// The cause.
        source: Arc<RemoteError>,
    },
    /// The server has it no more, or never had.
    #[error("{repository} has no commit {commit}; was it removed by a force push?")]
    Missing {
        /// The repository, without passwords.
        repository: String,
        /// The commit.
        commit: String,
    },
    /// Our own disk failed.
    #[error("the store of {repository} cannot be used")]
    Store {
        /// The repository, without passwords.
        repository: String,
        /// The cause.
        source: Arc<io::Error>,
    },
    /// The commit is here and cannot be read.
    #[error("commit {commit} of {repository} cannot be read")]
    Read {
        /// The repository, without passwords.
        repository: String,
        /// The commit.
        commit: String,
        /// The cause.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A submodule could not be had.
    #[error("submodule {path} of {repository} cannot be read")]
    Submodule {
        /// The repository, without passwords.
        repository: String,
        /// Where the submodule stands.
        path: String,
        /// The cause.
        source: Box<FetchError>,
    },
    /// Submodules inside submodules without end.
    #[error("submodules nest deeper than {0} levels, or contain themselves")]
    TooDeep(usize),
}

impl FetchError {
    /// May it succeed later without anybody changing a setting?
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Remote { source, .. } => source.is_transient(),
            Self::Submodule { source, .. } => source.is_transient(),
            Self::Store { .. } | Self::Read { .. } => true,
            _ => false,
        }
    }
}
