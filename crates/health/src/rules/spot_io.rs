//! Spot: deployments. As long as nothing is known of one, it has no health.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "SpotDeployment").then_some(Check::Code(deployment))
}

fn deployment(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Ok(None);
    }
    for condition in conditions.items()? {
        if is_failure(condition)? {
            return Degraded.says(condition.get("message")?);
        }
        if condition.get("type")?.is("Paused") && condition.get("status")?.is("True") {
            return Suspended.says("Rollout is paused");
        }
    }
    if object.find("status.phase")?.is("Progressing") {
        return Progressing.says("Waiting for rollout to finish steps");
    }
    Ok(Some(Healthy.plainly()))
}

fn is_failure(condition: Field<'_>) -> Result<bool, Stumble> {
    const REASONS: &[&str] = &["RolloutAborted", "ProgressDeadlineExceeded"];
    let kind = condition.get("type")?;
    let stuck = kind.is("Progressing") && condition.get("reason")?.is_one_of(REASONS);
    Ok(stuck || kind.is("InvalidSpec"))
}
