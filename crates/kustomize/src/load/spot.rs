//! One folder on the way from the first kustomization to the one at work.
//!
//! Comes in: the folder before, and where this one lies. Goes out: where folders and files named
//! here are found, and whether a folder was passed on the way.

use super::RepositoryAddress;
use super::pulled::Pulled;
use super::tidy::tidy;
use model::{SourceTree, TreePath, TreePathError};
use std::sync::Arc;

/// A folder and the folders that led to it.
pub struct Spot<'a> {
    /// The folder that named this one.
    pub referrer: Option<Arc<Spot<'a>>>,
    /// The tree it lies in.
    pub tree: Tree<'a>,
    /// The folder, links resolved.
    pub root: TreePath,
    /// How many folders led here.
    pub depth: usize,
}

/// Where files and folders are read.
#[derive(Clone)]
pub enum Tree<'a> {
    /// The caller's: a repository at a revision.
    Revision(&'a dyn SourceTree),
    /// The caller's: a file system from its root.
    Disk(&'a dyn SourceTree),
    /// A repository that was fetched, and the address it was fetched by.
    Fetched(Arc<dyn SourceTree>, Arc<RepositoryAddress>),
    /// One of these, with a chart that was fetched.
    Pulled(Arc<Pulled<'a>>),
}

impl Tree<'_> {
    /// To read from.
    pub fn source(&self) -> &dyn SourceTree {
        match self {
            Self::Revision(tree) | Self::Disk(tree) => *tree,
            Self::Fetched(tree, _) => &**tree,
            Self::Pulled(tree) => &**tree,
        }
    }

    /// The address it was fetched by.
    pub fn address(&self) -> Option<&RepositoryAddress> {
        match self {
            Self::Fetched(_, address) => Some(address),
            Self::Pulled(tree) => tree.below.address(),
            Self::Revision(_) | Self::Disk(_) => None,
        }
    }

    /// Are both the result of the same fetch, or both the caller's? Like upstream's clones, two
    /// fetches of one repository are two places.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Fetched(_, one), Self::Fetched(_, other)) => Arc::ptr_eq(one, other),
            (one, other) => one.address().is_none() && other.address().is_none(),
        }
    }

    /// A place in the tree, for messages.
    pub fn place(&self, path: &TreePath) -> String {
        match self {
            Self::Revision(_) => path.to_string(),
            Self::Disk(_) => format!("/{}", path.as_str()),
            Self::Fetched(_, address) => {
                let folder = path.as_str().to_owned();
                let address = RepositoryAddress::clone(address);
                RepositoryAddress { folder, ..address }.to_string()
            }
            Self::Pulled(tree) => tree.below.place(path),
        }
    }

    /// Follows a path from a folder, by its text alone.
    pub fn join(&self, folder: &TreePath, path: &str) -> Result<TreePath, TreePathError> {
        match self {
            Self::Disk(_) if path.starts_with('/') => TreePath::parse(&tidy(path)),
            Self::Disk(_) => TreePath::parse(&tidy(&format!("{}/{path}", folder.as_str()))),
            Self::Pulled(tree) => tree.below.join(folder, path),
            Self::Revision(_) | Self::Fetched(..) => folder.join(path),
        }
    }
}

impl<'a> Spot<'a> {
    /// This folder and those that led to it, the nearest first.
    pub fn way_back(&self) -> impl Iterator<Item = &Spot<'a>> {
        std::iter::successors(Some(self), |spot| spot.referrer.as_deref())
    }

    /// This folder, for messages.
    pub fn place(&self) -> String {
        self.tree.place(&self.root)
    }

    /// The folders from the first to this one, for messages.
    pub fn way(&self) -> String {
        let mut places: Vec<String> = self.way_back().map(Spot::place).collect();
        places.reverse();
        places.join(" -> ")
    }

    /// The nearest folder on the way that is this one or lies in it.
    pub fn passed_inside(&self, tree: &Tree<'_>, folder: &TreePath) -> Option<&Spot<'a>> {
        self.way_back()
            .find(|spot| spot.tree.is(tree) && is_in(&spot.root, folder))
    }

    /// The nearest address on the way that starts with this one.
    pub fn passed_address(&self, wanted: &RepositoryAddress) -> Option<&RepositoryAddress> {
        let mut addresses = self.way_back().filter_map(|spot| spot.tree.address());
        addresses.find(|address| address.raw.starts_with(&wanted.raw))
    }
}

/// Is the path the folder, or does it lie in it?
pub fn is_in(path: &TreePath, folder: &TreePath) -> bool {
    let rest = path.as_str().strip_prefix(folder.as_str());
    folder.is_root() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
