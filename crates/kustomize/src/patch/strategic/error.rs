//! Why a patch does not go into an object.

use std::fmt;

/// Why a patch does not go into an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeError {
    /// What is wrong.
    pub problem: MergeProblem,
    /// Where, `.`-separated; empty at the root.
    pub path: String,
    /// On which line of the patch, 0 if that is not known.
    pub line: u32,
}

/// What is wrong with a patch.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MergeProblem {
    /// Patch and object have different kinds of values in the same place.
    #[error(
        "wrong node kind: expected {expected} but got {found}; patch and resource must have the same kind of value there"
    )]
    WrongKind {
        /// What the object has.
        expected: &'static str,
        /// What the patch has.
        found: &'static str,
    },
    /// `$patch` has a value it cannot have.
    #[error("unknown patch strategy '{0}'; write delete, replace or merge")]
    Directive(String),
    /// Lists are too long to be merged element by element.
    #[error(
        "the lists that are merged are too long: finding their elements takes more than {0} looks; \
         put an object with fewer elements in its place"
    )]
    TooLong(usize),
    /// The patch is nested deeper than any object is.
    #[error("the patch is nested deeper than {0} levels")]
    TooDeep(usize),
}

impl MergeError {
    /// An error at the node where it shows.
    pub(super) fn new(problem: MergeProblem, line: u32) -> Self {
        Self {
            problem,
            path: String::new(),
            line,
        }
    }

    /// The same, seen from one level above.
    pub(super) fn within(mut self, step: &str) -> Self {
        self.path = match self.path.is_empty() {
            true => step.to_owned(),
            false => format!("{step}.{}", self.path),
        };
        self
    }
}

impl std::error::Error for MergeError {}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "at the root")?,
            path => write!(f, "{path}")?,
        }
        if self.line > 0 {
            write!(f, " (line {})", self.line)?;
        }
        write!(f, ": {}", self.problem)
    }
}
