//! Istio: where a VirtualService routes to, and which Pods a ServiceEntry stands for.

use super::{list, namespace, texts};
use crate::tree::{Networking, ResourceRef};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn virtual_service(object: &Value) -> Networking {
    let routes = list(object, "/spec/http").flat_map(|rule| list(rule, "/route"));
    let hosts = routes.filter_map(|route| route.pointer("/destination/host")?.as_str());
    let targets: BTreeSet<ResourceRef> = hosts.map(|host| service(host, object)).collect();
    Networking {
        target_refs: targets.into_iter().collect(),
        ..Networking::default()
    }
}

/// `web`, `web.shop` or `web.shop.svc.cluster.local`.
fn service(host: &str, object: &Value) -> ResourceRef {
    let mut parts = host.split('.');
    let name = parts.next().unwrap_or_default();
    ResourceRef {
        kind: "Service".to_owned(),
        name: name.to_owned(),
        namespace: parts.next().unwrap_or(namespace(object)).to_owned(),
        ..ResourceRef::default()
    }
}

pub(super) fn service_entry(object: &Value) -> Option<Networking> {
    let pods = ResourceRef {
        kind: "Pod".to_owned(),
        ..ResourceRef::default()
    };
    Some(Networking {
        target_labels: texts(object, "/spec/workloadSelector/labels")?,
        target_refs: vec![pods],
        ..Networking::default()
    })
}
