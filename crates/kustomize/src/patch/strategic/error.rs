//! Why a patch does not go into an object.

use super::graph::Kind;

/// Why a patch does not go into an object.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MergeError {
    /// Patch and object have different kinds of values in the same place.
    #[error(
        "wrong node kind: expected {expected} but got {found} at {path}{}; patch and resource must have the same kind of value there",
        on_line(*line)
    )]
    WrongKind {
        /// What one of them has.
        expected: &'static str,
        /// What the other one has.
        found: &'static str,
        /// Where, `.`-separated.
        path: String,
        /// On which line of its file, 0 if that is not known.
        line: u32,
    },
    /// `$patch` has a value it cannot have.
    #[error(
        "unknown patch strategy '{strategy}' at {path}{}; write delete, replace or merge",
        on_line(*line)
    )]
    Directive {
        /// The value.
        strategy: String,
        /// Where, `.`-separated.
        path: String,
        /// On which line of the patch, 0 if that is not known.
        line: u32,
    },
    /// The patch is nested deeper than any object is.
    #[error("the patch is nested deeper than {0} levels")]
    TooDeep(usize),
}

/// A place in an object, as messages name it.
pub fn place(path: &[impl AsRef<str>]) -> String {
    match path {
        [] => "the root".to_owned(),
        path => path
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>()
            .join("."),
    }
}

fn on_line(line: u32) -> String {
    match line {
        0 => String::new(),
        line => format!(" (line {line})"),
    }
}

/// A mismatch of kinds, before it is known where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrongKind {
    pub expected: Kind,
    pub found: Kind,
    pub line: u32,
}
