//! An application as the engine sees it, whichever door it came through.

use crate::{
    ClusterId, Deletion, HistoryEntry, Operation, OperationState, SourceKey, SyncOptions, Timestamp,
};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Names an app: namespace and name of its custom resource.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct AppId {
    /// Namespace of the custom resource.
    pub namespace: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
}

impl AppId {
    /// Makes one from its parts.
    pub fn new(namespace: &str, name: &str) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
        }
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// Where an app's objects go.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Destination {
    /// The cluster.
    pub cluster: ClusterId,
    /// Namespace for namespaced objects that name none; may be empty.
    pub namespace: Arc<str>,
}

/// Automatic syncing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Automated {
    /// Objects that left the source are deleted.
    pub prune: bool,
    /// Drift is set back without a new commit.
    pub self_heal: bool,
    /// An empty desired set may delete everything.
    pub allow_empty: bool,
}

/// Waiting time between retries: `duration * factor^n`, at most `maximum`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backoff {
    /// The first wait.
    pub duration: Duration,
    /// Growth per retry.
    pub factor: u32,
    /// The longest wait.
    pub maximum: Duration,
}

impl Backoff {
    /// The wait before retry number `retry` (from 0).
    pub fn wait(&self, retry: u32) -> Duration {
        let factor = self.factor.max(1).saturating_pow(retry.min(32));
        self.duration.saturating_mul(factor).min(self.maximum)
    }
}

/// How often a failed operation is tried again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retry {
    /// How many times; none means for ever.
    pub limit: Option<u32>,
    /// How long between.
    pub backoff: Backoff,
    /// Retries take the newest revision rather than the first one's.
    pub refresh: bool,
}

/// Differences that do not count.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IgnoreRule {
    /// API group as a glob.
    pub group: String,
    /// Kind as a glob.
    pub kind: String,
    /// Exact name; empty for any.
    pub name: String,
    /// Exact namespace; empty for any.
    pub namespace: String,
    /// Fields, as JSON pointers.
    pub json_pointers: Vec<String>,
    /// Fields, as jq path expressions.
    pub jq_paths: Vec<String>,
    /// Fields last written by these managers.
    pub managers: Vec<String>,
}

/// How live objects are told to be ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TrackingMethod {
    /// An annotation with the full id.
    #[default]
    Annotation,
    /// A label with the app's name.
    Label,
    /// The annotation decides; the label informs.
    AnnotationAndLabel,
}

/// The marks put on objects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tracking {
    /// Which marks.
    pub method: TrackingMethod,
    /// The label's key.
    pub label_key: Arc<str>,
    /// Tells several installations in one cluster apart; usually none.
    pub installation_id: Option<Arc<str>>,
    /// The app's name as it stands in marks (Argo CD: `name`, or `namespace_name` outside the
    /// control plane's namespace).
    pub instance: Arc<str>,
}

/// What the custom resource's status remembers across restarts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remembered {
    /// The last operation.
    pub operation: Option<OperationState>,
    /// Past deployments, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Since when the app's health is what it is.
    pub health_since: Option<Timestamp>,
}

/// An application.
#[derive(Clone, PartialEq, Debug)]
pub struct App {
    /// Its name.
    pub id: AppId,
    /// The custom resource's UID, to tell a re-created app from the old one.
    pub uid: Arc<str>,
    /// Its project.
    pub project: Arc<str>,
    /// Where its manifests are.
    pub source: SourceKey,
    /// The renderer's options, opaque to the engine: equal values render equally.
    pub render: Arc<serde_json::Value>,
    /// What the installation tells every renderer, opaque to the engine too.
    pub render_settings: Arc<serde_json::Value>,
    /// The source in the dialect's own form, for the history.
    pub written_source: Arc<serde_json::Value>,
    /// Where they go.
    pub destination: Destination,
    /// Automatic syncing, if on.
    pub automated: Option<Automated>,
    /// Sync options.
    pub options: SyncOptions,
    /// Retries of failed operations.
    pub retry: Option<Retry>,
    /// Differences that do not count.
    pub ignore: Vec<IgnoreRule>,
    /// Labels and annotations of the namespace that `CreateNamespace` makes.
    pub namespace_metadata: Option<Arc<serde_json::Value>>,
    /// How many past deployments are kept.
    pub history_limit: usize,
    /// The marks on its objects.
    pub tracking: Tracking,
    /// Field manager of its writes.
    pub field_manager: Arc<str>,
    /// A sync somebody asked for.
    pub requested: Option<Operation>,
    /// A fresh look somebody asked for; `true` when caches must not be used.
    pub refresh: Option<bool>,
    /// When a user last approved what waits for a confirmation.
    pub approved_at: Option<Timestamp>,
    /// The manager whose client-side applied fields become ours, if it is not kubectl's own.
    pub client_side_manager: Option<Arc<str>>,
    /// Set when the app is being deleted: how to treat its objects.
    pub deletion: Option<Deletion>,
    /// Reconciling is switched off.
    pub paused: bool,
    /// What is wrong with the definition itself; while there is any, nothing is written.
    pub invalid: Vec<String>,
    /// Fields that are understood but not acted on yet; told, never dropped silently.
    pub not_acted_on: Vec<String>,
    /// What its status remembers.
    pub remembered: Remembered,
}
