//! Versions as Helm and Argo CD read them, and the ranges that pick among them.
//!
//! Comes in: a text like `v1.2.3-rc.1+build`; minor and patch may be missing. Goes out: a version
//! that compares by the rules of SemVer, and texts of errors that users know. Source:
//! Masterminds/semver 3.5, `version.go` and `constraints.go`.

mod condition;
mod error;
mod order;
mod parse;
mod range;
mod rewrite;
mod word;

pub use error::{RangeError, VersionError};
pub use range::VersionRange;

use std::fmt;

/// A version. Two are equal if neither comes before the other: build metadata does not count.
#[derive(Clone, Debug)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second, zero if the text has none.
    pub minor: u64,
    /// The third, zero if the text has none.
    pub patch: u64,
    /// What follows the dash; empty for a release.
    pub prerelease: String,
    /// What follows the plus.
    pub metadata: String,
    /// The text it was read from.
    pub original: String,
}

impl Version {
    /// The next patch; of a prerelease, the release it leads to. None if the number is at its end.
    pub fn next_patch(&self) -> Option<Self> {
        let step = u64::from(self.prerelease.is_empty());
        let patch = self.patch.checked_add(step)?;
        Some(self.successor(self.major, self.minor, patch))
    }

    /// The next minor version.
    pub fn next_minor(&self) -> Option<Self> {
        Some(self.successor(self.major, self.minor.checked_add(1)?, 0))
    }

    /// The next major version.
    pub fn next_major(&self) -> Option<Self> {
        Some(self.successor(self.major.checked_add(1)?, 0, 0))
    }

    /// The same version with another prerelease, which must be a valid one or empty.
    pub fn with_prerelease(&self, prerelease: &str) -> Result<Self, VersionError> {
        parse::check_prerelease(prerelease)?;
        let prerelease = prerelease.to_owned();
        let changed = Self {
            prerelease,
            ..self.clone()
        };
        Ok(changed.renamed(self))
    }

    /// The same version with other build metadata, which must be valid or empty.
    pub fn with_metadata(&self, metadata: &str) -> Result<Self, VersionError> {
        parse::check_metadata(metadata)?;
        let metadata = metadata.to_owned();
        let changed = Self {
            metadata,
            ..self.clone()
        };
        Ok(changed.renamed(self))
    }

    fn successor(&self, major: u64, minor: u64, patch: u64) -> Self {
        let next = Self {
            major,
            minor,
            patch,
            prerelease: String::new(),
            metadata: String::new(),
            original: String::new(),
        };
        next.renamed(self)
    }

    /// Its original text is what it prints, with the `v` that the one it came from had.
    fn renamed(mut self, from: &Self) -> Self {
        let prefix = if from.original.starts_with('v') {
            "v"
        } else {
            ""
        };
        self.original = format!("{prefix}{self}");
        self
    }
}

/// All three numbers, whatever was written, and no `v`.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}
