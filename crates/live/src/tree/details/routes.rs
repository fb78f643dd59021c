//! Routes of the Gateway API: their parents, and the backends of all rules.

use super::{list, namespace, text};
use crate::tree::{Networking, ResourceRef};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn networking(object: &Value) -> Networking {
    let parents = list(object, "/spec/parentRefs");
    let parents =
        parents.filter_map(|parent| named(parent, "gateway.networking.k8s.io", "Gateway", object));
    let backends = list(object, "/spec/rules").flat_map(|rule| list(rule, "/backendRefs"));
    let backends = backends.filter_map(|backend| named(backend, "", "Service", object));
    let targets: BTreeSet<ResourceRef> = parents.chain(backends).collect();
    Networking {
        target_refs: targets.into_iter().collect(),
        ..Networking::default()
    }
}

/// The object a reference names; what it leaves out is the usual one.
fn named(reference: &Value, group: &str, kind: &str, object: &Value) -> Option<ResourceRef> {
    let part = |pointer: &str, usual: &str| match text(reference, pointer) {
        "" => usual.to_owned(),
        own => own.to_owned(),
    };
    Some(ResourceRef {
        group: part("/group", group),
        kind: part("/kind", kind),
        namespace: part("/namespace", namespace(object)),
        name: Some(part("/name", "")).filter(|name| !name.is_empty())?,
        ..ResourceRef::default()
    })
}
