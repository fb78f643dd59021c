//! The rules for what is in an object.

use super::names::{is_data_key, is_label};
use crate::cluster::kinds::Kind;
use serde_json::Value;
use std::collections::BTreeSet;

/// What is wrong with an object of one of Kubernetes' own kinds.
pub fn errors(kind: &Kind, object: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let spec = &object["spec"];
    match kind.kind.as_str() {
        "ConfigMap" => data_keys(object, &["data", "binaryData"], &mut found),
        "Secret" => data_keys(object, &["data"], &mut found),
        "Service" => service(spec, &mut found),
        "Pod" => pod(spec, "spec", &mut found),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" => workload(spec, &mut found),
        "Job" => job(spec, "spec", &mut found),
        "CronJob" => {
            if spec["schedule"].as_str().is_none_or(str::is_empty) {
                found.push("spec.schedule: Required value".into());
            }
            job(
                &spec["jobTemplate"]["spec"],
                "spec.jobTemplate.spec",
                &mut found,
            );
        }
        "RoleBinding" | "ClusterRoleBinding" => binding(object, &mut found),
        "PersistentVolumeClaim" => claim(spec, &mut found),
        "Ingress" if spec["defaultBackend"].is_null() && items(spec, "rules").count() == 0 => {
            found.push(
                "spec: Invalid value: either `defaultBackend` or `rules` must be specified".into(),
            );
        }
        "HorizontalPodAutoscaler" => autoscaler(spec, &mut found),
        "PodDisruptionBudget"
            if spec["minAvailable"] != Value::Null && spec["maxUnavailable"] != Value::Null =>
        {
            found.push(
                "spec: Invalid value: minAvailable and maxUnavailable cannot be both set".into(),
            );
        }
        _ => {}
    }
    found
}

fn data_keys(object: &Value, fields: &[&str], found: &mut Vec<String>) {
    for field in fields {
        let keys = object[*field].as_object().into_iter().flatten();
        for (key, _) in keys.filter(|(key, _)| !is_data_key(key)) {
            found.push(format!("{field}[{key}]: Invalid value: {key:?}"));
        }
    }
}

fn items<'a>(object: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    object[list].as_array().into_iter().flatten()
}

fn required(object: &Value, field: &str, path: &str, found: &mut Vec<String>) {
    if object[field].as_str().is_none_or(str::is_empty) {
        found.push(format!("{path}.{field}: Required value"));
    }
}

fn is_port(value: &Value) -> bool {
    value
        .as_i64()
        .is_some_and(|port| (1..=65_535).contains(&port))
}

fn service(spec: &Value, found: &mut Vec<String>) {
    const TYPES: [&str; 4] = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];
    let kind = spec["type"].as_str().unwrap_or_default();
    if !TYPES.contains(&kind) {
        found.push(format!("spec.type: Unsupported value: {kind:?}"));
    }
    let many = items(spec, "ports").count();
    if many == 0 && spec["clusterIP"] != "None" && kind != "ExternalName" {
        found.push("spec.ports: Required value".into());
    }
    let (mut names, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for (at, port) in items(spec, "ports").enumerate() {
        let name = port["name"].as_str().unwrap_or_default();
        if many > 1 && name.is_empty() {
            found.push(format!("spec.ports[{at}].name: Required value"));
        }
        if !name.is_empty() && (!is_label(name) || !names.insert(name)) {
            found.push(format!("spec.ports[{at}].name: Duplicate value: {name:?}"));
        }
        if !is_port(&port["port"]) {
            found.push(format!(
                "spec.ports[{at}].port: Invalid value: {}",
                port["port"]
            ));
        }
        if !numbers.insert(format!("{}/{}", port["port"], port["protocol"])) {
            found.push(format!("spec.ports[{at}]: Duplicate value"));
        }
    }
}

fn workload(spec: &Value, found: &mut Vec<String>) {
    let labels = &spec["template"]["metadata"]["labels"];
    let selected = spec["selector"]["matchLabels"].as_object();
    let expressions = items(&spec["selector"], "matchExpressions").count();
    if spec["selector"].is_null() {
        found.push("spec.selector: Required value".into());
    } else if selected.is_none_or(|map| map.is_empty()) && expressions == 0 {
        found.push("spec.selector: Invalid value: empty selector is invalid for deployment".into());
    }
    if selected
        .into_iter()
        .flatten()
        .any(|(key, value)| labels.get(key) != Some(value))
    {
        found.push("spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`".into());
    }
    if spec["replicas"]
        .as_i64()
        .is_some_and(|replicas| replicas < 0)
    {
        found.push("spec.replicas: Invalid value: must be greater than or equal to 0".into());
    }
    for strategy in ["strategy", "updateStrategy"] {
        let said = &spec[strategy];
        if said["rollingUpdate"].is_object() && said["type"] != "RollingUpdate" {
            found.push(format!("spec.{strategy}.rollingUpdate: Forbidden: may not be specified when strategy `type` is '{}'", said["type"].as_str().unwrap_or_default()));
        }
    }
    let template = &spec["template"]["spec"];
    if template["restartPolicy"] != "Always" {
        found.push("spec.template.spec.restartPolicy: Unsupported value".into());
    }
    pod(template, "spec.template.spec", found);
}

