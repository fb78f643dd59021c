//! A tree in memory that counts what is read from it.
//!
//! In: files. Out: a tree that, like one from Git, knows the digest of every folder beforehand, so
//! that a listing costs nothing, and says how often each file was read. It has no links.

use anyhow::Result;
use model::{Blob, Entry, EntryKind, MemoryTree, SourceTree, TreeError, TreePath};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// The tree.
pub struct CountedTree {
    folders: BTreeMap<TreePath, Folder>,
    files: BTreeMap<TreePath, File>,
}

struct Folder {
    itself: Entry,
    entries: Vec<Entry>,
}

struct File {
    blob: Blob,
    reads: AtomicU64,
}

impl CountedTree {
    /// A tree of these files.
    pub fn of(files: &MemoryTree) -> Result<Self> {
        let mut tree = Self {
            folders: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for path in files.paths().map(TreePath::parse) {
            let path = path?;
            let file = File {
                blob: files.read(&path)?,
                reads: AtomicU64::new(0),
            };
            tree.folders_above(&path, files)?;
            tree.files.insert(path, file);
        }
        Ok(tree)
    }

    /// How often each file was read.
    pub fn reads(&self) -> impl Iterator<Item = (&TreePath, u64)> {
        let reads = |file: &File| file.reads.load(Ordering::Relaxed);
        self.files
            .iter()
            .map(move |(path, file)| (path, reads(file)))
    }

    fn folders_above(&mut self, path: &TreePath, files: &MemoryTree) -> Result<()> {
        let mut at = path.clone();
        while !at.is_root() {
            at = at.parent();
            if self.folders.contains_key(&at) {
                break;
            }
            let folder = Folder {
                itself: files.entry(&at)?,
                entries: files.list(&at)?,
            };
            self.folders.insert(at.clone(), folder);
        }
        Ok(())
    }
}

impl SourceTree for CountedTree {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        match self.folders.get(folder) {
            Some(found) => Ok(found.entries.clone()),
            None => Err(self.missing(folder, "folder")),
        }
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        if let Some(folder) = self.folders.get(path) {
            return Ok(folder.itself.clone());
        }
        let file = self.files.get(path);
        let file = file.ok_or_else(|| TreeError::NotFound(path.clone()))?;
        Ok(Entry {
            name: path.name().to_owned(),
            kind: EntryKind::File,
            digest: file.blob.digest,
        })
    }

    fn read(&self, path: &TreePath) -> Result<Blob, TreeError> {
        let file = self.files.get(path);
        let file = file.ok_or_else(|| self.missing(path, "file"))?;
        file.reads.fetch_add(1, Ordering::Relaxed);
        Ok(file.blob.clone())
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        match (
            self.folders.contains_key(path),
            self.files.contains_key(path),
        ) {
            (true, _) => Ok(EntryKind::Folder),
            (false, true) => Ok(EntryKind::File),
            (false, false) => Err(TreeError::NotFound(path.clone())),
        }
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        self.kind(path).map(|_| path.clone())
    }
}

impl CountedTree {
    fn missing(&self, path: &TreePath, expected: &'static str) -> TreeError {
        let path = path.clone();
        match self.kind(&path) {
            Ok(_) => TreeError::WrongKind { path, expected },
            Err(error) => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_as_the_files_do_and_counts() {
        let files = MemoryTree::of([("a/b/c", "1"), ("a/d", "2")]).expect("they are paths");
        let tree = CountedTree::of(&files).expect("they can be read");
        for text in ["", "a", "a/b", "a/b/c", "a/d", "a/x"] {
            let path = TreePath::parse(text).expect("a path");
            assert_eq!(tree.entry(&path).ok(), files.entry(&path).ok(), "{text}");
            assert_eq!(tree.list(&path).ok(), files.list(&path).ok(), "{text}");
            assert_eq!(tree.kind(&path).ok(), files.kind(&path).ok(), "{text}");
            let bytes = |tree: &dyn SourceTree| tree.read(&path).ok().map(|blob| blob.bytes);
            assert_eq!(bytes(&tree), bytes(&files), "{text}");
        }
        let reads: Vec<_> = tree
            .reads()
            .map(|(path, reads)| (path.as_str(), reads))
            .collect();
        assert_eq!(reads, [("a/b/c", 1), ("a/d", 1)]);
    }
}
