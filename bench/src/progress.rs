//! Lines for who waits: what is going on, and how long the run has lasted.

use std::sync::LazyLock;
use std::time::Instant;

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Tells what is going on, on stderr.
pub fn say(what: impl AsRef<str>) {
    eprintln!(
        "[{:7.1} s] {}",
        BEGUN.elapsed().as_secs_f64(),
        what.as_ref()
    );
}
