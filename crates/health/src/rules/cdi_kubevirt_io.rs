//! KubeVirt: volumes that are filled with data.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "DataVolume").then_some(Check::Code(data_volume))
}

/// An importer that fails does so before the phase tells.
fn data_volume(object: Field<'_>) -> Verdict {
    let phase = object.find("status.phase")?;
    let status = match phase {
        Field::Text("Succeeded") => return Healthy.says(phase),
        Field::Text("Paused") => return Suspended.says(phase),
        Field::Text("Failed" | "Unknown") => Degraded,
        _ => Progressing,
    };
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        for condition in conditions.items()? {
            let is = |name, word| Ok(condition.get(name)?.is(word));
            if is("type", "Running")? && is("status", "False")? && is("reason", "Error")? {
                return Degraded.says(condition.get("message")?);
            }
        }
    }
    status.says(phase.if_unset("No status available"))
}
