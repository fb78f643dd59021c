//! A Git commit as a source tree: folders and files by id, without a checkout.
//!
//! Comes in: a commit in a store, and the submodules mounted in it. Goes out: listings and contents
//! with digests that are Git's own ids, so that an unchanged folder is known to be unchanged without
//! being read.

use crate::Limits;
use crate::folder_cache::{Folder, FolderCache, FolderEntry};
use crate::lfs;
use crate::store::{ReadError, Store};
use gix::ObjectId;
use gix::objs::Kind;
use model::{
    Blob, Digest, Entry, EntryKind, Place, Revision, SourceTree, TreeError, TreePath, follow_links,
};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The tree of one commit. Cheap to keep, and cheap to read from several threads.
pub struct GitTree {
    pub(crate) root: Mount,
    /// Submodules by the folder they stand in, nested ones included.
    pub(crate) mounts: BTreeMap<TreePath, Mount>,
    pub(crate) reading: Arc<Reading>,
}

/// A commit of one repository, as the root of a tree or of a submodule.
#[derive(Clone)]
pub(crate) struct Mount {
    pub store: Arc<Store>,
    pub commit: ObjectId,
    pub tree: ObjectId,
}

/// What all trees share.
pub(crate) struct Reading {
    pub limits: Limits,
    pub folders: FolderCache,
}

/// Something found in the tree: where it is stored, and what it is.
#[derive(Clone)]
pub(crate) struct Node {
    pub store: Arc<Store>,
    pub kind: EntryKind,
    pub id: ObjectId,
}

enum Walk {
    To(Node),
    /// A symbolic link stands in the way.
    Link,
}

impl GitTree {
    /// The commit.
    pub fn revision(&self) -> Revision {
        Revision(self.root.commit.to_string().into())
    }

    /// Submodule folders and the commits they stand at.
    pub fn submodules(&self) -> impl Iterator<Item = (&TreePath, Revision)> {
        self.mounts
            .iter()
            .map(|(path, mount)| (path, Revision(mount.commit.to_string().into())))
    }

    pub(crate) fn root_node(&self) -> Node {
        let Mount { store, tree, .. } = &self.root;
        Node {
            store: store.clone(),
            kind: EntryKind::Folder,
            id: *tree,
        }
    }

    pub(crate) fn folder(&self, node: &Node, path: &TreePath) -> Result<Arc<Folder>, TreeError> {
        self.reading.folder(&node.store, node.id, path)
    }

    /// An entry of a folder, with a submodule taken for the folder that is mounted there.
    pub(crate) fn step(&self, store: &Arc<Store>, entry: &FolderEntry, path: &TreePath) -> Node {
        match (entry.kind, self.mounts.get(path)) {
            (EntryKind::Submodule, Some(mount)) if mount.commit == entry.id => Node {
                store: mount.store.clone(),
                kind: EntryKind::Folder,
                id: mount.tree,
            },
            _ => Node {
                store: store.clone(),
                kind: entry.kind,
                id: entry.id,
            },
        }
    }

    fn walk(&self, path: &TreePath) -> Result<Walk, TreeError> {
        let mut node = self.root_node();
        let mut here = TreePath::root();
        for part in path.parts() {
            match node.kind {
                EntryKind::Folder => {}
                EntryKind::Symlink => return Ok(Walk::Link),
                EntryKind::File | EntryKind::Submodule => {
                    return Err(TreeError::NotFound(path.clone()));
                }
            }
            let folder = self.folder(&node, &here)?;
            here = here.child(part);
            let entry = folder
                .get(part)
                .ok_or_else(|| TreeError::NotFound(path.clone()))?;
            node = self.step(&node.store, entry, &here);
        }
        Ok(Walk::To(node))
    }

    /// What stands at a path, links followed, and where it really is.
    fn locate(&self, path: &TreePath) -> Result<(Node, TreePath), TreeError> {
        match self.walk(path)? {
            Walk::To(node) if node.kind != EntryKind::Symlink => return Ok((node, path.clone())),
            _ => {}
        }
        let limit = self.reading.limits.max_links;
        let real = follow_links(path, limit, |place| self.look(place))?;
        match self.walk(&real)? {
            Walk::To(node) => Ok((node, real)),
            Walk::Link => Err(TreeError::NotFound(path.clone())),
        }
    }

