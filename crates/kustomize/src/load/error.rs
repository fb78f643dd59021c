//! Why a file or a folder could not be loaded.

use super::ElsewhereError;
use model::{TreeError, TreePathError};

/// Why a file or a folder could not be loaded. Paths are written from the root of their tree.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No folder is named.
    #[error("new root cannot be empty; name a folder or a repository")]
    Empty,
    /// A folder is named from the root of the file system.
    #[error("new root '{0}' cannot be absolute; write it relative to the kustomization's folder")]
    Absolute(String),
    /// The path cannot be one of this tree.
    #[error("'{path}' cannot be loaded from '{root}'")]
    Path {
        /// The path as written.
        path: String,
        /// The folder it is relative to.
        root: String,
        /// What is wrong with it.
        #[source]
        source: TreePathError,
    },
    /// Nothing is there.
    #[error("'{0}' doesn't exist")]
    Missing(String),
    /// A file is wanted and a folder is there.
    #[error("'{0}' must resolve to a file")]
    NotAFile(String),
    /// The file lies outside the folder that names it.
    #[error(
        "security; file '{file}' is not in or below '{root}'; move it there, or lift the load \
         restrictions"
    )]
    OutsideRoot {
        /// The file.
        file: String,
        /// The folder that names it.
        root: String,
    },
    /// A folder is wanted and there is none.
    #[error("must build at directory: '{path}' {why}")]
    NoFolder {
        /// The path.
        path: String,
        /// What is there.
        why: NoFolder,
    },
    /// A folder in a repository that was fetched leads out of it.
    #[error(
        "security; bases in kustomizations found in cloned git repos must be within the repo, but \
         base '{base}' is outside '{repository}'"
    )]
    OutsideRepository {
        /// The folder as written.
        base: String,
        /// The repository.
        repository: String,
    },
    /// A folder is wanted that led here, or holds one that did.
    #[error(
        "cycle detected: candidate root '{candidate}' contains visited root '{visited}' ({way})"
    )]
    Cycle {
        /// The folder that is wanted.
        candidate: String,
        /// The folder it would lead back to.
        visited: String,
        /// The folders from the first to the one that wants it.
        way: String,
    },
    /// A repository is wanted that led here.
    #[error("cycle detected: URI '{wanted}' referenced by previous URI '{visited}' ({way})")]
    RepositoryCycle {
        /// The address that is wanted.
        wanted: String,
        /// The address it would lead back to.
        visited: String,
        /// The folders from the first to the one that wants it.
        way: String,
    },
    /// Folders name folders without end.
    #[error("'{path}' is nested more than {limit} folders deep")]
    TooDeep {
        /// The folder that is one too many.
        path: String,
        /// The limit.
        limit: usize,
    },
    /// One build enters folders without end.
    #[error("'{path}' is refused: this build has entered {limit} folders already")]
    TooMany {
        /// The folder that is one too many.
        path: String,
        /// The limit.
        limit: usize,
    },
    /// The tree could not be read.
    #[error("reading '{path}' failed")]
    Tree {
        /// The path.
        path: String,
        /// The cause.
        #[source]
        source: TreeError,
    },
    /// A web server has no file at an address that may be a repository's.
    #[error("'{0}': URL is a git repository")]
    IsRepository(String),
    /// A web server answered with something else than the file.
    #[error("'{url}': HTTP Error: status code {status}")]
    Http {
        /// The address.
        url: String,
        /// What the server answered.
        status: u16,
    },
    /// A file on the web or a repository is not to be had.
    #[error("'{address}' cannot be loaded")]
    Elsewhere {
        /// The address.
        address: String,
        /// Why.
        #[source]
        source: ElsewhereError,
    },
}

/// What is there in place of a folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoFolder {
    /// Nothing.
    #[error("doesn't exist")]
    Missing,
    /// A file.
    #[error("is a file; file is not directory")]
    File,
    /// A submodule whose content is not here.
    #[error("is a submodule whose content was not fetched")]
    Submodule,
}

impl LoadError {
    /// What a tree could not read.
    pub(super) fn reading(path: String, error: TreeError) -> Self {
        match error {
            TreeError::NotFound(_) => Self::Missing(path),
            source => Self::Tree { path, source },
        }
    }

    /// Did a web server answer, but not with the file? Then nothing else is tried.
    pub fn is_http(&self) -> bool {
        matches!(self, Self::Http { .. })
    }
}
