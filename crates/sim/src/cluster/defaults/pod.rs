//! Defaults of pods, and of the templates of pods.

use super::{each, set};
use serde_json::{Map, Value, json};

/// Defaults that a pod itself has besides those of templates.
pub fn of_pod(object: &mut Value) {
    of_template(object);
    let spec = &mut object["spec"];
    set(spec, "enableServiceLinks", json!(true));
    for list in ["containers", "initContainers"] {
        each(spec, list).for_each(requests_from_limits);
    }
}

fn requests_from_limits(container: &mut Value) {
    let limits = container["resources"]["limits"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    for (name, limit) in limits {
        let requests = &mut container["resources"]["requests"];
        if requests.is_null() {
            *requests = Value::Object(Map::new());
        }
        set(requests, &name, limit);
    }
}

/// Defaults of a template: its `spec`.
pub fn of_template(template: &mut Value) {
    let spec = &mut template["spec"];
    if !spec.is_object() {
        return;
    }
    set(spec, "dnsPolicy", json!("ClusterFirst"));
    set(spec, "restartPolicy", json!("Always"));
    set(spec, "securityContext", json!({}));
    set(spec, "terminationGracePeriodSeconds", json!(30));
    set(spec, "schedulerName", json!("default-scheduler"));
    same_account(spec);
    let host_network = spec["hostNetwork"] == true;
    for list in ["containers", "initContainers"] {
        each(spec, list).for_each(|container| of_container(container, host_network));
    }
    each(spec, "volumes").for_each(of_volume);
}

/// The old name of the service account follows the new one.
fn same_account(spec: &mut Value) {
    match spec.get("serviceAccountName").cloned() {
        Some(name) => spec["serviceAccount"] = name,
        None => {
            if let Some(name) = spec.get("serviceAccount").cloned() {
                spec["serviceAccountName"] = name;
            }
        }
    }
}

fn of_container(container: &mut Value, host_network: bool) {
    let policy = match is_latest(container["image"].as_str().unwrap_or_default()) {
        true => "Always",
        false => "IfNotPresent",
    };
    set(container, "imagePullPolicy", json!(policy));
    set(
        container,
        "terminationMessagePath",
        json!("/dev/termination-log"),
    );
    set(container, "terminationMessagePolicy", json!("File"));
    for port in each(container, "ports") {
        set(port, "protocol", json!("TCP"));
        if host_network {
            let number = port["containerPort"].clone();
            set(port, "hostPort", number);
        }
    }
    for variable in each(container, "env") {
        let field = &mut variable["valueFrom"]["fieldRef"];
        set(field, "apiVersion", json!("v1"));
        drop_nulls(variable);
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if let Some(probe) = container.get_mut(probe) {
            of_probe(probe);
        }
    }
}

/// Looking into a field that is not there left a null.
fn drop_nulls(variable: &mut Value) {
    let from = variable["valueFrom"].as_object_mut();
    let bare = from.is_none_or(|from| {
        from.retain(|_, value| !value.is_null());
        from.is_empty()
    });
    if let (true, Some(variable)) = (bare, variable.as_object_mut()) {
        variable.remove("valueFrom");
    }
}

fn of_probe(probe: &mut Value) {
    set(probe, "timeoutSeconds", json!(1));
    set(probe, "periodSeconds", json!(10));
    set(probe, "successThreshold", json!(1));
    set(probe, "failureThreshold", json!(3));
    if let Some(get) = probe.get_mut("httpGet") {
        set(get, "path", json!("/"));
        set(get, "scheme", json!("HTTP"));
    }
    if let Some(grpc) = probe.get_mut("grpc") {
        set(grpc, "service", json!(""));
    }
}

fn is_latest(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default();
    !image.contains('@') && name.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}

fn of_volume(volume: &mut Value) {
    let Some(map) = volume.as_object_mut() else {
        return;
    };
    if map.len() <= 1 {
        map.insert("emptyDir".into(), json!({}));
    }
    for source in ["secret", "configMap", "downwardAPI", "projected"] {
        if let Some(source) = map.get_mut(source) {
            set(source, "defaultMode", json!(420));
        }
    }
    if let Some(path) = map.get_mut("hostPath")
        && path.get("type").is_none()
    {
        path["type"] = json!("");
    }
}
