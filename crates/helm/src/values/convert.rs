//! Values between JSON and Go's types.
//!
//! Comes in: JSON, whose numbers all mean floats, as Go reads JSON into an interface. Goes out:
//! Go's values; and back, for what charts keep and schemas look at.

use gotemplate::{List, Map, Text, Value};
use serde_json::{Map as JsonMap, Number, Value as Json};

/// A JSON value as Go's decoder gives it: every number a float.
pub fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(Text::from(text.as_str())),
        Json::Array(items) => Value::List(List::new(items.iter().map(from_json).collect())),
        Json::Object(fields) => Value::Map(map_from_json(fields)),
    }
}

/// A JSON object as Go's decoder gives it.
pub fn map_from_json(fields: &JsonMap<String, Json>) -> Map {
    let entries = fields.iter();
    Map::new(
        entries
            .map(|(key, value)| (Text::from(key.as_str()), from_json(value)))
            .collect(),
    )
}

/// A value as JSON; what JSON cannot carry becomes null. Floats without a fraction become whole.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Nil | Value::Complex(..) => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(number) | Value::Int64(number) => Json::from(*number),
        Value::Uint8(number) => Json::from(*number),
        Value::Uint64(number) => Json::from(*number),
        Value::Float(number) => float(*number),
        Value::Text(text) | Value::Bytes(text) => Json::String(text.as_str().into_owned()),
        Value::List(list) => Json::Array(list.items().iter().map(to_json).collect()),
        Value::Map(map) => Json::Object(fields(map)),
        Value::Object(object) => object.to_json(),
    }
}

/// A map as a JSON object.
pub fn fields(map: &Map) -> JsonMap<String, Json> {
    let entries = map.entries().into_iter();
    entries
        .map(|(key, value)| (key.as_str().into_owned(), to_json(&value)))
        .collect()
}

fn float(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0; // beyond 2^53 not every whole number is a float
    match number.fract() == 0.0 && number.abs() <= EXACT {
        true => Json::from(number as i64),
        false => Number::from_f64(number).map_or(Json::Null, Json::Number),
    }
}

/// A copy down to the last map and list.
pub(crate) fn deep_copy(value: &Value) -> Value {
    match value {
        Value::Map(map) => Value::Map(deep_copy_map(map)),
        Value::List(list) => {
            let items = list.items().iter().map(deep_copy).collect();
            Value::List(List::of(list.element_type(), items))
        }
        other => other.clone(),
    }
}

/// A copy of a map down to the last map and list.
pub(crate) fn deep_copy_map(map: &Map) -> Map {
    let copied = map.read(|entries| {
        let entries = entries.iter();
        entries
            .map(|(key, value)| (key.clone(), deep_copy(value)))
            .collect()
    });
    Map::of(map.element_type(), map.type_name(), copied)
}
