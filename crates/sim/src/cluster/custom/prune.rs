//! Unknown fields and nulls go, defaults come.

use super::{fields, is_set, property};
use serde_json::{Map, Value};

/// The value without what its schema does not know; at the root, identity is known anyway.
pub fn pruned(value: &Value, schema: &Value, root: bool) -> Value {
    match value {
        Value::Object(_) => {
            let kept = fields(value).filter_map(|(name, child)| {
                let child = child_of(name, child, schema, root)?;
                Some((name.clone(), child))
            });
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => match schema.get("items") {
            Some(of) => items.iter().map(|item| pruned(item, of, false)).collect(),
            None => value.clone(),
        },
        scalar => scalar.clone(),
    }
}

fn child_of(name: &str, child: &Value, schema: &Value, root: bool) -> Option<Value> {
    let embedded = root || is_set(schema, "x-kubernetes-embedded-resource");
    if embedded && ["apiVersion", "kind", "metadata"].contains(&name) {
        return Some(child.clone());
    }
    match property(schema, name) {
        Some(of) if child.is_null() && !is_set(of, "nullable") && of.get("default").is_none() => {
            None
        }
        Some(of) => Some(pruned(child, of, false)),
        None if keeps_unknown(schema) => Some(child.clone()),
        None => None,
    }
}

fn keeps_unknown(schema: &Value) -> bool {
    is_set(schema, "x-kubernetes-preserve-unknown-fields") || is_set(schema, "additionalProperties")
}

/// Sets what is not given and has a default, and so within what is given.
pub fn set_defaults(value: &mut Value, schema: &Value) {
    match value {
        Value::Object(map) => {
            for (name, of) in fields(&schema["properties"]) {
                let missing = match map.get(name) {
                    None => true,
                    Some(given) => given.is_null() && !is_set(of, "nullable"),
                };
                if let (true, Some(default)) = (missing, of.get("default")) {
                    map.insert(name.clone(), default.clone());
                }
            }
            for (name, child) in map {
                if let Some(of) = property(schema, name) {
                    set_defaults(child, of);
                }
            }
        }
        Value::Array(items) => {
            if let Some(of) = schema.get("items") {
                items.iter_mut().for_each(|item| set_defaults(item, of));
            }
        }
        _ => {}
    }
}
