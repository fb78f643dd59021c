//! Why a reference did not lead to a commit.

use crate::AddressError;
use crate::remote::RemoteError;
use std::io;
use std::sync::Arc;

/// Why a reference did not lead to a commit.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The URL is refused.
    #[error("the repository cannot be read")]
    Address(#[from] AddressError),
    /// The server could not be asked.
    #[error("listing the references of {repository} failed")]
    Remote {
        /// The repository, without passwords.
        repository: String,
        /// The cause.
        source: Arc<RemoteError>,
    },
    /// Nothing of that name.
    #[error(
        "{repository} has no branch, tag or commit {reference:?}{}",
        suggestion(near)
    )]
    NotFound {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        reference: String,
        /// Names that are like it.
        near: Vec<String>,
    },
    /// No tag lies in the range.
    #[error("{repository} has no tag in the version range {reference:?}")]
    NoVersion {
        /// The repository, without passwords.
        repository: String,
        /// The range.
        reference: String,
    },
    /// A repository without commits.
    #[error("{repository} is empty: push a commit to it")]
    Empty {
        /// The repository, without passwords.
        repository: String,
    },
    /// Several commits start so.
    #[error("{repository} has {count} commits that start with {reference:?}; write more of it")]
    Ambiguous {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        reference: String,
        /// How many.
        count: usize,
    },
    /// Our own disk failed.
    #[error("the store of {repository} cannot be used")]
    Store {
        /// The repository, without passwords.
        repository: String,
        /// The cause.
        source: Arc<io::Error>,
    },
}

impl ResolveError {
    /// May it succeed later without anybody changing a setting?
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Remote { source, .. } => source.is_transient(),
            Self::Store { .. } => true,
            _ => false,
        }
    }
}

fn suggestion(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; did you mean {}?", near.join(", ")),
    }
}
