//! Deployments: healthy once all replicas are of the wanted generation and available.
//!
//! Comes in: a Deployment. Goes out: how far its rollout is.

use crate::conditions;
use crate::fields::{self, Malformed, count, integer};
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    if fields::flag(object, "spec.paused")? {
        return Ok(Suspended.because("Deployment is paused"));
    }
    if !fields::is_observed(object)? {
        return Ok(waiting(
            "observed deployment generation less than desired generation",
        ));
    }
    let progress = conditions::find(object, "Progressing")?;
    if progress.is_some_and(|condition| condition.reason == "ProgressDeadlineExceeded") {
        let name = fields::name(object)?;
        return Ok(Degraded.because(format!(
            "Deployment {name:?} exceeded its progress deadline"
        )));
    }
    rollout(object)
}

fn rollout(object: &Value) -> Result<Health, Malformed> {
    let wanted = integer(object, "spec.replicas")?;
    let all = count(object, "status.replicas")?;
    let updated = count(object, "status.updatedReplicas")?;
    let available = count(object, "status.availableReplicas")?;
    Ok(match wanted {
        Some(wanted) if updated < wanted => waiting(&format!(
            "{updated} out of {wanted} new replicas have been updated..."
        )),
        _ if all > updated => {
            let old = all.saturating_sub(updated);
            waiting(&format!("{old} old replicas are pending termination..."))
        }
        _ if available < updated => waiting(&format!(
            "{available} of {updated} updated replicas are available..."
        )),
        _ => Healthy.plainly(),
    })
}

fn waiting(what: &str) -> Health {
    Progressing.because(format!("Waiting for rollout to finish: {what}"))
}
