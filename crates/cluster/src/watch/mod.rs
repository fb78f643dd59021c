//! A kind kept in view. Comes in: which kind, which objects of it. Goes out: a never-ending stream
//! of [`WatchEvent`]s into a sink, through restarts, expiries and refusals of the server.
//!
//! Each watch is a task of its own: one kind's failure never stops the others.

mod backoff;
mod event;
mod follow;
mod frame;
mod frames;
mod initial;
mod stream;

pub use event::{FailureReason, WatchEvent};

use crate::{ApiResource, Connection, ListOptions};

/// What to watch.
#[derive(Clone, Debug)]
pub struct WatchRequest {
    /// The kind.
    pub resource: ApiResource,
    /// One namespace; all if `None`.
    pub namespace: Option<String>,
    /// As in `app=web`.
    pub label_selector: Option<String>,
    /// As in `metadata.name=web`.
    pub field_selector: Option<String>,
    /// Only metadata is sent: events hold `PartialObjectMetadata`.
    pub metadata_only: bool,
}

impl WatchRequest {
    /// All objects of a kind, whole.
    pub fn all(resource: ApiResource) -> Self {
        Self {
            resource,
            namespace: None,
            label_selector: None,
            field_selector: None,
            metadata_only: false,
        }
    }

    fn list_options(&self) -> ListOptions {
        ListOptions {
            namespace: self.namespace.clone(),
            label_selector: self.label_selector.clone(),
            field_selector: self.field_selector.clone(),
            metadata_only: self.metadata_only,
        }
    }
}

/// A running watch; it ends when this is dropped.
#[derive(Debug)]
#[must_use = "the watch ends when its handle is dropped"]
pub struct WatchHandle(tokio::task::AbortHandle);

impl Drop for WatchHandle {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Connection {
    /// Starts a watch. `sink` is called from the watch's task, one event after the other; the bytes
    /// it is given share a buffer with their neighbours, so what is kept should be copied out.
    pub fn watch(
        &self,
        request: WatchRequest,
        sink: impl Fn(WatchEvent) + Send + Sync + 'static,
    ) -> WatchHandle {
        let follower = follow::Follower::new(self.clone(), request, Box::new(sink));
        WatchHandle(tokio::spawn(follower.run()).abort_handle())
    }
}
