//! Charts in OCI registries.
//!
//! Comes in: a place in a registry. Goes out: its tags, the manifest behind a tag or a digest, and the
//! layer that is the chart. Every byte is checked against the digest it was asked by.
//!
//! Source: the OCI distribution specification 1.1; Helm 4.2, pkg/registry.

mod challenge;
mod complaint;
mod error;
mod login;
mod manifest;
mod registry;
mod tags;

pub use error::{ManifestError, RegistryError};
pub(crate) use login::Tokens;
pub(crate) use manifest::{ChartLayer, Manifest};
pub(crate) use registry::Registry;
