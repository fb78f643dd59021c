//! Objects that are going away.
//!
//! Comes in: an object. Goes out: that it is pending deletion, whatever its kind, unless it is a
//! hook that the engine itself still holds by its finalizer.

use crate::status::{Health, HealthStatus};
use serde_json::Value;

/// Keeps a hook until the phase it belongs to is over.
const HOOK_FINALIZER: &str = "argocd.argoproj.io/hook-finalizer";

/// The health of an object that is being deleted; nothing for all others.
pub fn pending_deletion(object: &Value) -> Option<Health> {
    let metadata = object.get("metadata")?;
    let deleting = metadata
        .get("deletionTimestamp")?
        .as_str()
        .is_some_and(|at| !at.is_empty());
    let finalizers = metadata.get("finalizers").and_then(Value::as_array);
    let held = finalizers.is_some_and(|all| all.iter().any(|one| one == HOOK_FINALIZER));
    (deleting && !held).then(|| HealthStatus::Progressing.because("Pending deletion"))
}
