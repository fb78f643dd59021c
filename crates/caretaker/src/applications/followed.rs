//! One Application, followed by a watch: never polled, and through whatever the watch suffers.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use cluster::{Connection, FailureReason, WatchEvent, WatchHandle, WatchRequest};
use serde_json::Value;
use tokio::sync::mpsc;

/// What is seen of an Application that is followed.
#[derive(Debug)]
pub enum Seen {
    /// It is there, new or changed.
    Here(Box<Value>),
    /// It is not there (any more).
    Gone,
    /// It cannot be seen at the moment, in words.
    Hidden(String),
    /// It may not be seen at all.
    Forbidden(String),
}

/// An Application being followed; it ends when this is dropped.
#[derive(Debug)]
pub struct Followed {
    changes: mpsc::UnboundedReceiver<Seen>,
    _handle: WatchHandle,
}

impl Followed {
    /// Begins to watch one Application.
    pub fn start(connection: &Connection, request: WatchRequest) -> Self {
        let (seen, changes) = mpsc::unbounded_channel();
        let found = AtomicBool::new(false);
        let handle = connection.watch(request, move |event| {
            if let Some(what) = see(event, &found) {
                // Nobody looks any more: the watch is about to end.
                let _ = seen.send(what);
            }
        });
        Self {
            changes,
            _handle: handle,
        }
    }

    /// The next thing seen of it. Waits for ever where nothing happens.
    pub async fn next(&mut self) -> Seen {
        match self.changes.recv().await {
            Some(seen) => seen,
            None => std::future::pending().await,
        }
    }
}

fn see(event: WatchEvent, found: &AtomicBool) -> Option<Seen> {
    match event {
        WatchEvent::Restarted => {
            found.store(false, Relaxed);
            None
        }
        WatchEvent::Applied(bytes) => {
            found.store(true, Relaxed);
            let hidden = |error: serde_json::Error| Seen::Hidden(error.to_string());
            Some(serde_json::from_slice(&bytes).map_or_else(hidden, Seen::Here))
        }
        WatchEvent::Deleted(_) => Some(Seen::Gone),
        WatchEvent::Listed { .. } => (!found.load(Relaxed)).then_some(Seen::Gone),
        WatchEvent::Resumed => None,
        WatchEvent::Failed { error, reason, .. } => Some(match reason {
            FailureReason::Forbidden => Seen::Forbidden(error),
            FailureReason::NotServed | FailureReason::Unreachable | FailureReason::Other => {
                Seen::Hidden(error)
            }
        }),
    }
}
