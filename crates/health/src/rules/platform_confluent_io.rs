//! Confluent: Kafka and what belongs to it.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Connector" => connector,
        "Connect" | "ControlCenter" | "Kafka" | "KsqlDB" | "SchemaRegistry" | "Zookeeper" => part,
        _ => return None,
    }))
}

fn part(object: Field<'_>) -> Verdict {
    let kind = object.get("kind")?;
    match object.find("status.phase")? {
        Field::Text("RUNNING") => Healthy.says_all(&[kind, " running".into()]),
        Field::Text("PROVISIONING") => Progressing.says_all(&[kind, " provisioning".into()]),
        _ => Progressing.says_all(&["Waiting for ".into(), kind]),
    }
}

fn connector(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let state = object.find("status.state")?;
    if state.is_set() {
        let failed_tasks = status.get("failedTasksCount")?;
        let running = status.get("connectorState")?.is("RUNNING");
        if state.is("CREATED") && running && !failed_tasks.is_set() {
            return Healthy.says("Connector running");
        }
        if state.is("ERROR") {
            return error(status.get("conditions")?);
        }
        if failed_tasks.is_set() && Field::Number(0.0).is_less_than(failed_tasks)? {
            return Degraded.says("Connector has failed tasks");
        }
    }
    Progressing.says("Waiting for Kafka Connector")
}

/// The first condition says it all.
fn error(conditions: Field<'_>) -> Verdict {
    let first = match conditions {
        Field::Text("") => None,
        _ if conditions.is_truthy() => conditions.items()?.next(),
        _ => None,
    };
    match first {
        Some(condition) => Degraded.says(condition.get("message")?),
        None => Degraded.says("No conditions available"),
    }
}
