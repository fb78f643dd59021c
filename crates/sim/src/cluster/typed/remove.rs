//! A value without some of its fields.

use super::items::item_step;
use super::shape::Walk;
use super::{ListOf, ShapeId, Shapes};
use crate::cluster::fields::{Element, FieldSet};
use serde_json::{Map, Value};

/// The value without these fields. What is emptied by it becomes null; atomic values are taken away
/// only as a whole, by whoever holds them.
pub fn remove(shapes: &Shapes, shape: ShapeId, value: &Value, fields: &FieldSet) -> Value {
    match shapes.walk(shape, Some(value)) {
        Walk::Scalar => value.clone(),
        Walk::Map { atomic: true } | Walk::List(_, ListOf::Atomic) => Value::Null,
        Walk::Map { .. } => map(shapes, shape, value, fields),
        Walk::List(element, of) => list(shapes, element, of, value, fields),
    }
}

fn map(shapes: &Shapes, shape: ShapeId, value: &Value, fields: &FieldSet) -> Value {
    let mut left = Map::new();
    for (key, child) in value.as_object().into_iter().flatten() {
        let element = Element::field(key);
        if fields.has(&element) {
            continue;
        }
        let child = match fields.below(&element) {
            None => child.clone(),
            Some(below) => {
                let field = shapes.field(shape, key).unwrap_or(Shapes::ANYTHING);
                remove(shapes, field, child, below)
            }
        };
        left.insert(key.clone(), child);
    }
    match left.is_empty() {
        true => Value::Null,
        false => Value::Object(left),
    }
}

fn list(shapes: &Shapes, element: ShapeId, of: &ListOf, value: &Value, fields: &FieldSet) -> Value {
    let mut left = Vec::new();
    for item in value.as_array().into_iter().flatten() {
        let Ok(step) = item_step(shapes, element, of, item) else {
            left.push(item.clone());
            continue;
        };
        if fields.has(&step) {
            continue;
        }
        left.push(match fields.below(&step) {
            None => item.clone(),
            Some(below) => remove(shapes, element, item, below),
        });
    }
    match left.is_empty() {
        true => Value::Null,
        false => Value::Array(left),
    }
}
