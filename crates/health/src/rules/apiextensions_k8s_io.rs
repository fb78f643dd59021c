//! Definitions of custom resources: healthy once their kind is served.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "CustomResourceDefinition").then_some(Check::Code(definition))
}

/// Conditions that decide alone, and what comes before their message.
const DECISIVE: &[(&str, &str, HealthStatus, &str)] = &[
    ("Terminating", "True", Progressing, "CRD is terminating: "),
    (
        "NamesAccepted",
        "False",
        Degraded,
        "CRD names have not been accepted: ",
    ),
    (
        "NonStructuralSchema",
        "True",
        Degraded,
        "Schema violations found: ",
    ),
];

fn definition(object: Field<'_>) -> Verdict {
    if object.get("metadata")?.get("deletionTimestamp")?.is_set() {
        return Progressing.says("CRD is terminating");
    }
    let conditions = object.get("status")?.get("conditions")?;
    if !conditions.is_set() || conditions.length()? == 0 {
        return Progressing.says("Status conditions not found");
    }
    let mut established = false;
    for condition in conditions.items()? {
        if let Some(health) = decided(condition)? {
            return Ok(Some(health));
        }
        if condition.get("type")?.is("Established") {
            if condition.get("status")?.is("True") {
                established = true;
            } else if condition.get("reason")?.is("Installing") {
                return Progressing.says("CRD is being installed");
            }
        }
    }
    match established {
        true => Healthy.says("CRD is healthy"),
        false => Degraded.says("CRD is not established"),
    }
}

fn decided(condition: Field<'_>) -> Verdict {
    let is = |sign: &(&str, &str, _, _)| -> Result<bool, Stumble> {
        Ok(condition.get("type")?.is(sign.0) && condition.get("status")?.is(sign.1))
    };
    for sign in DECISIVE {
        if is(sign)? {
            return sign.2.says_all(&[sign.3.into(), condition.get("message")?]);
        }
    }
    Ok(None)
}
