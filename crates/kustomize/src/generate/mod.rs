//! Resources made from what a kustomization says instead of being read: ConfigMaps, Secrets, and
//! what else it generates.
//!
//! Comes in: a generator's arguments and the files they name. Goes out: the resource, noted as
//! generated; and for any object the hash that goes behind its name.

mod config_map;
mod data;
mod env_file;
mod error;
mod hash;
mod helm_chart;
mod iam_policy;
mod key_values;
mod object;
mod options;
mod secret;

pub use config_map::config_map;
pub use env_file::EnvError;
pub use error::GenerateError;
pub use hash::{HashError, hash};
pub use helm_chart::{ChartError, HelmSettings, helm_chart};
pub use iam_policy::iam_policy;
pub use key_values::KeyValueError;
pub use secret::secret;
