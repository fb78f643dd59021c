//! VictoriaMetrics: all kinds of its operator.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(_kind: &str) -> Option<Check> {
    Some(Check::Code(any))
}

fn any(object: Field<'_>) -> Verdict {
    if !is_observed(object)? {
        return Progressing.says("Waiting for the operator to reconcile");
    }
    let reason = object.find("status.reason")?.or("");
    let reason_or = |otherwise| match reason {
        Field::Text("") => Field::Text(otherwise),
        _ => reason,
    };
    match object.find("status.updateStatus")? {
        Field::Text("operational") => Healthy.says("All components are operational"),
        Field::Text("expanding") => Progressing.says(reason_or("Reconciliation in progress")),
        Field::Text("paused") => Suspended.says(reason_or("Reconciliation is paused")),
        Field::Text("failed") => Degraded.says(reason_or("Reconciliation failed")),
        _ => Progressing.says("Waiting for the operator to report status"),
    }
}

/// Whether there is a status, and it does not say that it is of another generation.
fn is_observed(object: Field<'_>) -> Result<bool, Stumble> {
    if !object.get("status")?.is_set() {
        return Ok(false);
    }
    let wanted = object.find("metadata.generation")?;
    let observed = object.find("status.observedGeneration")?;
    Ok(!wanted.is_set() || !observed.is_set() || wanted == observed)
}
