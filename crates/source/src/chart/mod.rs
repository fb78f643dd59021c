//! Helm charts from where they are published: repositories with an index, and OCI registries.
//!
//! Comes in: an address, a chart's name, a version or a range. Goes out: one version with the digest
//! of its content, and the bytes of its archive. Which version a wish means is decided by Helm's own
//! rules; what arrives is believed only if its digest is the one that was published.
//!
//! Source: Helm 4.2, pkg/repo/v1, pkg/registry, pkg/downloader, pkg/getter.

mod address;
mod charts;
mod digest;
mod docker_config;
mod error;
mod identity;
mod in_index;
mod in_registry;
mod index;
mod indexes;
mod limits;
mod oci;
mod proof;
mod prove;
mod repository;
mod shelf;
mod version;
mod wish;

pub use address::{ChartAddress, ChartAddressError};
pub use charts::{Charts, OpenChartsError};
pub use digest::ContentDigest;
pub use docker_config::{DockerConfig, DockerConfigError};
pub use error::ChartError;
pub use index::IndexError;
pub use limits::ChartLimits;
pub use oci::{ManifestError, RegistryError};
pub use proof::{KeysError, Proof, ProofError, RequiredProof, check_archive};
pub use version::ChartVersion;
