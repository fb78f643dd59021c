//! `status.conditions`: what users should know.
//!
//! `UnsupportedWarning` and `ContestedWarning` are Caretaker's own additions; to clients they are
//! warnings like others.

use model::{Condition, Outcome, Timestamp};
use serde_json::{Value, json};

pub(super) fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome.conditions.iter().map(line).collect()
}

fn line(condition: &Condition) -> Value {
    json!({
        "type": condition.kind.as_str(),
        "message": condition.message,
        "lastTransitionTime": condition.since.rfc3339(),
    })
}

/// Says that the objects were left out.
pub(super) fn too_large(count: usize, now: Timestamp) -> Value {
    let message = format!(
        "The status with its {count} objects exceeds the Kubernetes resource size limit and could \
         not be persisted; the displayed status may be stale. Reduce resources, set \
         ApplyOutOfSyncOnly=true, lower spec.revisionHistoryLimit, or split the Application."
    );
    json!({"type": "UnknownError", "message": message, "lastTransitionTime": now.rfc3339()})
}
