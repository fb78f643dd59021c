//! The file system from its root, as a source tree that is read as it is asked.

use model::{Blob, Digest, Entry, EntryKind, Place, SourceTree, TreeError, TreePath, follow_links};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

const MAX_LINKS: usize = 40;

/// The file system from its root.
pub struct DiskTree;

fn on_disk(path: &TreePath) -> PathBuf {
    PathBuf::from(format!("/{}", path.as_str()))
}

fn failed(path: &TreePath, error: std::io::Error) -> TreeError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => TreeError::NotFound(path.clone()),
        _ => TreeError::Store {
            path: path.clone(),
            source: error.into(),
        },
    }
}

fn look(path: &TreePath) -> Result<Place, TreeError> {
    let failed = |error| failed(path, error);
    let status = fs::symlink_metadata(on_disk(path)).map_err(failed)?;
    if !status.is_symlink() {
        return Ok(Place::Plain);
    }
    let target = fs::read_link(on_disk(path)).map_err(failed)?;
    let target = target.to_string_lossy();
    let up = "../".repeat(path.parts().count() - 1);
    Ok(Place::Link(match target.starts_with('/') {
        true => up + &target,
        false => target.into_owned(),
    }))
}

impl SourceTree for DiskTree {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        let real = self.real_path(folder)?;
        let entries = fs::read_dir(on_disk(&real)).map_err(|error| failed(folder, error))?;
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| failed(folder, error))?;
            let kind = entry.file_type().map_err(|error| failed(folder, error))?;
            found.push(Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                kind: match (kind.is_symlink(), kind.is_dir()) {
                    (true, _) => EntryKind::Symlink,
                    (false, true) => EntryKind::Folder,
                    (false, false) => EntryKind::File,
                },
                digest: Digest::of(&[]),
            });
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        Ok(Entry {
            name: path.name().to_owned(),
            kind: self.kind(path)?,
            digest: Digest::of(&[]),
        })
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        if self.kind(file)? == EntryKind::Folder {
            return Err(TreeError::WrongKind {
                path: file.clone(),
                expected: "file",
            });
        }
        let real = self.real_path(file)?;
        let bytes = fs::read(on_disk(&real)).map_err(|error| failed(file, error))?;
        Ok(Blob {
            digest: Digest::of(&bytes),
            bytes: bytes.into(),
        })
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        let real = self.real_path(path)?;
        let status = fs::metadata(on_disk(&real)).map_err(|error| failed(path, error))?;
        Ok(match status.is_dir() {
            true => EntryKind::Folder,
            false => EntryKind::File,
        })
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        follow_links(path, MAX_LINKS, look)
    }
}
