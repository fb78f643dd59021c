//! Fields of objects nobody has checked, read and written as the actions of Argo CD do in Lua.
//!
//! Comes in: JSON and the path of a field. Goes out: what stands there, null if nothing does. Null
//! and absent are one. An empty list is an empty mapping too, since Lua has one empty table for
//! both.

use crate::ActionError;
use serde_json::{Map, Value};

/// What stands at a path of which all but the last may be absent.
pub fn find<'a>(object: &'a Value, path: &[&str]) -> Result<&'a Value, ActionError> {
    let mut value = object;
    for (depth, name) in path.iter().enumerate() {
        value = match value {
            Value::Null => return Ok(&Value::Null),
            value => member(value, name, &path[..depth])?,
        };
    }
    Ok(value)
}

/// What stands at a path of which all but the last must be there.
pub fn within<'a>(object: &'a Value, path: &[&str]) -> Result<&'a Value, ActionError> {
    let mut value = object;
    for (depth, name) in path.iter().enumerate() {
        value = member(value, name, &path[..depth])?;
    }
    Ok(value)
}

fn member<'a>(value: &'a Value, name: &str, place: &[&str]) -> Result<&'a Value, ActionError> {
    match value {
        Value::Object(members) => Ok(members.get(name).unwrap_or(&Value::Null)),
        Value::Array(_) => Ok(&Value::Null),
        Value::Null => Err(ActionError::absent(place)),
        _ => Err(ActionError::malformed(place, "an object")),
    }
}

/// Whether Lua takes a value for true: everything but null and false.
pub fn holds(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// A value as a flag that is shown; null is no.
pub fn flag(value: &Value, path: &[&str]) -> Result<bool, ActionError> {
    match value {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        _ => Err(ActionError::malformed(path, "a boolean")),
    }
}

/// Whether two values are the same; objects and lists never are.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Object(_) | Value::Array(_), _) => false,
        (one, other) => one == other,
    }
}

/// How many items a list has; a mapping has none.
pub fn length(value: &Value, path: &[&str]) -> Result<usize, ActionError> {
    match value {
        Value::Array(items) => Ok(items.iter().filter(|item| !item.is_null()).count()),
        Value::Object(_) => Ok(0),
        _ => Err(ActionError::malformed(path, "a list")),
    }
}

/// The mapping at `existing` and then `made`: the first path must be there, what is missing of the
/// second is made.
pub fn mapping<'a>(
    object: &'a mut Value,
    existing: &[&str],
    made: &[&str],
) -> Result<&'a mut Map<String, Value>, ActionError> {
    let path: Vec<&str> = existing.iter().chain(made).copied().collect();
    let mut value = object;
    for depth in 0..=path.len() {
        let place = &path[..depth];
        if value.is_null() && depth <= existing.len() {
            return Err(ActionError::absent(place));
        }
        let members = members(value, place)?;
        match path.get(depth) {
            Some(name) => value = members.entry(*name).or_insert(Value::Null),
            None => return Ok(members),
        }
    }
    Err(ActionError::absent(&path))
}

fn members<'a>(
    value: &'a mut Value,
    place: &[&str],
) -> Result<&'a mut Map<String, Value>, ActionError> {
    let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if empty {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(ActionError::malformed(place, "an object")),
    }
}

/// Sets one field of the mapping at a path that must be there.
pub fn set(
    object: &mut Value,
    path: &[&str],
    name: &str,
    value: impl Into<Value>,
) -> Result<(), ActionError> {
    mapping(object, path, &[])?.insert(name.to_owned(), value.into());
    Ok(())
}

/// Takes one field out of the mapping at a path that must be there.
pub fn unset(object: &mut Value, path: &[&str], name: &str) -> Result<(), ActionError> {
    mapping(object, path, &[])?.remove(name);
    Ok(())
}
