//! Files and folders a kustomization names, read under Kustomize's rules.
//!
//! Comes in: a path or an address as a kustomization has it. Goes out: bytes, or the folder to go on
//! from. Files must lie in or below the folder that names them, unless the caller lifts that;
//! folders may lie anywhere in the same tree, except above a folder that led there. What lies in
//! other repositories and on the web is asked of the caller.

mod address;
mod elsewhere;
mod error;
mod folder;
mod go_duration;
mod loader;
mod pulled;
mod query;
mod spot;
mod tidy;
mod web_address;

#[cfg(test)]
mod tests;

pub use address::{AddressError, RepositoryAddress};
pub use elsewhere::{ChartRun, ChartValues, ChartWish, Elsewhere, ElsewhereError, Nowhere};
pub use error::{LoadError, NoFolder};
pub use loader::{Loader, Restrictions};
pub use web_address::is_web_address;
