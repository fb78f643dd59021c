//! One repository's objects on disk.
//!
//! Comes in: packs that a fetch wrote. Goes out: objects by id, from any thread. A store is a bare
//! repository without references: what it holds is found by commit id, so a branch may move or
//! vanish without harm to trees in use. Whatever a killed process left half written is removed when
//! the store is opened.

use gix::ObjectId;
use gix::objs::{Find, FindHeader, Kind};
use gix::odb::store::init::{Options, Slots};
use gix::odb::{HandleArc, Store as Objects};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Handles kept for the next reader.
const MAX_IDLE_HANDLES: usize = 4;
/// The file that lists the commits whose trees are complete.
const COMMITS: &str = "commits";

pub(crate) struct Store {
    folder: PathBuf,
    objects: Arc<Objects>,
    idle: Mutex<Vec<HandleArc>>,
    /// Remove the folder once nobody reads from it.
    replaced: AtomicBool,
    /// Something that must be here was not.
    damaged: AtomicBool,
}

/// Why an object could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("object {0} is missing from the store; it will be fetched anew")]
    Missing(ObjectId),
    #[error("object {id} is a {found}, not a {expected}")]
    Kind {
        id: ObjectId,
        found: Kind,
        expected: Kind,
    },
    #[error("object {id} has {size} bytes; the limit is {limit}")]
    TooLarge { id: ObjectId, size: u64, limit: u64 },
    #[error("object {id} cannot be read; it will be fetched anew")]
    Damaged { id: ObjectId, source: gix::Error },
}

impl Store {
    /// Makes an empty store for commits of the kind of `example`.
    pub fn create(folder: PathBuf, example: ObjectId) -> io::Result<Self> {
        fs::create_dir_all(folder.join("objects/pack"))?;
        fs::create_dir_all(folder.join("refs"))?;
        let (version, extension) = match example.kind() {
            gix::hash::Kind::Sha1 => (0, String::new()),
            other => (1, format!("[extensions]\n\tobjectformat = {other}\n")),
        };
        let config = format!("[core]\n\trepositoryformatversion = {version}\n\tbare = true\n");
        fs::write(folder.join("config"), config + &extension)?;
        fs::write(folder.join("HEAD"), "ref: refs/heads/none\n")?;
        Self::at(folder.clone(), folder.join("objects"), example.kind())
    }

    /// Opens a store made earlier; none if it never got as far as holding a commit.
    pub fn open(folder: PathBuf) -> io::Result<Option<Self>> {
        let commits = read_commits(&folder)?;
        let Some(example) = commits.first() else {
            return Ok(None);
        };
        remove_leftovers(&folder)?;
        Self::at(folder.clone(), folder.join("objects"), example.kind()).map(Some)
    }

    /// Reads from somebody else's repository, in place.
    pub fn borrow(objects: PathBuf, kind: gix::hash::Kind) -> io::Result<Self> {
        Self::at(objects.clone(), objects, kind)
    }

