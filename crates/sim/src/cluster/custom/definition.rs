//! CustomResourceDefinitions: the kinds they define.

use super::{Custom, shapes};
use crate::cluster::kinds::{Kind, built_in_shapes};
use serde_json::{Value, json};
use std::sync::Arc;

/// The kind that a definition defines, in the version that is stored.
pub fn kind_of(definition: &Value) -> Option<Kind> {
    let spec = &definition["spec"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let versions = spec["versions"].as_array()?;
    let version = versions
        .iter()
        .find(|v| v["storage"] == true)
        .or_else(|| versions.first())?;
    let schema = version["schema"]["openAPIV3Schema"].clone();
    let mut known = (**built_in_shapes()).clone();
    let shape = shapes::root(&mut known, &schema);
    let group = text(&spec["group"])?;
    Some(Kind {
        api_version: format!("{group}/{}", version["name"].as_str()?),
        group,
        kind: text(&spec["names"]["kind"])?,
        resource: text(&spec["names"]["plural"]).unwrap_or_default(),
        namespaced: spec["scope"] != "Cluster",
        has_status: version["subresources"]["status"].is_object(),
        shapes: Arc::new(known),
        shape,
        custom: Some(Arc::new(Custom { schema })),
    })
}

/// The status of a definition whose kind is not yet served.
pub fn waiting(definition: &Value) -> Value {
    json!({
        "acceptedNames": {"kind": "", "plural": ""},
        "conditions": [],
        "storedVersions": definition["status"]["storedVersions"],
    })
}

/// The status of a definition whose kind is served.
pub fn established(definition: &Value, now: &str) -> Value {
    let condition = |kind: &str, reason: &str, message: &str| {
        json!({
            "type": kind, "status": "True", "lastTransitionTime": now,
            "reason": reason, "message": message,
        })
    };
    let versions = definition["spec"]["versions"].as_array();
    let stored = versions
        .into_iter()
        .flatten()
        .find(|v| v["storage"] == true);
    json!({
        "acceptedNames": definition["spec"]["names"],
        "conditions": [
            condition("NamesAccepted", "NoConflicts", "no conflicts found"),
            condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
        ],
        "storedVersions": [stored.map_or(Value::Null, |v| v["name"].clone())],
    })
}
