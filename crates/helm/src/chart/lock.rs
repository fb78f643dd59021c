//! What Chart.lock says: the versions a range came to.

use super::Dependency;

/// A lock file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// When it was written, as written.
    pub generated: String,
    /// A hash over what was asked for and what was found.
    pub digest: String,
    /// What was found.
    pub dependencies: Vec<Dependency>,
}
