//! One conversation with a server: its deadline, its byte budget, and what really went wrong.
//!
//! The Git library speaks blocking readers and turns every failure into its own error. So each
//! reader and writer of ours goes through a [`Wire`], which waits no longer than the deadline, counts
//! what arrives, and remembers the first failure in our own words.

use super::RemoteError;
use std::future::Future;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::Instant;

pub(crate) struct Wire {
    runtime: Handle,
    deadline: Instant,
    time_limit: Duration,
    byte_limit: u64,
    received: AtomicU64,
    failure: Mutex<Option<RemoteError>>,
    /// Set when the conversation is over, so that long computations on its behalf stop.
    pub interrupt: AtomicBool,
}

impl Wire {
    pub fn new(runtime: Handle, time_limit: Duration, byte_limit: u64) -> Self {
        let deadline = Instant::now() + time_limit;
        Self {
            runtime,
            deadline,
            time_limit,
            byte_limit,
            received: AtomicU64::new(0),
            failure: Mutex::new(None),
            interrupt: AtomicBool::new(false),
        }
    }

    /// Waits for a future, but not beyond the deadline.
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> io::Result<T> {
        let in_time = async { tokio::time::timeout_at(self.deadline, future).await };
        self.runtime
            .block_on(in_time)
            .map_err(|_| self.fail(RemoteError::Timeout(self.time_limit)))
    }

    /// Counts bytes that arrived.
    pub fn received(&self, bytes: usize) -> io::Result<()> {
        let total = self.received.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        match total > self.byte_limit {
            true => Err(self.fail(RemoteError::TooLarge {
                limit: self.byte_limit,
            })),
            false => Ok(()),
        }
    }

    /// Remembers a failure (the first one is the reason for all later ones) and gives the error
    /// that ends the reader.
    pub fn fail(&self, error: RemoteError) -> io::Error {
        let ends = io::Error::other(error.to_string());
        self.failure
            .lock()
            .expect("no panic while held")
            .get_or_insert(error);
        self.interrupt.store(true, Ordering::Relaxed);
        ends
    }

    /// What went wrong: the failure remembered, or else what the Git library says.
    pub fn reason(&self, said: gix::Error) -> RemoteError {
        let remembered = self.failure.lock().expect("no panic while held").take();
        remembered.unwrap_or_else(|| RemoteError::Protocol {
            source: said.into(),
        })
    }

    /// Sets the interrupt flag at the deadline, for computations that wait for nothing.
    pub fn watch(self: &std::sync::Arc<Self>) -> tokio::task::JoinHandle<()> {
        let wire = std::sync::Arc::downgrade(self);
        let deadline = self.deadline;
        self.runtime.spawn(async move {
            tokio::time::sleep_until(deadline).await;
            if let Some(wire) = wire.upgrade() {
                wire.fail(RemoteError::Timeout(wire.time_limit));
            }
        })
    }
}
