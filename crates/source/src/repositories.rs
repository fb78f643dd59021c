//! All repositories: resolve a reference, give the tree of a commit.
//!
//! Comes in: URLs, references and credentials of many apps. Goes out: revisions and trees. However
//! many ask for the same at the same time, the server is asked once. All calls block; call them from
//! a thread that may wait.

use crate::address::{Address, AddressError, redact};
use crate::commit_info::{self, CommitError, CommitInfo};
use crate::fetch_error::FetchError;
use crate::flight::Flights;
use crate::folder_cache::FolderCache;
use crate::git_tree::{GitTree, Reading};
use crate::reference::Wish;
use crate::remote::{Advertised, Network, RemoteError, WebFileError, fetch_file};
use crate::repository::{Failure, Repository};
use crate::resolve_error::ResolveError;
use crate::store::Store;
use crate::visit::Visit;
use crate::{Credentials, Limits, changed, local};
use gix::ObjectId;
use model::{Digest, Revision, TreeError, TreePath};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// The Git repositories this process reads, with their stores under one folder.
pub struct Repositories {
    cache: PathBuf,
    /// Held as long as we live: two processes must not clean each other's stores.
    _lock: File,
    pub(crate) reading: Arc<Reading>,
    pub(crate) network: Network,
    known: Mutex<HashMap<String, Arc<Repository>>>,
    pub(crate) listings: Flights<(String, Digest, Vec<String>), Listing>,
    pub(crate) fetches: Flights<(String, Digest, ObjectId), Result<Arc<Store>, Failure>>,
}

/// What those who list together share.
pub(crate) type Listing = Result<Arc<Vec<Advertised>>, Arc<RemoteError>>;

/// Why the folder for repositories cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be made or written.
    #[error("the folder for Git repositories {folder:?} cannot be used")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// Another process works in it.
    #[error(
        "the folder for Git repositories {0:?} is in use by another process; give each its own"
    )]
    InUse(PathBuf),
}

impl Repositories {
    /// Opens the folder that holds the stores, making it if need be.
    pub fn new(cache: impl Into<PathBuf>, limits: Limits) -> Result<Self, OpenError> {
        let cache = cache.into();
        let failed = |source| OpenError::Folder {
            folder: cache.clone(),
            source,
        };
        fs::create_dir_all(&cache).map_err(failed)?;
        let lock = File::create(cache.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(OpenError::InUse(cache)),
            Err(fs::TryLockError::Error(source)) => return Err(failed(source)),
        }
        let network = Network::new().map_err(failed)?;
        let folders = FolderCache::new(limits.folder_cache_bytes);
        Ok(Self {
            cache,
            _lock: lock,
            reading: Arc::new(Reading { limits, folders }),
            network,
            known: Mutex::default(),
            listings: Flights::default(),
            fetches: Flights::default(),
        })
    }

    /// Follows a branch, tag, `HEAD`, whole or short commit, or version range to a commit.
    pub fn resolve(
        &self,
        url: &str,
        reference: &str,
        credentials: &Credentials,
    ) -> Result<Revision, ResolveError> {
        let wish = Wish::of(reference);
        let visit = self.visit(url, credentials)?;
        if let Some(commit) = wish.commit() {
            return Ok(revision(commit));
        }
        let listed = visit.references(wish.prefixes())?;
        if let Some(commit) = wish.pick(&listed) {
            return Ok(revision(commit));
        }
        if let Some(digits) = wish.short_commit() {
            return visit.short_commit(&digits).map(revision);
        }
        Err(visit.not_found(&wish)?)
    }

    /// Asks the server whether it lets these credentials in.
    pub fn check(&self, url: &str, credentials: &Credentials) -> Result<(), ResolveError> {
        self.visit(url, credentials)?
            .references(vec!["HEAD".to_owned()])
            .map(|_| ())
    }

    /// The tree of a commit, fetched if it is not here. `reference` is what led to it, for errors.
    pub fn tree(
        &self,
        url: &str,
        reference: &str,
        revision: &Revision,
        credentials: &Credentials,
    ) -> Result<Arc<GitTree>, FetchError> {
        let commit = ObjectId::from_hex(revision.0.as_bytes())
            .map_err(|_| FetchError::Revision(revision.0.to_string()))?;
        let visit = self.visit(url, credentials)?;
        let root = visit.mount(reference, commit)?;
        let mounts = match credentials.submodules {
            true => visit.submodules_of(&root)?,
            false => BTreeMap::new(),
        };
        Ok(Arc::new(GitTree {
            root,
            mounts,
            reading: self.reading.clone(),
        }))
    }

    /// One file from the web, no larger than a repository's files may be.
    pub fn file(&self, url: &str, credentials: &Credentials) -> Result<Arc<[u8]>, WebFileError> {
        fetch_file(url, &self.network, credentials, &self.reading.limits)
    }

    /// The files that differ between two trees; none if there are more than `limit`, which is to be
    /// taken as "all".
    pub fn changed_paths(
        &self,
        old: &GitTree,
        new: &GitTree,
        limit: usize,
    ) -> Result<Option<Vec<TreePath>>, TreeError> {
        changed::changed_paths(old, new, limit)
    }

    /// What the commit of a tree says about itself.
    pub fn metadata(&self, tree: &GitTree) -> Result<CommitInfo, CommitError> {
        commit_info::describe(tree)
    }

    /// Removes the stores of all repositories but these. One that is being read stays until the
    /// next call.
    pub fn retain<'a>(&self, urls: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        let addresses = urls.into_iter().filter_map(|url| Address::parse(url).ok());
        let keep: HashSet<String> = addresses.map(|address| folder_name(&address)).collect();
        let mut known = self.known.lock().expect("no panic while held");
        known.retain(|name, repository| keep.contains(name) || repository.is_in_use());
        for entry in fs::read_dir(&self.cache)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let stays = keep.contains(&name) || known.contains_key(&name);
            if entry.file_type()?.is_dir() && !stays {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    fn visit<'a>(
        &'a self,
        url: &str,
        credentials: &'a Credentials,
    ) -> Result<Visit<'a>, AddressError> {
        let address = Address::parse(url)?;
        if address.is_local() && !self.reading.limits.allow_local {
            return Err(AddressError::Local(redact(url)));
        }
        Ok(Visit {
            all: self,
            address,
            credentials: Cow::Borrowed(credentials),
        })
    }

    /// A repository, opened at first use.
    pub(crate) fn repository(&self, address: &Address) -> Result<Arc<Repository>, Failure> {
        let name = folder_name(address);
        let mut known = self.known.lock().expect("no panic while held");
        if let Some(repository) = known.get(&name) {
            return Ok(repository.clone());
        }
        let repository = match address {
            Address::Local(path) => Repository::borrowing(local::store(path)?),
            _ => Repository::open(self.cache.join(&name))?,
        };
        let repository = Arc::new(repository);
        known.insert(name, repository.clone());
        Ok(repository)
    }
}

fn revision(commit: ObjectId) -> Revision {
    Revision(commit.to_string().into())
}

/// The name of a repository's folder, and its name among all repositories.
pub(crate) fn folder_name(address: &Address) -> String {
    let text = address.to_string();
    let text = text.trim_end_matches('/');
    let text = text.strip_suffix(".git").unwrap_or(text);
    let kind = if address.is_local() {
        "local"
    } else {
        "remote"
    };
    Digest::of_parts([kind.as_bytes(), text.as_bytes()]).to_string()
}
