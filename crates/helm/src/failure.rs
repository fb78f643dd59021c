//! Why a chart could not be rendered, and how `helm template` says so.

use crate::dependencies::MissingDependencies;
use crate::engine::RenderError;
use crate::manifest::ManifestError;
use crate::release_name::NameError;
use crate::schema::SchemaError;
use crate::values::{InputError, TypeMismatch};
use crate::warning::{Level, Warning};
use std::error::Error;
use thiserror::Error as ThisError;

/// Why a chart could not be rendered.
#[derive(Debug, ThisError)]
#[error("{problem}")]
pub struct TemplateError {
    /// What is wrong.
    #[source]
    pub problem: Problem,
    /// What Helm printed to standard error before.
    pub warnings: Vec<Warning>,
}

/// What is wrong. The sources, joined by colons, make Helm's text.
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum Problem {
    /// A values file or an argument cannot be read.
    #[error(transparent)]
    Values(Box<InputError>),
    /// The chart is a library, or something else that cannot be installed.
    #[error("{0} charts are not installable")]
    NotInstallable(String),
    /// Charts it needs are not there.
    #[error(
        "an error occurred while checking for chart dependencies. You may need to run 'helm \
         dependency build' to fetch missing dependencies"
    )]
    MissingDependencies(#[from] MissingDependencies),
    /// The release cannot have this name.
    #[error("release name check failed")]
    Name(#[from] NameError),
    /// The section of a subchart is no table.
    #[error("chart dependencies processing failed")]
    Dependencies(#[source] TypeMismatch),
    /// The same, after the dependencies were processed.
    #[error(transparent)]
    Coalesce(#[from] TypeMismatch),
    /// The values do not meet a schema.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The cluster is too old or too new.
    #[error("chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {found}")]
    KubeVersion {
        /// The range the chart asks for.
        wanted: String,
        /// The version of the cluster.
        found: String,
    },
    /// A template does not parse, or fails.
    #[error(transparent)]
    Templates(#[from] Box<RenderError>),
    /// What a template printed is no manifest.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

impl From<InputError> for Problem {
    fn from(error: InputError) -> Self {
        Self::Values(Box::new(error))
    }
}

impl Problem {
    /// Helm's text.
    pub fn text(&self) -> String {
        joined(self)
    }

    /// Does Helm point at its flag for printing what cannot be parsed?
    fn is_of_rendering(&self) -> bool {
        matches!(
            self,
            Self::KubeVersion { .. } | Self::Templates(_) | Self::Manifest(_)
        )
    }

    /// Does Helm log the problem before it prints it?
    fn is_logged(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Dependencies(_))
    }
}

impl TemplateError {
    /// What `helm template` prints to standard error.
    pub fn to_stderr(&self) -> String {
        let mut text = String::new();
        for warning in &self.warnings {
            text.push_str(&format!("{warning}\n"));
        }
        if self.problem.is_logged()
            && let Some(source) = self.problem.source()
        {
            let line = Warning {
                level: Level::Error,
                ..Warning::info(self.problem.to_string())
            };
            let line = line.with("error", joined(source));
            text.push_str(&format!("{line}\n"));
        }
        text.push_str(&format!("Error: {}\n", self.problem.text()));
        if self.problem.is_of_rendering() {
            text.push_str("\nUse --debug flag to render out invalid YAML\n");
        }
        text
    }
}

/// An error and its sources, as Go's wrapped errors print.
pub(crate) fn joined(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
