//! How many objects of some kinds are there, by list or kept up to date by watches.

use anyhow::Result;
use cluster::{
    ApiResource, Connection, ListOptions, ObjectHead, WatchEvent, WatchHandle, WatchRequest,
};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// Counts what a label selector finds, page by page.
pub async fn count(
    connection: &Connection,
    kinds: &[ApiResource],
    selector: &str,
) -> Result<usize> {
    let label_selector = Some(selector.to_owned());
    let options = ListOptions {
        label_selector,
        ..Default::default()
    };
    let mut count = 0;
    for kind in kinds {
        connection.list(kind, &options, |_| count += 1).await?;
    }
    Ok(count)
}

/// A count that follows the cluster.
pub struct Census {
    counts: watch::Receiver<Vec<usize>>,
    _watches: Vec<WatchHandle>,
}

impl Census {
    /// Starts counting the objects that each of these requests finds.
    pub fn start(connection: &Connection, requests: Vec<WatchRequest>) -> Self {
        let (tell, counts) = watch::channel(vec![0; requests.len()]);
        let follow = |(at, request)| follow(connection, request, at, tell.clone());
        Self {
            counts,
            _watches: requests.into_iter().enumerate().map(follow).collect(),
        }
    }

    /// Objects there are.
    pub fn now(&self) -> usize {
        self.counts.borrow().iter().sum()
    }

    /// Waits until there are so many.
    pub async fn reaches(&mut self, wanted: usize) -> Result<()> {
        self.counts
            .wait_for(|counts| counts.iter().sum::<usize>() >= wanted)
            .await?;
        Ok(())
    }
}

fn follow(
    connection: &Connection,
    request: WatchRequest,
    at: usize,
    tell: watch::Sender<Vec<usize>>,
) -> WatchHandle {
    let seen = Mutex::new(HashSet::<String>::new());
    connection.watch(request, move |event| {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            WatchEvent::Restarted => seen.clear(),
            WatchEvent::Applied(object) => drop(uid(&object).map(|uid| seen.insert(uid))),
            WatchEvent::Deleted(object) => drop(uid(&object).map(|uid| seen.remove(&uid))),
            _ => {}
        }
        tell.send_modify(|counts| counts[at] = seen.len());
    })
}

fn uid(object: &[u8]) -> Option<String> {
    ObjectHead::read(object)
        .ok()?
        .metadata
        .uid
        .map(String::from)
}
