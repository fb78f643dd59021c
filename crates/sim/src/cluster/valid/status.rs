//! The rules for statuses.

use crate::cluster::kinds::Kind;
use serde_json::Value;

/// What is wrong with the status of a workload: no count is greater than the one it is part of.
pub fn errors(kind: &Kind, object: &Value) -> Vec<String> {
    let status = &object["status"];
    let parts: &[&str] = match kind.kind.as_str() {
        "Deployment" => &["updatedReplicas", "readyReplicas", "availableReplicas"],
        "StatefulSet" => &[
            "readyReplicas",
            "currentReplicas",
            "updatedReplicas",
            "availableReplicas",
        ],
        "ReplicaSet" => &["fullyLabeledReplicas", "readyReplicas", "availableReplicas"],
        _ => return Vec::new(),
    };
    let count = |field: &str| status[field].as_i64().unwrap_or(0);
    let more = parts.iter().filter(|part| count(part) > count("replicas"));
    let mut found: Vec<String> = more
        .map(|part| {
            format!(
                "status.{part}: Invalid value: {}: cannot be greater than status.replicas",
                count(part)
            )
        })
        .collect();
    if count("availableReplicas") > count("readyReplicas") {
        let available = count("availableReplicas");
        found.push(format!("status.availableReplicas: Invalid value: {available}: cannot be greater than readyReplicas"));
    }
    found
}
