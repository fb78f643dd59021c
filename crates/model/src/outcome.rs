//! What the engine has to say of an app: the door turns it into the dialect's status.

use crate::{Initiator, ObjectKey, OperationState, Revision, Timestamp};
use std::sync::Arc;

/// Does the cluster match the source?
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SyncStatus {
    /// Every object was compared and is as the source says.
    Synced,
    /// Something differs, is missing, or should not be there.
    OutOfSync,
    /// It could not be told.
    #[default]
    Unknown,
}

impl SyncStatus {
    /// Argo CD's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Synced => "Synced",
            Self::OutOfSync => "OutOfSync",
            Self::Unknown => "Unknown",
        }
    }
}

/// One managed object as shown in status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceStatus {
    /// The object.
    pub key: ObjectKey,
    /// Its version.
    pub version: Arc<str>,
    /// Its verdict.
    pub sync: SyncStatus,
    /// It is live but no longer in the source.
    pub requires_pruning: bool,
    /// Its deletion or pruning waits for a confirmation.
    pub requires_confirmation: bool,
    /// Its wave.
    pub wave: i64,
    /// Its health, when its kind has one: status word and message.
    pub health: Option<(Arc<str>, String)>,
    /// What differs, one line a field, secrets masked.
    pub differences: Vec<String>,
}

/// Kinds of conditions, in Argo CD's words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ConditionKind {
    /// The app's objects could not be deleted.
    DeletionError,
    /// The definition is wrong.
    InvalidSpecError,
    /// Desired or live state could not be had or compared.
    ComparisonError,
    /// Automatic sync failed or was refused.
    SyncError,
    /// An object belongs to another app.
    SharedResourceWarning,
    /// An object stands twice in the source.
    RepeatedResourceWarning,
    /// An object is of an excluded kind.
    ExcludedResourceWarning,
    /// Something the definition asks for is not acted on yet.
    UnsupportedWarning,
    /// Another writer keeps changing what we set.
    ContestedWarning,
}

impl ConditionKind {
    /// The word in status.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeletionError => "DeletionError",
            Self::InvalidSpecError => "InvalidSpecError",
            Self::ComparisonError => "ComparisonError",
            Self::SyncError => "SyncError",
            Self::SharedResourceWarning => "SharedResourceWarning",
            Self::RepeatedResourceWarning => "RepeatedResourceWarning",
            Self::ExcludedResourceWarning => "ExcludedResourceWarning",
            Self::UnsupportedWarning => "UnsupportedWarning",
            Self::ContestedWarning => "ContestedWarning",
        }
    }
}

/// Something users should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// What sort.
    pub kind: ConditionKind,
    /// What, where, why, and what to do next.
    pub message: String,
    /// Since when.
    pub since: Timestamp,
}

/// A past deployment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryEntry {
    /// Rises for ever.
    pub id: u64,
    /// What was deployed.
    pub revision: Revision,
    /// When the sync began.
    pub started_at: Timestamp,
    /// When it was done.
    pub deployed_at: Timestamp,
    /// Who asked for it.
    pub initiated_by: Initiator,
    /// The source as it was, in the dialect's own form.
    pub source: Arc<serde_json::Value>,
}

/// Since when the source could not be reached, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Staleness {
    /// The last success, if there was one since we run.
    pub last_success: Option<Timestamp>,
    /// The failure, with its causes.
    pub error: String,
}

/// All that is to be said of an app.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// Overall verdict.
    pub sync: SyncStatus,
    /// The revision the verdict is about.
    pub revision: Option<Revision>,
    /// Overall health: status word and since when.
    pub health: Option<(Arc<str>, Timestamp)>,
    /// Its objects, sorted by key.
    pub resources: Vec<ResourceStatus>,
    /// What users should know, sorted by kind and message.
    pub conditions: Vec<Condition>,
    /// The running or last operation.
    pub operation: Option<OperationState>,
    /// Past deployments, oldest first.
    pub history: Vec<HistoryEntry>,
    /// When the app was last compared with a freshly resolved source.
    pub reconciled_at: Option<Timestamp>,
    /// Which renderer made the manifests (`Directory`, `Kustomize`, `Helm`).
    pub source_type: Arc<str>,
    /// Images of the desired workloads, sorted.
    pub images: Vec<String>,
    /// Links to what the live objects serve, sorted.
    pub urls: Vec<String>,
}
