//! What renders of charts share: templates that were parsed before, and the time.

use helm::engine::ParsedTemplates;
use sprig::Clock;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Shared by all renders of charts.
#[derive(Default)]
pub struct Charts {
    /// Templates parsed before.
    pub templates: Arc<ParsedTemplates>,
    /// What `now` gives. It shows in manifests, and certificates begin with it, so callers let it
    /// stand still for long.
    pub clock: Clock,
    /// What nobody else knows: passwords and keys that charts draw come of it, so that they stay as
    /// they are and nobody can guess them.
    pub secret: RwLock<Arc<[u8]>>,
}

impl Charts {
    /// The secret as it is now.
    pub(crate) fn secret(&self) -> Arc<[u8]> {
        let secret = self.secret.read();
        Arc::clone(&secret.unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Charts {
    /// Shows no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Charts").finish_non_exhaustive()
    }
}
