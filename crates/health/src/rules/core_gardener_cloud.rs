//! Gardener: shoots, which say how they are by a label.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Shoot").then_some(Check::Code(shoot))
}

fn shoot(object: Field<'_>) -> Verdict {
    let labels = object.get("metadata")?.get("labels")?;
    let label = match labels.is_set() {
        true => labels.get("shoot.gardener.cloud/status")?,
        false => labels,
    };
    match label {
        Field::Text("healthy") => Healthy.says("Component state: Healthy"),
        Field::Text("progressing") => Progressing.says("Component state: Update in progress"),
        Field::Text("unhealthy") => Degraded.says("Component state: Unhealthy"),
        Field::Text("unknown") => Unknown.says("Component state: Unknown"),
        _ => Progressing.says("Update in progress"),
    }
}
