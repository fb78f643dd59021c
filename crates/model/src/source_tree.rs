//! Reading a source without a checkout: a folder tree addressed by content.

use crate::Digest;
use std::fmt;
use std::sync::Arc;

/// A path inside a source tree: relative, `/`-separated, without `.` or `..`; the root is empty.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct TreePath(Arc<str>);

/// Why a text is no path inside the tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreePathError {
    /// It starts at the file system's root.
    #[error("path {0:?} is absolute; write it relative to the repository's root")]
    Absolute(String),
    /// It climbs above the root.
    #[error("path {0:?} leads outside the repository")]
    Escapes(String),
    /// It has a NUL byte or another character no Git tree holds.
    #[error("path {0:?} has a character that no path can have")]
    Character(String),
}

impl TreePath {
    /// The root folder.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a path as users write it: `./a//b/../c` becomes `a/c`.
    pub fn parse(text: &str) -> Result<Self, TreePathError> {
        Self::root().join(text)
    }

    /// Follows a relative path from this folder.
    pub fn join(&self, text: &str) -> Result<Self, TreePathError> {
        if text.starts_with('/') {
            return Err(TreePathError::Absolute(text.to_owned()));
        }
        if text.contains(['\0', '\\']) {
            return Err(TreePathError::Character(text.to_owned()));
        }
        let mut parts: Vec<&str> = self.parts().collect();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_none() => {
                    return Err(TreePathError::Escapes(text.to_owned()));
                }
                ".." => {}
                part => parts.push(part),
            }
        }
        Ok(Self(parts.join("/").into()))
    }

    /// An entry of this folder, by its name.
    pub fn child(&self, name: &str) -> Self {
        match self.is_root() {
            true => Self(name.into()),
            false => Self(format!("{}/{name}", self.0).into()),
        }
    }

    /// The folder that holds this path; the root holds itself.
    pub fn parent(&self) -> Self {
        Self(
            self.0
                .rsplit_once('/')
                .map_or("", |(parent, _)| parent)
                .into(),
        )
    }

    /// The last part, empty for the root.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Its parts, from the root down.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// Is it the root?
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// As text; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { "." } else { &self.0 })
    }
}

/// What an entry of a folder is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; its blob holds the target.
    Symlink,
    /// A submodule whose content is not here.
    Submodule,
}

/// An entry of a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
    /// Digest of its content; of a folder: of all that lies below it.
    pub digest: Digest,
}

/// A file's content.
#[derive(Clone, Debug)]
pub struct Blob {
    /// Digest of the bytes, by which renders are cached.
    pub digest: Digest,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// Why a path could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// Nothing is there.
    #[error("{0} is not in the repository at this revision")]
    NotFound(TreePath),
    /// A file was asked for and something else is there, or the other way round.
    #[error("{path} is not a {expected}")]
    WrongKind {
        /// The path.
        path: TreePath,
        /// What was asked for: `file` or `folder`.
        expected: &'static str,
    },
    /// The file is larger than the limit.
    #[error("{path} has {size} bytes; the limit is {limit}")]
    TooLarge {
        /// The path.
        path: TreePath,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A symbolic link leads outside, nowhere, or in a circle.
    #[error("symbolic link {path} cannot be followed: {reason}")]
    Link {
        /// The link.
        path: TreePath,
        /// Why.
        reason: String,
    },
    /// The store behind the tree failed.
    #[error("reading {path} failed")]
    Store {
        /// The path.
        path: TreePath,
        /// The cause.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A source at one revision. Implementations follow symbolic links inside the tree (bounded, never
/// out of it) and are cheap to read from several threads.
pub trait SourceTree: Send + Sync {
    /// The entries of a folder, sorted by name. Symbolic links are listed as what they are.
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError>;

    /// What stands at a path, links followed: a file or a folder with its digest.
    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError>;

    /// A file's content, links followed.
    fn read(&self, file: &TreePath) -> Result<Blob, TreeError>;

    /// What stands at a path, links followed, without its digest: of a folder that may mean reading
    /// all that lies below.
    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        Ok(self.entry(path)?.kind)
    }

    /// Where a path leads once every symbolic link on it is replaced by its target. Only what exists
    /// has such a path.
    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError>;
}
