//! What a kustomization wants from outside its tree, asked of the caller.
//!
//! Comes in: the address of a repository or a file, or a chart. Goes out: a tree, bytes, or
//! manifests; or why there are none. This crate opens no connection and starts no program.

use super::{Loader, RepositoryAddress};
use crate::file::{HelmChart, HelmGlobals};
use model::SourceTree;
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

    /// The manifests of a chart, as YAML. Charts and values that lie beside the kustomization are
    /// read through `loader`.
    fn chart(
        &self,
        chart: &HelmChart,
        globals: &HelmGlobals,
        loader: &Loader<'_>,
    ) -> Result<Arc<[u8]>, ElsewhereError> {
        let _ = (chart, globals, loader);
        Err(ElsewhereError::Charts)
    }
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
    #[error("this version does not render Helm charts from a kustomization yet")]
    Charts,
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
