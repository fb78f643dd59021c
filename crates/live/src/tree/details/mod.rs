//! What a tree tells of one object: info items, networking, images.
//!
//! In: an object as it was read. Out: its [`Details`]; fields of a wrong shape are passed over.
//! Source: Argo CD 3.5: controller/cache/info.go (populateNodeInfo).

mod gateway;
mod host;
mod ingress;
mod istio;
mod links;
mod pod;
mod pod_reason;
mod requests;
mod revision;
mod routes;
mod service;
mod urls;

use super::{InfoItem, Networking};
use model::GroupVersionKind;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) use host::HostFacts;
pub(super) use requests::Requests;
pub use urls::external_urls;

/// What is told of one object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Details {
    /// In the order in which they are shown.
    pub info: Vec<InfoItem>,
    /// How it stands in the network.
    pub networking: Option<Networking>,
    /// Images it runs, sorted.
    pub images: Vec<String>,
    /// Where a Pod runs, and what it asks for.
    pub(super) pod: Option<PodFacts>,
    /// What a Node has.
    pub(super) host: Option<HostFacts>,
}

/// What hosts are told of a Pod.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct PodFacts {
    pub node: String,
    pub requests: Requests,
    /// It has ended, and asks for nothing any more.
    pub over: bool,
}

impl Details {
    fn tell(&mut self, name: &str, value: impl Into<String>) {
        self.info.push(InfoItem {
            name: name.to_owned(),
            value: value.into(),
        });
    }

    /// Sets how the object stands in the network; the links it was annotated with stay in front.
    fn connect(&mut self, mut networking: Networking) {
        let annotated = self.networking.take().unwrap_or_default().external_urls;
        networking.external_urls.splice(0..0, annotated);
        self.networking = Some(networking);
    }
}

/// Tells what there is to tell of an object. `labels` are those shown as info, in that order.
pub fn details(object: &Value, gvk: &GroupVersionKind, labels: &[String]) -> Details {
    let mut told = Details::default();
    if let Some(revision) = revision::of(object) {
        told.tell("Revision", format!("Rev:{revision}"));
    }
    for name in labels {
        let value = object
            .pointer("/metadata/labels")
            .and_then(|all| all.get(name));
        if let Some(value) = value.and_then(Value::as_str) {
            told.tell(name, value);
        }
    }
    let links = links::annotated(object);
    if !links.is_empty() {
        told.connect(Networking {
            external_urls: links,
            ..Networking::default()
        });
    }
    of_kind(object, gvk, &mut told);
    told
}

fn of_kind(object: &Value, gvk: &GroupVersionKind, told: &mut Details) {
    let kind = &gvk.group_kind;
    match (&*kind.group, &*kind.kind) {
        ("", "Pod") => pod::tell(object, told),
        ("", "Service") => told.connect(service::networking(object)),
        ("", "Node") => told.host = Some(HostFacts::of(object)),
        ("extensions" | "networking.k8s.io", "Ingress") => {
            told.connect(ingress::networking(object, gvk));
        }
        ("networking.istio.io", "VirtualService") => told.connect(istio::virtual_service(object)),
        // Links of service entries are not shown.
        ("networking.istio.io", "ServiceEntry") => {
            told.networking = istio::service_entry(object).or(told.networking.take());
        }
        ("gateway.networking.k8s.io", kind) => match kind {
            "HTTPRoute" | "GRPCRoute" | "TCPRoute" | "TLSRoute" | "UDPRoute" => {
                told.connect(routes::networking(object));
            }
            "Gateway" => told.connect(gateway::networking(object)),
            _ => {}
        },
        ("argoproj.io", "Application") => {
            let url = annotation(object, "argocd.argoproj.io/managed-by-url");
            if let Some(url) = url {
                told.tell("managed-by-url", url);
            }
        }
        _ => {}
    }
}

fn annotation<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.pointer("/metadata/annotations")?.get(name)?.as_str()
}

fn namespace(object: &Value) -> &str {
    text(object, "/metadata/namespace")
}

fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    let value = object.pointer(pointer).and_then(Value::as_str);
    value.unwrap_or_default()
}

fn list<'a>(object: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let value = object.pointer(pointer).and_then(Value::as_array);
    value.into_iter().flatten()
}

/// A map of texts; nothing if anything else is in it.
fn texts(object: &Value, pointer: &str) -> Option<BTreeMap<String, String>> {
    let fields = object.pointer(pointer)?.as_object()?;
    let text = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    fields.iter().map(text).collect()
}
