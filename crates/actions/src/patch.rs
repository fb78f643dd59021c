//! What changes between two states of an object.
//!
//! Comes in: an object before and after. Goes out: the JSON merge patch (RFC 7386) from one to the
//! other, as Argo CD 3.5 sends it (patchResource in server/application/application.go).

use serde_json::{Map, Value};

/// The merge patch that makes `after` of `before`; an empty object if nothing changes. Costs one
/// walk over both.
pub fn patch(before: &Value, after: &Value) -> Value {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => Value::Object(changes(before, after)),
        (before, after) if same(before, after) => Value::Object(Map::new()),
        (_, after) => after.clone(),
    }
}

fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Map<String, Value> {
    let removed = before.keys().filter(|name| !after.contains_key(*name));
    let mut changes: Map<_, _> = removed.map(|name| (name.clone(), Value::Null)).collect();
    for (name, after) in after {
        match (before.get(name), after) {
            (Some(Value::Object(before)), Value::Object(after)) => {
                let inner = self::changes(before, after);
                if !inner.is_empty() {
                    changes.insert(name.clone(), Value::Object(inner));
                }
            }
            (Some(before), after) if same(before, after) => {}
            _ => {
                changes.insert(name.clone(), after.clone());
            }
        }
    }
    changes
}

/// Equality of JSON, to which 1 and 1.0 are one number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let found = |(name, value)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(found)
        }
        (one, other) => one == other,
    }
}

/// A patch in two halves.
#[derive(Clone, PartialEq, Debug)]
pub struct StatusSplit {
    /// What it changes of the status, if anything.
    pub status: Option<Value>,
    /// What it changes elsewhere, if anything.
    pub rest: Option<Value>,
}

/// Takes a patch apart for kinds whose status is a subresource: such a status is patched there,
/// and a patch of the object itself does not reach it. Where the server knows no such subresource
/// the patch goes out whole.
pub fn split_status(mut patch: Value) -> StatusSplit {
    let status = patch.as_object_mut().and_then(|all| all.remove("status"));
    StatusSplit {
        status: status.map(|status| serde_json::json!({ "status": status })),
        rest: (patch != Value::Object(Map::new())).then_some(patch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_holds_what_changes_and_nothing_else() {
        let before = json!({"a": 1, "b": {"c": [1], "d": null}, "e": {}, "f": {"g": 1}});
        for (after, expected) in [
            (before.clone(), json!({})),
            (
                json!({"a": 1.0, "b": {"c": [1.0], "d": null}, "e": {}, "f": {"g": 1}}),
                json!({}),
            ),
            (
                json!({"a": 2, "b": {"c": []}, "e": [], "h": {"i": {}}}),
                json!({"a": 2, "b": {"c": [], "d": null}, "e": [], "f": null, "h": {"i": {}}}),
            ),
        ] {
            assert_eq!(patch(&before, &after), expected);
        }
    }

    #[test]
    fn the_status_is_patched_by_itself() {
        let split = |status, rest| StatusSplit { status, rest };
        let (status, spec) = (json!({"status": {"a": 1}}), json!({"spec": {"b": 2}}));
        let both = json!({"status": {"a": 1}, "spec": {"b": 2}});
        assert_eq!(
            split_status(both),
            split(Some(status.clone()), Some(spec.clone()))
        );
        assert_eq!(split_status(status.clone()), split(Some(status), None));
        assert_eq!(split_status(spec.clone()), split(None, Some(spec)));
        assert_eq!(split_status(json!({})), split(None, None));
    }
}
