//! `slice`.

use super::index::place;
use crate::function::FunctionError;
use crate::value::{List, Text, Value};

/// The part of a slice or text between two indexes. An index in an interface, which is none here,
/// is refused.
pub(crate) fn slice(item: &Value, indexes: &[Option<Value>]) -> Result<Value, FunctionError> {
    let item = item.underlying();
    if item.is_nil() {
        return Err("slice of untyped nil".into());
    }
    if indexes.len() > 3 {
        return Err(format!("too many slice indexes: {}", indexes.len()).into());
    }
    match &item {
        Value::Text(_) if indexes.len() == 3 => Err("cannot 3-index slice a string".into()),
        Value::Text(text) => {
            let (start, end) = bounds(indexes, text.len())?;
            Ok(Value::text(&text.as_bytes()[start..end]))
        }
        Value::Bytes(bytes) => {
            let (start, end) = bounds(indexes, bytes.len())?;
            Ok(Value::Bytes(Text::from(&bytes.as_bytes()[start..end])))
        }
        Value::List(list) => {
            let (start, end) = bounds(indexes, list.len())?;
            let items = list.items()[start..end].to_vec();
            Ok(Value::List(List::of(list.element_type(), items)))
        }
        other => {
            let type_name = other.type_name();
            Err(format!("can't slice item of type {type_name}").into())
        }
    }
}

/// From where to where. Slices here are never longer than they seem, so a third index only has to
/// be in order.
fn bounds(indexes: &[Option<Value>], length: usize) -> Result<(usize, usize), FunctionError> {
    let mut places = [0, length, length];
    for (place_of, index) in places.iter_mut().zip(indexes) {
        let index = index.as_ref();
        let index = index.ok_or("cannot index slice/array with type interface {}")?;
        *place_of = place(index, length)?;
    }
    let [start, end, most] = places;
    if start > end {
        return Err(format!("invalid slice index: {start} > {end}").into());
    }
    if end > most {
        return Err(format!("invalid slice index: {end} > {most}").into());
    }
    Ok((start, end))
}
