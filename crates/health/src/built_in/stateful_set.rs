//! StatefulSets: healthy once all pods are ready and of the wanted revision.
//!
//! Comes in: a StatefulSet. Goes out: how far its rollout is; with a partition, only the pods
//! above it count, and pods that are replaced on deletion need not be of the new revision.

use crate::fields::{self, Malformed, count, integer, text};
use crate::status::Health;
use crate::status::HealthStatus::{Healthy, Progressing};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    if count(object, "status.observedGeneration")? == 0 || !fields::is_observed(object)? {
        return Ok(Progressing.because("Waiting for statefulset spec update to be observed..."));
    }
    let ready = count(object, "status.readyReplicas")?;
    if let Some(wanted) = integer(object, "spec.replicas")?.filter(|wanted| ready < *wanted) {
        let missing = wanted.saturating_sub(ready);
        return Ok(Progressing.because(format!("Waiting for {missing} pods to be ready...")));
    }
    let rolling = fields::object(object, "spec.updateStrategy.rollingUpdate")?.is_some();
    match text(object, "spec.updateStrategy.type")? {
        "RollingUpdate" if rolling => partitioned(object),
        "OnDelete" => Ok(Healthy.because(format!("statefulset has {ready} ready pods"))),
        _ => revisions(object),
    }
}

fn partitioned(object: &Value) -> Result<Health, Malformed> {
    let updated = count(object, "status.updatedReplicas")?;
    let wanted = integer(object, "spec.replicas")?;
    let partition = integer(object, "spec.updateStrategy.rollingUpdate.partition")?;
    let above = wanted
        .zip(partition)
        .map(|(wanted, below)| wanted.saturating_sub(below));
    Ok(match above {
        Some(above) if updated < above => Progressing.because(format!(
            "Waiting for partitioned roll out to finish: \
             {updated} out of {above} new pods have been updated..."
        )),
        _ => Healthy.because(format!(
            "partitioned roll out complete: {updated} new pods have been updated..."
        )),
    })
}

fn revisions(object: &Value) -> Result<Health, Malformed> {
    let updated = count(object, "status.updatedReplicas")?;
    let current = count(object, "status.currentReplicas")?;
    let update = text(object, "status.updateRevision")?;
    let revision = text(object, "status.currentRevision")?;
    Ok(if update != revision {
        Progressing.because(format!(
            "waiting for statefulset rolling update to complete \
             {updated} pods at revision {update}..."
        ))
    } else {
        Healthy.because(format!(
            "statefulset rolling update complete {current} pods at revision {revision}..."
        ))
    })
}
