//! Who owns which field, and what server-side apply makes of it.
//!
//! Lists whose items all have a `name` are merged by it; other lists are atomic. That is less than
//! the real server knows, and enough for the kinds the scenarios use.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A field, as the chain of keys that `managedFields` uses.
pub type Path = Vec<String>;

/// Fields by manager and operation (`Apply` or `Update`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ownership(pub BTreeMap<(String, &'static str), BTreeSet<Path>>);

/// Fields that are nobody's: identity and bookkeeping.
const UNOWNED: [&str; 3] = ["apiVersion", "kind", "managedFields"];
const UNOWNED_METADATA: [&str; 8] = [
    "name",
    "namespace",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "managedFields",
    "deletionTimestamp",
];

/// The leaf fields of an object.
pub fn leaves(object: &Value) -> BTreeSet<Path> {
    let mut paths = BTreeSet::new();
    for (key, value) in object.as_object().into_iter().flatten() {
        if UNOWNED.contains(&key.as_str()) {
            continue;
        }
        let skip: &[&str] = if key == "metadata" {
            &UNOWNED_METADATA
        } else {
            &[]
        };
        collect(value, &mut vec![format!("f:{key}")], skip, &mut paths);
    }
    paths
}

fn collect(value: &Value, path: &mut Path, skip: &[&str], paths: &mut BTreeSet<Path>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) if !map.is_empty() => map
            .iter()
            .filter(|(key, _)| !skip.contains(&key.as_str()))
            .map(|(key, value)| (format!("f:{key}"), value))
            .collect(),
        Value::Array(items) if is_named(items) => {
            items.iter().map(|item| (item_key(item), item)).collect()
        }
        _ => {
            paths.insert(path.clone());
            return;
        }
    };
    for (key, value) in children {
        path.push(key);
        collect(value, path, &[], paths);
        path.pop();
    }
}

fn is_named(items: &[Value]) -> bool {
    !items.is_empty()
        && items
            .iter()
            .all(|item| item.get("name").is_some_and(Value::is_string))
}

fn item_key(item: &Value) -> String {
    format!("k:{}", json!({"name": item["name"]}))
}

/// The value of a field.
pub fn get<'a>(object: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter()
        .try_fold(object, |value, key| match key.split_once(':') {
            Some(("f", field)) => value.get(field),
            _ => value.as_array()?.iter().find(|item| item_key(item) == *key),
        })
}

fn set(object: &mut Value, path: &[String], leaf: Value) {
    let Some((key, rest)) = path.split_first() else {
        *object = leaf;
        return;
    };
    let child = match key.split_once(':') {
        Some(("f", field)) => {
            if !object.is_object() {
                *object = Value::Object(Map::new());
            }
            &mut object[field]
        }
        _ => item_of(object, key),
    };
    set(child, rest, leaf);
}

fn item_of<'a>(list: &'a mut Value, key: &str) -> &'a mut Value {
    if !list.is_array() {
        *list = json!([]);
    }
    let items = list.as_array_mut().expect("it was just made an array");
    let at = items
        .iter()
        .position(|item| item_key(item) == key)
        .unwrap_or_else(|| {
            items.push(serde_json::from_str(&key[2..]).unwrap_or_default());
            items.len() - 1
        });
    &mut items[at]
}

fn remove(object: &mut Value, path: &[String]) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let Some(parent) = get_mut(object, parents) else {
        return;
    };
    match (last.split_once(':'), parent) {
        (Some(("f", field)), Value::Object(map)) => drop(map.remove(field)),
        (_, Value::Array(items)) => items.retain(|item| item_key(item) != *last),
        _ => {}
    }
    let emptied = match get(object, parents) {
        Some(Value::Object(map)) => map.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        // A list item of which only its key is left goes too.
        _ => false,
    };
    let bare_item = parents.last().is_some_and(|key| key.starts_with("k:"))
        && get(object, parents)
            .and_then(Value::as_object)
            .is_some_and(|map| map.len() <= 1);
    if (emptied || bare_item) && parents.len() > 1 {
        remove(object, parents);
    }
}

