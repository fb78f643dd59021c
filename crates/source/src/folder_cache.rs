//! Parsed folders, kept while there is room.
//!
//! Comes in: tree objects. Goes out: their entries, sorted by name. A folder's id is its content, so
//! one cache serves all repositories and revisions, and nothing in it is ever stale.

use gix::ObjectId;
use model::EntryKind;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// One folder of a Git tree.
#[derive(Debug)]
pub(crate) struct Folder {
    entries: Vec<FolderEntry>,
}

/// One entry of it.
#[derive(Clone, Debug)]
pub(crate) struct FolderEntry {
    pub name: Box<str>,
    pub kind: EntryKind,
    pub id: ObjectId,
}

/// Why a tree object is no folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    #[error("the folder cannot be parsed")]
    Malformed(#[source] gix::Error),
    #[error("the folder has an entry named {0:?}")]
    Name(String),
    #[error("the folder has two entries named {0:?}")]
    Twice(String),
    #[error("the folder has more than {0} entries")]
    TooMany(usize),
}

impl Folder {
    /// Parses a tree object.
    pub fn parse(bytes: &[u8], hash: gix::hash::Kind, limit: usize) -> Result<Self, FolderError> {
        let mut entries = Vec::new();
        for entry in gix::objs::TreeRefIter::from_bytes(bytes, hash) {
            let entry = entry.map_err(FolderError::Malformed)?;
            if entries.len() == limit {
                return Err(FolderError::TooMany(limit));
            }
            let name = String::from_utf8_lossy(entry.filename);
            if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\0']) {
                return Err(FolderError::Name(name.into_owned()));
            }
            let kind = kind(entry.mode.kind());
            entries.push(FolderEntry {
                name: name.into(),
                kind,
                id: entry.oid.to_owned(),
            });
        }
        // Git sorts folders as if their names ended in a slash.
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        match entries.windows(2).find(|pair| pair[0].name == pair[1].name) {
            Some(pair) => Err(FolderError::Twice(pair[0].name.to_string())),
            None => Ok(Self { entries }),
        }
    }

    /// The entries, sorted by name.
    pub fn entries(&self) -> &[FolderEntry] {
        &self.entries
    }

    /// The entry of a name.
    pub fn get(&self, name: &str) -> Option<&FolderEntry> {
        let at = self
            .entries
            .binary_search_by(|entry| (*entry.name).cmp(name))
            .ok()?;
        self.entries.get(at)
    }

    fn cost(&self) -> usize {
        let names: usize = self.entries.iter().map(|entry| entry.name.len()).sum();
        names + (self.entries.len() + 2) * size_of::<FolderEntry>()
    }
}

fn kind(kind: gix::objs::tree::EntryKind) -> EntryKind {
    use gix::objs::tree::EntryKind as Git;
    match kind {
        Git::Tree => EntryKind::Folder,
        Git::Blob | Git::BlobExecutable => EntryKind::File,
        Git::Link => EntryKind::Symlink,
        Git::Commit => EntryKind::Submodule,
    }
}

/// Two generations: what was not asked for during a whole generation is forgotten.
#[derive(Debug)]
pub(crate) struct FolderCache {
    limit: usize,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<ObjectId, Arc<Folder>>,
    old: HashMap<ObjectId, Arc<Folder>>,
    young_cost: usize,
}

impl FolderCache {
    /// A cache of about so many bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            generations: Mutex::default(),
        }
    }

    /// A folder, if it is kept.
    pub fn get(&self, id: &ObjectId) -> Option<Arc<Folder>> {
        let mut generations = self.generations.lock().expect("no panic while held");
        if let Some(folder) = generations.young.get(id) {
            return Some(folder.clone());
        }
        let folder = generations.old.remove(id)?;
        generations.put(*id, folder.clone(), self.limit);
        Some(folder)
    }

    /// Keeps a folder.
    pub fn put(&self, id: ObjectId, folder: Arc<Folder>) {
        self.generations
            .lock()
            .expect("no panic while held")
            .put(id, folder, self.limit);
    }
}

impl Generations {
    fn put(&mut self, id: ObjectId, folder: Arc<Folder>, limit: usize) {
        let cost = folder.cost();
        if self.young_cost + cost > limit / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_cost = 0;
        }
        if cost <= limit / 2 && self.young.insert(id, folder).is_none() {
            self.young_cost += cost;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(at: usize) -> ObjectId {
        ObjectId::from_hex(format!("{at:040x}").as_bytes()).unwrap()
    }

    fn folder(names: &[&str]) -> Vec<u8> {
        let entry =
            |name: &&str| [format!("100644 {name}\0").as_bytes(), id(7).as_bytes()].concat();
        names.iter().flat_map(entry).collect()
    }

    fn parse(names: &[&str]) -> Result<Folder, FolderError> {
        Folder::parse(&folder(names), gix::hash::Kind::Sha1, 3)
    }

    #[test]
    fn folders_that_would_mislead_are_refused() {
        assert_eq!(&*parse(&["b", "a"]).unwrap().entries()[0].name, "a");
        assert!(matches!(parse(&[".."]), Err(FolderError::Name(_))));
        assert!(matches!(parse(&["a/b"]), Err(FolderError::Name(_))));
        assert!(matches!(parse(&["a", "a"]), Err(FolderError::Twice(_))));
        assert!(matches!(
            parse(&["a", "b", "c", "d"]),
            Err(FolderError::TooMany(3))
        ));
        let cut = Folder::parse(&folder(&["a"])[..20], gix::hash::Kind::Sha1, 3);
        assert!(matches!(cut, Err(FolderError::Malformed(_))));
    }

    #[test]
    fn the_cache_stays_within_its_limit() {
        let cache = FolderCache::new(20_000);
        for at in 0..10_000 {
            cache.put(id(at), Arc::new(parse(&["a"]).unwrap()));
            assert!(cache.get(&id(0)).is_some(), "what is used stays");
        }
        let generations = cache.generations.lock().unwrap();
        assert!(generations.young.len() + generations.old.len() < 300);
        drop(generations);
        assert!(cache.get(&id(1)).is_none());
    }
}
