//! What a kustomization wants from outside its tree, asked of the caller.
//!
//! Comes in: the address of a repository or a file, or a chart. Goes out: a tree, bytes, or
//! manifests; or why there are none. This crate opens no connection and starts no program.

use super::RepositoryAddress;
use crate::file::HelmChart;
use model::{SourceTree, TreePath};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Gets what lies elsewhere.
pub trait Elsewhere: Send + Sync {
    /// The tree of a repository at the reference the address names; its submodules too if the
    /// address wants them. The folder of the address is not looked at.
    fn repository(
        &self,
        address: &RepositoryAddress,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError>;

    /// The content of a file on the web.
    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError>;

    /// The files of a chart of a Helm repository or registry; the tree's root is the chart's folder.
    fn chart(&self, wish: &ChartWish) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let _ = wish;
        Err(ElsewhereError::NoCharts)
    }

    /// What Helm prints of a chart, as YAML.
    fn template(&self, run: &ChartRun<'_>) -> Result<Arc<[u8]>, ElsewhereError> {
        let _ = run;
        Err(ElsewhereError::NoCharts)
    }
}

/// A chart of a Helm repository or registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChartWish {
    /// The repository; a registry starts with `oci://`.
    pub repository: String,
    /// The chart.
    pub name: String,
    /// A version, or a range of versions; the newest if empty.
    pub version: String,
}

/// A run of `helm template`.
pub struct ChartRun<'a> {
    /// The release and the flags. What the build says of the cluster is in it already; its values
    /// count no more.
    pub chart: &'a HelmChart,
    /// Where the chart lies.
    pub tree: &'a dyn SourceTree,
    /// Its folder there.
    pub folder: &'a TreePath,
    /// Values, each over those before it.
    pub values: Vec<ChartValues>,
}

/// Values for a chart.
#[derive(Clone, Debug)]
pub enum ChartValues {
    /// YAML, as it was found.
    File {
        /// The file, for messages.
        name: String,
        /// Its bytes.
        bytes: Arc<[u8]>,
    },
    /// Values that were put together.
    Merged(Map<String, Value>),
}

/// Why something is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum ElsewhereError {
    /// The caller lets nothing be fetched.
    #[error(
        "network access is off; allow it for this build, or put what is needed into this repository"
    )]
    Off,
    /// The caller renders no charts.
    #[error("Helm charts are not rendered here")]
    NoCharts,
    /// The chart is there, and does not render.
    #[error(transparent)]
    Chart(Box<dyn std::error::Error + Send + Sync>),
    /// The web server answered, but not with the file.
    #[error("HTTP Error: status code {0}")]
    Status(u16),
    /// Something else went wrong on the way.
    #[error("it could not be fetched")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Nothing lies elsewhere: every wish is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Elsewhere for Nowhere {
    fn repository(&self, _: &RepositoryAddress) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        Err(ElsewhereError::Off)
    }

    fn file(&self, _: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        Err(ElsewhereError::Off)
    }
}
