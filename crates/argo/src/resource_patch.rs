//! One patch for all that is to change on an Application's custom resource.
//!
//! Application has no status subresource: status, a taken operation, a done refresh and a released
//! finalizer go out as one merge patch, so that a crash never leaves half of it.

use crate::{
    Settings, finalizer_release_patch, hook_finalizers_patch, merge_patches, operation_taken_patch,
    refresh_done_patch, status, status_patch,
};
use model::{DeletionDone, Outcome};
use serde_json::Value;

/// Which requests on the resource are done with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Done {
    /// The operation was taken in.
    pub operation: bool,
    /// The refresh is done.
    pub refresh: bool,
    /// What of its deletion is done.
    pub deletion: DeletionDone,
    /// Whether the app has hooks before, and after, its deletion; none when that is not known.
    pub delete_hooks: Option<(bool, bool)>,
}

/// The merge patch that makes the resource say the outcome; none when it says so already.
pub fn resource_patch(
    outcome: &Outcome,
    resource: &Value,
    done: Done,
    settings: &Settings,
) -> Option<Value> {
    let next = status(outcome, resource, settings);
    let nothing = Value::Object(Default::default());
    let said = status_patch(resource.get("status").unwrap_or(&nothing), &next);
    let operation =
        (done.operation && resource.get("operation").is_some()).then(operation_taken_patch);
    let refresh = done.refresh.then(refresh_done_patch);
    let release = finalizer_release_patch(resource, &done.deletion);
    let hooks = done
        .delete_hooks
        .and_then(|hooks| hook_finalizers_patch(resource, hooks));
    let parts: Vec<Value> = [said, operation, refresh, release, hooks]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| merge_patches(parts))
}
