//! Many pieces of work, so many at once: the bare loop itself.

use anyhow::Result;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// Requests in flight of every bare loop: more brought nothing where both cores are full already.
pub const SIXTEEN: usize = 16;

/// Does `work` on each item, [`SIXTEEN`] at once, in order. The first error ends it.
pub async fn each<T, F>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> F + Clone + Send + 'static,
) -> Result<()>
where
    T: Send + 'static,
    F: Future<Output = Result<()>> + Send,
{
    let items: Vec<T> = items.into_iter().collect();
    let items = Arc::new(Mutex::new(items.into_iter()));
    let mut workers = JoinSet::new();
    for _ in 0..SIXTEEN {
        let (items, work) = (items.clone(), work.clone());
        workers.spawn(async move {
            let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
            while let Some(item) = next() {
                work(item).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = workers.join_next().await {
        ended??;
    }
    Ok(())
}
