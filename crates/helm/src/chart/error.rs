//! Why a chart could not be loaded, in Helm's words.

use model::{TreeError, TreePath};
use std::error::Error;

/// A chart that does not load. Each layer says its own part; the sources carry the rest.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no Chart.yaml to tell the format by.
    #[error("unable to detect chart at {0}/Chart.yaml")]
    NoChart(TreePath, #[source] TreeError),
    /// An archive that cannot be read.
    #[error("unable to load chart archive")]
    Archive(#[source] Box<LoadError>),
    /// An archive without Chart.yaml.
    #[error("unable to detect chart version, no Chart.yaml found")]
    NoChartYaml,
    /// Its files have no Chart.yaml among them.
    #[error("Chart.yaml file is missing")]
    MissingChartYaml,
    /// A format nobody knows.
    #[error("unsupported chart version")]
    UnsupportedVersion,
    /// Format v3, which Helm reads and then refuses to install.
    #[error("invalid chart apiVersion")]
    ApiVersion3,
    /// Chart.yaml, a lock or the values say something that cannot be read.
    #[error("cannot load {file}")]
    Unreadable {
        /// The file.
        file: &'static str,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Chart.yaml says something that is not allowed.
    #[error("validation: {0}")]
    Invalid(String),
    /// A chart in charts/ does not load.
    #[error("error unpacking subchart {name} in {parent}")]
    Subchart {
        /// The entry of charts/.
        name: String,
        /// The chart that has it.
        parent: String,
        /// Why.
        source: Box<LoadError>,
    },
    /// A folder in charts/ that calls itself an archive.
    #[error("error unpacking subchart tar in {parent}: expected {expected}, got {found}")]
    SubchartFolder {
        /// The chart that has it.
        parent: String,
        /// The entry of charts/.
        expected: String,
        /// The first file in it.
        found: String,
    },
    /// A rule of .helmignore that cannot be read.
    #[error("{0}")]
    IgnoreRule(&'static str),
    /// The source tree could not be read.
    #[error("error reading {path}")]
    Tree {
        /// The path, relative to the chart.
        path: String,
        /// Why.
        source: TreeError,
    },
    /// A file of a folder that is too large.
    #[error("chart file {name} is larger than the maximum file size {limit}")]
    FileTooLarge {
        /// Its name, in quotes.
        name: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file of an archive that is too large.
    #[error("decompressed chart file {name} is larger than the maximum file size {limit}")]
    ArchivedFileTooLarge {
        /// Its name in the archive, in quotes.
        name: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// All files together are too large.
    #[error("decompressed chart is larger than the maximum size {0}")]
    TooLarge(u64),
    /// More files and folders than anybody could mean.
    #[error("the chart has more than {0} files and folders")]
    TooManyEntries(usize),
    /// Folders in folders, or charts in charts, without end.
    #[error("{what} nest more than {limit} deep")]
    TooDeep {
        /// `folders` or `charts`.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// Not an archive at all.
    #[error("file '{name}' does not appear to be a gzipped archive; got '{found}'")]
    NotGzip {
        /// The file.
        name: String,
        /// What its first bytes look like.
        found: &'static str,
    },
    /// YAML where an archive is expected.
    #[error("file '{0}' seems to be a YAML file, but expected a gzipped archive")]
    YamlForArchive(String),
    /// An archive that breaks off or is damaged.
    #[error("{0}")]
    Damaged(String),
    /// An entry of an archive that leads out of the chart.
    #[error("{0}")]
    Path(String),
    /// An archive without a file.
    #[error("no files in chart archive")]
    Empty,
}
