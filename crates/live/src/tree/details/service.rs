//! Services: whom they send traffic to, and where they are reached.

use super::{list, text, texts};
use crate::tree::{LoadBalancerIngress, Networking};
use serde_json::Value;

pub(super) fn networking(object: &Value) -> Networking {
    Networking {
        target_labels: texts(object, "/spec/selector").unwrap_or_default(),
        ingress: match text(object, "/spec/type") {
            "LoadBalancer" => load_balancers(object),
            _ => Vec::new(),
        },
        ..Networking::default()
    }
}

/// The addresses that load balancers gave an object; a name comes before a number.
pub(super) fn load_balancers(object: &Value) -> Vec<LoadBalancerIngress> {
    let address = |item: &Value| {
        let field = |name: &str| item.get(name)?.as_str().map(str::to_owned);
        match (field("hostname"), field("ip")) {
            (Some(hostname), _) => Some(LoadBalancerIngress {
                hostname,
                ..LoadBalancerIngress::default()
            }),
            (None, Some(ip)) => Some(LoadBalancerIngress {
                ip,
                ..LoadBalancerIngress::default()
            }),
            (None, None) => None,
        }
    };
    let addresses = list(object, "/status/loadBalancer/ingress");
    addresses.filter_map(address).collect()
}
