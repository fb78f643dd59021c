//! The items of lists that are told apart.

use super::{ListOf, Shape, ShapeId, Shapes};
use crate::cluster::fields::Element;
use serde_json::Value;

/// The step to an item of a list of this kind; an error if it cannot be told apart.
pub fn item_step(
    shapes: &Shapes,
    element: ShapeId,
    of: &ListOf,
    item: &Value,
) -> Result<Element, String> {
    match of {
        ListOf::Atomic => Err("invalid indexing of non-associative list".into()),
        ListOf::Set => match item {
            Value::Object(_) => {
                Err("associative list without keys has an element that's a map type".into())
            }
            Value::Array(_) => Err("not supported: associative list with lists as elements".into()),
            Value::Null => {
                Err("associative list without keys has an element that's an explicit null".into())
            }
            item => Ok(Element::Item(item.clone())),
        },
        ListOf::Keyed(keys) => keyed(shapes, element, keys, item),
    }
}

fn keyed(
    shapes: &Shapes,
    element: ShapeId,
    keys: &[String],
    item: &Value,
) -> Result<Element, String> {
    let fields = match item {
        Value::Object(fields) => fields,
        Value::Null => return Err("associative list with keys may not have a null element".into()),
        _ => return Err("associative list with keys may not have non-map elements".into()),
    };
    let value_of = |key: &String| {
        let value = fields
            .get(key)
            .cloned()
            .or_else(|| key_default(shapes, element, key))?;
        Some((key.clone(), value))
    };
    let mut found: Vec<(String, Value)> = keys.iter().filter_map(value_of).collect();
    if found.is_empty() {
        let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
        return Err(format!(
            "associative list with keys has an element that omits all key fields [{}] (and doesn't have default values for any key fields)",
            keys.join(" ")
        ));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Element::Key(found))
}

fn key_default(shapes: &Shapes, element: ShapeId, key: &str) -> Option<Value> {
    match shapes.shape(element) {
        Shape::Struct { fields, .. } => fields.get(key)?.default.clone(),
        Shape::Whole(of) => key_default(shapes, *of, key),
        _ => None,
    }
}

/// The items of a value with their steps; those that cannot be told apart are left out.
pub fn steps<'a>(
    shapes: &Shapes,
    element: ShapeId,
    of: &ListOf,
    list: Option<&'a Value>,
) -> Vec<(Element, &'a Value)> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items
        .filter_map(|item| Some((item_step(shapes, element, of, item).ok()?, item)))
        .collect()
}
