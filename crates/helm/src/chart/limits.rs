//! How much a chart may bring. Archives come from strangers: a few kilobytes unpack to gigabytes.

/// Bounds of loading one chart with all it vendors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all files together, unpacked.
    pub total_bytes: u64,
    /// Bytes of one file, unpacked.
    pub file_bytes: u64,
    /// How many files and folders.
    pub entries: usize,
    /// How deep charts may stand in charts.
    pub charts_deep: usize,
    /// How deep folders may stand in folders.
    pub folders_deep: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total_bytes: 100 << 20,
            file_bytes: 5 << 20,
            entries: 50_000,
            charts_deep: 32,
            folders_deep: 128,
        }
    }
}
