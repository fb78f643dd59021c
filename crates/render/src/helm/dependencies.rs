//! Charts that a chart names and does not bring along.
//!
//! In: a chart as it lies in the repository. Out: the chart with what it needs, fetched by its lock
//! or, without one, by its ranges; each fetched version is an input of the render. Source: Argo CD
//! 3.5, util/helm/helm.go (DependencyBuild); Helm 4.2, pkg/downloader/manager.go.

use crate::recorder::Recorder;
use crate::remotes::{ChartAddress, RecordedRemotes};
use ::helm::chart::{Chart, Dependency, Limits, LoadError, load, load_archive};
use ::helm::dependencies::{OutOfSync, check, wanted};
use kustomize::load::ElsewhereError;
use model::{TreePathError, Version, VersionRange};
use std::sync::Arc;

/// Why a chart's dependencies cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DependencyError {
    /// The lock is an old one.
    #[error(transparent)]
    OutOfSync(#[from] OutOfSync),
    /// It says nowhere where it can be had.
    #[error("{0} is not in charts/, and Chart.yaml names no repository for it")]
    Nowhere(String),
    /// It lies outside the repository.
    #[error("{name} lies at {repository}, which is outside the repository")]
    Outside {
        /// Its name.
        name: String,
        /// Where it should lie.
        repository: String,
        /// What is wrong with the path.
        source: TreePathError,
    },
    /// It has another version than is wanted.
    #[error("{name} at {repository} has version {found}, and {wanted} is wanted")]
    Version {
        /// Its name.
        name: String,
        /// Where it lies.
        repository: String,
        /// What it has.
        found: String,
        /// What is asked for.
        wanted: String,
    },
    /// It cannot be fetched.
    #[error("{name} {version} cannot be fetched from {repository}")]
    Fetch {
        /// Its name.
        name: String,
        /// A version, or a range of versions.
        version: String,
        /// Where it should be.
        repository: String,
        /// The cause.
        source: ElsewhereError,
    },
    /// It cannot be loaded.
    #[error("{name} cannot be loaded")]
    Load {
        /// Its name.
        name: String,
        /// Why.
        source: Box<LoadError>,
    },
}

/// The chart with all that it needs. A chart that brings everything along costs nothing.
pub(super) fn complete(
    mut chart: Chart,
    recorder: &Recorder<'_>,
    remotes: &RecordedRemotes<'_>,
    limits: &Limits,
) -> Result<Chart, DependencyError> {
    let Err(missing) = check(&chart) else {
        return Ok(chart);
    };
    let wanted = wanted(&chart)?.iter();
    let fetch = Fetch {
        recorder,
        remotes,
        limits,
    };
    let fetched: Vec<Chart> = wanted
        .filter(|dependency| missing.0.contains(&dependency.name))
        .map(|dependency| fetch.one(dependency))
        .collect::<Result<_, _>>()?;
    for more in fetched {
        let same = |it: &Arc<Chart>| {
            it.name() == more.name() && it.metadata.version == more.metadata.version
        };
        if !chart.dependencies.iter().any(same) {
            chart.dependencies.push(Arc::new(more));
        }
    }
    Ok(chart)
}

struct Fetch<'a> {
    recorder: &'a Recorder<'a>,
    remotes: &'a RecordedRemotes<'a>,
    limits: &'a Limits,
}

impl Fetch<'_> {
    fn one(&self, dependency: &Dependency) -> Result<Chart, DependencyError> {
        match dependency.repository.strip_prefix("file://") {
            Some(path) => self.beside(dependency, path),
            None if dependency.repository.is_empty() => {
                Err(DependencyError::Nowhere(dependency.name.clone()))
            }
            None => self.remote(dependency),
        }
    }

    /// A chart of the same repository.
    fn beside(&self, dependency: &Dependency, path: &str) -> Result<Chart, DependencyError> {
        let (name, repository) = (dependency.name.clone(), dependency.repository.clone());
        let path = match self.recorder.root().join(path) {
            Ok(path) => path,
            Err(source) => {
                return Err(DependencyError::Outside {
                    name,
                    repository,
                    source,
                });
            }
        };
        let chart =
            load(self.recorder, &path, self.limits).map_err(|source| DependencyError::Load {
                name: name.clone(),
                source: Box::new(source),
            })?;
        let found = &chart.metadata.version;
        match admits(&dependency.version, found) {
            true => Ok(chart),
            false => Err(DependencyError::Version {
                name,
                repository,
                found: found.clone(),
                wanted: dependency.version.clone(),
            }),
        }
    }

    fn remote(&self, dependency: &Dependency) -> Result<Chart, DependencyError> {
        let address = ChartAddress {
            repository: dependency.repository.clone(),
            name: dependency.name.clone(),
            version: dependency.version.clone(),
        };
        let archive = self
            .remotes
            .archive(&address)
            .map_err(|source| DependencyError::Fetch {
                name: dependency.name.clone(),
                version: dependency.version.clone(),
                repository: dependency.repository.clone(),
                source,
            })?;
        load_archive(&archive, self.limits).map_err(|source| DependencyError::Load {
            name: dependency.name.clone(),
            source: Box::new(source),
        })
    }
}

/// What cannot be read admits nothing, but for what it names exactly.
fn admits(range: &str, version: &str) -> bool {
    range == version
        || match (VersionRange::parse(range), Version::parse(version)) {
            (Ok(range), Ok(version)) => range.admits(&version),
            _ => false,
        }
}
