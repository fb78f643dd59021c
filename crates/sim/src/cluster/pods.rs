//! What the server's own admission adds to a new pod: a service account, a priority, and how long it
//! stays on a node that is gone.
//!
//! The token of the service account, a volume with a name by chance, is left out. Source: Kubernetes
//! 1.36, plugin/pkg/admission/{serviceaccount,priority,defaulttolerationseconds}.

use super::kinds::Kind;
use serde_json::{Value, json};

/// Completes a pod; of other kinds nothing changes.
pub fn complete(kind: &Kind, object: &mut Value) {
    if !is_pod(kind) {
        return;
    }
    let Some(spec) = object["spec"].as_object_mut() else {
        return;
    };
    let account = spec
        .entry("serviceAccountName")
        .or_insert_with(|| json!("default"))
        .clone();
    spec.insert("serviceAccount".into(), account);
    spec.entry("priority").or_insert_with(|| json!(0));
    spec.entry("preemptionPolicy")
        .or_insert_with(|| json!("PreemptLowerPriority"));
}

/// Lets a pod, new or changed, stay on a lost node for a while.
pub fn tolerate_lost_nodes(kind: &Kind, object: &mut Value) {
    if !is_pod(kind) || !object["spec"].is_object() {
        return;
    }
    let tolerations = &mut object["spec"]["tolerations"];
    if tolerations.is_null() {
        *tolerations = json!([]);
    }
    for taint in [
        "node.kubernetes.io/not-ready",
        "node.kubernetes.io/unreachable",
    ] {
        tolerate(tolerations, taint);
    }
}

fn is_pod(kind: &Kind) -> bool {
    kind.group.is_empty() && kind.kind == "Pod"
}

fn tolerate(tolerations: &mut Value, taint: &str) {
    let Some(list) = tolerations.as_array_mut() else {
        return;
    };
    let text =
        |toleration: &Value, field: &str| toleration[field].as_str().unwrap_or_default().to_owned();
    let covers = |toleration: &Value| {
        let (key, effect) = (text(toleration, "key"), text(toleration, "effect"));
        (key.is_empty() || key == taint) && (effect.is_empty() || effect == "NoExecute")
    };
    if !list.iter().any(covers) {
        list.push(json!({
            "key": taint, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300,
        }));
    }
}
