//! JSON merge patch.

use serde_json::{Value, json};

/// Merges a patch into a value: null takes away, objects go deep, all else replaces.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (key, value) in fields {
        match value {
            Value::Null => drop(target.as_object_mut().and_then(|map| map.remove(key))),
            value => merge(&mut target[key], value),
        }
    }
}
