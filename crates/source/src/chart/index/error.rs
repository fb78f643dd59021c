//! Why an index cannot be used.

use std::io;
use std::sync::Arc;

/// Why an index cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// No bytes.
    #[error("it is empty")]
    Empty,
    /// A page for people, usually a login.
    #[error("it is a web page, not an index; is the address that of a chart repository?")]
    WebPage,
    /// No API version.
    #[error(
        "it has no apiVersion, which every index has; is the address that of a chart repository?"
    )]
    NoApiVersion,
    /// Something else than a mapping of charts to lists.
    #[error("{0} is not what an index has there")]
    Shape(String),
    /// It is no YAML.
    #[error("it is no YAML")]
    Yaml(#[source] Arc<yaml::ReadError>),
    /// One chart's part is no YAML.
    #[error("what it says of the chart {chart} is no YAML")]
    Part {
        /// The chart.
        chart: String,
        /// The cause.
        source: Arc<yaml::ReadError>,
    },
    /// Our own disk failed.
    #[error("its copy on the disk cannot be read")]
    Read(#[source] Arc<io::Error>),
}

impl From<io::Error> for IndexError {
    fn from(error: io::Error) -> Self {
        Self::Read(Arc::new(error))
    }
}
