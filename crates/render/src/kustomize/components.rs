//! Which of an Application's components are added.
//!
//! In: the paths its options name. Out: those to add: all, or, where missing ones may be ignored,
//! those that are there; a pattern stands for what it finds. Source: Argo CD 3.5,
//! util/kustomize/kustomize.go; Kustomize 5.8.1, kustomize/commands/edit/add/addcomponent.go; Go's
//! `filepath.Glob`.

use super::options::KustomizeOptions;
use crate::recorder::Recorder;
use kustomize::load::RepositoryAddress;
use model::glob::Glob;
use model::{SourceTree, TreeError};

/// Why the components cannot be told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ComponentsError {
    /// The repository cannot be read.
    #[error("they cannot be looked for")]
    Read(#[from] TreeError),
    /// A pattern nobody can read.
    #[error("{0}: syntax error in pattern")]
    Pattern(String),
    /// A pattern that finds nothing.
    #[error("{0} has no match")]
    NoMatch(String),
}

/// The components to add to the kustomization in that folder.
pub(super) fn to_add(
    options: &KustomizeOptions,
    recorder: &Recorder<'_>,
) -> Result<Vec<String>, ComponentsError> {
    let mut found = Vec::new();
    for path in &options.components {
        if options.ignore_missing_components && !exists(path, recorder)? {
            continue;
        }
        match path.contains(['*', '?', '[', '\\']) {
            true => found.extend(matching(path, recorder)?),
            false => found.push(path.clone()),
        }
    }
    Ok(found)
}

/// Is there anything at the path, from the app's folder? Nothing outside the repository is.
fn exists(path: &str, recorder: &Recorder<'_>) -> Result<bool, TreeError> {
    let Ok(path) = recorder.root().join(path) else {
        return Ok(false);
    };
    match recorder.kind(&path) {
        Ok(_) => Ok(true),
        Err(TreeError::NotFound(_) | TreeError::Link { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What a pattern finds. An address may look like one.
fn matching(pattern: &str, recorder: &Recorder<'_>) -> Result<Vec<String>, ComponentsError> {
    let mut parts = pattern.split('/').peekable();
    let mut literal = Vec::new();
    while let Some(part) = parts.next_if(|part| !part.contains(['*', '?', '[', '\\'])) {
        literal.push(part);
    }
    let mut folders = vec![clean(&literal.join("/"))];
    for part in parts {
        let glob = Glob::file_path(part);
        let glob = glob.ok_or_else(|| ComponentsError::Pattern(pattern.to_owned()))?;
        let mut found = Vec::new();
        for folder in folders {
            found.extend(entries(&folder, &glob, recorder)?);
        }
        folders = found;
    }
    let hidden = |path: &str| last(path).starts_with('.');
    if !hidden(pattern) {
        folders.retain(|path| !hidden(path));
    }
    match folders.is_empty() {
        false => Ok(folders),
        true if RepositoryAddress::parse(pattern).is_ok() => Ok(vec![pattern.to_owned()]),
        true => Err(ComponentsError::NoMatch(pattern.to_owned())),
    }
}

/// The entries of a folder that match; none if it is no folder.
fn entries(
    folder: &str,
    glob: &Glob,
    recorder: &Recorder<'_>,
) -> Result<Vec<String>, ComponentsError> {
    let Ok(path) = recorder.root().join(folder) else {
        return Ok(Vec::new());
    };
    let entries = match SourceTree::list(recorder, &path) {
        Ok(entries) => entries,
        Err(TreeError::NotFound(_) | TreeError::WrongKind { .. } | TreeError::Link { .. }) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error.into()),
    };
    let names = entries.into_iter().map(|entry| entry.name);
    let names = names.filter(|name| glob.matches(name));
    Ok(names
        .map(|name| clean(&format!("{folder}/{name}")))
        .collect())
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The shortest relative path that means the same.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
