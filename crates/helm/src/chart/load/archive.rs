//! The files of an archive: gzipped tar, one folder at the top.
//!
//! Nothing is written anywhere, yet names that lead out of the chart are refused as Helm refuses
//! them. What unpacks is counted as it comes, headers too, so a bomb ends when the limit is met.
//! Source: Helm 4.2, pkg/chart/loader/archive/archive.go.

use super::budget::Budget;
use super::folder::without_mark;
use super::path::clean;
use crate::chart::{File, LoadError};
use crate::quote::quote;
use flate2::read::MultiGzDecoder;
use std::io::Read;
use tar::{Archive, Entry, EntryType};

/// Headers and padding a file may take in an archive besides its bytes.
const OVERHEAD: u64 = 4096;

/// Reads all files.
pub(super) fn read(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<File>, LoadError> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Err(LoadError::Damaged("gzip: invalid header".to_owned()));
    }
    let limits = budget.limits;
    let most = limits.total_bytes + OVERHEAD.saturating_mul(limits.entries as u64);
    let mut archive = Archive::new(MultiGzDecoder::new(bytes).take(most));
    let mut files = Vec::new();
    for entry in archive.entries().map_err(damaged)? {
        budget.entry()?;
        files.extend(file(entry.map_err(damaged)?, budget)?);
    }
    match files.is_empty() {
        true => Err(LoadError::Empty),
        false => Ok(files),
    }
}

/// Refuses what is no archive, and says what it looks like.
pub(super) fn check_kind(name: &str, bytes: &[u8]) -> Result<(), LoadError> {
    if bytes.starts_with(b"\x1f\x8b\x08") {
        return Ok(());
    }
    let name = name.to_owned();
    if name.ends_with(".yml") || name.ends_with(".yaml") {
        return Err(LoadError::YamlForArchive(name));
    }
    // Helm looks at 512 bytes, with zeros where the file is shorter.
    let is_binary = |byte: &u8| matches!(byte, 0..=8 | 0xb | 0xe..=0x1a | 0x1c..=0x1f);
    let found = match bytes.len() < 512 || bytes[..512].iter().any(is_binary) {
        true => "application/octet-stream",
        false => "text/plain; charset=utf-8",
    };
    Err(LoadError::NotGzip { name, found })
}

fn file<R: Read>(
    mut entry: Entry<'_, R>,
    budget: &mut Budget<'_>,
) -> Result<Option<File>, LoadError> {
    let raw = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let kind = entry.header().entry_type();
    if is_folder(&entry, &raw) || matches!(kind, EntryType::XGlobalHeader | EntryType::XHeader) {
        return Ok(None);
    }
    let name = inner_name(&raw)?;
    let (size, limits) = (entry.size(), budget.limits);
    if size > budget.bytes_left() {
        return Err(LoadError::TooLarge(limits.total_bytes));
    }
    let limit = limits.file_bytes;
    if size > limit {
        let name = quote(&raw);
        return Err(LoadError::ArchivedFileTooLarge { name, limit });
    }
    let mut data = Vec::with_capacity(size as usize);
    entry.read_to_end(&mut data).map_err(damaged)?;
    budget.bytes(data.len() as u64)?;
    if budget.bytes_left() == 0 {
        return Err(LoadError::TooLarge(limits.total_bytes));
    }
    Ok(Some(File {
        name: name.into(),
        data: without_mark(data.into()),
    }))
}

fn is_folder<R: Read>(entry: &Entry<'_, R>, name: &str) -> bool {
    const FOLDER: u32 = 0o40_000;
    const KINDS: u32 = 0o170_000;
    let header = entry.header();
    let kind = header.entry_type();
    let by_mode = header.mode().is_ok_and(|mode| mode & KINDS == FOLDER);
    kind == EntryType::Directory || by_mode || (kind == EntryType::Regular && name.ends_with('/'))
}

/// A name without the folder at the top; whoever packed on Windows has backslashes.
fn inner_name(raw: &str) -> Result<String, LoadError> {
    let refused = |problem: &str| Err(LoadError::Path(problem.to_owned()));
    let delimiter = if raw.contains('\\') { '\\' } else { '/' };
    let (top, rest) = raw.split_once(delimiter).unwrap_or((raw, ""));
    let name = rest.replace(delimiter, "/");
    if name.starts_with('/') {
        return refused("chart illegally contains absolute paths");
    }
    let name = clean(&name);
    if name == "." {
        let raw = quote(raw);
        return refused(&format!(
            "chart illegally contains content outside the base directory: {raw}"
        ));
    }
    if name.starts_with("..") {
        return refused("chart illegally references parent directory");
    }
    if let [drive, b':', b'/', ..] = name.as_bytes()
        && drive.is_ascii_alphabetic()
    {
        return refused("chart contains illegally named files");
    }
    match top {
        "Chart.yaml" => refused("chart yaml not in base directory"),
        _ => Ok(name),
    }
}

fn damaged(error: std::io::Error) -> LoadError {
    LoadError::Damaged(error.to_string())
}
