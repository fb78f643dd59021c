//! A folder for temporary files, in memory if the machine has such a place: the disk is not what is
//! measured.

use anyhow::{Context, Result};
use std::path::Path;
use tempfile::TempDir;

/// Makes one; it goes when it is dropped.
pub fn create() -> Result<TempDir> {
    let folders = [Path::new("/dev/shm"), &std::env::temp_dir()].map(Path::to_owned);
    let made = folders.iter().find_map(|folder| {
        tempfile::Builder::new()
            .prefix("caretaker-bench-")
            .tempdir_in(folder)
            .ok()
    });
    made.context("no folder for temporary files can be made")
}
