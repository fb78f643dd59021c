//! Guards a project asks for that are not there yet.
//!
//! Comes in: the project's spec. Goes out: why its apps are refused, where passing over the guard
//! would let through what it is there to stop; and what is merely not acted on.

use crate::fields::Object;
use serde_json::Value;

/// Guards that cannot be passed over.
pub(super) fn refusals(spec: &Object<'_>) -> Vec<String> {
    let mut refusals = Vec::new();
    let mut refuse =
        |field: &str, why: &str| refusals.push(format!("{}: {why}", spec.path_of(field)));
    if is_there(spec, "signatureKeys") {
        refuse(
            "signatureKeys",
            "signatures of commits cannot be verified yet",
        );
    }
    if is_there(spec, "sourceIntegrity") {
        refuse(
            "sourceIntegrity",
            "signatures of commits cannot be verified yet",
        );
    }
    if spec.flag("permitOnlyProjectScopedClusters") == Some(true) {
        let why = "clusters of a project are not supported yet, so none is permitted";
        refuse("permitOnlyProjectScopedClusters", why);
    }
    refusals
}

/// What is told and does no harm.
pub(super) fn not_acted_on(spec: &Object<'_>) -> Vec<String> {
    let told = [
        ("orphanedResources", "orphaned resources are not watched"),
        (
            "destinationServiceAccounts",
            "writes use Caretaker's own account",
        ),
        ("roles", "there is no API whose users they could limit"),
    ];
    let told = told.iter().filter(|(field, _)| is_there(spec, field));
    told.map(|(field, why)| format!("{}: not acted on: {why}", spec.path_of(field)))
        .collect()
}

fn is_there(spec: &Object<'_>, field: &str) -> bool {
    match spec.value(field) {
        None => false,
        Some(Value::Array(list)) => !list.is_empty(),
        Some(_) => true,
    }
}
