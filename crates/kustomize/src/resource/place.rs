//! Where a resource was written, for messages and for those who ask which file to change.
//!
//! Comes in: a file and a line. Goes out: `apps/web.yaml:12`. It has no part in what is built; the
//! annotation of the same purpose is [`super::Origin`].

use std::fmt;
use std::sync::Arc;

/// A line of a file.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Place {
    /// The file's path in its tree; of what lies elsewhere, its address first.
    pub file: Arc<str>,
    /// The line, from 1; 0 if it is not known.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}
