//! Random objects, and parts and changes of them.

use crate::ask::KINDS;
use crate::generate::Choices;
use serde_json::{Map, Value, json};

/// The definitions that the custom kinds have.
pub fn definitions() -> Vec<Value> {
    let any = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
    let widget = json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {
            "size": {"type": "integer", "default": 3},
            "color": {"type": "string", "enum": ["red", "green", "blue"]},
            "paused": {"type": "boolean"},
            "port": {"x-kubernetes-int-or-string": true},
            "note": {"type": "string", "nullable": true},
            "tags": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"},
            "args": {"type": "array", "items": {"type": "string"}},
            "parts": {
                "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                "items": {"type": "object", "required": ["name"], "properties": {
                    "name": {"type": "string"}, "count": {"type": "integer"},
                    "options": {"type": "object", "additionalProperties": {"type": "string"}},
                }},
            },
            "ports": {
                "type": "array", "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["port", "protocol"],
                "items": {"type": "object", "required": ["port"], "properties": {
                    "port": {"type": "integer"}, "protocol": {"type": "string", "default": "TCP"},
                    "name": {"type": "string"},
                }},
            },
            "selector": {
                "type": "object", "x-kubernetes-map-type": "atomic",
                "additionalProperties": {"type": "string"},
            },
            "options": {"type": "object", "additionalProperties": {"type": "string"}},
            "free": any,
            "nested": {"type": "object", "properties": {
                "deep": {"type": "object", "default": {}, "properties": {
                    "level": {"type": "integer", "default": 1}, "label": {"type": "string"},
                }},
            }},
        }},
        "status": {"type": "object", "properties": {
            "phase": {"type": "string"},
            "conditions": {
                "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"],
                "items": {"type": "object", "required": ["type"], "properties": {
                    "type": {"type": "string"}, "status": {"type": "string"},
                }},
            },
        }},
    }});
    let gadget = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
    vec![
        definition("Widget", "widgets", &widget, true),
        definition("Gadget", "gadgets", &gadget, false),
    ]
}

fn definition(kind: &str, plural: &str, schema: &Value, status: bool) -> Value {
    let mut version = json!({
        "name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema},
    });
    if status {
        version["subresources"] = json!({"status": {}});
    }
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.example.org")},
        "spec": {
            "group": "example.org", "scope": "Namespaced", "versions": [version],
            "names": {"kind": kind, "plural": plural},
        },
    })
}

/// A whole object of a kind, now and then one that is not valid.
pub fn whole(choices: &mut Choices, kind: usize, name: &str) -> Value {
    let of = &KINDS[kind];
    let mut object =
        json!({"apiVersion": of.api_version, "kind": of.kind, "metadata": metadata(choices, name)});
    let body = body(choices, of.kind, true);
    for (field, value) in body {
        object[field] = value;
    }
    object
}

/// An object with only some fields, for apply.
pub fn part(choices: &mut Choices, kind: usize, name: &str) -> Value {
    let of = &KINDS[kind];
    let mut object =
        json!({"apiVersion": of.api_version, "kind": of.kind, "metadata": metadata(choices, name)});
    for (field, value) in body(choices, of.kind, false) {
        if !choices.once_in(4) {
            object[field] = value;
        }
    }
    object
}

/// A change of an object, as merge patches say it.
pub fn change(choices: &mut Choices, kind: usize) -> Value {
    let of = &KINDS[kind];
    let mut object = json!({});
    if choices.once_in(2) {
        object["metadata"] = metadata(choices, "x");
        drop(
            object["metadata"]
                .as_object_mut()
                .map(|map| map.remove("name")),
        );
        if choices.once_in(4) {
            object["metadata"]["labels"] = Value::Null;
        }
        if choices.once_in(12) {
            object["metadata"]["managedFields"] = if choices.once_in(2) {
                json!([])
            } else {
                json!([{}])
            };
        }
        if choices.once_in(6) {
            let name = choices.of(&["red", "blue"]);
            let applied = part(choices, kind, name);
            object["metadata"]["annotations"] = json!({
                "kubectl.kubernetes.io/last-applied-configuration": applied.to_string(),
            });
        }
        if choices.once_in(4) {
            object["metadata"]["finalizers"] = choices
                .of(&[None, Some("example.org/hold")])
                .map_or(Value::Null, |name| json!([name]));
        }
    }
    for (field, value) in body(choices, of.kind, false) {
        match choices.below(8) {
            0 => {}
            1 => object[field] = Value::Null,
            _ => object[field] = value,
        }
    }
    object
}

