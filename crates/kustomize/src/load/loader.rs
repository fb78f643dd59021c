//! Reads for one kustomization, and opens the folders it names.
//!
//! Comes in: a path as the kustomization has it. Goes out: a file's bytes, or the loader of another
//! kustomization. Every question goes to the tree, so a tree that notes what it is asked knows all
//! that a build depends on, paths where nothing was included. Source: Kustomize 5.8.1,
//! api/internal/loader/fileloader.go and loadrestrictions.go.

use super::folder::{confirmed, fetched};
use super::pulled::Pulled;
use super::spot::{Spot, Tree, is_in};
use super::{Elsewhere, ElsewhereError, LoadError, RepositoryAddress, is_web_address};
use model::{Blob, Digest, EntryKind, SourceTree, TreeError, TreePath, TreePathError};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How deep folders may name each other.
pub(super) const MAX_DEPTH: usize = 256;
/// How many folders one build may enter. Two folders that each name the next two, and so on, are
/// few files and no cycle, but a build without end.
pub(super) const MAX_ENTERED: usize = 50_000;

/// Which files may be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Restrictions {
    /// Those in or below the folder that names them.
    #[default]
    RootOnly,
    /// Those anywhere in the tree.
    None,
}

/// Reads for one kustomization. Cheap to clone.
#[derive(Clone)]
pub struct Loader<'a> {
    spot: Arc<Spot<'a>>,
    restrictions: Restrictions,
    elsewhere: &'a dyn Elsewhere,
    entered: Arc<AtomicUsize>,
}

impl<'a> Loader<'a> {
    /// Starts at a folder of a repository.
    pub fn new(
        tree: &'a dyn SourceTree,
        root: TreePath,
        restrictions: Restrictions,
        elsewhere: &'a dyn Elsewhere,
    ) -> Result<Self, LoadError> {
        Self::start(Tree::Revision(tree), root, restrictions, elsewhere)
    }

    /// Starts at a folder of a file system: `tree` shows it from its root, so files may be named
    /// from there, and nothing is above it.
    pub fn on_disk(
        tree: &'a dyn SourceTree,
        root: TreePath,
        restrictions: Restrictions,
        elsewhere: &'a dyn Elsewhere,
    ) -> Result<Self, LoadError> {
        Self::start(Tree::Disk(tree), root, restrictions, elsewhere)
    }

    /// Starts at the address of a repository.
    pub fn at_address(
        address: RepositoryAddress,
        elsewhere: &'a dyn Elsewhere,
    ) -> Result<Self, LoadError> {
        let (tree, folder) = fetched(address, elsewhere)?;
        Self::start(tree, folder, Restrictions::RootOnly, elsewhere)
    }

    /// The folder, links resolved.
    pub fn root(&self) -> &TreePath {
        &self.spot.root
    }

    /// The folder, for messages.
    pub fn place(&self) -> String {
        self.spot.place()
    }

    /// A file or folder that a path from here leads to, for messages.
    pub fn place_of(&self, path: &str) -> String {
        let tree = &self.spot.tree;
        match tree.join(self.root(), path) {
            Ok(found) if !is_web_address(path) => tree.place(&found),
            _ => path.to_owned(),
        }
    }

    /// The folders from the first to this one, for messages.
    pub fn way(&self) -> String {
        self.spot.way()
    }

    /// The address of the repository it lies in, if that was fetched for this build.
    pub fn repository(&self) -> Option<&RepositoryAddress> {
        self.spot.tree.address()
    }

