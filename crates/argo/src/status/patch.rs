//! From one status to the next with the smallest patch.
//!
//! Comes in: the status the resource has and the one it should have. Goes out: a JSON merge patch,
//! or nothing when only the time of looking moved. Lists are replaced whole, as merge patches do.

use serde_json::{Map, Value, json};

/// The merge patch `{"status": {...}}` that makes `previous` into `next`; none if nothing changed
/// in meaning: a newer `reconciledAt` alone is no change.
pub fn status_patch(previous: &Value, next: &Value) -> Option<Value> {
    let patch = difference(previous, next)?;
    let only_looked = patch
        .as_object()
        .is_some_and(|fields| fields.keys().all(|field| field == "reconciledAt"));
    (!only_looked).then(|| json!({ "status": patch }))
}

/// One patch that does what several do. Where two say something of one field, the later one counts.
pub fn merge_patches(patches: impl IntoIterator<Item = Value>) -> Value {
    patches.into_iter().fold(Value::Object(Map::new()), merged)
}

fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (key, value) in other {
                let before = one.remove(&key).unwrap_or(Value::Null);
                one.insert(key, merged(before, value));
            }
            Value::Object(one)
        }
        (_, other) => other,
    }
}

/// What a merge patch must say; none if nothing. A null in an object says the same as no field: a
/// merge patch cannot set one.
fn difference(previous: &Value, next: &Value) -> Option<Value> {
    let (Value::Object(before), Value::Object(after)) = (previous, next) else {
        return (previous != next).then(|| without_nulls(next));
    };
    let gone = before
        .iter()
        .filter(|(field, value)| !value.is_null() && after.get(*field).is_none_or(Value::is_null));
    let mut patch: Map<_, _> = gone
        .map(|(field, _)| (field.clone(), Value::Null))
        .collect();
    for (field, value) in after.iter().filter(|(_, value)| !value.is_null()) {
        let before = before.get(field).unwrap_or(&Value::Null);
        if let Some(change) = difference(before, value) {
            patch.insert(field.clone(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let fields = map.iter().filter(|(_, value)| !value.is_null());
            fields
                .map(|(field, value)| (field.clone(), without_nulls(value)))
                .collect()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7396, section 2.
    fn apply(target: &Value, patch: &Value) -> Value {
        let Value::Object(patch) = patch else {
            return patch.clone();
        };
        let mut target = target.as_object().cloned().unwrap_or_default();
        for (field, value) in patch {
            if value.is_null() {
                target.remove(field);
            } else {
                let before = target.get(field).cloned().unwrap_or_default();
                target.insert(field.clone(), apply(&before, value));
            }
        }
        Value::Object(target)
    }

    #[test]
    fn the_patch_leads_to_the_next_status() {
        let cases = [
            json!({}),
            json!({"a": 1, "list": [1, {"x": null}], "o": {"p": 1, "q": {"r": 2}}}),
            json!({"a": {"b": 2}, "list": [1], "o": {"q": {"r": 3}}}),
            json!({"o": {"p": [null]}, "n": {"deep": {"er": true}}}),
        ];
        for previous in &cases {
            for next in &cases {
                match status_patch(previous, next) {
                    None => assert_eq!(previous, next),
                    Some(patch) => assert_eq!(&apply(previous, &patch["status"]), next),
                }
            }
        }
    }

    #[test]
    fn looking_again_is_no_change() {
        let previous = json!({"reconciledAt": "1", "sync": {"status": "Synced"}});
        let looked = json!({"reconciledAt": "2", "sync": {"status": "Synced"}});
        assert_eq!(status_patch(&previous, &looked), None);
        let changed = json!({"reconciledAt": "2", "sync": {"status": "OutOfSync"}});
        let patch = json!({"status": changed});
        assert_eq!(status_patch(&previous, &changed), Some(patch));
    }

    #[test]
    fn a_null_in_the_source_is_not_written_for_ever() {
        let next = json!({"source": {"helm": {"valuesObject": {"a": null, "b": 1}}}});
        let patch = status_patch(&Value::Null, &next).unwrap();
        let written = apply(&Value::Null, &patch["status"]);
        assert_eq!(status_patch(&written, &next), None);
    }

    #[test]
    fn patches_merge_into_one() {
        let merged = merge_patches([
            crate::refresh_done_patch(),
            crate::operation_taken_patch(),
            json!({"metadata": {"resourceVersion": "7", "finalizers": null}}),
            json!({"status": {"sync": {}}}),
        ]);
        assert_eq!(
            merged,
            json!({
                "metadata": {
                    "annotations": {"argocd.argoproj.io/refresh": null},
                    "finalizers": null,
                    "resourceVersion": "7",
                },
                "operation": null,
                "status": {"sync": {}},
            })
        );
    }
}
