//! The controllers of workloads, as simple as can be: what was asked for is so, unless the object
//! says otherwise.
//!
//! An annotation `sim/behaviour` on a workload or its template says what becomes of it: `fails`,
//! `never-ready` or `runs-on`; without it Deployments become available, Jobs complete, and Pods run
//! or, when they are not started again, succeed.

use super::Cluster;
use model::ObjectKey;
use serde_json::{Value, json};

/// Kinds that have a controller here.
const MOVED: [&str; 6] = [
    "DaemonSet",
    "Deployment",
    "Job",
    "Pod",
    "ReplicaSet",
    "StatefulSet",
];

impl Cluster {
    /// Lets the controllers of workloads work: the status of each becomes what its spec leads to.
    pub fn settle(&mut self) {
        let moved = |key: &&ObjectKey| MOVED.contains(&&*key.group_kind.kind);
        let keys: Vec<ObjectKey> = self.objects.keys().filter(moved).cloned().collect();
        let clock = self.clock.clone();
        for key in keys {
            let kind = key.group_kind.kind.to_string();
            self.change(&key, |object| {
                if object["metadata"]["deletionTimestamp"].is_null()
                    && let Some(status) = status_of(&kind, object, &clock)
                {
                    object["status"] = status;
                }
            });
        }
    }
}

fn behaviour(object: &Value) -> &str {
    let places = ["/metadata", "/spec/template/metadata"];
    let mut said = places
        .iter()
        .filter_map(|place| object.pointer(place)?["annotations"]["sim/behaviour"].as_str());
    said.next_back().unwrap_or_default()
}

fn status_of(kind: &str, object: &Value, now: &str) -> Option<Value> {
    let says = behaviour(object);
    match kind {
        "Pod" => pod(object, says),
        "Job" => job(object, says, now),
        _ => Some(replicated(kind, object, says)),
    }
}

fn pod(object: &Value, says: &str) -> Option<Value> {
    let settled = ["Succeeded", "Failed"]
        .iter()
        .any(|phase| object["status"]["phase"] == *phase);
    let ends = object["spec"]["restartPolicy"] != "Always";
    let (phase, ready) = match says {
        _ if settled => return None,
        "fails" => ("Failed", "False"),
        "never-ready" => ("Running", "False"),
        "runs-on" => ("Running", "True"),
        _ if ends => ("Succeeded", "False"),
        _ => ("Running", "True"),
    };
    let mut status = object["status"].clone();
    status["phase"] = json!(phase);
    status["conditions"] = json!([{"type": "Ready", "status": ready}]);
    Some(status)
}

fn job(object: &Value, says: &str, now: &str) -> Option<Value> {
    if object["status"]["conditions"].is_array() || object["spec"]["suspend"] == true {
        return None;
    }
    let count = object["spec"]["completions"].as_i64().unwrap_or(1);
    let condition = |kind: &str, reason: &str, message: &str| {
        json!([{
            "type": kind, "status": "True", "lastProbeTime": now, "lastTransitionTime": now,
            "reason": reason, "message": message,
        }])
    };
    let status = match says {
        "fails" => json!({
            "startTime": now, "failed": 1,
            "conditions": condition("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit"),
        }),
        "runs-on" | "never-ready" => json!({"startTime": now, "active": 1}),
        _ => json!({
            "startTime": now, "completionTime": now, "succeeded": count,
            "conditions": condition("Complete", "CompletionsReached", "Reached expected number of succeeded pods"),
        }),
    };
    (object["status"] != status).then_some(status)
}

fn replicated(kind: &str, object: &Value, says: &str) -> Value {
    let wanted = match kind {
        "DaemonSet" => 1,
        _ => object["spec"]["replicas"].as_i64().unwrap_or(1),
    };
    let ready = if ["fails", "never-ready"].contains(&says) {
        0
    } else {
        wanted
    };
    let observed = object["metadata"]["generation"].clone();
    match kind {
        "DaemonSet" => json!({
            "observedGeneration": observed, "currentNumberScheduled": wanted, "desiredNumberScheduled": wanted,
            "numberMisscheduled": 0, "updatedNumberScheduled": wanted, "numberReady": ready, "numberAvailable": ready,
        }),
        "StatefulSet" => json!({
            "observedGeneration": observed, "replicas": wanted, "readyReplicas": ready, "availableReplicas": ready,
            "currentReplicas": wanted, "updatedReplicas": wanted, "currentRevision": "1", "updateRevision": "1",
        }),
        "Deployment" => deployment(observed, wanted, ready, says),
        _ => json!({
            "observedGeneration": observed, "replicas": wanted, "fullyLabeledReplicas": wanted,
            "readyReplicas": ready, "availableReplicas": ready,
        }),
    }
}

fn deployment(observed: Value, wanted: i64, ready: i64, says: &str) -> Value {
    let available = json!({
        "type": "Available", "status": if ready == wanted { "True" } else { "False" },
        "reason": if ready == wanted { "MinimumReplicasAvailable" } else { "MinimumReplicasUnavailable" },
    });
    let progressing = match says {
        "fails" => {
            json!({"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"})
        }
        _ => json!({"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"}),
    };
    json!({
        "observedGeneration": observed, "replicas": wanted, "updatedReplicas": wanted,
        "readyReplicas": ready, "availableReplicas": ready, "unavailableReplicas": wanted - ready,
        "conditions": [available, progressing],
    })
}
