//! Which fields each transformer works on.
//!
//! Comes in: the built-in table, `configurations` files and `crds`. Goes out: one
//! [`TransformerConfig`] for a kustomization and those above it. Source: Kustomize 5.8.1,
//! api/internal/plugins/builtinconfig.

mod built_in;
mod crds;
mod files;
mod labels;
mod lists;
mod merge;
mod order;

use crate::file::{FieldSpec, FileError};
use crate::load::LoadError;
use crate::resource::Gvk;

pub use crds::{CrdError, from_crds};
pub use files::from_files;
pub use merge::Conflict;

/// The fields of each transformer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TransformerConfig {
    /// Of `namePrefix`.
    pub name_prefix: Vec<FieldSpec>,
    /// Of `nameSuffix`.
    pub name_suffix: Vec<FieldSpec>,
    /// Of `namespace`.
    pub namespace: Vec<FieldSpec>,
    /// Of `commonLabels`.
    pub common_labels: Vec<FieldSpec>,
    /// Of `labels`.
    pub labels: Vec<FieldSpec>,
    /// Of `labels` with `includeTemplates`.
    pub template_labels: Vec<FieldSpec>,
    /// Of `commonAnnotations`.
    pub common_annotations: Vec<FieldSpec>,
    /// Fields that hold names of other resources.
    pub name_references: Vec<NameReference>,
    /// Fields in which variables are replaced.
    pub var_references: Vec<FieldSpec>,
    /// Of `images`.
    pub images: Vec<FieldSpec>,
    /// Of `replicas`.
    pub replicas: Vec<FieldSpec>,
}

/// The fields that may hold the name of a resource of one kind.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NameReference {
    /// The kind that is named; empty parts match any.
    pub target: Gvk,
    /// Where it is named.
    pub referrers: Vec<FieldSpec>,
}

/// Why the fields of the transformers are not known.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file could not be loaded.
    #[error("loading the configuration {path}")]
    Load {
        /// As the kustomization has it.
        path: String,
        /// Why.
        #[source]
        source: Box<LoadError>,
    },
    /// A file of `configurations` does not read.
    #[error("reading the configuration {path}")]
    Read {
        /// As the kustomization has it.
        path: String,
        /// Why.
        #[source]
        source: Box<FileError>,
    },
    /// There are more fields than anybody needs.
    #[error("the configuration {path} makes more than {most} fields; leave some out")]
    TooMany {
        /// The file with which it is too much, as the kustomization has it.
        path: String,
        /// How many there may be.
        most: usize,
    },
    /// A file of `crds` does not read.
    #[error("unable to parse open API definition from '{path}'")]
    Crd {
        /// As the kustomization has it.
        path: String,
        /// Why.
        #[source]
        source: CrdError,
    },
    /// A file says otherwise than the built-in table or a file before it.
    #[error("merging the configuration {path}")]
    Merge {
        /// As the kustomization has it.
        path: String,
        /// What is in conflict.
        #[source]
        source: Conflict,
    },
}
