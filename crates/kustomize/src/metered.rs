//! Trees that count what is read from them.
//!
//! Comes in: a tree, or somebody who gets trees. Goes out: the same, until a build has read more
//! bytes than it may: repositories of others must not fill this process's memory.

use crate::load::{ChartRun, ChartWish, Elsewhere, ElsewhereError, RepositoryAddress};
use model::{Blob, Entry, EntryKind, SourceTree, TreeError, TreePath};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the bytes of one build.
pub(crate) struct Meter {
    read: AtomicU64,
    limit: u64,
}

/// A build that has read too much.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the build is stopped: it would read more than {limit} bytes; split it")]
struct TooMuch {
    limit: u64,
}

impl Meter {
    /// Allows so many bytes.
    pub(crate) fn new(limit: u64) -> Self {
        Self {
            read: AtomicU64::new(0),
            limit,
        }
    }

    fn count(&self, bytes: &[u8]) -> Result<(), TooMuch> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let before = self.read.fetch_add(more, Ordering::Relaxed);
        match before.saturating_add(more) > self.limit {
            true => Err(TooMuch { limit: self.limit }),
            false => Ok(()),
        }
    }

    fn admit(&self, file: &TreePath, blob: Blob) -> Result<Blob, TreeError> {
        let counted = self.count(&blob.bytes);
        counted.map_err(|error| TreeError::Store {
            path: file.clone(),
            source: error.into(),
        })?;
        Ok(blob)
    }
}

/// A tree whose files are counted.
pub(crate) struct MeteredTree<T> {
    tree: T,
    meter: Arc<Meter>,
}

impl<T> MeteredTree<T> {
    /// Counts with a meter.
    pub(crate) fn new(tree: T, meter: Arc<Meter>) -> Self {
        Self { tree, meter }
    }
}

impl<T: AsTree> SourceTree for MeteredTree<T> {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        self.tree.as_tree().list(folder)
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        self.tree.as_tree().entry(path)
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        let blob = self.tree.as_tree().read(file)?;
        self.meter.admit(file, blob)
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        self.tree.as_tree().kind(path)
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        self.tree.as_tree().real_path(path)
    }
}

/// A tree that is lent, or shared.
pub(crate) trait AsTree: Send + Sync {
    /// The tree.
    fn as_tree(&self) -> &dyn SourceTree;
}

impl AsTree for &dyn SourceTree {
    fn as_tree(&self) -> &dyn SourceTree {
        *self
    }
}

impl AsTree for Arc<dyn SourceTree> {
    fn as_tree(&self) -> &dyn SourceTree {
        &**self
    }
}

/// Counts what is got from elsewhere.
pub(crate) struct MeteredElsewhere<'a> {
    elsewhere: &'a dyn Elsewhere,
    meter: Arc<Meter>,
}

impl<'a> MeteredElsewhere<'a> {
    /// Counts with a meter.
    pub(crate) fn new(elsewhere: &'a dyn Elsewhere, meter: Arc<Meter>) -> Self {
        Self { elsewhere, meter }
    }

    fn admit(&self, bytes: Arc<[u8]>) -> Result<Arc<[u8]>, ElsewhereError> {
        match self.meter.count(&bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(ElsewhereError::Failed(error.into())),
        }
    }
}

impl Elsewhere for MeteredElsewhere<'_> {
    fn repository(
        &self,
        address: &RepositoryAddress,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let tree = self.elsewhere.repository(address)?;
        Ok(Arc::new(MeteredTree::new(tree, Arc::clone(&self.meter))))
    }

    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        self.admit(self.elsewhere.file(url)?)
    }

    fn chart(&self, wish: &ChartWish) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let tree = self.elsewhere.chart(wish)?;
        Ok(Arc::new(MeteredTree::new(tree, Arc::clone(&self.meter))))
    }

    fn template(&self, run: &ChartRun<'_>) -> Result<Arc<[u8]>, ElsewhereError> {
        self.admit(self.elsewhere.template(run)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::MemoryTree;

    #[test]
    fn reading_ends_at_the_limit() {
        let files = MemoryTree::of([("a", "12345"), ("b", "67890")]).unwrap();
        let tree = MeteredTree::new(&files as &dyn SourceTree, Arc::new(Meter::new(12)));
        let (a, b) = (TreePath::parse("a").unwrap(), TreePath::parse("b").unwrap());
        assert!(tree.read(&a).is_ok());
        assert!(tree.read(&b).is_ok());
        assert!(matches!(tree.read(&a), Err(TreeError::Store { .. })));
        assert_eq!(tree.list(&TreePath::root()).unwrap().len(), 2);
    }
}
