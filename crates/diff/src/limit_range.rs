//! LimitRanges: what the server fills into the limits of containers.
//!
//! The list of limits is replaced as a whole, so that what is filled in cannot be told from what
//! was declared once. In: a LimitRange as it is wanted. Out: the same as the server would store it.
//! Source: Kubernetes 1.36: pkg/apis/core/v1/defaults.go (SetDefaults_LimitRangeItem).

use model::GroupKind;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// An object; if it is a LimitRange, with what the server would fill in.
pub(crate) fn completed<'a>(object: Cow<'a, Value>, kind: &GroupKind) -> Cow<'a, Value> {
    let is_limit_range = kind.group.is_empty() && &*kind.kind == "LimitRange";
    if !is_limit_range || !object["spec"]["limits"].is_array() {
        return object;
    }
    let mut object = object.into_owned();
    let limits = object
        .pointer_mut("/spec/limits")
        .and_then(Value::as_array_mut);
    for limit in limits
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        if limit.get("type").is_some_and(|of| of == "Container") {
            fill(limit, "default", "max");
            fill(limit, "defaultRequest", "default");
            fill(limit, "defaultRequest", "min");
        }
    }
    Cow::Owned(object)
}

/// Gives `name` what it lacks of `from`.
fn fill(limit: &mut Map<String, Value>, name: &str, from: &str) {
    let Some(Value::Object(from)) = limit.get(from).cloned() else {
        return;
    };
    let into = limit
        .entry(name)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(into) = into {
        from.into_iter().for_each(|(name, amount)| {
            into.entry(name).or_insert(amount);
        });
    }
}
