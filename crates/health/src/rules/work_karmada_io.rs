//! Karmada: what is sent to many clusters.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    matches!(kind, "ClusterResourceBinding" | "ResourceBinding").then_some(Check::Code(binding))
}

/// Every cluster has to report.
fn binding(object: Field<'_>) -> Verdict {
    const INSUFFICIENT: &str = "Current resource status is insufficient";
    if !object.get("status")?.is_set() {
        return Progressing.says(INSUFFICIENT);
    }
    let clusters = object.get("spec")?.get("clusters")?;
    if !clusters.is_set() || clusters.length()? == 0 {
        return Progressing.says(INSUFFICIENT);
    }
    let reports = object.find("status.aggregatedStatus")?;
    if !reports.is_set() || clusters.length()? != reports.length()? {
        return Progressing.says(INSUFFICIENT);
    }
    for report in reports.items()? {
        let health = report.get("health")?;
        let applied = report.get("applied")? == Field::Flag(true);
        if health.is("Unhealthy") || health.is("Unknown") && !applied {
            return Degraded.says("Current resource status is unhealthy");
        }
    }
    Ok(Some(Healthy.plainly()))
}