/// The operations of a JSON patch.
pub fn operations(choices: &mut Choices, kind: usize) -> Value {
    let change = change(choices, kind);
    let fields = change
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(field, _)| *field != "metadata");
    let mut operations: Vec<Value> = fields
        .map(|(field, value)| json!({"op": "add", "path": format!("/{field}"), "value": value}))
        .collect();
    if choices.once_in(2) {
        operations
            .push(json!({"op": "add", "path": "/metadata/labels", "value": {"json": "patch"}}));
    }
    if choices.once_in(3) {
        operations.push(json!({"op": "replace", "path": "/metadata/labels/app", "value": "web"}));
    }
    if choices.once_in(4) {
        operations.push(json!({"op": "remove", "path": "/metadata/annotations"}));
    }
    if choices.once_in(6) {
        operations.push(json!({"op": "test", "path": "/metadata/name", "value": "red"}));
    }
    Value::Array(operations)
}

/// A status.
pub fn status(choices: &mut Choices, kind: usize) -> Value {
    let ready = choices.of(&["True", "False"]);
    match KINDS[kind].kind {
        "Widget" => json!({
            "phase": choices.of(&["Up", "Down"]),
            "conditions": [{"type": choices.of(&["Ready", "Slow"]), "status": ready}],
        }),
        "Deployment" => json!({
            "replicas": choices.below(3), "updatedReplicas": choices.below(2), "observedGeneration": 1,
        }),
        "StatefulSet" | "ReplicaSet" => json!({"replicas": choices.below(3)}),
        "Service" => json!({"loadBalancer": {}}),
        "PersistentVolumeClaim" => json!({"phase": choices.of(&["Bound", "Pending"])}),
        _ => json!({}),
    }
}

fn metadata(choices: &mut Choices, name: &str) -> Value {
    let mut metadata = json!({"name": name});
    if choices.once_in(2) {
        metadata["labels"] = some(choices, &["app", "tier", "team"], &["web", "db", ""]);
    }
    if choices.once_in(3) {
        metadata["annotations"] = some(choices, &["note", "example.org/note"], &["a", "b"]);
    }
    if choices.once_in(10) {
        metadata["finalizers"] = json!(["example.org/hold"]);
    }
    if choices.once_in(20) {
        metadata["finalizers"] = json!(["example.org/hold", "example.org/wait"]);
    }
    if choices.once_in(25) {
        let owner = json!({
            "apiVersion": "v1", "kind": "ConfigMap", "name": "owner",
            "uid": choices.of(&["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"]),
        });
        metadata["ownerReferences"] = json!([owner]);
    }
    if choices.once_in(60) {
        metadata["labels"] = json!({"not valid": "x"});
    }
    metadata
}

fn some(choices: &mut Choices, keys: &[&str], values: &[&str]) -> Value {
    let mut map = Map::new();
    for key in keys {
        if choices.once_in(2) {
            map.insert((*key).into(), json!(choices.of(values)));
        }
    }
    Value::Object(map)
}

type Body = Vec<(&'static str, Value)>;

fn body(choices: &mut Choices, kind: &str, whole: bool) -> Body {
    match kind {
        "ConfigMap" => config_map(choices),
        "Secret" => secret(choices),
        "Service" => vec![("spec", service(choices, whole))],
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" => {
            vec![("spec", workload(choices, kind, whole))]
        }
        "Pod" => vec![("spec", pod(choices, whole))],
        "Ingress" => vec![("spec", ingress(choices))],
        "PodDisruptionBudget" => vec![("spec", budget(choices))],
        "HorizontalPodAutoscaler" => vec![("spec", autoscaler(choices))],
        "Job" => vec![("spec", job(choices, whole))],
        "CronJob" => vec![("spec", cron_job(choices, whole))],
        "ServiceAccount" => service_account(choices),
        "Role" => vec![("rules", rules(choices))],
        "RoleBinding" => role_binding(choices),
        "PersistentVolumeClaim" => vec![("spec", claim(choices))],
        "NetworkPolicy" => vec![("spec", policy(choices))],
        "Widget" => vec![("spec", widget(choices))],
        "Gadget" => vec![
            ("spec", gadget(choices)),
            ("extra", json!({"a": choices.below(3)})),
        ],
        _ => Vec::new(),
    }
}

