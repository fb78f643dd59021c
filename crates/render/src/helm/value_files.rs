//! Where the values files of a source lie.
//!
//! In: `helm.valueFiles` as written, variables replaced. Out: paths in the repository and addresses
//! on the web, in the order in which they count, none twice. A pattern stands for the files it
//! finds, but for those that are also named themselves: these count where they are named.
//! Source: Argo CD 3.5, reposerver/repository (getResolvedValueFiles), util/io/path/resolved.go.

use super::path_pattern::{self, BadPattern};
use crate::recorder::Recorder;
use model::{EntryKind, SourceTree, TreeError, TreePath, TreePathError};
use std::collections::HashSet;

/// Why a file named in the source's options cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValueFileError {
    /// It lies outside the repository.
    #[error("file '{file}' resolved to outside repository root")]
    Outside {
        /// The file as written.
        file: String,
        /// What is wrong with its path.
        source: TreePathError,
    },
    /// It is an address of a kind that is not allowed.
    #[error("the URL scheme '{0}' is not allowed")]
    Scheme(String),
    /// It belongs to another source of the Application.
    #[error("{0} refers to another source, and several sources are not supported yet")]
    OtherSource(String),
    /// A pattern nobody can read.
    #[error("{0:?} is not a pattern")]
    Pattern(String),
    /// A pattern that finds nothing.
    #[error("values file glob {0:?} matched no files")]
    NoMatch(String),
    /// It is not there.
    #[error(
        "{file}: there is no file {path} in the repository; helm.ignoreMissingValueFiles leaves such files out"
    )]
    Missing {
        /// The file as written.
        file: String,
        /// Where it would be.
        path: TreePath,
    },
    /// The repository cannot be read.
    #[error("{file} cannot be read")]
    Read {
        /// The file as written.
        file: String,
        /// The cause.
        source: TreeError,
    },
}

/// Where a file lies.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Place {
    /// In the repository.
    File(TreePath),
    /// On the web.
    Web(String),
}

/// What files are looked for in.
pub(super) struct Lookup<'a> {
    pub recorder: &'a Recorder<'a>,
    /// Schemes of addresses that may be fetched.
    pub schemes: Vec<&'a str>,
    pub ignore_missing: bool,
}

impl Lookup<'_> {
    /// Finds the files.
    pub fn all(&self, files: &[String]) -> Result<Vec<Place>, ValueFileError> {
        let named: HashSet<TreePath> = files.iter().filter_map(|file| self.named(file)).collect();
        let (mut places, mut seen) = (Vec::new(), HashSet::new());
        for file in files {
            let mut more = self.places(file)?;
            if path_pattern::is_pattern(file) {
                more.retain(|place| !matches!(place, Place::File(path) if named.contains(path)));
            }
            places.extend(more.into_iter().filter(|place| seen.insert(place.clone())));
        }
        Ok(places)
    }

    /// The one place of a file that must be there, of the web or of the repository.
    pub fn one(&self, file: &str) -> Result<Place, ValueFileError> {
        match self.place(file)? {
            Place::File(path) => Ok(Place::File(self.real(file, &path)?)),
            place => Ok(place),
        }
    }

    fn named(&self, file: &str) -> Option<TreePath> {
        match self.place(file) {
            Ok(Place::File(path)) if !path_pattern::is_pattern(file) => Some(path),
            _ => None,
        }
    }

    fn places(&self, file: &str) -> Result<Vec<Place>, ValueFileError> {
        let path = match self.place(file)? {
            Place::File(path) => path,
            place => return Ok(vec![place]),
        };
        match path_pattern::is_pattern(path.as_str()) {
            true => self.matching(file, &path),
            false => self.present(file, path),
        }
    }

    fn matching(&self, file: &str, pattern: &TreePath) -> Result<Vec<Place>, ValueFileError> {
        let found = path_pattern::find(self.recorder, pattern.as_str());
        match found.map_err(|source| unreadable(file, source))? {
            Err(BadPattern) => Err(ValueFileError::Pattern(file.to_owned())),
            Ok(found) if found.is_empty() && !self.ignore_missing => {
                Err(ValueFileError::NoMatch(file.to_owned()))
            }
            Ok(found) => Ok(found.into_iter().map(Place::File).collect()),
        }
    }

    fn present(&self, file: &str, path: TreePath) -> Result<Vec<Place>, ValueFileError> {
        match SourceTree::kind(self.recorder, &path) {
            Ok(EntryKind::Symlink) => Ok(vec![Place::File(self.real(file, &path)?)]),
            Ok(_) => Ok(vec![Place::File(path)]),
            Err(TreeError::NotFound(_)) if self.ignore_missing => Ok(Vec::new()),
            Err(TreeError::NotFound(_)) => Err(missing(file, path)),
            Err(source) => Err(unreadable(file, source)),
        }
    }

    fn real(&self, file: &str, path: &TreePath) -> Result<TreePath, ValueFileError> {
        self.recorder.real_path(path).map_err(|error| match error {
            TreeError::NotFound(_) => missing(file, path.clone()),
            source => unreadable(file, source),
        })
    }

    /// A path that starts with a slash starts at the repository's root.
    fn place(&self, file: &str) -> Result<Place, ValueFileError> {
        if let Some(scheme) = scheme(file) {
            let allowed = |known: &&str| known.eq_ignore_ascii_case(scheme);
            return match self.schemes.iter().any(allowed) {
                true => Ok(Place::Web(file.to_owned())),
                false => Err(ValueFileError::Scheme(scheme.to_owned())),
            };
        }
        if file.starts_with('$') {
            return Err(ValueFileError::OtherSource(file.to_owned()));
        }
        let path = match file.strip_prefix('/') {
            Some(rest) => TreePath::parse(rest.trim_start_matches('/')),
            None => self.recorder.root().join(file),
        };
        let outside = |source| ValueFileError::Outside {
            file: file.to_owned(),
            source,
        };
        path.map(Place::File).map_err(outside)
    }
}

/// The scheme of an address, as Go's `url.Parse` sees one.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let starts = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    (starts && scheme.bytes().all(rest)).then_some(scheme)
}

fn missing(file: &str, path: TreePath) -> ValueFileError {
    let file = file.to_owned();
    ValueFileError::Missing { file, path }
}

fn unreadable(file: &str, source: TreeError) -> ValueFileError {
    let file = file.to_owned();
    ValueFileError::Read { file, source }
}
