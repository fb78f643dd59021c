//! Crossplane: managed resources and what describes them, `*.crossplane.io`.
//!
//! Whatever has no status is up to date: it only describes. A failed operation or reconciliation
//! counts at once; being ready counts only if nothing behind it has failed.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(_: &str) -> Option<Check> {
    Some(Check::Code(|object| family(object, DESCRIBING, READY)))
}

/// Kinds whose status stays empty.
const DESCRIBING: &[&str] = &[
    "Composition",
    "CompositionRevision",
    "DeploymentRuntimeConfig",
    "ClusterProviderConfig",
    "ProviderConfig",
    "ProviderConfigUsage",
    "ControllerConfig",
];
/// Conditions by which a kind says that it is ready.
const READY: &[&str] = &[
    "Ready",
    "Healthy",
    "Offered",
    "Established",
    "ValidPipeline",
    "RevisionHealthy",
];
const UP_TO_DATE: &str = "Resource is up-to-date.";
const PROVISIONING: &str = "Provisioning ...";

/// The rule of Crossplane's families, which differ in two lists.
pub(super) fn family(object: Field<'_>, describing: &[&str], ready: &[&str]) -> Verdict {
    let (status, kind) = (object.get("status")?, object.get("kind")?);
    if !status.is_set() {
        return Healthy.says(UP_TO_DATE);
    }
    let blank = status.values()?.next().is_none();
    if blank && kind.is_one_of(describing) {
        return Healthy.says(UP_TO_DATE);
    }
    let conditions = status.get("conditions")?;
    if blank || !conditions.is_set() {
        let config = kind.is_one_of(&["ProviderConfig", "ClusterProviderConfig"]);
        return match config && status.get("users")?.is_set() {
            true => Healthy.says("Resource is in use."),
            false => Progressing.says(PROVISIONING),
        };
    }
    by_conditions(conditions, ready)
}

fn by_conditions(conditions: Field<'_>, ready: &[&str]) -> Verdict {
    let mut is_ready = false;
    for condition in conditions.items()? {
        let (kind, status) = (condition.get("type")?, condition.get("status")?);
        if kind.is_one_of(&["LastAsyncOperation", "Synced"]) && status.is("False") {
            return Degraded.says(condition.get("message")?);
        }
        is_ready |= kind.is_one_of(ready) && status.is("True");
    }
    match is_ready {
        true => Healthy.says(UP_TO_DATE),
        false => Progressing.says(PROVISIONING),
    }
}