    fn look(&self, place: &TreePath) -> Result<Place, TreeError> {
        match self.walk(place)? {
            Walk::To(node) if node.kind == EntryKind::Symlink => {
                let target = self.bytes(&node, place)?;
                Ok(Place::Link(String::from_utf8_lossy(&target).into_owned()))
            }
            _ => Ok(Place::Plain),
        }
    }

    fn bytes(&self, node: &Node, path: &TreePath) -> Result<Vec<u8>, TreeError> {
        let limit = self.reading.limits.max_file_bytes;
        node.store
            .read(node.id, Kind::Blob, limit)
            .map_err(|error| failed(path, error))
    }

    /// A folder's digest is its id, unless submodules below it add content the id does not name.
    fn digest(&self, node: &Node, real: &TreePath) -> Digest {
        let own = Digest::of_git_object(node.id.as_bytes());
        if node.kind != EntryKind::Folder || self.mounts.is_empty() {
            return own;
        }
        let below: Vec<_> = self
            .mounts
            .iter()
            .filter(|(path, _)| is_below(path, real))
            .collect();
        if below.is_empty() {
            return own;
        }
        let parts = below
            .iter()
            .flat_map(|(path, mount)| [path.as_str().as_bytes(), mount.tree.as_bytes()]);
        Digest::of_parts(
            [b"with submodules".as_slice(), own.as_bytes()]
                .into_iter()
                .chain(parts),
        )
    }
}

impl Reading {
    /// A folder by id, from memory if it is there.
    pub fn folder(
        &self,
        store: &Store,
        id: ObjectId,
        path: &TreePath,
    ) -> Result<Arc<Folder>, TreeError> {
        if let Some(folder) = self.folders.get(&id) {
            return Ok(folder);
        }
        // A folder's bytes are bounded by its entries: names are at most a few hundred bytes.
        let limit = self.limits.max_folder_entries as u64 * 512;
        let bytes = store
            .read(id, Kind::Tree, limit)
            .map_err(|error| failed(path, error))?;
        let folder =
            Folder::parse(&bytes, id.kind(), self.limits.max_folder_entries).map_err(|error| {
                TreeError::Store {
                    path: path.clone(),
                    source: error.into(),
                }
            })?;
        let folder = Arc::new(folder);
        self.folders.put(id, folder.clone());
        Ok(folder)
    }
}

fn is_below(path: &TreePath, folder: &TreePath) -> bool {
    folder.is_root()
        || path
            .as_str()
            .strip_prefix(folder.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
}

fn failed(path: &TreePath, error: ReadError) -> TreeError {
    match error {
        ReadError::TooLarge { size, limit, .. } => TreeError::TooLarge {
            path: path.clone(),
            size,
            limit,
        },
        error => TreeError::Store {
            path: path.clone(),
            source: error.into(),
        },
    }
}

impl SourceTree for GitTree {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let (node, real) = self.locate(folder)?;
        if node.kind != EntryKind::Folder {
            return Err(TreeError::WrongKind {
                path: folder.clone(),
                expected: "folder",
            });
        }
        let listed = self.folder(&node, &real)?;
        let entry = |entry: &FolderEntry| {
            let path = real.child(&entry.name);
            let node = self.step(&node.store, entry, &path);
            let digest = self.digest(&node, &path);
            Entry {
                name: entry.name.to_string(),
                kind: node.kind,
                digest,
            }
        };
        Ok(listed.entries().iter().map(entry).collect())
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        let (node, real) = self.locate(path)?;
        let digest = self.digest(&node, &real);
        Ok(Entry {
            name: path.name().to_owned(),
            kind: node.kind,
            digest,
        })
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        let (node, _) = self.locate(file)?;
        if node.kind != EntryKind::File {
            return Err(TreeError::WrongKind {
                path: file.clone(),
                expected: "file",
            });
        }
        let bytes = self.bytes(&node, file)?;
        if let Some(pointer) = lfs::pointer(&bytes) {
            return Err(TreeError::Store {
                path: file.clone(),
                source: pointer.into(),
            });
        }
        Ok(Blob {
            digest: Digest::of_git_object(node.id.as_bytes()),
            bytes: bytes.into(),
        })
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        Ok(self.locate(path)?.0.kind)
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        Ok(self.locate(path)?.1)
    }
}

impl fmt::Debug for GitTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GitTree({})", self.root.commit)
    }
}
