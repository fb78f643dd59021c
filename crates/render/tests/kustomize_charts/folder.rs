//! A folder on disk as a tree in memory.
//!
//! Comes in: a folder. Goes out: its files and links, as a repository would hold them.

use model::{MemoryTree, TreePath};
use std::fs;
use std::path::Path;

/// Reads all of a folder.
pub fn tree_of(folder: &Path) -> MemoryTree {
    let mut tree = MemoryTree::new();
    add(&mut tree, folder, &TreePath::root());
    tree
}

fn add(tree: &mut MemoryTree, folder: &Path, at: &TreePath) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    for entry in entries.map(|entry| entry.expect("an entry")) {
        let path = at.child(&entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a type");
        if kind.is_dir() {
            add(tree, &entry.path(), &path);
        } else if kind.is_symlink() {
            let target = fs::read_link(entry.path()).expect("a link");
            tree.link(&path, &target.to_string_lossy());
        } else {
            tree.write(&path, &fs::read(entry.path()).expect("a file"));
        }
    }
}
