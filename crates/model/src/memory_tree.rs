//! A source tree held in memory, for simulation and tests.
//!
//! Comes in: paths and bytes. Goes out: a [`SourceTree`] that behaves like one from Git: sorted,
//! addressed by content, links followed inside only.

use crate::{
    Blob, Digest, Entry, EntryKind, Place, SourceTree, TreeError, TreePath, TreePathError,
    follow_links,
};
use std::collections::BTreeMap;
use std::sync::Arc;

const MAX_LINKS: usize = 40;

/// Files by path. Folders exist where files do.
#[derive(Clone, Default, Debug)]
pub struct MemoryTree {
    nodes: BTreeMap<String, Node>,
}

#[derive(Clone, Debug)]
enum Node {
    File(Arc<[u8]>),
    Link(String),
}

impl MemoryTree {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Builds a tree from pairs of path and content.
    pub fn of<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, TreePathError> {
        let mut tree = Self::new();
        for (path, content) in files {
            tree.write(&TreePath::parse(path)?, content.as_bytes());
        }
        Ok(tree)
    }

    /// Writes a file, in place of whatever file or folder stood there.
    pub fn write(&mut self, path: &TreePath, bytes: &[u8]) {
        self.put(path, Node::File(bytes.into()));
    }

    /// Writes a symbolic link.
    pub fn link(&mut self, path: &TreePath, target: &str) {
        self.put(path, Node::Link(target.to_owned()));
    }

    /// Removes a file, a link or a whole folder; says whether anything was there.
    pub fn remove(&mut self, path: &TreePath) -> bool {
        let before = self.nodes.len();
        self.nodes
            .retain(|at, _| at != path.as_str() && !is_below(at, path));
        self.nodes.len() != before
    }

    /// The paths of all files and links, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.nodes.keys().map(String::as_str)
    }

    fn put(&mut self, path: &TreePath, node: Node) {
        self.remove(path);
        let mut folder = path.parent();
        while !folder.is_root() {
            self.nodes.remove(folder.as_str());
            folder = folder.parent();
        }
        self.nodes.insert(path.as_str().to_owned(), node);
    }

    fn below(&self, folder: &TreePath) -> impl Iterator<Item = (&str, &Node)> {
        let prefix = match folder.is_root() {
            true => String::new(),
            false => format!("{folder}/"),
        };
        let length = prefix.len();
        self.nodes
            .range(prefix.clone()..)
            .take_while(move |(path, _)| path.starts_with(&prefix))
            .map(move |(path, node)| (&path[length..], node))
    }

    fn is_folder(&self, path: &TreePath) -> bool {
        path.is_root() || self.below(path).next().is_some()
    }

    fn look(&self, path: &TreePath) -> Result<Place, TreeError> {
        match self.nodes.get(path.as_str()) {
            Some(Node::Link(target)) => Ok(Place::Link(target.clone())),
            Some(Node::File(_)) => Ok(Place::Plain),
            None if self.is_folder(path) => Ok(Place::Plain),
            None => Err(TreeError::NotFound(path.clone())),
        }
    }

    fn real(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        follow_links(path, MAX_LINKS, |place| self.look(place))
    }

    fn children(&self, folder: &TreePath) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut last = "";
        for (path, _) in self.below(folder) {
            let name = path.split('/').next().unwrap_or(path);
            if name != last {
                entries.push(self.describe(&folder.child(name)));
                last = name;
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries.dedup_by(|a, b| a.name == b.name);
        entries
    }

    fn describe(&self, path: &TreePath) -> Entry {
        let (kind, digest) = match self.nodes.get(path.as_str()) {
            Some(Node::File(bytes)) => (EntryKind::File, Digest::of(bytes)),
            Some(Node::Link(target)) => (EntryKind::Symlink, Digest::of(target.as_bytes())),
            None => (EntryKind::Folder, folder_digest(&self.children(path))),
        };
        Entry {
            name: path.name().to_owned(),
            kind,
            digest,
        }
    }
}

fn is_below(path: &str, folder: &TreePath) -> bool {
    path.strip_prefix(folder.as_str())
        .is_some_and(|rest| folder.is_root() || rest.starts_with('/'))
}

fn folder_digest(entries: &[Entry]) -> Digest {
    Digest::of_parts(entries.iter().flat_map(|entry| {
        let kind: &[u8] = match entry.kind {
            EntryKind::File => b"file",
            EntryKind::Folder => b"folder",
            EntryKind::Symlink => b"link",
            EntryKind::Submodule => b"submodule",
        };
        [entry.name.as_bytes(), kind, entry.digest.as_bytes()]
    }))
}

