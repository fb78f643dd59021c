//! The phases of a sync, in the order they run.

use std::fmt;

/// A phase of a sync (Argo CD 3.5: gitops-engine/pkg/sync/common/types.go).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub enum SyncPhase {
    /// Before anything is applied.
    PreSync,
    /// The objects themselves.
    #[default]
    Sync,
    /// Once all is applied and healthy.
    PostSync,
    /// Only when something failed.
    SyncFail,
}

impl SyncPhase {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::PreSync, Self::Sync, Self::PostSync, Self::SyncFail];

    /// Argo CD's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreSync => "PreSync",
            Self::Sync => "Sync",
            Self::PostSync => "PostSync",
            Self::SyncFail => "SyncFail",
        }
    }

    /// The phase a word names.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == word)
    }
}

impl fmt::Display for SyncPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
