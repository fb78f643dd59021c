//! OpenKruise: game servers.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "GameServer" => server,
        "GameServerSet" => set,
        _ => return None,
    }))
}

fn server(object: Field<'_>) -> Verdict {
    const WAITING: &str = "Waiting for GameServer to be ready";
    let status = object.get("status")?;
    if !status.is_truthy() {
        return Unknown.says(WAITING);
    }
    let (current, desired) = (status.get("currentState")?, status.get("desiredState")?);
    if current != desired {
        let (from, to) = (current.or("Unknown"), desired.or("Unknown"));
        return Progressing.says_all(&["State change: ".into(), from, " → ".into(), to]);
    }
    let conditions = status.reach("podStatus.conditions")?;
    if conditions.is_set() && is_pod_unready(conditions)? {
        return Degraded.says("Pod is not ready: KruisePodReady");
    }
    match current.is("Ready") {
        true => Healthy.says("GameServer is Ready"),
        false => Unknown.says(WAITING),
    }
}

fn is_pod_unready(conditions: Field<'_>) -> Result<bool, Stumble> {
    for condition in conditions.items()? {
        let told = condition.get("type")?.is("KruisePodReady");
        if told && !condition.get("status")?.is("True") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn set(object: Field<'_>) -> Verdict {
    const WAITING: &str = "Waiting for GameServerSet initialization";
    let status = object.get("status")?;
    if !status.is_truthy() || !is_observed(object, status)? {
        return Progressing.says(WAITING);
    }
    let strategy = object.get("spec")?.get("updateStrategy")?;
    let rolling = strategy.reach("rollingUpdate")?;
    if rolling.reach("paused")? == Field::Flag(true) {
        return Suspended.says("GameServerSet is paused");
    }
    let count = |name| Ok(status.get(name)?.or(Field::Number(0.0)));
    let (updated, replicas) = (count("updatedReplicas")?, count("replicas")?);
    let partition = rolling.reach("partition")?.or(Field::Number(0.0));
    if partition != Field::Number(0.0) && is_updated(updated, replicas, partition)? {
        let waiting = ", waiting for manual intervention".into();
        return Suspended.says_all(&["Partition=".into(), partition, waiting]);
    }
    if count("updatedReadyReplicas")? == replicas {
        return Healthy.says("All GameServerSet replicas are updated and ready");
    }
    let ready = count("readyReplicas")?;
    match ready.is_less_than(replicas)? {
        true => still_progressing(ready, replicas),
        false => Progressing.says(WAITING),
    }
}

fn is_observed(object: Field<'_>, status: Field<'_>) -> Result<bool, Stumble> {
    let generation = object.get("metadata")?.get("generation")?;
    Ok(generation == status.get("observedGeneration")?)
}

/// Whether all above the partition are updated.
fn is_updated(
    updated: Field<'_>,
    replicas: Field<'_>,
    partition: Field<'_>,
) -> Result<bool, Stumble> {
    let wanted = Field::Number(replicas.number()? - partition.number()?);
    Ok(!updated.is_less_than(wanted)?)
}

fn still_progressing(ready: Field<'_>, replicas: Field<'_>) -> Verdict {
    Progressing.says_all(&[
        "ReadyReplicas ".into(),
        ready,
        "/".into(),
        replicas,
        ", still progressing".into(),
    ])
}