impl SourceTree for MemoryTree {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let real = self.real(folder)?;
        if self.nodes.contains_key(real.as_str()) {
            return Err(TreeError::WrongKind {
                path: folder.clone(),
                expected: "folder",
            });
        }
        Ok(self.children(&real))
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        let real = self.real(path)?;
        Ok(Entry {
            name: path.name().to_owned(),
            ..self.describe(&real)
        })
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        let real = self.real(file)?;
        match self.nodes.get(real.as_str()) {
            Some(Node::File(bytes)) => Ok(Blob {
                digest: Digest::of(bytes),
                bytes: bytes.clone(),
            }),
            _ => Err(TreeError::WrongKind {
                path: file.clone(),
                expected: "file",
            }),
        }
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        let real = self.real(path)?;
        Ok(match self.nodes.contains_key(real.as_str()) {
            true => EntryKind::File,
            false => EntryKind::Folder,
        })
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        self.real(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> TreePath {
        TreePath::parse(text).unwrap()
    }

    fn names(tree: &MemoryTree, folder: &str) -> Vec<String> {
        tree.list(&path(folder))
            .unwrap()
            .into_iter()
            .map(|entry| entry.name)
            .collect()
    }

    #[test]
    fn folders_exist_where_files_do() {
        let tree = MemoryTree::of([("a/x.yaml", "1"), ("a-b", "2"), ("a/c/y.yaml", "3")]).unwrap();
        assert_eq!(names(&tree, "."), ["a", "a-b"]);
        assert_eq!(names(&tree, "a"), ["c", "x.yaml"]);
        assert_eq!(tree.entry(&path("a/c")).unwrap().kind, EntryKind::Folder);
        assert_eq!(&*tree.read(&path("a/c/y.yaml")).unwrap().bytes, b"3");
        assert!(matches!(
            tree.read(&path("a")),
            Err(TreeError::WrongKind { .. })
        ));
        assert!(matches!(tree.list(&path("b")), Err(TreeError::NotFound(_))));
    }

    #[test]
    fn a_folder_keeps_its_digest_until_something_below_changes() {
        let mut tree = MemoryTree::of([("a/x", "1"), ("b/y", "2")]).unwrap();
        let digest = |tree: &MemoryTree, at: &str| tree.entry(&path(at)).unwrap().digest;
        let before = (digest(&tree, "a"), digest(&tree, "b"), digest(&tree, "."));
        tree.write(&path("b/z/deep"), b"3");
        assert_eq!(digest(&tree, "a"), before.0);
        assert_ne!(digest(&tree, "b"), before.1);
        assert_ne!(digest(&tree, "."), before.2);
        assert!(tree.remove(&path("b/z")));
        assert_eq!(digest(&tree, "."), before.2);
        assert!(!tree.remove(&path("b/z")));
    }

    #[test]
    fn links_lead_to_files_and_folders_inside_only() {
        let mut tree = MemoryTree::of([("real/x", "1")]).unwrap();
        tree.link(&path("folder"), "real");
        tree.link(&path("real/self"), "x");
        tree.link(&path("out"), "../x");
        assert_eq!(&*tree.read(&path("folder/self")).unwrap().bytes, b"1");
        assert_eq!(tree.entry(&path("folder")).unwrap().kind, EntryKind::Folder);
        let listed = tree.list(&TreePath::root()).unwrap();
        assert_eq!(listed[0].kind, EntryKind::Symlink);
        assert!(matches!(
            tree.read(&path("out")),
            Err(TreeError::Link { .. })
        ));
    }

    #[test]
    fn a_path_is_told_what_it_is_and_where_it_leads() {
        let mut tree = MemoryTree::of([("real/x", "1")]).unwrap();
        tree.link(&path("folder"), "real");
        tree.link(&path("real/self"), "x");
        let found = |text: &str| {
            let real = tree.real_path(&path(text)).ok()?;
            Some((tree.kind(&path(text)).unwrap(), real.to_string()))
        };
        for (asked, kind, real) in [
            (".", EntryKind::Folder, "."),
            ("folder", EntryKind::Folder, "real"),
            ("folder/self", EntryKind::File, "real/x"),
            ("real/x", EntryKind::File, "real/x"),
        ] {
            assert_eq!(found(asked), Some((kind, real.to_owned())), "{asked}");
        }
        assert_eq!(found("real/y"), None);
        assert_eq!(found("real/x/y"), None);
    }

    #[test]
    fn a_file_takes_the_place_of_a_folder_and_back() {
        let mut tree = MemoryTree::of([("a/x", "1")]).unwrap();
        tree.write(&path("a"), b"file");
        assert_eq!(names(&tree, "."), ["a"]);
        tree.write(&path("a/b"), b"again");
        assert_eq!(names(&tree, "a"), ["b"]);
    }
}
