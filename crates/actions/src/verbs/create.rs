//! Objects made of other objects: a Job of a CronJob, a Workflow of its template.
//!
//! Comes in: the object that serves as pattern. Goes out: parts of the new one, which belongs to
//! it.

use crate::ActionError;
use crate::fields;
use serde_json::{Map, Value, json};

/// The name of an object.
pub fn name(object: &Value) -> Result<&str, ActionError> {
    let path = ["metadata", "name"];
    let name = fields::within(object, &path)?;
    let absent = || ActionError::absent(&path);
    name.as_str().ok_or_else(absent)
}

/// Names a new object after its pattern and a time, and puts it beside the pattern.
pub fn identify(
    metadata: &mut Map<String, Value>,
    pattern: &Value,
    time: &str,
) -> Result<(), ActionError> {
    let name = format!("{}-{time}", name(pattern)?);
    metadata.insert("name".to_owned(), name.into());
    put(metadata, "namespace", &pattern["metadata"]["namespace"]);
    Ok(())
}

/// A reference by which a new object belongs to its pattern.
pub fn owner_reference(pattern: &Value) -> Map<String, Value> {
    let mut reference = Map::new();
    put(&mut reference, "apiVersion", &pattern["apiVersion"]);
    put(&mut reference, "kind", &pattern["kind"]);
    put(&mut reference, "name", &pattern["metadata"]["name"]);
    put(&mut reference, "uid", &pattern["metadata"]["uid"]);
    reference
}

/// Sets a field unless the value is null.
pub fn put(members: &mut Map<String, Value>, name: &str, value: &Value) {
    if !value.is_null() {
        members.insert(name.to_owned(), value.clone());
    }
}

/// A copy in which no field is null or empty; null if nothing is left. That is how Argo CD copies
/// templates, whose Lua cannot tell an empty object from an empty list.
pub fn copied(value: &Value) -> Value {
    match value {
        Value::Object(members) if members.is_empty() => Value::Null,
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name, copied(value)));
            let left = members.filter(|(_, value)| !value.is_null());
            Value::Object(left.map(|(name, value)| (name.clone(), value)).collect())
        }
        Value::Array(items) => items.iter().map(copied_item).collect(),
        scalar => scalar.clone(),
    }
}

/// Items of lists stay where they are, empty or not.
fn copied_item(item: &Value) -> Value {
    match copied(item) {
        Value::Null => item.clone(),
        copy => copy,
    }
}

/// A new object of parts.
pub fn object(api_version: &str, kind: &str, metadata: Map<String, Value>, spec: Value) -> Value {
    let mut object = json!({"apiVersion": api_version, "kind": kind, "metadata": metadata});
    if !spec.is_null() {
        object["spec"] = spec;
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_leaves_empty_fields_out() {
        let template = json!({
            "resources": {}, "args": [], "note": null, "on": false,
            "volumes": [{"name": "a", "emptyDir": {}}, {}],
        });
        let copy = json!({"on": false, "volumes": [{"name": "a"}, {}]});
        assert_eq!(copied(&template), copy);
        assert_eq!(copied(&json!({})), Value::Null);
    }
}
