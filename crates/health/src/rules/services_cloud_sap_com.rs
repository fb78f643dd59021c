//! SAP: services and bindings to them.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    matches!(kind, "ServiceBinding" | "ServiceInstance").then_some(Check::Code(service))
}

fn service(object: Field<'_>) -> Verdict {
    let metadata = object.get("metadata")?;
    if metadata.get("deletionTimestamp")?.is_truthy() {
        return Progressing.says("Resource is being deleted");
    }
    let conditions = object.find("status.conditions")?;
    if !matches!(conditions, Field::List(_) | Field::Map(_)) {
        return Progressing.says("Waiting for status");
    }
    let wanted = metadata.get("generation")?;
    for condition in conditions.items()? {
        let observed = condition.get("observedGeneration")?;
        if observed.is_truthy() && wanted.is_truthy() && observed != wanted {
            return Progressing.says("Waiting for spec update to be observed");
        }
        let (kind, status) = (condition.get("type")?, condition.get("status")?);
        let failed = kind.is("Failed") && status.is("True");
        if failed || kind.is("Succeeded") && status.is("False") {
            return Degraded.says(condition.get("message")?.or(""));
        }
    }
    Healthy.says("Ready to use")
}
