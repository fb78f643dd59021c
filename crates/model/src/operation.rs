//! A sync that was asked for, and how far it got.

use crate::{ObjectKey, Retry, Revision, SourceKey, SyncOptions, SyncPhase, Timestamp};
use std::sync::Arc;

/// Who asked for an operation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Initiator {
    /// The user, empty when unknown.
    pub username: String,
    /// True when Caretaker started it by itself.
    pub automated: bool,
}

/// A requested sync.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Operation {
    /// Revision to sync to; none means what the app follows.
    pub revision: Option<Revision>,
    /// Extra objects may be deleted.
    pub prune: bool,
    /// Only say what would happen.
    pub dry_run: bool,
    /// Objects that cannot be changed in place are deleted and made anew.
    pub force: bool,
    /// Hooks are left out (strategy `apply`).
    pub skip_hooks: bool,
    /// Sync options that stand in for the app's own; none leaves those in force.
    pub options: Option<SyncOptions>,
    /// Another source than the app's own, as a rollback names it.
    pub source: Option<Arc<OperationSource>>,
    /// Manifests to sync in place of what the source renders to, a YAML or JSON text each.
    pub manifests: Option<Arc<[String]>>,
    /// Only these objects (empty: all); a selective sync is not put in history.
    pub only: Vec<ObjectSelector>,
    /// Who asked.
    pub initiated_by: Initiator,
    /// How often it is tried again when it fails; none means never.
    pub retry: Option<Retry>,
    /// Self-heal attempts so far for this state.
    pub self_heal_attempts: u32,
    /// The request as the door received it, kept so that it can be shown as it was written.
    pub verbatim: Option<Arc<serde_json::Value>>,
    /// Parts of the request that are known but not acted on: told, never dropped silently.
    pub not_acted_on: Vec<String>,
    /// Why it cannot be carried out as asked; if there is any, it ends in Error with these words
    /// and nothing is written.
    pub invalid: Vec<String>,
}

/// A source that only one operation syncs.
#[derive(Clone, PartialEq, Debug)]
pub struct OperationSource {
    /// Where its manifests are.
    pub key: SourceKey,
    /// The renderer's options.
    pub render: serde_json::Value,
    /// The source in the dialect's own form, for the history.
    pub written: serde_json::Value,
}

/// JSON values have no notion of total equality of floats; sources hold none that matter.
impl Eq for OperationSource {}

/// Names one object of an operation, without a cluster or version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ObjectSelector {
    /// API group.
    pub group: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Namespace; empty matches any.
    pub namespace: String,
}

impl ObjectSelector {
    /// Does it name this object?
    pub fn matches(&self, key: &ObjectKey) -> bool {
        *self.group == *key.group_kind.group
            && *self.kind == *key.group_kind.kind
            && *self.name == *key.name
            && (self.namespace.is_empty() || *self.namespace == *key.namespace)
    }
}

/// Phase of an operation, in Argo CD's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OperationPhase {
    /// Under way (also while waiting for a retry).
    Running,
    /// Stopping because a user asked.
    Terminating,
    /// All done.
    Succeeded,
    /// Some object failed.
    Failed,
    /// It could not be carried out at all.
    Error,
}

impl OperationPhase {
    /// Argo CD's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "Running",
            Self::Terminating => "Terminating",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Error => "Error",
        }
    }

    /// Is it over?
    pub fn is_finished(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Error)
    }
}

/// What became of one object in an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResultCode {
    /// Applied.
    Synced,
    /// Refused by the server, or not permitted.
    SyncFailed,
    /// Deleted.
    Pruned,
    /// Would be deleted, but must not be.
    PruneSkipped,
}

impl ResultCode {
    /// Argo CD's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Synced => "Synced",
            Self::SyncFailed => "SyncFailed",
            Self::Pruned => "Pruned",
            Self::PruneSkipped => "PruneSkipped",
        }
    }
}

/// One object's line in an operation's result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceResult {
    /// The object.
    pub key: ObjectKey,
    /// Its version as applied.
    pub version: Arc<str>,
    /// The phase it was handled in.
    pub phase: SyncPhase,
    /// It is a hook.
    pub hook: bool,
    /// What became of it.
    pub code: ResultCode,
    /// How far it is: an applied object runs until it is known to be healthy.
    pub state: OperationPhase,
    /// What the server said, or why it was skipped.
    pub message: String,
}

/// An operation with its progress.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OperationState {
    /// What was asked.
    pub operation: Operation,
    /// How far it is.
    pub phase: OperationPhase,
    /// In words that scripts match.
    pub message: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended (also set while waiting for a retry).
    pub finished_at: Option<Timestamp>,
    /// Retries so far.
    pub retry_count: u32,
    /// The revision that was synced to.
    pub revision: Option<Revision>,
    /// A line an object.
    pub results: Vec<ResourceResult>,
}
