//! What charts may cost us.

use std::time::Duration;

/// Bounds on size and time.
#[derive(Clone, PartialEq, Debug)]
pub struct ChartLimits {
    /// The largest index of a repository. The largest public ones have some 50 MB.
    pub max_index_bytes: u64,
    /// The largest archive of a chart.
    pub max_chart_bytes: u64,
    /// The largest manifest or configuration in a registry, and the largest proof.
    pub max_manifest_bytes: u64,
    /// The most tags that are read of one chart in a registry.
    pub max_tags: usize,
    /// Bytes kept on disk, indexes and archives together.
    pub cache_bytes: u64,
    /// How old an index may be before the repository is asked again. All apps of one repository
    /// that are refreshed together share one question.
    pub index_freshness: Duration,
    /// How long one question may take, from connecting to the last byte.
    pub timeout: Duration,
    /// How long connecting may take.
    pub connect_timeout: Duration,
}

impl Default for ChartLimits {
    fn default() -> Self {
        Self {
            max_index_bytes: 256 << 20,
            max_chart_bytes: 100 << 20,
            max_manifest_bytes: 4 << 20,
            max_tags: 100_000,
            cache_bytes: 2 << 30,
            index_freshness: Duration::from_secs(5),
            timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
        }
    }
}
