//! What a render read, so that it need not be done again.
//!
//! In: notes of files, listings and things looked for in vain. Out: answers to two questions:
//! would a render of another revision read the same ([`Inputs::unchanged`]), and could a change
//! at a path matter ([`Inputs::touches`]).

use crate::Request;
use crate::environment::{Used, follows_the_revision};
use crate::remotes::{RemoteInput, Remotes};
use model::{Digest, Entry, EntryKind, SourceTree, TreeError, TreePath};
use std::sync::Arc;

/// What was seen at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// A file with this content.
    File(Digest),
    /// A folder with all that lies below it.
    Folder(Digest),
    /// A folder of which only the names and kinds of its entries mattered.
    FolderNames(Digest),
    /// The same, and whatever is added below is found, too.
    FolderWalked(Digest),
    /// Something of this kind, whatever it holds.
    Kind(EntryKind),
    /// Nothing.
    Absent,
}

/// Everything a render read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inputs {
    /// The folder below which everything was read, with its digest; none if links led elsewhere.
    pub(crate) root: Option<(TreePath, Digest)>,
    /// Links were followed: a change anywhere may matter.
    pub(crate) through_links: bool,
    /// Subfolders of the root were entered: a new one matters.
    pub(crate) recursive: bool,
    /// Sorted by path.
    pub(crate) seen: Vec<(TreePath, Seen)>,
    /// What came from other repositories and the web.
    pub(crate) elsewhere: Vec<RemoteInput>,
    /// Variables whose values show.
    pub(crate) variables: Used,
    /// What the destination cluster could do, if that may show.
    pub(crate) capabilities: Option<Digest>,
}

impl Inputs {
    /// What was seen, sorted by path.
    pub fn seen(&self) -> &[(TreePath, Seen)] {
        &self.seen
    }

    /// Would a render of this tree, for this request, read the same? A tree that cannot be read has
    /// changed.
    pub fn unchanged(
        &self,
        request: &Request,
        tree: &dyn SourceTree,
        remotes: &dyn Remotes,
    ) -> bool {
        let same = |(name, was): (&&'static str, &Arc<str>)| {
            let now = request.environment.value(name);
            now.is_some_and(|(_, now)| now == *was)
        };
        let can = |was: Digest| was == request.capabilities.digest();
        self.variables.iter().all(same)
            && self.capabilities.is_none_or(can)
            && self.tree_unchanged(tree)
            && self.elsewhere.iter().all(|input| input.still(remotes))
    }

    fn tree_unchanged(&self, tree: &dyn SourceTree) -> bool {
        self.root_unchanged(tree)
            || (!self.seen.is_empty()
                && self.seen.iter().all(|(path, seen)| seen.still(path, tree)))
    }

    /// Could a change at this path change the render? Says yes rather than no.
    pub fn touches(&self, path: &TreePath) -> bool {
        self.through_links
            || self.variables.keys().any(|name| follows_the_revision(name))
            || self.seen.is_empty()
            || self
                .seen
                .iter()
                .any(|(at, seen)| self.concerns(at, *seen, path))
    }

    fn root_unchanged(&self, tree: &dyn SourceTree) -> bool {
        self.root.as_ref().is_some_and(|(path, digest)| {
            tree.entry(path).is_ok_and(|entry| entry.digest == *digest)
        })
    }

    fn concerns(&self, at: &TreePath, seen: Seen, changed: &TreePath) -> bool {
        let below = is_below(changed, at);
        at == changed
            || is_below(at, changed)
            || match seen {
                Seen::File(_) | Seen::Kind(_) => false,
                Seen::Folder(_) | Seen::FolderWalked(_) | Seen::Absent => below,
                Seen::FolderNames(_) => changed.parent() == *at || (below && self.recursive),
            }
    }

    /// About how many bytes this takes.
    pub(crate) fn weight(&self) -> usize {
        self.seen
            .iter()
            .map(|(path, _)| path.as_str().len() + size_of::<(TreePath, Seen)>())
            .sum()
    }
}

impl Seen {
    fn still(self, path: &TreePath, tree: &dyn SourceTree) -> bool {
        match self {
            Self::File(digest) => is(tree.entry(path), EntryKind::File, digest),
            Self::Folder(digest) => is(tree.entry(path), EntryKind::Folder, digest),
            Self::FolderNames(digest) | Self::FolderWalked(digest) => tree
                .list(path)
                .is_ok_and(|entries| names_digest(&entries) == digest),
            Self::Kind(kind) => tree.kind(path).is_ok_and(|found| found == kind),
            Self::Absent => matches!(tree.entry(path), Err(TreeError::NotFound(_))),
        }
    }
}

fn is(entry: Result<Entry, TreeError>, kind: EntryKind, digest: Digest) -> bool {
    entry.is_ok_and(|entry| entry.kind == kind && entry.digest == digest)
}

pub(crate) fn is_below(path: &TreePath, folder: &TreePath) -> bool {
    path != folder
        && (folder.is_root()
            || path
                .as_str()
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.starts_with('/')))
}

/// Digest of the names and kinds of a folder's entries.
pub(crate) fn names_digest(entries: &[Entry]) -> Digest {
    Digest::of_parts(entries.iter().flat_map(|entry| {
        let kind: &[u8] = match entry.kind {
            EntryKind::File => b"file",
            EntryKind::Folder => b"folder",
            EntryKind::Symlink => b"link",
            EntryKind::Submodule => b"submodule",
        };
        [entry.name.as_bytes(), kind]
    }))
}
