//! Strategic merge patch: a merge patch whose lists are merged where their type says by what.

use crate::cluster::refusal::{Reason, Refusal};
use crate::cluster::typed::{Patch, Shape, ShapeId, Shapes};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, VecDeque};

/// What the patch makes of an object.
pub fn on(
    shapes: &Shapes,
    shape: ShapeId,
    object: &Value,
    patch: &Value,
) -> Result<Value, Refusal> {
    let Some(patch) = patch.as_object() else {
        return Err(Refusal::new(Reason::BadRequest, "the patch is no object"));
    };
    let object = object.as_object().cloned().unwrap_or_default();
    maps(shapes, shape, object, patch)
        .map(Value::Object)
        .map_err(|why| Refusal::new(Reason::BadRequest, why))
}

type Fields = Map<String, Value>;

const DIRECTIVE: &str = "$patch";
const RETAIN: &str = "$retainKeys";
const DELETE: &str = "$deleteFromPrimitiveList/";
const ORDER: &str = "$setElementOrder/";

fn maps(
    shapes: &Shapes,
    shape: ShapeId,
    mut object: Fields,
    patch: &Fields,
) -> Result<Fields, String> {
    match patch.get(DIRECTIVE).and_then(Value::as_str) {
        Some("replace") => {
            return Ok(patch
                .iter()
                .filter(|(key, _)| *key != DIRECTIVE)
                .map(own)
                .collect());
        }
        Some("delete") => return Ok(Fields::new()),
        _ => {}
    }
    if let Some(kept) = patch.get(RETAIN).and_then(Value::as_array) {
        object.retain(|key, _| kept.iter().any(|name| name == key));
    }
    for (key, value) in patch {
        if let Some(list) = key.strip_prefix(DELETE) {
            let gone = value.as_array().cloned().unwrap_or_default();
            if let Some(items) = object.get_mut(list).and_then(Value::as_array_mut) {
                items.retain(|item| !gone.contains(item));
            }
        }
    }
    let orders = orders(shapes, shape, &object, patch);
    for (key, value) in patch.iter().filter(|(key, _)| !key.starts_with('$')) {
        let before = object.remove(key);
        if let Some(after) = field(shapes, shape, key, before, value)? {
            object.insert(key.clone(), after);
        }
    }
    for (key, order) in patch {
        if let Some(list) = key.strip_prefix(ORDER) {
            let known = orders.get(list).map_or(&[][..], Vec::as_slice);
            set_order(shapes, shape, list, order, known, &mut object);
        }
    }
    Ok(object)
}

/// The items of the lists whose order a patch sets, as they stood.
fn orders(
    shapes: &Shapes,
    shape: ShapeId,
    object: &Fields,
    patch: &Fields,
) -> BTreeMap<String, Vec<Value>> {
    let lists = patch.keys().filter_map(|key| key.strip_prefix(ORDER));
    let known = lists.map(|list| {
        let key = patch_of(shapes, shape, list).key;
        let items = object
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        (
            list.to_owned(),
            items.map(|item| identity(key.as_deref(), item)).collect(),
        )
    });
    known.collect()
}

