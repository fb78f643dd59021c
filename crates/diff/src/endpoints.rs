//! Endpoints, in one order: addresses and ports may be told in any.
//!
//! Source: Argo CD 3.5: gitops-engine/pkg/diff/diff.go (normalizeEndpoint).

use model::GroupKind;
use serde_json::{Value, json};
use std::borrow::Cow;

/// An object; if it is Endpoints, with its lists sorted and protocols filled in.
pub(crate) fn sorted<'a>(object: Cow<'a, Value>, kind: &GroupKind) -> Cow<'a, Value> {
    let is_endpoints = kind.group.is_empty() && &*kind.kind == "Endpoints";
    if !is_endpoints || !object["subsets"].is_array() {
        return object;
    }
    let mut object = object.into_owned();
    for subset in list(&mut object, "subsets") {
        for port in list(subset, "ports") {
            if let Some(port) = port.as_object_mut() {
                port.entry("protocol").or_insert_with(|| json!("TCP"));
            }
        }
        for name in ["addresses", "notReadyAddresses", "ports"] {
            list(subset, name).sort_by_cached_key(Value::to_string);
        }
    }
    list(&mut object, "subsets").sort_by_cached_key(Value::to_string);
    Cow::Owned(object)
}

fn list<'a>(object: &'a mut Value, name: &str) -> &'a mut [Value] {
    let items = object.get_mut(name).and_then(Value::as_array_mut);
    items.map(Vec::as_mut_slice).unwrap_or_default()
}
