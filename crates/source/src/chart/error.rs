//! Why a chart could not be had, in words that say what to do.

use super::address::ChartAddressError;
use super::digest::ContentDigest;
use super::index::IndexError;
use super::oci::RegistryError;
use super::proof::{Proof, ProofError};
use crate::remote::RemoteError;
use std::io;
use std::sync::Arc;

/// Why a chart could not be had. Cheap to clone: all who waited for it share it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The address leads to no chart.
    #[error("the chart cannot be looked for")]
    Address(#[from] ChartAddressError),
    /// What is asked for is no version.
    #[error(
        "{version:?} is neither a version nor a version range; write one like 1.2.3, ~1.2 or >=1.0 <2.0 for the chart {chart} of {repository}"
    )]
    Version {
        /// The repository, without passwords.
        repository: String,
        /// The chart.
        chart: String,
        /// What was asked for.
        version: String,
    },
    /// A server did not give what was asked for.
    #[error("fetching {what} of {repository} failed")]
    Remote {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        what: String,
        /// The cause.
        source: Arc<RemoteError>,
    },
    /// A registry did not give what was asked for, or something that is no chart.
    #[error("fetching {what} of {repository} failed")]
    Registry {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        what: String,
        /// The cause.
        source: Arc<RegistryError>,
    },
    /// The index makes no sense.
    #[error("the index of {repository} cannot be used")]
    Index {
        /// The repository, without passwords.
        repository: String,
        /// The cause.
        source: Arc<IndexError>,
    },
    /// No chart of that name.
    #[error("{repository} has no chart {chart:?}{}", suggestion(near))]
    NoChart {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        chart: String,
        /// Names that are like it.
        near: Vec<String>,
    },
    /// No version that fits.
    #[error(
        "the chart {chart} of {repository} has no version {version:?}{}",
        the_newest(newest)
    )]
    NoVersion {
        /// The repository, without passwords.
        repository: String,
        /// The chart.
        chart: String,
        /// What was asked for.
        version: String,
        /// The newest there are.
        newest: Vec<String>,
    },
    /// The index names no place to fetch it from.
    #[error("the index of {repository} names no place from which {chart} {version} can be fetched")]
    NoUrl {
        /// The repository, without passwords.
        repository: String,
        /// The chart.
        chart: String,
        /// The version.
        version: String,
    },
    /// The index has something else in place of a digest.
    #[error(
        "the index of {repository} gives {found:?} as the digest of {chart} {version}, which is none; the index has to be made again (`helm repo index`)"
    )]
    DigestText {
        /// The repository, without passwords.
        repository: String,
        /// The chart.
        chart: String,
        /// The version.
        version: String,
        /// What stands there.
        found: String,
    },
    /// The bytes are others than those published.
    #[error(
        "{what} of {repository} has the digest {found}, and {expected} was published: it was changed afterwards or on its way; publish it anew as another version, or make the index again"
    )]
    Digest {
        /// The repository, without passwords.
        repository: String,
        /// What was fetched.
        what: String,
        /// The published digest.
        expected: ContentDigest,
        /// That of the bytes that came.
        found: ContentDigest,
    },
    /// The archive is not where the index says.
    #[error("{what} is not at {url} ({status}), where the index of {repository} places it")]
    Missing {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        what: String,
        /// Where it was looked for.
        url: String,
        /// The answer.
        status: u16,
    },
    /// Too many bytes.
    #[error("{what} of {repository} has more than the {limit} bytes allowed")]
    TooLarge {
        /// The repository, without passwords.
        repository: String,
        /// What was asked for.
        what: String,
        /// The limit.
        limit: u64,
    },
    /// Nobody signed it.
    #[error(
        "{chart} {version} of {repository} has no {proof} {looked}, though one by {keys} is required"
    )]
    NoProof {
        /// The repository, without passwords.
        repository: String,
        /// The chart.
        chart: String,
        /// The version.
        version: String,
        /// What is required.
        proof: Proof,
        /// Who may have signed.
        keys: Box<str>,
        /// Where it was looked for.
        looked: Box<str>,
    },
    /// It is not what somebody trusted signed.
    #[error(
        "{chart} {version} of {repository} is not used: the proof that is required of it does not hold"
    )]
    Unproven {
        /// The repository, without passwords.
        repository: String,
        /// The chart.
        chart: String,
        /// The version.
        version: String,
        /// Why.
        source: Arc<ProofError>,
    },
    /// Our own disk failed.
    #[error("the folder for charts cannot be used")]
    Store(#[source] Arc<io::Error>),
}

impl ChartError {
    /// May the same question succeed later without anybody changing anything?
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Remote { source, .. } => source.is_transient(),
            Self::Registry { source, .. } => source.is_transient(),
            Self::Store(_) => true,
            _ => false,
        }
    }
}

impl From<io::Error> for ChartError {
    fn from(error: io::Error) -> Self {
        Self::Store(Arc::new(error))
    }
}

fn suggestion(near: &[String]) -> String {
    match near {
        [] => "; is the name right, and may these credentials see it?".to_owned(),
        near => format!("; is {} meant?", near.join(" or ")),
    }
}

fn the_newest(newest: &[String]) -> String {
    match newest {
        [] => "; none can be seen there".to_owned(),
        newest => format!("; the newest are {}", newest.join(", ")),
    }
}
