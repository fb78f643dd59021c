//! What a verdict depends on, as a digest.
//!
//! In: both objects. Out: a digest that changes whenever the verdict could: of the live values at
//! the fields we declare, and of who owns what. Status, counters of versions and times of writing
//! are left out, so that a busy object keeps its verdict.

use crate::fields::{Node, entries};
use crate::{Ignore, secret};
use model::{Digest, ObjectKey};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Digest of the live values at the fields that are declared, and of the fields that are owned.
pub fn projection(
    desired: &Value,
    live: &Value,
    manager: &str,
    ignore: &Ignore,
    key: &ObjectKey,
) -> Digest {
    let owners: Vec<Value> = entries(live).map(timeless).collect();
    let owners = Value::Array(owners);
    let declared = match ignore.is_empty_for(key) {
        true => declared_part(&secret::folded(Cow::Borrowed(desired)), live, ignore, key),
        false => stripped_part(desired, live, ignore, key),
    };
    let mut parts = json!({"manager": manager, "owners": owners, "declared": declared});
    if let Some(system) = ignore.system_digest() {
        parts["system"] = json!(system.to_string());
    }
    Digest::of_json(&parts)
}

fn timeless(entry: &Node) -> Value {
    let kept = entry.iter().filter(|(name, _)| *name != "time");
    Value::Object(
        kept.map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

fn stripped_part(desired: &Value, live: &Value, ignore: &Ignore, key: &ObjectKey) -> Value {
    let (mut want, mut have) = (desired.clone(), live.clone());
    // What cannot be ignored counts; comparing tells the error.
    let _ = ignore.strip_pair(key, &mut want, &mut have);
    secret::fold(&mut want);
    declared_part(&want, &have, ignore, key)
}

fn declared_part(desired: &Value, live: &Value, ignore: &Ignore, key: &ObjectKey) -> Value {
    let status = ignore.facts(key).status_counts;
    let (Some(want), Some(have)) = (desired.as_object(), live.as_object()) else {
        return live.clone();
    };
    let mut part = Map::new();
    for (name, want) in want
        .iter()
        .filter(|(name, _)| (status || *name != "status") && *name != "metadata")
    {
        insert(&mut part, name, want, have);
    }
    let metadata = (
        want.get("metadata"),
        have.get("metadata").and_then(Value::as_object),
    );
    if let (Some(want), Some(have)) = metadata {
        for name in ["annotations", "finalizers", "labels", "ownerReferences"] {
            if let Some(want) = want.get(name) {
                insert(
                    &mut part,
                    &format!("metadata.{name}"),
                    want,
                    &renamed(name, have),
                );
            }
        }
    }
    Value::Object(part)
}

fn renamed(name: &str, have: &Map<String, Value>) -> Map<String, Value> {
    let value = have.get(name).cloned().unwrap_or_default();
    Map::from_iter([(format!("metadata.{name}"), value)])
}

/// The live values below the fields of `want`; lists whole, since order may count.
fn insert(part: &mut Map<String, Value>, name: &str, want: &Value, have: &Map<String, Value>) {
    let Some(have) = have.get(name) else { return };
    let value = match (want, have) {
        (Value::Object(want), Value::Object(have)) if !want.is_empty() => {
            let mut below = Map::new();
            want.iter()
                .for_each(|(name, want)| insert(&mut below, name, want, have));
            Value::Object(below)
        }
        _ => have.clone(),
    };
    part.insert(name.to_owned(), value);
}
