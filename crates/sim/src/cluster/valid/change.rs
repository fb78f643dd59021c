//! The rules for what may change.

use crate::cluster::kinds::Kind;
use serde_json::Value;

/// What may not change about an object of one of Kubernetes' own kinds, and did.
pub fn errors(kind: &Kind, object: &Value, old: &Value) -> Vec<String> {
    match kind.kind.as_str() {
        "ConfigMap" | "Secret" => {
            let mut found = sealed(object, old);
            if kind.kind == "Secret" {
                found.extend(immutable(object, old, &["/type"]));
            }
            found
        }
        "Deployment" | "ReplicaSet" | "DaemonSet" => immutable(object, old, &["/spec/selector"]),
        "StatefulSet" => stateful_set(object, old),
        "Job" => immutable(
            object,
            old,
            &[
                "/spec/completions",
                "/spec/selector",
                "/spec/template",
                "/spec/completionMode",
            ],
        ),
        "RoleBinding" | "ClusterRoleBinding" => immutable(object, old, &["/roleRef"]),
        "Service" => address(object, old),
        "StorageClass" => immutable(
            object,
            old,
            &["/parameters", "/provisioner", "/volumeBindingMode"],
        ),
        "Pod" => pod(object, old),
        "PersistentVolumeClaim" => claim(object, old),
        "CustomResourceDefinition" => immutable(
            object,
            old,
            &["/spec/group", "/spec/scope", "/spec/names/kind"],
        ),
        _ => Vec::new(),
    }
}

fn immutable(object: &Value, old: &Value, pointers: &[&str]) -> Vec<String> {
    let changed = pointers
        .iter()
        .filter(|pointer| object.pointer(pointer) != old.pointer(pointer));
    let path = |pointer: &&&str| pointer.trim_start_matches('/').replace('/', ".");
    changed
        .map(|pointer| format!("{}: Invalid value: field is immutable", path(&pointer)))
        .collect()
}

/// What is marked as immutable stays so, with its data.
fn sealed(object: &Value, old: &Value) -> Vec<String> {
    if old["immutable"] != true {
        return Vec::new();
    }
    let mut found = Vec::new();
    for field in ["immutable", "data", "binaryData"] {
        if object.get(field) != old.get(field) {
            found.push(format!(
                "{field}: Forbidden: field is immutable when `immutable` is set"
            ));
        }
    }
    found
}

/// All of the spec but what may change.
fn only(object: &Value, old: &Value, free: &[&str], message: &str) -> Vec<String> {
    let rest = |object: &Value| {
        let mut spec = object["spec"].clone();
        if let Some(spec) = spec.as_object_mut() {
            spec.retain(|field, _| !free.contains(&field.as_str()));
        }
        spec
    };
    match rest(object) == rest(old) {
        true => Vec::new(),
        false => vec![format!("spec: Forbidden: {message}")],
    }
}

fn stateful_set(object: &Value, old: &Value) -> Vec<String> {
    const FREE: [&str; 7] = [
        "replicas",
        "ordinals",
        "template",
        "updateStrategy",
        "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy",
        "minReadySeconds",
    ];
    let message = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    only(object, old, &FREE, message)
}

fn pod(object: &Value, old: &Value) -> Vec<String> {
    let bare = |object: &Value| {
        let mut object = object.clone();
        for list in ["containers", "initContainers"] {
            let items = object["spec"].get_mut(list).and_then(Value::as_array_mut);
            for container in items.into_iter().flatten().filter_map(Value::as_object_mut) {
                container.remove("image");
            }
        }
        object
    };
    let tolerations = |object: &Value| {
        object["spec"]["tolerations"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let kept = tolerations(object);
    if tolerations(old)
        .iter()
        .any(|toleration| !kept.contains(toleration))
    {
        return vec!["spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds".into()];
    }
    let message = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    only(
        &bare(object),
        &bare(old),
        &["activeDeadlineSeconds", "tolerations"],
        message,
    )
}

fn claim(object: &Value, old: &Value) -> Vec<String> {
    let message = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
    let free: &[&str] = match old["status"]["phase"] == "Bound" {
        true => &["resources", "volumeAttributesClassName"],
        false => &[],
    };
    only(object, old, free, message)
}

fn address(object: &Value, old: &Value) -> Vec<String> {
    let address = |object: &Value| {
        object["spec"]["clusterIP"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let kept = ["ExternalName"]
        .iter()
        .all(|kind| object["spec"]["type"] != *kind && old["spec"]["type"] != *kind);
    match kept && address(object) != address(old) {
        true => vec!["spec.clusterIPs[0]: Invalid value: field is immutable".to_owned()],
        false => Vec::new(),
    }
}
