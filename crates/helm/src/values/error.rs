//! Why values could not be read, in Helm's words.

use super::set::SetError;
use yaml::ReadError;

/// A values file or an argument that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A values file.
    #[error("failed to parse {name}")]
    File {
        /// Its name.
        name: String,
        /// Why.
        source: ValuesFileError,
    },
    /// An object given to `--set-json`.
    #[error("failed parsing --set-json data JSON: {0}")]
    JsonObject(String),
    /// Another argument of `--set-json`; Helm does not say why.
    #[error("failed parsing --set-json data {0}")]
    Json(String),
    /// An argument of another flag of the family.
    #[error("failed parsing --{flag} data")]
    Set {
        /// `set`, `set-string`, `set-file`, `set-literal`.
        flag: &'static str,
        /// Why.
        source: SetError,
    },
}

/// A text that does not read as values.
#[derive(Debug, thiserror::Error)]
pub enum ValuesFileError {
    /// More than a comment behind the dashes that part two documents.
    #[error("error reading yaml document: invalid Yaml document separator: {0}")]
    Separator(String),
    /// A document is no YAML.
    #[error("cannot unmarshal yaml document: error converting YAML to JSON: {}", .0.go_message())]
    Yaml(ReadError),
    /// A document is no mapping.
    #[error(
        "cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: \
         cannot unmarshal {0} into Go value of type map[string]interface {{}}"
    )]
    NotAMap(&'static str),
}
