//! `toJson`, `fromJson` and their kin, where Helm's differ from Sprig's.
//!
//! In: a value, or a text. Out: the text `encoding/json` writes for the value, or the value it reads
//! from the text; what is wrong with a text takes the value's place. Source: Helm 4.2,
//! pkg/engine/funcs.go.

use gotemplate::{ElementType, List, Map, Text, Value};
use sprig::json::{self, Html, JsonError};

/// The JSON of a value, `<`, `>` and `&` escaped.
pub fn to_json(value: &Value) -> Result<Text, JsonError> {
    json::encode(value, Html::Escape).map(Text::from)
}

/// The mapping a text is; what is wrong with it under `Error` if it is none.
pub fn from_json(text: &[u8]) -> Map {
    let problem = match json::decode(text) {
        Ok(Value::Map(map)) => return map,
        Ok(Value::Nil) => return Map::nil(),
        Ok(value) => mismatch(&value, "map[string]interface {}"),
        Err(error) => error.to_string(),
    };
    [("Error", Value::from(problem))].into_iter().collect()
}

/// The list a text is; what is wrong with it as its only item if it is none.
pub fn from_json_array(text: &[u8]) -> List {
    let problem = match json::decode(text) {
        Ok(Value::List(list)) => return list,
        Ok(Value::Nil) => return List::nil(ElementType::Any),
        Ok(value) => mismatch(&value, "[]interface {}"),
        Err(error) => error.to_string(),
    };
    List::new(vec![problem.into()])
}

fn mismatch(value: &Value, wanted: &str) -> String {
    let found = match value {
        Value::Bool(_) => "bool",
        Value::Float(_) => "number",
        Value::Text(_) => "string",
        Value::List(_) => "array",
        _ => "object",
    };
    format!("json: cannot unmarshal {found} into Go value of type {wanted}")
}
