//! Pravega: ZooKeeper.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ZookeeperCluster").then_some(Check::Code(cluster))
}

/// A status that says nothing of replicas is taken for a good one.
fn cluster(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if status.is_set() {
        let ready = status.get("readyReplicas")?;
        if ready != Field::Number(0.0) && ready == status.get("replicas")? {
            return Healthy.says("All ZK Nodes have joined the ensemble");
        }
    }
    Progressing.says("Waiting for ZK Nodes to join the ensemble")
}
