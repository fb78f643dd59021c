//! The words of Caretaker.
//!
//! Comes in: nothing. Goes out: the types every station of the river speaks: which object
//! ([`ObjectKey`]), what is wanted of it ([`Manifest`]), where it was read ([`SourceTree`],
//! [`Revision`]) and which application wants it ([`App`]). Dialects (Argo CD, Flux) end at the
//! doors; nothing here knows which one an app came from.

mod app;
mod deletion;
mod digest;
pub mod glob;
mod links;
mod manifest;
mod memory_tree;
mod object_key;
mod operation;
mod outcome;
mod project;
mod source_key;
mod source_tree;
mod sync_options;
mod sync_phase;
mod timestamp;
mod version;

pub use app::{
    App, AppId, Automated, Backoff, Destination, IgnoreRule, Remembered, Retry, Tracking,
    TrackingMethod,
};
pub use deletion::{DeleteHooks, Deletion, DeletionDone};
pub use digest::Digest;
pub use links::{Place, follow_links};
pub use manifest::{Manifest, Origin};
pub use memory_tree::MemoryTree;
pub use object_key::{ClusterId, GroupKind, GroupVersionKind, ObjectKey};
pub use operation::{
    Initiator, ObjectSelector, Operation, OperationPhase, OperationSource, OperationState,
    ResourceResult, ResultCode,
};
pub use outcome::{
    Condition, ConditionKind, HistoryEntry, Outcome, ResourceStatus, Staleness, SyncStatus,
};
pub use project::{Project, Verdict};
pub use source_key::{Reference, Revision, SourceKey};
pub use source_tree::{Blob, Entry, EntryKind, SourceTree, TreeError, TreePath, TreePathError};
pub use sync_options::{Consent, PropagationPolicy, SyncOptions};
pub use sync_phase::SyncPhase;
pub use timestamp::Timestamp;
pub use version::{RangeError, Version, VersionError, VersionRange};
