//! Source tree and options in; manifests and the record of every input out.
//!
//! Rendering is pure: the same inputs and options give the same manifests, whatever the commit.
//! So a render notes every file and folder listing it read, also those it looked for in vain, and
//! a later revision in which none of them changed needs no second render ([`Cache`]).

mod cache;
mod capabilities;
mod chart_run;
mod charts;
mod detect;
mod directory;
mod environment;
mod fields;
mod glob;
mod helm;
mod inputs;
mod kustomize;
mod manifests;
mod merge_patch;
mod options;
mod overrides;
mod problem;
mod recorder;
mod remotes;
mod render;
mod request;

pub use crate::helm::{DependencyError, HelmError, ValueFileError};
pub use crate::kustomize::{BuildOptionsError, ComponentsError, KustomizeError};
pub use cache::{Cache, CacheCounters};
pub use capabilities::Capabilities;
pub use charts::Charts;
pub use detect::Renderer;
pub use environment::Environment;
pub use inputs::{Inputs, Seen};
pub use options::OptionsError;
pub use overrides::OverridesError;
pub use problem::{Problem, Problems};
pub use remotes::{ChartAddress, ChartVersion, NoRemotes, RecordedRemotes, RemoteInput, Remotes};
pub use render::{MAX_BYTES, RenderError, Rendered, Sources, detect, render, render_within};
pub use request::Request;
