//! Why a JSON patch cannot be read or done.

use yaml::NodeValueError;

/// Why a text is no JSON patch.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// It starts with `[`, but is no JSON.
    #[error("a patch that starts with '[' must be JSON")]
    Json(#[source] serde_json::Error),
    /// It is no YAML.
    #[error("the patch is neither JSON nor YAML")]
    Yaml(#[source] yaml::ReadError),
    /// It is no list of operations.
    #[error(
        "expected a list of operations such as {{op: replace, path: /spec/replicas, value: 3}}, found {0}"
    )]
    Shape(&'static str),
    /// It is nested deeper than any object is.
    #[error("the patch is nested deeper than {0} levels")]
    TooDeep(usize),
}

/// Why a JSON patch cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum JsonPatchError {
    /// The object stands for no JSON value.
    #[error("the resource cannot be written as JSON")]
    Target(#[source] NodeValueError),
    /// An operation fails.
    #[error("operation {number} ({kind} {path}): {problem}")]
    Operation {
        /// Which one, from 1.
        number: usize,
        /// What it does.
        kind: String,
        /// Where it does it, as written.
        path: String,
        /// What is wrong.
        problem: Problem,
    },
    /// What is left is no object.
    #[error("the patch makes {0} of the resource; it has to stay a map")]
    Root(&'static str),
    /// A number is larger than any number of JSON that Go reads.
    #[error("the patch has a number that is too large")]
    Number(#[source] serde_json::Error),
}

/// What is wrong with an operation.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    /// There is no such operation.
    #[error("unexpected kind: {0}; write add, remove, replace, move, copy or test")]
    Kind(String),
    /// A field is missing, or no text.
    #[error("failed to decode {0}: the operation needs a text in this field")]
    Field(&'static str),
    /// What the path leads through is not there.
    #[error("doc is missing {role}: {path:?}: missing value{hint}")]
    MissingPath {
        /// `path`, `from path` or `destination path`.
        role: &'static str,
        /// The path.
        path: String,
        /// How far it leads.
        hint: String,
    },
    /// A list has no such item.
    #[error("doc is missing key: {path}: {source}")]
    MissingKey {
        /// The path.
        path: String,
        /// What is wrong with its last step.
        source: Box<Problem>,
    },
    /// A map has no such key to be removed.
    #[error("unable to remove nonexistent key: {0}: missing value")]
    NoSuchKey(String),
    /// A step into a list is no number.
    #[error("value was not a proper array index: '{0}'")]
    NoIndex(String),
    /// A list is not that long.
    #[error("unable to access invalid index: {0}: invalid index referenced")]
    Index(i64),
    /// The root can only be replaced by a map.
    #[error("replace operation value must be object or array")]
    RootValue,
    /// A test found something else.
    #[error("testing value {0} failed: test failed")]
    Test(String),
    /// More is copied than any object has.
    #[error("the patch copies more than {0} values")]
    TooMuch(usize),
    /// The object would be nested deeper than any object is.
    #[error("the resource would be nested deeper than {0} levels")]
    TooDeep(usize),
}
