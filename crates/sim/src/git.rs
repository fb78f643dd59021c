//! The simulated repository: commits in a line, each a whole tree.

use kustomize::load::{ElsewhereError, RepositoryAddress};
use model::{MemoryTree, Revision, SourceTree, TreePath};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A repository whose one branch is everything.
#[derive(Clone, Debug, Default)]
pub struct Git {
    /// The files as they will be committed next.
    pub files: BTreeMap<String, Vec<u8>>,
    commits: Vec<Arc<MemoryTree>>,
    contents: Vec<BTreeMap<String, Vec<u8>>>,
    /// Nobody answers.
    pub unreachable: bool,
}

impl Git {
    /// Commits the files as they are.
    pub fn commit(&mut self) -> Revision {
        let mut tree = MemoryTree::new();
        for (path, bytes) in &self.files {
            if let Ok(path) = TreePath::parse(path) {
                tree.write(&path, bytes);
            }
        }
        self.commits.push(Arc::new(tree));
        self.contents.push(self.files.clone());
        self.head().expect("a commit was just made")
    }

    /// Commits the content of an earlier commit again, `back` commits before the newest.
    pub fn revert(&mut self, back: usize) {
        let at = self.contents.len().saturating_sub(1 + back);
        self.files = self.contents.get(at).cloned().unwrap_or_default();
        self.commit();
    }

    /// The same repository, with somebody to answer.
    pub fn within_reach(&self) -> Self {
        Self {
            unreachable: false,
            ..self.clone()
        }
    }

    /// The newest revision.
    pub fn head(&self) -> Option<Revision> {
        self.commits.len().checked_sub(1).map(revision)
    }

    /// How many commits there are.
    pub fn len(&self) -> usize {
        self.commits.len()
    }

    /// Is there no commit?
    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    /// The revision at a place in the line.
    pub fn revision(&self, at: usize) -> Option<Revision> {
        (at < self.commits.len()).then(|| revision(at))
    }

    /// The place of a revision in the line.
    pub fn index_of(&self, wanted: &Revision) -> Option<usize> {
        (0..self.commits.len()).find(|at| revision(*at) == *wanted)
    }

    /// The tree of a commit.
    pub fn tree(&self, at: usize) -> Option<Arc<MemoryTree>> {
        self.commits.get(at).cloned()
    }

    /// Files that differ between two commits.
    pub fn changed(&self, from: usize, to: usize) -> Vec<TreePath> {
        let (Some(old), Some(new)) = (self.contents.get(from), self.contents.get(to)) else {
            return Vec::new();
        };
        let differs = |path: &&String| old.get(*path) != new.get(*path);
        let paths = old
            .keys()
            .chain(new.keys().filter(|path| !old.contains_key(*path)));
        paths
            .filter(differs)
            .filter_map(|path| TreePath::parse(path).ok())
            .collect()
    }
}

/// Bases from elsewhere: whatever the address, it is this repository, at its newest commit or at the
/// commit the address names.
impl render::Remotes for Git {
    fn resolve(&self, address: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        let named = Revision(address.reference.as_str().into());
        let found = self.index_of(&named).map(revision).or_else(|| self.head());
        match found {
            Some(revision) if !self.unreachable => Ok(revision),
            _ => Err(ElsewhereError::Failed("nobody answers".into())),
        }
    }

    fn tree(
        &self,
        _: &RepositoryAddress,
        at: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let tree = self.index_of(at).and_then(|at| self.tree(at));
        let tree = tree.ok_or_else(|| ElsewhereError::Failed("no such commit".into()))?;
        Ok(tree)
    }

    fn file(&self, _: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        Err(ElsewhereError::Status(404))
    }
}

fn revision(at: usize) -> Revision {
    Revision(format!("{:040x}", at + 1).into())
}
