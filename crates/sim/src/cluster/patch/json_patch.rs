//! JSON patch: a list of operations, each at a pointer.

use crate::cluster::refusal::{Reason, Refusal};
use serde_json::Value;

/// What the operations make of an object.
pub fn on(object: &Value, patch: &Value) -> Result<Value, Refusal> {
    let Some(operations) = patch.as_array() else {
        return Err(Refusal::new(
            Reason::BadRequest,
            "error decoding patch: it is no list",
        ));
    };
    let mut object = object.clone();
    for operation in operations {
        one(&mut object, operation).map_err(|why| Refusal::new(Reason::Invalid, why))?;
    }
    Ok(object)
}

fn one(object: &mut Value, operation: &Value) -> Result<(), String> {
    let text = |field: &str| operation[field].as_str().unwrap_or_default();
    let (path, from) = (text("path"), text("from"));
    let value = operation["value"].clone();
    match text("op") {
        "add" => add(object, path, value),
        "remove" => take(object, path).map(drop),
        "replace" => replace(object, path, value),
        "move" => take(object, from).and_then(|value| add(object, path, value)),
        "copy" => match object.pointer(from).cloned() {
            Some(value) => add(object, path, value),
            None => Err(format!(
                "copy operation does not apply: doc is missing key: {from}"
            )),
        },
        "test" => match object.pointer(path).unwrap_or(&Value::Null) == &value {
            true => Ok(()),
            false => Err(format!("testing value {path} failed")),
        },
        other => Err(format!("unexpected operation kind: {other:?}")),
    }
}

/// The place that holds the last step of a pointer, and that step.
fn parent<'a>(object: &'a mut Value, path: &str) -> Result<(&'a mut Value, String), String> {
    let missing = || format!("doc is missing path: {path}");
    let (before, last) = path.rsplit_once('/').ok_or_else(missing)?;
    let last = last.replace("~1", "/").replace("~0", "~");
    object
        .pointer_mut(before)
        .map(|place| (place, last))
        .ok_or_else(missing)
}

fn add(object: &mut Value, path: &str, value: Value) -> Result<(), String> {
    if path.is_empty() {
        *object = value;
        return Ok(());
    }
    let (place, last) = parent(object, path)?;
    match place {
        Value::Object(map) => drop(map.insert(last, value)),
        Value::Array(items) => {
            let at = match last.as_str() {
                "-" => items.len(),
                last => last.parse().map_err(|_| format!("no such index: {last}"))?,
            };
            if at > items.len() {
                return Err(format!("Unable to access invalid index: {at}"));
            }
            items.insert(at, value);
        }
        _ => return Err(format!("doc is missing path: {path}")),
    }
    Ok(())
}

/// What is not in a map is added to it.
fn replace(object: &mut Value, path: &str, value: Value) -> Result<(), String> {
    if let Some(place) = object.pointer_mut(path) {
        *place = value;
        return Ok(());
    }
    match parent(object, path)? {
        (Value::Object(map), last) => {
            map.insert(last, value);
            Ok(())
        }
        _ => Err(format!(
            "replace operation does not apply: doc is missing key: {path}"
        )),
    }
}

fn take(object: &mut Value, path: &str) -> Result<Value, String> {
    let missing = || format!("remove operation does not apply: doc is missing key: {path}");
    let (place, last) = parent(object, path)?;
    match place {
        Value::Object(map) => map.remove(&last).ok_or_else(missing),
        Value::Array(items) => {
            let at: usize = last.parse().map_err(|_| missing())?;
            if at >= items.len() {
                return Err(format!("Unable to access invalid index: {at}"));
            }
            Ok(items.remove(at))
        }
        _ => Err(missing()),
    }
}