    fn at(folder: PathBuf, objects: PathBuf, kind: gix::hash::Kind) -> io::Result<Self> {
        let options = Options {
            slots: Slots::Given(256),
            ..Options::default()
        };
        let objects = Objects::at_opts(objects, kind, &mut std::iter::empty(), options)?;
        Ok(Self {
            folder,
            objects: Arc::new(objects),
            idle: Mutex::default(),
            replaced: AtomicBool::new(false),
            damaged: AtomicBool::new(false),
        })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A handle of its own for a long operation.
    pub fn handle(&self) -> HandleArc {
        self.objects.to_cache_arc()
    }

    /// Is this commit here?
    pub fn has(&self, commit: ObjectId) -> bool {
        self.with(|handle| matches!(handle.try_header(&commit), Ok(Some(header)) if header.kind == Kind::Commit))
    }

    /// The commits that start with these hexadecimal digits.
    pub fn commits_starting_with(&self, digits: &str) -> Vec<ObjectId> {
        let Ok(prefix) = gix::hash::Prefix::from_hex(digits) else {
            return Vec::new();
        };
        let mut found = HashSet::new();
        self.with(|handle| handle.lookup_prefix(prefix, Some(&mut found)))
            .ok();
        let mut commits: Vec<_> = found.into_iter().filter(|id| self.has(*id)).collect();
        commits.sort();
        commits
    }

    /// An object's bytes, if it is of the kind expected and not larger than the limit.
    pub fn read(&self, id: ObjectId, expected: Kind, limit: u64) -> Result<Vec<u8>, ReadError> {
        let found = self.with(|handle| read(handle, id, expected, limit));
        if let Err(ReadError::Missing(_) | ReadError::Damaged { .. }) = &found {
            self.damaged.store(true, Ordering::Relaxed);
        }
        found
    }

    /// Did a read find damage?
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// How many packs there are.
    pub fn packs(&self) -> io::Result<usize> {
        let mut packs = 0;
        for entry in fs::read_dir(self.folder.join("objects/pack"))? {
            packs += usize::from(entry?.path().extension().is_some_and(|end| end == "idx"));
        }
        Ok(packs)
    }

    /// The commits whose trees are complete, the latest last.
    pub fn commits(&self) -> io::Result<Vec<ObjectId>> {
        read_commits(&self.folder)
    }

    /// Notes that a commit's tree is complete.
    pub fn note(&self, commit: ObjectId) -> io::Result<()> {
        let mut commits = self.commits()?;
        commits.retain(|known| *known != commit);
        commits.push(commit);
        let text: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
        let draft = self.folder.join("commits.lock");
        fs::write(&draft, text)?;
        fs::rename(draft, self.folder.join(COMMITS))
    }

    /// The folder goes when the last reader does: another store has taken its place.
    pub fn replace(&self) {
        self.replaced.store(true, Ordering::Relaxed);
    }

    fn with<T>(&self, work: impl FnOnce(&HandleArc) -> T) -> T {
        let idle = self.idle.lock().expect("no panic while held").pop();
        let handle = idle.unwrap_or_else(|| self.handle());
        let result = work(&handle);
        let mut idle = self.idle.lock().expect("no panic while held");
        if idle.len() < MAX_IDLE_HANDLES {
            idle.push(handle);
        }
        result
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.replaced.load(Ordering::Relaxed) {
            // What cannot be removed now is removed at the next start.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn read(
    handle: &HandleArc,
    id: ObjectId,
    expected: Kind,
    limit: u64,
) -> Result<Vec<u8>, ReadError> {
    let damaged = |source| ReadError::Damaged { id, source };
    let header = handle
        .try_header(&id)
        .map_err(damaged)?
        .ok_or(ReadError::Missing(id))?;
    if header.kind != expected {
        return Err(ReadError::Kind {
            id,
            found: header.kind,
            expected,
        });
    }
    if header.size > limit {
        return Err(ReadError::TooLarge {
            id,
            size: header.size,
            limit,
        });
    }
    let mut bytes = Vec::new();
    handle
        .try_find(&id, &mut bytes)
        .map_err(damaged)?
        .ok_or(ReadError::Missing(id))?;
    Ok(bytes)
}

fn read_commits(folder: &Path) -> io::Result<Vec<ObjectId>> {
    match fs::read_to_string(folder.join(COMMITS)) {
        Ok(text) => Ok(text
            .lines()
            .filter_map(|line| ObjectId::from_hex(line.as_bytes()).ok())
            .collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Half-written packs, packs without an index, and locks of a process that is gone.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "lock") {
            fs::remove_file(path)?;
        }
    }
    for entry in fs::read_dir(folder.join("objects/pack"))? {
        let path = entry?.path();
        if !is_whole_pack(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn is_whole_pack(path: &Path) -> bool {
    let partner = match path.extension().and_then(|end| end.to_str()) {
        Some("pack") => path.with_extension("idx"),
        Some("idx") => path.with_extension("pack"),
        _ => return false,
    };
    let named = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("pack-"));
    named && partner.exists()
}
