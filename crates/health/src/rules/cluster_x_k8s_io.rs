//! Cluster API: clusters and their machines.

use super::by_phase::{ByPhase, phases};
use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::says::Says::Text;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Cluster" => cluster,
        "Machine" => machine,
        "MachineDeployment" => machine_deployment,
        "MachineHealthCheck" => machine_health_check,
        "MachinePool" => machine_pool,
        _ => return None,
    }))
}

fn is_paused(object: Field<'_>) -> Result<bool, Stumble> {
    Ok(object.get("spec")?.get("paused")?.is_truthy())
}

/// The message of the first condition that says it is not ready.
fn not_ready(object: Field<'_>) -> Result<Option<Field<'_>>, Stumble> {
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        for condition in conditions.items()? {
            if condition.get("type")?.is("Ready") && condition.get("status")?.is("False") {
                return Ok(Some(condition.get("message")?));
            }
        }
    }
    Ok(None)
}

/// Not being ready counts more than the phase.
fn cluster(cluster: Field<'_>) -> Verdict {
    if is_paused(cluster)? {
        return Suspended.says("Cluster is paused");
    }
    if let Some(message) = not_ready(cluster)? {
        return Degraded.says(message);
    }
    match cluster.find("status.phase")? {
        Field::Text("Provisioned") => Healthy.says("Cluster is running"),
        Field::Text("Failed") => Degraded.says(""),
        _ => Progressing.says("Waiting for clusters"),
    }
}

fn machine(machine: Field<'_>) -> Verdict {
    let status = match machine.find("status.phase")? {
        Field::Text("Running") => return Healthy.says("Machine is running"),
        Field::Text("Failed") => Degraded,
        _ => Progressing,
    };
    let message = not_ready(machine)?;
    status.says(message.unwrap_or("Condition is unknown".into()))
}

fn machine_deployment(deployment: Field<'_>) -> Verdict {
    match is_paused(deployment)? {
        true => Suspended.says("MachineDeployment is paused"),
        false => MACHINE_DEPLOYMENT.judge(deployment),
    }
}

const MACHINE_DEPLOYMENT: ByPhase = phases(
    "status.phase",
    &[
        (
            "Running",
            Healthy,
            Text("Machines are running under this deployment"),
        ),
        (
            "ScalingUp",
            Progressing,
            Text("Cluster is spawning machines"),
        ),
        (
            "ScalingDown",
            Progressing,
            Text("Cluster is stopping machines"),
        ),
        ("Failed", Degraded, Text("MachineDeployment is failed")),
    ],
    Progressing,
    "Waiting for machines",
);

fn machine_health_check(check: Field<'_>) -> Verdict {
    let healthy = check.find("status.currentHealthy")?;
    if !healthy.is_set() {
        return Progressing.says("");
    }
    match healthy == check.find("status.expectedMachines")? {
        true => Healthy.says(""),
        false => Degraded.says(""),
    }
}

fn machine_pool(pool: Field<'_>) -> Verdict {
    let phase = pool.find("status.phase")?;
    let mut message = match phase {
        Field::Absent => String::new(),
        phase => joined(&["MachinePool is ".into(), phase])?,
    };
    let untrue = untrue_conditions(pool)?;
    if !untrue.is_empty() {
        message = format!("{message}: {}", untrue.join(", "));
    }
    let status = match phase {
        Field::Text("Running" | "Scaling") => Healthy,
        Field::Text("Failed" | "Unknown") => Degraded,
        _ => Progressing,
    };
    status.says(message.as_str())
}

/// "Not Ready (WaitingForReplicas)" for each condition that is not met.
fn untrue_conditions(pool: Field<'_>) -> Result<Vec<String>, Stumble> {
    let conditions = pool.find("status.conditions")?;
    let mut untrue = Vec::new();
    if !conditions.is_set() {
        return Ok(untrue);
    }
    for condition in conditions.items()? {
        let (kind, reason) = (condition.get("type")?, condition.get("reason")?);
        if !kind.is_set() || !condition.get("status")?.is("False") {
            continue;
        }
        untrue.push(match reason.is_set() {
            true => joined(&["Not ".into(), kind, " (".into(), reason, ")".into()])?,
            false => joined(&["Not ".into(), kind])?,
        });
    }
    Ok(untrue)
}
