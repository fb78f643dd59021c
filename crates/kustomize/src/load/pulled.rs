//! A tree with a folder that was fetched laid into it.
//!
//! Comes in: a tree, and the files of a chart from elsewhere. Goes out: the tree as upstream would
//! have left it on disk, with the chart unpacked where it belongs; nothing is written.

use super::spot::{Tree, is_in};
use model::{Blob, Entry, EntryKind, SourceTree, TreeError, TreePath};
use std::sync::Arc;

/// A tree, and what lies at one of its paths instead.
pub struct Pulled<'a> {
    pub below: Tree<'a>,
    pub at: TreePath,
    pub files: Arc<dyn SourceTree>,
}

impl Pulled<'_> {
    /// The path in the fetched files, if it lies there.
    fn inside(&self, path: &TreePath) -> Option<TreePath> {
        let rest = is_in(path, &self.at).then(|| &path.as_str()[self.at.as_str().len()..])?;
        TreePath::parse(rest.trim_start_matches('/')).ok()
    }

    fn of<T>(
        &self,
        path: &TreePath,
        ask: impl Fn(&dyn SourceTree, &TreePath) -> Result<T, TreeError>,
    ) -> Result<T, TreeError> {
        match self.inside(path) {
            Some(inside) => ask(&*self.files, &inside),
            None => ask(self.below.source(), path),
        }
    }
}

impl SourceTree for Pulled<'_> {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        self.of(folder, |tree, path| tree.list(path))
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        self.of(path, |tree, path| tree.entry(path))
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        self.of(file, |tree, path| tree.read(path))
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        self.of(path, |tree, path| tree.kind(path))
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        let real = self.of(path, |tree, path| tree.real_path(path))?;
        Ok(match self.inside(path) {
            Some(_) => real
                .parts()
                .fold(self.at.clone(), |at, part| at.child(part)),
            None => real,
        })
    }
}
