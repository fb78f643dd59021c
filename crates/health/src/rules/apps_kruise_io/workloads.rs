//! OpenKruise's workloads: an update that stops at a partition waits for a person.

use crate::rules::field::{Field, Stumble};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

const NONE: Field<'_> = Field::Number(0.0);

/// The status, once it is about the present spec.
fn observed(object: Field<'_>) -> Result<Option<Field<'_>>, Stumble> {
    let status = object.get("status")?;
    if !status.is_set() {
        return Ok(None);
    }
    let generation = object.get("metadata")?.get("generation")?;
    let current = generation == status.get("observedGeneration")?;
    Ok(current.then_some(status))
}

/// Whether this is not the first version.
fn is_update(object: Field<'_>) -> Result<bool, Stumble> {
    let generation = object.get("metadata")?.get("generation")?;
    Field::Number(1.0).is_less_than(generation)
}

fn initializing() -> Verdict {
    Progressing.says("Waiting for initialization")
}

pub fn clone_set(object: Field<'_>) -> Verdict {
    let Some(status) = observed(object)? else {
        return initializing();
    };
    let strategy = object.get("spec")?.get("updateStrategy")?;
    let available = status.get("updatedAvailableReplicas")?;
    if strategy.get("paused")? == Field::Flag(true) || !available.is_truthy() {
        return Suspended.says("Cloneset is paused");
    }
    if strategy.get("partition")? != NONE && is_update(object)? {
        let expected = status.get("expectedUpdatedReplicas")?;
        return match status.get("updatedReplicas")?.is_less_than(expected)? {
            false => Suspended.says("Cloneset needs manual intervention"),
            true => initializing(),
        };
    }
    match available == status.get("replicas")? {
        true => Healthy.says("All Cloneset workloads are ready and updated"),
        false => Degraded.says("Some replicas are not ready or available"),
    }
}

pub fn stateful_set(object: Field<'_>) -> Verdict {
    let Some(status) = observed(object)? else {
        return initializing();
    };
    let strategy = rolling_update(object)?;
    let available = status.get("updatedAvailableReplicas")?;
    if strategy.get("paused")? == Field::Flag(true) || !available.is_truthy() {
        return Suspended.says("Statefulset is paused");
    }
    let (partition, replicas) = (strategy.get("partition")?, status.get("replicas")?);
    if partition != NONE && is_update(object)? {
        return match is_beyond(status.get("updatedReplicas")?, replicas, partition)? {
            true => Suspended.says("Statefulset needs manual intervention"),
            false => initializing(),
        };
    }
    match available == replicas {
        true => Healthy.says("All Statefulset workloads are ready and updated"),
        false => Degraded.says("Some replicas are not ready or available"),
    }
}

pub fn daemon_set(object: Field<'_>) -> Verdict {
    let Some(status) = observed(object)? else {
        return initializing();
    };
    let strategy = rolling_update(object)?;
    let updated = status.get("updatedNumberScheduled")?;
    if strategy.get("paused")? == Field::Flag(true) || !updated.is_truthy() {
        return Suspended.says("Daemonset is paused");
    }
    let wanted = status.get("desiredNumberScheduled")?;
    let partition = strategy.get("partition")?;
    if partition.is_set() && partition != NONE && is_update(object)? {
        return match is_beyond(updated, wanted, partition)? {
            true => Suspended.says("Daemonset needs manual intervention"),
            false => initializing(),
        };
    }
    if updated == wanted && status.get("numberAvailable")? == wanted {
        Healthy.says("All Daemonset workloads are ready and updated")
    } else if updated == wanted && status.get("numberUnavailable")? == wanted {
        Degraded.says("Some pods are not ready or available")
    } else {
        initializing()
    }
}

fn rolling_update(object: Field<'_>) -> Result<Field<'_>, Stumble> {
    let strategy = object.get("spec")?.get("updateStrategy")?;
    strategy.get("rollingUpdate")
}

/// Whether more are updated than the partition lets through.
fn is_beyond(updated: Field<'_>, all: Field<'_>, partition: Field<'_>) -> Result<bool, Stumble> {
    let let_through = all.number()? - partition.number()?;
    Field::Number(let_through).is_less_than(updated)
}
