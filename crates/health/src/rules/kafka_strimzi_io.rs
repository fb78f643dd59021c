//! Strimzi: Kafka.

use super::by_condition::{ByCondition, Sign, conditions, when};
use super::check::Check;
use super::says::Says::{Message, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Conditions(match kind {
        "Kafka" => conditions(&[CLUSTER], Progressing, "Waiting for Kafka Cluster"),
        "KafkaBridge" => part("Waiting for KafkaBridge"),
        "KafkaConnect" => part("Waiting for Kafka Connect"),
        "KafkaConnector" => part("Waiting for KafkaConnector"),
        "KafkaTopic" => part("Waiting for Kafka Topic"),
        "KafkaUser" => part("Waiting for Kafka User"),
        _ => return None,
    }))
}

const NOT_READY: Sign = when("NotReady", "True", Degraded, Message);
const READY: Sign = when("Ready", "True", Healthy, Text(""));

/// A cluster that is being created is not ready, and nothing is wrong with it.
const CLUSTER: &[Sign] = &[NOT_READY.unless_because_of("Creating"), READY];
const PART: &[Sign] = &[NOT_READY, READY];

const fn part(waiting: &'static str) -> ByCondition {
    conditions(&[PART], Progressing, waiting)
}
