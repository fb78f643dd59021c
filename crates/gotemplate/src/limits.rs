//! How much a template may do.
//!
//! Comes in: what the caller allows. Goes out: bounds every execution keeps to. They exist because
//! charts come from people one need not trust: a few lines can loop for ever or print gigabytes.

/// Bounds of one execution, everything it includes counted. The defaults are far above any real
/// chart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// How deep templates may call and include each other.
    pub depth: usize,
    /// Nodes, iterations and calls.
    pub steps: u64,
    /// Bytes of one text: an output, or what a function gives.
    pub text: usize,
    /// Bytes of all texts that are made.
    pub texts: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 10_000,
            steps: 200_000_000,
            text: 64 << 20,
            texts: 4 << 30,
        }
    }
}
