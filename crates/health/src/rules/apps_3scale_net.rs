//! 3scale: the API manager itself.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "APIManager").then_some(Check::Code(manager))
}

const AVAILABLE: &str = "3scale APIManager is available";

fn manager(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if status.is_set() {
        if are_all_ready(status.get("deployments")?)? {
            return Healthy.says(AVAILABLE);
        }
        let conditions = status.get("conditions")?;
        if conditions.is_set()
            && let Some(health) = by_conditions(conditions)?
        {
            return Ok(Some(health));
        }
    }
    Progressing.says("Waiting for 3scale APIManager status...")
}

fn are_all_ready(deployments: Field<'_>) -> Result<bool, Stumble> {
    let any = |state| Ok(deployments.get(state)?.is_set());
    Ok(deployments.is_set() && any("ready")? && !any("starting")? && !any("stopped")?)
}

fn by_conditions(conditions: Field<'_>) -> Verdict {
    for condition in conditions.items()? {
        if !condition.get("type")?.is("Available") {
            continue;
        }
        let reason = condition.get("reason")?;
        if condition.get("status")?.is("True") {
            return Healthy.says(AVAILABLE);
        }
        if reason.is_set() && !reason.is("") {
            return Degraded.says_all(&["3scale APIManager is degraded: ".into(), reason]);
        }
    }
    Ok(None)
}
