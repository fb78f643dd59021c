//! Helm: a chart of a source tree and values in, manifests, hooks and CRDs out.
//!
//! Comes in: a [`Chart`](chart::Chart), values as users give them, a release and what the cluster
//! can do. Goes out: what `helm template` of Helm 4.2 prints, byte for byte, or an error in its
//! words. Nothing here touches a file, a network or a clock, and the same request always gives the
//! same result: random functions draw from a seeded generator.

pub mod capabilities;
pub mod chart;
pub mod dependencies;
mod encode;
pub mod engine;
mod failure;
pub mod files;
pub mod lint;
pub mod manifest;
mod name_template;
mod notes;
mod output;
mod path_match;
mod quote;
mod release_name;
mod schema;
mod show;
mod show_only;
mod template;
pub mod values;
mod warning;

pub use failure::{Problem, TemplateError};
pub use manifest::{Hook, HookEvent, Manifest};
pub use name_template::{NameTemplateError, name_from};
pub use output::Rendered;
pub use release_name::NameError;
pub use schema::SchemaError;
pub use show::{JsonPathError, Part, show, show_values_at};
pub use show_only::ShowOnlyError;
pub use sprig::Clock;
pub use template::{Options, Release, Request, template};
pub use values::Dialect;
pub use warning::{Level, Warning};