fn config_map(choices: &mut Choices) -> Body {
    let mut body = vec![("data", some(choices, &["a", "b", "c"], &["1", "2", "3"]))];
    if choices.once_in(8) {
        body.push(("binaryData", some(choices, &["x", "y"], &["AAE=", "AAI="])));
    }
    if choices.once_in(40) {
        body.push(("immutable", json!(true)));
    }
    if choices.once_in(40) {
        body.push(("data", json!({"a": 1})));
    }
    if choices.once_in(40) {
        body.push(("unknown", json!({"a": 1})));
    }
    body
}

fn secret(choices: &mut Choices) -> Body {
    let mut body = vec![(
        "data",
        some(choices, &["a", "b", "c"], &["MQ==", "Mg==", "Mw=="]),
    )];
    if choices.once_in(5) {
        body.push(("stringData", some(choices, &["a", "d"], &["one", "two"])));
    }
    if choices.once_in(4) {
        body.push(("type", json!(choices.of(&["Opaque", "example.org/kind"]))));
    }
    body
}

fn service(choices: &mut Choices, whole: bool) -> Value {
    let mut spec = json!({});
    if !choices.once_in(4) {
        spec["selector"] = some(choices, &["app", "tier"], &["web", "db"]);
    }
    if whole || !choices.once_in(3) {
        let mut ports = Vec::new();
        for (name, port) in [("http", 80), ("https", 443), ("dns", 53)] {
            if choices.once_in(2) || ports.is_empty() {
                let mut one = json!({"name": name, "port": port});
                if choices.once_in(3) {
                    one["targetPort"] = choices
                        .of(&["web", "8080"])
                        .parse::<i64>()
                        .map_or(json!("web"), |n| json!(n));
                }
                if name == "dns" || choices.once_in(5) {
                    one["protocol"] = json!(choices.of(&["TCP", "UDP"]));
                }
                ports.push(one);
            }
        }
        if choices.once_in(4) {
            ports.reverse();
        }
        spec["ports"] = Value::Array(ports);
    }
    if choices.once_in(6) {
        spec["sessionAffinity"] = json!(choices.of(&["None", "ClientIP"]));
    }
    if choices.once_in(12) {
        spec["publishNotReadyAddresses"] = json!(choices.once_in(2));
    }
    spec
}