fn own((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

fn patch_of(shapes: &Shapes, shape: ShapeId, name: &str) -> Patch {
    match shapes.shape(shape) {
        Shape::Struct { fields, .. } => fields
            .get(name)
            .map(|field| field.patch.clone())
            .unwrap_or_default(),
        Shape::Whole(of) => patch_of(shapes, *of, name),
        _ => Patch::default(),
    }
}

fn element(shapes: &Shapes, shape: ShapeId) -> ShapeId {
    match shapes.shape(shape) {
        Shape::List { element, .. } => *element,
        _ => Shapes::ANYTHING,
    }
}

fn field(
    shapes: &Shapes,
    shape: ShapeId,
    name: &str,
    before: Option<Value>,
    patch: &Value,
) -> Result<Option<Value>, String> {
    let within = shapes.field(shape, name).unwrap_or(Shapes::ANYTHING);
    match (before, patch) {
        (_, Value::Null) => Ok(None),
        (before, Value::Object(patch)) => {
            let before = before
                .and_then(|before| before.as_object().cloned())
                .unwrap_or_default();
            maps(shapes, within, before, patch).map(|map| Some(Value::Object(map)))
        }
        (None, Value::Array(patch)) => Ok(Some(Value::Array(patch.clone()))),
        (before, Value::Array(patch)) => {
            let how = patch_of(shapes, shape, name);
            let before = before
                .and_then(|before| before.as_array().cloned())
                .unwrap_or_default();
            let items = match (&how.key, how.merge) {
                (Some(key), true) => keyed(shapes, element(shapes, within), key, before, patch)?,
                (None, true) => primitives(before, patch),
                _ => patch.clone(),
            };
            Ok(Some(Value::Array(items)))
        }
        (_, scalar) => Ok(Some(scalar.clone())),
    }
}

fn primitives(mut items: Vec<Value>, patch: &[Value]) -> Vec<Value> {
    let before = items.clone();
    for item in patch {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    arranged(items, patch, &before, &Value::clone)
}

fn keyed(
    shapes: &Shapes,
    element: ShapeId,
    key: &str,
    mut items: Vec<Value>,
    patch: &[Value],
) -> Result<Vec<Value>, String> {
    if patch.iter().any(|item| item[DIRECTIVE] == "replace") {
        return Ok(patch
            .iter()
            .filter(|item| item[DIRECTIVE] != "replace")
            .cloned()
            .collect());
    }
    let (mut before, mut order) = (Vec::new(), Vec::new());
    before.extend(items.iter().map(|item| item[key].clone()));
    for change in patch.iter().filter_map(Value::as_object) {
        let Some(name) = change.get(key) else {
            return Err(format!(
                "map: {} does not contain declared merge key: {key}",
                Value::Object(change.clone())
            ));
        };
        if change
            .get(DIRECTIVE)
            .is_some_and(|directive| directive == "delete")
        {
            items.retain(|item| item[key] != *name);
            continue;
        }
        order.push(name.clone());
        let at = items.iter().position(|item| item[key] == *name);
        let before = at
            .and_then(|at| items[at].as_object().cloned())
            .unwrap_or_default();
        let after = Value::Object(maps(shapes, element, before, change)?);
        match at {
            Some(at) => items[at] = after,
            None => items.push(after),
        }
    }
    Ok(arranged(items, &order, &before, &|item| item[key].clone()))
}

/// Items named by the order come in it; the others stay before what they were before.
fn arranged(
    items: Vec<Value>,
    order: &[Value],
    before: &[Value],
    identity: &impl Fn(&Value) -> Value,
) -> Vec<Value> {
    let place =
        |among: &[Value], item: &Value| among.iter().position(|name| *name == identity(item));
    let (mut named, mut others): (Vec<Value>, Vec<Value>) = items
        .into_iter()
        .partition(|item| place(order, item).is_some());
    named.sort_by_key(|item| place(order, item));
    others.sort_by_key(|item| place(before, item));
    let (mut named, mut others) = (VecDeque::from(named), VecDeque::from(others));
    let mut out = Vec::new();
    loop {
        let other_first = match (others.front(), named.front()) {
            (None, None) => return out,
            (Some(other), Some(named)) => place(before, other)
                .zip(place(before, named))
                .is_some_and(|(a, b)| a < b),
            (other, _) => other.is_some(),
        };
        out.extend(if other_first {
            others.pop_front()
        } else {
            named.pop_front()
        });
    }
}

/// The order that a patch says a list has.
fn set_order(
    shapes: &Shapes,
    shape: ShapeId,
    list: &str,
    order: &Value,
    before: &[Value],
    object: &mut Fields,
) {
    let key = patch_of(shapes, shape, list).key;
    let identity = |item: &Value| identity(key.as_deref(), item);
    let order: Vec<Value> = order
        .as_array()
        .into_iter()
        .flatten()
        .map(identity)
        .collect();
    if let Some(items) = object.get_mut(list).and_then(Value::as_array_mut) {
        *items = arranged(std::mem::take(items), &order, before, &identity);
    }
}

fn identity(key: Option<&str>, item: &Value) -> Value {
    match key {
        Some(key) => item[key].clone(),
        None => item.clone(),
    }
}
