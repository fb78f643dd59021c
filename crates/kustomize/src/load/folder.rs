//! Folders to build from: there, and folders.
//!
//! Comes in: a tree and a path, or the address of a repository. Goes out: the folder, links resolved.

use super::spot::Tree;
use super::{Elsewhere, LoadError, NoFolder, RepositoryAddress};
use model::{EntryKind, TreeError, TreePath};
use std::sync::Arc;

/// Gets a repository; also the folder of it that is meant.
pub fn fetched<'a>(
    address: RepositoryAddress,
    elsewhere: &dyn Elsewhere,
) -> Result<(Tree<'a>, TreePath), LoadError> {
    let repository = elsewhere.repository(&address);
    let repository = repository.map_err(|source| LoadError::Elsewhere {
        address: address.to_string(),
        source,
    })?;
    let folder = TreePath::parse(address.folder.trim_start_matches('/'));
    let folder = folder.map_err(|source| LoadError::Path {
        path: address.folder.clone(),
        root: address.whole().to_string(),
        source,
    })?;
    Ok((Tree::Fetched(repository, Arc::new(address)), folder))
}

/// The folder with links resolved, if it is one.
pub fn confirmed(tree: &Tree<'_>, folder: &TreePath) -> Result<TreePath, LoadError> {
    let source = tree.source();
    let found = source
        .real_path(folder)
        .and_then(|real| Ok((source.kind(&real)?, real)));
    let why = match found {
        Ok((EntryKind::Folder, real)) => return Ok(real),
        Ok((EntryKind::Submodule, _)) => NoFolder::Submodule,
        Ok(_) => NoFolder::File,
        Err(TreeError::NotFound(_)) => NoFolder::Missing,
        Err(error) => return Err(LoadError::reading(tree.place(folder), error)),
    };
    Err(LoadError::NoFolder {
        path: tree.place(folder),
        why,
    })
}