    /// Gets what lies outside all trees.
    pub fn elsewhere(&self) -> &'a dyn Elsewhere {
        self.elsewhere
    }

    /// A file's bytes.
    pub fn load(&self, path: &str) -> Result<Arc<[u8]>, LoadError> {
        Ok(self.load_blob(path)?.bytes)
    }

    /// A file's bytes with their digest.
    pub fn load_blob(&self, path: &str) -> Result<Blob, LoadError> {
        if is_web_address(path) {
            return self.load_web(path);
        }
        let file = self.file(path)?;
        let tree = self.spot.tree.source();
        tree.read(&file).map_err(|error| match error {
            TreeError::WrongKind { .. } => self.not_a_file(&file),
            error => self.failed(&file, error),
        })
    }

    /// Where a path leads, wherever that is in the tree, and the tree: for what Kustomize leaves to
    /// others to open, and does not restrict.
    pub fn anywhere(&self, path: &str) -> Result<(&dyn SourceTree, TreePath), LoadError> {
        let tree = &self.spot.tree;
        let found = tree.join(self.root(), path);
        let found = found.map_err(|error| self.bad_path(path, error))?;
        Ok((tree.source(), found))
    }

    /// The same loader, which finds these files at a path.
    pub fn with_files(&self, at: TreePath, files: Arc<dyn SourceTree>) -> Self {
        let spot = Spot {
            referrer: self.spot.referrer.clone(),
            tree: Tree::Pulled(Arc::new(Pulled {
                below: self.spot.tree.clone(),
                at,
                files,
            })),
            root: self.spot.root.clone(),
            depth: self.spot.depth,
        };
        Self {
            spot: Arc::new(spot),
            ..self.clone()
        }
    }

    /// The loader of a folder of this tree, or of another repository.
    pub fn enter(&self, path: &str) -> Result<Self, LoadError> {
        if path.is_empty() {
            return Err(LoadError::Empty);
        }
        let entered = match RepositoryAddress::parse(path) {
            Ok(address) => self.enter_repository(address)?,
            Err(_) => self.enter_folder(path)?,
        };
        entered.within_bounds()
    }

    fn start(
        tree: Tree<'a>,
        root: TreePath,
        restrictions: Restrictions,
        elsewhere: &'a dyn Elsewhere,
    ) -> Result<Self, LoadError> {
        let root = confirmed(&tree, &root)?;
        let spot = Spot {
            referrer: None,
            tree,
            root,
            depth: 1,
        };
        Ok(Self {
            spot: Arc::new(spot),
            restrictions,
            elsewhere,
            entered: Arc::default(),
        })
    }

    fn enter_folder(&self, path: &str) -> Result<Self, LoadError> {
        if path.starts_with('/') {
            return Err(LoadError::Absolute(path.to_owned()));
        }
        let tree = &self.spot.tree;
        let folder = tree.join(self.root(), path).map_err(|error| {
            let escapes = matches!(error, TreePathError::Escapes(_));
            match self.repository().filter(|_| escapes) {
                Some(repository) => LoadError::OutsideRepository {
                    base: path.to_owned(),
                    repository: repository.whole().to_string(),
                },
                None => self.bad_path(path, error),
            }
        })?;
        let folder = confirmed(tree, &folder)?;
        match self.spot.passed_inside(tree, &folder) {
            Some(visited) => Err(LoadError::Cycle {
                candidate: tree.place(&folder),
                visited: visited.place(),
                way: self.way(),
            }),
            None => Ok(self.at(tree.clone(), folder, self.restrictions)),
        }
    }

    fn enter_repository(&self, address: RepositoryAddress) -> Result<Self, LoadError> {
        if let Some(visited) = self.spot.passed_address(&address) {
            return Err(LoadError::RepositoryCycle {
                wanted: address.to_string(),
                visited: visited.to_string(),
                way: self.way(),
            });
        }
        let (tree, folder) = fetched(address, self.elsewhere)?;
        let folder = confirmed(&tree, &folder)?;
        // Whatever holds here, a repository from elsewhere reads its own folder only.
        Ok(self.at(tree, folder, Restrictions::RootOnly))
    }

    fn at(&self, tree: Tree<'a>, root: TreePath, restrictions: Restrictions) -> Self {
        let spot = Spot {
            referrer: Some(Arc::clone(&self.spot)),
            tree,
            root,
            depth: self.spot.depth + 1,
        };
        Self {
            spot: Arc::new(spot),
            restrictions,
            elsewhere: self.elsewhere,
            entered: Arc::clone(&self.entered),
        }
    }

    fn within_bounds(self) -> Result<Self, LoadError> {
        if self.spot.depth > MAX_DEPTH {
            return Err(LoadError::TooDeep {
                path: self.place(),
                limit: MAX_DEPTH,
            });
        }
        match self.entered.fetch_add(1, Ordering::Relaxed) < MAX_ENTERED {
            true => Ok(self),
            false => Err(LoadError::TooMany {
                path: self.place(),
                limit: MAX_ENTERED,
            }),
        }
    }

    /// Where the file really is, if it may be read.
    fn file(&self, path: &str) -> Result<TreePath, LoadError> {
        let tree = &self.spot.tree;
        let file = match tree.join(self.root(), path) {
            Ok(file) => file,
            Err(TreePathError::Absolute(_) | TreePathError::Escapes(_))
                if self.restrictions == Restrictions::RootOnly =>
            {
                return Err(self.outside(path.to_owned()));
            }
            Err(error) => return Err(self.bad_path(path, error)),
        };
        let real = tree.source().real_path(&file);
        let real = real.map_err(|error| self.failed(&file, error))?;
        match self.restrictions {
            Restrictions::RootOnly if !is_in(&real, self.root()) => {
                Err(match tree.source().kind(&real) {
                    Ok(EntryKind::Folder) => self.not_a_file(&file),
                    _ => self.outside(tree.place(&file)),
                })
            }
            _ => Ok(real),
        }
    }

    fn load_web(&self, url: &str) -> Result<Blob, LoadError> {
        let bytes = self.elsewhere.file(url).map_err(|error| match error {
            ElsewhereError::Status(_) if RepositoryAddress::parse(url).is_ok() => {
                LoadError::IsRepository(url.to_owned())
            }
            ElsewhereError::Status(status) => LoadError::Http {
                url: url.to_owned(),
                status,
            },
            source => LoadError::Elsewhere {
                address: url.to_owned(),
                source,
            },
        })?;
        Ok(Blob {
            digest: Digest::of(&bytes),
            bytes,
        })
    }

    /// What is wrong with a path that is no file. That there is something else is asked of the tree,
    /// so that a tree that takes notes knows.
    fn not_a_file(&self, path: &TreePath) -> LoadError {
        let tree = &self.spot.tree;
        match tree.source().kind(path) {
            Err(error) => self.failed(path, error),
            Ok(_) => LoadError::NotAFile(tree.place(path)),
        }
    }

    fn failed(&self, path: &TreePath, error: TreeError) -> LoadError {
        LoadError::reading(self.spot.tree.place(path), error)
    }

    fn outside(&self, file: String) -> LoadError {
        LoadError::OutsideRoot {
            file,
            root: self.place(),
        }
    }

    fn bad_path(&self, path: &str, source: TreePathError) -> LoadError {
        LoadError::Path {
            path: path.to_owned(),
            root: self.place(),
            source,
        }
    }
}
