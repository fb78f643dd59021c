//! What differs between two values.

use super::items::steps;
use super::shape::Walk;
use super::{ListOf, ShapeId, Shapes, same};
use crate::cluster::fields::{Element, FieldSet};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What differs between two values.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Fields that only the first has.
    pub removed: FieldSet,
    /// Leaves that both have, with other values.
    pub modified: FieldSet,
    /// Fields that only the second has.
    pub added: FieldSet,
}

impl Comparison {
    /// The same without some fields and what is within them.
    pub fn without(&self, ignored: &FieldSet) -> Self {
        Self {
            removed: self.removed.without(ignored),
            modified: self.modified.without(ignored),
            added: self.added.without(ignored),
        }
    }
}

/// Compares two values of a type.
pub fn compare(shapes: &Shapes, shape: ShapeId, old: &Value, new: &Value) -> Comparison {
    let mut walker = Walker {
        shapes,
        found: Comparison::default(),
        path: Vec::new(),
    };
    walker.walk(shape, Some(old), Some(new));
    walker.found
}

struct Walker<'a> {
    shapes: &'a Shapes,
    found: Comparison,
    path: Vec<Element>,
}

type Side<'v> = Option<&'v Value>;

impl Walker<'_> {
    fn walk(&mut self, shape: ShapeId, old: Side<'_>, new: Side<'_>) {
        let shapes = self.shapes;
        let (of_old, of_new) = (shapes.walk(shape, old), shapes.walk(shape, new));
        let mut leaf = false;
        if old.is_some() && (new.is_none() || of_old != of_new) {
            leaf |= self.as_if(of_old, shape, old, new);
        }
        if new.is_some() {
            leaf = self.as_if(of_new, shape, old, new);
        }
        match (leaf, old, new) {
            (false, None, _) => self.found.added.insert(&self.path),
            (false, _, None) => self.found.removed.insert(&self.path),
            _ => {}
        }
    }

    /// True if the values were compared as leaves.
    fn as_if(&mut self, walk: Walk<'_>, shape: ShapeId, old: Side<'_>, new: Side<'_>) -> bool {
        match walk {
            Walk::Scalar | Walk::Map { atomic: true } | Walk::List(_, ListOf::Atomic) => {
                self.leaf(old, new)
            }
            Walk::Map { .. } => {
                let (a, b) = (map_of(old), map_of(new));
                if a.is_none_or(Map::is_empty) && b.is_none_or(Map::is_empty) {
                    return self.leaf(old, new);
                }
                self.map(shape, a, b);
                false
            }
            Walk::List(element, of) => {
                if list_is_empty(old) && list_is_empty(new) {
                    return self.leaf(old, new);
                }
                self.list(element, of, old, new);
                false
            }
        }
    }

    fn leaf(&mut self, old: Side<'_>, new: Side<'_>) -> bool {
        match (old, new) {
            (None, _) => self.found.added.insert(&self.path),
            (_, None) => self.found.removed.insert(&self.path),
            (Some(old), Some(new)) if !same(old, new) => self.found.modified.insert(&self.path),
            _ => {}
        }
        true
    }

    fn map(
        &mut self,
        shape: ShapeId,
        old: Option<&Map<String, Value>>,
        new: Option<&Map<String, Value>>,
    ) {
        let keys: BTreeSet<&String> = old.into_iter().chain(new).flat_map(Map::keys).collect();
        for key in keys {
            let field = self.shapes.field(shape, key).unwrap_or(Shapes::ANYTHING);
            self.path.push(Element::field(key));
            self.walk(
                field,
                old.and_then(|map| map.get(key)),
                new.and_then(|map| map.get(key)),
            );
            self.path.pop();
        }
    }

    fn list(&mut self, element: ShapeId, of: &ListOf, old: Side<'_>, new: Side<'_>) {
        let mut groups: BTreeMap<Element, (Vec<&Value>, Vec<&Value>)> = BTreeMap::new();
        for (step, item) in steps(self.shapes, element, of, old) {
            groups.entry(step).or_default().0.push(item);
        }
        for (step, item) in steps(self.shapes, element, of, new) {
            groups.entry(step).or_default().1.push(item);
        }
        for (step, (old, new)) in groups {
            self.path.push(step);
            self.items(element, &old, &new);
            self.path.pop();
        }
    }

    /// Items that are there twice are compared as one value.
    fn items(&mut self, element: ShapeId, old: &[&Value], new: &[&Value]) {
        match (old.len() >= 2, new.len() >= 2) {
            (false, false) => self.walk(element, old.first().copied(), new.first().copied()),
            (true, true) => {
                let equal = old.len() == new.len() && old.iter().zip(new).all(|(a, b)| same(a, b));
                if !equal {
                    self.found.modified.insert(&self.path);
                }
            }
            (true, false) => {
                if !new.is_empty() {
                    self.walk(element, None, new.first().copied());
                }
                self.found.removed.insert(&self.path);
            }
            (false, true) => {
                if !old.is_empty() {
                    self.walk(element, old.first().copied(), None);
                }
                self.found.added.insert(&self.path);
            }
        }
    }
}

fn map_of(side: Side<'_>) -> Option<&Map<String, Value>> {
    side.and_then(Value::as_object)
}

fn list_is_empty(side: Side<'_>) -> bool {
    side.and_then(Value::as_array).is_none_or(Vec::is_empty)
}
