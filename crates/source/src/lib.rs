//! Git and chart repositories in; verified source trees and charts at a revision out.
//!
//! Comes in: URLs, references and credentials. Goes out: [`GitTree`]s, read from the object store by
//! id; nothing is checked out, no `git` or `ssh` program is started, no hook, filter or setting that a
//! repository brings along is heeded. [`DirectoryTree`] does the same for a folder on disk, and
//! [`Charts`] gives the archives of Helm charts from Helm repositories and OCI registries.

mod address;
mod changed;
mod chart;
mod commit_info;
mod credentials;
mod directory_tree;
mod fetch_error;
mod flight;
mod folder_cache;
mod git_tree;
mod lfs;
mod limits;
mod local;
mod mounting;
mod near;
mod normalize;
mod printable;
mod reference;
mod remote;
mod repositories;
mod repository;
mod resolve_error;
mod secret;
mod store;
mod submodules;
mod visit;

pub use address::AddressError;
pub use chart::{
    ChartAddress, ChartAddressError, ChartError, ChartLimits, ChartVersion, Charts, ContentDigest,
    DockerConfig, DockerConfigError, IndexError, KeysError, ManifestError, OpenChartsError, Proof,
    ProofError, RegistryError, RequiredProof, check_archive,
};
pub use commit_info::{CommitError, CommitInfo, SignatureKind};
pub use credentials::Credentials;
pub use directory_tree::DirectoryTree;
pub use fetch_error::FetchError;
pub use git_tree::GitTree;
pub use limits::Limits;
pub use normalize::{normalize_url, same_repository};
pub use remote::{Cause, RemoteError, WebFileError};
pub use repositories::{OpenError, Repositories};
pub use resolve_error::ResolveError;
pub use secret::Secret;
