//! `index`.

use crate::function::{Call, FunctionError};
use crate::value::{Map, Value};

pub(super) fn index(_: &mut Call<'_>, arguments: &[Value]) -> Result<Value, FunctionError> {
    let mut item = arguments[0].clone();
    if item.is_nil() {
        return Err("index of untyped nil".into());
    }
    for index in &arguments[1..] {
        item = match item.underlying() {
            Value::Nil => return Err("index of nil pointer".into()),
            Value::List(list) => {
                let place = place(index, list.len())?;
                let item = list.items().get(place).cloned();
                item.ok_or("reflect: slice index out of range")?
            }
            Value::Bytes(bytes) => {
                let place = place(index, bytes.len())?;
                let byte = bytes.as_bytes().get(place);
                Value::Uint8(*byte.ok_or("reflect: slice index out of range")?)
            }
            Value::Text(text) => {
                let place = place(index, text.len())?;
                let byte = text.as_bytes().get(place);
                Value::Uint8(*byte.ok_or("reflect: string index out of range")?)
            }
            Value::Map(map) => key(&map, index)?,
            other => {
                let type_name = other.type_name();
                return Err(format!("can't index item of type {type_name}").into());
            }
        };
    }
    Ok(item)
}

/// The value of a key; if there is none, what the map's type holds at first.
fn key(map: &Map, key: &Value) -> Result<Value, FunctionError> {
    match key {
        Value::Text(text) => {
            let value = map.get(text.as_bytes());
            Ok(value.unwrap_or_else(|| Value::zero(map.element_type())))
        }
        Value::Nil => Err("value is nil; should be of type string".into()),
        other => {
            let type_name = other.type_name();
            Err(format!("value has type {type_name}; should be string").into())
        }
    }
}

/// A place in something of this length; right behind the end is not refused here.
pub(super) fn place(index: &Value, length: usize) -> Result<usize, FunctionError> {
    let index = index.underlying();
    let number = match (&index, index.as_int()) {
        (_, Some(number)) => number,
        // As Go turns it into an `int64`.
        (Value::Uint64(number), None) => number.cast_signed(),
        (Value::Nil, None) => return Err("cannot index slice/array with nil".into()),
        (other, None) => {
            let type_name = other.type_name();
            return Err(format!("cannot index slice/array with type {type_name}").into());
        }
    };
    let place = usize::try_from(number)
        .ok()
        .filter(|place| *place <= length);
    place.ok_or_else(|| format!("index out of range: {number}").into())
}
