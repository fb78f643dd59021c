//! What the server makes of an object before it keeps it: status and generation are its own, some
//! fields are given out by it.
//!
//! Source: Kubernetes 1.36, pkg/registry/*/strategy.go.

use super::custom::established;
use super::defaults::TEMPLATES;
use super::kinds::Kind;
use super::normal::normal;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Kinds whose generation counts changes of their spec.
const GENERATIONS: [&str; 11] = [
    "CronJob",
    "CustomResourceDefinition",
    "DaemonSet",
    "Deployment",
    "Ingress",
    "Job",
    "NetworkPolicy",
    "Pod",
    "PodDisruptionBudget",
    "ReplicaSet",
    "StatefulSet",
];

/// Before an object is made.
pub fn before_create(kind: &Kind, object: &mut Value, now: &str, number: u64) {
    if kind.has_status {
        reset_status(kind, object);
    }
    if kind.custom.is_some() || GENERATIONS.contains(&kind.kind.as_str()) {
        object["metadata"]["generation"] = json!(1);
    }
    if kind.custom.is_some() {
        return;
    }
    match kind.kind.as_str() {
        "Namespace" => namespace(object),
        "Service" => give_address(&mut object["spec"], number),
        "Job" => select_own_pods(object),
        "DaemonSet" => object["metadata"]["annotations"][TEMPLATES] = json!("1"),
        "CustomResourceDefinition" => object["status"] = established(object, now),
        "Pod" => {
            object["status"] = json!({"phase": "Pending", "qosClass": quality(&object["spec"])})
        }
        "PersistentVolume" | "PersistentVolumeClaim" => {
            object["status"] = json!({"phase": "Pending"})
        }
        _ => {}
    }
}

fn reset_status(kind: &Kind, object: &mut Value) {
    let Some(map) = object.as_object_mut() else {
        return;
    };
    map.remove("status");
    if kind.custom.is_none() {
        let empty = normal(&kind.shapes, kind.shape, &json!({})).unwrap_or_default();
        if let Some(status) = empty.get("status") {
            map.insert("status".into(), status.clone());
        }
    }
}

fn namespace(object: &mut Value) {
    object["status"] = json!({"phase": "Active"});
    let finalizers = &mut object["spec"]["finalizers"];
    match finalizers.as_array_mut() {
        Some(list) if list.iter().any(|name| name == "kubernetes") => {}
        Some(list) => list.push(json!("kubernetes")),
        None => *finalizers = json!(["kubernetes"]),
    }
    let name = object["metadata"]["name"].clone();
    object["metadata"]["labels"]["kubernetes.io/metadata.name"] = name;
}

/// Addresses come from a range of their own, in order.
fn give_address(spec: &mut Value, number: u64) {
    if spec["type"] == "ExternalName" {
        return;
    }
    let given = spec["clusterIP"].as_str().unwrap_or_default().to_owned();
    let address = match given.as_str() {
        "" => format!("10.96.{}.{}", (number >> 8) & 255, number & 255),
        given => given.to_owned(),
    };
    spec["clusterIP"] = json!(address);
    spec["clusterIPs"] = json!([address]);
    for (field, value) in [
        ("ipFamilies", json!(["IPv4"])),
        ("ipFamilyPolicy", json!("SingleStack")),
    ] {
        if spec.get(field).is_none() {
            spec[field] = value;
        }
    }
}

fn select_own_pods(object: &mut Value) {
    if object["spec"]["manualSelector"] == true {
        return;
    }
    let name = object["metadata"]["name"].clone();
    let uid = object["metadata"]["uid"].clone();
    let labels = &mut object["spec"]["template"]["metadata"]["labels"];
    let own = [
        ("batch.kubernetes.io/controller-uid", &uid),
        ("batch.kubernetes.io/job-name", &name),
        ("controller-uid", &uid),
        ("job-name", &name),
    ];
    for (label, value) in own {
        if labels.get(label).is_none() {
            labels[label] = value.clone();
        }
    }
    let selected = &mut object["spec"]["selector"]["matchLabels"];
    if selected.get("batch.kubernetes.io/controller-uid").is_none() {
        selected["batch.kubernetes.io/controller-uid"] = uid;
    }
}

/// What an object becomes by being read again; what that changes is kept otherwise.
pub fn settle(kind: &Kind, object: &mut Value, hidden: &mut BTreeSet<String>) {
    if kind.settles_late() {
        hidden.insert("status".into());
    }
    if kind.labelled_late() && object["metadata"].get("labels").is_none() {
        share_labels(object);
        hidden.insert("labels".into());
    }
}

/// Gives an object the labels of its pods.
pub fn share_labels(object: &mut Value) {
    object["metadata"]["labels"] = object["spec"]["template"]["metadata"]["labels"].clone();
}

