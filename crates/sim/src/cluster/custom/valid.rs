//! What is not valid about a custom resource.

use super::{fields, is_set, property};
use serde_json::Value;
use std::collections::BTreeSet;

/// What is wrong with an object, a line each, with the field.
pub fn errors(object: &Value, schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, of) in fields(&schema["properties"]) {
        if name != "metadata"
            && let Some(child) = object.get(name)
        {
            walk(child, of, name, &mut found);
        }
    }
    required(object, schema, "", &mut found);
    found
}

fn walk(value: &Value, schema: &Value, path: &str, found: &mut Vec<String>) {
    if value.is_null() && is_set(schema, "nullable") {
        return;
    }
    if let Some(kind) = mismatch(value, schema) {
        let said = format!(
            "{path}: Invalid value: {:?}: {path} in body must be of type {kind}",
            kind_of(value)
        );
        found.push(said);
        return;
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        let allowed: Vec<String> = allowed.iter().map(Value::to_string).collect();
        found.push(format!(
            "{path}: Unsupported value: {value}: supported values: {}",
            allowed.join(", ")
        ));
    }
    bounds(value, schema, path, found);
    match value {
        Value::Object(_) => {
            required(value, schema, path, found);
            for (name, child) in fields(value) {
                if let Some(of) = property(schema, name) {
                    walk(child, of, &format!("{path}.{name}"), found);
                }
            }
        }
        Value::Array(items) => list(items, schema, path, found),
        _ => {}
    }
}

fn required(value: &Value, schema: &Value, path: &str, found: &mut Vec<String>) {
    let names = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    for name in names.filter(|name| value.get(name).is_none()) {
        let dot = if path.is_empty() { "" } else { "." };
        found.push(format!("{path}{dot}{name}: Required value"));
    }
}

fn bounds(value: &Value, schema: &Value, path: &str, found: &mut Vec<String>) {
    let limit = |name: &str| schema[name].as_f64();
    let size = match value {
        Value::String(text) => Some((text.chars().count(), "minLength", "maxLength")),
        Value::Array(items) => Some((items.len(), "minItems", "maxItems")),
        Value::Object(map) => Some((map.len(), "minProperties", "maxProperties")),
        _ => None,
    };
    let (size, least, most) = match (size, value.as_f64()) {
        (Some((size, least, most)), _) => (
            f64::from(u32::try_from(size).unwrap_or(u32::MAX)),
            least,
            most,
        ),
        (None, Some(number)) => (number, "minimum", "maximum"),
        _ => return,
    };
    if limit(least).is_some_and(|least| size < least) || limit(most).is_some_and(|most| size > most)
    {
        found.push(format!(
            "{path}: Invalid value: {value}: {path} in body is out of bounds"
        ));
    }
}

fn list(items: &[Value], schema: &Value, path: &str, found: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    let keys = schema["x-kubernetes-list-map-keys"].as_array();
    for (at, item) in items.iter().enumerate() {
        let here = format!("{path}[{at}]");
        let identity = match schema["x-kubernetes-list-type"].as_str() {
            Some("set") => Some(item.to_string()),
            Some("map") => keys.map(|keys| {
                let values = keys.iter().filter_map(Value::as_str);
                values
                    .map(|key| item[key].to_string())
                    .collect::<Vec<_>>()
                    .join(",")
            }),
            _ => None,
        };
        if identity.is_some_and(|identity| !seen.insert(identity)) {
            found.push(format!("{here}: Duplicate value: {item}"));
        }
        walk(item, &schema["items"], &here, found);
    }
}

fn mismatch<'a>(value: &Value, schema: &'a Value) -> Option<&'a str> {
    if is_set(schema, "x-kubernetes-int-or-string") {
        return (!value.is_i64() && !value.is_string()).then_some("integer,string");
    }
    let wanted = schema["type"].as_str()?;
    let fits = match wanted {
        "integer" => value.is_i64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
        "number" => value.is_number(),
        wanted => kind_of(value) == wanted,
    };
    (!fits).then_some(wanted)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
