//! Apache Flink: deployments.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "FlinkDeployment").then_some(Check::Code(deployment))
}

fn deployment(object: Field<'_>) -> Verdict {
    let reconciliation = object.find("status.reconciliationStatus")?;
    if reconciliation.is_set() {
        let done = reconciliation.get("success")?.is_truthy();
        if done || reconciliation.get("state")?.is("DEPLOYED") {
            return Healthy.says("");
        }
        match object.find("status.jobManagerDeploymentStatus")? {
            Field::Text("DEPLOYED_NOT_READY" | "DEPLOYING") => {
                return Progressing.says("Waiting for deploying");
            }
            Field::Text("ERROR") => return Degraded.says(reconciliation.get("error")?),
            _ => {}
        }
    }
    Progressing.says("Waiting for Flink operator")
}