fn container(choices: &mut Choices, name: &str, whole: bool) -> Value {
    let mut container = json!({"name": name});
    if whole || !choices.once_in(4) {
        container["image"] = json!(choices.of(&["web:1", "web:2", "db", "example.org/x/y:latest"]));
    }
    if choices.once_in(3) {
        let mut env = Vec::new();
        for name in ["A", "B", "C"] {
            if choices.once_in(2) {
                env.push(match choices.below(4) {
                    0 => json!({"name": name, "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}),
                    1 => json!({"name": name}),
                    _ => json!({"name": name, "value": choices.of(&["1", "2"])}),
                });
            }
        }
        container["env"] = Value::Array(env);
    }
    if choices.once_in(3) {
        let mut ports = Vec::new();
        for port in [80, 443] {
            if choices.once_in(2) {
                let mut one = json!({"containerPort": port});
                if choices.once_in(3) {
                    one["protocol"] = json!(choices.of(&["TCP", "UDP"]));
                }
                if choices.once_in(3) {
                    one["name"] = json!(format!("p{port}"));
                }
                ports.push(one);
            }
        }
        container["ports"] = Value::Array(ports);
    }
    if choices.once_in(4) {
        container["resources"] =
            json!({"limits": {"cpu": choices.of(&["1", "500m", "0.5", "1000m"])}});
        if choices.once_in(2) {
            container["resources"]["requests"] =
                json!({"cpu": "100m", "memory": choices.of(&["1Gi", "1024Mi"])});
        }
    }
    if choices.once_in(5) {
        container["readinessProbe"] =
            json!({"httpGet": {"path": choices.of(&["/", "/ready"]), "port": 80}});
    }
    if choices.once_in(6) {
        container["args"] = json!([choices.of(&["-a", "-b"])]);
    }
    container
}

fn template(choices: &mut Choices, whole: bool) -> Value {
    let mut spec = json!({});
    let mut containers = Vec::new();
    for name in ["main", "side", "log"] {
        if choices.once_in(2) || (whole && containers.is_empty()) {
            containers.push(container(choices, name, whole));
        }
    }
    if choices.once_in(4) {
        containers.reverse();
    }
    if !containers.is_empty() {
        spec["containers"] = Value::Array(containers);
    }
    if choices.once_in(4) {
        spec["volumes"] = json!([
            {"name": "config", "configMap": {"name": choices.of(&["a", "b"])}},
            {"name": "tmp"},
        ]);
    }
    if choices.once_in(6) {
        spec["serviceAccountName"] = json!(choices.of(&["robot", "default"]));
    }
    if choices.once_in(6) {
        spec["nodeSelector"] = some(choices, &["disk", "zone"], &["a", "b"]);
    }
    if choices.once_in(8) {
        spec["tolerations"] = json!([{"key": choices.of(&["a", "b"]), "operator": "Exists"}]);
    }
    let mut template = json!({"spec": spec});
    if whole || choices.once_in(2) {
        template["metadata"] = json!({"labels": {"app": "web"}});
        if choices.once_in(3) {
            template["metadata"]["labels"]["extra"] = json!(choices.of(&["1", "2"]));
        }
    }
    template
}

fn workload(choices: &mut Choices, kind: &str, whole: bool) -> Value {
    let mut spec = json!({});
    if whole || choices.once_in(2) {
        spec["selector"] = json!({"matchLabels": {"app": "web"}});
    }
    if choices.once_in(40) {
        spec["selector"] = json!({"matchLabels": {"app": "other"}});
    }
    if whole || !choices.once_in(4) {
        spec["template"] = template(choices, whole);
    }
    if choices.once_in(2) {
        spec["replicas"] = json!(choices.of(&[0, 1, 2, 3]));
    }
    if kind == "StatefulSet" {
        spec["serviceName"] = json!("web");
    }
    if kind == "Deployment" {
        match choices.below(8) {
            0 => spec["strategy"] = json!({"type": "Recreate"}),
            1 => {
                spec["strategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": choices.of(&[1, 2])}})
            }
            2 => spec["paused"] = json!(choices.once_in(2)),
            3 => spec["minReadySeconds"] = json!(choices.below(3)),
            _ => {}
        }
    }
    spec
}

fn pod(choices: &mut Choices, whole: bool) -> Value {
    let mut spec = template(choices, whole)["spec"].clone();
    // Else the server gives its token a volume with a name by chance.
    spec["automountServiceAccountToken"] = json!(false);
    if whole || choices.once_in(2) {
        spec["serviceAccountName"] = json!("default");
    } else {
        drop(
            spec.as_object_mut()
                .map(|spec| spec.remove("serviceAccountName")),
        );
    }
    if choices.once_in(3) {
        spec["restartPolicy"] = json!(choices.of(&["Never", "Always"]));
    }
    spec
}

fn ingress(choices: &mut Choices) -> Value {
    let path = |choices: &mut Choices| {
        json!({
            "path": choices.of(&["/", "/a"]), "pathType": choices.of(&["Prefix", "Exact"]),
            "backend": {"service": {"name": choices.of(&["web", "db"]), "port": {"number": 80}}},
        })
    };
    let paths = [path(choices), path(choices)];
    let mut spec = json!({"rules": [{"host": choices.of(&["a.example.org", "b.example.org"]), "http": {"paths": paths}}]});
    if choices.once_in(3) {
        spec["ingressClassName"] = json!(choices.of(&["nginx", "haproxy"]));
    }
    if choices.once_in(4) {
        spec["tls"] = json!([{"hosts": ["a.example.org"], "secretName": "tls"}]);
    }
    spec
}

