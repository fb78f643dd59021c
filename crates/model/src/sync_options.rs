//! How a sync behaves, after all spellings were read.

use std::fmt;

/// What happens to dependents when an object is deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PropagationPolicy {
    /// Dependents first, then the object (Argo CD's default).
    #[default]
    Foreground,
    /// The object first; the garbage collector follows.
    Background,
    /// Dependents stay.
    Orphan,
}

impl PropagationPolicy {
    /// As `DeleteOptions.propagationPolicy` spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Foreground => "Foreground",
            Self::Background => "Background",
            Self::Orphan => "Orphan",
        }
    }
}

impl fmt::Display for PropagationPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether something that cannot be undone may happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Consent {
    /// It may.
    #[default]
    Given,
    /// Only once somebody has confirmed it.
    OnConfirmation,
    /// Never.
    Never,
}

/// App-level sync options that the engine acts on (notes: Argo CD 3.5 "Sync Options").
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SyncOptions {
    /// `CreateNamespace=true`: the destination namespace is made first.
    pub create_namespace: bool,
    /// `PruneLast=true`: prunes come after every wave.
    pub prune_last: bool,
    /// `Prune=false` or `Prune=confirm`, where an object says nothing itself.
    pub prune: Consent,
    /// `Delete=false` or `Delete=confirm`, where an object says nothing itself.
    pub delete: Consent,
    /// `PrunePropagationPolicy=`.
    pub propagation: PropagationPolicy,
    /// `ApplyOutOfSyncOnly=true`: objects in sync are not applied again.
    pub only_out_of_sync: bool,
    /// `FailOnSharedResource=true`.
    pub fail_on_shared: bool,
    /// `Validate=false`: unknown fields are let through.
    pub skip_validation: bool,
    /// `Replace=true`: objects are replaced rather than applied.
    pub replace: bool,
    /// `ClientSideApplyMigration=false`: fields applied client-side keep their manager.
    pub keep_client_side: bool,
    /// `RespectIgnoreDifferences=true`: ignored fields are applied as they are live.
    pub respect_ignored: bool,
}
