//! Changes to a kustomization before it is built: what `kustomize edit` does to the file.
//!
//! Comes in: a [`Kustomization`](crate::file::Kustomization) that was read, and options that others
//! have for it, as an Argo CD Application has. Goes out: the kustomization with them in; no file is
//! touched. Source: Kustomize 5.8.1, kustomize/commands/edit.

mod components;
mod images;
mod metadata;
mod replicas;

pub use components::add_components;
pub use images::set_images;
pub use metadata::{LabelOptions, add_annotations, add_labels};
pub use replicas::set_replicas;

/// Why a change cannot be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EditError {
    /// An image that says neither a new name, a tag nor a digest.
    #[error(
        "image {0:?} changes nothing; write it as name=new, name:tag, name@digest or name=new:tag@digest"
    )]
    Image(String),
    /// A label or annotation without a key.
    #[error("{kind} {text:?} has no key; write it as key: value")]
    NoKey {
        /// `label` or `annotation`.
        kind: &'static str,
        /// As given.
        text: String,
    },
    /// A label or annotation that the kustomization has already.
    #[error("{kind} {key} is already in the kustomization file; force it to override that")]
    AlreadyThere {
        /// `label` or `annotation`.
        kind: &'static str,
        /// Its key.
        key: String,
    },
    /// Templates are to be labelled, but so are selectors.
    #[error("labels of templates can only be asked for together with labels without selectors")]
    TemplatesNeedWithoutSelector,
}
