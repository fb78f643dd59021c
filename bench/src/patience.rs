//! An end to every wait.

use anyhow::{Result, anyhow};
use std::time::Duration;

/// Waits for something, so long and no longer.
pub async fn within<T>(
    limit: Duration,
    what: &str,
    wish: impl Future<Output = Result<T>>,
) -> Result<T> {
    let late = || anyhow!("{what}: not within {} s", limit.as_secs());
    tokio::time::timeout(limit, wish)
        .await
        .unwrap_or_else(|_| Err(late()))
}
