//! OpenFaaS: functions.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Function").then_some(Check::Code(function))
}

/// A function that is ready without replicas rests.
fn function(object: Field<'_>) -> Verdict {
    for condition in object.items_at("status.conditions")? {
        let kind = condition.get("type")?;
        let is = |status| Ok(condition.get("status")?.is(status));
        if kind.is("Ready") && is("False")? || kind.is("Stalled") && is("True")? {
            return Degraded.says(condition.get("message")?);
        }
        if kind.is("Ready") && is("True")? {
            let replicas = object.find("status.replicas")?;
            if replicas.is_set() && Field::Number(0.0).is_less_than(replicas)? {
                return Healthy.says(condition.get("message")?);
            }
            return Suspended.says("No replicas available");
        }
    }
    Progressing.says("Waiting for Function")
}
