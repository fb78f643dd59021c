//! Files that were parsed already.
//!
//! Comes in: a file's content. Goes out: its objects, parsed at most once for as long as there is
//! room: a thousand overlays over one base parse the base once, in one build or in a thousand. Texts
//! are shared between copies, so that a copy is cheap.

use crate::resource::{ReadResourcesError, read_objects};
use model::{Blob, Digest};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use yaml::Node;

/// Parsed files by the digest of their content. May be shared between threads.
#[derive(Debug)]
pub struct ParsedFiles {
    generations: Mutex<Generations>,
    /// Bytes of files each generation may hold.
    room: usize,
}

/// What was asked for lately, and what was asked for before. When the young generation is full it
/// becomes the old one, and what nobody asked for since is forgotten.
#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Digest, Parsed>,
    old: HashMap<Digest, Parsed>,
    weight: usize,
}

#[derive(Clone, Debug)]
struct Parsed {
    objects: Arc<[Node]>,
    weight: usize,
}

impl ParsedFiles {
    /// Keeps what was parsed from about so many bytes of files. In memory that takes several times as
    /// much.
    pub fn new(bytes: usize) -> Self {
        Self {
            generations: Mutex::default(),
            room: bytes / 2,
        }
    }

    /// The objects of a file. Files that do not read are parsed each time.
    pub fn objects(&self, blob: &Blob) -> Result<Arc<[Node]>, ReadResourcesError> {
        if let Some(found) = self.find(&blob.digest) {
            return Ok(found);
        }
        // Nothing is locked while parsing; two threads may do it at once, with the same result.
        let objects: Arc<[Node]> = read_objects(&blob.bytes)?.into();
        self.keep(blob, &objects);
        Ok(objects)
    }

    fn find(&self, digest: &Digest) -> Option<Arc<[Node]>> {
        let mut all = self.lock();
        if let Some(found) = all.young.get(digest) {
            return Some(Arc::clone(&found.objects));
        }
        let found = all.old.remove(digest)?;
        let objects = Arc::clone(&found.objects);
        all.insert(*digest, found, self.room);
        Some(objects)
    }

    fn keep(&self, blob: &Blob, objects: &Arc<[Node]>) {
        let parsed = Parsed {
            objects: Arc::clone(objects),
            weight: blob.bytes.len().max(1),
        };
        if parsed.weight <= self.room {
            self.lock().insert(blob.digest, parsed, self.room);
        }
    }

    /// Nothing here can be half done: a thread that panicked left whole entries.
    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn insert(&mut self, digest: Digest, parsed: Parsed, room: usize) {
        if self.weight + parsed.weight > room {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
        let weight = parsed.weight;
        if self.young.insert(digest, parsed).is_none() {
            self.weight += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(name: &str) -> Blob {
        let bytes: Arc<[u8]> = format!("kind: A\nmetadata: {{name: {name}}}\n")
            .into_bytes()
            .into();
        Blob {
            digest: Digest::of(&bytes),
            bytes,
        }
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let size = blob("a1").bytes.len();
        let parsed = ParsedFiles::new(size * 4);
        let kept = parsed.objects(&blob("a1")).unwrap();
        for other in ["b1", "b2", "b3", "b4", "b5"] {
            parsed.objects(&blob(other)).unwrap();
            assert!(
                Arc::ptr_eq(&kept, &parsed.objects(&blob("a1")).unwrap()),
                "{other}"
            );
        }
        let before = parsed.objects(&blob("b5")).unwrap();
        assert!(Arc::ptr_eq(&before, &parsed.objects(&blob("b5")).unwrap()));
        assert!(parsed.find(&blob("b1").digest).is_none());
        let all = parsed.lock();
        assert!(all.young.len() <= 2 && all.old.len() <= 2);
    }

    #[test]
    fn what_does_not_read_or_fit_is_not_kept() {
        let parsed = ParsedFiles::new(10);
        assert_eq!(parsed.objects(&blob("a")).unwrap().len(), 1);
        assert!(parsed.find(&blob("a").digest).is_none());
        let bytes: Arc<[u8]> = b"a: [".as_slice().into();
        let broken = Blob {
            digest: Digest::of(&bytes),
            bytes,
        };
        assert!(parsed.objects(&broken).is_err());
    }
}
