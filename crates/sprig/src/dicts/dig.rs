//! A value deep inside of maps.

use crate::panics;
use crate::signature::{Outcome, fail};
use gotemplate::{Call, ElementType, FunctionError, Map, Value};
use std::borrow::Cow;

/// Keys, a default, and the map they lead into. The map, and each on the way, must be a plain one:
/// `.Values` itself, whose type has a name, is not.
pub(super) fn dig(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let [keys @ .., default, map] = arguments else {
        return fail("dig needs at least three arguments");
    };
    if keys.is_empty() {
        return fail("dig needs at least three arguments");
    }
    let mut map = plain(map)?;
    let keys = keys.iter().map(key).collect::<Result<Vec<_>, _>>()?;
    let mut found = Value::Nil;
    for (at, key) in keys.iter().enumerate() {
        if at > 0 {
            map = plain(&found)?;
        }
        match map.get(key) {
            Some(value) => found = value,
            None => return Ok(default.clone()),
        }
    }
    Ok(found)
}

fn plain(value: &Value) -> Result<Map, FunctionError> {
    match value {
        Value::Map(map) if is_plain(map) => Ok(map.clone()),
        other => Err(panics::conversion(&found(other), "map[string]interface {}")),
    }
}

fn is_plain(map: &Map) -> bool {
    map.type_name().is_none() && map.element_type() == ElementType::Any
}

fn key(value: &Value) -> Result<&[u8], FunctionError> {
    match value {
        Value::Text(key) => Ok(key.as_bytes()),
        other => Err(panics::conversion(&found(other), "string")),
    }
}

fn found(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Nil => Cow::Borrowed("nil"),
        other => other.type_name(),
    }
}