/// Are a Job's labels, which it was not given, those of its pods? What is then added to the one is
/// added to the other.
pub fn shares_labels(kind: &Kind, object: &Value) -> bool {
    let has = |labels: &Value| labels.as_object().is_some_and(|labels| !labels.is_empty());
    kind.group == "batch"
        && kind.kind == "Job"
        && !has(&object["metadata"]["labels"])
        && has(&object["spec"]["template"]["metadata"]["labels"])
}

fn quality(spec: &Value) -> &'static str {
    let containers = || spec["containers"].as_array().into_iter().flatten();
    let has = |container: &Value, what: &str| container["resources"][what].is_object();
    let guaranteed = |container: &Value| {
        let (limits, requests) = (
            &container["resources"]["limits"],
            &container["resources"]["requests"],
        );
        ["cpu", "memory"]
            .iter()
            .all(|name| !limits[*name].is_null() && limits[*name] == requests[*name])
    };
    if containers().all(|c| !has(c, "limits") && !has(c, "requests")) {
        "BestEffort"
    } else if containers().all(guaranteed) {
        "Guaranteed"
    } else {
        "Burstable"
    }
}

/// Before an object is replaced by another, as a whole or only its status.
pub fn before_update(kind: &Kind, subresource: &str, object: &mut Value, old: &Value) {
    let generation = &old["metadata"]["generation"];
    put(&mut object["metadata"], "generation", generation);
    match subresource {
        "status" => status_alone(kind, object, old),
        _ => all_but_status(kind, object, old),
    }
}

/// Sets a field to what it is elsewhere, or takes it away.
fn put(object: &mut Value, field: &str, value: &Value) {
    let Some(map) = object.as_object_mut() else {
        return;
    };
    match value {
        Value::Null => drop(map.remove(field)),
        value => drop(map.insert(field.to_owned(), value.clone())),
    }
}

fn status_alone(kind: &Kind, object: &mut Value, old: &Value) {
    if kind.custom.is_some() {
        let (status, owners) = (
            object["status"].clone(),
            object["metadata"]["managedFields"].clone(),
        );
        *object = old.clone();
        put(object, "status", &status);
        put(&mut object["metadata"], "managedFields", &owners);
        return;
    }
    put(object, "spec", &old["spec"]);
    match kind.kind.as_str() {
        "Deployment" => put(
            &mut object["metadata"],
            "labels",
            &old["metadata"]["labels"],
        ),
        "Pod" => {
            for field in ["deletionTimestamp", "ownerReferences"] {
                put(&mut object["metadata"], field, &old["metadata"][field]);
            }
        }
        "CustomResourceDefinition" => {}
        _ => {}
    }
}

fn all_but_status(kind: &Kind, object: &mut Value, old: &Value) {
    if kind.has_status {
        put(object, "status", &old["status"]);
    }
    if kind.custom.is_none() {
        match kind.kind.as_str() {
            "Namespace" => put(
                &mut object["spec"],
                "finalizers",
                &old["spec"]["finalizers"],
            ),
            "Service" => keep_addresses(object, old),
            "DaemonSet" => count_templates(object, old),
            _ => {}
        }
    }
    if counts(kind, object, old) {
        let next = old["metadata"]["generation"].as_i64().unwrap_or(0) + 1;
        object["metadata"]["generation"] = json!(next);
    }
}

fn count_templates(object: &mut Value, old: &Value) {
    let known = old["metadata"]["annotations"][TEMPLATES]
        .as_str()
        .and_then(|text| text.parse::<i64>().ok());
    let changed = object["spec"]["template"] != old["spec"]["template"];
    let count = known.unwrap_or(0) + i64::from(changed);
    object["metadata"]["annotations"][TEMPLATES] = json!(count.to_string());
}

fn keep_addresses(object: &mut Value, old: &Value) {
    if object["spec"]["type"] == "ExternalName" || old["spec"]["type"] == "ExternalName" {
        return;
    }
    for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"] {
        if object["spec"].get(field).is_none() {
            put(&mut object["spec"], field, &old["spec"][field]);
        }
    }
}

fn counts(kind: &Kind, object: &Value, old: &Value) -> bool {
    if kind.custom.is_some() {
        let rest = |object: &Value| {
            let mut rest = object.clone();
            if let Some(map) = rest.as_object_mut() {
                map.remove("metadata");
            }
            rest
        };
        return rest(object) != rest(old);
    }
    let annotations = |object: &Value| object["metadata"]["annotations"].clone();
    let noted = kind.kind == "Deployment" && annotations(object) != annotations(old);
    GENERATIONS.contains(&kind.kind.as_str()) && (object["spec"] != old["spec"] || noted)
}
