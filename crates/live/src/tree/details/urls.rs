//! The links of an object alone, for those who look at every object and want nothing else of it.

use super::{details, links};
use model::GroupVersionKind;
use serde_json::Value;

/// Links a person may follow to or about an object. Cheap for kinds that have none of their own.
pub fn external_urls(object: &Value, gvk: &GroupVersionKind) -> Vec<String> {
    let kind = &gvk.group_kind;
    match (&*kind.group, &*kind.kind) {
        ("extensions" | "networking.k8s.io", "Ingress")
        | ("gateway.networking.k8s.io", "Gateway")
        | ("networking.istio.io", "ServiceEntry") => {
            let networking = details(object, gvk, &[]).networking;
            networking
                .map(|networking| networking.external_urls)
                .unwrap_or_default()
        }
        _ => links::annotated(object),
    }
}
