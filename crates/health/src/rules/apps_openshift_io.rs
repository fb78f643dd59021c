//! OpenShift: deployments of its own kind.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "DeploymentConfig").then_some(Check::Code(deployment_config))
}

fn deployment_config(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    let replicas = object.find("status.replicas")?;
    if !conditions.is_set() || !replicas.is_set() {
        return Progressing.says(WAITING);
    }
    let mut good = 0;
    for condition in conditions.values()? {
        good += usize::from(is_good(condition)?);
    }
    match good {
        _ if replicas == Field::Number(0.0) => Healthy.says(ROLLED_OUT),
        2 => Healthy.says(ROLLED_OUT),
        1 => Progressing.says(WAITING),
        _ => Degraded.says("Deployment config is degraded"),
    }
}

const WAITING: &str = "replication controller is waiting for pods to run";
const ROLLED_OUT: &str = "replication controller successfully rolled out";

fn is_good(condition: Field<'_>) -> Result<bool, Stumble> {
    let good = match condition.get("type")? {
        Field::Text("Available") => true,
        Field::Text("Progressing") => condition
            .get("reason")?
            .is("NewReplicationControllerAvailable"),
        _ => false,
    };
    Ok(good && condition.get("status")?.is("True"))
}
