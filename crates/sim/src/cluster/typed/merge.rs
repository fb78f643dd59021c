//! Two values in one: what the second says wins, list items are matched by what tells them apart.

use super::items::item_step;
use super::shape::Walk;
use super::{ListOf, ShapeId, Shapes};
use crate::cluster::fields::Element;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Merges a value into another one of the same type.
pub fn merge(shapes: &Shapes, shape: ShapeId, into: &Value, from: &Value) -> Value {
    either(shapes, shape, Some(into), Some(from)).unwrap_or(Value::Null)
}

type Side<'v> = Option<&'v Value>;

fn either(shapes: &Shapes, shape: ShapeId, into: Side<'_>, from: Side<'_>) -> Option<Value> {
    // Where the types differ, the second says what it is.
    let leaf = || from.or(into).cloned();
    match shapes.walk(shape, from.or(into)) {
        Walk::Scalar | Walk::Map { atomic: true } | Walk::List(_, ListOf::Atomic) => leaf(),
        Walk::Map { .. } => {
            let (a, b) = (map_of(into), map_of(from));
            match a.is_none_or(Map::is_empty) && b.is_none_or(Map::is_empty) {
                true => leaf(),
                false => maps(shapes, shape, a, b),
            }
        }
        Walk::List(element, of) => {
            let (a, b) = (items_of(into), items_of(from));
            match a.is_empty() && b.is_empty() {
                true => leaf(),
                false => lists(shapes, element, of, a, b),
            }
        }
    }
}

fn map_of(side: Side<'_>) -> Option<&Map<String, Value>> {
    side.and_then(Value::as_object)
}

fn items_of(side: Side<'_>) -> &[Value] {
    side.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn maps(
    shapes: &Shapes,
    shape: ShapeId,
    into: Option<&Map<String, Value>>,
    from: Option<&Map<String, Value>>,
) -> Option<Value> {
    let keys: BTreeSet<&String> = into.into_iter().chain(from).flat_map(Map::keys).collect();
    let fields = keys.into_iter().filter_map(|key| {
        let field = shapes.field(shape, key).unwrap_or(Shapes::ANYTHING);
        let (a, b) = (
            into.and_then(|map| map.get(key)),
            from.and_then(|map| map.get(key)),
        );
        Some((key.clone(), either(shapes, field, a, b)?))
    });
    let merged: Map<String, Value> = fields.collect();
    (!merged.is_empty()).then_some(Value::Object(merged))
}

/// A list whose items have steps.
struct Indexed<'v> {
    items: Vec<(Element, &'v Value)>,
    /// None where an item is there twice: such items are not merged.
    by_step: BTreeMap<Element, Option<&'v Value>>,
}

impl<'v> Indexed<'v> {
    fn new(shapes: &Shapes, element: ShapeId, of: &ListOf, list: &'v [Value]) -> Self {
        let (mut items, mut by_step) = (Vec::new(), BTreeMap::new());
        for item in list {
            if let Ok(step) = item_step(shapes, element, of, item) {
                let known = by_step.contains_key(&step);
                by_step.insert(step.clone(), (!known).then_some(item));
                items.push((step, item));
            }
        }
        Self { items, by_step }
    }

    fn has(&self, step: &Element) -> bool {
        self.by_step.contains_key(step)
    }

    fn get(&self, step: &Element) -> Side<'v> {
        self.by_step.get(step).copied().flatten()
    }
}

/// The order is the second list's; what only the first has stays where it was between its
/// neighbours.
fn lists(
    shapes: &Shapes,
    element: ShapeId,
    of: &ListOf,
    into: &[Value],
    from: &[Value],
) -> Option<Value> {
    let a = Indexed::new(shapes, element, of, into);
    let b = Indexed::new(shapes, element, of, from);
    let mut shared: VecDeque<&Element> = b
        .items
        .iter()
        .map(|(step, _)| step)
        .filter(|step| a.has(step))
        .collect();
    let mut next = shared.pop_front();
    let mut merged: BTreeSet<&Element> = BTreeSet::new();
    let mut out = Vec::new();
    let (mut at_a, mut at_b) = (0, 0);
    while at_a < a.items.len() || at_b < b.items.len() {
        if let (Some((step, _)), Some((other, _))) = (a.items.get(at_a), b.items.get(at_b)) {
            if step == other {
                merged.insert(step);
                out.extend(either(shapes, element, a.get(step), b.get(step)));
                (at_a, at_b) = (at_a + 1, at_b + 1);
                next = shared.pop_front();
                continue;
            }
            if b.has(step) && next.is_some_and(|next| next != step) {
                // Shared, but its turn comes later.
                at_a += 1;
                continue;
            }
        }
        if let Some((step, item)) = a.items.get(at_a) {
            if !b.has(step) {
                out.extend(either(shapes, element, Some(item), None));
                at_a += 1;
                continue;
            }
            if merged.contains(step) {
                at_a += 1;
            }
        }
        if let Some((step, _)) = b.items.get(at_b) {
            merged.insert(step);
            out.extend(either(shapes, element, a.get(step), b.get(step)));
            at_b += 1;
            if next == Some(step) {
                next = shared.pop_front();
            }
        }
    }
    (!out.is_empty()).then_some(Value::Array(out))
}
