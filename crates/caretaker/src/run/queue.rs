//! Requests waiting for a worker: interactive ones first, then bulk work, and in every fourth turn
//! a status, so that statuses neither hold work up nor wait for its end.
//!
//! A request is small; ten thousand of them waiting cost a few MiB, where ten thousand futures
//! would cost many times that.

use engine::{Priority, Request, Work};
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::Notify;

#[derive(Default)]
struct Waiting {
    interactive: VecDeque<Request>,
    bulk: VecDeque<Request>,
    reports: VecDeque<Request>,
    /// Bulk requests taken since the last report.
    turn: usize,
    closed: bool,
}

/// After so many bulk requests a report has its turn.
const TURNS: usize = 3;

impl Waiting {
    fn take(&mut self) -> Option<Request> {
        if let Some(request) = self.interactive.pop_front() {
            return Some(request);
        }
        if self.turn >= TURNS || self.bulk.is_empty() {
            self.turn = 0;
            if let Some(report) = self.reports.pop_front() {
                return Some(report);
            }
        }
        self.turn += 1;
        self.bulk.pop_front()
    }

    fn is_empty(&self) -> bool {
        self.interactive.is_empty() && self.bulk.is_empty() && self.reports.is_empty()
    }
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
            Priority::Bulk if matches!(request.work, Work::Report(_)) => {
                waiting.reports.push_back(request);
            }
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

    /// Does nothing wait for a worker?
    pub fn is_idle(&self) -> bool {
        let waiting = self
            .waiting
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        waiting.is_empty()
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
                if let Some(request) = waiting.take() {
                    if !waiting.is_empty() {
                        self.changed.notify_one();
                    }
                    return Some(request);
                }
            }
            changed.await;
        }
    }
}
