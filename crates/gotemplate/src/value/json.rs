//! Between JSON's values and Go's.
//!
//! Comes in: what a YAML or JSON reader made. Goes out: what Go's `encoding/json` would have put
//! into an `interface{}`, where every number is a `float64`; and back, as it would write it.

use super::{DEEPEST, List, Map, Text, Value};
use crate::stack::deeper;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

impl Value {
    /// The value Go would read. Every number becomes a `float64`.
    pub fn from_json(json: &Json) -> Self {
        match json {
            Json::Null => Self::Nil,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::Float(number.as_f64().unwrap_or_default()),
            Json::String(text) => Self::Text(text.as_str().into()),
            Json::Array(items) => {
                deeper(|| Self::List(items.iter().map(Self::from_json).collect()))
            }
            Json::Object(entries) => {
                let entries = entries.iter();
                let pairs = entries.map(|(key, value)| (key.as_str(), Self::from_json(value)));
                deeper(|| Self::Map(pairs.collect::<Map>()))
            }
        }
    }

    /// The value Go would write. Bytes become Base64, what JSON has no form for becomes null, and
    /// what lies deeper than [`DEEPEST`] is cut.
    pub fn to_json(&self) -> Json {
        to_json(self, 0)
    }
}

fn to_json(value: &Value, depth: usize) -> Json {
    match value {
        _ if depth > DEEPEST => Json::Null,
        Value::Nil | Value::Complex(..) => Json::Null,
        Value::List(list) if list.is_nil() => Json::Null,
        Value::Map(map) if map.is_nil() => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) | Value::Int64(value) => (*value).into(),
        Value::Uint8(value) => (*value).into(),
        Value::Uint64(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Bytes(bytes) => STANDARD.encode(bytes.as_bytes()).into(),
        Value::List(list) => deeper(|| items_to_json(list, depth)),
        Value::Map(map) => deeper(|| entries_to_json(map, depth)),
        Value::Object(object) => object.to_json(),
    }
}

fn entries_to_json(map: &Map, depth: usize) -> Json {
    map.read(|entries| {
        let entries = entries.iter();
        let pairs = entries.map(|(key, value)| (text_to_json(key), to_json(value, depth + 1)));
        Json::Object(pairs.collect())
    })
}

fn items_to_json(list: &List, depth: usize) -> Json {
    let items = list.items().iter();
    items.map(|item| to_json(item, depth + 1)).collect()
}

fn text_to_json(text: &Text) -> String {
    text.as_str().into_owned()
}
