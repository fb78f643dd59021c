//! What DIR leads to: a folder on disk, or a folder of a repository.
//!
//! In: the argument as the real command takes it. Out: a tree and a folder in it. Like the real one
//! it takes a text for a repository's address first, and for a path only if it is none.

use crate::exit_code;
use crate::failure::{Failure, Outcome};
use kustomize::load::RepositoryAddress;
use model::{SourceTree, TreePath};
use render::Remotes;
use source::{DirectoryTree, Limits};
use std::path::Path;
use std::sync::Arc;

/// Where a build starts.
pub struct Start {
    pub tree: Arc<dyn SourceTree>,
    pub folder: TreePath,
    /// The tree shows the file system from its root.
    pub on_disk: bool,
}

/// Finds the folder.
pub fn start(target: &str, remotes: Option<&dyn Remotes>) -> Outcome<Start> {
    match RepositoryAddress::parse(target) {
        Ok(address) => match remotes {
            Some(remotes) => repository(&address, remotes),
            None => Err(failed(format!("{address} would have to be fetched"))
                .hint("leave --offline out, or clone it and name the folder")),
        },
        Err(_) => folder(Path::new(target)),
    }
}

fn repository(address: &RepositoryAddress, remotes: &dyn Remotes) -> Outcome<Start> {
    let wrong = |error: anyhow::Error| {
        Failure::from(error.context(format!("{address} cannot be fetched")))
            .with_code(exit_code::DIFFERS)
    };
    let revision = remotes
        .resolve(address)
        .map_err(|error| wrong(error.into()))?;
    let tree = remotes
        .tree(address, &revision)
        .map_err(|error| wrong(error.into()))?;
    let folder = TreePath::parse(&address.folder).map_err(|error| wrong(error.into()))?;
    Ok(Start {
        tree,
        folder,
        on_disk: false,
    })
}

fn folder(path: &Path) -> Outcome<Start> {
    let real = std::fs::canonicalize(path)
        .map_err(|error| failed(format!("{} is no folder: {error}", path.display())))?;
    if !real.is_dir() {
        let message = format!("must build at directory: {} is a file", path.display());
        return Err(failed(message).hint("name the folder the file lies in"));
    }
    let text = real
        .to_str()
        .ok_or_else(|| failed(format!("{} is not UTF-8", path.display())))?;
    let folder =
        TreePath::parse(text.trim_start_matches('/')).map_err(|error| failed(error.to_string()))?;
    Ok(Start {
        tree: Arc::new(DirectoryTree::open("/", Limits::default())?),
        folder,
        on_disk: true,
    })
}

/// Whatever fails, the real command ends with 1.
pub fn failed(message: String) -> Failure {
    Failure::new(exit_code::DIFFERS, message)
}
