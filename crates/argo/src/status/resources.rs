//! `status.resources`: a line for each managed object.
//!
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (ResourceStatus).

use super::Fields;
use model::{Outcome, ResourceStatus};
use serde_json::Value;

pub(super) fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome.resources.iter().map(line).collect()
}

fn line(resource: &ResourceStatus) -> Value {
    let key = &resource.key;
    let health = resource.health.as_ref().map(|(word, message)| {
        Fields::new()
            .text("status", word)
            .text("message", message)
            .done()
    });
    Fields::new()
        .text("group", &key.group_kind.group)
        .text("version", &resource.version)
        .text("kind", &key.group_kind.kind)
        .text("namespace", &key.namespace)
        .text("name", &key.name)
        .text("status", resource.sync.as_str())
        .some("health", health)
        .flag("requiresPruning", resource.requires_pruning)
        .flag(
            "requiresDeletionConfirmation",
            resource.requires_confirmation,
        )
        .count("syncWave", resource.wave)
        .done()
}
