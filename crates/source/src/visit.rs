//! One repository, seen with one set of credentials.
//!
//! Comes in: an address and what the server is shown of us. Goes out: references, commits and mounted
//! submodules. Here is decided what is asked once for all, and what is asked again because somebody
//! else asks.

use crate::address::{Address, redact};
use crate::fetch_error::FetchError;
use crate::git_tree::Mount;
use crate::reference::Wish;
use crate::remote::{Advertised, Cause, Remote};
use crate::repositories::{Listing, Repositories, folder_name};
use crate::repository::Failure;
use crate::resolve_error::ResolveError;
use crate::store::{ReadError, Store};
use crate::{AddressError, Credentials, local, mounting};
use gix::ObjectId;
use gix::objs::{CommitRef, Kind};
use model::{Digest, TreePath};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

/// The largest commit object that is read.
const MAX_COMMIT: u64 = 4 << 20;

/// One repository, seen with one set of credentials.
pub(crate) struct Visit<'a> {
    pub all: &'a Repositories,
    pub address: Address,
    pub credentials: Cow<'a, Credentials>,
}

/// Where mounting submodules has got to.
struct Climb {
    mounts: BTreeMap<TreePath, Mount>,
    above: Vec<(String, ObjectId)>,
}

impl Visit<'_> {
    fn remote(&self) -> Remote<'_> {
        Remote {
            address: &self.address,
            credentials: &self.credentials,
            limits: &self.all.reading.limits,
            network: &self.all.network,
        }
    }

    /// Stands for what the server is shown of us.
    fn identity(&self) -> Digest {
        let own = self.credentials.fingerprint();
        let (user, password) = match &self.address {
            Address::Http(http) => http.userinfo.clone().unwrap_or_default(),
            _ => Default::default(),
        };
        Digest::of_parts([
            own.as_bytes().as_slice(),
            user.as_bytes(),
            password.as_bytes(),
        ])
    }

    fn list(&self, prefixes: Vec<String>) -> Listing {
        let key = (
            folder_name(&self.address),
            self.identity(),
            prefixes.clone(),
        );
        self.all.listings.share(key, || {
            tracing::debug!(repository = %self.address, ?prefixes, "listing references");
            let listed = match &self.address {
                Address::Local(path) => local::references(path),
                _ => self.remote().references(&prefixes),
            };
            if listed.is_ok()
                && let Ok(repository) = self.all.repository(&self.address)
            {
                repository.admit(self.identity());
            }
            listed.map(Arc::new).map_err(Arc::new)
        })
    }

    /// The references whose names start so.
    pub fn references(&self, prefixes: Vec<String>) -> Result<Arc<Vec<Advertised>>, ResolveError> {
        let repository = || self.address.to_string();
        self.list(prefixes).map_err(|source| ResolveError::Remote {
            repository: repository(),
            source,
        })
    }

    /// A short commit is looked for among the tips, then in the store, then in the whole history.
    pub fn short_commit(&self, digits: &str) -> Result<ObjectId, ResolveError> {
        let failed = |failure| self.unresolved(failure);
        let tips = self.references(Vec::new())?;
        let mut found: Vec<_> = tips
            .iter()
            .map(|tip| tip.commit)
            .filter(|commit| commit.to_string().starts_with(digits))
            .collect();
        let repository = self.all.repository(&self.address).map_err(failed)?;
        let stored = || {
            repository
                .current()
                .map_or(Vec::new(), |store| store.commits_starting_with(digits))
        };
        found.extend(stored());
        if found.is_empty() && !self.address.is_local() {
            repository.fetch_history(&self.remote()).map_err(failed)?;
            found.extend(stored());
        }
        found.sort();
        found.dedup();
        match found.as_slice() {
            [commit] => Ok(*commit),
            [] => Err(self.not_found(&Wish::of(digits))?),
            several => Err(ResolveError::Ambiguous {
                repository: self.address.to_string(),
                reference: digits.to_owned(),
                count: several.len(),
            }),
        }
    }

    fn unresolved(&self, failure: Failure) -> ResolveError {
        let repository = self.address.to_string();
        match failure {
            Failure::Remote(source) => ResolveError::Remote { repository, source },
            Failure::Store(source) => ResolveError::Store { repository, source },
            Failure::Missing => ResolveError::Empty { repository },
        }
    }

    /// The error for a wish nothing answers; asking for all names may itself fail.
    pub fn not_found(&self, wish: &Wish) -> Result<ResolveError, ResolveError> {
        let all = self.references(Vec::new())?;
        let repository = self.address.to_string();
        let reference = wish.text().to_owned();
        Ok(match () {
            () if all.is_empty() => ResolveError::Empty { repository },
            () if wish.is_range() => ResolveError::NoVersion {
                repository,
                reference,
            },
            () => ResolveError::NotFound {
                repository,
                reference,
                near: wish.near(&all),
            },
        })
    }

    /// A commit, fetched if it is not here.
    pub fn mount(&self, reference: &str, commit: ObjectId) -> Result<Mount, FetchError> {
        let store = self
            .store(commit)
            .map_err(|failure| self.unfetched(failure, reference, commit))?;
        let tree = root_of(&store, commit).map_err(|source| FetchError::Read {
            repository: self.address.to_string(),
            commit: commit.to_string(),
            source,
        })?;
        Ok(Mount {
            store,
            commit,
            tree,
        })
    }

    fn store(&self, commit: ObjectId) -> Result<Arc<Store>, Failure> {
        let repository = self.all.repository(&self.address)?;
        if self.address.is_local() {
            return repository.holding(commit).ok_or(Failure::Missing);
        }
        let identity = self.identity();
        if let Some(store) = repository.holding(commit) {
            if !repository.admits(&identity) {
                self.list(vec!["HEAD".to_owned()])
                    .map_err(Failure::Remote)?;
            }
            return Ok(store);
        }
        let key = (folder_name(&self.address), identity, commit);
        self.all.fetches.share(key, || {
            tracing::debug!(repository = %self.address, %commit, "fetching");
            let store = repository.fetch(&self.remote(), commit, self.depth())?;
            repository.admit(identity);
            Ok(store)
        })
    }

    fn depth(&self) -> Option<NonZeroU32> {
        NonZeroU32::new(self.credentials.depth.unwrap_or(1))
    }

    fn unfetched(&self, failure: Failure, reference: &str, commit: ObjectId) -> FetchError {
        let (repository, commit) = (self.address.to_string(), commit.to_string());
        let reference = reference.to_owned();
        match failure {
            Failure::Remote(source) => FetchError::Remote {
                repository,
                reference,
                commit,
                source,
            },
            Failure::Store(source) => FetchError::Store { repository, source },
            Failure::Missing => FetchError::Missing { repository, commit },
        }
    }

    /// The submodules of a commit and theirs, by the folders they stand in.
    pub fn submodules_of(&self, root: &Mount) -> Result<BTreeMap<TreePath, Mount>, FetchError> {
        let mut climb = Climb {
            mounts: BTreeMap::new(),
            above: Vec::new(),
        };
        self.mount_submodules(root, &TreePath::root(), &mut climb)?;
        Ok(climb.mounts)
    }

    fn mount_submodules(
        &self,
        mount: &Mount,
        at: &TreePath,
        climb: &mut Climb,
    ) -> Result<(), FetchError> {
        let place = (folder_name(&self.address), mount.commit);
        let limit = self.all.reading.limits.max_submodule_depth;
        if climb.above.len() > limit || climb.above.contains(&place) {
            return Err(FetchError::TooDeep(limit));
        }
        climb.above.push(place);
        for (path, url, commit) in self.submodules(mount)? {
            let path = path
                .parts()
                .fold(at.clone(), |folder, part| folder.child(part));
            self.mount_submodule(&url, commit, &path, climb)
                .map_err(|source| {
                    let (repository, path) = (self.address.to_string(), path.to_string());
                    FetchError::Submodule {
                        repository,
                        path,
                        source: Box::new(source),
                    }
                })?;
        }
        climb.above.pop();
        Ok(())
    }

    fn mount_submodule(
        &self,
        url: &str,
        commit: ObjectId,
        path: &TreePath,
        climb: &mut Climb,
    ) -> Result<(), FetchError> {
        let address = self.address.join(url)?;
        if address.is_local() && !self.address.is_local() {
            return Err(AddressError::Local(redact(url)).into());
        }
        let credentials = match self.address.shares_credentials_with(&address) {
            true => self.credentials.clone().into_owned(),
            false => self.credentials.without_secrets(),
        };
        let credentials = Cow::Owned(credentials);
        let visit = Visit {
            all: self.all,
            address,
            credentials,
        };
        let mount = visit.mount("submodule", commit)?;
        climb.mounts.insert(path.clone(), mount.clone());
        visit.mount_submodules(&mount, path, climb)
    }

    /// The submodules a commit declares and has.
    fn submodules(&self, mount: &Mount) -> Result<Vec<(TreePath, String, ObjectId)>, FetchError> {
        mounting::submodules(&self.all.reading, mount).map_err(|source| FetchError::Read {
            repository: self.address.to_string(),
            commit: mount.commit.to_string(),
            source: source.into(),
        })
    }
}

fn root_of(store: &Store, commit: ObjectId) -> Result<ObjectId, Cause> {
    let bytes = store
        .read(commit, Kind::Commit, MAX_COMMIT)
        .map_err(|error: ReadError| Box::new(error))?;
    Ok(CommitRef::from_bytes(&bytes, commit.kind())?.tree())
}
