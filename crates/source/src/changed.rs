//! Which files differ between two trees, at a cost that grows with what changed.

use crate::folder_cache::FolderEntry;
use crate::git_tree::{GitTree, Node};
use model::{EntryKind, TreeError, TreePath};
use std::cmp::Ordering;
use std::sync::Arc;

/// Two trees being compared.
pub(crate) struct Comparison<'a> {
    old: &'a GitTree,
    new: &'a GitTree,
    limit: usize,
    changed: Vec<TreePath>,
}

/// The limit was reached.
struct TooMany;

type Step = Result<Result<(), TooMany>, TreeError>;

/// The paths of files that were added, removed or changed; none if there are more than `limit`.
pub(crate) fn changed_paths(
    old: &GitTree,
    new: &GitTree,
    limit: usize,
) -> Result<Option<Vec<TreePath>>, TreeError> {
    let mut comparison = Comparison {
        old,
        new,
        limit,
        changed: Vec::new(),
    };
    let (before, after) = (old.root_node(), new.root_node());
    let within = comparison.compare(&TreePath::root(), Some(before), Some(after))?;
    Ok(within.is_ok().then_some(comparison.changed))
}

impl Comparison<'_> {
    fn compare(&mut self, path: &TreePath, old: Option<Node>, new: Option<Node>) -> Step {
        let same = match (&old, &new) {
            (Some(old), Some(new)) => (old.kind, old.id) == (new.kind, new.id),
            (None, None) => true,
            _ => false,
        };
        // Equal ids below differing submodules cannot be: a submodule's commit is in the id.
        if same {
            return Ok(Ok(()));
        }
        let is_folder = |node: &Option<Node>| {
            node.as_ref()
                .is_some_and(|node| node.kind == EntryKind::Folder)
        };
        let is_other = |node: &Option<Node>| node.is_some() && !is_folder(node);
        if is_other(&old) || is_other(&new) {
            if self.changed.len() == self.limit {
                return Ok(Err(TooMany));
            }
            self.changed.push(path.clone());
        }
        match is_folder(&old) || is_folder(&new) {
            true => self.compare_folders(path, old.as_ref(), new.as_ref()),
            false => Ok(Ok(())),
        }
    }

    fn compare_folders(&mut self, path: &TreePath, old: Option<&Node>, new: Option<&Node>) -> Step {
        let before = entries(self.old, old, path)?;
        let after = entries(self.new, new, path)?;
        let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
        loop {
            let order = match (before.peek(), after.peek()) {
                (None, None) => return Ok(Ok(())),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((old, _)), Some((new, _))) => old.cmp(new),
            };
            let old = if order.is_le() { before.next() } else { None };
            let new = if order.is_ge() { after.next() } else { None };
            let Some((name, _)) = old.as_ref().or(new.as_ref()) else {
                return Ok(Ok(()));
            };
            let path = path.child(name);
            let step = self.compare(&path, old.map(|(_, node)| node), new.map(|(_, node)| node))?;
            if step.is_err() {
                return Ok(step);
            }
        }
    }
}

fn entries(
    tree: &GitTree,
    node: Option<&Node>,
    path: &TreePath,
) -> Result<Vec<(Box<str>, Node)>, TreeError> {
    let Some(node) = node.filter(|node| node.kind == EntryKind::Folder) else {
        return Ok(Vec::new());
    };
    let folder = tree.folder(node, path)?;
    let store = Arc::clone(&node.store);
    let step = |entry: &FolderEntry| {
        (
            entry.name.clone(),
            tree.step(&store, entry, &path.child(&entry.name)),
        )
    };
    Ok(folder.entries().iter().map(step).collect())
}
