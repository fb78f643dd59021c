//! Why a chart could not be rendered.

use super::{DependencyError, ValueFileError};
use crate::{OptionsError, Problems};
use ::helm::chart::LoadError;
use ::helm::{TemplateError, capabilities};
use kustomize::load::ElsewhereError;
use model::TreeError;
use std::error::Error;

/// Why a chart could not be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HelmError {
    /// The source's options are wrong.
    #[error("the source's helm options cannot be followed")]
    Options(#[from] OptionsError),
    /// A Helm nobody has.
    #[error("helm version '{0}' is not supported; leave helm.version out")]
    Version(String),
    /// A version of Kubernetes nobody can read.
    #[error("could not parse kubernetes version {text}")]
    KubeVersion {
        /// As written.
        text: String,
        /// Why.
        source: capabilities::KubeVersionError,
    },
    /// A values file cannot be had.
    #[error("the source's values files cannot be used")]
    ValueFile(#[from] ValueFileError),
    /// A values file on the web cannot be had.
    #[error("the values file {url} cannot be fetched")]
    Web {
        /// Its address.
        url: String,
        /// The cause.
        source: ElsewhereError,
    },
    /// `valuesObject` is something else than a map.
    #[error("helm.valuesObject must be a map of values")]
    ValuesObject,
    /// The chart cannot be loaded.
    #[error("the chart cannot be loaded")]
    Load(#[source] Box<LoadError>),
    /// Charts it needs cannot be had.
    #[error("the charts it depends on cannot be had")]
    Dependency(#[from] DependencyError),
    /// Rendering failed, in Helm's words.
    #[error("{}", .0.problem.text())]
    Template(Box<TemplateError>),
    /// What was rendered are no manifests.
    #[error("{0}")]
    Broken(Problems),
}

impl HelmError {
    /// Did it fail for want of something that the caller does not let be fetched?
    pub(crate) fn wants_remote(&self) -> bool {
        let off = |error: &(dyn Error + 'static)| {
            matches!(error.downcast_ref(), Some(ElsewhereError::Off))
        };
        causes(self).any(off)
    }

    /// May it work later without a change of the source?
    pub(crate) fn is_transient(&self) -> bool {
        causes(self).any(|error| {
            let fetch = error.downcast_ref::<ElsewhereError>();
            matches!(fetch, Some(ElsewhereError::Failed(_)))
                || matches!(error.downcast_ref(), Some(TreeError::Store { .. }))
        })
    }
}

fn causes(error: &HelmError) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}
