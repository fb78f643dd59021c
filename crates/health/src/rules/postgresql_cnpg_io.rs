//! CloudNativePG: clusters of PostgreSQL.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Cluster").then_some(Check::Code(cluster))
}

const PHASES: &[(HealthStatus, &[&str])] = &[
    (Healthy, &["Cluster in healthy state"]),
    (
        Progressing,
        &[
            "Setting up primary",
            "Creating a new replica",
            "Upgrading cluster",
            "Waiting for the instances to become active",
            "Promoting to primary cluster",
        ],
    ),
    (
        Degraded,
        &[
            "Switchover in progress",
            "Failing over",
            "Upgrading Postgres major version",
            "Cluster upgrade delayed",
            "Waiting for user action",
            "Primary instance is being restarted in-place",
            "Primary instance is being restarted without a switchover",
            "Cluster cannot execute instance online upgrade due to missing architecture binary",
            "Online upgrade in progress",
            "Applying configuration",
        ],
    ),
    (
        Suspended,
        &[
            "Unable to create required cluster objects",
            "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
            "Cluster has incomplete or invalid image catalog",
            "Cluster is unrecoverable and needs manual intervention",
        ],
    ),
];

fn cluster(object: Field<'_>) -> Verdict {
    if is_held(object)? {
        return Suspended.says("Cluster reconciliation is suspended");
    }
    let status = object.get("status")?;
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says(status.get("phaseReason")?);
    }
    for condition in conditions.values()? {
        if condition.get("type")?.is("cnpg.io/hibernation") {
            let is_true = condition.get("status")?.is("True");
            let health = if is_true { Suspended } else { Degraded };
            return health.says(condition.get("message")?);
        }
    }
    let phase = status.get("phase")?;
    let known = PHASES.iter().find(|(_, names)| phase.is_one_of(names));
    let health = known.map_or(Unknown, |(health, _)| *health);
    health.says(status.get("phaseReason")?)
}

/// Whether somebody told the operator to leave the cluster alone.
fn is_held(object: Field<'_>) -> Result<bool, Stumble> {
    let annotations = object.reach("metadata.annotations")?;
    Ok(annotations.is_set()
        && annotations
            .get("cnpg.io/reconciliationLoop")?
            .is("disabled"))
}
