//! Whether a value is of its type.

use super::items::item_step;
use super::{ListOf, Scalar, Shape, ShapeId, Shapes};
use crate::cluster::fields::{Element, write_path};
use serde_json::Value;
use std::collections::BTreeSet;

/// Everything in which a value is not of its type, a line each, with its path. Items that are there
/// twice count only where they may not be.
pub fn check(shapes: &Shapes, shape: ShapeId, value: &Value, duplicates: bool) -> Vec<String> {
    let mut checker = Checker {
        shapes,
        duplicates,
        path: Vec::new(),
        found: Vec::new(),
    };
    checker.walk(shape, value);
    checker.found
}

struct Checker<'a> {
    shapes: &'a Shapes,
    duplicates: bool,
    path: Vec<Element>,
    found: Vec<String>,
}

impl Checker<'_> {
    fn walk(&mut self, shape: ShapeId, value: &Value) {
        if value.is_null() {
            return;
        }
        let shapes = self.shapes;
        match shapes.shape(shape) {
            Shape::Anything => {}
            Shape::Whole(of) => self.walk(*of, value),
            Shape::Scalar(scalar) => self.scalar(*scalar, value),
            Shape::Struct { .. } | Shape::Map { .. } => self.map(shape, value),
            Shape::List { element, of } => self.list(*element, of, value),
        }
    }

    fn say(&mut self, what: &str) {
        let path = write_path(&self.path);
        self.found.push(format!("{path}: {what}"));
    }

    fn scalar(&mut self, scalar: Scalar, value: &Value) {
        let wanted = match scalar {
            Scalar::Text | Scalar::Bytes if !value.is_string() => "string",
            Scalar::Integer | Scalar::Number if !value.is_number() => "numeric (int or float)",
            Scalar::Flag if !value.is_boolean() => "boolean",
            _ if value.is_object() || value.is_array() => "any scalar",
            _ => return,
        };
        let got = match (value, wanted) {
            (Value::String(_), "numeric (int or float)") => "string".to_owned(),
            (value, _) => format!("&value.valueUnstructured{{Value:{value}}}"),
        };
        self.say(&format!("expected {wanted}, got {got}"));
    }

    fn map(&mut self, shape: ShapeId, value: &Value) {
        let Some(fields) = value.as_object() else {
            return self.say(&format!("expected map, got &{{{value}}}"));
        };
        for (key, child) in fields {
            self.path.push(Element::field(key));
            match self.shapes.field(shape, key) {
                Some(field) => self.walk(field, child),
                None => self.say("field not declared in schema"),
            }
            self.path.pop();
        }
    }

    fn list(&mut self, element: ShapeId, of: &ListOf, value: &Value) {
        let Some(items) = value.as_array() else {
            return self.say(&format!("expected list, got &{{{value}}}"));
        };
        let mut seen = BTreeSet::new();
        for (at, item) in items.iter().enumerate() {
            let step = match of {
                ListOf::Atomic => Ok(Element::Index(i64::try_from(at).unwrap_or(i64::MAX))),
                of => item_step(self.shapes, element, of, item),
            };
            let step = match step {
                Ok(step) => step,
                Err(why) => return self.say(&format!("element {at}: {why}")),
            };
            if !seen.insert(step.clone()) && !self.duplicates {
                let twice = write_path(std::slice::from_ref(&step));
                self.say(&format!("duplicate entries for key {twice}"));
            }
            self.path.push(step);
            self.walk(element, item);
            self.path.pop();
        }
    }
}
