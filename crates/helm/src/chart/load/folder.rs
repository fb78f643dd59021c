//! The files of a folder, symbolic links followed.

use super::budget::Budget;
use super::ignore::Rules;
use crate::chart::{File, LoadError};
use crate::quote::quote;
use model::{EntryKind, SourceTree, TreeError, TreePath};
use std::sync::Arc;

/// Reads all files that .helmignore leaves, in the order of their names, folder by folder.
pub(super) fn read(
    tree: &dyn SourceTree,
    folder: &TreePath,
    budget: &mut Budget<'_>,
) -> Result<Vec<File>, LoadError> {
    let mut walk = Walk {
        tree,
        rules: rules(tree, folder)?,
        budget,
        files: Vec::new(),
    };
    walk.folder(folder, "", 0)?;
    Ok(walk.files)
}

fn rules(tree: &dyn SourceTree, folder: &TreePath) -> Result<Rules, LoadError> {
    let name = ".helmignore";
    match tree.read(&folder.child(name)) {
        Ok(blob) => Rules::parse(&String::from_utf8_lossy(&blob.bytes)),
        Err(TreeError::NotFound(_)) => Rules::parse(""),
        Err(source) => Err(unreadable(name, source)),
    }
}

struct Walk<'a, 'b> {
    tree: &'a dyn SourceTree,
    rules: Rules,
    budget: &'a mut Budget<'b>,
    files: Vec<File>,
}

impl Walk<'_, '_> {
    fn folder(&mut self, folder: &TreePath, name: &str, depth: usize) -> Result<(), LoadError> {
        let limit = self.budget.limits.folders_deep;
        if depth > limit {
            let what = "folders";
            return Err(LoadError::TooDeep { what, limit });
        }
        let entries = self.tree.list(folder).map_err(|it| unreadable(name, it))?;
        for entry in entries {
            self.budget.entry()?;
            let path = folder.child(&entry.name);
            let name = match name.is_empty() {
                true => entry.name,
                false => format!("{name}/{}", entry.name),
            };
            let kind = match entry.kind {
                EntryKind::Symlink => self.tree.kind(&path).map_err(|it| unreadable(&name, it))?,
                kind => kind,
            };
            let is_folder = kind != EntryKind::File;
            if self.rules.ignore(&name, is_folder) {
                continue;
            }
            match kind {
                EntryKind::File => self.file(&path, name)?,
                EntryKind::Folder => self.folder(&path, &name, depth + 1)?,
                // Not fetched, it is an empty folder; a link was followed already.
                EntryKind::Submodule | EntryKind::Symlink => {}
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &TreePath, name: String) -> Result<(), LoadError> {
        let limit = self.budget.limits.file_bytes;
        let blob = self.tree.read(path).map_err(|it| unreadable(&name, it))?;
        if blob.bytes.len() as u64 > limit {
            let name = quote(path.name());
            return Err(LoadError::FileTooLarge { name, limit });
        }
        self.budget.bytes(blob.bytes.len() as u64)?;
        self.files.push(File {
            name: name.into(),
            data: without_mark(blob.bytes),
        });
        Ok(())
    }
}

/// Bytes without a byte order mark.
pub(super) fn without_mark(bytes: Arc<[u8]>) -> Arc<[u8]> {
    match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.into(),
        None => bytes,
    }
}

fn unreadable(path: &str, source: TreeError) -> LoadError {
    LoadError::Tree {
        path: path.to_owned(),
        source,
    }
}
