//! A file of a chart.

use std::sync::Arc;

/// A file: its path inside the chart, and its bytes without a byte order mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, relative to the chart: `templates/service.yaml`.
    pub name: Arc<str>,
    /// Its bytes.
    pub data: Arc<[u8]>,
}
