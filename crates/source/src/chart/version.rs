//! One version of a chart that was found.

use super::address::Place;
use super::digest::ContentDigest;
use crate::address::HttpAddress;
use reqwest::Url;
use std::sync::Arc;

/// A chart's version as a server published it. It is made by [`Charts::resolve`](super::Charts::resolve)
/// alone, so whoever holds one was let in by the server.
#[derive(Clone, Debug)]
pub struct ChartVersion {
    /// The repository, without passwords.
    pub repository: Arc<str>,
    /// The chart's name.
    pub chart: Arc<str>,
    /// The version as it is published, such as `1.2.3` or `v1.2.3+build`.
    pub version: Arc<str>,
    /// What the version's content is known by: the archive's digest, in a registry the manifest's.
    /// While it is equal, nothing has changed.
    pub digest: ContentDigest,
    /// Do its makers advise against it?
    pub deprecated: bool,
    pub(crate) origin: Origin,
}

/// Where the bytes are.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    Archive { home: HttpAddress, urls: Arc<[Url]> },
    Manifest(Place),
}

impl Origin {
    /// The Helm repository, if it is one.
    pub fn http(&self) -> Option<&HttpAddress> {
        match self {
            Self::Archive { home, .. } => Some(home),
            Self::Manifest(_) => None,
        }
    }
}
