//! Which source an app follows, and the revision it led to.

use std::fmt;
use std::sync::Arc;

/// A repository and the reference followed in it: what is fetched once for all apps that share it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SourceKey {
    /// Repository URL as the app spells it, normalised by the door.
    pub repository: Arc<str>,
    /// What is followed.
    pub reference: Reference,
    /// The project whose credentials may be used (repositories can be scoped to a project).
    pub project: Arc<str>,
}

/// What a target revision asks for: branch, tag, commit, version range, or the default branch (`HEAD`).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Reference(pub Arc<str>);

impl Reference {
    /// The default branch.
    pub fn head() -> Self {
        Self("HEAD".into())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.repository, self.reference)
    }
}

/// A resolved revision: for Git a full commit id.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Revision(pub Arc<str>);

impl Revision {
    /// The first seven characters, as people name commits.
    pub fn short(&self) -> &str {
        self.0.get(..7).unwrap_or(&self.0)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
