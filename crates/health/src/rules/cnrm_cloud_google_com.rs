//! Config Connector: resources of Google Cloud, `*.cnrm.cloud.google.com`.
//!
//! The reason of a condition decides, and only while the status is about the present spec. The
//! connector itself has a flag instead of conditions.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended};

pub fn check(_: &str) -> Option<Check> {
    Some(Check::Code(resource))
}

fn resource(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if status.is_set() {
        if let Some(health) = connector(object, status)? {
            return Ok(Some(health));
        }
        let conditions = status.get("conditions")?;
        if conditions.is_set() && is_current(object, status)? {
            for condition in conditions.items()? {
                if let Some(health) = meaning(condition)? {
                    return health.says(condition.get("message")?);
                }
            }
        }
    }
    Progressing.says("Update in progress")
}

fn connector(object: Field<'_>, status: Field<'_>) -> Verdict {
    let kind = object.get("kind")?;
    let healthy = match kind.is_one_of(&["ConfigConnector", "ConfigConnectorContext"]) {
        true => status.get("healthy")?,
        false => Field::Absent,
    };
    if !healthy.is_set() || !is_current(object, status)? {
        return Ok(None);
    }
    match healthy {
        Field::Flag(true) => Healthy.says_all(&[kind, " is healthy".into()]),
        _ => Degraded.says_all(&[kind, " is not healthy".into()]),
    }
}

fn is_current(object: Field<'_>, status: Field<'_>) -> Result<bool, Stumble> {
    let observed = status.get("observedGeneration")?;
    Ok(!observed.is_set() || observed == object.get("metadata")?.get("generation")?)
}

fn meaning(condition: Field<'_>) -> Result<Option<HealthStatus>, Stumble> {
    let reason = condition.get("reason")?;
    Ok(match reason {
        Field::Text("UpToDate") if condition.get("status")?.is("True") => Some(Healthy),
        Field::Text("UpdateFailed" | "DependencyNotFound") => Some(Degraded),
        Field::Text("DependencyNotReady") => Some(Suspended),
        _ => None,
    })
}
