//! What `helm dependency build` fetches: the versions of the lock, or ranges where there is none.
//!
//! Source: Helm 4.2, pkg/downloader/manager.go (Build).

use super::{digest, digest_v2};
use crate::chart::{Chart, Dependency};

/// The lock was written for other dependencies than the chart names now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutOfSync {
    /// Charts of version 2.
    #[error(
        "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please \
         update the dependencies"
    )]
    ChartLock,
    /// Charts of version 1.
    #[error(
        "the lock file (requirements.lock) is out of sync with the dependencies file \
         (requirements.yaml). Please update the dependencies"
    )]
    RequirementsLock,
}

/// The charts to have, each with its exact version if there is a lock.
pub fn wanted(chart: &Chart) -> Result<&[Dependency], OutOfSync> {
    let asked = chart.metadata.dependencies.as_deref();
    let Some(lock) = &chart.lock else {
        return Ok(asked.unwrap_or_default());
    };
    if digest(asked, Some(&lock.dependencies)) == lock.digest {
        return Ok(&lock.dependencies);
    }
    match chart.metadata.api_version == "v1" {
        true if digest_v2(asked) == lock.digest => Ok(&lock.dependencies),
        true => Err(OutOfSync::RequirementsLock),
        false => Err(OutOfSync::ChartLock),
    }
}
