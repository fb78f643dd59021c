//! JSON merge patches (RFC 7396).

use serde_json::{Map, Value};

/// Patches are no deeper than what reads them allows; this stops what is built otherwise.
const DEEPEST: usize = 600;

/// Merges a patch into a value.
pub(crate) fn merge(value: &mut Value, patch: &Value) {
    merge_at(value, patch, 0);
}

fn merge_at(value: &mut Value, patch: &Value, depth: usize) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let Value::Object(fields) = value else { return };
    for (name, patch) in patch {
        match patch {
            Value::Null => drop(fields.remove(name)),
            patch if depth < DEEPEST => {
                merge_at(
                    fields.entry(name.clone()).or_insert(Value::Null),
                    patch,
                    depth + 1,
                );
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_cases_of_the_standard() {
        for (value, patch, merged) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (
                json!({"a": "b"}),
                json!({"b": "c"}),
                json!({"a": "b", "b": "c"}),
            ),
            (
                json!({"a": "b", "b": "c"}),
                json!({"a": null}),
                json!({"b": "c"}),
            ),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (
                json!({"a": {"b": "c"}}),
                json!({"a": {"b": "d", "c": null}}),
                json!({"a": {"b": "d"}}),
            ),
            (
                json!({"a": [{"b": "c"}]}),
                json!({"a": [1]}),
                json!({"a": [1]}),
            ),
            (
                json!({"e": null}),
                json!({"a": 1}),
                json!({"e": null, "a": 1}),
            ),
            (
                json!({}),
                json!({"a": {"bb": {"ccc": null}}}),
                json!({"a": {"bb": {}}}),
            ),
        ] {
            let mut found = value;
            merge(&mut found, &patch);
            assert_eq!(found, merged);
        }
    }
}
