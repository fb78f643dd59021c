//! Copying ignored live values into the desired object.
//!
//! In: the desired object without its ignored fields, and the live one with and without them. Out:
//! the desired object with live's ignored fields put back, where they can be placed.

use serde_json::{Map, Value};

/// Puts back what `stripped` lacks of `live`.
pub(super) fn restore(desired: &mut Value, live: &Value, stripped: &Value) {
    let (Value::Object(live), Value::Object(stripped)) = (live, stripped) else {
        return;
    };
    for (name, value) in live
        .iter()
        .filter(|(name, _)| *name != "status" && *name != "metadata")
    {
        restore_field(desired, name, value, stripped.get(name));
    }
    let metadata = (
        live.get("metadata"),
        stripped.get("metadata"),
        desired.get_mut("metadata"),
    );
    if let (Some(live), Some(stripped), Some(desired)) = metadata {
        for name in ["annotations", "finalizers", "labels", "ownerReferences"] {
            if let Some(value) = live.get(name) {
                restore_field(desired, name, value, stripped.get(name));
            }
        }
    }
}

fn restore_field(desired: &mut Value, name: &str, live: &Value, stripped: Option<&Value>) {
    let Value::Object(fields) = desired else {
        return;
    };
    match stripped {
        Some(stripped) if stripped == live => {}
        Some(stripped) => {
            if live.is_object() && !fields.contains_key(name) {
                fields.insert(name.to_owned(), Value::Object(Map::new()));
            }
            if let Some(field) = fields.get_mut(name) {
                restore_value(field, live, stripped);
            }
        }
        None => drop(fields.insert(name.to_owned(), live.clone())),
    }
}

fn restore_value(desired: &mut Value, live: &Value, stripped: &Value) {
    match (live, stripped) {
        (Value::Object(live), Value::Object(stripped)) => {
            for (name, value) in live {
                restore_field(desired, name, value, stripped.get(name));
            }
        }
        (Value::Array(live), Value::Array(stripped)) => {
            if let Value::Array(items) = desired {
                restore_items(items, live, stripped);
            }
        }
        _ => *desired = live.clone(),
    }
}

fn restore_items(desired: &mut Vec<Value>, live: &[Value], stripped: &[Value]) {
    let aligned = desired.len() == stripped.len();
    let mut left = stripped.iter().enumerate().peekable();
    for (at_live, item) in live.iter().enumerate() {
        match left.next_if(|(_, rest)| is_rest_of(rest, item)) {
            Some((_, rest)) if rest == item => {}
            Some((at, rest)) => {
                let place = place_of(desired, item).or(aligned.then_some(at));
                if let Some(other) = place.and_then(|place| desired.get_mut(place)) {
                    restore_value(other, item, rest);
                }
            }
            None => match place_of(desired, item) {
                Some(place) => desired[place] = item.clone(),
                None => desired.insert(at_live.min(desired.len()), item.clone()),
            },
        }
    }
}

/// Could `rest` be what ignoring left of `item`?
fn is_rest_of(rest: &Value, item: &Value) -> bool {
    match (rest, item) {
        (Value::Object(rest), Value::Object(item)) => rest
            .iter()
            .all(|(name, value)| item.get(name).is_some_and(|other| is_rest_of(value, other))),
        (Value::Array(rest), Value::Array(items)) => {
            let mut items = items.iter();
            rest.iter()
                .all(|value| items.any(|item| is_rest_of(value, item)))
        }
        _ => rest == item,
    }
}

/// Where the desired list has the item of this name, or this very value.
fn place_of(desired: &[Value], item: &Value) -> Option<usize> {
    let name = ["name", "key", "mountPath", "containerPort", "port", "type"]
        .into_iter()
        .find(|name| item.get(name).is_some());
    match name {
        Some(name) => desired
            .iter()
            .position(|other| other.get(name) == item.get(name)),
        None => desired.iter().position(|other| other == item),
    }
}
