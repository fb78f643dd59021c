//! RabbitMQ: clusters and what is in them.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "RabbitmqCluster" => cluster,
        "Binding" | "Exchange" | "Permission" | "Policy" | "Queue" | "Shovel" | "User"
        | "Vhost" => content,
        _ => return None,
    }))
}

fn content(object: Field<'_>) -> Verdict {
    let name = object.get("kind")?.text()?.to_lowercase();
    let (brand, name) = (Field::from("RabbitMQ "), Field::from(name.as_str()));
    for condition in object.items_at("status.conditions")? {
        if !condition.get("type")?.is("Ready") {
            continue;
        }
        let status = condition.get("status")?;
        let reason = condition.get("reason")?;
        if status.is("True") && reason.is("SuccessfulCreateOrUpdate") {
            return Healthy.says_all(&[brand, name, " ready".into()]);
        }
        if status.is("False") && reason.is("FailedCreateOrUpdate") {
            let failed = " failed to be created or updated".into();
            return Degraded.says_all(&[brand, name, failed]);
        }
    }
    Unknown.says_all(&[brand, name, " status is unknown".into()])
}

/// The last condition of a type counts, but a failure of the operator counts at once.
fn cluster(object: Field<'_>) -> Verdict {
    let (mut available, mut replicas) = (Field::Absent, Field::Absent);
    for condition in object.items_at("status.conditions")? {
        let status = condition.get("status")?;
        match condition.get("type")? {
            Field::Text("ReconcileSuccess") if status.is("False") => {
                return Degraded.says(condition.get("message")?);
            }
            Field::Text("ClusterAvailable") => available = status,
            Field::Text("AllReplicasReady") => replicas = status,
            _ => {}
        }
    }
    if available.is("Unknown") || replicas.is("Unknown") {
        Progressing.says("Waiting for RabbitMQ cluster readiness (conditions unknown)")
    } else if available.is("False") {
        Progressing.says("Waiting for RabbitMQ cluster formation")
    } else if replicas.is("False") {
        Progressing.says("Waiting for RabbitMQ instances ready")
    } else if available.is("True") && replicas.is("True") {
        Healthy.says("RabbitMQ cluster ready")
    } else {
        Progressing.says("Waiting for RabbitMQ Operator")
    }
}
