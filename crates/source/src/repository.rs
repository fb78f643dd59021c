//! One repository: its store on disk, and the rules for filling it.
//!
//! Comes in: a commit that is wanted. Goes out: a store that holds it. One fetch runs at a time; each
//! adds a pack, and when there are many, a new store is fetched and takes the old one's place as soon
//! as nobody reads the old one any more.

use crate::remote::{Advertised, Remote, RemoteError, Wanted};
use crate::store::Store;
use gix::ObjectId;
use model::Digest;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// How many commits we tell the server we have.
const MAX_HAVES: usize = 16;

pub(crate) struct Repository {
    home: PathBuf,
    store: Mutex<Option<Arc<Store>>>,
    fetching: Mutex<()>,
    /// Credentials the server has let in since we started. Others must ask it first, even for what
    /// is on our disk.
    admitted: Mutex<HashSet<Digest>>,
    /// The references whose whole history was fetched last.
    history_of: Mutex<Option<Digest>>,
}

/// Why a commit could not be had. Shared by all who waited for it.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    Remote(Arc<RemoteError>),
    Store(Arc<io::Error>),
    Missing,
}

impl From<RemoteError> for Failure {
    fn from(error: RemoteError) -> Self {
        match error {
            RemoteError::NoSuchCommit => Self::Missing,
            error => Self::Remote(Arc::new(error)),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl Repository {
    /// Opens what an earlier process left under `home`, or starts empty.
    pub fn open(home: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&home)?;
        let mut newest = None;
        for number in generations(&home)?.into_iter().rev() {
            let folder = home.join(number.to_string());
            if newest.is_none() {
                newest = Store::open(folder.clone()).unwrap_or_default();
            }
            if newest.as_ref().is_none_or(|store| store.folder() != folder) {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(Self::with(home, newest))
    }

    /// A repository that is read in place.
    pub fn borrowing(store: Store) -> Self {
        Self::with(PathBuf::new(), Some(store))
    }

    fn with(home: PathBuf, store: Option<Store>) -> Self {
        Self {
            home,
            store: Mutex::new(store.map(Arc::new)),
            fetching: Mutex::default(),
            admitted: Mutex::default(),
            history_of: Mutex::default(),
        }
    }

    /// The store, if it holds this commit.
    pub fn holding(&self, commit: ObjectId) -> Option<Arc<Store>> {
        self.current()
            .filter(|store| !store.is_damaged() && store.has(commit))
    }

    /// The store as it is now.
    pub fn current(&self) -> Option<Arc<Store>> {
        self.store.lock().expect("no panic while held").clone()
    }

    /// Has the server let these credentials in?
    pub fn admits(&self, credentials: &Digest) -> bool {
        self.admitted
            .lock()
            .expect("no panic while held")
            .contains(credentials)
    }

    /// Notes that the server let these credentials in.
    pub fn admit(&self, credentials: Digest) {
        self.admitted
            .lock()
            .expect("no panic while held")
            .insert(credentials);
    }

    /// Does anybody read from the store, or may somebody soon?
    pub fn is_in_use(self: &Arc<Self>) -> bool {
        let read = self
            .current()
            .is_some_and(|store| Arc::strong_count(&store) > 2);
        read || Arc::strong_count(self) > 1
    }

    /// Fetches one commit.
    pub fn fetch(
        &self,
        remote: &Remote<'_>,
        commit: ObjectId,
        depth: Option<NonZeroU32>,
    ) -> Result<Arc<Store>, Failure> {
        let _one_at_a_time = self
            .fetching
            .lock()
            .unwrap_or_else(|held| held.into_inner());
        if let Some(store) = self.holding(commit) {
            return Ok(store);
        }
        match self.receive(remote, &[commit], depth) {
            Ok(()) => {}
            // Some servers give only what a reference leads to.
            Err(Failure::Remote(error)) if is_refusal(&error) => {
                if !self.receive_history(remote)? {
                    return Err(Failure::Remote(error));
                }
            }
            Err(failure) => return Err(failure),
        }
        self.holding(commit).ok_or(Failure::Missing)
    }

    /// Fetches the whole history of all branches and tags. Says whether there was anything new.
    pub fn fetch_history(&self, remote: &Remote<'_>) -> Result<bool, Failure> {
        let _one_at_a_time = self
            .fetching
            .lock()
            .unwrap_or_else(|held| held.into_inner());
        self.receive_history(remote)
    }

    fn receive_history(&self, remote: &Remote<'_>) -> Result<bool, Failure> {
        let tips = tips(remote.references(&["refs/heads/".into(), "refs/tags/".into()])?);
        let digest = Digest::of_parts(tips.iter().map(|tip| tip.as_bytes()));
        let known = *self.history_of.lock().expect("no panic while held") == Some(digest);
        if known || tips.is_empty() {
            return Ok(false);
        }
        self.receive(remote, &tips, None)?;
        *self.history_of.lock().expect("no panic while held") = Some(digest);
        Ok(true)
    }

    fn receive(
        &self,
        remote: &Remote<'_>,
        commits: &[ObjectId],
        depth: Option<NonZeroU32>,
    ) -> Result<(), Failure> {
        let old = self.current();
        let usable = |store: &Arc<Store>| {
            let packs = store.packs().unwrap_or(usize::MAX);
            !store.is_damaged() && packs < remote.limits.max_packs
        };
        let store = match old.clone().filter(usable) {
            Some(store) => store,
            None => Arc::new(self.next_store(commits[0])?),
        };
        let mut have = store.commits()?;
        have.drain(..have.len().saturating_sub(MAX_HAVES));
        let wanted = Wanted {
            commits: commits.to_vec(),
            have,
            depth,
            folder: store.folder(),
            known: store.handle(),
        };
        let outcome = remote.receive(wanted);
        let is_new = old.as_ref().is_none_or(|old| !Arc::ptr_eq(old, &store));
        if is_new && outcome.is_err() {
            store.replace();
        }
        outcome?;
        for commit in commits
            .iter()
            .filter(|commit| store.has(**commit))
            .take(MAX_HAVES)
        {
            store.note(*commit)?;
        }
        if is_new {
            *self.store.lock().expect("no panic while held") = Some(store);
            if let Some(old) = old {
                old.replace();
            }
        }
        Ok(())
    }

    fn next_store(&self, example: ObjectId) -> io::Result<Store> {
        let next = generations(&self.home)?.last().map_or(1, |last| last + 1);
        Store::create(self.home.join(next.to_string()), example)
    }
}

/// The server understood, and said no.
fn is_refusal(error: &RemoteError) -> bool {
    matches!(error, RemoteError::Protocol { .. } | RemoteError::Said(_))
}

fn tips(advertised: Vec<Advertised>) -> Vec<ObjectId> {
    let mut tips: Vec<_> = advertised
        .into_iter()
        .map(|reference| reference.commit)
        .collect();
    tips.sort();
    tips.dedup();
    tips
}

/// The stores under a repository's folder, by number.
fn generations(home: &std::path::Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(home)? {
        numbers.extend(
            entry?
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u64>().ok()),
        );
    }
    numbers.sort_unstable();
    Ok(numbers)
}
