//! Argo Rollouts.
//!
//! Rollouts of today say phase and message themselves. Those of versions before 1.0 say it by their
//! conditions and counts, and the oldest have a hash where a generation should be.

use crate::rules::field::{Field, Stumble};
use crate::rules::number;
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended, Unknown};

const WORKLOAD_GENERATION: &str = "rollout.argoproj.io/workload-generation";

pub fn rollout(rollout: Field<'_>) -> Verdict {
    let status = rollout.get("status")?;
    if !is_observed(rollout, status)? || !is_workload_observed(rollout, status)? {
        return Progressing.says("Waiting for rollout spec update to be observed");
    }
    if status.get("phase")?.is_set() {
        return by_phase(status);
    }
    if let Some(failure) = failure(status)? {
        return Degraded.says(failure);
    }
    if is_paused(rollout, status)? {
        return Suspended.says("Rollout is paused");
    }
    by_replicas(rollout, status)
}

/// Whether the status is about the present spec; taken for granted if it does not tell.
fn is_observed(rollout: Field<'_>, status: Field<'_>) -> Result<bool, Stumble> {
    if !status.is_set() {
        return Ok(false);
    }
    let Some(observed) = as_number(status.get("observedGeneration")?) else {
        return Ok(true);
    };
    let generation = rollout.get("metadata")?.get("generation")?;
    let observed = Field::Number(observed);
    Ok(generation.is_less_than(observed)? || observed == generation)
}

/// The same for the workload that a rollout refers to.
fn is_workload_observed(rollout: Field<'_>, status: Field<'_>) -> Result<bool, Stumble> {
    if !rollout.get("spec")?.get("workloadRef")?.is_set() {
        return Ok(true);
    }
    let annotations = rollout.get("metadata")?.get("annotations")?;
    if !annotations.is_set() {
        return Ok(true);
    }
    let wanted = as_number(annotations.get(WORKLOAD_GENERATION)?);
    Ok(wanted == as_number(status.get("workloadObservedGeneration")?))
}

fn as_number(field: Field<'_>) -> Option<f64> {
    match field {
        Field::Number(number) => Some(number),
        Field::Text(text) => number::asked_for(text),
        _ => None,
    }
}

/// Phases are health statuses, except that a paused rollout is suspended.
fn by_phase(status: Field<'_>) -> Verdict {
    let (phase, message) = (status.get("phase")?, status.get("message")?);
    let Field::Text(phase) = phase else {
        return Ok(None);
    };
    let known = match phase {
        "Paused" => Ok(Suspended),
        phase => phase.parse::<HealthStatus>(),
    };
    match known {
        Ok(health) => health.says(message),
        Err(_) if Unknown.says(message)?.is_none() => Ok(None),
        Err(_) => Unknown.says("Lua returned an invalid health status"),
    }
}

/// The message of the first condition that tells of a failure.
fn failure(status: Field<'_>) -> Result<Option<Field<'_>>, Stumble> {
    for condition in status.get("conditions")?.items()? {
        let failed = match condition.get("type")? {
            Field::Text("InvalidSpec") => true,
            Field::Text("Progressing") => condition
                .get("reason")?
                .is_one_of(&["RolloutAborted", "ProgressDeadlineExceeded"]),
            _ => false,
        };
        if failed {
            return Ok(Some(condition.get("message")?));
        }
    }
    Ok(None)
}

fn is_paused(rollout: Field<'_>, status: Field<'_>) -> Result<bool, Stumble> {
    let pauses = status.get("pauseConditions")?;
    if pauses.is_set() && pauses.items()?.next().is_some() {
        return Ok(true);
    }
    Ok(rollout.get("spec")?.get("paused")?.is_truthy())
}

/// How many replicas there are of the version that a rollout goes to.
struct Replicas<'a> {
    all: Field<'a>,
    updated: Field<'a>,
}

fn by_replicas(rollout: Field<'_>, status: Field<'_>) -> Verdict {
    let current = status.get("currentPodHash")?;
    if !current.is_set() {
        return Progressing.says("Waiting for rollout to finish: status has not been reconciled.");
    }
    let count = |name, default: f64| Ok(status.get(name)?.if_unset(Field::Number(default)));
    let desired = rollout.get("spec")?.get("replicas")?;
    let (updated, available) = (
        count("updatedReplicas", 0.0)?,
        count("availableReplicas", 0.0)?,
    );
    if updated.is_less_than(desired.if_unset(Field::Number(1.0)))? {
        return Progressing
            .says("Waiting for roll out to finish: More replicas need to be updated");
    }
    if available.is_less_than(updated)? {
        return Progressing
            .says("Waiting for roll out to finish: updated replicas are still becoming available");
    }
    let all = count("replicas", 0.0)?;
    by_strategy(rollout, status, &Replicas { all, updated })
}

fn by_strategy(rollout: Field<'_>, status: Field<'_>, replicas: &Replicas<'_>) -> Verdict {
    let (current, stable) = (status.get("currentPodHash")?, stable_hash(status)?);
    let strategy = rollout.get("spec")?.get("strategy")?;
    if strategy.get("blueGreen")?.is_set() {
        let active = status.find("blueGreen.activeSelector")?;
        if active != current {
            return Progressing.says("active service cutover pending");
        }
        if !stable.is("") && stable != current {
            return Progressing.says("waiting for analysis to complete");
        }
    } else if strategy.get("canary")?.is_set() {
        if replicas.updated.is_less_than(replicas.all)? {
            return Progressing
                .says("Waiting for roll out to finish: old replicas are pending termination");
        }
        if stable.is("") || stable != current {
            return Progressing.says("Waiting for rollout to finish steps");
        }
    }
    Healthy.says("")
}

/// The hash of the version that was good last; it stood elsewhere before 0.8.
fn stable_hash(status: Field<'_>) -> Result<Field<'_>, Stumble> {
    let (stable, canary) = (status.get("stableRS")?, status.get("canary")?);
    if stable.is_set() {
        Ok(stable)
    } else if canary.is_set() {
        canary.get("stableRS")
    } else {
        Ok(Field::Text(""))
    }
}