fn get_mut<'a>(object: &'a mut Value, path: &[String]) -> Option<&'a mut Value> {
    path.iter()
        .try_fold(object, |value, key| match key.split_once(':') {
            Some(("f", field)) => value.get_mut(field),
            _ => value
                .as_array_mut()?
                .iter_mut()
                .find(|item| item_key(item) == *key),
        })
}

impl Ownership {
    /// Server-side apply with force: our fields become as we say, and fields that only we owned
    /// and no longer declare go.
    pub fn apply(&mut self, live: &mut Value, desired: &Value, manager: &str) {
        let declared = leaves(desired);
        let ours = (manager.to_owned(), "Apply");
        let before = self.0.get(&ours).cloned().unwrap_or_default();
        for path in &declared {
            let wanted = get(desired, path).cloned().unwrap_or_default();
            if get(live, path) != Some(&wanted) {
                self.0
                    .iter_mut()
                    .filter(|(owner, _)| **owner != ours)
                    .for_each(|(_, owned)| {
                        owned.remove(path);
                    });
                set(live, path, wanted);
            }
        }
        for path in before.difference(&declared) {
            let others = self.0.iter().filter(|(owner, _)| **owner != ours);
            if !others.into_iter().any(|(_, owned)| owned.contains(path)) {
                remove(live, path);
            }
        }
        self.0.insert(ours, declared);
        self.0.retain(|_, owned| !owned.is_empty());
    }

    /// An update: what changed becomes the writer's, what went is nobody's.
    pub fn update(&mut self, before: &Value, after: &Value, manager: &str) {
        let (old, new) = (leaves(before), leaves(after));
        let changed: BTreeSet<Path> = new
            .iter()
            .filter(|path| get(before, path) != get(after, path))
            .cloned()
            .collect();
        for owned in self.0.values_mut() {
            owned.retain(|path| new.contains(path) && !changed.contains(path));
        }
        debug_assert!(old.len() + new.len() > 0 || changed.is_empty());
        self.0
            .entry((manager.to_owned(), "Update"))
            .or_default()
            .extend(changed);
        self.0.retain(|_, owned| !owned.is_empty());
    }

    /// As `metadata.managedFields` shows it.
    pub fn managed_fields(&self) -> Value {
        let entries = self.0.iter().map(|((manager, operation), owned)| {
            let mut tree = json!({});
            for path in owned {
                let mut at = &mut tree;
                for key in path {
                    if key.starts_with("k:") {
                        at[key.as_str()]["."] = json!({});
                    }
                    at = &mut at[key.as_str()];
                    if at.is_null() {
                        *at = json!({});
                    }
                }
            }
            json!({
                "manager": manager, "operation": operation, "apiVersion": "v1",
                "fieldsType": "FieldsV1", "fieldsV1": tree,
            })
        });
        Value::Array(entries.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_longer_declared_goes_unless_another_owns_it() {
        let mut ownership = Ownership::default();
        let mut live = json!({"kind": "ConfigMap", "metadata": {"name": "a"}});
        ownership.apply(&mut live, &json!({"data": {"a": "1", "b": "2"}}), "us");
        let edited =
            json!({"kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "1", "b": "3"}});
        ownership.update(&live, &edited, "them");
        live = edited;
        ownership.apply(&mut live, &json!({"data": {"c": "1"}}), "us");
        assert_eq!(live["data"], json!({"b": "3", "c": "1"}));
    }

    #[test]
    fn named_lists_merge_by_name() {
        let mut ownership = Ownership::default();
        let mut live = json!({"spec": {"containers": [{"name": "side", "image": "s:1"}]}});
        ownership.apply(
            &mut live,
            &json!({"spec": {"containers": [{"name": "web", "image": "w:1"}]}}),
            "us",
        );
        let names: Vec<&Value> = live["spec"]["containers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| &c["name"])
            .collect();
        assert_eq!(names, ["side", "web"]);
        ownership.apply(&mut live, &json!({"spec": {"replicas": 1}}), "us");
        assert_eq!(live["spec"]["containers"].as_array().unwrap().len(), 1);
    }
}
