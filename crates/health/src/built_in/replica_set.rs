//! ReplicaSets: healthy once as many replicas are available as are wanted.
//!
//! Comes in: a ReplicaSet. Goes out: how far it is, or why it cannot make replicas.

use crate::conditions;
use crate::fields::{self, Malformed, count, integer};
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    if !fields::is_observed(object)? {
        return Ok(waiting(
            "observed replica set generation less than desired generation",
        ));
    }
    let failure = conditions::find(object, "ReplicaFailure")?;
    if let Some(failure) = failure.filter(|condition| condition.is_true()) {
        return Ok(Degraded.because(failure.message));
    }
    let available = count(object, "status.availableReplicas")?;
    Ok(match integer(object, "spec.replicas")? {
        Some(wanted) if available < wanted => waiting(&format!(
            "{available} out of {wanted} new replicas are available..."
        )),
        _ => Healthy.plainly(),
    })
}

fn waiting(what: &str) -> Health {
    Progressing.because(format!("Waiting for rollout to finish: {what}"))
}
