//! Fields that ignored managers own.
//!
//! In: names of managers and a live object. Out: the trees of what they own, and an object without
//! those fields. Keys of list items stay, so that items can still be told apart.

use crate::fields::{Element, Node, element, entries, is_leaf};
use serde_json::Value;

/// What these managers own of a live object.
pub(super) fn trees(managers: &[String], live: &Value) -> Vec<Node> {
    let owns = |entry: &&Node| {
        let manager = entry
            .get("manager")
            .and_then(Value::as_str)
            .unwrap_or_default();
        managers.iter().any(|name| name == manager)
    };
    let trees = entries(live)
        .filter(owns)
        .filter_map(|entry| entry.get("fieldsV1"));
    trees.filter_map(Value::as_object).cloned().collect()
}

/// Takes owned fields out of an object.
pub(super) fn remove(object: &mut Value, tree: &Node) {
    remove_below(object, tree, 0);
}

const DEEPEST: usize = 200;

fn remove_below(value: &mut Value, node: &Node, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for (key, below) in node {
        let Some(below) = below.as_object() else {
            continue;
        };
        match (element(key), &mut *value) {
            (Element::Field(name), Value::Object(fields)) if is_leaf(below) => {
                fields.remove(name);
            }
            (Element::Field(name), Value::Object(fields)) => {
                if let Some(field) = fields.get_mut(name) {
                    remove_below(field, below, depth + 1);
                }
            }
            (Element::Keyed(keys), Value::Array(items)) => {
                remove_from_item(items, &keys, below, depth);
            }
            (Element::Member(member), Value::Array(items)) => {
                items.retain(|item| *item != member);
            }
            (Element::Index(index), Value::Array(items)) => {
                if let Some(item) = items.get_mut(index) {
                    remove_below(item, below, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn remove_from_item(items: &mut Vec<Value>, keys: &Node, below: &Node, depth: usize) {
    let fits = |item: &Value| {
        keys.iter()
            .all(|(name, value)| item.get(name).is_none_or(|own| own == value))
            && keys.keys().any(|name| item.get(name).is_some())
    };
    let Some(at) = items.iter().position(fits) else {
        return;
    };
    let kept: Vec<(String, Value)> = keys
        .keys()
        .filter_map(|name| Some((name.clone(), items[at].get(name)?.clone())))
        .collect();
    remove_below(&mut items[at], below, depth + 1);
    let Value::Object(item) = &mut items[at] else {
        return;
    };
    item.extend(kept);
    if item.keys().all(|name| keys.contains_key(name)) {
        items.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn owned_fields_go_and_keys_of_shared_items_stay() {
        let mut object = json!({"webhooks": [
            {"name": "a", "caBundle": "x", "path": "/"}, {"name": "b", "caBundle": "y"}],
            "finalizers": ["f", "g"], "replicas": 3});
        let tree = json!({"f:replicas": {}, "f:finalizers": {"v:\"f\"": {}}, "f:webhooks": {
            "k:{\"name\":\"a\"}": {".": {}, "f:name": {}, "f:caBundle": {}},
            "k:{\"name\":\"b\"}": {"f:caBundle": {}}, "k:3": {}}, "f:none": {"f:x": {}}});
        remove(&mut object, tree.as_object().unwrap());
        assert_eq!(
            object,
            json!({"webhooks": [{"name": "a", "path": "/"}], "finalizers": ["g"]})
        );
    }
}