fn budget(choices: &mut Choices) -> Value {
    let mut spec = json!({"selector": {"matchLabels": {"app": choices.of(&["web", "db"])}}});
    match choices.below(3) {
        0 => spec["minAvailable"] = json!(choices.below(3)),
        1 => spec["maxUnavailable"] = json!(choices.of(&["25%", "50%"])),
        _ => {}
    }
    spec
}

fn autoscaler(choices: &mut Choices) -> Value {
    let mut spec = json!({
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": choices.of(&["red", "blue"])},
        "maxReplicas": 3 + choices.below(2),
    });
    if choices.once_in(2) {
        spec["minReplicas"] = json!(1 + choices.below(2));
    }
    if choices.once_in(2) {
        let target = json!({"type": "Utilization", "averageUtilization": choices.of(&[50, 60])});
        spec["metrics"] =
            json!([{"type": "Resource", "resource": {"name": "cpu", "target": target}}]);
    }
    spec
}

fn job(choices: &mut Choices, whole: bool) -> Value {
    let mut template = template(choices, whole);
    if whole || choices.once_in(2) {
        template["spec"]["restartPolicy"] = json!(choices.of(&["Never", "OnFailure"]));
    }
    if choices.once_in(2) {
        drop(template.as_object_mut().map(|map| map.remove("metadata")));
    }
    let mut spec = json!({});
    if whole || choices.once_in(3) {
        spec["template"] = template;
    }
    if choices.once_in(3) {
        spec["backoffLimit"] = json!(choices.below(3));
    }
    if choices.once_in(4) {
        spec["parallelism"] = json!(1 + choices.below(3));
    }
    if choices.once_in(6) {
        spec["suspend"] = json!(choices.once_in(2));
    }
    spec
}

fn cron_job(choices: &mut Choices, whole: bool) -> Value {
    let mut spec = json!({});
    if whole || choices.once_in(2) {
        spec["schedule"] = json!(choices.of(&["* * * * *", "0 3 * * *"]));
    }
    if whole || choices.once_in(2) {
        let mut template = template(choices, whole);
        template["spec"]["restartPolicy"] = json!("Never");
        spec["jobTemplate"] = json!({"spec": {"template": template}});
    }
    if choices.once_in(4) {
        spec["suspend"] = json!(choices.once_in(2));
    }
    spec
}

fn service_account(choices: &mut Choices) -> Body {
    let mut body = Vec::new();
    if choices.once_in(2) {
        body.push(("automountServiceAccountToken", json!(choices.once_in(2))));
    }
    if choices.once_in(2) {
        body.push((
            "imagePullSecrets",
            json!([{"name": choices.of(&["a", "b"])}]),
        ));
    }
    if choices.once_in(3) {
        body.push(("secrets", json!([{"name": choices.of(&["a", "b"])}])));
    }
    body
}

fn rules(choices: &mut Choices) -> Value {
    let verbs = choices.of(&["get", "list", "watch"]);
    json!([{"apiGroups": [""], "resources": ["pods"], "verbs": [verbs]}])
}

fn role_binding(choices: &mut Choices) -> Body {
    let name = choices.of(&["reader", "reader", "reader", "writer"]);
    let mut body = vec![(
        "roleRef",
        json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name}),
    )];
    if choices.once_in(2) {
        body.push((
            "subjects",
            json!([{"kind": "User", "name": choices.of(&["ann", "bob"])}]),
        ));
    }
    if choices.once_in(3) {
        body.push((
            "subjects",
            json!([{"kind": "ServiceAccount", "name": "robot", "namespace": "default"}]),
        ));
    }
    body
}

fn claim(choices: &mut Choices) -> Value {
    json!({
        "accessModes": [choices.of(&["ReadWriteOnce", "ReadWriteOnce", "ReadWriteMany"])],
        "resources": {"requests": {"storage": choices.of(&["1Gi", "1Gi", "1024Mi", "2Gi"])}},
        "storageClassName": "fast",
    })
}

