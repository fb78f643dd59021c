//! Which source an app follows, and the revision it led to.

use std::fmt;
use std::sync::Arc;

/// A repository and what is followed in it: fetched once for all apps that share it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SourceKey {
    /// Repository URL as the app spells it, normalised by the door.
    pub repository: Arc<str>,
    /// The chart that is followed in a Helm repository or registry; empty for a Git repository.
    pub chart: Arc<str>,
    /// What is followed: of a chart a version, or a range of them.
    pub reference: Reference,
    /// The project whose credentials may be used (repositories can be scoped to a project).
    pub project: Arc<str>,
    /// Show the credentials to whatever host a chart repository's index names, not to its own alone.
    pub pass_credentials: bool,
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

impl SourceKey {
    /// Is it a chart of a Helm repository or registry, rather than a Git repository?
    pub fn is_chart(&self) -> bool {
        !self.chart.is_empty()
    }
}

impl fmt::Display for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_chart() {
            true => write!(f, "{}/{}@{}", self.repository, self.chart, self.reference),
            false => write!(f, "{}@{}", self.repository, self.reference),
        }
    }
}

/// A resolved revision: for Git a full commit id, for a chart its version.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Revision(pub Arc<str>);

impl Revision {
    /// The first seven characters, as people name commits; a version as it is.
    pub fn short(&self) -> &str {
        let is_commit =
            matches!(self.0.len(), 40 | 64) && self.0.bytes().all(|byte| byte.is_ascii_hexdigit());
        match is_commit {
            true => &self.0[..7],
            false => &self.0,
        }
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
