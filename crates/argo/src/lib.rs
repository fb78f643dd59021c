//! Argo CD's door.
//!
//! Comes in: Argo CD's custom resources and config maps, and webhooks of Git hosts. Goes out: apps
//! and projects the engine understands; and, for what the engine has to say of an app, the status
//! Argo CD's clients read. A pure translation: nothing here waits, asks a server or knows the time.
//!
//! Nothing is dropped silently: what is malformed or cannot be done right ends in `App::invalid`
//! (and nothing is written for that app), what is merely not acted on in `App::not_acted_on`.

mod application;
mod crds;
mod fields;
mod git_url;
mod go_duration;
pub mod project;
mod resource_patch;
pub mod self_heal;
mod settings;
mod status;
pub mod tracking;
pub mod webhook;

pub use application::{
    finalizer_release_patch, hook_finalizers_patch, normalisation_patch, operation_taken_patch,
    refresh_done_patch, translate,
};
pub use crds::{crds, crds_yaml};
pub use resource_patch::{Done, resource_patch};
pub use settings::{
    Actions, CompareOptions, Customization, Customizations, DEFAULT_LABEL_KEY, DEFAULT_NAMESPACE,
    IgnoredFields, KnownTypeField, Reconciliation, ResourceFilter, Settings,
};
pub use status::{merge_patches, status, status_patch, status_without_resources};
