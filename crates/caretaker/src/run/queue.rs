//! Requests waiting for a worker: interactive ones first, then bulk, each in order.
//!
//! A request is small; ten thousand of them waiting cost a few MiB, where ten thousand futures
//! would cost many times that.

use engine::{Priority, Request};
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::Notify;

#[derive(Default)]
struct Waiting {
    interactive: VecDeque<Request>,
    bulk: VecDeque<Request>,
    closed: bool,
}

/// The queue.
#[derive(Default)]
pub struct Queue {
    waiting: Mutex<Waiting>,
    changed: Notify,
}

impl Queue {
    /// Adds a request.
    pub fn push(&self, request: Request) {
        let mut waiting = self
            .waiting
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        match request.priority {
            Priority::Interactive => waiting.interactive.push_back(request),
            Priority::Bulk => waiting.bulk.push_back(request),
        }
        drop(waiting);
        self.changed.notify_one();
    }

    /// Ends it: workers finish what they do and stop.
    pub fn close(&self) {
        self.waiting
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .closed = true;
        self.changed.notify_waiters();
        self.changed.notify_one();
    }

    /// The next request; none when the queue is closed.
    pub async fn next(&self) -> Option<Request> {
        loop {
            let changed = self.changed.notified();
            {
                let mut waiting = self
                    .waiting
                    .lock()
                    .unwrap_or_else(|poisoned| poisoned.into_inner());
                if waiting.closed {
                    self.changed.notify_one();
                    return None;
                }
                let next = waiting
                    .interactive
                    .pop_front()
                    .or_else(|| waiting.bulk.pop_front());
                if let Some(request) = next {
                    if !waiting.interactive.is_empty() || !waiting.bulk.is_empty() {
                        self.changed.notify_one();
                    }
                    return Some(request);
                }
            }
            changed.await;
        }
    }
}