fn policy(choices: &mut Choices) -> Value {
    let mut spec = json!({"podSelector": {"matchLabels": {"app": choices.of(&["web", "db"])}}});
    if choices.once_in(2) {
        spec["ingress"] = json!([{"ports": [{"port": choices.of(&[80, 443])}]}]);
    }
    if choices.once_in(3) {
        spec["egress"] = json!([{}]);
    }
    if choices.once_in(4) {
        spec["policyTypes"] = json!([choices.of(&["Ingress", "Egress"])]);
    }
    spec
}

fn widget(choices: &mut Choices) -> Value {
    let mut spec = Map::new();
    let mut add = |choices: &mut Choices, field: &str, value: Value| {
        if choices.once_in(3) {
            spec.insert(field.into(), value);
        }
    };
    let value = json!(choices.below(4));
    add(choices, "size", value);
    let value = json!(choices.of(&["red", "green", "green", "blue", "blue", "black"]));
    add(choices, "color", value);
    let value = json!(choices.once_in(2));
    add(choices, "paused", value);
    let value = if choices.once_in(2) {
        json!(80)
    } else {
        json!("web")
    };
    add(choices, "port", value);
    let value = if choices.once_in(2) {
        Value::Null
    } else {
        json!("n")
    };
    add(choices, "note", value);
    let value = subset(choices, &[json!("a"), json!("b"), json!("c")]);
    add(choices, "tags", value);
    let value = subset(choices, &[json!("x"), json!("y"), json!("x")]);
    add(choices, "args", value);
    let mut parts = Vec::new();
    for name in ["one", "two", "three"] {
        if choices.once_in(2) {
            let mut part = json!({"name": name});
            if choices.once_in(2) {
                part["count"] = json!(choices.below(3));
            }
            if choices.once_in(3) {
                part["options"] = some(choices, &["a", "b"], &["1", "2"]);
            }
            parts.push(part);
        }
    }
    if choices.once_in(3) {
        parts.reverse();
    }
    if choices.once_in(40) {
        parts.push(json!({"name": "one"}));
    }
    add(choices, "parts", Value::Array(parts));
    let mut ports = Vec::new();
    for port in [80, 443] {
        if choices.once_in(2) {
            let mut one = json!({"port": port});
            if choices.once_in(3) {
                one["protocol"] = json!(choices.of(&["TCP", "UDP"]));
            }
            if choices.once_in(3) {
                one["name"] = json!(choices.of(&["p", "q"]));
            }
            ports.push(one);
        }
    }
    add(choices, "ports", Value::Array(ports));
    let value = some(choices, &["app", "tier"], &["web", "db"]);
    add(choices, "selector", value);
    let value = some(choices, &["a", "b", "c"], &["1", "2"]);
    add(choices, "options", value);
    let value = free(choices, 2);
    add(choices, "free", value);
    let value = match choices.below(4) {
        0 => json!({}),
        1 => json!({"deep": {}}),
        2 => json!({"deep": {"label": choices.of(&["x", "y"])}}),
        _ => json!({"deep": {"level": choices.below(3)}}),
    };
    add(choices, "nested", value);
    if choices.once_in(40) {
        spec.insert("unknown".into(), json!(1));
    }
    if choices.once_in(40) {
        spec.insert("size".into(), json!("large"));
    }
    Value::Object(spec)
}

fn gadget(choices: &mut Choices) -> Value {
    free(choices, 3)
}

/// Anything.
fn free(choices: &mut Choices, depth: usize) -> Value {
    match choices.below(if depth == 0 { 3 } else { 6 }) {
        0 => json!(choices.below(3)),
        1 => json!(choices.of(&["a", "b"])),
        2 => json!(choices.once_in(2)),
        3 => Value::Array(
            (0..choices.below(3))
                .map(|_| free(choices, depth - 1))
                .collect(),
        ),
        _ => {
            let mut map = Map::new();
            for key in ["a", "b"] {
                if choices.once_in(2) {
                    map.insert(key.into(), free(choices, depth - 1));
                }
            }
            Value::Object(map)
        }
    }
}

fn subset(choices: &mut Choices, among: &[Value]) -> Value {
    let mut some: Vec<Value> = among
        .iter()
        .filter(|_| choices.once_in(2))
        .cloned()
        .collect();
    if choices.once_in(3) {
        some.reverse();
    }
    Value::Array(some)
}
