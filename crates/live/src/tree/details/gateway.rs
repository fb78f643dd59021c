//! Gateways: their addresses, and a URL for each listener at each.

use super::{links, list, text};
use crate::tree::{LoadBalancerIngress, Networking};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn networking(object: &Value) -> Networking {
    let ingress: Vec<LoadBalancerIngress> = list(object, "/status/addresses")
        .filter_map(address)
        .collect();
    let urls: BTreeSet<String> = match links::defaults_wanted(object) {
        true => list(object, "/spec/listeners")
            .flat_map(|listener| urls(listener, &ingress))
            .collect(),
        false => BTreeSet::new(),
    };
    Networking {
        ingress,
        external_urls: urls.into_iter().collect(),
        ..Networking::default()
    }
}

fn address(address: &Value) -> Option<LoadBalancerIngress> {
    let value = Some(text(address, "/value")).filter(|value| !value.is_empty())?;
    match text(address, "/type") {
        "Hostname" => Some(LoadBalancerIngress {
            hostname: value.to_owned(),
            ..LoadBalancerIngress::default()
        }),
        "IPAddress" | "" => Some(LoadBalancerIngress {
            ip: value.to_owned(),
            ..LoadBalancerIngress::default()
        }),
        _ => None,
    }
}

/// A listener's own host name, else every address.
fn urls(listener: &Value, ingress: &[LoadBalancerIngress]) -> Vec<String> {
    let scheme = match text(listener, "/protocol") {
        "HTTPS" | "TLS" => "https",
        _ => "http",
    };
    let number = |port: &Value| port.as_i64().or(port.as_f64().map(|port| port as i64));
    let port = match (scheme, listener.get("port").and_then(number).unwrap_or(0)) {
        ("http", 80) | ("https", 443) => String::new(),
        (_, port) => format!(":{port}"),
    };
    let hosts: Vec<&str> = match text(listener, "/hostname") {
        "" | "*" => ingress.iter().map(LoadBalancerIngress::host).collect(),
        own => vec![own],
    };
    let urls = hosts.iter().map(|host| format!("{scheme}://{host}{port}"));
    urls.filter(|url| links::is_link(url)).collect()
}
