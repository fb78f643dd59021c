//! Sets of fields in the `FieldsV1` form: a trie, whose empty nodes are members and whose other
//! nodes are members only if they hold `"."`.

use serde_json::{Map, Value, json};

/// Everything that is in either.
pub(super) fn union(ours: Value, theirs: Value) -> Value {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => Value::Object(unite(ours, theirs)),
        (ours, _) => ours,
    }
}

fn unite(mut ours: Map<String, Value>, theirs: Map<String, Value>) -> Map<String, Value> {
    for (step, below) in theirs {
        match ours.remove(&step) {
            None => ours.insert(step, below),
            Some(known) => ours.insert(step, union_below(known, below)),
        };
    }
    ours
}

/// An empty node is a member itself; united with one that has children it must go on saying so.
fn union_below(ours: Value, theirs: Value) -> Value {
    let is_leaf = |node: &Value| node.as_object().is_some_and(Map::is_empty);
    let (member, deeper) = (
        is_leaf(&ours) || is_leaf(&theirs),
        !(is_leaf(&ours) && is_leaf(&theirs)),
    );
    let mut both = union(ours, theirs);
    if member && deeper {
        both["."] = json!({});
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_united_with_a_branch_stays_a_member() {
        for (ours, theirs, both) in [
            (
                json!({ "f:a": {} }),
                json!({ "f:a": {} }),
                json!({ "f:a": {} }),
            ),
            (
                json!({ "f:a": {} }),
                json!({ "f:b": {} }),
                json!({ "f:a": {}, "f:b": {} }),
            ),
            (
                json!({ "f:a": {} }),
                json!({ "f:a": { "f:b": {} } }),
                json!({ "f:a": { ".": {}, "f:b": {} } }),
            ),
            (
                json!({ "f:a": { "f:b": {} } }),
                json!({ "f:a": { "f:c": {} } }),
                json!({ "f:a": { "f:b": {}, "f:c": {} } }),
            ),
            (
                json!({ "f:l": { "k:{\"name\":\"x\"}": { ".": {}, "f:name": {} } } }),
                json!({ "f:l": { "k:{\"name\":\"x\"}": { "f:image": {} } } }),
                json!({ "f:l": { "k:{\"name\":\"x\"}": { ".": {}, "f:name": {}, "f:image": {} } } }),
            ),
        ] {
            assert_eq!(union(ours.clone(), theirs.clone()), both);
            assert_eq!(union(theirs, ours), both);
        }
    }
}
