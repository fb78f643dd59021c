//! A folder on disk as a source tree, for rendering what is not committed yet.
//!
//! Comes in: a folder. Goes out: its files, with digests of their content. `.git` is not part of it,
//! and no path or link leads out of it.

use crate::Limits;
use model::{Blob, Digest, Entry, EntryKind, Place, SourceTree, TreeError, TreePath, follow_links};
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A plain folder. It is read as it is at each call; nothing is remembered.
#[derive(Debug)]
pub struct DirectoryTree {
    root: PathBuf,
    limits: Limits,
}

impl DirectoryTree {
    /// Opens a folder.
    pub fn open(root: impl AsRef<Path>, limits: Limits) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        match fs::metadata(&root)?.is_dir() {
            true => Ok(Self { root, limits }),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// The folder itself, as the system names it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn on_disk(&self, path: &TreePath) -> PathBuf {
        path.parts()
            .fold(self.root.clone(), |folder, part| folder.join(part))
    }

    fn status(&self, path: &TreePath) -> Result<Metadata, TreeError> {
        if path.parts().any(|part| part == ".git") {
            return Err(TreeError::NotFound(path.clone()));
        }
        fs::symlink_metadata(self.on_disk(path)).map_err(|error| failed(path, error))
    }

    fn look(&self, path: &TreePath) -> Result<Place, TreeError> {
        if !self.status(path)?.is_symlink() {
            return Ok(Place::Plain);
        }
        let target = fs::read_link(self.on_disk(path)).map_err(|error| failed(path, error))?;
        let target = target.to_string_lossy();
        // Below `/` nothing is outside, wherever a link says it starts.
        Ok(Place::Link(
            match target.starts_with('/') && self.is_all() {
                true => "../".repeat(path.parts().count() - 1) + &target,
                false => target.into_owned(),
            },
        ))
    }

    /// Is the folder the root of the file system?
    fn is_all(&self) -> bool {
        self.root.parent().is_none()
    }

    fn real(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        follow_links(path, self.limits.max_links, |place| self.look(place))
    }

    fn describe(&self, path: &TreePath) -> Result<Entry, TreeError> {
        let status = self.status(path)?;
        let (kind, digest) = if status.is_symlink() {
            let Place::Link(target) = self.look(path)? else {
                return Err(TreeError::NotFound(path.clone()));
            };
            (EntryKind::Symlink, Digest::of(target.as_bytes()))
        } else if status.is_dir() {
            (EntryKind::Folder, folder_digest(&self.children(path)?))
        } else {
            (EntryKind::File, self.file_digest(path)?)
        };
        Ok(Entry {
            name: path.name().to_owned(),
            kind,
            digest,
        })
    }

    fn children(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.on_disk(folder)).map_err(|error| failed(folder, error))? {
            let entry = entry.map_err(|error| failed(folder, error))?;
            // Sockets, pipes and devices are nothing Git would hold either.
            let kind = entry.file_type().map_err(|error| failed(folder, error))?;
            if entry.file_name() != ".git" && (kind.is_file() || kind.is_dir() || kind.is_symlink())
            {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
            if names.len() > self.limits.max_folder_entries {
                let error = io::Error::other("the folder has too many entries");
                return Err(failed(folder, error));
            }
        }
        names.sort();
        names
            .iter()
            .map(|name| self.describe(&folder.child(name)))
            .collect()
    }

    fn file_digest(&self, path: &TreePath) -> Result<Digest, TreeError> {
        // A file too large to be read still stands in a listing.
        match self.content(path) {
            Ok(bytes) => Ok(Digest::of(&bytes)),
            Err(TreeError::TooLarge { size, .. }) => Ok(Digest::of_parts([
                b"too large".as_slice(),
                &size.to_le_bytes(),
            ])),
            Err(error) => Err(error),
        }
    }

    fn content(&self, path: &TreePath) -> Result<Vec<u8>, TreeError> {
        let (size, limit) = (self.status(path)?.len(), self.limits.max_file_bytes);
        if size > limit {
            return Err(TreeError::TooLarge {
                path: path.clone(),
                size,
                limit,
            });
        }
        let mut bytes = Vec::new();
        File::open(self.on_disk(path))
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
            .map_err(|error| failed(path, error))?;
        match bytes.len() as u64 > limit {
            true => Err(TreeError::TooLarge {
                path: path.clone(),
                size: bytes.len() as u64,
                limit,
            }),
            false => Ok(bytes),
        }
    }
}

fn folder_digest(entries: &[Entry]) -> Digest {
    Digest::of_parts(entries.iter().flat_map(|entry| {
        let kind: &[u8] = match entry.kind {
            EntryKind::File => b"file",
            EntryKind::Folder => b"folder",
            EntryKind::Symlink => b"link",
            EntryKind::Submodule => b"submodule",
        };
        [entry.name.as_bytes(), kind, entry.digest.as_bytes()]
    }))
}

fn failed(path: &TreePath, error: io::Error) -> TreeError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => TreeError::NotFound(path.clone()),
        _ => TreeError::Store {
            path: path.clone(),
            source: error.into(),
        },
    }
}

impl SourceTree for DirectoryTree {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let real = self.real(folder)?;
        match self.status(&real)?.is_dir() {
            true => self.children(&real),
            false => Err(TreeError::WrongKind {
                path: folder.clone(),
                expected: "folder",
            }),
        }
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        Ok(Entry {
            name: path.name().to_owned(),
            ..self.describe(&self.real(path)?)?
        })
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        let real = self.real(file)?;
        if !self.status(&real)?.is_file() {
            return Err(TreeError::WrongKind {
                path: file.clone(),
                expected: "file",
            });
        }
        let bytes = self.content(&real)?;
        Ok(Blob {
            digest: Digest::of(&bytes),
            bytes: bytes.into(),
        })
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        Ok(match self.status(&self.real(path)?)?.is_dir() {
            true => EntryKind::Folder,
            false => EntryKind::File,
        })
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        self.real(path)
    }
}
