//! Finding the submodules of a commit.
//!
//! Comes in: a commit's tree. Goes out: the folders that are declared in `.gitmodules` and really are
//! links to commits, with their URLs.

use crate::git_tree::{Mount, Reading};
use crate::store::Store;
use crate::submodules::declared;
use gix::ObjectId;
use gix::objs::Kind;
use model::{EntryKind, TreeError, TreePath};

/// The largest `.gitmodules` that is read.
const MAX_DECLARATIONS: u64 = 1 << 20;

/// Where the submodules of a commit stand, their URLs, and their commits.
pub(crate) fn submodules(
    reading: &Reading,
    mount: &Mount,
) -> Result<Vec<(TreePath, String, ObjectId)>, TreeError> {
    let file = TreePath::root().child(".gitmodules");
    let Some((EntryKind::File, id)) = find(reading, &mount.store, mount.tree, &file)? else {
        return Ok(Vec::new());
    };
    let text = mount
        .store
        .read(id, Kind::Blob, MAX_DECLARATIONS)
        .map_err(|error| TreeError::Store {
            path: file,
            source: error.into(),
        })?;
    let mut found = Vec::new();
    for declaration in declared(&String::from_utf8_lossy(&text)) {
        let Ok(path) = TreePath::parse(&declaration.path) else {
            continue;
        };
        if let Some((EntryKind::Submodule, commit)) =
            find(reading, &mount.store, mount.tree, &path)?
        {
            found.push((path, declaration.url, commit));
        }
    }
    Ok(found)
}

/// An entry by its path; links are not followed.
fn find(
    reading: &Reading,
    store: &Store,
    root: ObjectId,
    path: &TreePath,
) -> Result<Option<(EntryKind, ObjectId)>, TreeError> {
    let mut at = (EntryKind::Folder, root);
    for part in path.parts() {
        let (EntryKind::Folder, id) = at else {
            return Ok(None);
        };
        match reading.folder(store, id, path)?.get(part) {
            Some(entry) => at = (entry.kind, entry.id),
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}