fn job(spec: &Value, path: &str, found: &mut Vec<String>) {
    let template = &spec["template"]["spec"];
    if template["restartPolicy"] != "Never" && template["restartPolicy"] != "OnFailure" {
        found.push(format!("{path}.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""));
    }
    pod(template, &format!("{path}.template.spec"), found);
}

fn pod(spec: &Value, path: &str, found: &mut Vec<String>) {
    if items(spec, "containers").count() == 0 {
        found.push(format!("{path}.containers: Required value"));
    }
    volumes(spec, path, found);
    let volumes: BTreeSet<&str> = items(spec, "volumes")
        .filter_map(|v| v["name"].as_str())
        .collect();
    let mut names = BTreeSet::new();
    for list in ["containers", "initContainers"] {
        for (at, container) in items(spec, list).enumerate() {
            let here = format!("{path}.{list}[{at}]");
            required(container, "image", &here, found);
            required(container, "name", &here, found);
            let name = container["name"].as_str().unwrap_or_default();
            if !name.is_empty() && !is_label(name) {
                found.push(format!("{here}.name: Invalid value: {name:?}"));
            } else if !name.is_empty() && !names.insert(name) {
                found.push(format!("{here}.name: Duplicate value: {name:?}"));
            }
            container_rest(container, &here, &volumes, found);
        }
    }
}

/// What names the thing that a volume shows.
const SOURCES: [(&str, &str); 4] = [
    ("configMap", "name"),
    ("secret", "secretName"),
    ("hostPath", "path"),
    ("persistentVolumeClaim", "claimName"),
];

fn volumes(spec: &Value, path: &str, found: &mut Vec<String>) {
    let mut names = BTreeSet::new();
    for (at, volume) in items(spec, "volumes").enumerate() {
        let here = format!("{path}.volumes[{at}]");
        required(volume, "name", &here, found);
        let name = volume["name"].as_str().unwrap_or_default();
        if !name.is_empty() && !names.insert(name) {
            found.push(format!("{here}.name: Duplicate value: {name:?}"));
        }
        match volume.as_object().map_or(0, |fields| {
            fields.keys().filter(|key| *key != "name").count()
        }) {
            0 => found.push(format!(
                "{here}: Required value: must specify a volume type"
            )),
            1 => {}
            _ => found.push(format!(
                "{here}: Forbidden: may not specify more than 1 volume type"
            )),
        }
        for (source, field) in SOURCES {
            if let Some(source_of) = volume.get(source) {
                required(source_of, field, &format!("{here}.{source}"), found);
            }
        }
    }
}

fn container_rest(
    container: &Value,
    here: &str,
    volumes: &BTreeSet<&str>,
    found: &mut Vec<String>,
) {
    for (at, port) in items(container, "ports").enumerate() {
        if !is_port(&port["containerPort"]) {
            found.push(format!("{here}.ports[{at}].containerPort: Invalid value"));
        }
    }
    for (at, variable) in items(container, "env").enumerate() {
        required(variable, "name", &format!("{here}.env[{at}]"), found);
        let both = variable["value"].is_string() && variable["valueFrom"].is_object();
        if both {
            found.push(format!("{here}.env[{at}].valueFrom: Invalid value: may not be specified when `value` is not empty"));
        }
    }
    for (at, mount) in items(container, "volumeMounts").enumerate() {
        if !mount["name"]
            .as_str()
            .is_some_and(|name| volumes.contains(name))
        {
            found.push(format!(
                "{here}.volumeMounts[{at}].name: Not found: {}",
                mount["name"]
            ));
        }
    }
    let (limits, requests) = (
        &container["resources"]["limits"],
        &container["resources"]["requests"],
    );
    for (name, limit) in limits.as_object().into_iter().flatten() {
        if limit.as_str().is_some_and(|text| text.starts_with('-')) {
            found.push(format!("{here}.resources.limits.{name}: Invalid value"));
        }
        let more = |request: &Value| {
            let nanos = |value: &Value| crate::cluster::quantity::nanos(value.as_str()?);
            nanos(request) > nanos(limit)
        };
        if requests.get(name).is_some_and(more) {
            found.push(format!("{here}.resources.requests: Invalid value: must be less than or equal to {name} limit"));
        }
    }
}

fn binding(object: &Value, found: &mut Vec<String>) {
    let role = &object["roleRef"];
    if role["kind"] != "Role" && role["kind"] != "ClusterRole" {
        found.push(format!("roleRef.kind: Unsupported value: {}", role["kind"]));
    }
    required(role, "name", "roleRef", found);
}

fn autoscaler(spec: &Value, found: &mut Vec<String>) {
    let (least, most) = (
        spec["minReplicas"].as_i64().unwrap_or(1),
        spec["maxReplicas"].as_i64().unwrap_or(0),
    );
    if least < 1 {
        found.push("spec.minReplicas: Invalid value: must be greater than or equal to 1".into());
    }
    if most < 1 || most < least {
        found.push("spec.maxReplicas: Invalid value: must be greater than 0 and not less than `minReplicas`".into());
    }
    required(
        &spec["scaleTargetRef"],
        "kind",
        "spec.scaleTargetRef",
        found,
    );
    required(
        &spec["scaleTargetRef"],
        "name",
        "spec.scaleTargetRef",
        found,
    );
}

fn claim(spec: &Value, found: &mut Vec<String>) {
    if items(spec, "accessModes").count() == 0 {
        found.push("spec.accessModes: Required value: at least 1 access mode is required".into());
    }
    if spec["resources"]["requests"]["storage"].is_null() {
        found.push("spec.resources[storage]: Required value".into());
    }
}
