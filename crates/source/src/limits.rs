//! What a repository may cost us before we refuse it.

use std::time::Duration;

/// Bounds on size and time. A repository is written by others; none of them may fill our disk,
/// our memory or our day.
#[derive(Clone, PartialEq, Debug)]
pub struct Limits {
    /// The largest file that is read.
    pub max_file_bytes: u64,
    /// The most bytes one fetch may receive.
    pub max_fetch_bytes: u64,
    /// The most entries one folder may have.
    pub max_folder_entries: usize,
    /// The most references a server may list.
    pub max_references: usize,
    /// How long one listing of references or one fetch may take, from connecting to the last byte.
    pub fetch_timeout: Duration,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How many symbolic links one path may lead through.
    pub max_links: usize,
    /// How deep submodules may nest.
    pub max_submodule_depth: usize,
    /// How many packs a store may gather before it is fetched anew.
    pub max_packs: usize,
    /// Bytes of parsed folders kept in memory, for all repositories together.
    pub folder_cache_bytes: usize,
    /// May `file://` URLs and plain paths be read? They name repositories on our own disk.
    pub allow_local: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 10 << 20,
            max_fetch_bytes: 1 << 30,
            max_folder_entries: 100_000,
            max_references: 1_000_000,
            fetch_timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
            max_links: 40,
            max_submodule_depth: 8,
            max_packs: 40,
            folder_cache_bytes: 8 << 20,
            allow_local: false,
        }
    }
}
