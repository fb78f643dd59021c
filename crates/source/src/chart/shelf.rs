//! What was fetched, kept on disk while there is room.
//!
//! Comes in: bytes with their digest, and indexes. Goes out: the same bytes, or nothing. Files are
//! complete or absent, whenever the process may be killed; what was not used for longest goes first.

use super::digest::ContentDigest;
use crate::remote::Sink;
use model::Digest;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

const DRAFT: &str = "draft-";

pub(crate) struct Shelf {
    folder: PathBuf,
    limit: u64,
    used: Mutex<u64>,
    drafts: AtomicU64,
}

/// A file in the making; dropped before it is kept, it is gone.
pub(crate) struct Draft {
    pub file: File,
    path: PathBuf,
    kept: bool,
}

impl Shelf {
    /// Opens what an earlier process left, without what it left half written.
    pub fn open(folder: PathBuf, limit: u64) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(DRAFT) {
                fs::remove_file(entry.path())?;
            }
        }
        let shelf = Self {
            folder,
            limit,
            used: Mutex::default(),
            drafts: AtomicU64::new(0),
        };
        shelf.make_room(0)?;
        Ok(shelf)
    }

    /// The bytes of a digest. Damaged ones are removed.
    pub fn content(&self, digest: &ContentDigest) -> io::Result<Option<Vec<u8>>> {
        let path = self.folder.join(digest.file_name());
        let Some(bytes) = read(&path)? else {
            return Ok(None);
        };
        if digest.fits(&bytes) {
            touch(&path);
            return Ok(Some(bytes));
        }
        tracing::warn!(%digest, "a chart on disk was damaged; it will be fetched anew");
        fs::remove_file(path)?;
        Ok(None)
    }

    /// Keeps the bytes of a digest.
    pub fn keep_content(&self, digest: &ContentDigest, bytes: &[u8]) -> io::Result<()> {
        self.write(&digest.file_name(), bytes)
    }

    /// A digest that was noted down.
    pub fn noted(&self, name: &Digest) -> io::Result<Option<ContentDigest>> {
        let text = read(&self.folder.join(format!("{name}.note")))?.unwrap_or_default();
        Ok(ContentDigest::parse(&String::from_utf8_lossy(&text)))
    }

    /// Notes a digest down.
    pub fn note(&self, name: &Digest, digest: &ContentDigest) -> io::Result<()> {
        self.write(&format!("{name}.note"), digest.to_string().as_bytes())
    }

    /// An index and what the server said of it.
    pub fn index(&self, name: &Digest) -> io::Result<Option<(File, Vec<u8>)>> {
        let path = self.folder.join(format!("{name}.index"));
        let Some(head) = read(&self.folder.join(format!("{name}.head")))? else {
            return Ok(None);
        };
        match File::open(&path) {
            Ok(file) => {
                touch(&path);
                Ok(Some((file, head)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps an index. Its head goes last, so that one without the other is never believed.
    pub fn keep_index(&self, name: &Digest, draft: Draft, head: &[u8]) -> io::Result<File> {
        let head_name = format!("{name}.head");
        remove(&self.folder.join(&head_name))?;
        let file = draft.file.try_clone()?;
        self.place(draft, &format!("{name}.index"))?;
        self.write(&head_name, head)?;
        Ok(file)
    }

    /// A new file that nobody sees yet.
    pub fn draft(&self) -> io::Result<Draft> {
        let number = self.drafts.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{DRAFT}{number}"));
        let mut options = File::options();
        let file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)?;
        Ok(Draft {
            file,
            path,
            kept: false,
        })
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut draft = self.draft()?;
        draft.file.write_all(bytes)?;
        self.place(draft, name)
    }

    fn place(&self, mut draft: Draft, name: &str) -> io::Result<()> {
        let size = draft.file.metadata()?.len();
        fs::rename(&draft.path, self.folder.join(name))?;
        draft.kept = true;
        self.make_room(size)
    }

    /// Counts what was added, and removes what was not used for longest if it has become too much.
    fn make_room(&self, added: u64) -> io::Result<()> {
        let mut used = self.used.lock().expect("no panic while held");
        *used += added;
        if added > 0 && *used <= self.limit {
            return Ok(());
        }
        let mut files = self.files()?;
        *used = files.iter().map(|(_, size, _)| size).sum();
        if *used <= self.limit {
            return Ok(());
        }
        files.sort();
        for (_, size, path) in files {
            // Room for some more, so that not every addition has to count anew.
            if *used <= self.limit - self.limit / 10 {
                break;
            }
            remove(&path)?;
            *used -= size;
        }
        Ok(())
    }

    fn files(&self) -> io::Result<Vec<(SystemTime, u64, PathBuf)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let is_ours = metadata.is_file() && !name.to_string_lossy().starts_with(DRAFT);
            if is_ours && name != super::charts::LOCK {
                files.push((metadata.modified()?, metadata.len(), entry.path()));
            }
        }
        Ok(files)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Sink for Draft {
    fn restart(&mut self) -> io::Result<()> {
        self.file.restart()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now is removed at the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Says that a file was used. That it cannot be said makes it go a little earlier, no more.
fn touch(path: &Path) {
    let _ = File::open(path).and_then(|file| file.set_modified(SystemTime::now()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(folder.path().to_owned(), 35).unwrap();
        let bytes = |at: u8| vec![at; 10];
        for at in 0..3 {
            shelf
                .keep_content(&ContentDigest::of(&bytes(at)), &bytes(at))
                .unwrap();
            std::thread::sleep(Duration::from_millis(10));
        }
        let has = |at| {
            shelf
                .content(&ContentDigest::of(&bytes(at)))
                .unwrap()
                .is_some()
        };
        assert!(has(0), "which is a use");
        std::thread::sleep(Duration::from_millis(10));
        shelf
            .keep_content(&ContentDigest::of(&bytes(3)), &bytes(3))
            .unwrap();
        assert!(!has(1) && has(0) && has(2) && has(3));
    }

    #[test]
    fn what_is_half_written_or_damaged_is_not_given() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("draft-7"), "half").unwrap();
        let shelf = Shelf::open(folder.path().to_owned(), 1000).unwrap();
        assert!(names(folder.path()).is_empty());
        drop(shelf.draft().unwrap());
        assert!(names(folder.path()).is_empty());
        let digest = ContentDigest::of(b"whole");
        shelf.keep_content(&digest, b"whole").unwrap();
        assert_eq!(shelf.content(&digest).unwrap().unwrap(), b"whole");
        fs::write(folder.path().join(digest.file_name()), "other").unwrap();
        assert!(shelf.content(&digest).unwrap().is_none());
        assert!(names(folder.path()).is_empty(), "it is fetched anew");
    }

    #[test]
    fn an_index_is_believed_only_with_its_head() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(folder.path().to_owned(), 1000).unwrap();
        let name = Digest::of(b"index");
        let mut draft = shelf.draft().unwrap();
        draft.write_all(b"entries: {}").unwrap();
        shelf.keep_index(&name, draft, b"{}").unwrap();
        let (_, head) = shelf.index(&name).unwrap().unwrap();
        assert_eq!(head, b"{}");
        fs::remove_file(folder.path().join(format!("{name}.head"))).unwrap();
        assert!(shelf.index(&name).unwrap().is_none());
    }
}
