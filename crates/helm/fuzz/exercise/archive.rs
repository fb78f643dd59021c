//! Loads an archive.
//!
//! Comes in: bytes. Goes out: nothing, if they are a chart or an error that says something.

use helm::chart::{Limits, load_archive};

/// Loads the bytes, as they are and as what a gzip holds.
pub fn run(bytes: &[u8]) {
    let limits = Limits {
        total_bytes: 1 << 20,
        file_bytes: 1 << 18,
        entries: 200,
        ..Limits::default()
    };
    match load_archive(bytes, &limits) {
        Ok(chart) => assert!(!chart.metadata.api_version.is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
