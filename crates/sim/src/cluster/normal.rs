//! Objects as the server writes them after reading them: unknown fields gone, empty fields written
//! only where the type always writes them.
//!
//! In: JSON that a client sent, and its type. Out: the JSON that the server keeps, or where it does
//! not fit. Source: Go's encoding/json over the types of k8s.io/api 1.36.

use super::quantity;
use super::typed::{Field, Scalar, Shape, ShapeId, Shapes};
use serde_json::{Map, Value, json};

/// Reads an object into its type and writes it again.
pub fn normal(shapes: &Shapes, shape: ShapeId, value: &Value) -> Result<Value, String> {
    let read = full(shapes, shape, value)?;
    Ok(read.unwrap_or_else(|| json!({})))
}

/// What is written where something must be; None is null.
fn full(shapes: &Shapes, shape: ShapeId, value: &Value) -> Result<Option<Value>, String> {
    match shapes.shape(shape) {
        Shape::Whole(of) => full(shapes, *of, value),
        Shape::Scalar(kind) => scalar(*kind, value),
        Shape::Struct { fields, .. } => structure(shapes, fields, value).map(Some),
        Shape::Map { element, .. } => map(shapes, *element, value),
        Shape::List { element, .. } => list(shapes, *element, value),
        Shape::Anything => Ok((!value.is_null()).then(|| value.clone())),
    }
}

fn structure(
    shapes: &Shapes,
    fields: &std::collections::BTreeMap<String, Field>,
    value: &Value,
) -> Result<Value, String> {
    let given = match value {
        Value::Null => None,
        Value::Object(given) => Some(given),
        other => return Err(format!("cannot read {} as an object", kind_of(other))),
    };
    let mut written = Map::new();
    for (name, field) in fields {
        let value = given
            .and_then(|given| given.get(name))
            .unwrap_or(&Value::Null);
        let read = field_of(shapes, field, value).map_err(|why| within(name, why))?;
        if let Some(read) = read {
            written.insert(name.clone(), read);
        }
    }
    Ok(Value::Object(written))
}

fn within(name: &str, why: String) -> String {
    match why.strip_prefix("at ") {
        Some(rest) => format!("at {name}.{rest}"),
        None => format!("at {name}: {why}"),
    }
}

/// What is written of a field; None if nothing is.
fn field_of(shapes: &Shapes, field: &Field, value: &Value) -> Result<Option<Value>, String> {
    if field.pointer {
        return match value {
            Value::Null => Ok(field.always.then_some(Value::Null)),
            value => full(shapes, field.shape, value),
        };
    }
    let read = full(shapes, field.shape, value)?;
    if field.always {
        return Ok(Some(read.unwrap_or(Value::Null)));
    }
    let empty = match &read {
        None => true,
        Some(Value::Object(map)) if map.is_empty() => true,
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::String(text)) => text.is_empty() || is_no_quantity(shapes, field, text),
        Some(Value::Bool(flag)) => !flag,
        Some(Value::Number(number)) => number.as_f64() == Some(0.0),
        Some(read @ Value::Object(_)) => {
            full(shapes, field.shape, &Value::Null)?.as_ref() == Some(read)
        }
        Some(Value::Null) => true,
    };
    Ok(read.filter(|_| !empty))
}

fn is_no_quantity(shapes: &Shapes, field: &Field, text: &str) -> bool {
    text == "0" && matches!(shapes.shape(field.shape), Shape::Scalar(Scalar::Quantity))
}

fn map(shapes: &Shapes, element: ShapeId, value: &Value) -> Result<Option<Value>, String> {
    match value {
        Value::Null => Ok(None),
        Value::Object(given) => {
            let mut written = Map::new();
            for (key, child) in given {
                let read = full(shapes, element, child).map_err(|why| within(key, why))?;
                written.insert(key.clone(), read.unwrap_or(Value::Null));
            }
            Ok(Some(Value::Object(written)))
        }
        other => Err(format!("cannot read {} as a map", kind_of(other))),
    }
}

fn list(shapes: &Shapes, element: ShapeId, value: &Value) -> Result<Option<Value>, String> {
    match value {
        Value::Null => Ok(None),
        Value::Array(items) => {
            let read = |item| Ok(full(shapes, element, item)?.unwrap_or(Value::Null));
            let items: Result<Vec<Value>, String> = items.iter().map(read).collect();
            Ok(Some(Value::Array(items?)))
        }
        other => Err(format!("cannot read {} as a list", kind_of(other))),
    }
}

fn scalar(kind: Scalar, value: &Value) -> Result<Option<Value>, String> {
    let fits = match (kind, value) {
        (_, Value::Null) => return Ok(zero(kind)),
        (Scalar::Text, Value::String(_)) | (Scalar::Flag, Value::Bool(_)) => true,
        (Scalar::Time, Value::String(text)) => is_time(text),
        (Scalar::Integer, Value::Number(number)) => number.is_i64(),
        (Scalar::IntegerOrText, Value::Number(number)) => number.is_i64(),
        (Scalar::Number, Value::Number(_)) | (Scalar::IntegerOrText, Value::String(_)) => true,
        (Scalar::Bytes, Value::String(text)) => is_base64(text),
        (Scalar::Quantity, Value::String(_) | Value::Number(_)) => {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            return quantity::canonical(&text).map(|text| Some(Value::String(text)));
        }
        _ => false,
    };
    match fits {
        true => Ok(Some(value.clone())),
        false => Err(format!("cannot read {} as {kind:?}", kind_of(value))),
    }
}

fn zero(kind: Scalar) -> Option<Value> {
    match kind {
        Scalar::Text => Some(json!("")),
        Scalar::Integer | Scalar::Number | Scalar::IntegerOrText => Some(json!(0)),
        Scalar::Flag => Some(json!(false)),
        Scalar::Quantity => Some(json!("0")),
        Scalar::Time | Scalar::Bytes => None,
    }
}

fn is_time(text: &str) -> bool {
    text.len() >= 20 && text.as_bytes()[4] == b'-' && text.as_bytes()[10] == b'T'
}

fn is_base64(text: &str) -> bool {
    let bare = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - bare.len() <= 2
        && bare
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
