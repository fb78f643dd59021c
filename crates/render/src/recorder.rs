//! A source tree that notes what is read from it.
//!
//! In: a tree and the app's folder. Out: what the tree answers, and in the end the [`Inputs`].

use crate::inputs::{Inputs, Seen, is_below, names_digest};
use model::{Blob, Digest, Entry, EntryKind, SourceTree, TreeError, TreePath};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Reads and notes.
pub(crate) struct Recorder<'a> {
    tree: &'a dyn SourceTree,
    root: TreePath,
    root_digest: Option<Digest>,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    seen: BTreeMap<TreePath, Seen>,
    through_links: bool,
    recursive: bool,
}

impl<'a> Recorder<'a> {
    /// Starts with the app's folder, which must be there.
    pub fn new(tree: &'a dyn SourceTree, root: &TreePath) -> Result<Self, TreeError> {
        let entry = tree.entry(root)?;
        if entry.kind != EntryKind::Folder {
            return Err(TreeError::WrongKind {
                path: root.clone(),
                expected: "folder",
            });
        }
        let notes = Notes {
            through_links: leads_through_links(tree, root)?,
            ..Notes::default()
        };
        Ok(Self {
            tree,
            root: root.clone(),
            root_digest: Some(entry.digest),
            notes: Mutex::new(notes),
        })
    }

    /// The app's folder.
    pub fn root(&self) -> &TreePath {
        &self.root
    }

    /// The entries of a folder.
    pub fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let entries = self.tree.list(folder)?;
        self.note(folder, Seen::FolderNames(names_digest(&entries)));
        Ok(entries)
    }

    /// A file's content, which `entry` of its folder's listing told of.
    pub fn read_listed(&self, path: &TreePath, entry: &Entry) -> Result<Blob, TreeError> {
        if entry.kind == EntryKind::Symlink {
            self.notes().through_links = true;
        }
        let blob = self.tree.read(path)?;
        self.note(path, Seen::File(blob.digest));
        Ok(blob)
    }

    /// What stands at the end of a link; none if it leads nowhere.
    pub fn follow(&self, link: &TreePath) -> Result<Option<EntryKind>, TreeError> {
        self.notes().through_links = true;
        match self.tree.entry(link) {
            Ok(entry) => {
                if entry.kind == EntryKind::Folder {
                    self.note(link, Seen::Folder(entry.digest));
                }
                Ok(Some(entry.kind))
            }
            Err(TreeError::NotFound(_)) => {
                self.note(link, Seen::Absent);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Notes that something was looked for in vain.
    pub fn missed(&self, path: &TreePath) {
        self.note(path, Seen::Absent);
    }

    /// Notes that folders below the root are entered.
    pub fn goes_deep(&self) {
        self.notes().recursive = true;
    }

    /// All that was noted.
    pub fn into_inputs(self) -> Inputs {
        let notes = self
            .notes
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let inside = |path: &TreePath| *path == self.root || is_below(path, &self.root);
        let whole = !notes.through_links && notes.seen.keys().all(inside);
        let root = self.root_digest.filter(|_| whole);
        Inputs {
            root: root.map(|digest| (self.root, digest)),
            through_links: notes.through_links,
            recursive: notes.recursive,
            seen: notes.seen.into_iter().collect(),
            ..Inputs::default()
        }
    }

    fn note(&self, path: &TreePath, seen: Seen) {
        self.notes().seen.insert(path.clone(), seen);
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tree as a renderer sees it that finds its own way: whatever it asks is noted.
impl SourceTree for Recorder<'_> {
    /// Who lists a folder here goes on into what lies in it.
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let entries = self.noting_absence(folder, self.tree.list(folder))?;
        self.note(folder, Seen::FolderWalked(names_digest(&entries)));
        Ok(entries)
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        let entry = self.noting_absence(path, self.tree.entry(path))?;
        let seen = match entry.kind {
            EntryKind::Folder => Seen::Folder(entry.digest),
            _ => Seen::File(entry.digest),
        };
        self.note(path, seen);
        Ok(entry)
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        let blob = self.noting_absence(file, self.tree.read(file))?;
        self.note(file, Seen::File(blob.digest));
        Ok(blob)
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        let kind = self.noting_absence(path, self.tree.kind(path))?;
        self.notes()
            .seen
            .entry(path.clone())
            .or_insert(Seen::Kind(kind));
        Ok(kind)
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        let real = self.noting_absence(path, self.tree.real_path(path))?;
        if real != *path {
            self.notes().through_links = true;
        }
        Ok(real)
    }
}

impl Recorder<'_> {
    fn noting_absence<T>(
        &self,
        path: &TreePath,
        answer: Result<T, TreeError>,
    ) -> Result<T, TreeError> {
        if matches!(answer, Err(TreeError::NotFound(_))) {
            self.missed(path);
        }
        answer
    }
}

/// Is one of the folders on the way to `path` a link?
fn leads_through_links(tree: &dyn SourceTree, path: &TreePath) -> Result<bool, TreeError> {
    let mut folder = TreePath::root();
    for part in path.parts() {
        let entries = tree.list(&folder)?;
        if entries
            .iter()
            .any(|entry| entry.name == part && entry.kind == EntryKind::Symlink)
        {
            return Ok(true);
        }
        folder = folder.child(part);
    }
    Ok(false)
}
