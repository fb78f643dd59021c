//! Values with their types: what lists are merged by, which maps are one value, and what that makes
//! of fields, comparison, merging and removal.
//!
//! In: a value and its shape. Out: its fields, what differs from another, the two in one, or what
//! is left of it. Source: structured-merge-diff 6.3, typed/.

mod check;
mod compare;
mod items;
mod merge;
mod remove;
mod shape;
mod table;
mod to_set;

pub use check::check;
pub use compare::compare;
pub use merge::merge;
pub use remove::remove;
pub use shape::{Field, ListOf, Patch, Scalar, Shape, ShapeId, Shapes};
pub use table::{KindLine, read};
pub use to_set::to_set;

use crate::cluster::fields::{Element, FieldSet};

/// The table of Kubernetes' own types.
pub const KUBERNETES: &str = include_str!("kubernetes-1.36.txt");

/// Equal as the merge sees it: numbers by value.
pub fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (a, b) {
        (Number(a), Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Array(a), Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Object(a), Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => a == b,
    }
}

/// The set with the fields of structs in it whose own fields are.
pub fn with_named_fields(set: &FieldSet, shapes: &Shapes, root: ShapeId) -> FieldSet {
    let is_named = |at: ShapeId, name: &str| match shapes.shape(at) {
        Shape::Struct { fields, .. } => fields.contains_key(name),
        _ => false,
    };
    let step = |at: ShapeId, element: &Element| shapes.step(at, element);
    set.with_named(root, &is_named, &step)
}
