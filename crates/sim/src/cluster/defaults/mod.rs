//! What the server fills in where nothing was said.
//!
//! In: an object of a kind, read into its type. Out: the same with its defaults. Source: Kubernetes
//! 1.36, pkg/apis/*/v1/defaults.go.

mod pod;
mod workload;

use serde_json::{Value, json};

/// The annotation of a DaemonSet that counts its templates.
pub const TEMPLATES: &str = "deprecated.daemonset.template.generation";

/// Sets the defaults of one of Kubernetes' own kinds.
pub fn set_defaults(kind: &str, object: &mut Value) {
    match kind {
        "Namespace" => namespace(object),
        "Secret" => set(object, "type", json!("Opaque")),
        "Service" => service(&mut object["spec"]),
        "Pod" => pod::of_pod(object),
        "DaemonSet" => {
            // The server counts changes of its template in an annotation.
            if object["metadata"]["annotations"].get(TEMPLATES).is_none() {
                object["metadata"]["annotations"][TEMPLATES] = json!("0");
            }
            workload::of(kind, object);
        }
        "Deployment" | "ReplicaSet" | "StatefulSet" | "Job" | "CronJob" => {
            workload::of(kind, object);
        }
        "RoleBinding" | "ClusterRoleBinding" => binding(object),
        "NetworkPolicy" => network_policy(&mut object["spec"]),
        "PersistentVolume" => {
            set(&mut object["status"], "phase", json!("Pending"));
            set(
                &mut object["spec"],
                "persistentVolumeReclaimPolicy",
                json!("Retain"),
            );
            set(&mut object["spec"], "volumeMode", json!("Filesystem"));
        }
        "PersistentVolumeClaim" => {
            set(&mut object["status"], "phase", json!("Pending"));
            set(&mut object["spec"], "volumeMode", json!("Filesystem"));
        }
        "StorageClass" => {
            set(object, "reclaimPolicy", json!("Delete"));
            set(object, "volumeBindingMode", json!("Immediate"));
        }
        "HorizontalPodAutoscaler" => {
            set(&mut object["spec"], "minReplicas", json!(1));
            let metric = json!([{"type": "Resource", "resource": {
                "name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80},
            }}]);
            set(&mut object["spec"], "metrics", metric);
        }
        "CustomResourceDefinition" => definition(object),
        _ => {}
    }
}

/// Sets a field that is not there, or is empty.
fn set(object: &mut Value, field: &str, value: Value) {
    let Some(map) = object.as_object_mut() else {
        return;
    };
    let empty = match map.get(field) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        _ => false,
    };
    if empty {
        map.insert(field.to_owned(), value);
    }
}

/// The items of a list.
fn each<'a>(object: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    object
        .get_mut(list)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

fn namespace(object: &mut Value) {
    set(&mut object["status"], "phase", json!("Active"));
    let name = object["metadata"]["name"].clone();
    if name.as_str().is_some_and(|name| !name.is_empty()) {
        object["metadata"]["labels"]["kubernetes.io/metadata.name"] = name;
    }
}

fn service(spec: &mut Value) {
    set(spec, "sessionAffinity", json!("None"));
    match spec["sessionAffinity"] == "ClientIP" {
        true => set(
            spec,
            "sessionAffinityConfig",
            json!({"clientIP": {"timeoutSeconds": 10800}}),
        ),
        false => {
            let _ = spec
                .as_object_mut()
                .and_then(|spec| spec.remove("sessionAffinityConfig"));
        }
    }
    set(spec, "type", json!("ClusterIP"));
    for port in each(spec, "ports") {
        set(port, "protocol", json!("TCP"));
        if port["targetPort"] == 0 || port["targetPort"] == "" {
            port["targetPort"] = port["port"].clone();
        }
    }
    let kind = spec["type"].as_str().unwrap_or_default().to_owned();
    if ["NodePort", "LoadBalancer"].contains(&kind.as_str()) {
        set(spec, "externalTrafficPolicy", json!("Cluster"));
    }
    if kind != "ExternalName" {
        set(spec, "internalTrafficPolicy", json!("Cluster"));
    }
    if kind == "LoadBalancer" {
        set(spec, "allocateLoadBalancerNodePorts", json!(true));
    }
}

fn binding(object: &mut Value) {
    const GROUP: &str = "rbac.authorization.k8s.io";
    set(&mut object["roleRef"], "apiGroup", json!(GROUP));
    for subject in each(object, "subjects") {
        if subject["kind"] == "User" || subject["kind"] == "Group" {
            set(subject, "apiGroup", json!(GROUP));
        }
    }
}

fn network_policy(spec: &mut Value) {
    for direction in ["ingress", "egress"] {
        for rule in each(spec, direction) {
            each(rule, "ports").for_each(|port| set(port, "protocol", json!("TCP")));
        }
    }
    let egress = spec["egress"]
        .as_array()
        .is_some_and(|rules| !rules.is_empty());
    let types = if egress {
        json!(["Ingress", "Egress"])
    } else {
        json!(["Ingress"])
    };
    set(spec, "policyTypes", types);
}

fn definition(object: &mut Value) {
    let kind = object["spec"]["names"]["kind"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let names = &mut object["spec"]["names"];
    set(names, "singular", json!(kind.to_lowercase()));
    if !kind.is_empty() {
        set(names, "listKind", json!(format!("{kind}List")));
    }
    set(
        &mut object["spec"],
        "conversion",
        json!({"strategy": "None"}),
    );
    let versions = object["spec"]["versions"].as_array().into_iter().flatten();
    let stored = versions
        .into_iter()
        .find(|version| version["storage"] == true);
    if let Some(name) = stored.map(|version| version["name"].clone()) {
        set(&mut object["status"], "storedVersions", json!([name]));
    }
}
