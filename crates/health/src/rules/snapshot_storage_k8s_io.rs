//! Kubernetes: snapshots of volumes.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    matches!(kind, "VolumeSnapshot" | "VolumeSnapshotContent").then_some(Check::Code(snapshot))
}

fn snapshot(object: Field<'_>) -> Verdict {
    if object.find("status.readyToUse")?.is_truthy() {
        return Healthy.says("Ready to use");
    }
    let error = object.find("status.error")?;
    if error.is_set() {
        return Degraded.says(error.get("message")?);
    }
    Progressing.says("Waiting for status")
}
