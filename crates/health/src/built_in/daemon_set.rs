//! DaemonSets: healthy once every node that wants a pod has a new and available one.
//!
//! Comes in: a DaemonSet. Goes out: how far its rollout is; pods that are replaced on deletion are
//! not waited for.

use crate::fields::{self, Malformed, count, text};
use crate::status::Health;
use crate::status::HealthStatus::{Healthy, Progressing};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    if !fields::is_observed(object)? {
        return Ok(Progressing.because(
            "Waiting for rollout to finish: \
             observed daemon set generation less than desired generation",
        ));
    }
    let wanted = count(object, "status.desiredNumberScheduled")?;
    let updated = count(object, "status.updatedNumberScheduled")?;
    let available = count(object, "status.numberAvailable")?;
    if text(object, "spec.updateStrategy.type")? == "OnDelete" {
        return Ok(Healthy.because(format!(
            "daemon set {updated} out of {wanted} new pods have been updated"
        )));
    }
    let name = fields::name(object)?;
    Ok(if updated < wanted {
        waiting(
            name,
            &format!("{updated} out of {wanted} new pods have been updated..."),
        )
    } else if available < wanted {
        waiting(
            name,
            &format!("{available} of {wanted} updated pods are available..."),
        )
    } else {
        Healthy.plainly()
    })
}

fn waiting(name: &str, what: &str) -> Health {
    Progressing.because(format!(
        "Waiting for daemon set {name:?} rollout to finish: {what}"
    ))
}
