//! Why a chart gives no manifests.

use crate::load::{ElsewhereError, LoadError};
use crate::patch::strategic::MergeError;
use model::TreeError;

/// Why a chart gives no manifests.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// A path of the chart cannot be followed, or a file of values cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A further file of values cannot be loaded.
    #[error("could not load additionalValuesFile")]
    Additional(#[source] LoadError),
    /// It cannot be seen whether the chart is there.
    #[error("the chart's folder {place} cannot be read")]
    Folder {
        /// The folder.
        place: String,
        /// Why.
        source: TreeError,
    },
    /// The chart is not there, and nothing says where to get it.
    #[error("no repo specified for pull, no chart found at '{0}'")]
    NoRepository(String),
    /// The values have no place in a folder of the chart's name.
    #[error("failed to write values file: {0} is no plain name; Kustomize renders no such chart")]
    Name(String),
    /// A file of values is empty, and nothing can be merged with that.
    #[error("could not parse values file into rnode: {0} is empty; write `{{}}` into it")]
    Empty(String),
    /// A file of values is no YAML.
    #[error("could not parse values file into rnode: {file}")]
    Parse {
        /// The file.
        file: String,
        /// What is wrong.
        source: yaml::ReadError,
    },
    /// Values do not go together.
    #[error("could not merge values: valuesInline and {file}")]
    Merge {
        /// The file.
        file: String,
        /// What is wrong.
        source: MergeError,
    },
    /// What came of merging is no map of values.
    #[error("could not parse merged values into map: valuesInline and {file}")]
    Merged {
        /// The file.
        file: String,
        /// What is wrong.
        source: yaml::NodeValueError,
    },
    /// A file of values holds something else than a map.
    #[error("could not parse merged values into map: {0} holds no map of values")]
    NoMap(String),
    /// The chart cannot be fetched.
    #[error("{name} cannot be fetched from {repository}")]
    Fetch {
        /// Its name.
        name: String,
        /// Its repository.
        repository: String,
        /// Why.
        source: ElsewhereError,
    },
    /// The chart does not render.
    #[error(transparent)]
    Render(ElsewhereError),
}
