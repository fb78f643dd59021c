//! The rules for metadata.

use super::names::{is_label, is_label_value, is_path_segment, is_qualified, is_subdomain};
use crate::cluster::kinds::Kind;
use serde_json::Value;

/// What is wrong with the metadata of an object.
pub fn errors(kind: &Kind, object: &Value) -> Vec<String> {
    let metadata = &object["metadata"];
    let mut found = Vec::new();
    match metadata["name"].as_str().unwrap_or_default() {
        "" => {
            found.push("metadata.name: Required value: name or generateName is required".to_owned())
        }
        name if !is_name(kind, name) => {
            found.push(format!("metadata.name: Invalid value: {name:?}"))
        }
        _ => {}
    }
    for (key, value) in map(metadata, "labels") {
        let text = value.as_str().unwrap_or_default();
        if !is_qualified(key) {
            found.push(format!("metadata.labels: Invalid value: {key:?}"));
        }
        if !is_label_value(text) {
            found.push(format!("metadata.labels: Invalid value: {text:?}"));
        }
    }
    for (key, _) in map(metadata, "annotations") {
        if !is_qualified(&key.to_lowercase()) {
            found.push(format!("metadata.annotations: Invalid value: {key:?}"));
        }
    }
    owners(metadata, &mut found);
    finalizers(metadata, &mut found);
    found
}

fn map<'a>(metadata: &'a Value, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    metadata[field].as_object().into_iter().flatten()
}

fn is_name(kind: &Kind, name: &str) -> bool {
    match (kind.group.as_str(), kind.kind.as_str()) {
        ("", "Namespace" | "Service") => is_label(name),
        ("rbac.authorization.k8s.io", _) => is_path_segment(name),
        _ => is_subdomain(name),
    }
}

fn owners(metadata: &Value, found: &mut Vec<String>) {
    let owners = || metadata["ownerReferences"].as_array().into_iter().flatten();
    for owner in owners() {
        for field in ["apiVersion", "kind", "name", "uid"] {
            if owner[field].as_str().is_none_or(str::is_empty) {
                found.push(format!(
                    "metadata.ownerReferences.{field}: Invalid value: \"\": must not be empty"
                ));
            }
        }
    }
    if owners().filter(|owner| owner["controller"] == true).count() > 1 {
        found.push("metadata.ownerReferences: Invalid value: Only one reference can have Controller set to true".into());
    }
}

fn finalizers(metadata: &Value, found: &mut Vec<String>) {
    let names = || {
        metadata["finalizers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
    };
    for name in names().filter(|name| !is_qualified(name)) {
        found.push(format!("metadata.finalizers: Invalid value: {name:?}"));
    }
    if names().any(|name| name == "orphan") && names().any(|name| name == "foregroundDeletion") {
        found.push("metadata.finalizers: Invalid value: finalizer orphan and foregroundDeletion cannot be both set".into());
    }
}

/// What may not change.
pub fn change_errors(object: &Value, old: &Value) -> Vec<String> {
    let (new, old) = (&object["metadata"], &old["metadata"]);
    let mut found = Vec::new();
    let names = |metadata: &Value| {
        metadata["finalizers"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    if !old["deletionTimestamp"].is_null() {
        let known = names(old);
        if names(new).iter().any(|name| !known.contains(name)) {
            found.push("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted".to_owned());
        }
    }
    for field in [
        "name",
        "namespace",
        "uid",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
    ] {
        if new[field] != old[field] {
            found.push(format!(
                "metadata.{field}: Invalid value: field is immutable"
            ));
        }
    }
    found
}
