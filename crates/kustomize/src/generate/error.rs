//! Why a generator makes nothing.

use super::{ChartError, KeyValueError};
use crate::node::NodeError;

/// Why a generator makes nothing.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// What is to be made has no name.
    #[error("a generated {0} must have a name; give its generator one")]
    NoName(&'static str),
    /// Its data could not be gathered.
    #[error("loading the data of the generated {kind} {name}")]
    KeyValues {
        /// What is to be made.
        kind: &'static str,
        /// Its name.
        name: String,
        /// The cause.
        #[source]
        source: KeyValueError,
    },
    /// Two sources give the same key.
    #[error("the generated {kind} {name} illegally repeats the key `{key}`; remove one of the two")]
    RepeatedKey {
        /// What is to be made.
        kind: &'static str,
        /// Its name.
        name: String,
        /// The key.
        key: String,
    },
    /// The object could not be put together.
    #[error("the generated {kind} {name} cannot be put together")]
    Node {
        /// What is to be made.
        kind: &'static str,
        /// Its name.
        name: String,
        /// The cause.
        #[source]
        source: Box<NodeError>,
    },
    /// A service account is wanted for a cloud we know nothing of.
    #[error("cloud provider {0} not supported yet; the only one is gke")]
    Cloud(String),
    /// The names of a service account make no YAML.
    #[error("the service account {0} cannot be put together from the generator's arguments")]
    ServiceAccount(String, #[source] Box<yaml::ReadError>),
    /// Charts are not to be rendered.
    #[error(
        "must specify --enable-helm; in Argo CD's settings it goes into kustomize.buildOptions"
    )]
    HelmIsOff,
    /// A chart could not be rendered.
    #[error("the Helm chart {0} cannot be rendered")]
    Helm(String, #[source] Box<ChartError>),
}
