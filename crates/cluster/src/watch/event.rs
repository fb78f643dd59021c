//! What a watch tells.

use std::time::Duration;

use bytes::Bytes;

/// One thing that happened on a watch.
#[derive(Clone, Debug)]
pub enum WatchEvent {
    /// A first list begins (at the start, or because the server forgot where we were): what was
    /// known before may be out of date until `Listed`.
    Restarted,
    /// The first list is complete: the objects applied since `Restarted` are all there are.
    Listed {
        /// The resourceVersion at which that was so.
        resource_version: String,
    },
    /// The stream goes on after `Failed`, from where it was: nothing was missed.
    Resumed,
    /// An object is there, new or changed: its JSON.
    Applied(Bytes),
    /// An object is gone: its last JSON.
    Deleted(Bytes),
    /// The watch does not work at the moment; it goes on trying.
    Failed {
        /// In words, causes included.
        error: String,
        /// In one word.
        reason: FailureReason,
        /// How long it has not worked.
        failing_for: Duration,
    },
}

/// Why a watch does not work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FailureReason {
    /// The kind is not served (any more).
    NotServed,
    /// We may not watch it.
    Forbidden,
    /// The server cannot be reached.
    Unreachable,
    /// Anything else.
    Other,
}
