//! Empty objects that came back as empty lists.
//!
//! Comes in: an object as a script returned it, and as it was given. Goes out: the first, with each
//! empty list an object again where an object was. An item of a list that is an empty list stays
//! one: Argo CD looks only at fields.
//! Source: Argo CD 3.5: util/lua/lua.go (cleanReturnedObj).

use serde_json::{Map, Value};

/// Makes objects of empty lists where objects were.
pub fn restored(returned: &mut Value, given: &Value) {
    match (returned, given) {
        (Value::Object(returned), Value::Object(given)) => fields(returned, given),
        (Value::Array(returned), Value::Array(given)) => {
            for (item, was) in returned.iter_mut().zip(given) {
                restored(item, was);
            }
        }
        _ => {}
    }
}

fn fields(returned: &mut Map<String, Value>, given: &Map<String, Value>) {
    for (name, value) in returned {
        match given.get(name) {
            Some(Value::Object(_)) if value.as_array().is_some_and(Vec::is_empty) => {
                *value = Value::Object(Map::new());
            }
            Some(was) => restored(value, was),
            None => {}
        }
    }
}
