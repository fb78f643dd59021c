//! The fields that a value has.

use super::items::item_step;
use super::shape::Walk;
use super::{ListOf, ShapeId, Shapes};
use crate::cluster::fields::{Element, FieldSet};
use serde_json::Value;
use std::collections::BTreeMap;

/// The fields of a value: its leaves, and besides them list items, keys of maps and empty structs.
pub fn to_set(shapes: &Shapes, shape: ShapeId, value: &Value) -> FieldSet {
    let mut walker = Walker {
        shapes,
        set: FieldSet::default(),
        path: Vec::new(),
    };
    walker.walk(shape, value);
    walker.set
}

struct Walker<'a> {
    shapes: &'a Shapes,
    set: FieldSet,
    path: Vec<Element>,
}

impl Walker<'_> {
    fn walk(&mut self, shape: ShapeId, value: &Value) {
        let shapes = self.shapes;
        match shapes.walk(shape, Some(value)) {
            Walk::Scalar | Walk::Map { atomic: true } | Walk::List(_, ListOf::Atomic) => {
                self.set.insert(&self.path);
            }
            Walk::Map { .. } => self.map(shape, value),
            Walk::List(element, of) => self.list(element, of, value),
        }
    }

    fn map(&mut self, shape: ShapeId, value: &Value) {
        for (key, child) in value.as_object().into_iter().flatten() {
            let field = self.shapes.field(shape, key).unwrap_or(Shapes::ANYTHING);
            self.path.push(Element::field(key));
            self.walk(field, child);
            let empty = child.is_null() || child.as_object().is_some_and(|map| map.is_empty());
            if empty || !self.shapes.names_field(shape, key) {
                self.set.insert(&self.path);
            }
            self.path.pop();
        }
    }

    fn list(&mut self, element: ShapeId, of: &ListOf, value: &Value) {
        let items = value.as_array().into_iter().flatten();
        let mut groups: BTreeMap<Element, Vec<&Value>> = BTreeMap::new();
        for item in items {
            if let Ok(step) = item_step(self.shapes, element, of, item) {
                groups.entry(step).or_default().push(item);
            }
        }
        for (step, items) in groups {
            self.path.push(step);
            // Items that are there twice are one value.
            if let [item] = items.as_slice() {
                self.walk(element, item);
            }
            self.set.insert(&self.path);
            self.path.pop();
        }
    }
}
