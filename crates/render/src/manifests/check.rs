//! What makes a value a manifest.
//!
//! In: a value. Out: a manifest, or what it lacks.

use model::{GroupVersionKind, Manifest, Origin};
use serde_json::{Map, Value};

/// Takes a value for a manifest, or says what it lacks.
pub(crate) fn manifest(mut value: Value, origin: Origin) -> Result<Manifest, String> {
    let Value::Object(fields) = &mut value else {
        return Err(format!(
            "a manifest is a map of fields, this is {}",
            kind_of(&value)
        ));
    };
    let (api_version, kind) = match (text(fields, "apiVersion"), text(fields, "kind")) {
        (Some(api_version), Some(kind)) => (api_version, kind),
        (None, Some(kind)) => return Err(format!("{kind} has no apiVersion")),
        (Some(_), None) => return Err("the object has no kind".to_owned()),
        (None, None) => return Err("the object has neither apiVersion nor kind".to_owned()),
    };
    let gvk = GroupVersionKind::from_api_version(&api_version, &kind);
    let metadata = fields.entry("metadata").or_insert(Value::Null);
    if metadata.is_null() {
        *metadata = Value::Object(Map::new());
    }
    let Value::Object(metadata) = metadata else {
        return Err(format!(
            "metadata of {kind} is {}, not a map of fields",
            kind_of(metadata)
        ));
    };
    check_metadata(metadata)?;
    metadata.retain(|_, value| !value.is_null());
    Ok(Manifest { gvk, value, origin })
}

fn check_metadata(metadata: &Map<String, Value>) -> Result<(), String> {
    for name in ["name", "namespace", "generateName"] {
        match metadata.get(name) {
            None | Some(Value::Null | Value::String(_)) => {}
            Some(other) => {
                return Err(format!(
                    "metadata.{name} is {}, not text; quote it",
                    kind_of(other)
                ));
            }
        }
    }
    check_texts(metadata, "annotations")?;
    check_texts(metadata, "labels")
}

fn check_texts(metadata: &Map<String, Value>, field: &str) -> Result<(), String> {
    let map = match metadata.get(field) {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Object(map)) => map,
        Some(other) => return Err(format!("metadata.{field} is {}, not a map", kind_of(other))),
    };
    match map.iter().find(|(_, value)| !value.is_string()) {
        None => Ok(()),
        Some((name, value)) => Err(format!(
            "metadata.{field} contains non-string value in the map under key {name:?}, {}; quote it",
            kind_of(value)
        )),
    }
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}
