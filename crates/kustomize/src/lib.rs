//! Kustomize: a folder of a source tree in, manifests out.
//!
//! Comes in: a [`SourceTree`](model::SourceTree) and a folder with a kustomization. Goes out: the
//! resources it builds, byte for byte those of Kustomize 5.8.1, or an error that names the file,
//! the line and the chain of folders that led there. Nothing is written, nothing is run, and what
//! lies elsewhere (Git repositories, web addresses, charts) is asked of the caller.

mod accumulate;
mod build;
pub mod config;
pub mod edit;
mod error;
pub mod file;
pub mod generate;
mod go_json;
pub mod load;
mod metered;
pub mod node;
mod output;
mod parsed;
pub mod patch;
pub mod plugin;
pub mod resource;
pub mod schema;
mod step;
pub mod transform;

pub use build::{Bounds, Edit, Options, Order, Request, build};
pub use error::{BuildError, Cause, Problem};
pub use output::{Built, Object};
pub use parsed::ParsedFiles;
pub use step::Step;
